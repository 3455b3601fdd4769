"""Headquarters' own people, how often somebody failed to log in, and what the people did."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from courier_desk.hq.tables import METADATA
from courier_desk.hq.tables.columns import MOMENT

HQ_PERSON = sa.Table(
    "hq_person",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("full_name", sa.Text, nullable=False, server_default=""),
    sa.Column("role", sa.Text, nullable=False),
    # argon2id.
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    # The log-in that counts: another one, or logging out, ends it.
    sa.Column("session", sa.Text, nullable=False, server_default=""),
    sa.Column("made_at", MOMENT, nullable=False),
    sa.Column("seen_at", MOMENT),
    sa.CheckConstraint("role IN ('viewer', 'operator', 'administrator')", name="role"),
)

HQ_FORMER_PASSWORD = sa.Table(
    "hq_former_password",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("password_hash", sa.Text, primary_key=True),
)

# Failures to log in, by the SHA-256 of the name, whether anybody has that name or not.
HQ_LOG_IN = sa.Table(
    "hq_log_in",
    METADATA,
    sa.Column("name_hash", sa.LargeBinary, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_failure_at", MOMENT, nullable=False),
)

# Only ever added to: a trigger refuses anything else.
HQ_AUDIT = sa.Table(
    "hq_audit",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("before", JSONB),
    sa.Column("after", JSONB),
)

# A version of reference data that somebody prepares: what is published comes out of one of these.
REFERENCE_DRAFT = sa.Table(
    "reference_draft",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    # The text as it was typed or imported: it may still be wrong.
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_at", MOMENT, nullable=False),
    sa.Column("changed_at", MOMENT, nullable=False),
)
