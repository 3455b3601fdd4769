"""What has to be looked up before an operation may take effect: ids, numbers, orders. Whatever fails is parked."""

from collections.abc import Sequence

from courier_desk.domain import own_number
from courier_desk.hq.core.bodies import OrderAccepted, OrderVoided
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.issues import check_again, logged
from courier_desk.hq.core.reasons import Reason
from courier_desk.hq.core.transaction import Cursor

# Ranges with an empty desk were leased in hours that headquarters lost: orders on them are taken.
_RANGES = """
SELECT prefix, lower(serials), upper(serials) FROM number_range
WHERE (station_id, desk_id) IN ((%s, %s), ('', '')) AND serials && int8range(%s, %s, '[]')
"""
_WAYBILLS = "SELECT number, order_id FROM waybill WHERE station_id = %s AND number = ANY(%s)"


def check_ids(cursor: Cursor, desk: DeskIdentity, entries: Sequence[Entry], *, careful: bool) -> None:
    """Park what has the id of another operation, in the batch or (only when ``careful``) in the log."""
    seen = logged(cursor, desk, [entry.op_id for entry in entries if entry.own_id]) if careful else set()
    for entry in entries:
        if entry.own_id:
            if entry.op_id in seen:
                entry.park(Reason.REPEATED_ID)
            seen.add(entry.op_id)


def check(cursor: Cursor, desk: DeskIdentity, entries: Sequence[Entry], *, careful: bool) -> None:
    """Park what may not be applied. Numbers that are taken are looked for only when ``careful``: else the key of the
    table refuses the whole batch, which is then tried again carefully."""
    check_again(cursor, desk, entries)
    orders = [(entry, entry.body) for entry in entries if entry.applies and isinstance(entry.body, OrderAccepted)]
    if orders:
        _check_leased(cursor, desk, orders)
        _check_unused(cursor, desk, orders, careful=careful)
    _check_voided(cursor, desk, entries)


def _check_leased(cursor: Cursor, desk: DeskIdentity, orders: Sequence[tuple[Entry, OrderAccepted]]) -> None:
    numbers = {body.number: own_number.read(body.number, (body.number[:2],)) for _, body in orders}
    sound = [int(number.mother[2:14]) for number in numbers.values() if number and number.sound and not number.piece]
    leased: list[tuple[str, int, int]] = []
    if sound:
        cursor.execute(_RANGES, (desk.station_id, desk.desk_id, min(sound), max(sound)))
        leased = cursor.fetchall()
    for entry, body in orders:
        number = numbers[body.number]
        if number is None or not number.sound or number.piece or not _in(leased, number):
            entry.park(Reason.NUMBER_NOT_LEASED)


def _in(leased: Sequence[tuple[str, int, int]], number: own_number.OwnNumber) -> bool:
    serial = int(number.mother[2:14])
    return any(prefix in {"", number.prefix} and first <= serial < end for prefix, first, end in leased)


def _check_unused(
    cursor: Cursor, desk: DeskIdentity, orders: Sequence[tuple[Entry, OrderAccepted]], *, careful: bool
) -> None:
    used: set[str] = set()
    if careful:
        used = set(_known(cursor, desk, [body.number for _, body in orders]))
    for entry, body in orders:
        if entry.applies:
            if body.number in used:
                entry.park(Reason.NUMBER_USED)
            used.add(body.number)


def _check_voided(cursor: Cursor, desk: DeskIdentity, entries: Sequence[Entry]) -> None:
    """An order is voided by its own station, by number and id; it may have come in the same batch."""
    voided = {e.body.number for e in entries if e.applies and isinstance(e.body, OrderVoided)}
    if not voided:
        return
    known = _known(cursor, desk, list(voided))
    for entry in (entry for entry in entries if entry.applies):
        if isinstance(entry.body, OrderAccepted):
            known[entry.body.number] = entry.entity_id
        elif isinstance(entry.body, OrderVoided) and known.get(entry.body.number) != entry.entity_id:
            entry.park(Reason.UNKNOWN_ORDER)


def _known(cursor: Cursor, desk: DeskIdentity, numbers: Sequence[str]) -> dict[str, str]:
    """The ids of the station's orders with these numbers."""
    cursor.execute(_WAYBILLS, (desk.station_id, list(numbers)))
    return dict(cursor.fetchall())
