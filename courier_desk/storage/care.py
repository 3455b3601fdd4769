"""What the page of headquarters asks the database; and the check of both chains, for a child process."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from courier_desk.base.clock import from_text
from courier_desk.services.care import BackupState, HeadquartersLists, OperationRow, OutboxView
from courier_desk.services.exchange_state import RefusedRow
from courier_desk.storage import backup
from courier_desk.storage.care_headquarters import headquarters_lists
from courier_desk.storage.chains import Chain, verify_chain
from courier_desk.storage.desk_store import DeskStore
from courier_desk.storage.engine import Database
from courier_desk.storage.news import refused_after

_KINDS = text(
    "SELECT kind, COUNT(*) AS n FROM outbox WHERE acknowledged_at IS NULL GROUP BY kind ORDER BY n DESC, kind"
)
_OLDEST = text("SELECT at FROM outbox WHERE acknowledged_at IS NULL ORDER BY incarnation, seq LIMIT 1")
_LATEST = text(
    "SELECT incarnation, seq, at, kind, body, acknowledged_at FROM outbox"
    " ORDER BY incarnation DESC, seq DESC LIMIT :most"
)
_WAITING = text(
    "SELECT incarnation, seq, at, kind, body, acknowledged_at FROM outbox WHERE acknowledged_at IS NULL"
    " AND (incarnation, seq) > (:incarnation, :seq) ORDER BY incarnation, seq LIMIT :most"
)
_NUMBERS = text("SELECT COALESCE(SUM(last - next + 1), 0) FROM number_block WHERE next <= last")
# What an operation is about, by whichever of these its body has; nothing else of the body is shown.
_NAMES = ("number", "tag", "subject")
# An id of ours says nothing to a person.
_ID_LENGTH = 36


class DeskCareQueries:
    """The plain queries of ``services.care.CareQueries`` over a store."""

    def __init__(self, store: DeskStore, backups: Path) -> None:
        self._store = store
        self._backups = backups

    def outbox(self, latest: int) -> OutboxView:
        """What waits for headquarters, and the newest ``latest`` operations."""
        with self._store.read() as look:
            return outbox(look.connection, latest)

    def waiting(self, after: tuple[int, int], most: int) -> Sequence[OperationRow]:
        """What waits behind an incarnation and seq, oldest first."""
        place = {"incarnation": after[0], "seq": after[1], "most": most}
        with self._store.read() as look:
            return [_operation(row) for row in look.connection.execute(_WAITING, place).mappings()]

    def refused(self, after: str, most: int) -> Sequence[RefusedRow]:
        """What was refused behind an operation id, which begins with its time."""
        with self._store.read() as look:
            return refused_after(look.connection, after, most)

    def backups(self) -> BackupState:
        """The backups in their folder."""
        found = [path.stat() for path in backup.backups(self._backups)]
        newest = max((each.st_mtime for each in found), default=None)
        made = datetime.fromtimestamp(newest, UTC) if newest is not None else None
        return BackupState(len(found), sum(each.st_size for each in found), made)

    def headquarters(self, today: date, most: int) -> HeadquartersLists:
        """What was kept aside, how the days compare, which reference data are here."""
        with self._store.read() as look:
            return headquarters_lists(look.connection, today, most)


def outbox(connection: Connection, latest: int) -> OutboxView:
    """The same on a connection."""
    oldest = connection.execute(_OLDEST).scalar()
    return OutboxView(
        by_kind={row["kind"]: row["n"] for row in connection.execute(_KINDS).mappings()},
        oldest_at=from_text(oldest) if oldest else None,
        latest=tuple(_operation(row) for row in connection.execute(_LATEST, {"most": latest}).mappings()),
        numbers_left=int(connection.execute(_NUMBERS).scalar_one()),
    )


def _operation(row: Any) -> OperationRow:
    body = json.loads(row["body"])["body"]
    named = (str(body[name]) for name in _NAMES if body.get(name))
    number = next((name for name in named if len(name) != _ID_LENGTH), "")
    sent = row["acknowledged_at"] is not None
    return OperationRow(row["incarnation"], row["seq"], from_text(row["at"]), row["kind"], number, sent)


def verify_file(database: Path, key: bytes) -> tuple[str, ...]:
    """The chains of ``database`` that do not verify, by name. Errors: EnvironmentFault.

    A plain function of plain data, for the work lane: a chain of years takes seconds."""
    opened = Database(database, key)
    try:
        with opened.reader.connect() as connection:
            return tuple(chain.value for chain in Chain if verify_chain(connection, chain) is not None)
    finally:
        opened.close()
