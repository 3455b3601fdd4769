"""Finding the orders of others whose parcels come here."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from courier_desk.domain.own_number import is_own
from courier_desk.storage.desk_store import DeskStore
from courier_desk.storage.schema_sync import inbound_order

_HIGHEST = chr(0x10FFFF)
_COLUMN = inbound_order.c


class DeskInboundQueries:
    """The plain queries of ``services.inbound.InboundQueries`` over a store."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def waybills(self, scrap: str, limit: int) -> Sequence[str]:
        """The waybills whose number, telephone or recipient begins so, newest first."""
        with self._store.read() as look:
            return waybills(look.connection, scrap, limit)


def waybills(connection: Connection, scrap: str, limit: int) -> Sequence[str]:
    """The same on a connection. A telephone number is looked for in its own index, and so is a number of ours."""
    typed = scrap.replace("-", "").upper()[:15]
    if is_own(typed, (typed[:2],)):
        return list(connection.execute(_newest(limit).where(_COLUMN.waybill == typed)).scalars())
    if scrap[0].isdecimal() or scrap[0] == "+":
        columns = (_COLUMN.recipient_phone, _COLUMN.sender_phone)
        either = (columns[0].between(scrap, scrap + "z"), columns[1].between(scrap, scrap + "z"))
        found = dict.fromkeys(
            number for condition in either for number in connection.execute(_newest(limit).where(condition)).scalars()
        )
        return list(found)[:limit]
    named = _newest(limit).where(_COLUMN.recipient_name.between(scrap, scrap + _HIGHEST))
    return list(connection.execute(named).scalars())


def _newest(limit: int) -> Select[Any]:
    return select(_COLUMN.waybill).order_by(_COLUMN.accepted_at.desc()).limit(limit)
