"""What the order page has done on the db lane: plain functions, results in, nothing of the screen."""

from collections.abc import Mapping
from dataclasses import dataclass

from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.base.translation import Message
from courier_desk.domain.acceptance import IdentityProof, Inspection
from courier_desk.domain.address import check_address, load_divisions, parse_line
from courier_desk.domain.division_search import suggest
from courier_desk.domain.order import OrderDraft
from courier_desk.domain.party import Address
from courier_desk.domain.phones import normalise_phone
from courier_desk.domain.user import Actor
from courier_desk.services.acceptance import IdentityInput
from courier_desk.services.orders import Accepted
from courier_desk.services.pricing import Appraisal
from courier_desk.ui.ui_context import UiContext

_AREA = frozenset({"province", "city", "district", "street"})


@dataclass(frozen=True, slots=True)
class Standing:
    """An order as it stands, and what is doubtful about its addresses, by field."""

    draft: OrderDraft
    appraisal: Appraisal
    doubts: Mapping[str, Message]

    def agreed_fen(self, draft: OrderDraft) -> int | None:
        """The price that was shown for ``draft``; None when this is about another state of the form."""
        price = self.appraisal.quote
        return price.total_fen if price is not None and draft == self.draft else None


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """Everything that goes with one try to confirm. ``typed``: a paper that was not checked yet; ``shown``: what the
    screen said last."""

    draft: OrderDraft
    draft_id: str
    visit_id: str
    inspection: Inspection
    typed: IdentityInput | None
    complete: bool
    shown: Standing | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: accepted, or why not. ``proof`` is the paper where it was checked on the way."""

    standing: Standing
    proof: IdentityProof | None
    accepted: Accepted | None = None
    error: UserError | None = None


def stand(ctx: UiContext, draft: OrderDraft) -> Standing:
    """Price, promise, faults and doubts of an order as it stands."""
    return Standing(draft, ctx.services.pricing.appraise(draft), _doubts(draft))


def confirm(ctx: UiContext, actor: Actor, order: ToConfirm) -> Outcome:
    """Check the paper if need be, look once more, accept. ``order.complete`` False: the form itself has faults, so
    nothing is tried. Errors: those that are no UserError."""
    standing = stand(ctx, order.draft)
    proof, inspection = order.inspection.identity, order.inspection
    try:
        if proof is None and order.typed is not None:
            proof = ctx.services.acceptance.check_identity(actor, order.typed, order.visit_id)
            inspection = Inspection(inspection.contents_seen, proof, inspection.remark, inspection.restricted_confirmed)
        if not order.complete or standing.appraisal.blocking:
            return Outcome(standing, proof)
        agreed_fen = order.shown.agreed_fen(order.draft) if order.shown else None
        accepted = ctx.services.orders.accept(actor, order.draft, inspection, order.draft_id, agreed_fen)
    except NotAllowed:
        raise
    except UserError as error:
        return Outcome(standing, proof, error=error)
    return Outcome(standing, proof, accepted)


def warm_divisions() -> None:
    """Read the division table before the first key needs it."""
    load_divisions()


def warm_search() -> None:
    """Make the search over the division table ready, and the rules for foreign numbers."""
    suggest("杭州", load_divisions(), 1)
    normalise_phone("+1 650 253 0000")


def warm_reading() -> None:
    """Make the reading of pasted texts ready."""
    parse_line("杭州市余杭区", load_divisions())


def _doubts(draft: OrderDraft) -> dict[str, Message]:
    return {
        **_doubts_of("sender", draft.sender.address),
        **_doubts_of("recipient", draft.recipient.address),
    }


def _doubts_of(who: str, address: Address) -> dict[str, Message]:
    if not address.division:
        return {}
    found: dict[str, Message] = {}
    for doubt in check_address(address, load_divisions()):
        found.setdefault(f"{who}_{'area' if doubt.field in _AREA else 'detail'}", doubt.message)
    return found


WARMING = (warm_divisions, warm_search, warm_reading)
"""What takes long once only, in pieces, done on the lane before the first key needs it."""
