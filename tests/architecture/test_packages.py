"""What is declared, locked and used is the same, and nothing in it may keep the product from being shipped."""

import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev
from tests.architecture.source import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN = [Requirement(line) for line in PROJECT["dependencies"]]
HQ = [Requirement(line) for line in PROJECT["optional-dependencies"]["hq"]]
DEV = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]

# Packages that are there though no line imports them by name; of qtawesome only the font is read.
INDIRECT = {
    "itsdangerous",
    "python-multipart",
    "tzdata",
    "qtawesome",
    "babel",
    "psutil",
    "pytest-qt",
    "pytest-timeout",
    "pytest-xdist",
    "ruff",
    "mypy",
    "pywin32",
}


def _locked(kind: str) -> dict[str, str]:
    text = dev.LOCKS[kind].read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))


def test_pyside_that_drops_references_to_none_is_not_here() -> None:
    """6.12.0 on Python 3.11 aborts after some thousand void calls; the pin has to hold everywhere."""
    pin = next(requirement for requirement in RUN if requirement.name == "PySide6-Essentials")
    assert not pin.specifier.contains("6.12.0")
    for version in (_locked("run")["pyside6-essentials"], metadata.version("PySide6-Essentials")):
        assert version != "6.12.0"
        assert pin.specifier.contains(version)
    assert _locked("run")["shiboken6"] == _locked("run")["pyside6-essentials"]


def test_void_calls_of_qt_do_not_drop_references() -> None:
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal from Python 3.12 on")
    from PySide6.QtCore import QObject  # noqa: PLC0415 - only where it matters

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("a")
    assert sys.getrefcount(None) > before - 1000


@pytest.mark.parametrize(("kind", "wanted"), [("run", RUN), ("hq", RUN + HQ), ("dev", RUN + HQ + DEV)])
def test_lock_holds_what_is_declared(kind: str, wanted: list[Requirement]) -> None:
    locked = _locked(kind)
    for requirement in wanted:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_the_locks_agree() -> None:
    assert _locked("run").items() <= _locked("hq").items() <= _locked("dev").items()


@pytest.mark.parametrize("kind", ["run", "hq", "dev"])
def test_lock_has_hashes_for_all_and_names_no_registry(kind: str) -> None:
    text = dev.LOCKS[kind].read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(_locked(kind))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_nothing_under_the_gpl_is_in_the_product() -> None:
    """Each package of the desk and of headquarters leaves at least one licence that is neither GPL nor AGPL."""
    found = []
    for name in _locked("hq"):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        stated = next((about[key] for key in ("License-Expression", "License") if key in about), "")
        choices = [choice for choice in re.split(r"\bOR\b", stated.splitlines()[0] if stated else "") if choice.strip()]
        classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
        if not any(_is_fine(choice) for choice in choices or classifiers or [""]):
            found.append(f"{name}: {stated}")
    assert found == []


def _is_fine(licence: str) -> bool:
    return not re.search(r"(?<!L)GPL|Affero|(?<!Lesser )General Public", licence)


@pytest.mark.parametrize(
    ("licence", "fine"),
    [("GPL-3.0-only", False), ("AGPL-3.0", False), ("LGPL-3.0-only", True), ("MIT", True), ("GNU Affero", False)],
)
def test_licences_are_told_apart(licence: str, fine: bool) -> None:
    assert _is_fine(licence) is fine


def test_what_is_declared_is_used_and_what_is_used_is_declared() -> None:
    used_by_headquarters = _distributions("courier_desk/hq")
    used_by_program = _distributions("courier_desk")
    used_by_tools = _distributions("installer", "tests")
    run = {canonicalize_name(requirement.name) for requirement in RUN}
    headquarters = {canonicalize_name(requirement.name) for requirement in HQ}
    development = {canonicalize_name(requirement.name) for requirement in DEV}
    assert used_by_program - run - headquarters == set(), "imported by the program, but not a dependency"
    assert run - used_by_program - INDIRECT == set(), "a dependency of the program that nothing imports"
    assert headquarters - used_by_headquarters - INDIRECT == set(), "a dependency of headquarters that nothing imports"
    assert used_by_tools - run - headquarters - development == set(), "imported by tests or tools, but not declared"
    stubs = {name for name in development if name.startswith("types-")}
    assert development - used_by_tools - used_by_program - INDIRECT - stubs == set(), "declared, but nothing imports it"


def _distributions(*folders: str) -> set[str]:
    """The distributions that the modules under ``folders`` import."""
    names: set[str] = set()
    for module in modules(*folders):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names.add(node.module.split(".")[0])
    owners = metadata.packages_distributions()
    found: set[str] = {canonicalize_name(owner) for name in names for owner in owners.get(name, [])}
    return found - {"courier-desk", "shiboken6"}
