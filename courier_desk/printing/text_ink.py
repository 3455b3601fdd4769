"""Texts as ink: fitted into boxes, inverse or framed, marks side by side, a code for what has no glyph."""

from courier_desk.printing.fitting import Fitted, fit
from courier_desk.printing.fonts import BOLD, EM, REGULAR, advances
from courier_desk.printing.ink import Ink, Placed, Rect, Run, draw_frame


def draw_text(ink: Ink, placed: Placed, text: str) -> None:
    """``text`` in its box; an empty text leaves no trace, not even of its frame."""
    if not text:
        return
    element, box, pad = placed.element, placed.box, placed.pad
    if element.inverse:
        ink.black.append(box)
    elif element.frame > 0:
        draw_frame(ink.black, box, placed.line)
    face = BOLD if element.bold else REGULAR
    room = Rect(box.x + pad, box.y + pad // 2, box.w - 2 * pad, box.h - pad)
    fitted = fit(text, face, room.w, room.h, placed.largest, placed.smallest, element.lines)
    if fitted.cut:
        ink.cut.append(element.field or element.caption)
    set_text(ink, fitted, face, room, element.align, white=element.inverse)


def set_text(ink: Ink, fitted: Fitted, face: str, room: Rect, align: str, *, white: bool) -> None:
    """A fitted text into its room, in the middle of its height."""
    top = room.y + (room.h - fitted.height) // 2
    for line in fitted.lines:
        left = room.x
        if align != "left":
            spare = room.w - line.width
            left += spare // 2 if align == "centre" else spare
        if line.boxed:
            _boxed_line(ink, Run(face, fitted.px, left, top + line.baseline, line.text, white, room), line.boxed)
        else:
            ink.runs.append(Run(face, fitted.px, left, top + line.baseline, line.text, white, room))


def _boxed_line(ink: Ink, run: Run, boxed: tuple[int, ...]) -> None:
    """A line with characters that no face has: each stands as a frame with its code in it."""
    known = advances(run.face)
    travelled = 0
    start = 0
    for place in (*boxed, len(run.text)):
        if place > start:
            part = run.text[start:place]
            ink.runs.append(run._replace(x=run.x + travelled * run.px // EM, text=part))
            travelled += sum(known[ord(char)] for char in part)
        if place < len(run.text):
            _code_box(ink, run._replace(x=run.x + travelled * run.px // EM, text=run.text[place]))
            travelled += EM
        start = place + 1


def _code_box(ink: Ink, run: Run) -> None:
    px = run.px
    margin = max(1, px // 16)
    box = Rect(run.x + margin, run.baseline - px * 85 // 100, px - 2 * margin, px * 94 // 100)
    draw_frame(ink.white if run.white else ink.black, box, max(1, px // 24))
    code = f"{ord(run.text):X}".rjust(4, "0")
    half = (len(code) + 1) // 2
    for row, part in enumerate((code[:half], code[half:])):
        room = Rect(box.x + margin, box.y + row * box.h // 2, box.w - 2 * margin, box.h // 2)
        size = px * 46 // 100
        while size > 4 and advances(REGULAR)[ord("0")] * len(part) * size // EM > room.w:
            size -= 1
        width = sum(advances(REGULAR)[ord(char)] for char in part) * size // EM
        # Digits and capitals are 73/100 em high.
        baseline = room.y + (room.h + size * 73 // 100) // 2
        ink.runs.append(Run(REGULAR, size, room.x + (room.w - width) // 2, baseline, part, run.white, run.box))


def draw_marks(ink: Ink, placed: Placed, words: tuple[str, ...]) -> None:
    """Words in frames side by side, from the right; all of one size, the largest at which all of them have room."""
    words = tuple(word for word in words if word)
    if not words:
        return
    box = placed.box
    gap = max(2, placed.largest // 6)
    room = (box.w - gap * (len(words) - 1)) // len(words)
    fits = [fit(word, BOLD, room - 2 * gap, box.h - gap, placed.largest, placed.smallest, 2) for word in words]
    px = min(fitted.px for fitted in fits)
    left = box.x + box.w
    for word in reversed(words):
        fitted = fit(word, BOLD, room - 2 * gap, box.h - gap, px, placed.smallest, 2)
        width = max(line.width for line in fitted.lines) + 2 * gap if fitted.lines else gap
        left -= width
        draw_frame(ink.black, Rect(left, box.y, width, box.h), max(1, placed.largest // 14))
        set_text(ink, fitted, BOLD, Rect(left, box.y, width, box.h), "centre", white=False)
        if fitted.cut:
            ink.cut.append("marks")
        left -= gap
