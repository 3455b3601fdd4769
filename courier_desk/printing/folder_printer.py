"""A printer that is a folder: each paper becomes a PDF file with a name of our own making."""

import contextlib
import os
import re
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import message
from courier_desk.printing.printers import Condition, PrinterSpec, PrinterStatus, Report, Sent

_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_TITLE = 40
_MOST_TRIES = 1000
# A name that exists is never opened, whatever it is: no link is followed, no file is overwritten.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class FolderPrinter:
    """Writes into the folder of ``spec.address``, which is made if it is missing. The file appears whole or not."""

    def __init__(self, spec: PrinterSpec) -> None:
        self._folder = Path(spec.address).absolute()
        self._guard = threading.Lock()

    def send(self, data: bytes, title: str, report: Report | None = None) -> Sent:
        """See PrinterBackend. The paper is out when its file is on the disk."""
        try:
            with self._guard:
                self._make_folder()
                self._write(data, safe_name(title))
        except OSError as error:
            raise EnvironmentFault(
                message(
                    "The folder {folder} for printed papers cannot be written: {reason}.",
                    folder=self._folder,
                    reason=error.strerror or type(error).__name__,
                )
            ) from error
        return Sent.PRINTED

    def status(self) -> PrinterStatus:
        """See PrinterBackend."""
        try:
            self._make_folder()
        except (OSError, EnvironmentFault):
            return PrinterStatus(Condition.GONE)
        return PrinterStatus(Condition.READY if os.access(self._folder, os.W_OK) else Condition.GONE)

    def interrupt(self) -> None:
        """See PrinterBackend. Writing a file is not waited for."""

    def _make_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        # A link here would let papers with personal data be led to another place.
        if not stat.S_ISDIR(self._folder.lstat().st_mode):
            raise EnvironmentFault(
                message("The folder {folder} for printed papers is a link; give the real folder.", folder=self._folder),
                retriable=False,
            )

    def _write(self, data: bytes, name: str) -> Path:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        for attempt in range(_MOST_TRIES):
            suffix = f"-{attempt}" if attempt else ""
            path = self._folder / f"{stamp}-{name}{suffix}.pdf"
            part = path.with_suffix(".part")
            if os.path.lexists(path) or os.path.lexists(part):
                continue
            handle = os.open(part, _NEW_FILE, 0o600)
            self._fill(handle, part, data)
            part.replace(path)
            return path
        raise FileExistsError

    def _fill(self, handle: int, part: Path, data: bytes) -> None:
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise


def safe_name(title: str) -> str:
    """Letters, digits and hyphens of a title, short: no path, no device name of any system, no hidden file."""
    plain = _UNSAFE.sub("-", title).strip("-")[:_LONGEST_TITLE].strip("-")
    return plain or "paper"
