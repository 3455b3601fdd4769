"""Who is told of a waybill and waits for its order; desks that come upon many orders before they leave."""

from alembic import op

revision = "0005"
down_revision = "0004"

_INTEREST = """
ALTER TABLE interest
    ADD COLUMN left_from text[] DEFAULT '{}' NOT NULL,
    ADD COLUMN waiting text[] DEFAULT '{}' NOT NULL
"""
_LEFT = """
UPDATE interest i SET left_from = e.stations
FROM (
    SELECT waybill, array_agg(DISTINCT station_id) AS stations FROM parcel_event
    WHERE operation = 'dispatched' GROUP BY waybill
) AS e
WHERE e.waybill = i.waybill AND (i.origin IS NULL OR i.origin = ANY(e.stations))
"""
_WAITING = "UPDATE interest SET waiting = stations WHERE origin IS NULL"
_EARLY_SCAN = """
CREATE TABLE early_scan (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    day date NOT NULL,
    waybills integer NOT NULL,
    CONSTRAINT early_scan_pkey PRIMARY KEY (station_id, desk_id)
)
"""


def upgrade() -> None:
    """Who was given an order before keeps it."""
    for statement in (_INTEREST, _LEFT, _WAITING, _EARLY_SCAN):
        op.execute(statement)
