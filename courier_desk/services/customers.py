"""The caller is known by number before they say their name (ui.md principle 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from courier_desk.base.errors import UserError
from courier_desk.domain.customer import Customer
from courier_desk.domain.party import Party
from courier_desk.domain.phones import normalise_phone
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store

MOST_RECIPIENTS = 20


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """A customer and whom they sent to, latest first."""

    customer: Customer
    recipients: tuple[Party, ...]


class CustomerService:
    """Looks customers up. Runs on the db lane."""

    def __init__(self, store: Store, gate: Gate) -> None:
        self._store = store
        self._gate = gate

    def by_phone(self, actor: Actor, phone: str) -> KnownCaller | None:
        """The customer with this telephone number, None when unknown or no number yet."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        try:
            number = normalise_phone(phone)
        except UserError:
            return None
        stored = f"{number.digits}-{number.extension}" if number.extension else number.digits
        with self._store.read() as work:
            customer = work.customers.by_phone(stored)
            if customer is None:
                return None
            recipients: Sequence[Party] = work.customers.recipients(customer.id, MOST_RECIPIENTS)
        return KnownCaller(customer, tuple(recipients))

    def get(self, actor: Actor, customer_id: str) -> KnownCaller | None:
        """The customer with this id."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        with self._store.read() as work:
            customer = work.customers.get(customer_id)
            if customer is None:
                return None
            return KnownCaller(customer, tuple(work.customers.recipients(customer.id, MOST_RECIPIENTS)))
