"""Stations and desks, feeds, arrivals, numbers, reference data, epochs, proofs, incidents, photographs."""

from alembic import op

revision = "0001"
down_revision = None

_NETWORK = """
CREATE TABLE station (
    station_id text PRIMARY KEY,
    code text NOT NULL,
    name jsonb NOT NULL,
    company jsonb NOT NULL,
    number_prefix text NOT NULL,
    hotline text NOT NULL DEFAULT '',
    zone text NOT NULL,
    currency text NOT NULL,
    division_code text NOT NULL DEFAULT '',
    routing_code text NOT NULL DEFAULT '',
    active boolean NOT NULL DEFAULT true
);
CREATE INDEX station_routing_code_idx ON station (routing_code);

CREATE TABLE desk (
    station_id text NOT NULL CONSTRAINT desk_station_id_fkey REFERENCES station,
    desk_id text NOT NULL,
    name text NOT NULL,
    incarnation integer NOT NULL DEFAULT 0,
    secret_hash bytea,
    machine text NOT NULL DEFAULT '',
    program text NOT NULL DEFAULT '',
    protocol integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'new'
        CONSTRAINT desk_state_check CHECK (state IN ('new', 'active', 'diverged', 'retired')),
    enrolled_at timestamptz,
    last_seen_at timestamptz,
    PRIMARY KEY (station_id, desk_id),
    CONSTRAINT desk_desk_id_key UNIQUE (desk_id)
);

CREATE TABLE dead_secret (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    incarnation integer NOT NULL,
    secret_hash bytea NOT NULL,
    died_at timestamptz NOT NULL,
    PRIMARY KEY (station_id, desk_id, incarnation)
);

CREATE TABLE enrolment_code (
    code_hash bytea PRIMARY KEY,
    station_id text NOT NULL,
    desk_id text NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT enrolment_code_station_id_desk_id_fkey FOREIGN KEY (station_id, desk_id) REFERENCES desk
);
"""

_FEED = """
CREATE TABLE feed_item (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    n bigint NOT NULL,
    kind text NOT NULL,
    entity_id text NOT NULL,
    op_id text NOT NULL,
    origin text NOT NULL,
    at timestamptz NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (station_id, desk_id, n)
);

CREATE SEQUENCE feed_round;

CREATE TABLE feed_head (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    n bigint NOT NULL,
    round bigint NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (station_id, desk_id)
) WITH (fillfactor = 50);

CREATE TABLE feed_start (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    epoch integer NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (station_id, desk_id, epoch)
);

CREATE TABLE feed_position (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    n bigint NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (station_id, desk_id)
) WITH (fillfactor = 50);
"""

_ARRIVALS = """
CREATE TABLE arrival (
    station_id text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    desk_id text NOT NULL,
    incarnation integer NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    first_date date,
    last_date date,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (station_id, id)
);
CREATE INDEX arrival_date_idx ON arrival (station_id, desk_id, last_date);
"""

_NUMBERS = """
CREATE TABLE number_space (
    id integer PRIMARY KEY CONSTRAINT number_space_one_row_check CHECK (id = 1),
    next bigint NOT NULL,
    upper bigint NOT NULL,
    CONSTRAINT number_space_bounds_check CHECK (next > 0 AND next <= upper AND upper <= 1000000000000)
);
INSERT INTO number_space (id, next, upper) VALUES (1, 1, 1);

CREATE TABLE number_range (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    station_id text NOT NULL,
    desk_id text NOT NULL,
    incarnation integer NOT NULL,
    prefix text NOT NULL,
    serials int8range NOT NULL,
    request_id text NOT NULL,
    leased_at timestamptz NOT NULL,
    burnt_at timestamptz,
    CONSTRAINT number_range_serials_excl EXCLUDE USING gist (serials WITH &&),
    CONSTRAINT number_range_station_id_desk_id_incarnation_request_id_key
        UNIQUE (station_id, desk_id, incarnation, request_id)
);
"""

_REFERENCE = """
CREATE TABLE reference_version (
    kind text NOT NULL,
    scope text NOT NULL,
    version integer NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    digest bytea NOT NULL,
    document bytea NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text NOT NULL,
    PRIMARY KEY (kind, scope, version)
);
"""

_CARE = """
CREATE TABLE epoch (
    epoch integer PRIMARY KEY,
    started_at timestamptz NOT NULL,
    reason text NOT NULL
);
INSERT INTO epoch (epoch, started_at, reason) VALUES (1, now(), 'the beginning');

CREATE TABLE proof (
    station_id text NOT NULL,
    desk_id text NOT NULL,
    business_date date NOT NULL,
    agrees boolean NOT NULL,
    theirs jsonb NOT NULL,
    ours jsonb NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (station_id, desk_id, business_date)
);

CREATE TABLE incident (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    station_id text NOT NULL,
    desk_id text NOT NULL,
    kind text NOT NULL,
    details jsonb NOT NULL,
    at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_by text NOT NULL DEFAULT ''
);
CREATE INDEX incident_open_idx ON incident (at) WHERE settled_at IS NULL;

CREATE TABLE photograph (
    station_id text NOT NULL,
    sha256 bytea NOT NULL,
    media_type text NOT NULL,
    content bytea NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (station_id, sha256)
);
"""


def upgrade() -> None:
    """Make the tables."""
    for statements in (_NETWORK, _FEED, _ARRIVALS, _NUMBERS, _REFERENCE, _CARE):
        op.execute(statements)
