"""Find the chain of divisions in a text: 浙江省杭州市余杭区五常街道, 浙江杭州余杭, 徐汇区, with gaps and repeats.

Every place where a name of a division stands may begin a chain; each chain goes on with names that lie below the one
before. The clearest chain wins. Equal ones that lead to different places are all reported: nothing is guessed here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from courier_desk.domain.address_text import (
    DETAIL_MARK,
    DIGITS_MARK,
    MARKS,
    PHONE_MARK,
    POSTCODE_MARK,
    REGION_MARK,
    SEPARATORS,
)
from courier_desk.domain.division_names import DivisionNames, Name, Wording, division_names, is_generic
from courier_desk.domain.division_streets import streets_at
from courier_desk.domain.divisions import Division, Divisions, Level

_GAP = re.compile(rf"[\s,;、。|/>_·.)\]{REGION_MARK}{DETAIL_MARK}{POSTCODE_MARK}{DIGITS_MARK}-]*")
_GAP_WITH_PHONE = re.compile(rf"[\s,;、。|/>{PHONE_MARK}{POSTCODE_MARK}{REGION_MARK}{DETAIL_MARK}]*")
_BOUNDARY = SEPARATORS + MARKS + "/()[]-:>"

_WEIGHT = {
    Wording.FULL: 10.0,
    Wording.VARIANT: 9.5,
    Wording.OLD: 9.0,
    Wording.FORMER: 8.0,
    Wording.ZONE: 7.5,
    Wording.SHORT: 6.0,
}
_MISMATCH_WEIGHT = 2.0
_LONG_NAME = 7
_LONG_WEIGHT = 25.0  # 河北唐山海港经济开发区 stands there whole; not 河北, 唐山 and something
_OFTEN_A_DISTRICT = frozenset(("朝阳",))  # a short name that is a city's, but means a district elsewhere more often
_STREET_SHARE = 0.8
# An address gives some thirty; the bounds are for a text that says one name hundreds of times.
_MOST_CHAINS = 400
_MOST_CHAINS_FROM_ONE_PLACE = 60
_MOST_REPEATS = 8
_CLEAR = 15.0  # two names, at least one of them in full
_SECOND = 20.0  # two names in full: not the town in the name of a shop

# What makes a short name part of another: 北京西路, 杭州银行, 朝阳门, 南山科技园.
_ROAD = r"(?:[东南西北中内外环一二三四五六七八九十]{0,2}(?:路|街|大街|大道|道|巷|弄|胡同|公路|里弄))"
_HOUSE = (
    r"|银行|大厦|大楼|饭店|酒店|大酒店|宾馆|大学|学院|商会|会馆|湾|菜馆|菜|面馆|小吃|烤鸭|新村|花园|公寓|小区|广场|证券|保险|集团|公司"
    r"|有限|科技|实业|贸易|商贸|国际|银泰|万达|日报|晚报|人民(?:医院|政府|检察|法院|公园|广场)"
)
_NATURE = (
    r"|门|寺|湖|山|河|江|桥|港|岛|塔|庙|宫|陵|墓|峪|机场|火车站|汽车站|高铁|站|东站|西站|南站|北站|公园|景区|风景|医院|中学|小学|学校|幼儿园"
    r"|村|镇|乡|社区|园|苑|城|府|家园|工业|产业|软件|开发|高新|经济|商城|市场|中心|体育"
)
_NOT_PLACE_ABOVE_DISTRICT = re.compile(_ROAD + _HOUSE)
_NOT_DISTRICT = re.compile(_ROAD + _HOUSE + _NATURE)


@dataclass(frozen=True, slots=True)
class Step:
    """One name of a chain. ``mismatch``: it does not lie below the one before."""

    name: Name
    start: int
    end: int
    mismatch: bool = False

    @property
    def level(self) -> Level:
        return self.name.division.level

    @property
    def weight(self) -> float:
        """How much this name tells."""
        if self.mismatch:
            return _MISMATCH_WEIGHT
        if self.level < Level.STREET and len(self.name.text) >= _LONG_NAME and self.name.wording == Wording.FULL:
            return _LONG_WEIGHT
        share = _STREET_SHARE if self.level == Level.STREET else 1.0
        return _WEIGHT[self.name.wording] * share + 0.1 * (Level.STREET - self.level)


@dataclass(frozen=True, slots=True)
class Chain:
    """Names that lead to one division, and where they stand: text[start:end], repeats within."""

    steps: tuple[Step, ...]
    end: int

    @property
    def start(self) -> int:
        return self.steps[0].start

    @property
    def text(self) -> str:
        """The names as written, without gaps."""
        return "".join(step.name.text for step in self.steps)

    @property
    def last(self) -> Division:
        """The lowest division named."""
        return self.steps[-1].name.division

    @property
    def weight(self) -> float:
        """How much the whole chain tells."""
        return sum(step.weight for step in self.steps)

    @property
    def wordings(self) -> tuple[int, ...]:
        """How the names are written; FULL and OLD count alike, a name of today may be an old one elsewhere."""
        return tuple(Wording.FULL if step.name.wording == Wording.OLD else step.name.wording for step in self.steps)


class ChainFinder:
    """The chains of one text."""

    def __init__(self, text: str, divisions: Divisions) -> None:
        self._text = text
        self._divisions = divisions
        self._names: DivisionNames = division_names(divisions)

    @cached_property
    def by_start(self) -> dict[int, list[Chain]]:
        """Every chain that may stand for itself, by where it begins."""
        found: dict[int, list[Chain]] = {}
        left = _MOST_CHAINS
        for start in range(len(self._text) - 1):
            chains = list(islice(self._from(start), min(left, _MOST_CHAINS_FROM_ONE_PLACE)))
            left -= len(chains)
            if chains:
                found[start] = chains
        return found

    def best(self) -> list[Chain]:
        """The clearest chain, and those that are as clear but lead elsewhere; empty when there is none."""
        tops = {
            start: max(chains, key=lambda chain: (chain.weight, chain.end)) for start, chains in self.by_start.items()
        }
        if not tops:
            return []
        clear = [start for start, chain in tops.items() if chain.weight >= _CLEAR]
        if clear:
            first = tops[clear[0]]
            start = max(
                (each for each in tops if tops[each].end == first.end), key=lambda each: self._merit(tops[each])
            )
        else:
            start = max(tops, key=lambda each: (self._merit(tops[each]), -each))
        return self._equals(tops[start])

    def second(self, after: int, region: str) -> bool:
        """True when another clear chain begins behind ``after`` and leads out of ``region``: two addresses."""
        return any(
            chain.weight >= _SECOND and not self._divisions.is_within(chain.last.code, region)
            for start, chains in self.by_start.items()
            if start >= after and self._is_boundary(start)
            for chain in chains
        )

    def hint(self, above: str, start: int) -> tuple[str, ...]:
        """Districts below ``above`` whose short name stands at ``start`` but did not count: something to ask about."""
        names = self._names.at(self._text, start)
        return tuple(name.division.code for name in names if self._goes_below(name, above))

    def _equals(self, best: Chain) -> list[Chain]:
        """``best`` and its rivals: the same words, another place."""
        found = {best.last.code: best}
        for chain in self.by_start[best.start]:
            same_words = chain.end == best.end and chain.wordings == best.wordings
            same_level = chain.steps[-1].level == best.steps[-1].level or best.text in _OFTEN_A_DISTRICT
            if same_words and same_level and len(chain.steps) == len(best.steps):
                found.setdefault(chain.last.code, chain)
        return list(found.values())

    def _merit(self, chain: Chain) -> float:
        """Weight, and how well the chain stands in its part: at its beginning, or behind what may be a name."""
        before = self._part_before(chain.start)
        if not before:
            return chain.weight + 4
        likely_name = 2 <= len(before) <= 4
        return chain.weight + (1 if likely_name else -3)

    def _part_before(self, start: int) -> str:
        first = start
        while first > 0 and self._text[first - 1] not in _BOUNDARY:
            first -= 1
        return self._text[first:start].removesuffix("中国")

    def _is_boundary(self, position: int) -> bool:
        return position in (0, len(self._text)) or self._text[position - 1] in _BOUNDARY

    def _from(self, start: int) -> Iterator[Chain]:
        at_boundary = not self._part_before(start)
        for name in self._names.at(self._text, start):
            if not self._may_begin(name):
                continue
            step = Step(name, start, start + len(name.text))
            for chain in self._extended((step,), step.end):
                lone_short = len(chain.steps) == 1 and name.wording >= Wording.ZONE
                if at_boundary or not lone_short:
                    yield chain

    def _may_begin(self, name: Name) -> bool:
        """A zone or 城区 says nothing alone, and a municipality is its province first."""
        if name.wording == Wording.ZONE or is_generic(name.text):
            return False
        division = name.division
        above = self._divisions.get(division.parent)
        return not (division.level == Level.CITY and above is not None and above.name == division.name)

    def _extended(self, steps: tuple[Step, ...], end: int) -> Iterator[Chain]:
        """The chain as it is and every longer one."""
        ends = list(self._after_repeats(steps, end))
        if self._ends_well(steps[-1]):
            yield Chain(steps, ends[-1])
        if steps[-1].level == Level.STREET:
            return
        # A street's name may begin with its district's: 召陵区|召陵区万金镇.
        places = [self._after_gap(each) for each in ends]
        further = [step for place in places for step in self._steps_below(steps, place)]
        for step in further or self._mismatches(steps, places[-1]):
            yield from self._extended((*steps, step), step.end)

    def _steps_below(self, steps: tuple[Step, ...], start: int) -> list[Step]:
        last = steps[-1].name.division
        found: list[Step] = []
        longest: dict[str, int] = {}
        for name in self._names.at(self._text, start):
            # 前郭 is not meant where 前郭尔罗斯 stands; 乐山 may be where 乐山市 does: 乐山|市中区.
            reach = longest.setdefault(name.division.code, len(name.text))
            if self._goes_below(name, last.code) and len(name.text) >= reach - 1:
                found.append(Step(name, start, start + len(name.text)))
        streets = streets_at(self._divisions, self._names, last, self._text, start)
        found += [Step(name, start, start + len(name.text)) for name in streets]
        return [step for step in found if self._fits_style(step, steps)]

    def _fits_style(self, step: Step, above: tuple[Step, ...]) -> bool:
        """A street without 街道 counts where all is written so, or stands apart: 渝中区解放碑步行街 names no street."""
        if step.level < Level.STREET or step.name.wording != Wording.SHORT:
            return True
        return self._text[step.end] in _BOUNDARY or all(each.name.wording == Wording.SHORT for each in above)

    def _goes_below(self, name: Name, above: str) -> bool:
        return name.division.code != above and self._divisions.is_within(name.division.code, above)

    def _mismatches(self, steps: tuple[Step, ...], start: int) -> Iterator[Step]:
        """A city or district in full that lies elsewhere; only directly behind what it contradicts."""
        last = steps[-1]
        if last.level >= Level.DISTRICT or last.mismatch:
            return
        for name in self._names.at(self._text, start):
            deeper = name.division.level > last.level
            step = Step(name, start, start + len(name.text), mismatch=True)
            if deeper and name.wording == Wording.FULL and not is_generic(name.text) and self._ends_well(step):
                yield step

    def _after_gap(self, position: int) -> int:
        found = _GAP.match(self._text, position)
        end = found.end() if found else position
        if end < len(self._text) and self._text[end] == PHONE_MARK:
            over = _GAP_WITH_PHONE.match(self._text, end)
            end = over.end() if over else end
        return end

    def _after_repeats(self, steps: tuple[Step, ...], end: int) -> Iterator[int]:
        """``end``, and the ends after names of the chain that are said once more (region box and address box)."""
        yield end
        codes = {step.name.division.code for step in steps} | {
            above.code for step in steps for above in self._divisions.path(step.name.division.code)
        }
        position = end
        count = 0
        while count < _MOST_REPEATS and (name := self._said_again(codes, steps, self._after_gap(position))):
            position = self._after_gap(position) + len(name.text)
            count += 1
            whole = name.division.code == steps[-1].name.division.code
            if name.wording < Wording.ZONE and (whole or count > 1):
                yield position

    def _said_again(self, codes: set[str], steps: tuple[Step, ...], start: int) -> Name | None:
        street = steps[-1].name
        if street.division.level == Level.STREET and self._text.startswith(street.text, start):
            return street
        names = (name for name in self._names.at(self._text, start) if name.wording != Wording.ZONE)
        return next((name for name in names if name.division.code in codes), None)

    def _ends_well(self, step: Step) -> bool:
        """False when the name is only the beginning of another: 北京西路, 上海市场."""
        following = self._text[step.end : step.end + 8]
        if step.name.text.endswith("市") and following.startswith("场"):
            return False
        if step.name.wording < Wording.SHORT or step.level == Level.STREET:
            return True
        other = _NOT_DISTRICT if step.level == Level.DISTRICT else _NOT_PLACE_ABOVE_DISTRICT
        return other.match(following) is None
