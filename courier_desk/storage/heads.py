"""Where the chains of this database end, who it belongs to, and what its anchor has to say about that."""

from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from courier_desk.base.translation import Message, message
from courier_desk.protocol.chain import START
from courier_desk.storage.anchor import AnchorRecord
from courier_desk.storage.schema_core import AUDIT, AUDIT_PAYLOAD, COUNTERS, DESK, INSTALLATION, OUTBOX, STATION

DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")
HIGHEST_NUMBER = "highest_number"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose database this is; empty ids until the station is set up."""

    station_id: str = ""
    desk_id: str = ""
    incarnation: int = 1
    zone: ZoneInfo = DEFAULT_ZONE


@dataclass(frozen=True, slots=True)
class Heads:
    """The ends of both chains and the highest waybill serial, kept in memory by the one writer."""

    database_id: str
    incarnation: int
    outbox_seq: int
    outbox_hash: bytes
    audit_seq: int
    audit_hash: bytes
    highest_number: int

    def record(self) -> AnchorRecord:
        """What the anchor keeps of it."""
        return AnchorRecord(
            database_id=self.database_id,
            incarnation=self.incarnation,
            outbox_seq=self.outbox_seq,
            outbox_hash=self.outbox_hash.hex(),
            audit_seq=self.audit_seq,
            audit_hash=self.audit_hash.hex(),
            highest_number=self.highest_number,
        )


def read_identity(connection: sa.Connection) -> Identity:
    """The station and desk of this database."""
    query = (
        sa.select(DESK.c.station_id, DESK.c.desk_id, DESK.c.incarnation, STATION.c.zone)
        .join(STATION, STATION.c.station_id == DESK.c.station_id)
        .where(DESK.c.is_own.is_(sa.text("1")))
    )
    row = connection.execute(query).first()
    return Identity() if row is None else Identity(row[0], row[1], row[2], ZoneInfo(row[3]))


def end_of_outbox(connection: sa.Connection, incarnation: int) -> tuple[int, bytes]:
    """The last seq of an incarnation and the chain there; one without operations begins at nought."""
    found = connection.execute(
        sa.select(OUTBOX.c.seq, OUTBOX.c.hash)
        .where(OUTBOX.c.incarnation == incarnation)
        .order_by(OUTBOX.c.seq.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else (0, START)


def read_heads(connection: sa.Connection, incarnation: int) -> Heads:
    """The heads as they stand in the database."""
    database_id = connection.execute(sa.select(INSTALLATION.c.database_id)).scalar_one()
    outbox_seq, outbox_hash = end_of_outbox(connection, incarnation)
    audit = connection.execute(sa.select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    # Payloads without their entries are somebody's work; their places are not used again.
    payloads = connection.execute(sa.select(sa.func.max(AUDIT_PAYLOAD.c.seq))).scalar()
    highest = connection.execute(sa.select(COUNTERS.c.value).where(COUNTERS.c.name == HIGHEST_NUMBER)).scalar()
    return Heads(
        database_id=database_id,
        incarnation=incarnation,
        outbox_seq=outbox_seq,
        outbox_hash=outbox_hash,
        audit_seq=max(audit[0] if audit else 0, payloads or 0),
        audit_hash=audit[1] if audit else START,
        highest_number=highest or 0,
    )


class IncidentKind(StrEnum):
    """What can be wrong between a database and its anchor."""

    BEHIND = "database_behind_anchor"
    DIVERGED = "chain_differs_from_anchor"
    OTHER_DATABASE = "other_database"
    NO_ANCHOR = "no_anchor"
    TORN_ANCHOR = "torn_anchor"


@dataclass(frozen=True, slots=True)
class Incident:
    """Something found at the start that a person has to know. ``work_lost``: saved work is not in the file."""

    kind: IncidentKind
    text: Message
    work_lost: bool


def _behind(operations: int, entries: int) -> Incident:
    text = message(
        "This database is older than what was saved here: {operations} operations and {entries} audit entries are "
        "missing. Tell headquarters before going on.",
        operations=operations,
        entries=entries,
    )
    return Incident(IncidentKind.BEHIND, text, work_lost=True)


_OTHER = Incident(
    IncidentKind.OTHER_DATABASE,
    message("This is not the database that was last used in this folder. Tell headquarters before going on."),
    work_lost=True,
)
_DIVERGED = Incident(
    IncidentKind.DIVERGED,
    message("The saved history of this desk was changed from outside. Tell headquarters before going on."),
    work_lost=True,
)
_NO_ANCHOR = Incident(
    IncidentKind.NO_ANCHOR,
    message("The file that vouches for the database is missing; whether the newest work is complete cannot be said."),
    work_lost=False,
)
TORN = Incident(
    IncidentKind.TORN_ANCHOR,
    message("The file that vouches for the database was damaged; the copy before it is in use."),
    work_lost=False,
)


def compare(connection: sa.Connection, heads: Heads, record: AnchorRecord | None) -> Incident | None:
    """What the anchor knows against what the database holds; a database ahead by one commit is in order."""
    if record is None:
        return _NO_ANCHOR if heads.outbox_seq or heads.audit_seq else None
    if record.database_id != heads.database_id:
        return _OTHER if record.outbox_seq or record.audit_seq else None
    if record.incarnation == heads.incarnation:
        operations = max(0, record.outbox_seq - heads.outbox_seq)
    else:
        operations = record.outbox_seq if record.incarnation > heads.incarnation else 0
    entries = max(0, record.audit_seq - heads.audit_seq)
    if operations or entries or record.highest_number > heads.highest_number:
        return _behind(operations, entries)
    return None if _chains_agree(connection, record) else _DIVERGED


def _chains_agree(connection: sa.Connection, record: AnchorRecord) -> bool:
    outbox = sa.select(OUTBOX.c.hash).where(
        OUTBOX.c.incarnation == record.incarnation, OUTBOX.c.seq == record.outbox_seq
    )
    audit = sa.select(AUDIT.c.hash).where(AUDIT.c.seq == record.audit_seq)
    for seq, known, query in (
        (record.outbox_seq, record.outbox_hash, outbox),
        (record.audit_seq, record.audit_hash, audit),
    ):
        if seq:
            found = connection.execute(query).scalar()
            if found is None or found.hex() != known:
                return False
    return True


def floor_of(heads: Heads, record: AnchorRecord | None) -> Heads:
    """``heads`` with the highest number that either side knows: a number once given is never given again."""
    return replace(heads, highest_number=max(heads.highest_number, record.highest_number if record else 0))
