"""The lists of the pages: a parcel's life, print queue, bags, handover lists, drafts, counts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text

from courier_desk.base.clock import from_text
from courier_desk.services.find import DayCounts
from courier_desk.services.rows import BagRow, DraftRow, LifeRow, ManifestRow, ParcelRow, PrintJobRow
from courier_desk.storage.elsewhere import remote_events
from courier_desk.storage.life import order_events

_SCANS = text("SELECT * FROM scan_event WHERE waybill = :number ORDER BY scanned_at, row")
_PARCELS = text(
    "SELECT p.*, b.tag AS bag_tag, m.number AS list_number FROM parcel p LEFT JOIN bag b ON b.id = p.bag_id"
    " LEFT JOIN manifest m ON m.id = p.manifest_id WHERE p.order_id = :id ORDER BY p.piece"
)
_TITLED_JOBS = (
    "SELECT j.*, COALESCE(b.tag, m.number, j.subject) AS title FROM print_job j"
    " LEFT JOIN bag b ON j.kind = 'bag_tag' AND b.id = j.subject"
    " LEFT JOIN manifest m ON j.kind = 'handover_list' AND m.id = j.subject"
)
_JOBS = text(_TITLED_JOBS + " ORDER BY j.seq DESC LIMIT :most")
_JOBS_OPEN = text(
    _TITLED_JOBS + " WHERE j.state IN ('waiting', 'sending', 'failed', 'unknown') ORDER BY j.seq DESC LIMIT :most"
)
_BAGS = text(
    "SELECT b.*, m.number AS list_number FROM bag b LEFT JOIN manifest m ON m.id = b.manifest_id"
    " WHERE b.state = 'open' OR :all ORDER BY b.opened_at DESC LIMIT :most"
)
_MANIFESTS = text(
    "SELECT m.*, SUM(i.is_bag) AS bags, COUNT(i.number) AS items, SUM(i.pieces) AS all_pieces,"
    " SUM(i.weight_g) AS all_weight FROM manifest m LEFT JOIN manifest_item i ON i.manifest_id = m.id"
    " WHERE m.business_date >= :since GROUP BY m.id ORDER BY m.opened_at DESC LIMIT :most"
)
_DRAFTS = text("SELECT id, page, title, owner_id, saved_at FROM draft WHERE owner_id = :owner ORDER BY id")
_COUNTS = text(
    "SELECT (SELECT COUNT(*) FROM orders WHERE business_date = :day) AS orders,"
    " (SELECT COUNT(*) FROM print_job WHERE state IN ('waiting', 'sending', 'failed', 'unknown')) AS unprinted,"
    " (SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE acknowledged_at IS NULL LIMIT 10000)) AS unsent,"
    " (SELECT COALESCE(SUM(last - next + 1), 0) FROM number_block WHERE next <= last) AS numbers_left"
)


def life(connection: Connection, number: str) -> list[LifeRow]:
    """Everything that happened to a waybill, oldest first."""
    found = [scan_row(row) for row in connection.execute(_SCANS, {"number": number}).mappings()]
    found += order_events(connection, number)
    found += remote_events(connection, number)
    return sorted(found, key=lambda row: row.at)


def scan_row(row: Any) -> LifeRow:
    """One scan as an event of a life."""
    return LifeRow(
        at=from_text(row["scanned_at"]),
        kind=row["operation"],
        number=row["number"],
        outcome=row["outcome"],
        device=row["device"],
        operator=row["operator_name"],
        place="",
        remark=row["reason"],
        keyed=bool(row["keyed"]),
    )


def parcels(connection: Connection, order_id: str) -> list[ParcelRow]:
    """The pieces of an order."""
    return [
        ParcelRow(
            parcel_id=row["id"],
            number=row["number"],
            piece=row["piece"],
            status=row["status"],
            void=bool(row["void"]),
            weight_g=row["weight_g"],
            size=_size(row["length_mm"], row["width_mm"], row["height_mm"]),
            bag=row["bag_tag"] or "",
            handover=row["list_number"] or "",
        )
        for row in connection.execute(_PARCELS, {"id": order_id}).mappings()
    ]


def _size(*sides_mm: int) -> str:
    return " × ".join(f"{side / 10:g}" for side in sides_mm) if all(sides_mm) else ""


def print_jobs(connection: Connection, *, unfinished_only: bool, limit: int) -> list[PrintJobRow]:
    """Papers, newest first."""
    found = connection.execute(_JOBS_OPEN if unfinished_only else _JOBS, {"most": limit})
    return [
        PrintJobRow(
            job_id=row["id"],
            seq=row["seq"],
            kind=row["kind"],
            subject=row["subject"],
            printer=row["printer"],
            state=row["state"],
            created_at=from_text(row["created_at"]),
            changed_at=from_text(row["changed_at"]),
            error=row["error"],
            reason=row["reason"],
            copy=row["copy"],
            operator=row["operator_id"],
            title=row["title"],
        )
        for row in found.mappings()
    ]


def bags(connection: Connection, *, open_only: bool, limit: int) -> list[BagRow]:
    """Bags, newest first."""
    found = connection.execute(_BAGS, {"all": not open_only, "most": limit}).mappings()
    return [
        BagRow(
            bag_id=row["id"],
            tag=row["tag"],
            destination=row["destination"],
            line=row["line"],
            state=row["state"],
            pieces=row["pieces"],
            weight_g=row["weight_g"],
            seal=row["seal"],
            opened_at=from_text(row["opened_at"]),
            handover=row["list_number"] or "",
        )
        for row in found
    ]


def manifests(connection: Connection, since: date, limit: int) -> list[ManifestRow]:
    """Handover lists with their totals, newest first."""
    found = connection.execute(_MANIFESTS, {"since": since.isoformat(), "most": limit}).mappings()
    return [
        ManifestRow(
            manifest_id=row["id"],
            number=row["number"],
            line=row["line"],
            business_date=date.fromisoformat(row["business_date"]),
            state=row["state"],
            bags=row["bags"] or 0,
            loose=row["items"] - (row["bags"] or 0),
            pieces=row["all_pieces"] or 0,
            weight_g=row["all_weight"] or 0,
            opened_at=from_text(row["opened_at"]),
            closed_at=_moment(row["closed_at"]),
            supplement_of=row["supplement_of"],
        )
        for row in found
    ]


def _moment(value: str | None) -> datetime | None:
    return from_text(value) if value else None


def drafts(connection: Connection, owner_id: str) -> list[DraftRow]:
    """This person's half-filled forms."""
    return [
        DraftRow(row["id"], row["page"], row["title"], row["owner_id"], from_text(row["saved_at"]))
        for row in connection.execute(_DRAFTS, {"owner": owner_id}).mappings()
    ]


def counts(connection: Connection, business_day: date) -> DayCounts:
    """What the status bar counts."""
    row = connection.execute(_COUNTS, {"day": business_day.isoformat()}).mappings().one()
    return DayCounts(**row)
