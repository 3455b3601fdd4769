"""How people write the names of divisions: in full, without 市 or 区, as a development zone, by an old name.

``DivisionNames`` answers one question fast: which divisions may a text mean at one place? It judges nothing; choosing
among the answers is the work of ``address_chain``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from courier_desk.domain.divisions import Division, Divisions, Level
from courier_desk.domain.old_divisions import gave_streets, renamed

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族"
    "|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族"
    "|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|各族|民族"
)
_PEOPLES_END = re.compile(rf"(?<=..)(?:{_PEOPLES})+$")
_PROVINCE_END = re.compile(r"(特别行政区|自治区|省|市)$")
_CITY_END = re.compile(r"(自治州|地区|盟|市)$")
_DISTRICT_END = re.compile(r"(自治县|自治旗|联合旗|特区|林区|矿区|新区|区|县|市|旗)$")
_SIMPLE_END = ("区", "县", "市")
_ZONE_END = re.compile(r"(开发区|园区|示范区|实验区|管理区|新区|新城|聚集区|管委会|工业园)$")
_GENERIC_NAMES = "城区 郊区 矿区 新区 东区 西区 市区 开发区 高新区 经开区 新城区 工业园区"
_GENERIC = frozenset(_GENERIC_NAMES.split())

# Names in daily use that no rule yields.
_NICKNAMES = {
    "内蒙": "150000", "呼市": "150100", "广西省": "450000", "新疆省": "650000", "锡盟": "152500", "阿盟": "152900",
    "巴州": "652800", "克州": "653000", "博州": "652700", "西双版纳州": "532800", "前郭县": "220721", "前郭": "220721",
    "杜蒙": "230624", "喀左县": "211324", "莫旗": "150722", "达茂旗": "150223", "香港特区": "810000",
    "澳门特区": "820000",
}  # fmt: skip

_ZONE_FORMS = {
    "高新": ("高新区", "高新技术开发区", "高新开发区"),
    "经济": ("经开区", "经济开发区", "经济技术开发区", "开发区"),
    "工业园": ("工业园区", "工业园", "园区"),
}


class Wording(IntEnum):
    """How a name was written; a smaller number is surer."""

    FULL = 0
    VARIANT = 1  # no less clear than the full name: 延边州, 广西自治区
    OLD = 2  # listed as merged, renamed or split
    FORMER = 3  # only its last character changed since: 密云县
    ZONE = 4  # a development zone's short name; says something within its city only
    SHORT = 5


@dataclass(frozen=True, slots=True)
class Name:
    """One way of writing a division; an old one that was split has a Name for each successor."""

    text: str
    division: Division
    wording: Wording


def is_generic(name: str) -> bool:
    """True for 城区 and the like, which say nothing without a city."""
    return name in _GENERIC


def stem(division: Division) -> str:
    """The name without what names of its kind end in: 余杭, 内蒙古, 延边. At least two characters, or the name."""
    ends = {Level.PROVINCE: _PROVINCE_END, Level.CITY: _CITY_END, Level.DISTRICT: _DISTRICT_END}
    if division.level == Level.STREET:
        return division.name
    bare = ends[division.level].sub("", division.name)
    bare = _PEOPLES_END.sub("", bare)
    return bare if len(bare) >= 2 else division.name


def without_people(name: str) -> str:
    """A township's name without the peoples it is named for: 十八里店回族乡 -> 十八里店乡."""
    return _PEOPLES_END.sub("", name[:-1]) + name[-1:]


