"""The repositories of the floor: scan events and bags."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.base.clock import from_text, to_text
from courier_desk.domain.bag import Bag, BagState
from courier_desk.domain.scan import Operation, Outcome, ScanEvent
from courier_desk.storage.rows_of_orders import Row
from courier_desk.storage.schema_floor import bag, scan_event, seal
from courier_desk.storage.working import Working

_ADD_SCAN = insert(scan_event)
_FIRST_SCAN = (
    select(scan_event)
    .where(
        scan_event.c.number == bindparam("number"),
        scan_event.c.operation == bindparam("operation"),
        scan_event.c.outcome == Outcome.ACCEPTED.value,
    )
    .order_by(scan_event.c.row)
    .limit(1)
)


class ScanRepository:
    """Scan events are evidence: added, never changed."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, event: ScanEvent) -> None:
        """Keep a scan, whatever came of it."""
        values = {
            "id": event.id,
            "text": event.text,
            "number": event.number,
            "waybill": event.waybill,
            "operation": event.operation.value,
            "outcome": event.outcome.value,
            "device": event.device,
            "keyed": int(event.keyed),
            "scanned_at": to_text(event.scanned_at),
            "bag_id": event.bag_id,
            "manifest_id": event.manifest_id,
            "reason": event.reason,
            "operator_id": self._work.operator_id,
            "operator_name": self._work.operator_name,
        }
        self._work.connection.execute(_ADD_SCAN, values | self._work.house)

    def first(self, number: str, operation: str) -> ScanEvent | None:
        """The first scan that this operation accepted of this number."""
        found = self._work.connection.execute(_FIRST_SCAN, {"number": number, "operation": operation})
        row = found.mappings().first()
        return _event_of(row) if row else None


def _event_of(row: Row) -> ScanEvent:
    return ScanEvent(
        id=row["id"],
        text=row["text"],
        number=row["number"],
        waybill=row["waybill"],
        operation=Operation(row["operation"]),
        outcome=Outcome(row["outcome"]),
        device=row["device"],
        keyed=bool(row["keyed"]),
        scanned_at=from_text(row["scanned_at"]),
        bag_id=row["bag_id"],
        manifest_id=row["manifest_id"],
        reason=row["reason"],
    )


class BagRepository:
    """Bags by id, tag, seal and line."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, new: Bag) -> None:
        """A fresh bag."""
        self._work.connection.execute(insert(bag), _bag_values(new) | self._work.house)

    def get(self, bag_id: str) -> Bag | None:
        """The bag with this id."""
        return self._one(select(bag).where(bag.c.id == bag_id))

    def by_tag(self, tag: str) -> Bag | None:
        """The bag with this tag number."""
        return self._one(select(bag).where(bag.c.tag == tag))

    def save(self, changed: Bag) -> None:
        """Keep what changed."""
        values = _bag_values(changed) | {"row_version": bag.c.row_version + 1}
        self._work.connection.execute(update(bag).where(bag.c.id == changed.id).values(**values))

    def sealed_for_line(self, line: str) -> Sequence[Bag]:
        """Sealed bags of a line that are on no list yet."""
        found = select(bag).where(bag.c.line == line, bag.c.state == BagState.SEALED.value).order_by(bag.c.tag)
        return [_bag_of(row) for row in self._work.connection.execute(found).mappings()]

    def use_seal(self, number: str, bag_id: str) -> bool:
        """Note that this seal closed a bag; False when it closed one before."""
        values = {"number": number, "bag_id": bag_id} | self._work.house
        return self._work.connection.execute(upsert(seal).values(**values).on_conflict_do_nothing()).rowcount == 1

    def _one(self, statement: object) -> Bag | None:
        row = self._work.connection.execute(statement).mappings().first()  # type: ignore[call-overload]  # two selects
        return _bag_of(row) if row else None


def _bag_values(one: Bag) -> dict[str, object]:
    return {
        "id": one.id,
        "tag": one.tag,
        "destination": one.destination,
        "line": one.line,
        "state": one.state.value,
        "pieces": one.pieces,
        "weight_g": one.weight_g,
        "seal": one.seal,
        "opened_at": to_text(one.opened_at),
        "sealed_at": to_text(one.sealed_at) if one.sealed_at else None,
        "manifest_id": one.manifest_id,
    }


def _bag_of(row: Row) -> Bag:
    return Bag(
        id=row["id"],
        tag=row["tag"],
        destination=row["destination"],
        line=row["line"],
        state=BagState(row["state"]),
        opened_at=from_text(row["opened_at"]),
        pieces=row["pieces"],
        weight_g=row["weight_g"],
        seal=row["seal"],
        sealed_at=from_text(row["sealed_at"]) if row["sealed_at"] else None,
        manifest_id=row["manifest_id"],
        row_version=row["row_version"],
    )
