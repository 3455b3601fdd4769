"""A new incarnation is entered in pieces: killed between any two it goes on, nothing is sent before it is whole."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from courier_desk.base.ids import new_id
from courier_desk.protocol.messages import HistoryReply, Problem
from courier_desk.services import exchange_entering
from courier_desk.services.exchange import LinkState
from courier_desk.services.exchange_state import EnteringStanding
from tests.desk import make_desk, reopen_desk
from tests.services.hq_stub import StubHq, emit, join, link_of, outbox, scalar, send
from tests.services.test_exchange_enter import first_issues, meaning, whole
from tests.services.test_history import history_of

SENT, UNSENT = 7, 9


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two operations in a piece, one piece at once."""
    monkeypatch.setattr(exchange_entering, "PIECE", 2)
    monkeypatch.setattr(exchange_entering, "_ACKNOWLEDGED", 1)
    monkeypatch.setattr(exchange_entering, "AT_ONCE", 1)


@pytest.fixture
def hq() -> StubHq:
    return StubHq()


class Station:
    """A desk that is killed and started again."""

    def __init__(self, folder: Path, hq: StubHq) -> None:
        self._folder = folder
        self.desk = make_desk(folder)
        join(self.desk, hq)

    def kill(self) -> None:
        """And start again."""
        self.desk.close()
        self.desk = reopen_desk(self._folder)

    @property
    def said(self) -> list[str]:
        """The op_ids of all that it did under its first incarnation, in their order."""
        return [json.loads(text)["op_id"] for incarnation, _s, text, _d in outbox(self.desk) if incarnation == 1]


@pytest.fixture
def station(tmp_path: Path, hq: StubHq) -> Iterator[Station]:
    """Seven operations are at headquarters, of which this desk knows two; nine wait behind them."""
    made = Station(tmp_path / "station", hq)
    for n in range(SENT):
        emit(made.desk, n=n)
    first = made.desk.services.exchange.batch(2)
    assert first is not None
    reply = hq.push(first)
    assert not isinstance(reply, Problem)
    made.desk.services.exchange.acknowledge(first, reply)
    rest = made.desk.services.exchange.batch()
    assert rest is not None
    hq.push(rest)  # the reply is lost
    for n in range(UNSENT):
        emit(made.desk, n=SENT + n)
    yield made
    made.desk.close()


def _enter(station: Station, hq: StubHq) -> None:
    station.desk.services.exchange.enter(hq.renew())


def test_killed_after_each_piece_it_goes_on_and_nothing_is_lost_or_doubled(station: Station, hq: StubHq) -> None:
    _enter(station, hq)
    pieces = 1
    while link_of(station.desk).entering:
        assert station.desk.services.exchange.batch() is None
        station.kill()
        assert station.desk.app.desk.incidents == ()
        station.desk.services.exchange.enter_on()
        pieces += 1
    # Three to acknowledge, five to issue again, and the ends of both and of the whole.
    assert pieces == 11
    assert [done for i, _s, _t, done in outbox(station.desk) if i == 1] == [True] * (SENT + UNSENT)
    again = [text for i, _s, text, _d in outbox(station.desk) if i == 2]
    before = [text for i, s, text, _d in outbox(station.desk) if i == 1 and s > SENT]
    assert [meaning(text) for text in again] == [meaning(text) for text in before]
    station.kill()
    emit(station.desk)
    send(station.desk, hq)
    assert first_issues(hq)[:-1] == station.said
    assert len(hq.log[2]) == UNSENT + 1
    assert whole(station.desk)


def test_what_the_counter_does_meanwhile_comes_behind_all_that_waited(station: Station, hq: StubHq) -> None:
    _enter(station, hq)
    meanwhile = 0
    while link_of(station.desk).entering:
        if meanwhile < 30:
            emit(station.desk, n=100 + meanwhile)
            meanwhile += 1
        station.kill()
        station.desk.services.exchange.enter_on()
    emit(station.desk, n=999)
    send(station.desk, hq)
    said = [json.loads(text)["body"]["n"] for text in (*hq.log[1], *hq.log[2])]
    assert said == [*range(SENT + UNSENT), *range(100, 100 + meanwhile), 999]
    assert meanwhile > 5
    assert whole(station.desk)


