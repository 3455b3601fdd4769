"""The repositories of what headquarters told: kept items, verdicts, other stations' events and parcels."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.domain.parcel import Parcel
from courier_desk.domain.status import Status
from courier_desk.services.exchange_ports import InboundOrder, KeptItem, OutboxRow, RemoteEvent
from courier_desk.services.exchange_state import RefusedRow
from courier_desk.storage.rows_of_orders import Row
from courier_desk.storage.schema_core import OUTBOX
from courier_desk.storage.schema_sync import inbound_order, inbound_parcel, kept_item, refused_operation, remote_event
from courier_desk.storage.working import Working

_WAITING = "waiting_for_own"
_KEPT = ("epoch", "n", "kind", "about", "op_id", "station", "at", "body", "why", "text")
_KEEP = upsert(kept_item).on_conflict_do_nothing()
_WAIT = (
    select(*(kept_item.c[name] for name in _KEPT))
    .where(kept_item.c.why == _WAITING)
    .order_by(kept_item.c.epoch, kept_item.c.n)
    .limit(bindparam("most"))
)
_WAITS = (
    select(kept_item.c.n)
    .where(
        kept_item.c.about == bindparam("entity"),
        kept_item.c.why == _WAITING,
        tuple_(kept_item.c.epoch, kept_item.c.n) < tuple_(bindparam("item_epoch"), bindparam("item_n")),
    )
    .limit(1)
)
_COUNTS = select(kept_item.c.why, func.count()).group_by(kept_item.c.why)
_EVENT = upsert(remote_event).on_conflict_do_nothing()
_REFUSE = upsert(refused_operation).on_conflict_do_nothing()
_ALL_REFUSED = (
    select(refused_operation, OUTBOX.c.body)
    .outerjoin(OUTBOX, OUTBOX.c.op_id == refused_operation.c.op_id)
    .limit(bindparam("most"))
)
_REFUSED = _ALL_REFUSED.order_by(refused_operation.c.refused_at.desc(), refused_operation.c.seq.desc())
_REFUSED_AFTER = _ALL_REFUSED.where(refused_operation.c.op_id > bindparam("after")).order_by(refused_operation.c.op_id)
# Ids of ours begin with their time, so that what is old comes first.
_TRIM = text(
    "DELETE FROM applied WHERE op_id IN (SELECT op_id FROM applied ORDER BY op_id LIMIT :most) AND op_id < :id"
)
# Of the past of this desk (see ``services.history``), in the same order.
_TRIM_PAST = text(
    "DELETE FROM applied WHERE op_id IN (SELECT op_id FROM applied WHERE op_id >= 'past:' ORDER BY op_id LIMIT :most)"
    " AND op_id < :id"
)
_INBOUND = select(inbound_order).where(inbound_order.c.waybill == bindparam("number"))
_PIECES = (
    select(inbound_parcel, inbound_order.c.order_id, inbound_order.c.void)
    .join(inbound_order, inbound_order.c.waybill == inbound_parcel.c.waybill)
    .where(inbound_parcel.c.waybill == bindparam("number"))
    .order_by(inbound_parcel.c.piece)
)
_SAVE = (
    update(inbound_parcel)
    .where(inbound_parcel.c.number == bindparam("key"))
    .values(status=bindparam("new_status"), status_at=bindparam("moment"))
)
_VOID = (
    update(inbound_order)
    .where(inbound_order.c.waybill == bindparam("key"))
    .values(void=1, void_reason=bindparam("why"))
)


class NewsRepository:
    """Items of the feed that were kept, events of others, and verdicts on what this desk sent."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def keep(self, item: KeptItem, at: datetime) -> None:
        """Put an item aside; one that lies there already stays as it is."""
        values = {name: getattr(item, name) for name in _KEPT}
        self._work.connection.execute(_KEEP, values | {"kept_at": at})

    def waiting(self, most: int) -> Sequence[KeptItem]:
        """Those that wait for this desk's own operations, in their order."""
        return [KeptItem(*row) for row in self._work.connection.execute(_WAIT, {"most": most})]

    def waits(self, about: str, epoch: int, n: int) -> bool:
        """True while an item on this entity waits that came before (epoch, n): this one waits behind it."""
        values = {"entity": about, "item_epoch": epoch, "item_n": n}
        return self._work.connection.execute(_WAITS, values).first() is not None

    def drop(self, epoch: int, n: int) -> None:
        """It was applied."""
        self._work.connection.execute(delete(kept_item).where(kept_item.c.epoch == epoch, kept_item.c.n == n))

    def kept(self) -> Mapping[str, int]:
        """How many are kept, by why."""
        return {row[0]: row[1] for row in self._work.connection.execute(_COUNTS)}

    def add_event(self, event: RemoteEvent) -> bool:
        """An event of another desk; False when it was here."""
        values = {name: getattr(event, name) for name in RemoteEvent.__slots__}
        return self._work.connection.execute(_EVENT, values).rowcount == 1

    def refuse(self, row: OutboxRow, reason: str, text: str, at: datetime) -> None:
        """Headquarters holds this operation and could not apply it."""
        values = {name: getattr(row, name) for name in ("op_id", "incarnation", "seq", "kind", "entity_id")}
        self._work.connection.execute(_REFUSE, values | {"reason": reason, "text": text, "refused_at": at})

    def settle(self, op_id: str, how: str, text: str, at: datetime) -> bool:
        """Somebody at headquarters dealt with it; False when it is not known here."""
        settled = update(refused_operation).where(refused_operation.c.op_id == op_id)
        done = settled.values(settled_how=how, settled_text=text, settled_at=at)
        return self._work.connection.execute(done).rowcount == 1

    def forget_refused(self, incarnation: int, after: int) -> None:
        """What lies behind ``after`` is sent again and judged again."""
        table = refused_operation.c
        self._work.connection.execute(
            delete(refused_operation).where(table.incarnation == incarnation, table.seq > after)
        )

    def refused(self, most: int) -> Sequence[RefusedRow]:
        """The newest first, settled ones too."""
        return [_refused(row) for row in self._work.connection.execute(_REFUSED, {"most": most}).mappings()]

    def trim(self, before: datetime, most: int) -> int:
        """Forget which operations were applied before a moment, of the ``most`` oldest."""
        return self._work.connection.execute(_TRIM, {"most": most, "id": _first_id(before)}).rowcount

    def trim_past(self, first: date, most: int) -> int:
        """Forget which operations of this desk's past are here, of the ``most`` oldest, that were done before a
        business date: it may begin on the day before, in UTC."""
        gone = datetime.combine(first - timedelta(days=1), datetime.min.time(), UTC)
        return self._work.connection.execute(_TRIM_PAST, {"most": most, "id": f"past:{_first_id(gone)}"}).rowcount


