"""Numbers the news of all feeds, one process at a time, in short transactions.

News is written unnumbered in the transaction that causes it. Identity values are given out before their transactions
commit, so a reader that remembers the last id would pass over whatever commits late. Here committed rows are taken out
of ``feed_pending`` and get the next numbers of their desk's feed: without a hole, each once.
"""

from datetime import datetime

import sqlalchemy as sa

# Any process may number; whoever holds this lock does.
LOCK = 0x46656564
ROWS_A_ROUND = 5000

_TRY = sa.text("SELECT pg_try_advisory_xact_lock(:lock)")
_WAIT = sa.text("SELECT pg_advisory_xact_lock(:lock)")
# The planner does not know how many rows are waiting; joining thousands of them row by row would take minutes.
_PLAN = sa.text("SET LOCAL enable_nestloop = off")
_ROUND = sa.text(
    """
    WITH taken AS (
        DELETE FROM feed_pending
        WHERE id = ANY (ARRAY(SELECT id FROM feed_pending ORDER BY id LIMIT :most))
        RETURNING id, station_id, desk_id, kind, entity_id, op_id, origin, at, body
    ),
    counted AS (SELECT station_id, desk_id, count(*) AS more FROM taken GROUP BY station_id, desk_id),
    this AS (SELECT nextval('feed_round') AS round WHERE EXISTS (SELECT FROM taken)),
    moved AS (
        INSERT INTO feed_head AS head (station_id, desk_id, n, round, changed_at)
        SELECT station_id, desk_id, more, this.round, :now FROM counted CROSS JOIN this
        ON CONFLICT (station_id, desk_id) DO UPDATE
        SET n = head.n + excluded.n, round = excluded.round, changed_at = excluded.changed_at
        RETURNING station_id, desk_id, n
    )
    INSERT INTO feed_item (station_id, desk_id, n, kind, entity_id, op_id, origin, at, body)
    SELECT station_id, desk_id,
           moved.n - counted.more + row_number() OVER (PARTITION BY station_id, desk_id ORDER BY taken.id),
           kind, entity_id, op_id, origin, at, body
    FROM taken JOIN counted USING (station_id, desk_id) JOIN moved USING (station_id, desk_id)
    """
)


def sequence(engine: sa.Engine, now: datetime, most: int = ROWS_A_ROUND) -> int:
    """Number up to ``most`` waiting items; returns how many, 0 also while another process is numbering."""
    with engine.begin() as connection:
        # The round must see all that was committed before it held the lock, so this is a statement of its own.
        if not connection.execute(_TRY, {"lock": LOCK}).scalar_one():
            return 0
        connection.execute(_PLAN)
        return connection.execute(_ROUND, {"most": most, "now": now}).rowcount


def hold_still(connection: sa.Connection) -> None:
    """Let nobody number until this transaction ends."""
    connection.execute(_WAIT, {"lock": LOCK})