def test_the_page_says_how_far_it_has_come_and_what_waits(station: Station, hq: StubHq) -> None:
    exchange = station.desk.services.exchange
    assert exchange.standing().waiting == SENT + UNSENT - 2
    _enter(station, hq)
    seen = []
    while link_of(station.desk).entering:
        standing = exchange.standing()
        assert standing.waiting == UNSENT
        assert standing.entering is not None
        seen.append(standing.entering)
        assert exchange.enter_on()
    assert EnteringStanding(4, UNSENT) in seen
    assert seen == sorted(seen, key=lambda each: each.done)
    standing = exchange.standing()
    assert (standing.entering, standing.waiting) == (None, UNSENT)
    assert exchange.enter_on() == ()


def test_numbers_are_asked_for_at_once_and_no_day_is_compared_before_the_end(station: Station, hq: StubHq) -> None:
    exchange = station.desk.services.exchange
    _enter(station, hq)
    assert exchange.standing().numbers_left == 0
    asked = exchange.lease_wanted()
    assert asked is not None
    assert asked.incarnation == 2
    exchange.admit_lease(hq.lease(asked))
    accepted = station.desk.accept()
    assert exchange.proofs_due() == ()
    assert exchange.trim() == 0
    while link_of(station.desk).entering:
        exchange.enter_on()
    send(station.desk, hq)
    assert accepted.number in hq.log[2][-1]


def test_entered_anew_before_the_end_it_ends_the_first_one_first(station: Station, hq: StubHq) -> None:
    _enter(station, hq)
    for _piece in range(5):
        station.desk.services.exchange.enter_on()
    assert link_of(station.desk).entering
    _enter(station, hq)
    while link_of(station.desk).entering:
        station.kill()
        station.desk.services.exchange.enter_on()
    send(station.desk, hq)
    assert (link_of(station.desk).incarnation, link_of(station.desk).state) == (3, LinkState.JOINED)
    assert (first_issues(hq), len(hq.log[2])) == (station.said, 0)


def test_a_backup_of_the_time_between_two_pieces_can_be_put_back(
    station: Station, hq: StubHq, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    """The desk has gone on under the new incarnation since; the copy of the half of it enters once more."""
    expect_log("incident")
    _enter(station, hq)
    for _piece in range(6):
        station.desk.services.exchange.enter_on()
    station.kill()
    database = tmp_path / "station" / "station.db"
    half = database.read_bytes()
    while link_of(station.desk).entering:
        station.desk.services.exchange.enter_on()
    send(station.desk, hq)
    before = first_issues(hq)
    station.desk.close()
    for path in database.parent.glob("station.db*"):
        path.unlink()
    database.write_bytes(half)
    station.desk = reopen_desk(tmp_path / "station")
    _enter(station, hq)
    while link_of(station.desk).entering:
        station.desk.services.exchange.enter_on()
    send(station.desk, hq)
    # In doubt it goes again, naming its first issue: headquarters counts it once.
    assert list(dict.fromkeys(first_issues(hq))) == before
    assert whole(station.desk)


def test_what_came_back_and_was_lost_goes_again_in_pieces(
    station: Station, hq: StubHq, expect_log: Callable[[str], None]
) -> None:
    """Five operations of another PC under this desk's name came back with the past; then headquarters lost them."""
    expect_log("operation kept aside")
    told = [json.loads(text) | {"op_id": new_id()} for text in hq.log[1][:5]]
    past = HistoryReply(operations=[json.dumps(each) for each in told], mark="end", more=False, epoch=1)
    hq.log[1].clear()
    _enter(station, hq)
    while link_of(station.desk).entering:
        station.desk.services.exchange.enter_on()
    send(station.desk, hq)
    history_of(station.desk).admit(past)
    _enter(station, hq)
    while link_of(station.desk).entering:
        station.kill()
        station.desk.services.exchange.enter_on()
    send(station.desk, hq)
    assert scalar(station.desk, "SELECT COUNT(*) FROM recalled_operation") == 0
    assert first_issues(hq) == [*station.said, *(each["op_id"] for each in told)]
    assert whole(station.desk)
