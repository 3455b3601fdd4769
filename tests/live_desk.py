"""Live desks for tests: joined to a real headquarters by its sample network's codes, everybody logged in."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from courier_desk.base.changes import Change
from courier_desk.base.ids import new_id
from courier_desk.base.paths import DataFolder
from courier_desk.base.translation import Message
from courier_desk.bootstrap import AppContext, build
from courier_desk.domain.login import LoginState
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.exchange import Link
from courier_desk.services.sync_state import SyncState
from courier_desk.sync.attempts import Callbacks
from courier_desk.sync.client import HqClient
from courier_desk.sync.engine import Exchange
from courier_desk.sync.loop import Rhythm
from courier_desk.sync.wire import Patience
from tests.desk import PASSWORD, TestDesk, reopen_desk

QUICK = Rhythm(listen_s=2.0, look_s=0.1, gather_s=0.01, first_s=0.05, most_s=0.5, stop_s=20.0)
PATIENCE = Patience()
# For lines that hang: what is silent for so long is given up.
IMPATIENT = Patience(connect_s=10.0, silence_s=1.0, whole_s=10.0)


@dataclass
class Heard:
    """What the threads of a desk have said."""

    states: list[SyncState] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    defects: list[Exception] = field(default_factory=list)

    @property
    def callbacks(self) -> Callbacks:
        return Callbacks(self.states.append, self.changes.extend, self.defects.append)


def nobody_listens(_step: int, _steps: int, _text: Message) -> None:
    """Nobody waits for the progress."""


def new_context(folder: Path) -> AppContext:
    """An empty folder, with a hasher that is quick."""
    app = build(DataFolder(folder))
    app.desk.__dict__["_hasher"] = Argon2Hasher(memory_kib=64, rounds=1)
    return app


def join_desk(folder: Path, address: str, code: str) -> TestDesk:
    """A new desk in ``folder``, joined; everybody's password is PASSWORD. Nothing talks to headquarters yet."""
    app = new_context(folder)
    app.sync.joining.join(address, code, nobody_listens).result(60)
    app.db.submit(lambda: _give_passwords(app)).result(60)
    app.close()
    return reopen_desk(folder)


def start_talking(desk: TestDesk, rhythm: Rhythm = QUICK, patience: Patience = PATIENCE) -> Heard:
    """Start both threads as the program does."""
    heard = Heard()
    desk.app.sync._rhythm, desk.app.sync._patience = rhythm, patience
    desk.app.desk.store.on_operations = desk.app.sync.nudge
    desk.app.sync.start(heard.callbacks)
    return heard


def exchange_of(desk: TestDesk, address: str = "", patience: Patience = PATIENCE) -> Exchange:
    """The exchange as single steps; ``address`` instead of the one that the desk joined at."""

    def make(link: Link) -> HqClient:
        return HqClient(address or link.address, link.token, patience=patience)

    return Exchange(make, desk.services.exchange, desk.app.clock, desk.services.history)


def _give_passwords(app: AppContext) -> None:
    password_hash = Argon2Hasher(memory_kib=64, rounds=1).hash(PASSWORD)
    with app.desk.store.write(None) as work:
        for person in app.services.reference.people():
            work.people.save_login_state(
                LoginState(person.id, password_hash, must_change=False, question="?", answer_hash="!")
            )
        work.commit()


def emit_scans(desk: TestDesk, count: int, each_commit: int = 50) -> None:
    """So many operations for headquarters, of codes that belong to nobody."""
    body = {
        "text": "SF1234567890123",
        "number": "SF1234567890123",
        "waybill": "",
        "operation": "arrival",
        "outcome": "foreign",
        "counts": False,
        "device": "hand scanner",
        "keyed": False,
        "bag_id": "",
        "manifest_id": "",
        "reason": "",
    }

    def emit(operations: int) -> None:
        with desk.app.desk.store.write(desk.agent) as work:
            for _each in range(operations):
                work.emit("scan.recorded", new_id(), body | {"scanned_at": work.now.isoformat()})
            work.commit()

    for start in range(0, count, each_commit):
        desk.on_db(partial(emit, min(each_commit, count - start)))
