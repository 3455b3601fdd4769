"""Choose the name of the person among the parts of a pasted text that are no division, number or label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courier_desk.base.translation import message
from courier_desk.domain.address_faults import Doubt, DoubtKind
from courier_desk.domain.address_text import (
    COMPANY_MARK,
    DIGITS_MARK,
    MARKS,
    NAME_MARK,
    NOTE_MARK,
    PHONE_MARK,
    POSTCODE_MARK,
    SEPARATORS,
)
from courier_desk.domain.person_names import bare_name, is_company, likeness

_PART = re.compile(
    rf"[A-Za-z][A-Za-z'.]*(?: [A-Za-z][A-Za-z'.]*){{1,3}}(?=[{SEPARATORS}{MARKS}]|$)|[^{SEPARATORS}{MARKS}/【】@]+"
)
_BRIDGE = re.compile(rf"[{SEPARATORS}/:()\[\]{POSTCODE_MARK}{DIGITS_MARK}-]*$")
_BRIDGE_AHEAD = re.compile(rf"[{SEPARATORS}/:()\[\]{POSTCODE_MARK}{DIGITS_MARK}-]*")
# What a name may hang on without a gap: 969号张三, 阳光花园李四.
_BEFORE_GLUED = re.compile(
    r"(?:[号室楼层栋幢座户店铺村组园苑城厦都府院里)\d]|单元|小区|广场|国际|公寓|中心|大学|学校|医院|酒店|宾馆|公司|市场|超市)$"
)
_NUMBER_BEFORE_GLUED = re.compile(r"[号室楼层栋幢座户\d]$")
_AFTER_GLUED = re.compile(r"(?:先生|女士|小姐)?(?:收|\(收\))?$")
_LIKELY = 0.5
_LIKELY_HANGING = 0.35  # 钟桂东: ends like a place, but hangs where a name would
_SURE = 0.6
_LONGEST_NICKNAME = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text between separators, outside the divisions."""

    text: str
    start: int
    end: int
    mark: str  # the label right before it, or ""
    is_before_place: bool
    is_first_behind_place: bool
    is_last: bool
    is_beside_phone: bool


@dataclass(frozen=True, slots=True)
class Person:
    """The name, the company before the address, the spans of text that they took, and the doubts."""

    name: str | None = None
    company: str | None = None
    taken: tuple[tuple[int, int], ...] = ()
    doubts: tuple[Doubt, ...] = ()


