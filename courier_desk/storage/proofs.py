"""The repository of the daily proof."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.protocol.chain import START, link
from courier_desk.services.exchange_ports import Counted
from courier_desk.services.exchange_state import ProofDay
from courier_desk.storage.schema_sync import proof, proof_tally
from courier_desk.storage.working import Working

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_TALLY = upsert(proof_tally)
_SAVE_TALLY = _TALLY.on_conflict_do_update(
    index_elements=["business_date", "kind"], set_={"count": _TALLY.excluded.count, "digest": _TALLY.excluded.digest}
)
_OF_DAY = select(proof_tally.c.kind, proof_tally.c.count, proof_tally.c.digest).where(
    proof_tally.c.business_date == bindparam("day")
)
_UNPROVED = (
    select(proof_tally.c.business_date)
    .distinct()
    .where(
        proof_tally.c.business_date.between(bindparam("first"), bindparam("until")),
        proof_tally.c.business_date.not_in(
            select(proof.c.business_date).where(
                or_(proof.c.state == "agrees", proof.c.answered_at > bindparam("asked_since"))
            )
        ),
    )
    .order_by(proof_tally.c.business_date)
    .limit(bindparam("most"))
)
_ANSWER = upsert(proof)
_SAVE_ANSWER = _ANSWER.on_conflict_do_update(
    index_elements=["business_date"],
    set_={name: _ANSWER.excluded[name] for name in ("state", "agreed_at", "answered_at", "ours", "theirs")},
)
_DAYS = (
    select(proof.c.business_date, proof.c.state, proof.c.answered_at)
    .order_by(proof.c.business_date.desc())
    .limit(bindparam("most"))
)


class ProofRepository:
    """Tallies by business date and kind, and what headquarters answered."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def tally(self, counted: Sequence[Counted]) -> None:
        """Count these, in their order. A day that had been compared is compared again."""
        found: dict[tuple[date, str], tuple[int, bytes]] = {}
        for each in counted:
            key = (each.business_date, each.kind)
            if key not in found:
                found[key] = self.tallies(each.business_date).get(each.kind, (0, START))
            count, folded = found[key]
            found[key] = (count + 1, link(folded, each.digest))
        rows = [
            {"business_date": day, "kind": kind, "count": count, "digest": folded}
            for (day, kind), (count, folded) in found.items()
        ]
        if rows:
            self._work.connection.execute(_SAVE_TALLY, rows)
            self._work.connection.execute(delete(proof).where(proof.c.business_date.in_({day for day, _kind in found})))

    def tallies(self, day: date) -> Mapping[str, tuple[int, bytes]]:
        """Count and folded digest of each kind."""
        return {row[0]: (row[1], row[2]) for row in self._work.connection.execute(_OF_DAY, {"day": day})}

    def unproved(self, first: date, until: date, asked_since: datetime | None, most: int) -> Sequence[date]:
        """Days with operations that do not agree; those that differ only if they were not asked about since
        ``asked_since`` (None: never)."""
        values = {"first": first, "until": until, "asked_since": asked_since or _BEFORE_ALL, "most": most}
        return self._work.connection.execute(_UNPROVED, values).scalars().all()

    def reset(self) -> None:
        """Count anew."""
        self._work.connection.execute(delete(proof_tally))

    def answer(self, day: date, agrees: bool, ours: str, theirs: str, at: datetime) -> None:
        """What headquarters holds of the day, beside what is here."""
        values = {
            "business_date": day,
            "state": "agrees" if agrees else "differs",
            "agreed_at": at if agrees else None,
            "answered_at": at,
            "ours": ours,
            "theirs": theirs,
        }
        self._work.connection.execute(_SAVE_ANSWER, values)

    def days(self, most: int) -> Sequence[ProofDay]:
        """The newest days that were compared."""
        found = self._work.connection.execute(_DAYS, {"most": most})
        return [ProofDay(row[0], row[1] == "agrees", row[2]) for row in found]
