"""The repository of handover lists."""

import json
from collections.abc import Sequence

from sqlalchemy import case, func, insert, or_, select, update

from courier_desk.base.clock import from_text, to_text
from courier_desk.domain.manifest import Manifest, ManifestItem, ManifestState
from courier_desk.domain.status import Status
from courier_desk.storage.orders import STATUS_OF_PIECES
from courier_desk.storage.rows_of_orders import Row
from courier_desk.storage.schema_floor import bag, manifest, manifest_item
from courier_desk.storage.schema_orders import orders, parcel
from courier_desk.storage.working import Working

_ADD_ITEM = insert(manifest_item)


class ManifestRepository:
    """Handover lists with their items."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, new: Manifest) -> None:
        """A fresh list."""
        house = self._work.house
        values = _manifest_values(new) | house | {"business_date": new.business_date}
        self._work.connection.execute(insert(manifest), values)
        self._add_items(new)

    def get(self, manifest_id: str) -> Manifest | None:
        """The list with this id."""
        run = self._work.connection.execute
        row = run(select(manifest).where(manifest.c.id == manifest_id)).mappings().first()
        if row is None:
            return None
        found = select(manifest_item).where(manifest_item.c.manifest_id == manifest_id)
        return _manifest_of(row, run(found.order_by(manifest_item.c.position)).mappings().all())

    def save(self, changed: Manifest) -> None:
        """Keep what changed of the list itself (a closed list is never saved again: see the trigger)."""
        values = _manifest_values(changed) | {"row_version": manifest.c.row_version + 1}
        self._work.connection.execute(update(manifest).where(manifest.c.id == changed.id).values(**values))

    def add_item(self, manifest_id: str, item: ManifestItem) -> None:
        """One more bag or parcel; its position must be free."""
        self._work.connection.execute(_ADD_ITEM, _item_values(manifest_id, item) | self._work.house)

    def drop_item(self, manifest_id: str, number: str) -> None:
        """It does not go after all."""
        item = manifest_item.c
        self._work.connection.execute(
            manifest_item.delete().where(item.manifest_id == manifest_id, item.number == number)
        )

    def set_items(self, manifest_id: str, items: Sequence[ManifestItem]) -> None:
        """What is on the list is this and nothing else."""
        run = self._work.connection.execute
        run(manifest_item.delete().where(manifest_item.c.manifest_id == manifest_id))
        if items:
            run(_ADD_ITEM, [_item_values(manifest_id, item) | self._work.house for item in items])

    def dispatch(self, manifest_id: str) -> None:
        """All that is on the list is on its way, in and out of bags: parcels become TRAN (not one that somebody has
        signed for already), their orders what their pieces are together."""
        bags = select(bag.c.id).where(bag.c.manifest_id == manifest_id)
        on_list = or_(parcel.c.manifest_id == manifest_id, parcel.c.bag_id.in_(bags))
        signed = (Status.DLVD.value, Status.RETD.value)
        run = self._work.connection.execute
        run(
            update(parcel)
            .where(on_list)
            .values(
                status=case((parcel.c.status.in_(signed), parcel.c.status), else_=Status.TRAN.value),
                manifest_id=manifest_id,
                row_version=parcel.c.row_version + 1,
            )
        )
        run(
            update(orders)
            .where(orders.c.id.in_(select(parcel.c.order_id).where(parcel.c.manifest_id == manifest_id)))
            .values(status=STATUS_OF_PIECES, row_version=orders.c.row_version + 1)
        )

    def next_position(self, manifest_id: str) -> int:
        """One after the last item's position."""
        last = select(func.max(manifest_item.c.position)).where(manifest_item.c.manifest_id == manifest_id)
        return (self._work.connection.execute(last).scalar() or 0) + 1

    def _add_items(self, one: Manifest) -> None:
        if one.items:
            house = self._work.house
            self._work.connection.execute(_ADD_ITEM, [_item_values(one.id, item) | house for item in one.items])


def _item_values(manifest_id: str, item: ManifestItem) -> dict[str, object]:
    return {
        "manifest_id": manifest_id,
        "position": item.position,
        "number": item.number,
        "is_bag": int(item.is_bag),
        "destination": item.destination,
        "pieces": item.pieces,
        "weight_g": item.weight_g,
        "remark": item.remark,
    }


def _manifest_values(one: Manifest) -> dict[str, object]:
    return {
        "id": one.id,
        "number": one.number,
        "line": one.line,
        "state": one.state.value,
        "plate": one.plate,
        "driver": one.driver,
        "opened_at": to_text(one.opened_at),
        "closed_at": to_text(one.closed_at) if one.closed_at else None,
        "differences": json.dumps(list(one.differences), ensure_ascii=False),
        "supplement_of": one.supplement_of,
        "digest": one.digest,
    }


def _manifest_of(row: Row, items: Sequence[Row]) -> Manifest:
    return Manifest(
        id=row["id"],
        number=row["number"],
        line=row["line"],
        business_date=row["business_date"],
        state=ManifestState(row["state"]),
        opened_at=from_text(row["opened_at"]),
        plate=row["plate"],
        driver=row["driver"],
        items=tuple(
            ManifestItem(
                item["position"],
                item["number"],
                bool(item["is_bag"]),
                item["destination"],
                item["pieces"],
                item["weight_g"],
                item["remark"],
            )
            for item in items
        ),
        differences=tuple(json.loads(row["differences"])),
        supplement_of=row["supplement_of"],
        closed_at=from_text(row["closed_at"]) if row["closed_at"] else None,
        digest=row["digest"],
        row_version=row["row_version"],
    )
