"""Set up and start everything, with nothing but Python's own library: ``python3 installer/dev.py <command>``.

The Makefile calls this; on Windows it is called by hand: ``py installer\\dev.py run``. The first call installs what is
missing (system libraries by apt when root, a virtual environment in .venv, the locked packages); later calls see from a
stamp that nothing is to be done.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "courier-desk.stamp"
UNFINISHED = VENV / "courier-desk.unfinished"
# From the smallest to the largest: each holds all that those before it hold.
KINDS = ("run", "hq", "dev")
LOCKS = {kind: ROOT / ("requirements.lock" if kind == "run" else f"requirements-{kind}.lock") for kind in KINDS}
SUPPORTED = ((3, 11), (3, 12), (3, 13))

# What Qt loads, and the Debian package that brings it. Without the first seven not even "offscreen" starts.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libcups.so.2": "libcups2",
}
# Programs that some tests need; those tests are skipped, with the reason, where one is missing.
PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "strace": "strace",
    "lp": "cups-client",
    "cupsd": "cups-daemon",
    "chromium": "chromium", "chromedriver": "chromium-driver",
}
APT_INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]

TESTED = ["-m", "pytest"]
UNIT = ["tests/unit", "tests/architecture"]


class SetUpError(Exception):
    """The machine lacks something that this script cannot bring; the text says what to do."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def check_python(major: int, minor: int) -> None:
    """Refuse a Python that the locked packages were not made for."""
    if (major, minor) not in SUPPORTED:
        wanted = ", ".join(f"{first}.{second}" for first, second in SUPPORTED)
        raise SetUpError(f"Python {wanted} is needed; this is {major}.{minor}.")


def missing_libraries() -> list[str]:
    """Debian packages of the libraries that Qt would not find on this Linux."""
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_programs() -> list[str]:
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
    return [package for program, package in PROGRAMS.items() if shutil.which(program, path=places) is None]


def bring_system_packages(*, for_tests: bool) -> None:
    """Install what Qt and the tests lack by apt when root; else say the one command that does it."""
    if not sys.platform.startswith("linux"):
        return
    libraries = missing_libraries()
    programs = missing_programs() if for_tests else []
    apt = shutil.which("apt-get")
    if (libraries or programs) and apt and os.geteuid() == 0:
        say(f"Installing system packages: {' '.join(libraries + programs)}")
        try:
            _apt(libraries + programs)
        except SetUpError as error:
            if libraries:
                raise
            say(str(error))
        else:
            return
    command = " ".join([*APT_INSTALL, *libraries, *programs])
    hint = f"sudo {command}" if apt else f"the packages that Debian calls {' '.join(libraries + programs)}"
    if libraries:
        raise SetUpError(f"System libraries are missing. Please run this once:\n\n    {hint}\n")
    if programs:
        say(f"Some tests will be skipped; this brings what they need:\n    {hint}")


def _apt(packages: list[str]) -> None:
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    _quiet(["apt-get", "update"], env)
    _quiet([*APT_INSTALL, *packages], env)


