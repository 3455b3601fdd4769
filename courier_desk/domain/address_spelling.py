"""A district written with characters of the same sound: 余航区 for 余杭区.

The sounds come from the names of the table itself, whose pinyin was worked out when it was packed.
"""

from functools import lru_cache

from courier_desk.base.translation import message
from courier_desk.domain.address_faults import Doubt, DoubtKind
from courier_desk.domain.divisions import Division, Divisions, Level


@lru_cache(maxsize=2)
def _sounds(divisions: Divisions) -> dict[str, frozenset[str]]:
    """The readings of each character that occurs in a name of a province, city or district."""
    found: dict[str, set[str]] = {}
    for division in divisions.upper:
        syllables = division.pinyin.split(" ")
        if len(syllables) == len(division.name):
            for character, syllable in zip(division.name, syllables, strict=True):
                found.setdefault(character, set()).add(syllable)
    return {character: frozenset(readings) for character, readings in found.items()}


def misspelt_district(divisions: Divisions, above: str, text: str, start: int) -> tuple[Division, int, Doubt] | None:
    """The one district below ``above`` that sounds like the text at ``start`` and ends in the same 区, 县 or 市.

    Gives the district, the end of its misspelt name and the doubt; None when there is no such district, or several.
    """
    while start < len(text) and text[start] in " \t\n,、":
        start += 1
    below = [child for child in divisions.upper_below(above) if child.level == Level.DISTRICT]
    found = [
        district for district in below if _sounds_like(divisions, district, text[start : start + len(district.name)])
    ]
    if len(found) != 1:
        return None
    district = found[0]
    end = start + len(district.name)
    read = message("“{written}” was read as {name}.", written=text[start:end], name=district.name)
    return district, end, Doubt(DoubtKind.MISSPELT, "district", read, (district.code,))


def _sounds_like(divisions: Divisions, district: Division, written: str) -> bool:
    syllables = district.pinyin.split(" ")
    if len(written) != len(syllables) or len(written) < 3 or written[-1] != district.name[-1]:
        return False
    sounds = _sounds(divisions)
    return all(
        character == right or syllable in sounds.get(character, ())
        for character, right, syllable in zip(written, district.name, syllables, strict=True)
    )
