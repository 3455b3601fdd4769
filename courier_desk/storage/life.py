"""What was done to an order beside its scans: entered, dispatched, labels out, money given back, made void."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select, text

from courier_desk.base.clock import from_text
from courier_desk.base.quantities import amount_text
from courier_desk.services.rows import LifeRow
from courier_desk.storage.schema_core import AUDIT

_ORDER = text("SELECT id, number, accepted_at, operator_name, void_reason FROM orders WHERE number = :number")
_DISPATCHES = text(
    "SELECT m.number, m.closed_at, m.line, gone.parcel FROM ("
    "SELECT number AS parcel, manifest_id FROM parcel WHERE waybill = :number"
    # Of a parcel that came back the scan of its arrival names the list that it had left with.
    " UNION SELECT number, manifest_id FROM scan_event"
    " WHERE waybill = :number AND operation = 'arrived' AND outcome = 'accepted'"
    ") gone JOIN manifest m ON m.id = gone.manifest_id WHERE m.state = 'closed'"
)
_LABELS = text(
    "SELECT j.changed_at, j.subject, j.printer, j.operator_id, j.reason, j.copy FROM parcel p"
    " JOIN print_job j ON j.subject = p.number AND j.kind = 'label'"
    " WHERE p.waybill = :number AND j.state IN ('printed', 'sent')"
)
_REFUNDS = text("SELECT * FROM payment WHERE order_id = :id AND kind = 'refund'")
_VOIDED_HERE = select(AUDIT.c.at, AUDIT.c.operator_id).where(AUDIT.c.action == "order.voided")
_VOIDED_BEFORE = text("SELECT at, operator_id FROM voided WHERE order_id = :id")


def order_events(connection: Connection, number: str) -> Iterator[LifeRow]:
    """Everything but the scans, in no order. ``operator`` may be the id of a person instead of the name."""
    key = {"number": number}
    for row in connection.execute(_DISPATCHES, key).mappings():
        at = from_text(row["closed_at"])
        yield LifeRow(at, "dispatched", row["parcel"], "accepted", "", "", row["line"], row["number"])
    for row in connection.execute(_LABELS, key).mappings():
        at, kind = from_text(row["changed_at"]), "reprinted" if row["copy"] else "printed"
        yield LifeRow(at, kind, row["subject"], "accepted", row["printer"], row["operator_id"], "", row["reason"])
    order = connection.execute(_ORDER, key).mappings().first()
    if order is None:
        return
    entered = from_text(order["accepted_at"])
    yield LifeRow(entered, "entered", number, "accepted", "", order["operator_name"], "", "")
    for row in connection.execute(_REFUNDS, {"id": order["id"]}).mappings():
        given = f"{row['currency']} {amount_text(row['amount_fen'])}"
        at = from_text(row["paid_at"])
        yield LifeRow(at, "refunded", number, "accepted", "", row["operator_id"], given, row["reason"])
    for moment, operator in _voided(connection, order["id"]):
        yield LifeRow(moment, "voided", number, "accepted", "", operator, "", order["void_reason"])


def _voided(connection: Connection, order_id: str) -> Iterator[tuple[datetime, str]]:
    """When and by whom, by the audit of this PC or by what headquarters told of the one before."""
    for row in connection.execute(_VOIDED_HERE.where(AUDIT.c.entity_id == order_id)):
        yield row.at, row.operator_id
    for row in connection.execute(_VOIDED_BEFORE, {"id": order_id}):
        yield from_text(row.at), row.operator_id
