"""Find telephone numbers and the postcode in a pasted text, and tell them from house numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message
from courier_desk.domain.address_text import PHONE_MARK, POSTCODE_MARK
from courier_desk.domain.phones import normalise_phone
from courier_desk.domain.postcodes import STARTS_IN_USE

_DASH = r"[-\u2010-\u2015\u2212]"
_EXTENSION = (
    rf"(?: ?(?:转分机|转接?|分机号?|ext\.?|[#_*]) ?:?{_DASH}?\d{{1,6}}(?!\d)|{_DASH}\d{{1,5}}(?![\d号室栋幢楼])"
    rf"| ?[\[(【]\d{{1,6}}[\])】])?"
)
_CHINA = rf"(?:\(?(?:\+|00)\s?86\)?[ ]?{_DASH}?[ ]?|(?<!\d)86[ -]?(?=1[3-9]\d{{9}}(?!\d)))?"
_GAP = rf"(?:[ .]|{_DASH})"
# Ungrouped first: a group of four in front of it may be a room ("1501 13812345678").
_MOBILE = re.compile(rf"(?<!\d)(?:\(\+86\)|{_CHINA})0?1[3-9]\d{{9}}(?!\d){_EXTENSION}", re.IGNORECASE)
# Glued to a postcode on either side.
_GLUED = re.compile(r"(?<!\d)1[3-9]\d{9}(?=\d{6}(?!\d))|(?<=(?<!\d)\d{6})1[3-9]\d{9}(?!\d)")
_USUAL_GROUPS = re.compile(rf"(?<!\d){_CHINA}1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d){_EXTENSION}", re.IGNORECASE)
_OTHER_GROUPS = re.compile(
    rf"(?<![\d])(?<!\d[ -]){_CHINA}(?:1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}"
    rf"|1[3-9]\d{_GAP}\d{{8}}|1[3-9]\d{{5}}{_GAP}\d{{4}}|1[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}}"
    rf"|1[3-9]\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}|1[3-9]\d{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{4}})(?!\d){_EXTENSION}",
    re.IGNORECASE,
)
_LANDLINE = re.compile(
    rf"(?<![\d]){_CHINA}\(?0(?:10|2\d|[3-9]\d\d)\)? ?{_DASH}?{_DASH}? ?[2-9]\d{{2,3}}[ -]?\d{{4}}(?!\d){_EXTENSION}"
    rf"|(?:\+|00)86[ -]?(?:10|2\d|[3-9]\d\d)[ -]?[2-9]\d{{2,3}}[ -]?\d{{4}}(?!\d){_EXTENSION}",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    rf"(?<![\d]){_DASH}?[48]00{_GAP}?\d{{3}}{_GAP}?\d{{4}}(?!\d){_EXTENSION}|(?<!\d)[48]00{_GAP}\d{{4}}{_GAP}\d{{3}}(?!\d)"
)
_FOREIGN = re.compile(
    r"(?:\+|(?<!\d)00)(?!\s?86)[1-9]\d{0,2}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ -]?\d{2,4}){1,4}(?!\d)"
)
# What was meant as a number: labelled, or the length of a mobile with a digit lost or doubled.
_LABELLED = re.compile(
    r"(?:手机号码|手机号|手机|电话号码|联系电话|联系方式|电话|tel|phone|mobile)[ :.]{0,3}"
    r"(?P<digits>\d[\d -]{4,16}\d)(?!\d)",
    re.IGNORECASE,
)
_WRONG_LENGTH = re.compile(r"(?<![\d-])(?P<digits>1[3-9]\d{8}|1[3-9]\d{10,11})(?![\d号室栋幢-])")
_LOCAL = re.compile(r"(?:(?<=[\s,;、\u4e00-\u9fff])|^)(?P<digits>[2-8]\d{3}[ -]?\d{4}|[2-8]\d{6})(?=[\s,;、]|$)")

_IDENTITY = re.compile(
    r"(?:身份证(?:号码?)?[ :]*)?(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?!\d)"
)
_POSTCODE_LABELLED = re.compile(
    r"(?:邮政编码|邮\s*编|邮码|postcode|zip(?: ?code)?)[ :.(]{0,3}(\d{6})(?!\d)\)?", re.IGNORECASE
)
_POSTCODE = re.compile(r"(?<![\dA-Za-z#-])[(\[]?(?P<digits>\d{6})[)\]]?(?![\dA-Za-z号室栋幢座楼层弄单元#%-])")
_HOUSE_BEFORE = re.compile(r"(?:[路街道巷弄号栋幢座楼层室元房房]|号院)$")
_BEYOND_MAINLAND = frozenset(("999077", "999078"))


@dataclass(frozen=True, slots=True)
class FoundPhone:
    """A number as it will be shown; ``fault`` says why it is not a good one."""

    text: str
    fault: Message | None = None


def take_identity(text: str) -> tuple[str, bool]:
    """``text`` without the numbers of identity cards, and whether there was one."""
    rest, count = _IDENTITY.subn(" ", text)
    return rest, count > 0


def take_phones(text: str) -> tuple[str, tuple[FoundPhone, ...]]:
    """``text`` with PHONE_MARK for each number, and the numbers in order; bad ones only when there is no good one."""
    spans: list[tuple[int, int, FoundPhone]] = []
    for pattern in (_MOBILE, _GLUED, _USUAL_GROUPS, _OTHER_GROUPS, _LANDLINE, _SERVICE, _FOREIGN):
        for found in pattern.finditer(text):
            if all(found.end() <= start or found.start() >= end for start, end, _phone in spans):
                phone = _judged(found[0])
                if phone.fault is None:
                    spans.append((found.start(), found.end(), phone))
    if not spans:
        spans = list(_first_bad(text))
    spans.sort(key=lambda span: span[0])
    for start, end, _phone in reversed(spans):
        text = text[:start] + PHONE_MARK + text[end:]
    return text, tuple(phone for _start, _end, phone in spans)


def _judged(text: str) -> FoundPhone:
    try:
        return FoundPhone(normalise_phone(text).display)
    except UserError as error:
        return FoundPhone(text.strip(), error.message)


def _first_bad(text: str) -> Iterator[tuple[int, int, FoundPhone]]:
    for pattern in (_LABELLED, _WRONG_LENGTH, _LOCAL):
        found = pattern.search(text)
        if found is not None:
            yield found.start("digits"), found.end("digits"), _judged(found["digits"])
            return


def take_postcode(text: str) -> tuple[str, str | None]:
    """``text`` with POSTCODE_MARK, and the six digits; a labelled one wins. House numbers are left alone."""
    found = _POSTCODE_LABELLED.search(text)
    if found is not None:
        return text[: found.start()] + POSTCODE_MARK + text[found.end() :], found[1]
    candidates = [each for each in _POSTCODE.finditer(text) if _may_be_postcode(text, each)]
    if not candidates:
        return text, None
    found = candidates[-1]
    return text[: found.start()] + POSTCODE_MARK + text[found.end() :], found["digits"]


def _may_be_postcode(text: str, found: re.Match[str]) -> bool:
    digits = found["digits"]
    if digits[:2] not in STARTS_IN_USE and digits not in _BEYOND_MAINLAND:
        # No place has it, yet six digits alone in the last part were meant as one: the check will say so.
        alone = text[found.start() - 1 : found.start()] in ("", *" \t\n,;、")
        return alone and (found.end() == len(text) or found.start() == 0)
    # 中山路200030 is a house number, 969号311121 is not.
    before = text[found.start() - 1 : found.start()]
    glued = before not in ("", *" \t\n,;、。|:", PHONE_MARK)
    return not (glued and before != "号" and _HOUSE_BEFORE.search(text[: found.start()]))
