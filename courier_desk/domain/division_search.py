"""Suggestions while somebody types: divisions by Chinese characters, pinyin, initials, or a mixture.

余杭, yuhang, yh, 杭州yh, zjhz, hzyh all lead somewhere. A query is matched sign by sign against the names of a path:
each character of a name is met by itself, by its pinyin, or by a beginning of its pinyin; 省, 市, 区 may be left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from courier_desk.domain.address_text import plain_text
from courier_desk.domain.division_names import stem
from courier_desk.domain.divisions import Division, Divisions, Level, PathNames

LIMIT = 8
_LONGEST = 40
_MOST_STREETS = 64  # looked at for one query; enough to rank, few enough to be quick
_DOUBLE_INITIALS = ("zh", "ch", "sh")

# Kinds of match, best first.
_WHOLE, _BEGINNING, _WHOLE_INITIALS, _INITIALS, _WITHIN = range(5)

Signs = tuple[tuple[str, str], ...]  # each character with its pinyin


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A division that the typed text may mean; ``path`` is its full name from the province down."""

    code: str
    level: Level
    names: PathNames

    @property
    def path(self) -> str:
        """The full name in one line."""
        return self.names.line


@dataclass(frozen=True, slots=True)
class _Key:
    """What is compared: the bare name, and the ending (省, 市, 区), which may be left out."""

    division: Division
    bare: Signs
    ending: Signs

    def may_begin(self, sign: str) -> bool:
        """True when the name can begin with this character or letter."""
        return sign in (self.bare[0][0], self.bare[0][1][:1])


@dataclass(frozen=True, slots=True)
class _Meeting:
    """How far a query meets a key: the place reached, whether all of the bare name was met, and if not by initials."""

    reached: int
    whole: bool
    spelt_out: bool


class DivisionSearch:
    """The search over one table."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        self._streets = divisions.streets
        self._keys = {division.code: _key(division) for division in divisions.upper}
        self._by_sign: dict[str, list[_Key]] = {}
        for key in self._without_doubles(divisions.upper):
            for sign in {key.bare[0][0], key.bare[0][1][:1]}:
                self._by_sign.setdefault(sign, []).append(key)

    def suggest(self, query: str, parent: str, limit: int, near: str) -> tuple[Suggestion, ...]:
        """The best ``limit`` divisions for a query, below ``parent`` where a code is given; of what meets the query
        equally well, those of the city of ``near`` and then of its province first."""
        text = _signs(query)
        if not text:
            return tuple(self._suggestion(node.code) for node in self._divisions.children(parent)[:limit])
        kinds: dict[str, int] = {}
        for code, kind in self._found(text, parent):
            kinds[code] = min(kind, kinds.get(code, kind))
        best = sorted(kinds, key=lambda code: (*self._order(code, kinds[code]), _distance(code, near), code))
        return tuple(self._suggestion(code) for code in best[:limit])

    def _order(self, code: str, kind: int) -> tuple[int, int]:
        """A match of the whole name first; then provinces before cities before districts before streets."""
        upper = self._keys.get(code)
        return kind, int(upper.division.level if upper else Level.STREET)

    def _suggestion(self, code: str) -> Suggestion:
        upper = self._keys.get(code)
        return Suggestion(code, upper.division.level if upper else Level.STREET, self._divisions.names(code))

    def _found(self, text: str, parent: str) -> Iterator[tuple[str, int]]:
        for key in self._below(parent) if parent else self._by_sign.get(text[0], ()):
            if key.may_begin(text[0]):
                yield from self._from(key, text, 0, spelt_out=True)
        if len(text) > 1:
            yield from self._streets_within(parent, text) if parent else self._streets_anywhere(text)
        if not text.isascii():
            keys = self._below(parent) if parent else self._keys.values()
            yield from ((key.division.code, _WITHIN) for key in keys if text in key.division.name)

    def _from(self, key: _Key, text: str, start: int, *, spelt_out: bool) -> Iterator[tuple[str, int]]:
        """The divisions that the query names from ``start`` on: the key's, or something below it."""
        for meeting in _meetings(key, text, start):
            spelt = spelt_out and meeting.spelt_out
            if meeting.reached == len(text):
                yield key.division.code, _kind(whole=meeting.whole, spelt_out=spelt)
            elif meeting.whole:
                for below in self._below(key.division.code):
                    if below.may_begin(text[meeting.reached]):
                        yield from self._from(below, text, meeting.reached, spelt_out=spelt)
                rest = text[meeting.reached :]
                if len(rest) > 1 and key.division.level > Level.PROVINCE:
                    yield from self._streets_within(key.division.code, rest)

    def _below(self, code: str) -> Iterator[_Key]:
        """The keys of all cities and districts below ``code``."""
        below = self._divisions.upper_below(code)
        yield from self._without_doubles(below)
        for child in below:
            yield from self._below(child.code)

    def _without_doubles(self, below: Iterable[Division]) -> Iterator[_Key]:
        """Keys but for a municipality's city, which repeats the name of its province."""
        for child in below:
            above = self._divisions.get(child.parent) if child.parent else None
            if above is None or above.name != child.name:
                yield self._keys[child.code]

    def _streets_anywhere(self, text: str) -> Iterator[tuple[str, int]]:
        table = self._streets
        if text.isascii():
            found = [(row, _BEGINNING) for row in table.pinyin.rows_beginning(text, _MOST_STREETS)]
            found += [(row, _INITIALS) for row in table.initials.rows_beginning(text, _MOST_STREETS)]
        else:
            found = [(row, _BEGINNING) for row in table.names.rows_beginning(text, _MOST_STREETS)]
            found += [(row, _WITHIN) for row in table.names.rows_with(text, _MOST_STREETS)]
        yield from ((table.code_at(row), kind) for row, kind in found)

    def _streets_within(self, code: str, text: str) -> Iterator[tuple[str, int]]:
        table = self._streets
        for parent in (code, *(key.division.code for key in self._below(code))):
            for row in table.rows(parent):
                if table.names.begins(row, text) or table.pinyin.begins(row, text):
                    yield table.code(row, parent), _BEGINNING
                elif table.initials.begins(row, text):
                    yield table.code(row, parent), _INITIALS
                elif text in table.names.values[row]:
                    yield table.code(row, parent), _WITHIN


