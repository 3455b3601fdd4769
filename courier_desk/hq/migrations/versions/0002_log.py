"""The log of operations, what was parked, waybills and their lives, customers, news that waits for its number."""

from alembic import op

revision = "0002"
down_revision = "0001"

# The queue for the feeds is short and moves quickly: dead rows are cleared by their number, not by their share.
_LOG = """
CREATE TABLE cursor (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    incarnation integer NOT NULL,
    seq bigint NOT NULL,
    chain bytea NOT NULL,
    operations_before bigint NOT NULL,
    CONSTRAINT cursor_pkey PRIMARY KEY (station_id, desk_id, incarnation)
) WITH (fillfactor = 50);
CREATE TABLE op_log (
    station_id text NOT NULL,
    op_id uuid NOT NULL,
    day date NOT NULL,
    desk_id text NOT NULL,
    incarnation integer NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    entity_id text NOT NULL,
    business_date date,
    received_at timestamptz NOT NULL,
    parked boolean NOT NULL,
    digest bytea NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT op_log_pkey PRIMARY KEY (station_id, op_id, day)
) PARTITION BY RANGE (day);
CREATE INDEX op_log_seq_idx ON op_log (station_id, desk_id, incarnation, seq);
CREATE TABLE op_log_far PARTITION OF op_log DEFAULT;
CREATE TABLE parked (
    station_id text NOT NULL,
    op_id uuid NOT NULL,
    day date NOT NULL,
    desk_id text NOT NULL,
    incarnation integer NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    entity_id text NOT NULL,
    reason text NOT NULL,
    text text NOT NULL,
    parked_at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_by text,
    settled_how text,
    CONSTRAINT parked_pkey PRIMARY KEY (station_id, op_id),
    CONSTRAINT parked_settled_how_check CHECK (settled_how IN ('retried', 'dropped', 'amended'))
);
CREATE INDEX parked_open_idx ON parked (station_id, desk_id) WHERE settled_at IS NULL;
CREATE TABLE feed_pending (
    id bigint GENERATED ALWAYS AS IDENTITY,
    station_id text NOT NULL,
    desk_id text NOT NULL,
    kind text NOT NULL,
    entity_id text NOT NULL,
    op_id text NOT NULL,
    origin text NOT NULL,
    at timestamptz NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT feed_pending_pkey PRIMARY KEY (id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
"""

_PARCELS = """
CREATE TABLE waybill (
    station_id text NOT NULL,
    number text NOT NULL,
    order_id text NOT NULL,
    desk_id text NOT NULL,
    routing_code text NOT NULL,
    destination_station text,
    pieces integer NOT NULL,
    accepted_at timestamptz NOT NULL,
    void boolean NOT NULL,
    op_id uuid NOT NULL,
    CONSTRAINT waybill_pkey PRIMARY KEY (station_id, number)
);
CREATE TABLE interest (
    waybill text NOT NULL,
    stations text[] NOT NULL,
    since date NOT NULL,
    origin text,
    order_id text,
    order_op uuid,
    routing_code text,
    CONSTRAINT interest_pkey PRIMARY KEY (waybill)
);
CREATE TABLE parcel_event (
    waybill text NOT NULL,
    op_id uuid NOT NULL,
    day date NOT NULL,
    at timestamptz NOT NULL,
    station_id text NOT NULL,
    desk_id text NOT NULL,
    number text NOT NULL,
    operation text NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT parcel_event_pkey PRIMARY KEY (waybill, op_id, day)
) PARTITION BY RANGE (day);
CREATE TABLE parcel_event_far PARTITION OF parcel_event DEFAULT;
CREATE TABLE bag (
    station_id text NOT NULL,
    tag text NOT NULL,
    parcels text[] NOT NULL,
    CONSTRAINT bag_pkey PRIMARY KEY (station_id, tag)
);
"""

_CUSTOMERS = """
CREATE TABLE customer (
    phone text NOT NULL,
    fields jsonb NOT NULL,
    stations text[] NOT NULL,
    CONSTRAINT customer_pkey PRIMARY KEY (phone)
);
CREATE TABLE customer_older (
    phone text NOT NULL,
    field text NOT NULL,
    op_id uuid NOT NULL,
    at timestamptz NOT NULL,
    value text NOT NULL,
    CONSTRAINT customer_older_pkey PRIMARY KEY (phone, field, op_id)
);
"""


def upgrade() -> None:
    for statements in (_LOG, _PARCELS, _CUSTOMERS):
        op.execute(statements)
