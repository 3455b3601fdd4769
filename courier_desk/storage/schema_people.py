"""Tables of people: log-ins, sessions, approvals, customers, drafts, number blocks."""

from sqlalchemy import Column, Index, Integer, Text

from courier_desk.storage.metadata import house_columns, table

operator_login = table(
    "operator_login",
    Column("operator_id", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_failure_at", Text),
    Column("changed_at", Text),
    Column("question", Text, nullable=False),
    Column("answer_hash", Text, nullable=False),
    *house_columns(),
)

former_password = table(
    "former_password",
    Column("operator_id", Text, primary_key=True),
    Column("password_hash", Text, primary_key=True),
    *house_columns(),
)

session = table(
    "session",
    Column("id", Text, primary_key=True),
    Column("operator_id", Text, nullable=False, index=True),
    Column("opened_at", Text, nullable=False),
    Column("closed_at", Text),
    *house_columns(),
)

approval = table(
    "approval",
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("asker_id", Text, nullable=False),
    Column("approver_id", Text, nullable=False),
    Column("given_at", Text, nullable=False),
    Column("used_at", Text),
    *house_columns(),
    synchronised=True,
)

_ADDRESS = ("province", "city", "district", "street", "detail", "postcode", "division", "country")

customer = table(
    "customer",
    Column("id", Text, primary_key=True),
    Column("phone", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    Column("company", Text, nullable=False),
    *(Column(part, Text, nullable=False) for part in _ADDRESS),
    Column("usual_service", Text, nullable=False),
    Column("usual_goods", Text, nullable=False),
    Column("usual_payer", Text, nullable=False),
    Column("usual_pay_way", Text, nullable=False),
    Column("usual_weight_g", Integer, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("identity_masked", Text, nullable=False),
    Column("identity_kind", Text, nullable=False),
    Column("identity_hash", Text, nullable=False),
    *house_columns(),
    synchronised=True,
)

customer_recipient = table(
    "customer_recipient",
    Column("customer_id", Text, primary_key=True),
    Column("phone", Text, primary_key=True),
    Column("detail", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    *(Column(part, Text, nullable=False) for part in _ADDRESS if part != "detail"),
    Column("used_at", Text, nullable=False),
    Column("times", Integer, nullable=False),
    *house_columns(),
    sqlite_with_rowid=False,
    synchronised=True,
)

draft = table(
    "draft",
    Column("id", Text, primary_key=True),
    Column("owner_id", Text, nullable=False, index=True),
    Column("page", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    *house_columns(),
)

number_block = table(
    "number_block",
    Column("id", Text, primary_key=True),
    Column("prefix", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    *house_columns(),
)
Index("ux_number_block_first", number_block.c.prefix, number_block.c.first, unique=True)
