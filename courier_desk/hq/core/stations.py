"""Stations and their desks, as they enter the network."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.local_text import LocalText
from courier_desk.hq.tables.network import DESK, STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStation:
    """A station as it begins. ``routing_code``: the code that parcels to it carry."""

    station_id: str
    code: str
    name: LocalText
    company: LocalText
    number_prefix: str
    zone: str
    currency: str
    hotline: str = ""
    division_code: str = ""
    routing_code: str = ""


def add_station(engine: sa.Engine, station: NewStation) -> None:
    """A new station; one that is there already stays as it is."""
    values = {name: getattr(station, name) for name in NewStation.__slots__}
    values |= {name: {"zh": values[name].zh, "en": values[name].en} for name in ("name", "company")}
    with engine.begin() as connection:
        connection.execute(insert(STATION).values(values).on_conflict_do_nothing())


def add_desk(engine: sa.Engine, station_id: str, desk_id: str, name: str) -> None:
    """A new desk of a station; one that is there already stays as it is. Errors: UserError when there is no such
    station, or another one has a desk of this name."""
    with engine.begin() as connection:
        if connection.execute(sa.select(STATION.c.code).where(STATION.c.station_id == station_id)).first() is None:
            raise UserError(message("There is no station “{station}”.", station=station_id), field="station_id")
        values = {"station_id": station_id, "desk_id": desk_id, "name": name}
        connection.execute(insert(DESK).values(values).on_conflict_do_nothing())
        owner = connection.execute(sa.select(DESK.c.station_id).where(DESK.c.desk_id == desk_id)).scalar_one()
        if owner != station_id:
            raise UserError(message("This is taken already."), field="desk_id")
