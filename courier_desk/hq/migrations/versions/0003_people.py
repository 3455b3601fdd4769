"""Headquarters' own people, their acts, and drafts of reference data."""

from alembic import op

revision = "0003"
down_revision = "0002"

_PEOPLE = """
CREATE TABLE hq_person (
    name text PRIMARY KEY,
    full_name text NOT NULL DEFAULT '',
    role text NOT NULL CONSTRAINT hq_person_role_check CHECK (role IN ('viewer', 'operator', 'administrator')),
    password_hash text NOT NULL,
    must_change boolean NOT NULL DEFAULT true,
    active boolean NOT NULL DEFAULT true,
    session text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    seen_at timestamptz
);
CREATE TABLE hq_former_password (
    name text NOT NULL,
    password_hash text NOT NULL,
    PRIMARY KEY (name, password_hash)
);
CREATE TABLE hq_log_in (
    name_hash bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_failure_at timestamptz NOT NULL
);
CREATE TABLE hq_audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    person text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id text NOT NULL,
    before jsonb,
    after jsonb
);
CREATE FUNCTION hq_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only ever added to';
END
$$;
CREATE TRIGGER hq_audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON hq_audit
    FOR EACH STATEMENT EXECUTE FUNCTION hq_audit_is_kept();
CREATE TABLE reference_draft (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    scope text NOT NULL,
    document text NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    """Make them."""
    op.execute(_PEOPLE)
