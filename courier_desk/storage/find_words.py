"""The words an order is found by, as they stand in the two full-text tables."""

import unicodedata
from itertools import groupby

from courier_desk.domain.accepted_order import Order
from courier_desk.domain.party import Party


def _party(party: Party) -> tuple[str, ...]:
    return party.name, party.phone, party.company, party.address.line


def words_of(order: Order) -> str:
    """Number, names, telephones, companies, addresses and contents, folded for searching."""
    goods = " ".join(line.name for line in order.draft.goods)
    return fold("\n".join((order.number, *_party(order.draft.sender), *_party(order.draft.recipient), goods)))


def fold(text: str) -> str:
    """Full-width forms made plain and case folded, as both the words and what is searched must be."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_chinese(character: str) -> bool:
    """True for a character that stands as a word of its own."""
    return "㐀" <= character <= "鿿" or character >= "\U00020000"


def apart(text: str) -> str:
    """The Chinese characters of ``text`` set apart by blanks, for the unigram table. Each stretch of anything else is
    one ``0``, so that characters on both sides of it are no neighbours."""
    return " ".join(" ".join(run) if chinese else "0" for chinese, run in groupby(text, key=is_chinese))
