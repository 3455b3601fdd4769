"""Text into a box: first as large as wanted, then smaller, on more lines, and only at the very end cut, with a mark.

All measures are printer dots; advances are 1/1000 em. The result is relative to the left upper corner of the box.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from courier_desk.printing.characters import Cells, cells
from courier_desk.printing.fonts import ASCENT, DESCENT, EM, LEADING

_CUT_MARK = "…"
# How small, in percent, a text may become for the sake of a better last line.
_ORPHAN_PERCENT = 84
_CLOSING = frozenset("，。、；：！？）】》」』”’%,.;:!?)]}>")
_OPENING = frozenset("（【《「『“‘([{<#¥")
_AFTER_BREAK = frozenset(" -/、，。；,;")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its characters, how wide it is in dots (rounded up), its base line from the top of the box, and the
    places of characters that are drawn as a box with their code."""

    text: str
    width: int
    baseline: int
    boxed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text set at ``px`` dots an em; ``height`` is that of the whole block, ``cut`` says that its end is missing."""

    px: int
    lines: tuple[Line, ...]
    height: int
    cut: bool


@lru_cache(maxsize=8192)
def fit(text: str, face: str, width: int, height: int, largest: int, smallest: int, most_lines: int) -> Fitted:
    """The largest setting of ``text`` between ``largest`` and ``smallest`` dots an em that fits ``width`` x
    ``height`` dots on at most ``most_lines`` lines."""
    content = cells(text, face)
    if not content.text:
        return Fitted(largest, (), 0, content.cut)
    sums = [0, *accumulate(content.advances)]
    for px in range(largest, smallest - 1, -1):
        room = min(most_lines, lines_in(height, px))
        em_width = width * EM // px
        if room < 1 or sums[-1] > em_width * room:
            continue
        ends = _line_ends(content.text, sums, em_width, room)
        if ends is not None:
            least = max(smallest, px * _ORPHAN_PERCENT // 100)
            better, ends = _without_orphan(content.text, sums, ends, px, least, width)
            return _set(content, sums, ends, better, content.cut)
    return _cut(content, sums, width, height, smallest, most_lines)


def _without_orphan(
    text: str, sums: list[int], ends: list[int], px: int, smallest: int, width: int
) -> tuple[int, list[int]]:
    """A few characters alone on the last line look like a mistake: rather a little smaller and a line less."""
    if len(ends) > 1 and (sums[-1] - sums[ends[-2]]) * px < width * EM // 4:
        for smaller in range(px - 1, smallest - 1, -1):
            fewer = _line_ends(text, sums, width * EM // smaller, len(ends) - 1)
            if fewer is not None:
                return smaller, fewer
    return px, ends


def lines_in(height: int, px: int) -> int:
    """How many lines of ``px`` dots an em have room in ``height`` dots."""
    return 1 + (height * EM - (ASCENT + DESCENT) * px) // (LEADING * px) if block_height(1, px) <= height else 0


def block_height(lines: int, px: int) -> int:
    """Height in dots of a block of lines."""
    return -(-(ASCENT + DESCENT + (lines - 1) * LEADING) * px // EM)


def _line_ends(text: str, sums: list[int], em_width: int, room: int) -> list[int] | None:
    """Where each line ends (exclusive); None when the text needs more than ``room`` lines."""
    ends: list[int] = []
    start = 0
    while start < len(text):
        if len(ends) == room:
            return None
        limit = bisect_right(sums, sums[start] + em_width) - 1
        if limit <= start:
            return None
        end = len(text) if limit >= len(text) else _break_before(text, start, limit)
        ends.append(end)
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return ends


def _break_before(text: str, start: int, limit: int) -> int:
    """The last good place to break at or before ``limit``; inside a word only when it is longer than a line."""
    for place in range(limit, start, -1):
        before, after = text[place - 1], text[place]
        if after in _CLOSING or before in _OPENING:
            continue
        if before in _AFTER_BREAK or after == " " or _is_wide(before) or _is_wide(after):
            return place
    return limit


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def _set(content: Cells, sums: list[int], ends: list[int], px: int, cut: bool) -> Fitted:
    lines = []
    start = 0
    for row, end in enumerate(ends):
        while content.text[start] == " ":
            start += 1
        last = end
        while last > start and content.text[last - 1] == " ":
            last -= 1
        width = -(-(sums[last] - sums[start]) * px // EM)
        boxed = tuple(place - start for place in sorted(content.boxed) if start <= place < last)
        lines.append(Line(content.text[start:last], width, (ASCENT + row * LEADING) * px // EM, boxed))
        start = end
    return Fitted(px, tuple(lines), block_height(len(lines), px), cut)


def _cut(content: Cells, sums: list[int], width: int, height: int, px: int, most_lines: int) -> Fitted:
    """The beginning of the text at the smallest size, its end marked as missing."""
    room = max(1, min(most_lines, lines_in(height, px)))
    em_width = width * EM // px
    low, high = 0, len(content.text)
    while low < high:
        middle = (low + high + 1) // 2
        if _line_ends(*_shortened(content, sums, middle), em_width, room) is None:
            high = middle - 1
        else:
            low = middle
    text, short_sums = _shortened(content, sums, low)
    ends = _line_ends(text, short_sums, em_width, room) or []
    boxed = frozenset(place for place in content.boxed if place < low)
    shown = Cells(text, (), boxed, cut=True)
    return _set(shown, short_sums, ends, px, cut=True)


def _shortened(content: Cells, sums: list[int], length: int) -> tuple[str, list[int]]:
    return content.text[:length] + _CUT_MARK, [*sums[: length + 1], sums[length] + EM]
