"""Tables of orders: order, waybill, parcel, goods, charges, payment, inspection, and the words to find them by."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from courier_desk.storage.metadata import after_create, house_columns, table


def _party_columns(who: str) -> list[Column[str]]:
    parts = ("name", "phone", "company", "province", "city", "district", "street", "detail", "postcode", "division")
    return [Column(f"{who}_{part}", Text, nullable=False) for part in (*parts, "country")]


orders = table(
    "orders",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("customer_id", Text),
    Column("visit_id", Text),
    *_party_columns("sender"),
    *_party_columns("recipient"),
    Column("service", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("declared_value_fen", Integer, nullable=False),
    Column("cod_fen", Integer, nullable=False),
    Column("payer", Text, nullable=False),
    Column("pay_way", Text, nullable=False),
    Column("tendered_fen", Integer),
    Column("change_fen", Integer, nullable=False),
    Column("total_fen", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("chargeable_g", Integer, nullable=False),
    Column("routing_code", Text, nullable=False),
    Column("package_centre", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("accepted_at", Text, nullable=False),
    Column("promised_at", Text),
    Column("operator_id", Text, nullable=False),
    Column("operator_name", Text, nullable=False),
    Column("tariff_version", Integer, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("weight_g", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("void_reason", Text, nullable=False),
    *house_columns(),
    synchronised=True,
)
Index("ix_orders_accepted", orders.c.accepted_at)
Index("ix_orders_day", orders.c.business_date)
Index("ix_orders_status", orders.c.status)
Index("ix_orders_sender_phone", orders.c.sender_phone)
Index("ix_orders_recipient_phone", orders.c.recipient_phone)
Index("ix_orders_customer", orders.c.customer_id)

waybill = table(
    "waybill",
    Column("number", Text, primary_key=True),
    Column("order_id", Text, ForeignKey("orders.id"), nullable=False, index=True),
    Column("serial", Integer, nullable=False),
    Column("void", Integer, nullable=False),
    *house_columns(),
    synchronised=True,
)

parcel = table(
    "parcel",
    Column("id", Text, primary_key=True),
    Column("order_id", Text, ForeignKey("orders.id"), nullable=False, index=True),
    Column("waybill", Text, ForeignKey("waybill.number"), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("piece", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("inspected", Integer, nullable=False),
    Column("void", Integer, nullable=False),
    Column("weight_g", Integer, nullable=False),
    Column("length_mm", Integer, nullable=False),
    Column("width_mm", Integer, nullable=False),
    Column("height_mm", Integer, nullable=False),
    Column("destination", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("bag_id", Text),
    Column("manifest_id", Text),
    *house_columns(),
    synchronised=True,
)
Index("ix_parcel_waybill", parcel.c.waybill)
Index("ix_parcel_bag", parcel.c.bag_id, sqlite_where=parcel.c.bag_id.is_not(None))
Index("ix_parcel_manifest", parcel.c.manifest_id, sqlite_where=parcel.c.manifest_id.is_not(None))
Index(
    "ix_parcel_loose",
    parcel.c.line,
    sqlite_where=parcel.c.manifest_id.is_(None) & parcel.c.bag_id.is_(None) & (parcel.c.status == "PICK"),
)

goods = table(
    "goods",
    Column("order_id", Text, ForeignKey("orders.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("value_fen", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    *house_columns(),
    sqlite_with_rowid=False,
    synchronised=True,
)

charge = table(
    "charge",
    Column("order_id", Text, ForeignKey("orders.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    *house_columns(),
    sqlite_with_rowid=False,
    synchronised=True,
)

payment = table(
    "payment",
    Column("id", Text, primary_key=True),
    Column("order_id", Text, ForeignKey("orders.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("pay_way", Text, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("paid_at", Text, nullable=False),
    Column("operator_id", Text, nullable=False),
    *house_columns(),
    synchronised=True,
)

inspection = table(
    "inspection",
    Column("order_id", Text, ForeignKey("orders.id"), primary_key=True),
    Column("contents_seen", Integer, nullable=False),
    Column("restricted_confirmed", Integer, nullable=False),
    Column("remark", Text, nullable=False),
    Column("identity_kind", Text, nullable=False),
    Column("identity_masked", Text, nullable=False),
    Column("identity_hash", Text, nullable=False),
    Column("visit_id", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    *house_columns(),
    sqlite_with_rowid=False,
    synchronised=True,
)
Index("ix_inspection_visit", inspection.c.visit_id)

refusal = table(
    "refusal",
    Column("id", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("refused_at", Text, nullable=False),
    Column("operator_id", Text, nullable=False),
    *house_columns(),
    synchronised=True,
)

# Both hold a row for each order (rowid = orders.row): trigram answers three characters or more, unigram (Chinese
# characters set apart by blanks) one or two. SQLite 3.40 is silently wrong here; the one we bring is newer.
after_create(
    orders,
    "CREATE VIRTUAL TABLE find_trigram USING fts5(words, content='', contentless_delete=1, tokenize='trigram')",
    "CREATE VIRTUAL TABLE find_unigram USING fts5(words, content='', contentless_delete=1, tokenize='unicode61')",
)
