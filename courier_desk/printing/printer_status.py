"""What label printers say of themselves: ~HS of Zebra's language, ESC !? of TSC's (domain.md 6.5)."""

import re

from courier_desk.printing.printers import Condition, PrinterStatus

ZPL_QUERY = b"~HS\r\n"
TSPL_QUERY = b"\x1b!?"
_ZPL_ANSWER = re.compile(rb"\x02([^\x02\x03]*)\x03\s*\x02([^\x02\x03]*)\x03\s*\x02[^\x02\x03]*\x03")
_TSPL_BITS = (
    (0x01, Condition.HEAD_OPEN),
    (0x40, Condition.HEAD_OPEN),
    (0x02, Condition.JAM),
    (0x04, Condition.PAPER_OUT),
    (0x08, Condition.RIBBON_OUT),
    (0x10, Condition.PAUSED),
    (0x20, Condition.BUSY),
)


def parse_zpl_status(answer: bytes) -> PrinterStatus | None:
    """The last complete answer to ~HS in what was received; None when there is none yet or it makes no sense."""
    found = _ZPL_ANSWER.findall(answer)
    if not found:
        return None
    first, second = (part.decode("ascii", "replace").split(",") for part in found[-1])
    if len(first) < 9 or len(second) < 9:
        return None
    numbers = [first[1], first[2], first[4], first[7], second[2], second[3], second[8]]
    if not all(number.strip().isdecimal() for number in numbers):
        return None
    paper_out, paused, formats, partial, head_open, ribbon_out, labels = (int(number) for number in numbers)
    waiting = formats + labels
    for trouble, condition in (
        (head_open, Condition.HEAD_OPEN),
        (paper_out, Condition.PAPER_OUT),
        (ribbon_out, Condition.RIBBON_OUT),
        (paused, Condition.PAUSED),
        (waiting or partial, Condition.BUSY),
    ):
        if trouble:
            return PrinterStatus(condition, waiting)
    return PrinterStatus(Condition.READY)


def parse_tspl_status(answer: bytes) -> PrinterStatus | None:
    """The last byte of the answer to ESC !?; None when nothing came."""
    if not answer:
        return None
    for bit, condition in _TSPL_BITS:
        if answer[-1] & bit:
            return PrinterStatus(condition, int(condition is Condition.BUSY))
    return PrinterStatus(Condition.READY)
