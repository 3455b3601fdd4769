"""Crash files: what Python or the C side could still say before the end, without personal data.

A defect is written to ``crash-<time>.txt``; a fault of the C side to ``native.txt``, found at the next start.
"""

import faulthandler
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from courier_desk import __version__
from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.logging import get_logger
from courier_desk.base.scrubbing import place

NATIVE_FILE = "native.txt"
FILES_KEPT = 20


class CrashFiles:
    """Installs the hooks of the process; ``on_crash`` gets the path of each crash file as it is written."""

    def __init__(
        self, folder: Path, clock: Clock | None = None, on_crash: Callable[[Path], None] | None = None
    ) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()
        self._on_crash = on_crash
        self._native: TextIO | None = None

    def install(self) -> tuple[Path, ...]:
        """Set the hooks; returns the native crash files that a former run left. Errors: OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        found = self._keep_native()
        self._native = (self._folder / NATIVE_FILE).open("w", encoding="utf-8")
        faulthandler.enable(self._native)
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self.write(args.exc_value, f"thread {args.thread and args.thread.name}")
        sys.unraisablehook = lambda args: self.write(args.exc_value, "unraisable")
        return found

    def uninstall(self) -> None:
        """Give the hooks back, for an orderly end: an empty native file is removed."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        faulthandler.disable()
        if self._native is not None:
            self._native.close()
            (self._folder / NATIVE_FILE).unlink(missing_ok=True)

    def write(self, error: BaseException | None, where: str) -> Path | None:
        """Write one crash file and log the defect; None when the disk refuses."""
        import platform  # noqa: PLC0415  hardly ever needed, and the first frame waits for this module

        lines = [
            f"courier-desk {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
            f"in {where}",
            *(place(error) if error is not None else []),
        ]
        log = get_logger(__name__)
        log.error("defect", where=where, lines=lines)
        path = self._path("crash")
        try:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as refused:
            log.error("crash file not written", error=refused)  # noqa: TRY400  the place of the defect counts
            return None
        self._prune()
        if self._on_crash is not None:
            self._on_crash(path)
        return path

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Any:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.write(error, "main thread")

    def _keep_native(self) -> tuple[Path, ...]:
        left = self._folder / NATIVE_FILE
        if not left.exists() or left.stat().st_size == 0:
            return ()
        kept = self._path("native")
        left.replace(kept)
        return (kept,)

    def _path(self, kind: str) -> Path:
        return self._folder / f"{kind}-{self._clock.now():%Y%m%dT%H%M%S%f}.txt"

    def _prune(self) -> None:
        for old in sorted(self._folder.glob("crash-*.txt"))[:-FILES_KEPT]:
            old.unlink(missing_ok=True)
