"""What happened to parcels elsewhere, as headquarters told it."""

from sqlalchemy import Connection, bindparam, select

from courier_desk.services.rows import LifeRow
from courier_desk.storage.schema_sync import remote_event

_EVENTS = select(remote_event).where(remote_event.c.waybill == bindparam("number")).order_by(remote_event.c.at)


def remote_events(connection: Connection, number: str) -> list[LifeRow]:
    """What other desks and stations did with the pieces of a waybill, oldest first."""
    return [
        LifeRow(
            at=row["at"],
            kind=row["operation"],
            number=row["number"],
            outcome=row["outcome"],
            device="",
            operator="",
            place=row["place"] or row["station"],
            remark=row["remark"],
            station=row["station"],
        )
        for row in connection.execute(_EVENTS, {"number": number}).mappings()
    ]
