"""Acceptance inspection and real-name check at the counter (mission B7): what was seen becomes an Inspection."""

from dataclasses import dataclass

from courier_desk.base.clock import Clock, from_text
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.acceptance import IdentityProof
from courier_desk.domain.customer import Customer
from courier_desk.domain.identity import IdentityKind, validate
from courier_desk.domain.masking import mask_id
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.ports import KeyedHash, Store

REFUSAL_REASONS = ("no_inspection", "no_identity", "forbidden_suspected", "other")
REFUSAL_ACTIONS = ("returned", "reported_post", "reported_police", "held")


@dataclass(frozen=True, slots=True)
class IdentityInput:
    """What the clerk typed or the card reader gave; the number is forgotten as soon as it is masked and hashed."""

    kind: IdentityKind
    number: str


class AcceptanceService:
    """Identity once for a person and a visit; refusals go to a register. Runs on the db lane."""

    def __init__(self, store: Store, gate: Gate, clock: Clock, keyed_hash: KeyedHash) -> None:
        self._store = store
        self._gate = gate
        self._clock = clock
        self._keyed_hash = keyed_hash

    def check_identity(self, actor: Actor, typed: IdentityInput, visit_id: str) -> IdentityProof:
        """The proof of a paper seen now. Errors: UserError(field="identity") for a number that cannot be right."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        try:
            number = validate(typed.kind, typed.number)
        except UserError as error:
            raise UserError(error.message, field="identity") from error
        return IdentityProof(
            kind=typed.kind.value,
            masked=mask_id(number),
            number_hash=self._keyed_hash(number),
            visit_id=visit_id,
            seen_at=self._clock.now(),
        )

    def known_identity(self, actor: Actor, customer: Customer, visit_id: str) -> IdentityProof | None:
        """For a customer whose paper was seen before: the clerk confirms by one key that it is the same person with
        the same paper. None when no paper of theirs was ever seen."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        if not customer.identity_hash:
            return None
        return IdentityProof(
            customer.identity_kind,
            customer.identity_masked,
            customer.identity_hash,
            visit_id,
            self._clock.now(),
        )

    def seen_in_visit(self, actor: Actor, visit_id: str) -> IdentityProof | None:
        """The paper that was seen earlier in the same visit: it is not asked for twice."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        with self._store.read() as work:
            seen = work.identities.seen_in_visit(visit_id)
        if seen is None:
            return None
        return IdentityProof(
            seen["identity_kind"],
            seen["identity_masked"],
            seen["identity_hash"],
            visit_id,
            from_text(seen["seen_at"]),
        )

    def refuse(self, actor: Actor, reason: str, action: str, remark: str) -> None:
        """Write a refusal into the register. Errors: UserError for a reason or action that is not in the list."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        if reason not in REFUSAL_REASONS or action not in REFUSAL_ACTIONS:
            raise UserError(message("Choose a reason and what was done."), field="reason")
        with self._store.write(actor) as work:
            refusal = work.identities.refuse(reason, action, remark.strip())
            body = {"reason": reason, "action": action, "remark": remark.strip()}
            work.audit("acceptance.refused", "refusal", refusal, None, body)
            work.emit("acceptance.refused", refusal, body)
            work.commit()
