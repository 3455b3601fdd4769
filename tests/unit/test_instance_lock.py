"""Two starts on one data folder: the second raises the first; a killed first leaves the folder free."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.instance_lock import InstanceLock

_FIRST = """
import sys, time
from pathlib import Path
from courier_desk.base.instance_lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
assert lock.acquire()
lock.listen(lambda: (sys.stdout.write("raised" + chr(10)), sys.stdout.flush()))
sys.stdout.write("ready" + chr(10)); sys.stdout.flush()
time.sleep(60)
"""


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "desk.lock"


@pytest.fixture
def first(lock_file: Path) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-c", _FIRST, str(lock_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_a_second_start_is_refused_and_raises_the_first_window(lock_file: Path, first: subprocess.Popen[str]) -> None:
    second = InstanceLock(lock_file)
    assert not second.acquire()
    assert second.raise_first()
    assert second.raise_first()
    assert first.stdout is not None
    assert first.stdout.readline() == "raised\n"


def test_after_a_kill_the_folder_is_free_and_nobody_answers(lock_file: Path, first: subprocess.Popen[str]) -> None:
    first.kill()
    first.wait()
    second = InstanceLock(lock_file)
    assert not second.raise_first()
    assert second.acquire()
    second.release()


def test_a_caller_without_the_secret_raises_nothing(lock_file: Path) -> None:
    lock, raised = InstanceLock(lock_file), threading.Event()
    assert lock.acquire()
    lock.listen(raised.set)
    bell = lock_file.with_suffix(".bell")
    known = json.loads(bell.read_text())
    port = known["port"]
    for wrong in (
        f'{{"port": {port}, "secret": "0"}}',
        f'{{"port": {port}, "secret": ""}}',
        '{"port": "x"}',
        "[]",
        "7",
    ):
        bell.write_text(wrong)
        assert not InstanceLock(lock_file).raise_first()
    assert not raised.is_set()
    bell.write_text(json.dumps(known))
    assert InstanceLock(lock_file).raise_first()
    assert raised.is_set()
    lock.release()
    assert not bell.exists()


def test_two_folders_do_not_disturb_each_other_and_release_gives_the_folder_back(tmp_path: Path) -> None:
    one, other, again = (InstanceLock(tmp_path / name / "desk.lock") for name in ("a", "b", "a"))
    assert one.acquire()
    assert other.acquire()
    assert not again.acquire()
    one.release()
    assert again.acquire()
    again.release()
    other.release()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of files are another thing there")
def test_the_bell_is_for_this_user_only(lock_file: Path) -> None:
    lock = InstanceLock(lock_file)
    assert lock.acquire()
    lock.listen(lambda: None)
    assert lock_file.with_suffix(".bell").stat().st_mode & 0o077 == 0
    lock.release()


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault):
        InstanceLock(tmp_path / "file" / "desk.lock").acquire()
