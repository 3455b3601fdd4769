"""The repository of customers and of the recipients they sent to."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.base.clock import to_text
from courier_desk.domain.customer import Customer
from courier_desk.domain.order import GoodsLine, Payer, PayWay
from courier_desk.domain.party import Party
from courier_desk.storage.rows_of_orders import Row, party_of, party_values
from courier_desk.storage.schema_people import customer, customer_recipient
from courier_desk.storage.working import Working

_BY_PHONE = select(customer).where(customer.c.phone == bindparam("phone"))
_GET = select(customer).where(customer.c.id == bindparam("id"))
_RECIPIENTS = (
    select(customer_recipient)
    .where(customer_recipient.c.customer_id == bindparam("id"))
    .order_by(customer_recipient.c.used_at.desc())
    .limit(bindparam("most"))
)
_NEW = upsert(customer)
_SAVE = _NEW.on_conflict_do_update(
    index_elements=["id"],
    set_={
        column.name: _NEW.excluded[column.name]
        for column in customer.c
        if column.name not in ("id", "station_id", "desk_id", "row_version", "business_date")
    }
    | {"row_version": customer.c.row_version + 1},
)
_NEW_RECIPIENT = upsert(customer_recipient)
_REMEMBER = _NEW_RECIPIENT.on_conflict_do_update(
    index_elements=["customer_id", "phone", "detail"],
    # The newest word counts, of the area too: the same street and number in another district is another place.
    set_={
        column.name: _NEW_RECIPIENT.excluded[column.name]
        for column in customer_recipient.c
        if not column.primary_key and column.name not in ("station_id", "desk_id", "business_date", "row_version")
    }
    | {"times": customer_recipient.c.times + 1, "row_version": customer_recipient.c.row_version + 1},
)
_REMEMBER_OLDER = _NEW_RECIPIENT.on_conflict_do_update(
    index_elements=["customer_id", "phone", "detail"],
    set_={"times": customer_recipient.c.times + 1, "row_version": customer_recipient.c.row_version + 1},
)


class CustomerRepository:
    """Customers by telephone number or id."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def by_phone(self, phone: str) -> Customer | None:
        """The customer with this telephone number (digits as normalised)."""
        row = self._work.connection.execute(_BY_PHONE, {"phone": phone}).mappings().first()
        return _customer_of(row) if row else None

    def get(self, customer_id: str) -> Customer | None:
        """The customer with this id."""
        row = self._work.connection.execute(_GET, {"id": customer_id}).mappings().first()
        return _customer_of(row) if row else None

    def save(self, one: Customer) -> None:
        """Keep a customer, new or changed."""
        self._work.connection.execute(_SAVE, _customer_values(one) | self._work.house)

    def recipients(self, customer_id: str, limit: int) -> Sequence[Party]:
        """Whom they sent to, latest first."""
        found = self._work.connection.execute(_RECIPIENTS, {"id": customer_id, "most": limit})
        return [party_of(row) for row in found.mappings()]

    def remember_recipient(self, customer_id: str, recipient: Party, at: datetime, *, older: bool = False) -> None:
        """They sent to this recipient, once more or for the first time. ``older``: what is here is a newer word."""
        values = _unprefixed(recipient) | {"customer_id": customer_id, "used_at": to_text(at), "times": 1}
        self._work.connection.execute(_REMEMBER_OLDER if older else _REMEMBER, values | self._work.house)


def _unprefixed(party: Party) -> dict[str, object]:
    return {key.removeprefix("p_"): value for key, value in party_values("p", party).items()}


def _customer_values(one: Customer) -> dict[str, object]:
    return _unprefixed(one.party) | {
        "id": one.id,
        "usual_service": one.usual_service,
        "usual_goods": json.dumps([[g.name, g.quantity, g.value_fen] for g in one.usual_goods], ensure_ascii=False),
        "usual_payer": one.usual_payer.value,
        "usual_pay_way": one.usual_pay_way.value,
        "usual_weight_g": one.usual_weight_g,
        "orders": one.orders,
        "identity_kind": one.identity_kind,
        "identity_masked": one.identity_masked,
        "identity_hash": one.identity_hash,
    }


def _customer_of(row: Row) -> Customer:
    return Customer(
        id=row["id"],
        party=party_of(row),
        usual_service=row["usual_service"],
        usual_goods=tuple(GoodsLine(*line) for line in json.loads(row["usual_goods"])),
        usual_payer=Payer(row["usual_payer"]),
        usual_pay_way=PayWay(row["usual_pay_way"]),
        usual_weight_g=row["usual_weight_g"],
        orders=row["orders"],
        identity_kind=row["identity_kind"],
        identity_masked=row["identity_masked"],
        identity_hash=row["identity_hash"],
        row_version=row["row_version"],
    )
