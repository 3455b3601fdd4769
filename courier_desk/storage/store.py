"""The station's database as the use cases see it: ``write(actor)`` and ``read()``, one writer, one anchor."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Generic, TypeVar

import sqlalchemy as sa

from courier_desk.base.clock import Clock, business_date
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.lanes import DB_THREAD
from courier_desk.base.logging import get_logger
from courier_desk.base.paths import DataFolder
from courier_desk.base.translation import message
from courier_desk.domain.user import Actor
from courier_desk.storage.anchor import Anchor
from courier_desk.storage.engine import Database, driver_of
from courier_desk.storage.heads import TORN, Heads, Identity, Incident, compare, floor_of, read_heads, read_identity
from courier_desk.storage.migrations import migrate
from courier_desk.storage.unit_of_work import ChangeWatch, SqlUnitOfWork

W = TypeVar("W", bound=SqlUnitOfWork)
R = TypeVar("R")
DAY_STARTS = time(5)


class Store(Generic[W, R]):
    """Opened by ``open_store``. ``work`` makes a unit of work, ``look`` what ``read`` gives for a connection."""

    def __init__(
        self,
        database: Database,
        anchor: Anchor,
        clock: Clock,
        work: Callable[["Store[W, R]", Actor | None], W],
        look: Callable[[sa.Connection], R],
        *,
        thread_name: str | None = DB_THREAD,
    ) -> None:
        self.clock = clock
        self.day_starts = DAY_STARTS
        self.incidents: tuple[Incident, ...] = ()
        self._database = database
        self._anchor = anchor
        self._work = work
        self._look = look
        self._thread_name = thread_name
        self._current: SqlUnitOfWork | None = None
        self._transaction: sa.RootTransaction | None = None
        self._anchor_behind = False
        # Called on the lane after each commit that left something for headquarters; must come back at once.
        self.on_operations: Callable[[], None] | None = None
        self.watch = ChangeWatch(database.writer)
        self.writer = database.writer.connect()
        self.identity, self.heads = self._reload()

    def write(self, actor: Actor | None, *, from_hq: bool = False) -> W:
        """A unit of work of ``actor`` (None: the program itself); use it in a ``with``, on the database lane.
        ``from_hq``: one that writes down what headquarters told; see ``SqlUnitOfWork.admit``."""
        unit = self._work(self, actor)
        unit.from_hq = from_hq
        return unit

    @contextlib.contextmanager
    def read(self) -> Iterator[R]:
        """A consistent look at the database that cannot change anything."""
        with self._database.reader.connect() as connection, connection.begin():
            yield self._look(connection)

    def business_date(self, now: datetime) -> date:
        """The business day of this station at ``now``."""
        return business_date(now, self.identity.zone, self.day_starts)

    def checkpoint(self) -> None:
        """Move the log into the file at an idle moment. On the database lane, like every write."""
        self._assert_lane()
        driver_of(self.writer).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Close everything; a transaction that is open is lost."""
        self.writer.close()
        self._database.close()
        self._anchor.close()

    # What follows is for the unit of work and for open_store.

    def begin(self, work: SqlUnitOfWork) -> None:
        """Begin the transaction of ``work``. Errors: EnvironmentFault when the anchor cannot be written."""
        self._assert_lane()
        if self._current is not None:
            raise RuntimeError("a unit of work is open already")
        if self._anchor_behind:
            self._write_anchor(self.heads)
            if self._anchor_behind:
                raise EnvironmentFault(message("The safety copy of the last number cannot be written; make room."))
        self.watch.touched.clear()
        self._transaction = self.writer.begin()
        self._current = work

    def commit(self, heads: Heads) -> None:
        """Commit the open transaction, then the anchor."""
        if self._transaction is None:
            raise RuntimeError("no transaction is open")
        before = self.heads
        try:
            self._transaction.commit()
        except EnvironmentFault:
            self._roll_back()
            # The disk may have refused only what came after the commit itself.
            if not self._committed(heads):
                raise
        self.heads = heads
        if heads != before:
            self._write_anchor(heads)
        if self.watch.identity:
            self._reload_identity()
        if heads.outbox_hash != before.outbox_hash and self.on_operations is not None:
            self.on_operations()

    def end(self, work: SqlUnitOfWork) -> None:
        """Roll back what was not committed."""
        if self._current is work:
            self._current = None
            self._transaction = None
            self._roll_back()

    def take_anchor(self) -> tuple[Incident, ...]:
        """Hold the anchor against the database, then take it into use; evidence is put aside first."""
        try:
            reading = self._anchor.read()
            with self._database.reader.connect() as connection:
                found = compare(connection, self.heads, reading.record)
            if found is not None:
                self._anchor.keep(f"incident-{self.clock.now():%Y%m%dT%H%M%S}")
            self.heads = floor_of(self.heads, reading.record)
            self._anchor.open(self.heads.record())
        except OSError as error:
            text = message("The file that vouches for the database cannot be read or written.")
            raise EnvironmentFault(text, retriable=False) from error
        self.incidents = tuple(each for each in (found, TORN if reading.torn else None) if each is not None)
        for each in self.incidents:
            get_logger(__name__).error("incident", kind=each.kind)
        if self.incidents:
            self._note_incidents()
        return self.incidents

    def _note_incidents(self) -> None:
        try:
            with SqlUnitOfWork(self, None) as work:
                for each in self.incidents:
                    work.audit(f"incident.{each.kind}", "desk", work.desk_id, None, dict(each.text.values))
                work.commit()
        except EnvironmentFault as fault:
            # A full disk does not keep the desk from opening; the incidents are shown all the same.
            get_logger(__name__).error("incident not noted", error=fault)

    def _assert_lane(self) -> None:
        if self._thread_name is not None and threading.current_thread().name != self._thread_name:
            raise RuntimeError("the database is written on its own lane only")

    def _roll_back(self) -> None:
        """Leave no transaction open: a commit that failed stays one for SQLAlchemy, and may for SQLite too."""
        self.writer.rollback()
        raw = driver_of(self.writer)
        if raw.in_transaction:
            raw.rollback()

    def _committed(self, heads: Heads) -> bool:
        with self._database.reader.connect() as connection:
            found = read_heads(connection, heads.incarnation)
        known = (heads.audit_seq, heads.audit_hash, heads.outbox_seq, heads.outbox_hash)
        moved = heads != self.heads
        return moved and (found.audit_seq, found.audit_hash, found.outbox_seq, found.outbox_hash) == known

    def _write_anchor(self, heads: Heads) -> None:
        """The commit is durable already: a refusal stops the next write, it does not undo this one."""
        try:
            self._anchor.write(heads.record())
            self._anchor_behind = False
        except OSError as error:
            self._anchor_behind = True
            get_logger(__name__).error("anchor not written", error=error)

    def _reload(self) -> tuple[Identity, Heads]:
        with self._database.reader.connect() as connection:
            identity = read_identity(connection)
            return identity, read_heads(connection, identity.incarnation)

    def _reload_identity(self) -> None:
        self.identity, found = self._reload()
        if found.incarnation != self.heads.incarnation:
            self.heads = floor_of(found, self.heads.record())


def open_store(
    folder: DataFolder,
    database_key: bytes,
    clock: Clock,
    work: Callable[[Store[W, R], Actor | None], W],
    look: Callable[[sa.Connection], R],
    *,
    thread_name: str | None = DB_THREAD,
) -> Store[W, R]:
    """The store of a data folder: migrated, checked against its anchor, ready. Look at ``incidents`` afterwards.

    Errors: EnvironmentFault for a damaged, newer or unreadable file."""
    migrate(folder.database, database_key, folder.backups, clock)
    database = Database(folder.database, database_key)
    anchor = Anchor(folder.anchor, database_key)
    with contextlib.ExitStack() as undo:
        undo.callback(database.close)
        store = Store(database, anchor, clock, work, look, thread_name=thread_name)
        undo.callback(store.close)
        store.take_anchor()
        undo.pop_all()
    return store