def _quiet(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run ``command`` and show what it said only if it fails."""
    done = subprocess.run(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise SetUpError(
            f"{done.stdout.rstrip()}\n\nThis failed with status {done.returncode}:\n    {' '.join(command)}"
        )


def stamp_of(kind: str) -> str:
    """What the environment for ``kind`` was made of: the lock, the Python, the place of this checkout."""
    made_of = LOCKS[kind].read_bytes() + f"{sys.version} {sys.platform} {ROOT}".encode()
    return f"{kind} {hashlib.sha256(made_of).hexdigest()}"


def bring_packages(kind: str) -> None:
    """Make .venv and bring it into step with the lock for ``kind``; quick when the stamp says it is."""
    with _only_one():
        stamped = STAMP.read_text() if STAMP.exists() else ""
        there = stamped.partition(" ")[0]
        if there in KINDS:
            kind = max(kind, there, key=KINDS.index)
        if stamped == stamp_of(kind) and PYTHON.exists():
            return
        started = time.monotonic()
        if UNFINISHED.exists() or not _same_python():
            _new_venv()
        UNFINISHED.touch()
        STAMP.unlink(missing_ok=True)
        _install(LOCKS[kind])
        _remove_strays(LOCKS[kind])
        _compile()
        STAMP.write_text(stamp_of(kind))
        UNFINISHED.unlink()
        say(f"Ready after {time.monotonic() - started:.0f} s.")


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Two set-ups of one checkout wait for each other."""
    with (ROOT / ".venv.lock").open("a") as file:
        if WINDOWS:
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _same_python() -> bool:
    """Whether .venv exists, starts, and is of the Python that runs this."""
    if not PYTHON.exists():
        return False
    question = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    done = subprocess.run(question, capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() == sys.version.strip()


def _new_venv() -> None:
    say(f"Making a virtual environment in {VENV.name} with Python {sys.version.split()[0]}")
    if VENV.exists():
        shutil.rmtree(VENV)
    # Debian's python3 has no ensurepip, which a venv with its own pip would need; pip outside it serves as well.
    with_pip = [] if importlib.util.find_spec("pip") else ["--with-pip"]
    if with_pip and not importlib.util.find_spec("ensurepip"):
        raise SetUpError("pip is missing. On Debian: sudo apt-get install -y python3-pip")
    _quiet([sys.executable, "-m", "venv", str(VENV)] + ([] if with_pip else ["--without-pip"]))


def _pip() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip"]


def _install(lock: Path) -> None:
    count = len(locked_names(lock))
    say(f"Installing {count} locked packages; the first time this takes a minute or two")
    options = ["--disable-pip-version-check", "--no-input", "--quiet", "--no-compile", "--no-deps", "--require-hashes"]
    _quiet([*_pip(), "install", *options, "--requirement", str(lock)])


def locked_names(lock: Path) -> set[str]:
    """The packages of a lock file, in the normal form of names."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {_normal(name) for name in found}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _remove_strays(lock: Path) -> None:
    """Take away what is installed but not locked, so that nothing works here that would not work elsewhere."""
    listing = [*_pip(), "list", "--format=freeze", "--disable-pip-version-check"]
    done = subprocess.run(listing, capture_output=True, text=True, check=True)
    installed = {_normal(line.split("==")[0]) for line in done.stdout.splitlines() if "==" in line}
    strays = sorted(installed - locked_names(lock) - {"pip"})
    if strays:
        say(f"Removing what is not locked: {' '.join(strays)}")
        _quiet([*_pip(), "uninstall", "--yes", "--quiet", "--disable-pip-version-check", *strays])


def _compile() -> None:
    """Byte code beforehand and the checkout on the path: without byte code the program starts many times slower."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.check_output([str(PYTHON), "-c", question], text=True).strip())
    (packages / "courier_desk_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    # A few packages carry files for other Pythons that do not compile; that is no fault of the set-up.
    command = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(packages), str(ROOT / "courier_desk")]
    subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def environment(*, offscreen: bool = False) -> dict[str, str]:
    """The environment for our programs: UTF-8 everywhere, byte code kept, no window where there is no display."""
    env = dict(os.environ, PYTHONUTF8="1")
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME"):
        env.pop(name, None)
    display = not sys.platform.startswith("linux") or env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")
    if offscreen:
        env["QT_QPA_PLATFORM"] = "offscreen"
    elif not display:
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def call(what: str, arguments: list[str], *, offscreen: bool = True, report: Path | None = None) -> bool:
    """Run the environment's Python, say how it went; with ``report`` the output is kept there too."""
    say(f"\n== {what}")
    started = time.monotonic()
    command = [str(PYTHON), *arguments]
    env = environment(offscreen=offscreen)
    if report is None:
        status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    else:
        status = _kept(command, env, report)
    say(f"== {what}: {'ok' if status == 0 else f'FAILED ({status})'}, {time.monotonic() - started:.1f} s")
    return status == 0


def _kept(command: list[str], env: dict[str, str], report: Path) -> int:
    """Show the output line by line and keep it in ``report``, with date, commit, Python and load."""
    report.parent.mkdir(parents=True, exist_ok=True)
    git = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    load = "" if WINDOWS else f", load {os.getloadavg()[0]:.2f}"
    now = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")  # noqa: UP017 - refusing older Pythons comes later
    with report.open("w", encoding="utf-8") as file:
        head = f"{now}, commit {git.stdout.strip()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores{load}\n"
        file.write(head)
        say(head.rstrip())
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        ) as process:
            for line in process.stdout or ():
                sys.stdout.write(line)
                file.write(line)
        return process.returncode


def lint() -> bool:
    """Ruff, mypy and the floors; each is run even if one before it fails."""
    results = [
        call("ruff", ["-m", "ruff", "check", "."]),
        call("mypy --strict", ["-m", "mypy"]),
        call("floors (import-linter)", ["-c", "from importlinter.cli import lint_imports_command as main; main()"]),
    ]
    return all(results)


def test(arguments: list[str]) -> bool:
    """Everything but the long sizes and the timings; in two processes where there are two cores."""
    linted = lint()
    spread = ["-n", "2", "--dist", "loadfile"] if (os.cpu_count() or 1) > 1 and not arguments else []
    return call("tests", [*TESTED, *spread, *arguments]) and linted


def marked(marker: str, arguments: list[str]) -> bool:
    """The tests with ``marker``, which no other command runs; their report is kept."""
    kept = ROOT / "docs" / "figures" / f"{marker}.txt"
    return call(marker, [*TESTED, "-m", marker, "-s", "--timeout=0", *arguments], report=kept)


def run(arguments: list[str]) -> bool:
    """Start the program; on Linux it takes this process's place, so that signals reach it."""
    env = environment()
    if env.get("QT_QPA_PLATFORM") == "offscreen":
        say("There is no display: the window is drawn, but cannot be seen.")
    return _become(["-m", "courier_desk", *arguments], env)


def _become(arguments: list[str], env: dict[str, str]) -> bool:
    command = [str(PYTHON), *arguments]
    if not WINDOWS:
        os.chdir(ROOT)
        os.execve(command[0], command, env)
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0


def hq(arguments: list[str]) -> bool:
    """Start headquarters for trying out, or with arguments one of its commands."""
    return _become(["-m", "courier_desk.hq", *(arguments or ["try"])], environment())


def lock(_arguments: list[str]) -> bool:
    """Make the lock files from pyproject.toml; the later ones keep to the versions of the first."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetUpError("uv makes the lock files, and it is not on the path; nothing else needs it.")
    options = ["--universal", "--generate-hashes", "--no-header", "--quiet", "--python-version", "3.11"]
    command = [uv, "pip", "compile", *options, "pyproject.toml", "-o"]
    _quiet([*command, str(LOCKS["run"])])
    _quiet([*command, str(LOCKS["hq"]), "--extra", "hq", "--constraint", str(LOCKS["run"])])
    _quiet([*command, str(LOCKS["dev"]), "--extra", "hq", "--extra", "dev", "--constraint", str(LOCKS["hq"])])
    return True


COMMANDS = {
    "run": (run, "start the program"),
    "hq": (hq, "start headquarters for trying out"),
    "test": (test, "ruff, mypy, floors and all tests but the long ones"),
    "unit": (lambda arguments: call("unit tests", [*TESTED, *UNIT, *arguments]), "the quick tests of the lower floors"),
    "bench": (lambda arguments: marked("bench", arguments), "timings, for an idle machine"),
    "soak": (lambda arguments: marked("soak", arguments), "the long sizes, with a report in docs/figures"),
    "shots": (lambda arguments: call("pictures", ["-m", "tests.shots", *arguments]), "pictures of every page"),
    "forms": (lambda arguments: call("forms", ["installer/build_forms.py", *arguments]), "compile the forms"),
    "words": (lambda arguments: call("words", ["installer/words.py", *arguments]), "bring the catalogue up to date"),
    "lint": (lambda _arguments: lint(), "ruff, mypy and floors only"),
    "lock": (lock, "make the lock files anew from pyproject.toml (with uv)"),
    "setup": (lambda _arguments: True, "install what is needed and nothing else"),
}


def main(arguments: list[str]) -> int:
    listing = "\n".join(f"  {name:6} {text}" for name, (_, text) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        description=f"{__doc__}\ncommands:\n{listing}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the program or to pytest")
    options = parser.parse_args(arguments)
    try:
        check_python(*sys.version_info[:2])
        # Headquarters has no window, and needs nothing of what Qt needs.
        if options.command != "hq":
            bring_system_packages(for_tests=options.command != "run")
        bring_packages(options.command if options.command in KINDS else "dev")
        return 0 if COMMANDS[options.command][0](options.arguments) else 1
    except SetUpError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
