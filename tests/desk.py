"""A whole station for tests: real encrypted database, sample reference data, everybody logged in."""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from courier_desk.base.ids import new_id
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import AppContext, build
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.identity import IdentityKind
from courier_desk.domain.login import LoginState
from courier_desk.domain.order import GoodsLine, OrderDraft, PayWay, Piece
from courier_desk.domain.paper import StationKind
from courier_desk.domain.party import Address, Party
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.domain.user import Actor, Role
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.acceptance import IdentityInput
from courier_desk.services.assembly import Services
from courier_desk.services.first_start import FirstStart
from courier_desk.services.orders import Accepted
from tests.patience import PATIENCE_S

T = TypeVar("T")
PASSWORD = "Harbour-7-Lantern"
ID_NUMBER = "110101202311012176"

SENDER = Party(
    "李晓梅",
    "13812345678",
    "",
    Address("浙江省", "杭州市", "余杭区", "五常街道", "文一西路969号3幢502室", "311121", "330110005000"),
)
RECIPIENT = Party(
    "欧阳娜娜",
    "13987654321",
    "",
    Address("上海市", "上海市", "徐汇区", "", "虹漕路461号58号楼5楼", "200233", "310104000000"),
)


@dataclass(slots=True)
class TestDesk:
    """The station and one logged-in person of each role. ``on_db`` runs a function on the database lane."""

    __test__ = False

    app: AppContext
    actors: dict[Role, Actor]

    @property
    def services(self) -> Services:
        return self.app.services

    @property
    def agent(self) -> Actor:
        return self.actors[Role.AGENT]

    def on_db(self, fn: Callable[[], T]) -> T:
        return self.app.db.submit(fn).result(PATIENCE_S)

    def on_db_for(self, seconds: float, fn: Callable[[], T]) -> T:
        """As ``on_db``, for work that takes long."""
        return self.app.db.submit(fn).result(seconds)

    def inspect(self, actor: Actor | None = None, visit_id: str | None = None) -> Inspection:
        """Contents seen, identity checked."""
        typed = IdentityInput(IdentityKind.RESIDENT_ID, ID_NUMBER)
        who = actor or self.agent
        proof = self.on_db(lambda: self.services.acceptance.check_identity(who, typed, visit_id or new_id()))
        return Inspection(contents_seen=True, identity=proof)

    def accept(self, draft: OrderDraft | None = None, actor: Actor | None = None) -> Accepted:
        """An order, numbered and saved."""
        inspection = self.inspect()
        who = actor or self.agent
        return self.on_db(lambda: self.services.orders.accept(who, draft or ordinary_draft(), inspection))

    def close(self) -> None:
        self.app.close()


def ordinary_draft(pieces: int = 1) -> OrderDraft:
    """A parcel from Hangzhou to Shanghai, as anybody sends it."""
    return OrderDraft(
        sender=SENDER,
        recipient=RECIPIENT,
        pieces=(Piece(weight_g=1200, length_mm=300, width_mm=200, height_mm=150),) * pieces,
        goods=(GoodsLine("棉质衬衫", 2, 8000),),
        pay_way=PayWay.CASH,
        tendered_fen=10000 * pieces,
    )


@dataclass(frozen=True, slots=True)
class Template:
    """The folder of a station whose people have logged in; copied for each test, which is much quicker."""

    folder: Path
    actors: dict[Role, Actor]

    def copy(self, folder: Path) -> TestDesk:
        """This station in another ``folder``, open, with the same log-ins."""
        shutil.copytree(self.folder, folder)
        app = build(DataFolder(folder))

        def let_in() -> None:
            for actor in self.actors.values():
                app.services.gate.admit(actor)

        app.db.submit(let_in).result(PATIENCE_S)
        return TestDesk(app, dict(self.actors))


def make_template(set_up: Callable[[AppContext], None]) -> Template:
    """What ``set_up`` makes of an empty folder, with everybody logged in; their password must be PASSWORD."""
    folder = Path(tempfile.mkdtemp(prefix="courier-desk-station-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = build(DataFolder(folder))
    app.db.submit(lambda: set_up(app)).result(PATIENCE_S)
    actors = app.db.submit(lambda: _log_everybody_in(app)).result(PATIENCE_S)
    app.close()
    return Template(folder, actors)


@functools.cache
def _template() -> Template:
    """A sample station whose people all have PASSWORD."""
    return make_template(_set_up)


def _set_up(app: AppContext) -> None:
    first = FirstStart(app.desk.store, Argon2Hasher(memory_kib=64, rounds=1))
    first.set_up(StationKind.SAMPLE, [each.payload for each in sample_sets()])
    password_hash = Argon2Hasher(memory_kib=64, rounds=1).hash(PASSWORD)
    with app.desk.store.write(None) as work:
        for person in app.services.reference.people():
            work.people.save_login_state(
                LoginState(person.id, password_hash, must_change=False, question="?", answer_hash="!")
            )
        work.commit()


def make_desk(folder: Path) -> TestDesk:
    """A sample station in ``folder`` with everybody logged in; their password is PASSWORD."""
    return _template().copy(folder)


def reopen_desk(folder: Path) -> TestDesk:
    """A station that is there already, with everybody logged in."""
    app = build(DataFolder(folder))
    return TestDesk(app, app.db.submit(lambda: _log_everybody_in(app)).result(PATIENCE_S))


def _log_everybody_in(app: AppContext) -> dict[Role, Actor]:
    actors: dict[Role, Actor] = {}
    for person in app.services.reference.people():
        result = app.services.auth.log_in(person.number, PASSWORD)
        assert result.actor is not None
        actors.setdefault(person.role, result.actor)
    return actors


@contextmanager
def desk_in(folder: Path) -> Iterator[TestDesk]:
    """A desk that is closed at the end."""
    desk = make_desk(folder)
    try:
        yield desk
    finally:
        desk.close()
