"""One operation of a push as headquarters has read it: the exact bytes, and what is wrong with it, if anything."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pydantic import ValidationError

from courier_desk.base.ids import new_id
from courier_desk.hq.core.bodies import EARLIEST, KINDS, LATEST, Body
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.reasons import WORDS, Reason
from courier_desk.protocol.chain import digest_of
from courier_desk.protocol.messages import Operation

UNREADABLE = "unreadable"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_TEXT = 200


@dataclass(slots=True)
class Entry:
    """``op_id`` is the operation's own, or one that headquarters made up where it cannot be trusted. ``reason`` is set
    for what is parked; ``repeated``: it was applied before under its former id."""

    seq: int
    content: bytes
    digest: bytes
    op_id: UUID
    day: date
    at: datetime
    operation: Operation | None = None
    body: Body | None = None
    reason: Reason | None = None
    text: str = ""
    repeated: bool = False
    own_id: bool = field(default=False)

    @property
    def kind(self) -> str:
        return self.operation.kind if self.operation else UNREADABLE

    @property
    def entity_id(self) -> str:
        return self.operation.entity_id if self.operation else ""

    @property
    def business_date(self) -> date | None:
        return self.operation.business_date if self.operation else None

    @property
    def applies(self) -> bool:
        """True when it has to take effect."""
        return self.reason is None and not self.repeated

    def park(self, reason: Reason, more: str = "") -> None:
        """Say why it cannot be applied. What must not take another's id gets a made-up one."""
        self.reason, self.text = reason, f"{WORDS[reason]} {more}".strip()[:_LONGEST_TEXT]
        if reason in {Reason.BAD_MESSAGE, Reason.WRONG_SENDER, Reason.REPEATED_ID}:
            self.op_id = UUID(new_id())
            self.day, self.own_id = day_of(self.op_id), False


def day_of(op_id: UUID) -> date:
    """The UTC day inside a UUIDv7; what lies beyond all days counts as the last."""
    try:
        return (_EPOCH + timedelta(milliseconds=op_id.int >> 80)).date()
    except OverflowError:
        return date.max


def read_all(desk: DeskIdentity, first_seq: int, texts: list[str], now: datetime) -> list[Entry]:
    """The operations ``first_seq`` and following, as far as can be said without looking anything up."""
    return [read(desk, seq, text, now) for seq, text in enumerate(texts, start=first_seq)]


def read(desk: DeskIdentity, seq: int, text: str, now: datetime) -> Entry:
    """One operation that ``desk`` sent as its number ``seq``."""
    content = text.encode()
    try:
        operation = Operation.model_validate_json(content)
    except ValidationError as error:
        entry = Entry(seq, content, digest_of(content), UUID(int=0), date.min, now)
        entry.park(Reason.BAD_MESSAGE, _places(error))
        return entry
    op_id = UUID(operation.op_id)
    entry = Entry(seq, content, digest_of(content), op_id, day_of(op_id), operation.at, operation, own_id=True)
    if not _believable(operation, entry.day):
        entry.operation, entry.at = None, now
        entry.park(Reason.BAD_MESSAGE)
    elif not _from(operation, desk, seq):
        entry.park(Reason.WRONG_SENDER)
    else:
        _read_body(entry, operation)
    return entry


def _believable(operation: Operation, day: date) -> bool:
    days = EARLIEST.date() <= day <= LATEST.date() and EARLIEST.date() <= operation.business_date <= LATEST.date()
    return days and EARLIEST <= operation.at <= LATEST and "\x00" not in operation.entity_id


def _from(operation: Operation, desk: DeskIdentity, seq: int) -> bool:
    said = (operation.station, operation.desk, operation.incarnation, operation.seq)
    return said == (desk.station_id, desk.desk_id, desk.incarnation, seq)


def _read_body(entry: Entry, operation: Operation) -> None:
    if operation.kind not in KINDS:
        entry.park(Reason.UNKNOWN_KIND)
        return
    kind = KINDS[operation.kind]
    if kind is None:
        return
    try:
        entry.body = kind.model_validate(operation.body)
    except ValidationError as error:
        entry.park(Reason.BAD_BODY, _places(error))


def _places(error: ValidationError) -> str:
    """Where something is wrong, without what stood there."""
    places = [".".join(str(part) for part in each["loc"]) for each in error.errors(include_url=False)[:3]]
    return ", ".join(place for place in places if place).replace("\x00", "?")[:100]
