"""The queries of the floor: what waits for which line, what was collected today, the life of a bag."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from courier_desk.base.clock import from_text
from courier_desk.domain.bag import BagState
from courier_desk.domain.status import Status
from courier_desk.services.floor import Expected, Waiting, WithoutOrder
from courier_desk.services.rows import LifeRow, ManifestRow
from courier_desk.storage import lists
from courier_desk.storage.desk_store import DeskStore
from courier_desk.storage.schema_core import AUDIT, AUDIT_PAYLOAD

# The first conditions are those of the index ix_parcel_loose, word for word, so that it is used.
_LOOSE = text(
    "SELECT line, destination, COUNT(*) AS pieces FROM parcel WHERE line IN :lines"
    " AND manifest_id IS NULL AND bag_id IS NULL AND status = 'PICK' AND void = 0 GROUP BY line, destination"
).bindparams(bindparam("lines", expanding=True))
_BAGS = text(
    "SELECT line, state, COUNT(*) AS bags, SUM(pieces) AS pieces FROM bag"
    " WHERE line IN :lines AND state IN ('open', 'sealed') GROUP BY line, state"
).bindparams(bindparam("lines", expanding=True))
_COLLECTED = text(
    "SELECT COUNT(*) AS wanted, SUM(p.status <> :entered) AS done FROM orders o JOIN parcel p ON p.order_id = o.id"
    " WHERE o.business_date = :day AND p.void = 0"
)
# The last scans only: what was scanned before them is older than a day's work.
_WITHOUT_ORDER = text(
    "SELECT number, operation, MIN(scanned_at) AS first_at, device, COUNT(*) AS scans, MAX(row) AS place"
    " FROM (SELECT * FROM scan_event ORDER BY row DESC LIMIT 5000) s"
    " WHERE outcome = 'unknown_number' AND waybill <> '' AND business_date = :day"
    " AND NOT EXISTS (SELECT 1 FROM waybill w WHERE w.number = s.waybill) GROUP BY number ORDER BY place DESC"
)
_BAG_AUDIT = (
    select(AUDIT.c.at, AUDIT.c.action, AUDIT.c.operator_id, AUDIT_PAYLOAD.c.payload)
    .join(AUDIT_PAYLOAD, AUDIT_PAYLOAD.c.seq == AUDIT.c.seq)
    .where(AUDIT.c.entity_id == bindparam("bag"), AUDIT.c.entity == "bag")
    .order_by(AUDIT.c.seq)
)
_BAG_SCANS = text(
    "SELECT s.* FROM parcel p JOIN scan_event s ON s.waybill = p.waybill WHERE p.bag_id = :bag AND s.bag_id = :bag"
    " AND s.number = p.number AND s.outcome = 'accepted'"
)
_BAG_LIST = text(
    "SELECT m.number, m.line, m.closed_at FROM bag b JOIN manifest m ON m.id = b.manifest_id"
    " WHERE b.id = :bag AND m.state = 'closed'"
)


class DeskFloorQueries:
    """``services.floor.FloorQueries`` over the desk's database."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def waiting(self, lines: Sequence[str]) -> Mapping[str, Waiting]:
        """What waits for each of the lines."""
        with self._store.read() as look:
            return _waiting(look.connection, lines)

    def loose_by_centre(self, lines: Sequence[str]) -> Mapping[tuple[str, str], int]:
        """Loose collected parcels by line and package centre."""
        with self._store.read() as look:
            found = look.connection.execute(_LOOSE, {"lines": list(lines)}).mappings()
            return {(row["line"], row["destination"]): row["pieces"] for row in found}

    def collected(self, business_day: date) -> Expected:
        """Of the parcels entered on a day, those that were collected."""
        with self._store.read() as look:
            values = {"day": business_day.isoformat(), "entered": Status.INFO.value}
            row = look.connection.execute(_COLLECTED, values).mappings().one()
            return Expected(row["done"] or 0, row["wanted"])

    def without_order(self, business_day: date) -> list[WithoutOrder]:
        """Numbers that were scanned on a day and belong to no order."""
        with self._store.read() as look:
            found = look.connection.execute(_WITHOUT_ORDER, {"day": business_day.isoformat()}).mappings()
            return [
                WithoutOrder(row["number"], row["operation"], from_text(row["first_at"]), row["device"], row["scans"])
                for row in found
            ]

    def bag_life(self, bag_id: str) -> list[LifeRow]:
        """Opened, filled, sealed, opened again, handed over: oldest first."""
        with self._store.read() as look:
            run = look.connection.execute
            life = [_audit_row(row) for row in run(_BAG_AUDIT, {"bag": bag_id}).mappings()]
            life += [lists.scan_row(row) for row in run(_BAG_SCANS, {"bag": bag_id}).mappings()]
            for row in run(_BAG_LIST, {"bag": bag_id}).mappings():
                at = from_text(row["closed_at"])
                life.append(LifeRow(at, "dispatched", row["number"], "accepted", "", "", row["line"], ""))
            return sorted(life, key=lambda row: row.at)

    def manifests(self, since: date, limit: int) -> list[ManifestRow]:
        """Handover lists, newest first."""
        with self._store.read() as look:
            return lists.manifests(look.connection, since, limit)


def _waiting(connection: Connection, lines: Sequence[str]) -> dict[str, Waiting]:
    sealed: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    loose: dict[str, int] = {}
    for row in connection.execute(_BAGS, {"lines": list(lines)}).mappings():
        if row["state"] == BagState.SEALED:
            sealed[row["line"]] = (row["bags"], row["pieces"])
        else:
            opened[row["line"]] = row["bags"]
    for row in connection.execute(_LOOSE, {"lines": list(lines)}).mappings():
        loose[row["line"]] = loose.get(row["line"], 0) + row["pieces"]
    found = {}
    for line in lines:
        bags, pieces = sealed.get(line, (0, 0))
        found[line] = Waiting(opened.get(line, 0), bags, loose.get(line, 0), pieces + loose.get(line, 0))
    return found


def _audit_row(row: Any) -> LifeRow:
    """An act on the bag; what was erased from the log says only that it was."""
    payload = json.loads(row["payload"])["after"] if row["payload"] else {}
    at: datetime = row["at"]
    return LifeRow(
        at=at,
        kind=str(row["action"]),
        number=str(payload.get("seal", "")),
        outcome="accepted",
        device="",
        operator=row["operator_id"],
        place="",
        remark=str(payload.get("reason", "")),
    )
