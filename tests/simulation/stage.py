"""What every simulation begins with: a network with three joined desks, made once and copied for each seed."""

import itertools
import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
import sqlalchemy as sa

from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.core.failpoints import pass_by
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.database import open_engine
from courier_desk.hq.network import EVERYWHERE, load_demo, make_code, next_version, publish_reference
from courier_desk.hq.tables.reference import REFERENCE_VERSION
from courier_desk.services.exchange import Link
from courier_desk.sync.engine import Did, Exchange
from tests.hq_database import PostgresServer, postgres
from tests.simulation.clocks import DeskClock, WorldClock
from tests.simulation.desk import join_desk, open_desk
from tests.simulation.ids import seeded_ids
from tests.simulation.line import Fate, Line
from tests.simulation.shared import compiled_once

_numbers = itertools.count(1)
_ROUNDS = 50


@dataclass
class Database:
    """One database of the server, with its engine."""

    name: str
    engine: sa.Engine


class FineDay:
    """Nothing happens to any line."""

    def __init__(self, headquarters: Headquarters) -> None:
        self.headquarters = headquarters

    def fate(self) -> Fate:
        return Fate.FINE

    def crash_step(self) -> int:
        return 0

    def keep_for_later(self, work: object) -> None:
        """Nothing is late."""


class Stage:
    """Makes databases and folders for worlds. ``folder`` keeps the patterns."""

    def __init__(self, folder: Path) -> None:
        self.desks: tuple[str, ...] = ()
        self._folder = folder
        self._server: PostgresServer = postgres()
        self._pattern = self._fresh(self._server.template)
        self._set_up()
        self._pattern.engine.dispose()

    def new_database(self) -> Database:
        """A copy of the network as it stands at the beginning."""
        return self._fresh(self._pattern.name)

    def copy_of_reserve(self, folder: Path) -> Path:
        """The number reserve of a world of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy2(self.reserve, folder / "reserve.json"))

    def copy_of_desk(self, desk_id: str, folder: Path) -> Path:
        """The folder of a joined desk."""
        return Path(shutil.copytree(self._folder / desk_id, folder / desk_id))

    def drop(self, database: Database) -> None:
        """It is not needed any more."""
        database.engine.dispose()
        self._do(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")

    def snapshot(self, database: Database) -> Database:
        """A copy of a database as it is now."""
        database.engine.dispose()
        return self._fresh(database.name)

    def code_for(self, engine: sa.Engine, desk_id: str, now: datetime) -> str:
        """A one-time code, as it is typed."""
        return make_code(engine, desk_id.split("-", maxsplit=1)[0], desk_id, "simulation", now).replace("-", "")

    def publish(self, engine: sa.Engine, note: str, now: datetime) -> int:
        """The next version of the forbidden list, the same but for its note. Returns the version."""
        kind = ReferenceKind.FORBIDDEN
        mine = sa.select(REFERENCE_VERSION.c.document).where(REFERENCE_VERSION.c.kind == kind.value)
        with engine.connect() as connection:
            newest = connection.execute(mine.order_by(REFERENCE_VERSION.c.version.desc()).limit(1)).scalar_one()
        version = next_version(engine, kind, EVERYWHERE)
        publish_reference(engine, EVERYWHERE, json.loads(newest) | {"version": version, "note": note}, "test", now)
        return version

    @property
    def reserve(self) -> Path:
        return self._folder / "reserve.json"

    def _set_up(self) -> None:
        clock = WorldClock()
        with seeded_ids("stage", clock):
            self._network(clock)

    def _network(self, clock: WorldClock) -> None:
        engine = self._pattern.engine
        headquarters = Headquarters(engine, clock, NumberReserve(self.reserve))
        headquarters.at = pass_by
        codes = load_demo(engine, clock.now()).codes
        self.desks = tuple(codes)
        headquarters.keep_house()
        day = FineDay(headquarters)
        for desk_id, code in codes.items():
            self._join(day, desk_id, code.replace("-", ""), DeskClock(clock))

    def _join(self, day: FineDay, desk_id: str, code: str, clock: DeskClock) -> None:
        desk = open_desk(self._folder / desk_id, clock)
        join_desk(desk, day, lambda: code)

        def line(link: Link) -> Line:
            return Line(day, link.token)

        exchange = Exchange(line, desk.services.exchange, clock, desk.services.history)
        for _round in range(_ROUNDS):
            day.headquarters.sequence()
            done = [step().did for step in (exchange.refresh, exchange.push_once, exchange.pull_once)]
            if all(did is Did.NOTHING for did in done):
                break
        desk.close()

    def _fresh(self, pattern: str) -> Database:
        name = f"courier_sim_{os.getpid()}_{next(_numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {pattern}")
        return Database(name, compiled_once(open_engine(self._server.dsn_of(name), connections=1)))

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server.dsn, autocommit=True) as connection:
            connection.execute(statement.encode())
