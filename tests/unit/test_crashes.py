"""What a crash leaves behind: a file that names the place, at once or found at the next start."""

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import sys, threading, ctypes
from pathlib import Path
from courier_desk.base.crashes import CrashFiles
files = CrashFiles(Path(sys.argv[1]))
files.install()
def broken():
    raise ValueError("王小明 13812345678")
if sys.argv[2] == "main":
    broken()
if sys.argv[2] == "thread":
    thread = threading.Thread(target=broken, name="printer")
    thread.start(); thread.join()
if sys.argv[2] == "native":
    ctypes.string_at(0)
if sys.argv[2] == "end":
    files.uninstall()
"""


def run(folder: Path, how: str) -> list[Path]:
    program = folder.parent / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    subprocess.run([sys.executable, str(program), str(folder), how], env=environment, check=False, capture_output=True)
    return sorted(path for path in folder.iterdir() if path.stat().st_size)


def test_a_defect_in_any_thread_leaves_a_file_that_names_the_place_and_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    (main,) = run(folder, "main")
    text = main.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "broken" in text
    assert "13812345" not in text
    assert "王" not in text
    assert "thread printer" in run(folder, "thread")[1].read_text(encoding="utf-8")


def test_a_fault_of_the_c_side_is_found_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    run(folder, "native")
    (kept,) = run(folder, "end")
    assert kept.name.startswith("native-")
    assert "string_at" in kept.read_text(encoding="utf-8")


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path / "logs", "end") == []
