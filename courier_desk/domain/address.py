"""One pasted line of any shape becomes name, telephone, province, city, district, street and the rest.

Steps, each in a module of its own: plain characters and labels (address_text), numbers (address_digits), the chain of
divisions (address_chain, address_place), the person (address_person). What is left is the detail. Nothing is guessed in
silence: what is worked out or unclear carries a doubt (address_faults).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from courier_desk.base.translation import message
from courier_desk.domain.address_digits import FoundPhone, take_identity, take_phones, take_postcode
from courier_desk.domain.address_faults import Doubt, DoubtKind, check_address, check_detail, check_postcode
from courier_desk.domain.address_person import Person, choose_person, split_parts
from courier_desk.domain.address_place import Place, find_place
from courier_desk.domain.address_text import LONGEST, MARKS, NOTE_MARK, PlainText, mark_labels, plain_text
from courier_desk.domain.divisions import Divisions, load_divisions
from courier_desk.domain.party import Address
from courier_desk.domain.person_names import PLATFORM_TAIL

__all__ = ["Doubt", "DoubtKind", "ParsedAddress", "check_address", "load_divisions", "parse_line"]

_ADDRESS_LIKE = re.compile(r"\d|[路街道巷弄号室楼栋幢座村镇乡区县园苑厦场]")
_GAPS = re.compile(rf"(?:[ \t\n;。|!{MARKS}]|(?<!\d)[,、]|[,、](?!\d)(?=[\s{MARKS}])|,(?!\d))+")
_ENDS = " \t\n,;、。|!/:-_>*·#@【】"
_EMPTY_BRACKETS = re.compile(r"[(\[【]\s*[)\]】]")
_LOOSE_NUMBER = re.compile(r"(?<=\d) (?=[号栋幢座室楼层弄])")
_NOISE = re.compile(r"^(?:中国|地址|收|寄|到|给|的|是|先生|女士|小姐|亲启|备用|或|和|男|女|\W|\d)*$")


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """What one line gave. ``division`` is the code of the lowest division that is certain; a county that its province
    runs directly has a district and no city; a city without districts has none. ``left_over`` is text with no place."""

    name: str | None
    phone: str | None
    province: str | None
    city: str | None
    district: str | None
    street: str | None
    detail: str
    postcode: str | None
    doubts: tuple[Doubt, ...]
    division: str = ""
    company: str | None = None
    other_phones: tuple[str, ...] = ()
    left_over: str = ""

    @property
    def address(self) -> Address:
        """The address part in standard form."""
        return Address(
            self.province or "",
            self.city or "",
            self.district or "",
            self.street or "",
            self.detail,
            self.postcode or "",
            self.division,
        )

    def doubts_on(self, field: str) -> tuple[Doubt, ...]:
        """The doubts that stand beside one field."""
        return tuple(doubt for doubt in self.doubts if doubt.field == field)


def parse_line(text: str, divisions: Divisions) -> ParsedAddress:
    """The parts of a pasted text. It never fails: a text that says nothing gives a detail and doubts."""
    plain = plain_text(text)
    rest, had_identity = take_identity(plain.text)
    rest, phones = take_phones(rest)
    rest, postcode = take_postcode(rest)
    rest = mark_labels(rest)
    place = find_place(rest, divisions)
    person = choose_person(split_parts(rest, (place.start, place.end)))
    if place.is_lone_short_name and person.name is None:
        place, person = _as_person(rest, place, person)
    detail, left_over = _detail(rest, place, person)
    names = place.names
    doubts = (
        *person.doubts,
        *_phone_doubts(phones),
        *place.doubts,
        *check_detail(detail),
        *check_postcode(postcode or "", place.code, divisions),
        *_text_doubts(plain, left_over, had_identity=had_identity),
    )
    return ParsedAddress(
        person.name,
        phones[0].text if phones else None,
        names.province,
        names.city,
        names.district,
        names.street,
        detail,
        postcode,
        doubts,
        place.code,
        person.company,
        tuple(phone.text for phone in phones[1:]),
        left_over,
    )


def _as_person(rest: str, place: Place, person: Person) -> tuple[Place, Person]:
    """高明 alone may be a person or a district of 佛山; with nobody else named it is the person."""
    other = choose_person(split_parts(rest, (0, 0)))
    if other.name is None or rest[place.start : place.end].strip() != other.name:
        return place, person
    return find_place("", load_divisions()), other


def _detail(rest: str, place: Place, person: Person) -> tuple[str, str]:
    """The text behind the divisions without the person, and what stood before them and is no address."""
    behind = _tidy(_without(rest, place.end, len(rest), person.taken))
    before = [
        part
        for part in split_parts(rest[: place.start], (place.start, place.start))
        if not any(start <= part.start < end for start, end in person.taken) and not _NOISE.match(part.text)
    ]
    is_address = [bool(_ADDRESS_LIKE.search(part.text)) and part.mark != NOTE_MARK for part in before]
    early = " ".join(part.text for part, fits in zip(before, is_address, strict=True) if fits)
    lost = " ".join(part.text for part, fits in zip(before, is_address, strict=True) if not fits)
    notes = " ".join(part.text for part in split_parts(rest, (0, place.end)) if part.mark == NOTE_MARK)
    return " ".join(filter(None, (behind, early))), " ".join(filter(None, (lost, notes)))


def _without(text: str, start: int, end: int, taken: Iterable[tuple[int, int]]) -> str:
    kept = [" " if any(first <= i < last for first, last in taken) else text[i] for i in range(start, end)]
    return re.sub(rf"{NOTE_MARK}[^\n;,]*", " ", "".join(kept))


def _tidy(text: str) -> str:
    """Gaps made one blank, separators at the ends and empty brackets taken off, the platform's digits too."""
    plain = _GAPS.sub(" ", text)
    plain = _LOOSE_NUMBER.sub("", _EMPTY_BRACKETS.sub("", plain)).strip(_ENDS)
    return PLATFORM_TAIL.sub("", plain).strip(_ENDS)


def _phone_doubts(phones: tuple[FoundPhone, ...]) -> list[Doubt]:
    if not phones:
        return [Doubt(DoubtKind.MISSING_PHONE, "phone", message("The telephone number is missing."))]
    doubts = []
    if phones[0].fault is not None:
        doubts.append(Doubt(DoubtKind.PHONE_INVALID, "phone", phones[0].fault))
    others = tuple(phone.text for phone in phones[1:] if phone.text != phones[0].text)
    if others:
        text = message("There is a second number: {numbers}.", numbers="、".join(others))
        doubts.append(Doubt(DoubtKind.SECOND_PHONE, "phone", text, others))
    return doubts


def _text_doubts(plain: PlainText, left_over: str, *, had_identity: bool) -> list[Doubt]:
    doubts = []
    if had_identity:
        text = message("An identity number was left out: it must not stand on a label.")
        doubts.append(Doubt(DoubtKind.IDENTITY_NUMBER, "detail", text))
    if left_over:
        text = message("This was not used: {text}", text=left_over)
        doubts.append(Doubt(DoubtKind.LEFT_OVER, "detail", text))
    if plain.had_sender:
        text = message("The text names a sender too; the recipient's part was taken.")
        doubts.append(Doubt(DoubtKind.SECOND_ADDRESS, "detail", text))
    if plain.had_pictures:
        doubts.append(Doubt(DoubtKind.ODD_CHARACTERS, "detail", message("Emoji and ornaments were left out.")))
    if plain.was_cut:
        text = message("Only the first {count} characters were read.", count=LONGEST)
        doubts.append(Doubt(DoubtKind.TOO_LONG, "detail", text))
    return doubts
