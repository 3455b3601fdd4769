"""Tables of what headquarters told: which operations were taken in, which are kept aside."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from courier_desk.storage.metadata import IsoDate, UtcDateTime, table

# Every operation of others (and of this desk's past) that was taken in, by whatever way it came: never a second time.
APPLIED = table("applied", Column("op_id", Text, primary_key=True), sqlite_with_rowid=False)

# What is not understood or does not fit: kept whole, and seen. ``origin`` says by which way it came.
KEPT_ASIDE = table(
    "kept_aside",
    Column("op_id", Text, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Orders that were made void elsewhere or before this PC: when and by whom, which the audit of this PC does not know.
VOIDED = table(
    "voided",
    Column("order_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("operator_id", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Operations that came back with the past, byte for byte, kept as long as those of the outbox: should headquarters be
# set back, this desk is the only one that has them. ``epoch``: the last in which headquarters was known to have them.
RECALLED = table(
    "recalled_operation",
    Column("op_id", Text, primary_key=True),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)
Index("ix_recalled_operation_place", RECALLED.c.incarnation, RECALLED.c.seq, RECALLED.c.op_id)

# One row while the station's past is fetched: where to ask on, how many operations came, of how many (0: not known);
# ``since``: the first day that headquarters still had whole.
HISTORY = table(
    "history",
    Column("id", Integer, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("more", Integer, nullable=False),
    Column("since", IsoDate),
)
