"""From which day on the log and the lives of parcels are on line; what lies before was put away (``retention``)."""

from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa

from courier_desk.hq.core.transaction import Cursor
from courier_desk.hq.tables.past import PUT_AWAY


class Part(StrEnum):
    """What is kept by days, by the name of its table."""

    LOG = "op_log"
    LIVES = "parcel_event"


_LAST = "SELECT max(day) FROM put_away WHERE part = %s"
_A_DAY = timedelta(days=1)


def begins(connection: sa.Connection, part: Part = Part.LOG) -> date | None:
    """The first day whose rows are all here, None where nothing was ever put away."""
    found = sa.select(sa.func.max(PUT_AWAY.c.day)).where(PUT_AWAY.c.part == part.value)
    return _behind(connection.execute(found).scalar())


def begins_at(cursor: Cursor, part: Part = Part.LOG) -> date | None:
    """The same within the transaction of a push."""
    row = cursor.execute(_LAST, (part.value,)).fetchone()
    return _behind(row[0] if row else None)


def whole_from(first: date) -> date:
    """The first business date that is whole in a log that begins with the day ``first``: days of the log are those of
    the ids, in UTC, and a business date may begin on the one before."""
    return first + _A_DAY


def _behind(last: date | None) -> date | None:
    return None if last is None else last + _A_DAY
