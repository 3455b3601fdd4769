"""Synchronisation as the program starts and ends it; stations that never join."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from courier_desk.base.changes import Change
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.lanes import DbLane
from courier_desk.base.paths import DataFolder
from courier_desk.base.translation import Message
from courier_desk.bootstrap import build
from courier_desk.protocol.messages import EnrolReply, EnrolRequest, ReferenceList
from courier_desk.services.exchange import LinkState
from courier_desk.services.first_start import FirstPassword
from courier_desk.services.sync_state import SyncWord
from courier_desk.sync.loop import Rhythm
from courier_desk.sync.station_sync import Sides, StationSync
from tests.desk import desk_in
from tests.live_desk import Heard, nobody_listens
from tests.patience import PATIENCE_S, until
from tests.sync.fake_server import Answer, Asked, says_json, serve
from tests.sync.fakes import FakeDesk, FixedClock, enrolled, link
from tests.sync.messages import feed_reply, problem

CODE = "ABCD-EFGH-JKMN"
QUICK = Rhythm(listen_s=0.2, look_s=0.05, gather_s=0.0, first_s=0.05, most_s=0.1, stop_s=20.0)


class _NewDesk:
    """An empty folder that remembers how it was set up."""

    def __init__(self) -> None:
        self.joined: list[tuple[str, EnrolReply, tuple[bytes, ...]]] = []
        self.threads: set[str] = set()

    def machine(self) -> str:
        self.threads.add(threading.current_thread().name)
        return "b" * 64

    def join(
        self,
        address: str,
        reply: EnrolReply,
        documents: Sequence[bytes],
        progress: Callable[[int, int, Message], None] | None = None,
    ) -> tuple[FirstPassword, ...]:
        self.threads.add(threading.current_thread().name)
        self.joined.append((address, reply, tuple(documents)))
        return ()


class _Program:
    """The lanes of the program, a desk in memory, and its line."""

    def __init__(self) -> None:
        self.db, self.aside = DbLane(), ThreadPoolExecutor(1)
        self.new, self.desk, self.heard = _NewDesk(), FakeDesk(), Heard()
        sides = Sides(lambda: self.new, lambda: self.desk, lambda: None)
        self.sync = StationSync(sides, self.db, self.aside, FixedClock(), lambda: "", QUICK)

    def close(self) -> None:
        self.sync.stop()
        self.aside.shutdown()
        self.db.close()


@pytest.fixture
def program() -> Iterator[_Program]:
    made = _Program()
    yield made
    made.close()
    assert made.heard.defects == []



def _threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sync ")]


def test_a_sample_station_never_talks_to_anybody(tmp_path: Path) -> None:
    with desk_in(tmp_path / "sample") as desk:
        heard, sync = Heard(), desk.app.sync
        sync.start(heard.callbacks)
        sync.nudge()
        sync.retry()
        desk.on_db(lambda: None)
        assert (sync.state.word, _threads(), heard.states) == (SyncWord.NOT_JOINED, [], [])
        with pytest.raises(UserError, match="on its own"):
            sync.rejoin(CODE).result(PATIENCE_S)


def test_a_context_that_never_synchronised_closes_without_it(tmp_path: Path) -> None:
    app = build(DataFolder(tmp_path))
    app.close()
    assert "sync" not in app.__dict__


def test_a_joined_station_talks_until_it_is_stopped(program: _Program) -> None:
    with serve(says_json(feed_reply().model_dump_json().encode())) as server:
        program.desk.state = link(address=server.address)
        program.sync.start(program.heard.callbacks)
        until(lambda: len(server.asked) >= 3)
        assert sorted(_threads()) == ["sync listener", "sync sender"]
        program.sync.stop()
        assert _threads() == []
        assert program.sync.state.word is SyncWord.NOT_JOINED


def _hq(refused: list[str]) -> Answer:
    """Enrols everybody, after it has refused with the codes given."""

    def answer(link: socket.socket, asked: Asked) -> None:
        path = asked.path.partition("?")[0]
        if path == "/v1/enrol" and refused:
            return says_json(problem(refused.pop(0)), "403 Forbidden")(link, asked)
        body = {
            "/v1/enrol": enrolled().model_dump_json().encode(),
            "/v1/references": ReferenceList(references=[]).model_dump_json().encode(),
        }.get(path, feed_reply().model_dump_json().encode())
        return says_json(body)(link, asked)

    return answer


def test_joining_asks_aside_and_writes_on_the_lane_of_the_database(program: _Program) -> None:
    with serve(_hq([])) as server:
        heard: list[str] = []
        first = program.sync.joining.join(server.address, CODE, lambda step, steps, text: heard.append(str(text)))
        assert first.result(PATIENCE_S) == ()
    address, reply, documents = program.new.joined[0]
    assert (address, reply.desk_id, documents) == (server.address, "d1", ())
    assert program.new.threads == {"db"}
    assert heard == ["Headquarters is asked", "The station is set up"]
    request = EnrolRequest.model_validate_json(server.asked[0].content)
    assert (request.code, request.machine, request.desk) == ("ABCDEFGHJKMN", "b" * 64, None)
    assert server.asked[0].header("Authorization") == ""
    assert server.asked[1].header("Authorization") == "Bearer d1." + "x" * 32


@pytest.mark.parametrize(
    ("address", "code", "field"),
    [("http://hq.example.org", CODE, "address"), ("", CODE, "address"), ("https://hq.example.org", "ABCD", "code")],
)
def test_what_cannot_be_is_said_beside_its_field_before_anybody_is_asked(
    program: _Program, address: str, code: str, field: str
) -> None:
    with pytest.raises(UserError) as raised:
        program.sync.joining.join(address, code, nobody_listens).result(PATIENCE_S)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("code", "kind", "field"),
    [
        ("code_refused", UserError, "code"),
        ("not_allowed", EnvironmentFault, None),
        ("new_word", EnvironmentFault, None),
    ],
)
def test_a_refused_code_is_said_beside_it(
    program: _Program, code: str, kind: type[Exception], field: str | None
) -> None:
    with serve(_hq([code])) as server:
        with pytest.raises(kind) as raised:
            program.sync.joining.join(server.address, CODE, nobody_listens).result(PATIENCE_S)
        assert getattr(raised.value, "field", None) == field
        program.sync.joining.join(server.address, CODE, nobody_listens).result(PATIENCE_S)
    assert len(program.new.joined) == 1


def test_joining_can_be_given_up(program: _Program) -> None:
    given_up = threading.Event()

    def silence(_link: socket.socket, _asked: Asked) -> None:
        given_up.wait(PATIENCE_S)

    with serve(silence) as server:
        joining = program.sync.joining.join(server.address, CODE, nobody_listens)
        until(lambda: len(server.asked) == 1)
        program.sync.joining.stop()
        with pytest.raises(EnvironmentFault):
            joining.result(PATIENCE_S)
        given_up.set()
    assert program.new.joined == []


def test_a_new_code_brings_the_desk_back_and_it_talks_with_its_new_secret(program: _Program) -> None:
    with serve(_hq(["code_refused"])) as server:
        program.desk.state = link(address=server.address, state=LinkState.NEEDS_CODE)
        program.sync.start(program.heard.callbacks)
        until(lambda: program.sync.state.word is SyncWord.NEEDS_CODE)
        with pytest.raises(UserError):
            program.sync.rejoin(CODE).result(PATIENCE_S)
        assert program.sync.state.word is SyncWord.NEEDS_CODE
        assert sorted(_threads()) == ["sync listener", "sync sender"]

        program.sync.rejoin(CODE).result(PATIENCE_S)
        until(lambda: any(each.path.startswith("/v1/feed") for each in server.asked))
    assert [reply.incarnation for reply in program.desk.entered] == [2]
    assert EnrolRequest.model_validate_json(server.asked[0].content).desk == "d1"
    assert {each.header("Authorization") for each in server.asked} == {"", "Bearer d1." + "x" * 32}
    assert Change("sync", "entered") in program.heard.changes
