"""The log: one JSON line an entry, escaped, scrubbed of personal data, cut at 4 kB, in files that rotate."""

import json
import logging
import logging.handlers
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from courier_desk.base.scrubbing import scrub_event

LOG_FILE = "courier-desk.log"
LONGEST_LINE = 4096
FILE_BYTES = 2_000_000
FILES_KEPT = 5

_SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger: ``log.info("order accepted", order_id=...)``; constant words, values as keys."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Send every entry of the program and its libraries to ``folder``; returns the handler. Errors: OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / LOG_FILE, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="ascii"
    )
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return handler


def formatter() -> logging.Formatter:
    """Brings our entries and those of libraries to the one form."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_foreign, *_SHARED],
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
