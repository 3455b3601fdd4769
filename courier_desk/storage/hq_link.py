"""The repository of the link to headquarters and of the incarnations that are no more."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.services.exchange_ports import DeadIncarnation, LinkRecord
from courier_desk.services.exchange_state import NO_NUMBERS, Link, LinkState, LinkTrouble
from courier_desk.storage.schema_sync import dead_incarnation, entering, hq_link
from courier_desk.storage.working import Working

_GET = select(hq_link, exists(select(entering.c.id)).label("entering"))
_REFUSES = select(hq_link.c.id).where(
    hq_link.c.state == LinkState.NEEDS_CODE.value, hq_link.c.reason.in_([each.value for each in NO_NUMBERS])
)
_BURY = upsert(dead_incarnation)
_BURIED = _BURY.on_conflict_do_update(
    index_elements=["incarnation"],
    set_={"cursor": _BURY.excluded.cursor, "chain": _BURY.excluded.chain, "ended_at": _BURY.excluded.ended_at},
)
_LINK = ("address", "station_id", "desk_id", "incarnation", "secret", "epoch", "feed_after", "cursor", "joined_at")
_CHANGE = update(hq_link).where(hq_link.c.id == bindparam("the_one"))


class LinkRepository:
    """At most one row: this desk's link."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def get(self) -> LinkRecord | None:
        """The link, None for a station on its own."""
        row = self._work.connection.execute(_GET).mappings().first()
        if row is None:
            return None
        link = Link(
            **{name: row[name] for name in _LINK},
            state=LinkState(row["state"]),
            reason=LinkTrouble(row["reason"]),
            entering=bool(row["entering"]),
        )
        return LinkRecord(
            link,
            row["machine"],
            row["prove_from"],
            (row["counted_incarnation"], row["counted_seq"]),
            row["alarm"],
            row["alarm_at"],
            row["log_from"],
        )

    def add(self, record: LinkRecord) -> None:
        """The desk has joined."""
        link = record.link
        values = {name: getattr(link, name) for name in _LINK} | {
            "id": 1,
            "state": link.state.value,
            "reason": link.reason.value,
            "machine": record.machine,
            "prove_from": record.prove_from,
            "counted_incarnation": record.counted[0],
            "counted_seq": record.counted[1],
            "alarm": record.alarm,
            "alarm_at": record.alarm_at,
            "log_from": record.log_from,
        }
        self._work.connection.execute(insert(hq_link), values)

    def change(self, **values: Any) -> None:
        """Set columns of the link."""
        plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}
        self._work.connection.execute(_CHANGE.values(plain), {"the_one": 1})

    def dead(self) -> Mapping[int, DeadIncarnation]:
        """Earlier incarnations by their number."""
        rows = self._work.connection.execute(select(dead_incarnation)).mappings()
        return {row["incarnation"]: DeadIncarnation(row["incarnation"], row["cursor"], row["chain"]) for row in rows}

    def bury(self, dead: DeadIncarnation, at: datetime) -> None:
        """This incarnation is no more, or ended elsewhere than was thought."""
        values = {"incarnation": dead.incarnation, "cursor": dead.cursor, "chain": dead.chain, "ended_at": at}
        self._work.connection.execute(_BURIED, values)

    def refuses_numbers(self) -> bool:
        """True while this may be a copy of a desk, or one that was replaced: its numbers are another's too."""
        return self._work.connection.execute(_REFUSES).first() is not None
