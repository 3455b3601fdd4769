"""What a database needs at idle moments: its log moved into the file, and each day a verified backup."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from courier_desk.base.clock import Clock
from courier_desk.base.lanes import DbLane, Priority, WorkLane
from courier_desk.base.logging import get_logger
from courier_desk.base.paths import DataFolder
from courier_desk.storage import backup
from courier_desk.storage.store import Store

# A backup of years of work reads, copies and checks every page.
BACKUP_LIMIT_S = 3600.0


class Upkeep:
    """``idle`` is called when nobody has touched the desk for a while, from any thread; ``on_fault`` tells a person;
    ``clear`` clears one piece of what is over and returns how much went."""

    def __init__(
        self,
        store: Store[Any, Any],
        folder: DataFolder,
        database_key: bytes,
        lanes: tuple[DbLane, WorkLane],
        clock: Clock,
        on_fault: Callable[[Exception], None],
        clear: Callable[[], int] | None = None,
    ) -> None:
        self._store = store
        self._folder = folder
        self._key = database_key
        self._db, self._work = lanes
        self._clock = clock
        self._on_fault = on_fault
        self._clear = clear
        self._running = threading.Lock()

    def idle(self) -> None:
        """Move the log into the file; make a backup when the last one is a day old."""
        self._db.submit(self._store.checkpoint, Priority.BULK)
        if self._clear is not None:
            self._db.submit(self._clear_some, Priority.BULK)
        if backup.due(self._folder.backups, self._clock.now()):
            self.back_up()

    def back_up(self) -> bool:
        """Start a backup in a child process (at the day's close, or by hand); False while one is being made."""
        if not self._running.acquire(blocking=False):
            return False
        made = self._work.submit(
            backup.back_up,
            self._folder.database,
            self._key,
            self._folder.backups,
            backup.stamp(self._clock),
            limit_s=BACKUP_LIMIT_S,
        )
        made.add_done_callback(self._finished)
        return True

    def _clear_some(self) -> None:
        """One piece; as long as something goes, another behind everything else."""
        if self._clear is not None and self._clear():
            self._db.submit(self._clear_some, Priority.BULK)

    def _finished(self, made: "Future[backup.BackupReport]") -> None:
        self._running.release()
        if made.cancelled():
            return
        error = made.exception()
        if isinstance(error, Exception):
            get_logger(__name__).error("no backup", error=error)
            self._on_fault(error)
        else:
            self._db.submit(lambda: self._note(made.result()), Priority.BULK)

    def _note(self, report: backup.BackupReport) -> None:
        with self._store.write(None) as work:
            after = {"file": report.path.name, "rows": sum(report.rows.values()), "version": report.version}
            work.audit("backup.made", "desk", work.desk_id, None, after)
            work.commit()
