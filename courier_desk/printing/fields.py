"""What a layout can show of each paper, by name. Texts are ready in the data; only numbers are grouped here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courier_desk.domain.paper import BagTag, HandoverPaper, HandoverRow, WaybillLabel

Field = Callable[[Any], str]

_LETTERS_DIGITS = re.compile(r"([A-Z]*)(\d+)(.*)")


def grouped(number: str) -> str:
    """A number in groups of four for the eye: ``XS 0000 0001 2345 6``; anything else stays as it is."""
    found = _LETTERS_DIGITS.fullmatch(number)
    if found is None:
        return number
    letters, digits, rest = found.groups()
    groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    return " ".join(part for part in (letters, *groups) if part) + rest


def _kilograms(weight_g: int) -> str:
    return f"{weight_g // 1000}.{weight_g % 1000:03d}"


def _party(name: str, phone: str) -> str:
    return f"{name}  {phone}" if phone else name


LABEL_FIELDS: dict[str, Callable[[WaybillLabel], str]] = {
    "number": lambda label: label.number,
    "number_grouped": lambda label: grouped(label.number),
    "waybill": lambda label: label.waybill,
    "mother": lambda label: label.waybill if label.waybill != label.number else "",
    "piece": lambda label: f"{label.piece}/{label.pieces}" if label.pieces > 1 else "",
    "pieces": lambda label: str(label.pieces),
    "company": lambda label: label.company,
    "hotline": lambda label: label.hotline,
    "service": lambda label: label.service,
    "routing_code": lambda label: label.routing_code,
    "package_centre": lambda label: label.package_centre,
    "recipient": lambda label: _party(label.recipient.name, label.recipient.phone),
    "recipient_address": lambda label: label.recipient.address,
    "sender": lambda label: _party(label.sender.name, label.sender.phone),
    "sender_address": lambda label: label.sender.address,
    "goods": lambda label: label.goods,
    "weight": lambda label: label.weight,
    "payment": lambda label: label.payment,
    "cod": lambda label: label.cod,
    "declared": lambda label: label.declared,
    "inspected": lambda label: label.inspected,
    "clerk": lambda label: label.clerk,
    "printed_at": lambda label: label.printed_at,
    "reprint": lambda label: label.reprint,
    "note": lambda label: label.note,
}

TAG_FIELDS: dict[str, Callable[[BagTag], str]] = {
    "number": lambda tag: tag.number,
    "number_grouped": lambda tag: grouped(tag.number),
    "destination": lambda tag: tag.destination,
    "line": lambda tag: tag.line,
    "pieces": lambda tag: str(tag.pieces),
    "weight": lambda tag: tag.weight,
    "kind": lambda tag: tag.kind,
    "seal": lambda tag: tag.seal,
    "station": lambda tag: tag.station,
    "printed_at": lambda tag: tag.printed_at,
    "reprint": lambda tag: tag.reprint,
}

LIST_FIELDS: dict[str, Callable[[HandoverPaper], str]] = {
    "number": lambda paper: paper.number,
    "number_grouped": lambda paper: grouped(paper.number),
    "title": lambda paper: paper.title,
    "company": lambda paper: paper.company,
    "station": lambda paper: paper.station,
    "business_date": lambda paper: paper.business_date.isoformat(),
    "line": lambda paper: paper.line,
    "plate": lambda paper: paper.plate,
    "driver": lambda paper: paper.driver,
    "bags": lambda paper: str(paper.bags),
    "loose": lambda paper: str(paper.loose),
    "pieces": lambda paper: str(paper.pieces),
    "weight": lambda paper: _kilograms(paper.weight_g),
    "supplement_of": lambda paper: paper.supplement_of,
    "digest": lambda paper: paper.digest,
    "closed_at": lambda paper: paper.closed_at,
}


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a handover list; ``page_of`` says which of how many."""

    paper: HandoverPaper
    page_of: str


def _of_list(field: Callable[[HandoverPaper], str]) -> Callable[[ListPage], str]:
    return lambda page: field(page.paper)


PAGE_FIELDS: dict[str, Callable[[ListPage], str]] = {
    **{name: _of_list(field) for name, field in LIST_FIELDS.items()},
    "page_of": lambda page: page.page_of,
}

ROW_FIELDS: dict[str, Callable[[HandoverRow], str]] = {
    "position": lambda row: str(row.position),
    "number": lambda row: row.number,
    "kind": lambda row: row.kind,
    "destination": lambda row: row.destination,
    "pieces": lambda row: str(row.pieces),
    "weight": lambda row: _kilograms(row.weight_g),
    "remark": lambda row: row.remark,
}

FIELDS: dict[str, dict[str, Field]] = {
    "label": dict(LABEL_FIELDS),
    "bag_tag": dict(TAG_FIELDS),
    "handover": dict(PAGE_FIELDS),
    "handover_row": dict(ROW_FIELDS),
    "plain": {"text": str},
}
# Fields with several words instead of one text: drawn as a row of marks.
MARKS = "marks"
