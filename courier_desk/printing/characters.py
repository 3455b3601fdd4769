"""Any text in, only harmless and printable characters out: nothing is dropped unseen, nothing can act.

Control characters become blanks, invisible and direction-changing ones go, a character without a glyph is first looked
for in its plainer form and otherwise stands as a box with its code, which a person can look up.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from courier_desk.printing.fonts import BOLD, EM, REGULAR, advances, stands_alone

LONGEST = 2000
_BLANKS = frozenset({"Cc", "Zs", "Zl", "Zp"})
_UNSEEN = frozenset({"Cf", "Mn", "Mc", "Me"})


@dataclass(frozen=True, slots=True)
class Cells:
    """A text ready to set: its characters, one for each cell, their advances (1/1000 em), and whether its end is
    missing. A character that no face has stands in the cell all the same; ``boxed`` lists those cells."""

    text: str
    advances: tuple[int, ...]
    boxed: frozenset[int]
    cut: bool


@lru_cache(maxsize=8192)
def cells(text: str, face: str) -> Cells:
    """``text`` for the face, at most LONGEST characters."""
    known = advances(face)
    cut = len(text) > LONGEST
    normal = unicodedata.normalize("NFC", text[:LONGEST])
    clean = " ".join("".join([char if ord(char) in known else _stand_in(char) for char in normal]).split())
    boxed = frozenset(place for place, char in enumerate(clean) if ord(char) not in known)
    return Cells(clean, tuple(known.get(ord(char), EM) for char in clean), boxed, cut)


@lru_cache(maxsize=1024)
def _stand_in(char: str) -> str:
    """What is printed for a character that cannot be printed as it is."""
    category = unicodedata.category(char)
    if category in _BLANKS:
        return " "
    if category in _UNSEEN:
        return ""
    for form in ("NFKC", "NFKD"):
        plain = "".join(part for part in unicodedata.normalize(form, char) if stands_alone(part))
        if plain and all(has_glyph(part) for part in plain):
            return plain
    return char


def has_glyph(char: str) -> bool:
    """Both faces can draw ``char``."""
    return ord(char) in advances(REGULAR) and ord(char) in advances(BOLD)
