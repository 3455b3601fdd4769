"""A network of three desks and headquarters in one thread, with a seed: who does what next, what befalls each request,
when a PC dies or is set back, and when headquarters loses hours. At the end everything heals and is checked."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Flag, auto
from pathlib import Path
from random import Random
from unittest.mock import patch

from courier_desk.base.errors import EnvironmentFault
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.network import begin_epoch
from courier_desk.services import exchange_entering
from courier_desk.services.exchange_state import LinkState
from courier_desk.sync.engine import Did, Step
from tests.simulation.clocks import DeskClock, WorldClock
from tests.simulation.desk import SimDesk
from tests.simulation.ids import seeded_ids
from tests.simulation.lane import this_thread_is_the_lane
from tests.simulation.line import CrashedError, Fate
from tests.simulation.shared import shared_reading
from tests.simulation.stage import Database, Stage

_ROUNDS_TO_HEAL = 60


@dataclass
class Ledger:
    """The driver's own book. ``given``: every waybill number that a desk has called saved, and by which desk."""

    given: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    lost_with_backup: set[str] = field(default_factory=set)

    def note(self, number: str, desk_id: str) -> None:
        if number in self.given:
            self.twice.append(number)
        self.given[number] = desk_id


class Disaster(Flag):
    """What is set back to an older copy of itself."""

    NONE = 0
    DESK = auto()
    HEADQUARTERS = auto()


