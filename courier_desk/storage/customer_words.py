"""The repository of headquarters' words on customers."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.base.clock import from_text
from courier_desk.services.exchange_ports import FieldState
from courier_desk.storage.schema_orders import orders
from courier_desk.storage.schema_sync import customer_field, customer_older
from courier_desk.storage.working import Working

_SPOKEN = select(customer_field.c.field, customer_field.c.at).where(customer_field.c.phone == bindparam("number"))
_LAST_ORDER = select(func.max(orders.c.accepted_at)).where(orders.c.customer_id == bindparam("id"))
_SPEAK = upsert(customer_field)
_SPOKE = _SPEAK.on_conflict_do_update(
    index_elements=["phone", "field"], set_={"at": _SPEAK.excluded.at, "op_id": _SPEAK.excluded.op_id}
)


class CustomerWordRepository:
    """When headquarters' word on each field of a customer was spoken, and the words it replaced."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def spoken(self, phone: str) -> Mapping[str, datetime]:
        """The times of the words that came from headquarters, by field."""
        return {row[0]: row[1] for row in self._work.connection.execute(_SPOKEN, {"number": phone})}

    def last_order_at(self, customer_id: str) -> datetime | None:
        """When they last sent something here: then every field was said anew."""
        found = self._work.connection.execute(_LAST_ORDER, {"id": customer_id}).scalar()
        return from_text(found) if found else None

    def speak(self, phone: str, field: str, at: datetime, op_id: str) -> None:
        """This word stands from now on."""
        self._work.connection.execute(_SPOKE, {"phone": phone, "field": field, "at": at, "op_id": op_id})

    def keep_older(self, phone: str, field: str, former: FieldState, op_id: str) -> None:
        """A word that a later one replaced, or that came too late."""
        values = {"phone": phone, "field": field, "former": former.value, "at": former.at, "op_id": op_id}
        self._work.connection.execute(insert(customer_older), values)
