"""A desk in one thread: its real database and services, its own clock, and a line that the world disturbs."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from courier_desk.base.paths import DataFolder
from courier_desk.base.settings import SettingsStore
from courier_desk.bootstrap import SettingsHolder, StationDesk
from courier_desk.domain.login import LoginState
from courier_desk.domain.user import Role
from courier_desk.protocol.messages import EnrolRequest
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.assembly import Services
from courier_desk.services.exchange_join import Joining
from courier_desk.sync.engine import PROGRAM, Exchange, fetched
from courier_desk.sync.ports import LineFault, Refusal
from tests.simulation.clocks import DeskClock
from tests.simulation.lane import InlineLane
from tests.simulation.line import Line, Weather
from tests.simulation.works import Works

PASSWORD = "Harbour-7-Lantern"
ADDRESS = "https://headquarters.test"
CHEAP = Argon2Hasher(memory_kib=64, rounds=1)
_NUMBERS = sa.text("SELECT number FROM orders")


class SimStation(StationDesk):
    """A desk that works on the PC ``pc``."""

    pc = "pc-1"

    def _machine(self) -> str:
        return hashlib.sha256(f"{self.pc} {self.store.heads.database_id}".encode()).hexdigest()


def open_desk(folder: Path, clock: DeskClock, pc: str = SimStation.pc) -> StationDesk:
    """The desk of a folder."""
    data = DataFolder(folder)
    desk = SimStation(data, clock, SettingsHolder(SettingsStore(data.settings_file)), InlineLane())
    desk.pc = pc
    return desk


def join_desk(desk: StationDesk, weather: Weather, code: Callable[[], str]) -> None:
    """The first start of a desk in a new folder. Somebody asks for codes and types them in until it has joined."""
    joining = Joining(desk.store, CHEAP, desk.joining.machine)
    while True:
        request = EnrolRequest(code=code(), machine=joining.machine(), program=PROGRAM)
        try:
            reply = Line(weather, "").enrol(request)
            line = Line(weather, f"{reply.desk_id}.{reply.secret}")
            documents = [fetched(line, card) for card in line.references().references]
        except (LineFault, Refusal):
            continue
        joining.join(ADDRESS, reply, documents)
        let_everybody_in(desk)
        return


def let_everybody_in(desk: StationDesk) -> None:
    """Everybody's password becomes PASSWORD, cheap to check."""
    password_hash = CHEAP.hash(PASSWORD)
    with desk.store.write(None) as work:
        for person in desk.services.reference.people():
            state = LoginState(person.id, password_hash, must_change=False, question="?", answer_hash="!")
            work.people.save_login_state(state)
        work.commit()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a folder and what had been given out by then."""

    folder: Path
    numbers: frozenset[str]


class SimDesk:
    """One PC of the network; ``weather`` is what its line meets."""

    def __init__(
        self, desk_id: str, folder: Path, weather: Weather, clock: DeskClock, dice: Random, pc: str = SimStation.pc
    ) -> None:
        self.desk_id = desk_id
        self.pc = pc
        self.clock = clock
        self.backup: Backup | None = None
        self._folder, self._weather, self._dice = folder, weather, dice
        self._open()

    @property
    def services(self) -> Services:
        return self.desk.services

    def close(self) -> None:
        self.desk.close()

    def reopen(self) -> None:
        """The program was killed and starts again."""
        self.close()
        self._open()

    def enrol_again(self, code: str) -> None:
        """Somebody types a one-time code in."""
        link = self.services.exchange.link()
        assert link is not None
        request = EnrolRequest(code=code, machine=self.services.exchange.machine(), desk=link.desk_id, program=PROGRAM)
        self.services.exchange.enter(Line(self._weather, "").enrol(request))

    def back_up(self) -> None:
        """A copy of the folder is put aside."""
        self.close()
        aside = self._folder.with_name(f"{self._folder.name}-backup")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self._folder, aside)
        self._open()
        self.backup = Backup(aside, self.numbers())

    def restore(self) -> set[str]:
        """The database is set back to the copy; the anchor outside it stays. Returns the numbers that are gone here."""
        assert self.backup is not None
        before = self.numbers()
        self.close()
        for path in self._folder.glob("station.db*"):
            path.unlink()
        for path in self.backup.folder.glob("station.db*"):
            shutil.copy2(path, self._folder / path.name)
        self._open()
        return set(before - self.backup.numbers)

    def replace(self, code: Callable[[], str]) -> set[str]:
        """The PC is lost; a new one joins with a code. Returns the numbers that may be gone for ever."""
        before = self.numbers()
        self.close()
        self.backup = None
        self._folder = self._folder.with_name(f"{self._folder.name}-again")
        desk = open_desk(self._folder, self.clock, self.pc)
        join_desk(desk, self._weather, code)
        desk.close()
        self._open()
        return set(before)

    def copy_to(self, pc: str) -> "SimDesk":
        """The whole folder is copied to another PC, and both go on."""
        self.close()
        folder = Path(shutil.copytree(self._folder, self._folder.with_name(f"{self._folder.name}-{pc}")))
        self._open()
        return SimDesk(self.desk_id, folder, self._weather, DeskClock(self.clock.world), self._dice, pc)

    def numbers(self) -> frozenset[str]:
        """Waybill numbers of the orders that are here."""
        return frozenset(self.rows(_NUMBERS))

    def rows(self, query: sa.TextClause) -> list[Any]:
        """The first column."""
        with self.desk.store.read() as look:
            return list(look.connection.execute(query).scalars())

    def _open(self) -> None:
        self.desk = open_desk(self._folder, self.clock, self.pc)
        services = self.desk.services
        agent = next(one for one in services.reference.people() if one.role is Role.AGENT)
        actor = services.auth.log_in(agent.number, PASSWORD).actor
        assert actor is not None
        self.works = Works(services, actor, self.clock, self._dice)
        self.exchange = Exchange(
            lambda link: Line(self._weather, link.token), services.exchange, self.clock, services.history
        )
