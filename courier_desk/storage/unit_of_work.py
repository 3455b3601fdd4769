"""The unit of work: the only way to write. Rows, audit, outbox and anchor go together or not at all."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.base.changes import Change
from courier_desk.base.clock import from_text, to_text
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.user import Actor
from courier_desk.protocol.chain import digest_of, link
from courier_desk.protocol.messages import LARGEST_OPERATION
from courier_desk.services.exchange_ports import OutboxRow
from courier_desk.services.ports import Told
from courier_desk.storage.chains import audit_link, exact_bytes
from courier_desk.storage.engine import BEGIN_WRITING
from courier_desk.storage.heads import HIGHEST_NUMBER, Heads, end_of_outbox
from courier_desk.storage.metadata import synchronised_tables
from courier_desk.storage.schema_core import AUDIT, AUDIT_PAYLOAD, COUNTERS, DESK, OUTBOX, STATION
from courier_desk.storage.schema_told import APPLIED

if TYPE_CHECKING:
    from courier_desk.storage.store import Store

_SALT_BYTES = 16
# An operation that is issued again names its first issue, and must still not be too large.
_TO_NAME_IT = 256
_CHANGES_TABLE = re.compile(
    r'\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE
)
_IDENTITY_TABLES = frozenset({DESK.name, STATION.name})
_INSERT_AUDIT = sa.insert(AUDIT)
_INSERT_PAYLOAD = sa.insert(AUDIT_PAYLOAD)
_INSERT_OUTBOX = sa.insert(OUTBOX)
_APPLY = upsert(APPLIED).on_conflict_do_nothing()
_SET_INCARNATION = (
    sa.update(DESK)
    .where(DESK.c.is_own.is_(sa.text("1")))
    .values(incarnation=sa.bindparam("new_incarnation"), row_version=DESK.c.row_version + 1)
)
_SET_HIGHEST = upsert(COUNTERS).on_conflict_do_update(
    index_elements=["name"], set_={"value": sa.func.max(COUNTERS.c.value, upsert(COUNTERS).excluded.value)}
)


class SynchronisedTableChanged(RuntimeError):
    """A defect: a synchronised table changed and no outbox operation tells headquarters."""


class ChangeWatch:
    """Notes which of the tables that matter here the statements of the writer touch."""

    def __init__(self, engine: sa.Engine) -> None:
        self.touched: set[str] = set()
        self._synchronised = synchronised_tables()
        self._watched = self._synchronised | _IDENTITY_TABLES
        # The compiled statements are few and the same objects again and again.
        self._tables: dict[str, frozenset[str]] = {}
        sa.event.listen(engine, "before_cursor_execute", self._on_statement)

    def _on_statement(
        self, _connection: Any, cursor: Any, statement: str, _values: Any, _context: Any, _many: bool
    ) -> None:
        if statement != BEGIN_WRITING and not cursor.connection.in_transaction:
            # A full disk made SQLite roll back by itself; what followed would be saved each on its own.
            raise EnvironmentFault(message("Nothing of this was saved; try again."))
        tables = self._tables.get(statement)
        if tables is None:
            tables = frozenset(_CHANGES_TABLE.findall(statement)) & self._watched
            if len(self._tables) < 5000:
                self._tables[statement] = tables
        if tables:
            self.touched |= tables

    @property
    def synchronised(self) -> set[str]:
        """The synchronised tables that were touched."""
        return self.touched & self._synchronised

    @property
    def identity(self) -> bool:
        """True when the station or the desk itself was touched."""
        return bool(self.touched & _IDENTITY_TABLES)


@dataclass(slots=True)
class _Pending:
    """What a transaction has done so far and nobody may see before its commit."""

    heads: Heads
    changes: list[Change] = field(default_factory=list)
    operations: int = 0
    admitted: int = 0
    number_used: bool = False


def _outbox_row(
    name: tuple[int, int, str], kind: str, entity_id: str, at: datetime, content: bytes, previous: bytes
) -> dict[str, Any]:
    """The operation ``name`` (incarnation, seq, op_id), chained to the one before."""
    digest = digest_of(content)
    return {
        "incarnation": name[0],
        "seq": name[1],
        "op_id": name[2],
        "kind": kind,
        "entity_id": entity_id,
        "at": at,
        "body": content,
        "digest": digest,
        "hash": link(previous, digest),
    }


class SqlUnitOfWork:
    """One transaction on the writer's connection, begun on entering, rolled back on leaving without ``commit``.

    ``from_hq``: it writes down what headquarters told, operation by operation (``admit``), and tells nothing back."""

    def __init__(self, store: "Store[Any, Any]", actor: Actor | None) -> None:
        self._store = store
        self.actor = actor
        self.from_hq = False
        self._told: Told | None = None
        self.now: datetime = store.clock.now()
        self.business_date: date = store.business_date(self.now)
        self.station_id = actor.station_id if actor else store.identity.station_id
        self.desk_id = actor.desk_id if actor else store.identity.desk_id
        self.house: dict[str, Any] = {
            "station_id": self.station_id,
            "desk_id": self.desk_id,
            "row_version": 1,
            "business_date": self.business_date,
        }
        self._own = (self.now, self.business_date)
        self._now_text = to_text(self.now)
        self._pending = _Pending(store.heads)
        self._done = False

    @property
    def connection(self) -> sa.Connection:
        """The connection of the transaction, for repositories."""
        return self._store.writer

    def __enter__(self) -> Self:
        self._store.begin(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.end(self)

    @property
    def operator_id(self) -> str:
        """Who works; empty for the program itself."""
        if self._told is not None:
            return self._told.operator_id
        return self.actor.operator_id if self.actor else ""

    @property
    def operator_name(self) -> str:
        """Their name; empty for the program itself."""
        if self._told is not None:
            return self._told.operator_name
        return self.actor.name if self.actor else ""

    def admit(self, told: Told) -> bool:
        """Take in what ``told`` names: rows that follow are of its time, desk and person. False when it was taken in
        before, by whatever way it came; then nothing is to be written."""
        if not self.from_hq:
            raise RuntimeError("only a unit of work from headquarters admits what was told")
        if self.connection.execute(_APPLY, {"op_id": told.op_id}).rowcount == 0:
            return False
        self._told = told
        self.now, self.business_date = told.at, told.business_date
        self.house = {
            "station_id": told.station_id,
            "desk_id": told.desk_id,
            "row_version": 1,
            "business_date": told.business_date,
        }
        self._pending.admitted += 1
        return True

    def audit(
        self,
        action: str,
        entity: str,
        entity_id: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        """One row of the audit chain; ``before`` and ``after`` can be erased later, the rest cannot."""
        heads, actor = self._pending.heads, self.actor
        payload = exact_bytes({"after": after, "before": before, "salt": os.urandom(_SALT_BYTES).hex()})
        who = (actor.session_id, actor.operator_id, str(actor.role)) if actor else ("", "", "")
        now, day = self._own
        where = (self._now_text, day.isoformat(), self.station_id, self.desk_id)
        columns = (*where, *who, action, entity, entity_id)
        digest = digest_of(payload)
        seq, row_hash = heads.audit_seq + 1, audit_link(heads.audit_hash, digest, columns)
        row = {
            "seq": seq,
            "at": now,
            "business_date": day,
            "station_id": self.station_id,
            "desk_id": self.desk_id,
            "session_id": who[0],
            "operator_id": who[1],
            "role": who[2],
            "action": action,
            "entity": entity,
            "entity_id": entity_id,
            "digest": digest,
            "hash": row_hash,
        }
        self.connection.execute(_INSERT_AUDIT, row)
        self.connection.execute(_INSERT_PAYLOAD, {"seq": seq, "payload": payload})
        self._pending.heads = replace(heads, audit_seq=seq, audit_hash=row_hash)

    def emit(self, kind: str, entity_id: str, body: Mapping[str, Any]) -> str:
        """One operation for headquarters in the words of the trade; returns its op_id.

        What is kept are the exact bytes that will be sent, with who, where and when inside."""
        if self.from_hq:
            raise RuntimeError("what headquarters told is not told back")
        heads, op_id = self._pending.heads, new_id()
        content = exact_bytes(
            {
                "at": self._now_text,
                "body": body,
                "business_date": self.business_date,
                "desk": self.desk_id,
                "entity_id": entity_id,
                "incarnation": heads.incarnation,
                "kind": kind,
                "op_id": op_id,
                "operator": self.operator_id,
                "seq": heads.outbox_seq + 1,
                "station": self.station_id,
            }
        )
        if len(content) > LARGEST_OPERATION - _TO_NAME_IT:
            raise UserError(message("This is too much for one operation; do it in parts."))
        self._append(op_id, kind, entity_id, self.now, content)
        return op_id

    @property
    def incarnation(self) -> int:
        """The one under which operations are emitted."""
        return self._pending.heads.incarnation

    def issue_again(self, rows: Sequence[OutboxRow], incarnation: int) -> None:
        """Operations of earlier incarnations once more, in the words they had, behind what ``incarnation`` has already;
        it is to begin when all are there. Each names its first issue, so that it takes effect once wherever it went."""
        seq, row_hash = end_of_outbox(self.connection, incarnation)
        fresh = []
        for row in rows:
            seq, op_id = seq + 1, new_id()
            envelope = json.loads(row.body)
            envelope.setdefault("again", [row.incarnation, row.seq, row.op_id])
            envelope |= {"incarnation": incarnation, "op_id": op_id, "seq": seq}
            fresh.append(
                _outbox_row((incarnation, seq, op_id), row.kind, row.entity_id, from_text(envelope["at"]),
                            exact_bytes(envelope), row_hash)
            )  # fmt: skip
            row_hash = fresh[-1]["hash"]
        if fresh:
            self.connection.execute(_INSERT_OUTBOX, fresh)

    def begin_incarnation(self, incarnation: int) -> None:
        """What is emitted from here on is of a new incarnation of this desk, behind what was issued again under it."""
        self.connection.execute(_SET_INCARNATION, {"new_incarnation": incarnation})
        seq, row_hash = end_of_outbox(self.connection, incarnation)
        self._pending.heads = replace(
            self._pending.heads, incarnation=incarnation, outbox_seq=seq, outbox_hash=row_hash
        )

    def _append(self, op_id: str, kind: str, entity_id: str, at: datetime, content: bytes) -> None:
        heads = self._pending.heads
        name = (heads.incarnation, heads.outbox_seq + 1, op_id)
        row = _outbox_row(name, kind, entity_id, at, content, heads.outbox_hash)
        self.connection.execute(_INSERT_OUTBOX, row)
        self._pending.heads = replace(heads, outbox_seq=row["seq"], outbox_hash=row["hash"])
        self._pending.operations += 1

    def change(self, kind: str, entity_id: str) -> None:
        """Say to the pages what changed; they hear it after the commit."""
        self._pending.changes.append(Change(kind, entity_id))

    def number_used(self, serial: int) -> None:
        """A waybill serial was given out in this transaction: the anchor remembers the highest."""
        heads = self._pending.heads
        self._pending.heads = replace(heads, highest_number=max(heads.highest_number, serial))
        self._pending.number_used = True

    def commit(self) -> tuple[Change, ...]:
        """Make it durable, anchor included, then return what changed.

        Errors: EnvironmentFault when the disk refuses (nothing was saved); SynchronisedTableChanged."""
        if self._done:
            raise RuntimeError("this unit of work has already been committed")
        touched = self._store.watch.synchronised
        if touched and not (self._pending.admitted if self.from_hq else self._pending.operations):
            raise SynchronisedTableChanged(f"{', '.join(sorted(touched))} changed without an outbox operation")
        if self._pending.number_used:
            row = {"name": HIGHEST_NUMBER, "value": self._pending.heads.highest_number}
            self.connection.execute(_SET_HIGHEST, row)
        self._store.commit(self._pending.heads)
        self._done = True
        return tuple(self._pending.changes)
