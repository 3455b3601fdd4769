"""The log: one JSON line an entry, escaped, scrubbed of personal data, cut at 4 kB, in files that rotate.

structlog is imported with the first entry: it takes as long as the whole log-in page, which must not wait for it.
"""
# ruff: noqa: PLC0415

import json
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from courier_desk.base.scrubbing import scrub_event

if TYPE_CHECKING:
    import structlog

LOG_FILE = "courier-desk.log"
LONGEST_LINE = 4096
FILE_BYTES = 2_000_000
FILES_KEPT = 5


class _Pending:
    """True between ``configure`` and the first entry, when structlog is told its part."""

    arrangement: ClassVar[bool] = False


def get_logger(name: str) -> "structlog.stdlib.BoundLogger":
    """A logger: ``log.info("order accepted", order_id=...)``; constant words, values as keys."""
    import structlog

    _arrange()
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Send every entry of the program and its libraries to ``folder``; returns the handler. Errors: OSError
    when the folder cannot be made; a file that cannot be opened is told to stderr by the logging itself."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = _LateHandler(folder / LOG_FILE)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    _Pending.arrangement = True
    if "structlog" in sys.modules:
        _arrange()
    return handler


def configure_stream(stream: TextIO, level: str) -> logging.Handler:
    """Send every entry to ``stream``, for a service whose keeper has a journal; ``level`` as logging names it."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level.upper())
    _Pending.arrangement = True
    _arrange()
    return handler


def _arrange() -> None:
    """Tell structlog where our entries go, once after each ``configure``."""
    if not _Pending.arrangement:
        return
    import structlog

    _Pending.arrangement = False
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _shared() -> "list[structlog.typing.Processor]":
    import structlog

    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


class _LateHandler(logging.Handler):
    """Opens the file with the first entry."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._file is None:
                self._file = self._opened()
            self._file.emit(record)
        except OSError:
            self.handleError(record)

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        file = RotatingFileHandler(self._path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="ascii")
        file.setFormatter(formatter())
        return file

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def formatter() -> logging.Formatter:
    """Brings our entries and those of libraries to the one form."""
    import structlog

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_foreign, *_shared()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            scrub_event,
            _render,
        ],
        # Libraries fill values into their words; only the words are known to be free of personal data.
        use_get_message=False,
        pass_foreign_args=True,
    )


def _foreign(_logger: Any, _method: str, event: Any) -> Any:
    given = event.pop("positional_args") or ()
    arguments = given.values() if isinstance(given, Mapping) else given
    numbers = [value for value in arguments if isinstance(value, int | float)]
    if numbers:
        event["numbers"] = numbers
    return event


def _render(_logger: Any, _method: str, event: Any) -> str:
    line = json.dumps(dict(event), ensure_ascii=True, default=str)
    if len(line) <= LONGEST_LINE:
        return line
    # A line that was cut is no JSON any more; keep what finds the place again and say that it was cut.
    kept = {key: event[key] for key in ("timestamp", "level", "logger") if key in event}
    kept |= {"event": str(event.get("event", ""))[:200], "cut": True}
    room = (LONGEST_LINE - len(json.dumps(kept, ensure_ascii=True)) - 20) // 2
    return json.dumps(kept | {"rest": line[:room]}, ensure_ascii=True)
