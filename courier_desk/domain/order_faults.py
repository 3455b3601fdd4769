"""What an order still lacks, each fault with the field that can mend it.

Pure: the same on form, import and acceptance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text
from courier_desk.base.translation import Message, message
from courier_desk.domain.contents import ContentFinding, Verdict
from courier_desk.domain.order import OrderDraft, Payer, PayWay
from courier_desk.domain.party import Party
from courier_desk.domain.phones import normalise_phone

LONGEST_NAME = 60
LONGEST_DETAIL = 200
LONGEST_GOODS = 80
LONGEST_NOTE = 500
MOST_GOODS = 50
MOST_FEN = 100_000_000_00
MOST_QUANTITY = 1_000_000
"""More than these is a slip of the finger (or of a scanner into an amount)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``field`` names the form's field (``sender_phone``, ``goods`` ...); a ``blocking`` fault stops the order."""

    field: str
    text: Message
    blocking: bool = True


def order_faults(draft: OrderDraft, findings: Sequence[ContentFinding]) -> tuple[Fault, ...]:
    """Everything wrong with a draft but its price, in the order of the form."""
    return (
        *_party_faults("sender", draft.sender),
        *_party_faults("recipient", draft.recipient),
        *_goods_faults(draft, findings),
        *_length_faults("note", draft.note, LONGEST_NOTE),
        *_weight_faults(draft),
        *_pay_faults(draft),
    )


def _party_faults(who: str, party: Party) -> Iterator[Fault]:
    if not party.name.strip():
        yield Fault(f"{who}_name", message("The name is missing."))
    yield from _length_faults(f"{who}_name", party.name, LONGEST_NAME)
    yield from _length_faults(f"{who}_company", party.company, LONGEST_NAME)
    yield from _phone_faults(f"{who}_phone", party.phone)
    address = party.address
    if not address.division:
        yield Fault(f"{who}_area", message("Province, city or district is missing."))
    if not address.detail.strip():
        yield Fault(f"{who}_detail", message("Street, number and room are missing."))
    yield from _length_faults(f"{who}_detail", address.detail, LONGEST_DETAIL)


def _phone_faults(field: str, phone: str) -> Iterator[Fault]:
    if not phone.strip():
        yield Fault(field, message("The telephone number is missing."))
        return
    try:
        normalise_phone(phone)
    except UserError as error:
        yield Fault(field, error.message)


def _length_faults(field: str, text: str, longest: int) -> Iterator[Fault]:
    if len(text) > longest:
        yield Fault(field, message("At most {n} characters; this has {count}.", n=longest, count=len(text)))
    if any(not character.isprintable() and character not in "\n\t" for character in text):
        yield Fault(field, message("This holds characters that cannot be printed."))


def _goods_faults(draft: OrderDraft, findings: Sequence[ContentFinding]) -> Iterator[Fault]:
    named = [line for line in draft.goods if line.name.strip()]
    if not named:
        yield Fault("goods", message("Say what is inside."))
    if len(draft.goods) > MOST_GOODS:
        yield Fault("goods", message("At most {n} lines of goods.", n=MOST_GOODS))
    for line in named:
        yield from _length_faults("goods", line.name, LONGEST_GOODS)
        if line.quantity < 1:
            yield Fault("goods", message("The quantity must be at least 1."))
        if line.quantity > MOST_QUANTITY or line.value_fen > MOST_FEN:
            yield Fault("goods", message("This number is too large."))
    for finding in findings:
        yield Fault("goods", finding.rule, blocking=finding.verdict is not Verdict.RESTRICTED)


def _weight_faults(draft: OrderDraft) -> Iterator[Fault]:
    if not draft.pieces or any(piece.weight_g <= 0 for piece in draft.pieces):
        yield Fault("weight", message("The weight is missing."))
    for piece in draft.pieces:
        sides = (piece.length_mm, piece.width_mm, piece.height_mm)
        if any(sides) and not all(sides):
            yield Fault("size", message("Length, width and height belong together."))
            break


def _pay_faults(draft: OrderDraft) -> Iterator[Fault]:
    if draft.payer is Payer.SENDER and draft.pay_way is PayWay.NONE:
        yield Fault("pay_way", message("Choose how the sender pays."))
    amounts = {"tendered": draft.tendered_fen or 0, "declared_value": draft.declared_value_fen, "cod": draft.cod_fen}
    for field, amount_fen in amounts.items():
        if amount_fen > MOST_FEN:
            yield Fault(field, message("This number is too large."))


def pay_fault(draft: OrderDraft, total_fen: int) -> Fault | None:
    """The cash given must cover the price."""
    due = draft.payer is Payer.SENDER and draft.pay_way is PayWay.CASH
    if due and draft.tendered_fen is not None and draft.tendered_fen < total_fen:
        missing = amount_text(total_fen - draft.tendered_fen)
        text = message("The cash given does not cover the price: {missing} is missing.", missing=missing)
        return Fault("tendered", text)
    return None


def change_fen(draft: OrderDraft, total_fen: int) -> int:
    """The change to give."""
    cash = draft.payer is Payer.SENDER and draft.pay_way is PayWay.CASH
    return max(0, draft.tendered_fen - total_fen) if cash and draft.tendered_fen is not None else 0
