"""Streets and towns as they stand in a text behind their district: in full, with an old ending, or without any."""

import re
from collections.abc import Iterator

from courier_desk.domain.address_text import MARKS, SEPARATORS
from courier_desk.domain.division_names import DivisionNames, Name, Wording, without_people
from courier_desk.domain.divisions import Division, Divisions, Level

_ENDS = ("街道办事处", "街道办", "街道", "地区", "镇", "乡")
_END = re.compile(r"(?:街道|地区|镇|乡)$")
_ROAD_END = re.compile(r"[路街道巷弄里村园城场]$")
_TELLING_ENDS = ("街道", "镇", "乡", "苏木")
_PLAIN_BRACKETS = str.maketrans("（）", "()")  # as plain_text makes them
# Behind a bare name a road must follow that is another one: 五常|文一西路, but not 五常大道 or 五常新村.
_ROAD_FOLLOWS = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:路|街|大道|巷|弄|村|社区)")
_OWN_ROAD = re.compile(
    r"[区县市旗]|[东南西北中上下大小新老前后内外一二三四五六七八九十]{0,2}(?:路|街|大街|大道|道|巷|弄|村|新村|社区|花园|小区|苑|园|城|桥|站|湖|山|门|寺|港|市场|广场|农场|林场|牧场|渔场|国营)"
)


def streets_at(divisions: Divisions, names: DivisionNames, above: Division, text: str, start: int) -> list[Name]:
    """The streets below ``above`` (a district, a city, or districts that took streets from it) named at ``start``.

    The longest names only. Below a province no street is looked for: too many share a name.
    """
    if above.level == Level.PROVINCE or start >= len(text):
        return []
    found = [
        name
        for parent in _parents(divisions, names, above)
        for name in _named(divisions, parent, text, start, district_left_out=parent.parent == above.code)
    ]
    own = [name for name in found if name.division.parent == above.code]
    best = own or found
    longest = max((len(name.text) for name in best), default=0)
    return [name for name in best if len(name.text) == longest]


def _parents(divisions: Divisions, names: DivisionNames, above: Division) -> Iterator[Division]:
    yield above
    yield from (taker for code in names.gave_streets.get(above.code, ()) if (taker := divisions.get(code)))
    if above.level == Level.CITY:
        yield from divisions.upper_below(above.code)


def _named(divisions: Divisions, parent: Division, text: str, start: int, *, district_left_out: bool) -> Iterator[Name]:
    """The streets directly below ``parent`` named at ``start``; 沁园街道 also stands for 济源市沁园街道.

    Where the district is left out, 经济开发区 and the like say too little.
    """
    values = divisions.streets.names.values
    repeated = text.startswith(parent.name, start)  # 科尔沁右翼前旗 once more is not 科尔沁镇
    for row in divisions.streets.rows(parent.code):
        name = values[row]
        if "（" in name:
            name = name.translate(_PLAIN_BRACKETS)
        if name[0] != text[start] and not district_left_out and len(name) > len(parent.name) + 2:
            name = name.removeprefix(parent.name)
        if district_left_out and not name.endswith(_TELLING_ENDS):
            continue
        written = _written(name, text, start) if name[0] == text[start] else None
        if written is not None and (not repeated or written[1] == Wording.FULL):
            yield Name(written[0], divisions.streets.at(row), written[1])


def _written(name: str, text: str, start: int) -> tuple[str, Wording] | None:
    """How ``name`` stands at ``start``: the text and the wording; None when it does not."""
    full = text.startswith(name, start)
    end = _END.search(name)
    if end is None or len(name) < 3:
        return (name, Wording.FULL) if full else None
    plain = without_people(name)
    for bare in dict.fromkeys((name[: end.start()], plain[: len(plain) - len(end[0])])):
        if len(bare) >= 2 and text.startswith(bare, start):
            return _ending(name, bare, end[0], text, start)
    return (name, Wording.FULL) if full else None


def _ending(name: str, bare: str, own_end: str, text: str, start: int) -> tuple[str, Wording] | None:
    after = start + len(bare)
    for end in _ENDS:
        if text.startswith(end, after):
            same = end.startswith(own_end) or own_end == "地区" or end == "地区"
            return bare + end, Wording.FULL if same else Wording.FORMER
    if text.startswith(name, start):
        return name, Wording.FULL
    following = text[after : after + 12]
    apart = following.lstrip(SEPARATORS + MARKS)
    if (
        _ROAD_FOLLOWS.match(apart)
        and (apart != following or not _OWN_ROAD.match(following))
        and not _ROAD_END.search(bare)
    ):
        return bare, Wording.SHORT
    return None