def _first_id(at: datetime) -> str:
    """What ids made from then on are not below."""
    milliseconds = f"{int(at.timestamp() * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}"


def refused_after(connection: Connection, after: str, most: int) -> list[RefusedRow]:
    """In the order of their ids, behind one of them."""
    found = connection.execute(_REFUSED_AFTER, {"after": after, "most": most}).mappings()
    return [_refused(row) for row in found]


def _refused(row: Row) -> RefusedRow:
    said = json.loads(row["body"])["body"] if row["body"] else {}
    number = said.get("number")
    return RefusedRow(
        op_id=row["op_id"],
        seq=row["seq"],
        kind=row["kind"],
        number=number if isinstance(number, str) else "",
        reason=row["reason"],
        text=row["text"],
        refused_at=row["refused_at"],
        settled_how=row["settled_how"],
        settled_text=row["settled_text"],
    )


class InboundRepository:
    """Orders of others whose parcels come here."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, order: InboundOrder, parcels: Sequence[Parcel], at: datetime) -> None:
        """A new one with its pieces."""
        values = {name: getattr(order, name) for name in InboundOrder.__slots__} | {
            "void": int(order.void),
            "void_reason": "",
            "pieces": len(parcels),
            "told_at": at,
        }
        self._work.connection.execute(insert(inbound_order), values)
        names = ("number", "waybill", "piece", "weight_g", "destination", "line")
        self._work.connection.execute(
            insert(inbound_parcel),
            [
                {name: getattr(each, name) for name in names} | {"status": each.status.value, "status_at": at}
                for each in parcels
            ],
        )

    def get(self, waybill: str) -> InboundOrder | None:
        """The order of a waybill number."""
        row = self._work.connection.execute(_INBOUND, {"number": waybill}).mappings().first()
        if row is None:
            return None
        return InboundOrder(**{name: row[name] for name in InboundOrder.__slots__} | {"void": bool(row["void"])})

    def of_waybill(self, waybill: str) -> Sequence[Parcel]:
        """Its pieces as scans see them."""
        return [
            Parcel(
                id=row["number"],
                order_id=row["order_id"],
                waybill=row["waybill"],
                number=row["number"],
                piece=row["piece"],
                status=Status(row["status"]),
                inspected=True,
                void=bool(row["void"]),
                weight_g=row["weight_g"],
                destination=row["destination"],
                line=row["line"],
            )
            for row in self._work.connection.execute(_PIECES, {"number": waybill}).mappings()
        ]

    def save(self, parcel: Parcel, at: datetime) -> None:
        """Keep its status."""
        values = {"key": parcel.number, "new_status": parcel.status.value, "moment": at}
        self._work.connection.execute(_SAVE, values)

    def void(self, waybill: str, reason: str) -> None:
        """Its order was cancelled."""
        self._work.connection.execute(_VOID, {"key": waybill, "why": reason})