class DivisionNames:
    """All names, found by the text that stands at a place."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        self._names: dict[str, list[Name]] = {}
        self._lengths: dict[str, list[int]] = {}
        self.gave_streets: dict[str, tuple[str, ...]] = {}
        self._by_name: dict[str, list[Division]] = {}
        for division in divisions.upper:
            self._by_name.setdefault(division.name, []).append(division)
            self._add_all(division)
        for name in self._old_names():
            self._add(name)
        self._read_splits()
        self._index_lengths()

    def at(self, text: str, start: int) -> Iterator[Name]:
        """Every name that ``text`` has at ``start``, longest first."""
        longest = len(text) - start
        for length in self._lengths.get(text[start : start + 2], ()):
            if length <= longest:
                yield from self._names.get(text[start : start + length], ())

    def _add(self, name: Name) -> None:
        known = self._names.setdefault(name.text, [])
        if all(other.division.code != name.division.code for other in known):
            known.append(name)

    def _index_lengths(self) -> None:
        lengths: dict[str, set[int]] = {}
        for text in self._names:
            lengths.setdefault(text[:2], set()).add(len(text))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def _add_all(self, division: Division) -> None:
        self._add(Name(division.name, division, Wording.FULL))
        short = stem(division)
        for text in _variants(division, short):
            self._add(Name(text, division, Wording.VARIANT))
        if _ZONE_END.search(division.name) and division.code[4] == "7":
            for text in self._zone_names(division):
                self._add(Name(text, division, Wording.ZONE))
        elif short != division.name:
            self._add(Name(short, division, Wording.SHORT))

    def _zone_names(self, zone: Division) -> Iterator[str]:
        """The zone without the names of its city and province, and the short forms of what remains."""
        bare = zone.name
        for above in self._divisions.path(zone.parent):
            for prefix in (above.name, stem(above)):
                bare = bare.removeprefix(prefix)
        yield bare
        for beginning, forms in _ZONE_FORMS.items():
            if bare.startswith(beginning):
                yield from forms

    def _old_names(self) -> Iterator[Name]:
        for text, code in _NICKNAMES.items():
            if division := self._divisions.get(code):
                yield Name(text, division, Wording.VARIANT)
        for place, old, successors in renamed():
            for division in self._below(place, successors):
                yield Name(old, division, Wording.OLD)
        for division in self._divisions.upper:
            for text in _former(division):
                if all(name.wording != Wording.FULL for name in self._names.get(text, ())):
                    yield Name(text, division, Wording.FORMER)

    def _below(self, place: str, names: tuple[str, ...]) -> list[Division]:
        """The divisions of these names in a city or province; empty when the table (another state) lacks one."""
        above = next((division for division in self._by_name.get(place, ()) if division.level < Level.DISTRICT), None)
        if above is None:
            return []
        found = [
            division
            for name in names
            for division in self._by_name.get(name, ())
            if division.code != above.code and self._divisions.is_within(division.code, above.code)
        ]
        return found if len(found) == len(names) else []

    def _read_splits(self) -> None:
        for city, district, takers in gave_streets():
            found = self._below(city, (district, *takers))
            if found:
                self.gave_streets[found[0].code] = tuple(division.code for division in found[1:])


def _variants(division: Division, short: str) -> Iterator[str]:
    """Forms as clear as the full name."""
    if division.name.endswith("自治州"):
        yield short + "州"
        yield short + "自治州"
    elif division.level == Level.PROVINCE and division.name.endswith("自治区"):
        yield short + "自治区"
    elif division.name.endswith(("自治县", "自治旗")):
        yield short + division.name[-1]
        yield short + division.name[-3:]


def _former(division: Division) -> Iterator[str]:
    """What it was called when it was still a county, a county city or a prefecture."""
    name = division.name
    if division.level == Level.CITY and name.endswith("市"):
        yield name[:-1] + "地区"
    if division.level == Level.DISTRICT and name[-1] in _SIMPLE_END and len(name) >= 3 and division.code[4] != "7":
        for end in _SIMPLE_END:
            if end != name[-1]:
                yield name[:-1] + end


@lru_cache(maxsize=2)
def division_names(divisions: Divisions) -> DivisionNames:
    """The names of a table, worked out once."""
    return DivisionNames(divisions)
