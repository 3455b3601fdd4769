"""The system's print queues: raw bytes for label printers, PDF for office printers. They say sent, never printed."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.printing.folder_printer import safe_name
from courier_desk.printing.printers import Condition, PrinterSpec, PrinterStatus, Report, SendInterrupted, Sent

_QUEUE_NAME = re.compile(r"[^\s#/-][^\s#/]{0,126}")
_TIMEOUT_S = 30.0
# The paper is printed as large as it is; a driver must not make it fit, or bars would no longer be whole dots.
_AS_IT_IS = ("-o", "print-scaling=none")
_RAW = ("-o", "raw")


class CupsQueue:
    """A queue of CUPS, through ``lp``; ``raw`` passes the bytes on untouched."""

    def __init__(self, spec: PrinterSpec, *, raw: bool) -> None:
        self._queue = spec.address
        self._options = _RAW if raw else _AS_IT_IS

    def send(self, data: bytes, title: str, report: Report | None = None) -> Sent:
        """See PrinterBackend."""
        if not self.status().able:
            raise EnvironmentFault(
                message("The system has no working print queue {queue}: see its printer settings.", queue=self._queue)
            )
        command = [self._program("lp"), "-d", self._queue, "-t", safe_name(title), *self._options]
        with tempfile.TemporaryFile() as file:
            # From a file and not through a pipe: lp then knows the whole paper before the queue hears of it.
            file.write(data)
            file.seek(0)
            done = self._run(command, file.fileno())
        if done.returncode != 0:
            raise EnvironmentFault(
                message("The print queue {queue} refused the paper: {reason}", queue=self._queue, reason=_words(done))
            )
        return Sent.SENT

    def status(self) -> PrinterStatus:
        """See PrinterBackend."""
        if not _QUEUE_NAME.fullmatch(self._queue) or shutil.which("lpstat") is None:
            return PrinterStatus(Condition.GONE)
        # In English, so that the words below mean what they say.
        try:
            done = subprocess.run(
                [self._program("lpstat"), "-a", self._queue, "-p", self._queue],
                capture_output=True, timeout=_TIMEOUT_S, check=False, env={**os.environ, "LC_ALL": "C"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return PrinterStatus(Condition.SILENT)
        said = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0 or "not accepting" in said:
            return PrinterStatus(Condition.GONE)
        return PrinterStatus(Condition.PAUSED if " disabled " in said else Condition.CANNOT_SAY)

    def interrupt(self) -> None:
        """See PrinterBackend. ``lp`` ends by itself."""

    def _program(self, name: str) -> str:
        found = shutil.which(name)
        if found is None:
            raise EnvironmentFault(
                message("This machine has no print system (the program {name} is missing).", name=name), retriable=False
            )
        return found

    def _run(self, command: list[str], source: int) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(command, stdin=source, capture_output=True, timeout=_TIMEOUT_S, check=False)
        except subprocess.TimeoutExpired:
            raise SendInterrupted(
                message("The print system did not answer in time: look whether the paper came out.")
            ) from None


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stderr or done.stdout).decode("utf-8", "replace").strip()[:200]


class WindowsQueue:
    """A queue of the Windows spooler: raw bytes, or PDF pages drawn as pictures in the dots of the printer."""

    def __init__(self, spec: PrinterSpec, *, raw: bool) -> None:
        self._queue = spec.address
        self._raw = raw

    def send(self, data: bytes, title: str, report: Report | None = None) -> Sent:
        """See PrinterBackend."""
        if sys.platform == "win32":
            from courier_desk.printing import windows_spooler  # noqa: PLC0415  its libraries are on Windows only

            give = windows_spooler.send_raw if self._raw else windows_spooler.send_pages
            give(self._queue, data, safe_name(title))
            return Sent.SENT
        raise EnvironmentFault(message("This way of printing works on Windows only."), retriable=False)

    def status(self) -> PrinterStatus:
        """See PrinterBackend."""
        if sys.platform == "win32":
            from courier_desk.printing import windows_spooler  # noqa: PLC0415  its libraries are on Windows only

            return windows_spooler.status(self._queue)
        return PrinterStatus(Condition.GONE)

    def interrupt(self) -> None:
        """See PrinterBackend. The spooler takes the bytes at once."""


def system_queues() -> tuple[str, ...]:
    """The names of the print queues of this machine, for the settings; empty where there is no print system."""
    if sys.platform == "win32":
        from courier_desk.printing import windows_spooler  # noqa: PLC0415  its libraries are on Windows only

        return windows_spooler.queues()
    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return ()
    try:
        done = subprocess.run([lpstat, "-e"], capture_output=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return ()
    return tuple(sorted(done.stdout.decode("utf-8", "replace").split()))
