"""The tables of the house itself: station, desk, counters, reference sets, audit, outbox."""

import sqlalchemy as sa

from courier_desk.storage.metadata import Flag, IsoDate, UtcDateTime, after_create, refuse, table

INSTALLATION = table(
    "installation",
    # One row: which database this is, so that the anchor of another one is noticed.
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_row"), primary_key=True),
    sa.Column("database_id", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

STATION = table(
    "station",
    sa.Column("station_id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("company", sa.Text, nullable=False),
    sa.Column(
        "kind", sa.Text, sa.CheckConstraint("kind IN ('live', 'sample', 'training')", name="kind"), nullable=False
    ),
    sa.Column("number_prefix", sa.Text, nullable=False),
    sa.Column("hotline", sa.Text, nullable=False, server_default=""),
    sa.Column("zone", sa.Text, nullable=False, server_default="Asia/Shanghai"),
    sa.Column("currency", sa.Text, nullable=False, server_default="CNY"),
    sa.Column("division_code", sa.Text, nullable=False, server_default=""),
    sa.Column("routing_code", sa.Text, nullable=False, server_default=""),
    sa.Column("row_version", sa.Integer, nullable=False, server_default=sa.text("1")),
    sqlite_with_rowid=False,
)
# A station is live, sample or training for ever, and so is its prefix.
refuse(STATION, "UPDATE OF station_id, kind, number_prefix")
refuse(STATION, "DELETE")

DESK = table(
    "desk",
    sa.Column("desk_id", sa.Text, primary_key=True),
    sa.Column("station_id", sa.Text, sa.ForeignKey("station.station_id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("incarnation", sa.Integer, sa.CheckConstraint("incarnation > 0", name="incarnation"), nullable=False),
    sa.Column("enrolled_at", UtcDateTime, nullable=False),
    sa.Column("is_own", Flag, nullable=False),
    sa.Column("row_version", sa.Integer, nullable=False, server_default=sa.text("1")),
    sa.Index("uq_desk_own", "is_own", unique=True, sqlite_where=sa.text("is_own = 1")),
    sqlite_with_rowid=False,
)
refuse(DESK, "UPDATE OF desk_id, station_id, incarnation", "NEW.incarnation <= OLD.incarnation")

COUNTERS = table(
    "counters",
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
# A counter only grows: whatever was counted is never counted again.
refuse(COUNTERS, "UPDATE", "NEW.value < OLD.value OR NEW.name <> OLD.name")
refuse(COUNTERS, "DELETE")

REFERENCE_SET = table(
    "reference_set",
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("valid_from", IsoDate, nullable=False),
    sa.Column("valid_until", IsoDate),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.PrimaryKeyConstraint("kind", "version"),
)
refuse(REFERENCE_SET, "UPDATE")
refuse(REFERENCE_SET, "DELETE")

AUDIT = table(
    "audit",
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("business_date", IsoDate, nullable=False),
    sa.Column("station_id", sa.Text, nullable=False),
    sa.Column("desk_id", sa.Text, nullable=False),
    sa.Column("session_id", sa.Text, nullable=False),
    sa.Column("operator_id", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Index(None, "entity_id"),
)
refuse(AUDIT, "UPDATE")
refuse(AUDIT, "DELETE")
# INSERT OR REPLACE removes a row without asking the trigger above.
refuse(AUDIT, "INSERT", "NEW.seq <= (SELECT max(seq) FROM audit)")

AUDIT_PAYLOAD = table(
    "audit_payload",
    sa.Column("seq", sa.Integer, sa.ForeignKey("audit.seq"), primary_key=True),
    sa.Column("payload", sa.LargeBinary),
    sa.Column("erased_at", UtcDateTime),
)
refuse(AUDIT_PAYLOAD, "DELETE")
refuse(AUDIT_PAYLOAD, "INSERT", "EXISTS (SELECT 1 FROM audit_payload WHERE seq = NEW.seq)")
# The one path of erasure: the payload goes, the moment of it stays.
refuse(
    AUDIT_PAYLOAD,
    "UPDATE",
    "NEW.seq <> OLD.seq OR NEW.payload IS NOT NULL OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL",
)

OUTBOX = table(
    "outbox",
    sa.Column("incarnation", sa.Integer, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("op_id", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("acknowledged_at", UtcDateTime),
    sa.PrimaryKeyConstraint("incarnation", "seq"),
)
refuse(OUTBOX, "UPDATE OF incarnation, seq, op_id, kind, entity_id, at, body, digest, hash")
refuse(OUTBOX, "DELETE", "OLD.acknowledged_at IS NULL")
# Whether news about something would overtake what this desk has not sent yet.
UNSENT_INDEX = "CREATE INDEX ix_outbox_unsent ON outbox (entity_id) WHERE acknowledged_at IS NULL"
after_create(
    OUTBOX,
    "CREATE INDEX ix_outbox_waiting ON outbox (incarnation, seq) WHERE acknowledged_at IS NULL",
    UNSENT_INDEX,
)
