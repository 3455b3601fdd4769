"""The repository of an incarnation that is being entered: what is left to acknowledge and to issue again."""

from sqlalchemy import bindparam, delete, insert, select, text, update

from courier_desk.services.exchange_ports import Entering, EnteringPart
from courier_desk.storage.schema_sync import entering, entering_part
from courier_desk.storage.working import Working

_E, _P = entering.c, entering_part.c
_STATE = tuple(Entering.__slots__)
_PART = tuple(EnteringPart.__slots__)
_GET = select(*(_E[name] for name in _STATE))
# Whatever is done leaves: what is here is the next in its order.
_NEXT = select(*(_P[name] for name in _PART)).order_by(_P.incarnation).limit(1)
_MINE = _P.incarnation == bindparam("own")
# Operations that came back with the past, by their place, so that each piece looks at no more than it moves.
_SEEN = text(
    "SELECT max(rowid) FROM (SELECT rowid FROM recalled_operation WHERE rowid > :after ORDER BY rowid LIMIT :most)"
)
_SEE = text("UPDATE recalled_operation SET epoch = :epoch WHERE rowid > :after AND rowid <= :upto AND epoch < :epoch")


class EnteringRepository:
    """One row while an incarnation is being entered, and one for each earlier incarnation that has something left."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def get(self) -> Entering | None:
        """What is being entered, None for nothing."""
        row = self._work.connection.execute(_GET).mappings().first()
        return Entering(**{**row, "whole": bool(row["whole"])}) if row else None

    def begin(self, state: Entering, parts: tuple[EnteringPart, ...]) -> None:
        """A new incarnation is entered; none may be under way."""
        values = {name: getattr(state, name) for name in _STATE}
        self._work.connection.execute(insert(entering), {**values, "whole": int(state.whole), "id": 1})
        if parts:
            rows = [{name: getattr(part, name) for name in _PART} for part in parts]
            self._work.connection.execute(insert(entering_part), rows)

    def save(self, state: Entering) -> None:
        """Keep how far it has come."""
        values = {name: getattr(state, name) for name in ("done", "seen", "tail")}
        self._work.connection.execute(update(entering).where(_E.id == bindparam("one")).values(values), {"one": 1})

    def next_part(self) -> EnteringPart | None:
        """The oldest incarnation that has something left."""
        row = self._work.connection.execute(_NEXT).mappings().first()
        return EnteringPart(**row) if row else None

    def save_part(self, part: EnteringPart) -> None:
        """Keep how far it has come."""
        values = {name: getattr(part, name) for name in ("acknowledged", "after", "lost_after")}
        self._work.connection.execute(update(entering_part).where(_MINE).values(values), {"own": part.incarnation})

    def end_part(self, incarnation: int) -> None:
        """Nothing is left of this one."""
        self._work.connection.execute(delete(entering_part).where(_MINE), {"own": incarnation})

    def end(self) -> None:
        """It is entered."""
        self._work.connection.execute(delete(entering))

    def see_recalled(self, after: int, epoch: int, most: int) -> int | None:
        """Headquarters has, in ``epoch``, the next ``most`` that came back with the past; the place behind them, None
        when there are no more."""
        upto = self._work.connection.execute(_SEEN, {"after": after, "most": most}).scalar()
        if upto is not None:
            self._work.connection.execute(_SEE, {"after": after, "upto": upto, "epoch": epoch})
        return upto