class World:
    """``storm`` is how often a request meets with something."""

    def __init__(
        self, seed: int, stage: Stage, folder: Path, clock: WorldClock, disasters: Disaster, *, storm: float = 0.3
    ) -> None:
        self.dice = Random(seed)
        self.clock = clock
        self.storm = storm
        self.ledger = Ledger()
        self.stage = stage
        self.database = stage.new_database()
        self.reserve = NumberReserve(stage.copy_of_reserve(folder))
        self.headquarters = Headquarters(self.database.engine, self.clock, self.reserve)
        self.desks = [self._desk(desk_id, folder) for desk_id in stage.desks]
        # Copies of desks on other PCs, by the desk that they are of.
        self.copies: dict[str, SimDesk] = {}
        self._late: list[Callable[[], object]] = []
        self._disasters = disasters
        self._snapshot: Database | None = None
        self.story: list[str] = []

    def _desk(self, desk_id: str, folder: Path) -> SimDesk:
        place = self.stage.copy_of_desk(desk_id, folder)
        return SimDesk(desk_id, place, self, DeskClock(self.clock), self.dice)

    def close(self) -> None:
        """Give everything back."""
        for desk in (*self.desks, *self.copies.values()):
            desk.close()
        self.stage.drop(self.database)
        if self._snapshot:
            self.stage.drop(self._snapshot)

    # What lines ask (line.Weather).

    def fate(self) -> Fate:
        if self.dice.random() >= self.storm:
            return Fate.FINE
        return self.dice.choice([fate for fate in Fate if fate is not Fate.FINE])

    def crash_step(self) -> int:
        return self.dice.randrange(5)

    def keep_for_later(self, work: Callable[[], object]) -> None:
        self._late.append(work)

    # What happens.

    def run(self, steps: int) -> None:
        """So many things happen, in an order of the dice."""
        for _step in range(steps):
            self.clock.pass_by(self.dice.expovariate(1 / 40))
            self._happen()

    def _happen(self) -> None:
        desk = self.dice.choice([*self.desks, *self.copies.values()])
        ordinary: list[tuple[float, str, Callable[[], object]]] = [
            (10, "work", lambda: self._work(desk)),
            (6, "push", lambda: self._step(desk, desk.exchange.push_once)),
            (5, "pull", lambda: self._step(desk, desk.exchange.pull_once)),
            (2, "refresh", lambda: self._step(desk, desk.exchange.refresh)),
            (1, "recall", lambda: self._step(desk, desk.exchange.recall_once)),
            (3, "sequence", self._sequence),
            (2, "late", self._deliver_late),
            (1, "killed", desk.reopen),
            (0.5, "clock", lambda: self._set_clock(desk)),
            (0.5, "published", self._publish),
        ]
        if Disaster.DESK in self._disasters:
            ordinary += [
                (2, "backup", desk.back_up),
                (2, "restored", lambda: self._restore(desk)),
                (0.5, "replaced", lambda: self._replace(desk)),
                (0.5, "copied", lambda: self._copy(desk)),
            ]
        if Disaster.HEADQUARTERS in self._disasters:
            ordinary += [
                (1, "snapshot", self._take_snapshot),
                (1, "headquarters set back", self._set_headquarters_back),
            ]
        weights = [weight for weight, _name, _act in ordinary]
        [(_weight, name, act)] = self.dice.choices(ordinary, weights)
        self.story.append(f"{self.clock.now():%d %H:%M:%S} {desk.desk_id} {name}")
        act()

    def _work(self, desk: SimDesk) -> None:
        known = list(self.ledger.given)[-12:]
        number = desk.works.anything(known)
        if number:
            self.ledger.note(number, desk.desk_id)

    def _step(self, desk: SimDesk, step: Callable[[], Step]) -> Step | None:
        try:
            done = step()
        except EnvironmentFault:
            return None
        if done.did is Did.NEEDS_CODE:
            self._help(desk)
        if done.did in (Did.RENEWED, Did.ENTERING) and self.storm and self.dice.random() < self.storm:
            self.story.append(f"  {desk.desk_id} killed while it enters")
            desk.reopen()
        return done

    def _help(self, desk: SimDesk) -> None:
        """Headquarters' people give out a code, and somebody types it in."""
        link = desk.services.exchange.link()
        if link is None or link.state is not LinkState.NEEDS_CODE:
            return
        try:
            desk.enrol_again(self._code(desk))
            self.story.append(f"  {desk.desk_id} enrolled again")
        except (EnvironmentFault, Refused):
            self.story.append(f"  {desk.desk_id} could not enrol")

    def _code(self, desk: SimDesk) -> str:
        return self.stage.code_for(self.headquarters.engine, desk.desk_id, self.clock.now())

    def _replace(self, desk: SimDesk) -> None:
        """Its PC is gone with all that it had not sent."""
        self.ledger.lost_with_backup |= desk.replace(lambda: self._code(desk))

    def _copy(self, desk: SimDesk) -> None:
        """Somebody copies the folder to another PC, and both are used."""
        if desk.desk_id not in self.copies:
            self.copies[desk.desk_id] = desk.copy_to("pc-2")

    def _publish(self) -> None:
        version = self.stage.publish(self.headquarters.engine, str(self.dice.random()), self.clock.now())
        self.story.append(f"  version {version}")

    def _sequence(self) -> None:
        self.headquarters.sequence()

    def _deliver_late(self) -> None:
        """A copy of an old request arrives when nobody waits for it."""
        if self._late:
            work = self._late.pop(self.dice.randrange(len(self._late)))
            try:
                work()
            except (Refused, CrashedError):
                self.story.append("  a late request was refused")

    def _set_clock(self, desk: SimDesk) -> None:
        desk.clock.ahead = timedelta(minutes=self.dice.choice((-90, -5, 0, 0, 5, 90)))

    def _restore(self, desk: SimDesk) -> None:
        if desk.backup is not None:
            self.ledger.lost_with_backup |= desk.restore()

    def _take_snapshot(self) -> None:
        if self._snapshot is None:
            self._snapshot = self.stage.snapshot(self.database)

    def _set_headquarters_back(self) -> None:
        if self._snapshot is None:
            return
        self.stage.drop(self.database)
        self.database = self._snapshot
        self.headquarters = Headquarters(self.database.engine, self.clock, self.reserve)
        begin_epoch(self.database.engine, self.reserve, "restored from a backup", self.clock.now())
        self._snapshot = None

    def set_both_back(self) -> None:
        """A desk is set back, its past comes back to it, and headquarters is set back to before it had that past."""
        self.storm, desk = 0.0, self.desks[0]
        self._take_snapshot()
        desk.back_up()
        for _order in range(3):
            self.ledger.note(desk.works.accept(), desk.desk_id)
        self._step(desk, desk.exchange.push_once)
        self._restore(desk)
        self._rest(self.desks)
        self._set_headquarters_back()

    def die_while_entering(self) -> int:
        """A desk is set back to before eight orders were sent. It dies after each piece of its new incarnation, while
        its counter works on. Returns how often."""
        self.storm, desk, deaths = 0.0, self.desks[0], 0
        for _order in range(8):
            self.ledger.note(desk.works.accept(), desk.desk_id)
        desk.back_up()
        self.ledger.note(desk.works.accept(), desk.desk_id)
        self._step(desk, desk.exchange.push_once)
        self._restore(desk)
        while (done := self._step(desk, desk.exchange.push_once)) and done.did in (Did.RENEWED, Did.ENTERING):
            desk.reopen()
            deaths += 1
            # New numbers come at once.
            self._step(desk, desk.exchange.refresh)
            if deaths < 4:
                self.ledger.note(desk.works.accept(), desk.desk_id)
        return deaths

    # How it ends.

    def heal(self) -> None:
        """The lines are quiet, every clock right; everything that waits gets where it belongs."""
        self.storm = 0.0
        for work in self._late:
            try:
                work()
            except (Refused, CrashedError):
                continue
        self._late.clear()
        for desk in (*self.desks, *self.copies.values()):
            desk.clock.ahead = timedelta()
        # Of a desk and its copy one stays, after both have sent what they have.
        for copy in self.copies.values():
            self._rest([copy])
            copy.close()
        self.copies.clear()
        self._rest(self.desks)
        # The day is proved when it is over.
        self.clock.pass_by(24 * 3600)
        self._rest(self.desks)

    def _rest(self, desks: Sequence[SimDesk]) -> None:
        for _round in range(_ROUNDS_TO_HEAL):
            self.clock.pass_by(60)
            moved = sum(self._round(desk) for desk in desks)
            if not moved and not self.headquarters.sequence():
                return
        raise AssertionError("\n".join(["it never comes to rest", *self.story[-60:]]))

    def _round(self, desk: SimDesk) -> bool:
        """True when something moved. The line is asked for all else when there is nothing to send or to hear."""
        exchange = desk.exchange
        busy = [self._finish(desk, step) for step in (exchange.push_once, exchange.pull_once, exchange.recall_once)]
        return any(busy) or self._finish(desk, exchange.refresh)

    def _finish(self, desk: SimDesk, step: Callable[[], Step]) -> bool:
        """True when something moved. A new incarnation is entered to its end."""
        done = self._step(desk, step)
        while done is not None and done.did is Did.ENTERING:
            done = self._step(desk, step)
        return done is None or done.did in (Did.SENT, Did.APPLIED, Did.RENEWED, Did.NEEDS_CODE) or done.more


@contextmanager
def world_of(seed: int, stage: Stage, folder: Path, disasters: Disaster) -> Iterator[World]:
    """The world of a seed, the same each time: its dice, its clock and its ids. A new incarnation is entered in the
    smallest pieces, so that PCs die between them."""
    clock = WorldClock()
    # What the stage made is older.
    clock.pass_by(60)
    pieces = patch.multiple(exchange_entering, PIECE=2, AT_ONCE=1)
    with this_thread_is_the_lane(), seeded_ids(seed, clock), shared_reading(), pieces:
        world = World(seed, stage, folder, clock, disasters)
        try:
            yield world
        finally:
            world.close()
