"""What headquarters' people do to stations and desks: each act asks for its right, is done whole, and is audited."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.local_text import LocalText
from courier_desk.hq import network
from courier_desk.hq.admin.audit import Deed, Who, record
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.admin.transaction import joined
from courier_desk.hq.core.access import of_desk
from courier_desk.hq.tables.network import DESK, ENROLMENT_CODE, STATION

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def station_values(engine: sa.Engine, station_id: str) -> dict[str, str]:
    """The fields of a station as its form shows them. Errors: UserError when there is none."""
    with engine.connect() as connection:
        row = _station(connection, station_id)
    flat = {name: str(row[name] or "") for name in row if name not in {"name", "company", "active"}}
    for name in ("name", "company"):
        flat |= {f"{name}_zh": row[name].get("zh", ""), f"{name}_en": row[name].get("en", "")}
    return flat | {"active": "on" if row["active"] else ""}


def add_station(connection: sa.Connection, who: Who, now: datetime, values: Mapping[str, Any]) -> None:
    """A new station. Errors: UserError with the field."""
    who.require(Act.STATION_CHANGE)
    _check_id(values["station_id"], "station_id")
    _check_station(values)
    taken = sa.select(STATION.c.station_id).where(STATION.c.station_id == values["station_id"])
    if connection.execute(taken).first() is not None:
        raise UserError(message("This is taken already."), field="station_id")
    named = {name: LocalText(**values[name]) for name in ("name", "company")}
    network.add_station(joined(connection), network.NewStation(**{**values, **named}))
    record(connection, who.name, now, Deed("station.added", "station", values["station_id"], None, values))


def change_station(
    connection: sa.Connection, who: Who, now: datetime, station_id: str, values: Mapping[str, Any]
) -> None:
    """Other details of a station. Errors: UserError with the field."""
    who.require(Act.STATION_CHANGE)
    before = _station(connection, station_id)
    _check_station(values)
    connection.execute(sa.update(STATION).where(STATION.c.station_id == station_id).values(**values))
    old = {name: before[name] for name in values if before[name] != values[name]}
    new = {name: values[name] for name in old}
    record(connection, who.name, now, Deed("station.changed", "station", station_id, old, new))


def add_desk(connection: sa.Connection, who: Who, now: datetime, station_id: str, desk_id: str, name: str) -> None:
    """A new desk of a station. Errors: UserError with the field."""
    who.require(Act.DESK_CHANGE)
    _station(connection, station_id)
    _check_id(desk_id, "desk_id")
    if connection.execute(sa.select(DESK.c.desk_id).where(DESK.c.desk_id == desk_id)).first() is not None:
        raise UserError(message("This is taken already."), field="desk_id")
    network.add_desk(joined(connection), station_id, desk_id, name)
    deed = Deed("desk.added", "desk", desk_id, None, {"station_id": station_id, "name": name})
    record(connection, who.name, now, deed)


def rename_desk(connection: sa.Connection, who: Who, now: datetime, desk_id: str, name: str) -> None:
    """Another name for a desk. Errors: UserError when there is no such desk."""
    who.require(Act.DESK_CHANGE)
    before = desk(connection, desk_id)
    connection.execute(sa.update(DESK).where(*of_desk(DESK, before["station_id"], desk_id)).values(name=name))
    record(connection, who.name, now, Deed("desk.renamed", "desk", desk_id, {"name": before["name"]}, {"name": name}))


def new_code(connection: sa.Connection, who: Who, now: datetime, desk_id: str) -> str:
    """A one-time code as it is read out; it is not kept and cannot be shown again. Errors: UserError."""
    who.require(Act.CODE_MAKE)
    code = network.make_code(joined(connection), desk(connection, desk_id)["station_id"], desk_id, who.name, now)
    record(connection, who.name, now, Deed("code.made", "desk", desk_id))
    return code


def retire_desk(connection: sa.Connection, who: Who, now: datetime, desk_id: str) -> None:
    """The desk is closed for ever: its secret and its codes count no more. Errors: UserError."""
    who.require(Act.DESK_RETIRE)
    before = desk(connection, desk_id)
    if before["state"] == "retired":
        raise UserError(message("The desk is retired already."))
    of_it = before["station_id"], desk_id
    connection.execute(sa.update(DESK).where(*of_desk(DESK, *of_it)).values(state="retired"))
    unused = sa.and_(*of_desk(ENROLMENT_CODE, *of_it), ENROLMENT_CODE.c.used_at.is_(None))
    connection.execute(sa.delete(ENROLMENT_CODE).where(unused))
    deed = Deed("desk.retired", "desk", desk_id, {"state": before["state"]}, {"state": "retired"})
    record(connection, who.name, now, deed)


def desk(connection: sa.Connection, desk_id: str) -> sa.RowMapping:
    """A desk, whose id is unique in the network. Errors: UserError when there is none."""
    row = connection.execute(sa.select(DESK).where(DESK.c.desk_id == desk_id)).mappings().first()
    if row is None:
        raise UserError(message("There is no desk “{desk}”.", desk=desk_id))
    return row


def _station(connection: sa.Connection, station_id: str) -> sa.RowMapping:
    row = connection.execute(sa.select(STATION).where(STATION.c.station_id == station_id)).mappings().first()
    if row is None:
        raise UserError(message("There is no station “{station}”.", station=station_id), field="station_id")
    return row


def _check_id(text: str, field: str) -> None:
    if not _ID.fullmatch(text):
        raise UserError(message("Only letters, digits and . _ - are allowed."), field=field)


def _check_station(values: Mapping[str, Any]) -> None:
    prefix, currency, division = values["number_prefix"], values["currency"], values["division_code"]
    if not (len(prefix) == 2 and prefix.isascii() and prefix.isalpha() and prefix.isupper()):
        raise UserError(message("Two capital letters are expected."), field="number_prefix")
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise UserError(message("A currency code such as CNY is expected."), field="currency")
    if division and not (division.isascii() and division.isdigit()):
        raise UserError(message("Digits of a division code are expected."), field="division_code")
    try:
        ZoneInfo(values["zone"])
    except (KeyError, ValueError, OSError) as error:
        raise UserError(message("A time zone such as Asia/Shanghai is expected."), field="zone") from error
