"""The set-up script: what it refuses, what it installs, when it leaves things alone.

Its whole way is tried by hand in a bare Debian 12: that needs the network and a minute.
"""

import os
import re
import sys
from pathlib import Path

import pytest

import dev
from tests.architecture.source import ROOT


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_other_pythons_are_refused(version: tuple[int, int]) -> None:
    with pytest.raises(dev.SetUpError, match=r"3\.11, 3\.12, 3\.13 is needed"):
        dev.check_python(*version)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would have been run."""
    commands: list[str] = []
    monkeypatch.setattr(dev, "_quiet", lambda command, env=None: commands.append(" ".join(command)))
    return commands


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are a matter of Linux")
class TestSystemPackages:
    @pytest.fixture(autouse=True)
    def _one_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev, "LIBRARIES", {"libc.so.6": "libc6", "libnothing.so.9": "libnothing9"})
        monkeypatch.setattr(dev, "PROGRAMS", {"sh": "dash", "no-such-program": "no-such-package"})
        monkeypatch.setattr("shutil.which", lambda name, path=None: None if "no-such" in name else f"/bin/{name}")

    def test_root_gets_them_by_apt(self, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        dev.bring_system_packages(for_tests=True)
        assert done == [
            "apt-get update",
            "apt-get install -y --no-install-recommends libnothing9 no-such-package",
        ]

    def test_anybody_else_is_told_the_one_command(self, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        with pytest.raises(dev.SetUpError, match="sudo apt-get install -y --no-install-recommends libnothing9\n"):
            dev.bring_system_packages(for_tests=False)
        assert done == []

    def test_programs_for_tests_are_no_reason_to_stop(
        self, done: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(dev, "LIBRARIES", {})
        dev.bring_system_packages(for_tests=True)
        assert done == []
        assert "no-such-package" in capsys.readouterr().out

    def test_tests_go_on_when_apt_cannot_bring_their_programs(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def offline(command: list[str], env: dict[str, str] | None = None) -> None:
            raise dev.SetUpError(f"no network for {command[0]}")

        monkeypatch.setattr(dev, "_quiet", offline)
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        with pytest.raises(dev.SetUpError, match="no network"):
            dev.bring_system_packages(for_tests=True)
        monkeypatch.setattr(dev, "LIBRARIES", {})
        dev.bring_system_packages(for_tests=True)
        assert "Some tests will be skipped" in capsys.readouterr().out


class TestPackages:
    @pytest.fixture(autouse=True)
    def _empty_place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.steps = tmp_path, list[str]()
        venv = tmp_path / ".venv"
        for name, value in {
            "ROOT": tmp_path,
            "VENV": venv,
            "PYTHON": venv / "python",
            "STAMP": venv / "stamp",
            "UNFINISHED": venv / "unfinished",
            "LOCKS": {kind: tmp_path / f"{kind}.lock" for kind in ("run", "hq", "dev")},
            "_same_python": (venv / "python").exists,
            "_new_venv": self._made,
            "_install": lambda lock: self.steps.append(f"install {lock.name}"),
            "_remove_strays": lambda lock: self.steps.append(f"tidy {lock.name}"),
            "_compile": lambda: self.steps.append("compile"),
        }.items():
            monkeypatch.setattr(dev, name, value)
        for lock in dev.LOCKS.values():
            lock.write_text("one==1\n", encoding="utf-8")

    def _made(self) -> None:
        self.steps.append("new")
        dev.VENV.mkdir(exist_ok=True)
        dev.PYTHON.touch()

    def _steps_of(self, kind: str) -> list[str]:
        self.steps.clear()
        dev.bring_packages(kind)
        return list(self.steps)

    def test_a_second_call_finds_everything_done(self) -> None:
        assert self._steps_of("dev") == ["new", "install dev.lock", "tidy dev.lock", "compile"]
        assert self._steps_of("dev") == []

    def test_running_after_testing_takes_nothing_away(self) -> None:
        self._steps_of("dev")
        assert self._steps_of("run") == []

    @pytest.mark.parametrize(("first", "then"), [("dev", "hq"), ("hq", "run")])
    def test_a_larger_environment_is_not_made_smaller(self, first: str, then: str) -> None:
        self._steps_of(first)
        assert self._steps_of(then) == []

    def test_headquarters_after_running_adds_what_it_needs(self) -> None:
        self._steps_of("run")
        assert self._steps_of("hq") == ["install hq.lock", "tidy hq.lock", "compile"]

    def test_a_larger_environment_is_brought_up_to_date_as_a_whole(self) -> None:
        self._steps_of("dev")
        dev.LOCKS["dev"].write_text("one==2\n", encoding="utf-8")
        assert self._steps_of("hq") == ["install dev.lock", "tidy dev.lock", "compile"]

    def test_testing_after_running_adds_what_tests_need(self) -> None:
        assert "install run.lock" in self._steps_of("run")
        assert self._steps_of("dev") == ["install dev.lock", "tidy dev.lock", "compile"]

    def test_a_changed_lock_is_followed_in_place(self) -> None:
        self._steps_of("dev")
        dev.LOCKS["dev"].write_text("one==2\n", encoding="utf-8")
        assert self._steps_of("dev") == ["install dev.lock", "tidy dev.lock", "compile"]

    def test_an_interrupted_set_up_begins_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(lock: Path) -> None:
            raise dev.SetUpError(f"no network for {lock.name}")

        with monkeypatch.context() as patch:
            patch.setattr(dev, "_install", fail)
            with pytest.raises(dev.SetUpError):
                dev.bring_packages("dev")
        assert self._steps_of("dev")[0] == "new"
        assert self._steps_of("dev") == []


def test_names_of_a_lock_are_read_in_their_normal_form(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text("Ab_c.d==1 ; x \\\n    --hash=sha256:00\n    # via e==2\nf==3\n", encoding="utf-8")
    assert dev.locked_names(lock) == {"ab-c-d", "f"}


def test_programs_start_with_byte_code_and_without_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert "PYTHONDONTWRITEBYTECODE" not in dev.environment()
    assert "QT_QPA_PLATFORM" not in dev.environment()
    assert dev.environment(offscreen=True)["QT_QPA_PLATFORM"] == "offscreen"


def test_a_kept_report_says_when_and_of_what_and_how_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    report = tmp_path / "figures" / "try.txt"
    assert not dev.call("try", ["-c", "print('12 ms'); raise SystemExit(3)"], report=report)
    first, *rest = report.read_text(encoding="utf-8").splitlines()
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC, commit \S+, Python 3", first)
    assert rest == ["12 ms"]
    assert "FAILED (3)" in capsys.readouterr().out


def test_make_script_and_readme_know_the_same_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"^COMMANDS = (.*)$", makefile, flags=re.MULTILINE)
    assert listed
    assert set(listed[1].split()) == set(dev.COMMANDS)
    assert [name for name in dev.COMMANDS if f"make {name}" not in readme] == []


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", "set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