def _key(division: Division) -> _Key:
    syllables = division.pinyin.split(" ")
    if len(syllables) != len(division.name):  # a name with brackets or the like: found by its characters only
        syllables = [""] * len(division.name)
    signs = tuple(zip(division.name, syllables, strict=True))
    bare = len(stem(division))
    return _Key(division, signs[:bare], signs[bare:])


def _distance(code: str, near: str) -> int:
    """0 within the same city, 1 within the same province, else 2: two digits of a code say the province, four the city
    (GB/T 2260)."""
    return (code[:2] != near[:2]) + (code[:4] != near[:4])


def _kind(*, whole: bool, spelt_out: bool) -> int:
    if spelt_out:
        return _WHOLE if whole else _BEGINNING
    return _WHOLE_INITIALS if whole else _INITIALS


def _signs(query: str) -> str:
    """The query without blanks, marks and tones, in small letters."""
    plain = plain_text(query).text.lower().replace("ü", "v")
    return "".join(sign for sign in plain if sign.isalnum())[:_LONGEST]


def _meetings(key: _Key, text: str, start: int) -> Iterator[_Meeting]:
    """Every way in which the text from ``start`` meets the key's name, to its end or to the end of the text."""
    for reached, met, spelt in _met(key.bare, text, start):
        whole = met == len(key.bare)
        if reached == len(text) or whole:
            yield _Meeting(reached, whole, spelt)
        if whole and reached < len(text):
            for end, _count, ending_spelt in _met(key.ending, text, reached):
                if end > reached:
                    yield _Meeting(end, whole=True, spelt_out=spelt and ending_spelt)


def _met(signs: Signs, text: str, start: int, met: int = 0, *, spelt: bool = True) -> Iterator[tuple[int, int, bool]]:
    """(place reached, signs met, none by its initial only): at the end of the signs, or of the text."""
    if met == len(signs) or start == len(text):
        yield start, met, spelt
        return
    character, syllable = signs[met]
    if text[start] == character:
        yield from _met(signs, text, start + 1, met + 1, spelt=spelt)
    elif syllable and text[start] == syllable[0]:
        for length in _lengths(syllable, text, start):
            full = length == len(syllable) or (start + length == len(text) and (length > 1 or met > 0))
            yield from _met(signs, text, start + length, met + 1, spelt=spelt and full)


def _lengths(syllable: str, text: str, start: int) -> Iterator[int]:
    """How many letters of the text may stand for the syllable: all, its initial, or a beginning that ends the text."""
    if text.startswith(syllable, start):
        yield len(syllable)
    rest = len(text) - start
    if 1 < rest < len(syllable) and syllable.startswith(text[start:]):
        yield rest
    if len(syllable) > 1:
        yield 1
    if len(syllable) > 2 and syllable.startswith(_DOUBLE_INITIALS) and text.startswith(syllable[:2], start):
        yield 2


@lru_cache(maxsize=2)
def _search(divisions: Divisions) -> DivisionSearch:
    return DivisionSearch(divisions)


def suggest(
    text: str, divisions: Divisions, limit: int = LIMIT, parent: str = "", near: str = ""
) -> tuple[Suggestion, ...]:
    """At most ``limit`` divisions that ``text`` may mean, best first; only below ``parent`` when its code is given. Of
    equals, those about the place with the code ``near`` come first.

    An empty text gives the first divisions directly below ``parent``.
    """
    return _search(divisions).suggest(text, parent, limit, near)
