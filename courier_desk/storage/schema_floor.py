"""Tables of the floor: scans, bags, handover lists, print queue."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from courier_desk.storage.metadata import house_columns, refuse, table

scan_event = table(
    "scan_event",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("waybill", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("keyed", Integer, nullable=False),
    Column("scanned_at", Text, nullable=False),
    Column("bag_id", Text, nullable=False),
    Column("manifest_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("operator_id", Text, nullable=False),
    Column("operator_name", Text, nullable=False),
    *house_columns(),
    synchronised=True,
)
# Scans are evidence (domain.md 0.2): corrections are new events.
refuse(scan_event, "UPDATE")
refuse(scan_event, "DELETE")
Index("ix_scan_waybill", scan_event.c.waybill, scan_event.c.scanned_at)
Index("ix_scan_number", scan_event.c.number, scan_event.c.operation)

bag = table(
    "bag",
    Column("id", Text, primary_key=True),
    Column("tag", Text, nullable=False, unique=True),
    Column("destination", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("weight_g", Integer, nullable=False),
    Column("seal", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("sealed_at", Text),
    Column("manifest_id", Text),
    *house_columns(),
    synchronised=True,
)
Index("ix_bag_line", bag.c.line, bag.c.state)
Index("ix_bag_manifest", bag.c.manifest_id, sqlite_where=bag.c.manifest_id.is_not(None))
Index("ux_bag_seal", bag.c.seal, unique=True, sqlite_where=bag.c.seal != "")

# Every seal that ever closed a bag, also after the bag was opened again: a seal number is used once.
seal = table(
    "seal",
    Column("number", Text, primary_key=True),
    Column("bag_id", Text, ForeignKey("bag.id"), nullable=False),
    *house_columns(),
    sqlite_with_rowid=False,
    synchronised=True,
)

manifest = table(
    "manifest",
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("line", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("plate", Text, nullable=False),
    Column("driver", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("closed_at", Text),
    Column("differences", Text, nullable=False),
    Column("supplement_of", Text, nullable=False),
    Column("digest", Text, nullable=False),
    *house_columns(),
    synchronised=True,
)
refuse(manifest, "UPDATE", "OLD.state = 'closed'")
refuse(manifest, "DELETE")
Index("ix_manifest_day", manifest.c.business_date, manifest.c.line)

manifest_item = table(
    "manifest_item",
    Column("manifest_id", Text, ForeignKey("manifest.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("is_bag", Integer, nullable=False),
    Column("destination", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("weight_g", Integer, nullable=False),
    Column("remark", Text, nullable=False),
    *house_columns(),
    sqlite_with_rowid=False,
    synchronised=True,
)

_CLOSED = "(SELECT state FROM manifest WHERE id = {row}.manifest_id) = 'closed'"
refuse(manifest_item, "INSERT", _CLOSED.format(row="NEW"))
refuse(manifest_item, "UPDATE", _CLOSED.format(row="OLD"))
refuse(manifest_item, "DELETE", _CLOSED.format(row="OLD"))

print_job = table(
    "print_job",
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("operator_id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    *house_columns(),
)
Index("ix_print_job_state", print_job.c.state, print_job.c.printer, print_job.c.seq)
Index("ix_print_job_subject", print_job.c.subject)
