"""What holds for every test: nothing reaches the network or the person's own folders, and nothing goes wrong unseen.

A warning of Qt, an unexpected log entry, an error that nobody could catch, a thread left behind: each fails the test
that caused it (Qt and pytest see to the first and third, by the settings in pyproject.toml).
"""

import atexit
import gc
import ipaddress
import logging
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation
from courier_desk.base.paths import DataFolder
from courier_desk.ui.collector import collect_what_is_due
from tests.patience import PATIENCE_S
from tests.patient_bot import PatientBot, end_windows
from tests.ports import free_port

_THREAD_GRACE_S = PATIENCE_S


def _own_folders() -> None:
    """Give the whole run a home of its own, before anything asks for one; child processes inherit it."""
    home = Path(tempfile.mkdtemp(prefix="courier-desk-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name, folder in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "runtime"),
        ("COURIER_DESK_DATA", "station"),
    ):
        (home / folder).mkdir(mode=0o700)
        os.environ[name] = str(home / folder)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


_own_folders()

# They go first, so that with two processes none of them is still under way when everything else is done.
_LONGEST = (
    "tests/simulation/test_simulation.py",
    "tests/journeys/test_kills.py",
    "tests/simulation/test_protections.py",
    "tests/services/test_history.py",
    "tests/ui/test_texts_fit.py",
    "tests/hq/test_http_schema.py",
    "tests/printing/test_labels.py",
    "tests/ui/test_hostile_input.py",
    "tests/services/test_life_cycle.py",
    "tests/sync/test_two_stations.py",
    "tests/sync/test_replaced_desk.py",
    "tests/sync/test_with_hq.py",
    "tests/hq/test_admin_acts.py",
    "tests/hq/test_admin_browser.py",
    "tests/hq/test_http_process.py",
)


_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3


def pytest_configure(config: pytest.Config) -> None:
    """The tests keep their files in memory if there is room: they make a thousand stations, each of which waits for the
    disk again and again. Timings and long runs are about the disk, too."""
    usual = config.getoption("markexpr") in {"", "not soak and not bench"}
    chosen = "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK)
    if usual and not chosen and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of _LONGEST before all others."""
    items.sort(key=lambda item: _place(item.nodeid.partition("::")[0]))


def _place(file: str) -> int:
    return _LONGEST.index(file) if file in _LONGEST else len(_LONGEST)


hypothesis.settings.register_profile("desk", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("desk")


class NetworkInTestError(AssertionError):
    """A test tried to leave the machine. No OSError, so that no retry swallows it."""


def _refuse_unless_local(address: Any) -> None:
    if not isinstance(address, tuple) or address[0] in {"localhost", ""}:
        return
    try:
        local = ipaddress.ip_address(address[0].split("%")[0]).is_loopback
    except ValueError:
        local = False
    if not local:
        raise NetworkInTestError(f"A test must not reach {address!r}.")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
    getaddrinfo = socket.getaddrinfo

    def guarded(call: Callable[..., Any], position: int) -> Callable[..., Any]:
        def checked(*arguments: Any, **named: Any) -> Any:
            _refuse_unless_local(arguments[position])
            return call(*arguments, **named)

        return checked

    def guarded_names(host: Any, *arguments: Any, **named: Any) -> Any:
        if host is not None:
            _refuse_unless_local((host.decode() if isinstance(host, bytes) else host, 0))
        return getaddrinfo(host, *arguments, **named)

    patch.setattr(socket.socket, "connect", guarded(connect, 1))
    patch.setattr(socket.socket, "connect_ex", guarded(connect_ex, 1))
    patch.setattr(socket.socket, "sendto", guarded(sendto, -1))
    patch.setattr(socket, "getaddrinfo", guarded_names)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _collected_in_the_gui_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program, cycles are not collected in the thread of a lane. A window that the test leaves is ended
    whole: taken apart by the collector, it would still be sent events."""
    if "qapp" in request.fixturenames:
        gc.disable()
        older = QApplication.topLevelWidgets()
        yield
        end_windows(older)
        collect_what_is_due()
        return
    if not gc.isenabled():
        gc.collect()
        gc.enable()
    yield


class LogGuard(logging.Handler):
    """Keeps what is logged during a test, and which of it the test has said it expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[tuple[str, str]] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = str(record.msg.get("event", "")) if isinstance(record.msg, dict) else record.getMessage()
        self._records.append((words, f"{record.levelname} {record.name}: {str(record.msg)[:300]}"))

    def expect(self, words: str) -> None:
        """Entries of WARNING and above that contain ``words`` are meant; at least one has to come."""
        self._expected.append(words)

    def faults(self) -> list[str]:
        unexpected = [line for words, line in self._records if not any(wanted in words for wanted in self._expected)]
        absent = [f"expected, but not logged: {wanted}" for wanted in self._expected if not self._logged(wanted)]
        return unexpected + absent

    def _logged(self, wanted: str) -> bool:
        return any(wanted in words for words, _ in self._records)


@pytest.fixture(autouse=True)
def _log_guard(request: pytest.FixtureRequest) -> Iterator[LogGuard]:
    """Fails a test on log entries it did not announce; undoes what it did to the log's settings."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    structlog.configure(
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    guard = LogGuard()
    root.addHandler(guard)
    yield guard
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    structlog.reset_defaults()
    free = request.node.get_closest_marker("logs_freely")
    if not free and (faults := guard.faults()):
        pytest.fail("The log says what the test did not expect:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def expect_log(_log_guard: LogGuard) -> Callable[[str], None]:
    """``expect_log("printer lost")``: such an entry of WARNING or above is meant, and has to come."""
    return _log_guard.expect


@pytest.fixture(autouse=True, scope="module")
def _no_thread_left() -> Iterator[None]:
    """Fails the last test of a module that leaves a thread running: whoever starts one stops and joins it."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + _THREAD_GRACE_S
    while (left := [thread for thread in threading.enumerate() if thread not in before]) and time.monotonic() < end:
        left[0].join(0.05)
    if left:
        pytest.fail(f"Threads left behind: {', '.join(thread.name for thread in left)}", pytrace=False)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in English, whatever the one before it spoke."""
    translation.set_language(translation.ENGLISH)
    yield
    translation.set_language(translation.ENGLISH)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """The bot of pytest-qt, with the patience of this suite."""
    return PatientBot(request)


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """An empty data folder of a station."""
    root = tmp_path / "station"
    root.mkdir()
    return DataFolder(root)


@pytest.fixture
def unused_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    return free_port()
