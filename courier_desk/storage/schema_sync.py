"""Tables of the desk's side of headquarters: the link, what was refused or kept aside, other stations' parcels and
events, leases, the daily proof."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from courier_desk.storage.metadata import IsoDate, UtcDateTime, refuse, table

# One row once the desk has joined. ``cursor``: the last seq of this incarnation that headquarters has; ``feed_after``:
# the last item that was dealt with; ``counted_*``: how far the tallies of the proof go; ``prove_from``: the first day
# of which this database holds every operation of the desk; ``log_from``: the first that headquarters still has whole.
hq_link = table(
    "hq_link",
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("address", Text, nullable=False),
    Column("station_id", Text, nullable=False),
    Column("desk_id", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("secret", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("feed_after", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("machine", Text, nullable=False),
    Column(
        "state", Text, CheckConstraint("state IN ('joined', 'set_back', 'needs_code')", name="state"), nullable=False
    ),
    Column("reason", Text, nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("prove_from", IsoDate, nullable=False),
    Column("counted_incarnation", Integer, nullable=False),
    Column("counted_seq", Integer, nullable=False),
    # What was wrong with the last news, empty once good ones came.
    Column("alarm", Text, nullable=False),
    Column("alarm_at", UtcDateTime),
    Column("log_from", IsoDate),
)
refuse(hq_link, "DELETE")
refuse(hq_link, "UPDATE OF incarnation", "NEW.incarnation < OLD.incarnation")

# Incarnations of this desk that are no more: up to ``cursor`` headquarters has their operations; what came later was
# issued again.
dead_incarnation = table(
    "dead_incarnation",
    Column("incarnation", Integer, primary_key=True),
    Column("cursor", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
)

# One row while a new incarnation is being entered, until all that headquarters has not is issued again under it: how
# far it has come (see ``services.exchange_entering``). Until it goes nothing is sent.
entering = table(
    "entering",
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("incarnation", Integer, nullable=False),
    Column("former", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("whole", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("blocks_burnt", Integer, nullable=False),
    Column("tail", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("seen", Integer),
)
entering_part = table(
    "entering_part",
    Column("incarnation", Integer, primary_key=True),
    Column("acknowledged", Integer, nullable=False),
    Column("common", Integer, nullable=False),
    Column("after", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("lost_after", Integer),
)

# Operations that headquarters holds and could not apply.
refused_operation = table(
    "refused_operation",
    Column("op_id", Text, primary_key=True),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("refused_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("settled_how", Text, nullable=False, server_default=""),
    Column("settled_text", Text, nullable=False, server_default=""),
)

# News that could not be applied: they wait for this desk's own operations, are of a kind that this program does not
# know, or are wrong.
kept_item = table(
    "kept_item",
    Column("epoch", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("op_id", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),
    Column(
        "why",
        Text,
        CheckConstraint("why IN ('waiting_for_own', 'unknown_kind', 'broken')", name="why"),
        nullable=False,
    ),
    Column("text", Text, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("epoch", "n"),
)
Index("ix_kept_item_about", kept_item.c.about, kept_item.c.why)

# Orders of others whose parcels come here. ``body`` is the operation of the other desk, byte for byte.
inbound_order = table(
    "inbound_order",
    Column("waybill", Text, primary_key=True),
    Column("order_id", Text, nullable=False, unique=True),
    Column("op_id", Text, nullable=False),
    Column("origin_station", Text, nullable=False),
    Column("origin_desk", Text, nullable=False),
    Column("routing_code", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("recipient_name", Text, nullable=False),
    Column("recipient_phone", Text, nullable=False),
    Column("sender_phone", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("accepted_at", UtcDateTime, nullable=False),
    Column("void", Integer, nullable=False),
    Column("void_reason", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
)
Index("ix_inbound_order_recipient_phone", inbound_order.c.recipient_phone)
Index("ix_inbound_order_sender_phone", inbound_order.c.sender_phone)

inbound_parcel = table(
    "inbound_parcel",
    Column("number", Text, primary_key=True),
    Column("waybill", Text, ForeignKey("inbound_order.waybill"), nullable=False),
    Column("piece", Integer, nullable=False),
    Column("weight_g", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("destination", Text, nullable=False),
    Column("line", Text, nullable=False),
    # The newest event that decided the status.
    Column("status_at", UtcDateTime, nullable=False),
)
Index("ix_inbound_parcel_waybill", inbound_parcel.c.waybill)

# What other stations and desks did with parcels that concern this one. Only ever added to.
remote_event = table(
    "remote_event",
    Column("row", Integer, primary_key=True),
    Column("op_id", Text, nullable=False),
    Column("waybill", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("station", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("remark", Text, nullable=False),
)
refuse(remote_event, "UPDATE")
Index("ux_remote_event_op", remote_event.c.op_id, remote_event.c.number, unique=True)
Index("ix_remote_event_waybill", remote_event.c.waybill, remote_event.c.at)

# Numbers that were asked for; asked again with the same id until the answer is here.
lease_request = table(
    "lease_request",
    Column("request_id", Text, primary_key=True),
    Column("incarnation", Integer, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("lease_id", Text, unique=True),
    Column("answered_at", UtcDateTime),
)

# What both sides hold of a day. ``ours`` and ``theirs`` are the counts and digests that were compared.
proof = table(
    "proof",
    Column("business_date", IsoDate, primary_key=True),
    Column("state", Text, CheckConstraint("state IN ('agrees', 'differs')", name="state"), nullable=False),
    Column("agreed_at", UtcDateTime),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("ours", Text, nullable=False),
    Column("theirs", Text, nullable=False),
)

# Counted from the rows of the outbox, operation by operation, as headquarters acknowledges them.
proof_tally = table(
    "proof_tally",
    Column("business_date", IsoDate, nullable=False),
    Column("kind", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    PrimaryKeyConstraint("business_date", "kind"),
    sqlite_with_rowid=False,
)

# By field, the last one wins: when headquarters' word on a field was spoken, and the words that it replaced.
customer_field = table(
    "customer_field",
    Column("phone", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("op_id", Text, nullable=False),
    PrimaryKeyConstraint("phone", "field"),
    sqlite_with_rowid=False,
)
customer_older = table(
    "customer_older",
    Column("row", Integer, primary_key=True),
    Column("phone", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("former", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("op_id", Text, nullable=False),
)
refuse(customer_older, "UPDATE")
Index("ix_customer_older_phone", customer_older.c.phone, customer_older.c.field)
