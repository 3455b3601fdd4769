"""Numbers the news of all feeds, one process at a time, in short transactions.

News is written unnumbered in the transaction that causes it. Identity values are given out before their transactions
commit, so a reader that remembers the last id would pass over whatever commits late. Here committed rows are taken out
of ``feed_pending`` and get the next numbers of their desk's feed: without a hole, each once.
"""

import threading
import time
from datetime import datetime

import sqlalchemy as sa

from courier_desk.hq.core.transaction import single_statements, transaction

# Any process may number; whoever holds this lock does.
LOCK = 0x46656564
ROWS_A_ROUND = 5000
FLOOR_EACH_S = 20.0

_WAITING = "SELECT FROM feed_pending WHERE id > %s LIMIT 1"
# The planner does not know how many rows are waiting; joining thousands of them row by row would take minutes.
_TRY = """
SELECT pg_try_advisory_xact_lock(%s), (SELECT last_value FROM feed_pending_id_seq),
    set_config('enable_nestloop', 'off', true)
"""
_WAIT = sa.text("SELECT pg_advisory_xact_lock(:lock)")
_ROUND = """
    WITH taken AS (
        DELETE FROM feed_pending
        WHERE id = ANY (ARRAY(SELECT id FROM feed_pending WHERE id > %(floor)s ORDER BY id LIMIT %(most)s))
        RETURNING id, station_id, desk_id, kind, entity_id, op_id, origin, at, body
    ),
    counted AS (SELECT station_id, desk_id, count(*) AS more FROM taken GROUP BY station_id, desk_id),
    this AS (SELECT nextval('feed_round') AS round WHERE EXISTS (SELECT FROM taken)),
    moved AS (
        INSERT INTO feed_head AS head (station_id, desk_id, n, round, changed_at)
        SELECT station_id, desk_id, more, this.round, %(now)s FROM counted CROSS JOIN this
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


class Sequencer:
    """Numbers from one process.

    While a long reader (a backup, say) keeps dead rows from being cleared, going over them takes longer and longer.
    Rounds therefore begin at a floor, the last id given out when nothing was left a while ago; each time that while
    has passed, one round begins at the beginning, for rows of transactions that took longer."""

    def __init__(self, engine: sa.Engine, floor_each_s: float = FLOOR_EACH_S) -> None:
        self._engine = engine
        self._floor_each_s = floor_each_s
        self._floor = self._next_floor = 0
        self._whole_at = 0.0
        self._numbering = threading.Lock()

    def sequence(self, now: datetime, most: int = ROWS_A_ROUND) -> int:
        """Number up to ``most`` waiting items; returns how many, 0 also while another thread or process numbers."""
        if not self._numbering.acquire(blocking=False):
            return 0
        try:
            return self._round(now, most)
        finally:
            self._numbering.release()

    def _round(self, now: datetime, most: int) -> int:
        whole = time.monotonic() >= self._whole_at
        if not whole and not self._anything_waits():
            return 0
        with transaction(self._engine) as cursor:
            # The round must see all that was committed before it held the lock, so this is a statement of its own.
            held, given_out, _ = cursor.execute(_TRY, (LOCK,), prepare=True).fetchone() or (False, 0, "")
            if not held:
                return 0
            count = cursor.execute(_ROUND, {"floor": 0 if whole else self._floor, "most": most, "now": now}).rowcount
        if whole and count < most:
            self._floor, self._next_floor = self._next_floor, given_out
            self._whole_at = time.monotonic() + self._floor_each_s
        return count

    def _anything_waits(self) -> bool:
        """Most beats find nothing: they cost one journey."""
        with single_statements(self._engine) as cursor:
            return cursor.execute(_WAITING, (self._floor,)).rowcount > 0


def hold_still(connection: sa.Connection) -> None:
    """Let nobody number until this transaction ends."""
    connection.execute(_WAIT, {"lock": LOCK})