def split_parts(text: str, place: tuple[int, int]) -> list[Part]:
    """The parts of ``text`` outside the divisions at ``place``."""
    start, end = place
    spans = [_trimmed(text, *each.span()) for each in _PART.finditer(text[:start])]
    before = len(spans)
    spans += [_trimmed(text, each.start() + end, each.end() + end) for each in _PART.finditer(text[end:])]
    return [
        Part(
            text[first:last],
            first,
            last,
            text[first - 1] if first and text[first - 1] in MARKS else "",
            is_before_place=position < before or start == end,
            is_first_behind_place=position == before and start != end,
            is_last=position == len(spans) - 1,
            is_beside_phone=_is_beside_phone(text, first, last),
        )
        for position, (first, last) in enumerate(spans)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a bracket that opens or closes around something else: 张三(13812345678)."""
    while end > start and text[end - 1] in "([":
        end -= 1
    while start < end and text[start] in ")]":
        start += 1
    return start, end


def _is_beside_phone(text: str, start: int, end: int) -> bool:
    before = _BRIDGE.search(text[:start])
    ahead = _BRIDGE_AHEAD.match(text, end)
    first = before.start() if before else start
    last = ahead.end() if ahead else end
    return text[first - 1 : first] == PHONE_MARK or text[last : last + 1] == PHONE_MARK


def choose_person(parts: Sequence[Part]) -> Person:
    """The person among ``parts``; a doubt when the text leaves it open."""
    labelled = next((part for part in parts if part.mark == NAME_MARK and bare_name(part.text)), None)
    company = next((part for part in parts if part.mark == COMPANY_MARK), None)
    company = company or next((p for p in parts if p.is_before_place and is_company(p.text) and p != labelled), None)
    if labelled is not None:
        return _person(labelled, company, ())
    free = [part for part in parts if part.mark not in (NOTE_MARK, COMPANY_MARK) and part != company]
    ranked = sorted(((_value(part), part) for part in free), key=lambda pair: -pair[0])
    if ranked and ranked[0][0] >= _LIKELY:
        return _person(ranked[0][1], company, tuple(_doubts(ranked)))
    return _glued(parts, company) or _guessed(free, company)


def _value(part: Part) -> float:
    """How likely the part is the name: by itself, and by where it stands."""
    value = likeness(part.text)
    if value <= 0:
        return 0.0
    if part.is_beside_phone:
        value += 0.15
    if part.is_before_place:
        return value + 0.1
    if part.is_first_behind_place:
        return value - 0.45
    return value if part.is_last or part.is_beside_phone else value - 0.5


def _doubts(ranked: Sequence[tuple[float, Part]]) -> Iterator[Doubt]:
    value, part = ranked[0]
    others = [other for worth, other in ranked[1:] if worth >= max(0.8, value - 0.2)]
    if others:
        listed = "、".join(other.text for other in others)
        text = message("There is a second name: {names}.", names=listed)
        yield Doubt(DoubtKind.SECOND_NAME, "name", text, tuple(other.text for other in others))
    if others or value < _SURE or not (part.is_before_place or part.is_beside_phone):
        yield unsure(part.text)


def unsure(name: str) -> Doubt:
    """The name may be something else."""
    return Doubt(DoubtKind.NAME_UNSURE, "name", message("Is “{name}” the name?", name=name))


def _person(part: Part, company: Part | None, doubts: tuple[Doubt, ...]) -> Person:
    spans = tuple((each.start, each.end) for each in (part, company) if each is not None)
    return Person(bare_name(part.text), company.text if company else None, spans, doubts)


def _glued(parts: Sequence[Part], company: Part | None) -> Person | None:
    """A name that hangs on the house number or the building: 969号张三 13812345678."""
    for part in parts:
        hanging = _hanging_name(part)
        if hanging:
            start = part.end - len(hanging)
            name = bare_name(hanging)
            spans = ((start, part.end), *(((company.start, company.end),) if company else ()))
            doubts = () if _AFTER_GLUED.fullmatch(hanging, len(name)) and hanging != name else (unsure(name),)
            return Person(name, company.text if company else None, spans, doubts)
    return None


def _hanging_name(part: Part) -> str:
    """The end of the part that is a name with its 先生 or 收, or nothing; surer ones only away from the number."""
    if not part.is_beside_phone and not part.is_last:
        return ""
    text = part.text
    before, least = (_BEFORE_GLUED, _LIKELY_HANGING) if part.is_beside_phone else (_NUMBER_BEFORE_GLUED, _SURE)
    polite = _AFTER_GLUED.search(text)
    end = polite.start() if polite else len(text)
    for length in (3, 2, 4):
        name, head = text[max(end - length, 0) : end], text[: max(end - length, 0)]
        if len(name) == length and before.search(head) and likeness(name) >= least:
            return text[end - length :]
    return ""


def _guessed(free: Sequence[Part], company: Part | None) -> Person:
    """Nothing looks like a name: a short part before the address or beside the number, or else the company itself."""
    for part in free:
        least = 0.1 if part.is_before_place else 0.2
        odd = likeness(part.text) >= least and len(part.text) <= _LONGEST_NICKNAME
        if odd and (part.is_beside_phone or part.start == 0):
            return _person(part, company, (unsure(part.text),))
    nobody = Doubt(DoubtKind.MISSING_NAME, "name", message("The name is missing."))
    if company is None:
        return Person(doubts=(nobody,))
    return Person(company.text, None, ((company.start, company.end),), (unsure(company.text),))
