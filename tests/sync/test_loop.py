"""The two threads: what wakes them, how they bear a line that comes and goes, and how they end."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from courier_desk.base.changes import Change
from courier_desk.services.exchange import LinkState
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.sync import pace
from courier_desk.sync.attempts import Callbacks
from courier_desk.sync.engine import Exchange
from courier_desk.sync.loop import Rhythm, SyncLoop
from tests.patience import until
from tests.sync.fakes import FakeDesk, FakeHq, FixedClock, link, refusal

QUICK = Rhythm(listen_s=0.3, look_s=0.05, gather_s=0.0, refresh_s=3600, first_s=0.02, most_s=0.2, stop_s=20.0)
# Nothing happens by itself in the time of a test: only what wakes a thread does.
SLOW = Rhythm(listen_s=600, look_s=600, gather_s=0.0, refresh_s=3600, first_s=600, most_s=600, stop_s=20.0)


class _Station:
    """A desk and headquarters with the loop between them; each thread has a client of its own."""

    def __init__(self) -> None:
        self.desk, self.clock = FakeDesk(), FixedClock()
        self.hq, self.clients = FakeHq(), list[FakeHq]()
        self.states: list[SyncState] = []
        self.changes: list[Change] = []
        self.defects: list[Exception] = []
        self.route, self.looked = "192.168.1.7", 0
        self.loop: SyncLoop | None = None

    def start(self, rhythm: Rhythm = QUICK) -> SyncLoop:
        callbacks = Callbacks(self.states.append, self.changes.extend, self.defects.append)
        self.loop = SyncLoop(
            lambda: Exchange(self._client, self.desk, self.clock),
            lambda: self.desk.waiting,
            callbacks,
            self.clock,
            rhythm,
            dice=random.Random(1),
            route=self._look,
        )
        self.loop.start()
        return self.loop

    def _look(self) -> str:
        self.looked += 1
        return self.route

    def _client(self, _link: object) -> FakeHq:
        """The same headquarters, interrupted and closed by itself."""
        client = FakeHq()
        client.__dict__.update(self.hq.__dict__ | {"interrupted": threading.Event(), "closed": 0})
        self.clients.append(client)
        return client

    @property
    def state(self) -> SyncState:
        assert self.loop is not None
        return self.loop.state

    def away(self, *, away: bool) -> None:
        self.hq.away = away
        for client in self.clients:
            client.away = away

    def calls(self, what: str) -> int:
        return self.hq.calls.count(what)


@pytest.fixture
def station() -> Iterator[_Station]:
    made = _Station()
    yield made
    if made.loop is not None:
        made.loop.stop()
    assert made.defects == []


def test_what_waits_goes_out_and_the_word_says_so(station: _Station) -> None:
    station.desk.last = 700
    station.start()
    until(lambda: station.desk.acknowledged == [500, 700] and station.state.word is SyncWord.IDLE)
    assert {state.word for state in station.states} <= {SyncWord.SENDING, SyncWord.IDLE}
    assert [state.waiting for state in station.states if state.waiting] == [700, 200]


def test_a_nudge_sends_at_once(station: _Station) -> None:
    loop = station.start(SLOW)
    until(lambda: station.calls("references") == 1 and station.calls("feed") == 2)
    time.sleep(0.05)
    station.desk.last = 1
    loop.nudge()
    until(lambda: station.desk.acknowledged == [1])


def test_without_a_nudge_the_outbox_is_looked_at_now_and_then(station: _Station) -> None:
    station.start()
    until(lambda: station.calls("references") == 1)
    station.desk.last = 1
    until(lambda: station.desk.acknowledged == [1])


def test_news_is_applied_and_told(station: _Station) -> None:
    station.start()
    station.hq.news(1)
    until(lambda: Change("parcel.event", "1") in station.changes)


def test_published_reference_data_is_fetched_at_once(station: _Station) -> None:
    station.start(SLOW)
    until(lambda: station.calls("references") == 1)
    station.hq.documents["tariff", 2] = b"two"
    station.hq.news(1, "reference.published")
    until(lambda: station.desk.admitted == [b"two"])


def test_a_line_that_goes_is_told_and_comes_back_by_itself(station: _Station) -> None:
    station.start()
    until(lambda: station.calls("feed") >= 1)
    station.away(away=True)
    station.desk.last = 3
    until(lambda: station.state.word is SyncWord.OFFLINE and station.state.waiting == 3)
    assert station.state.fault is not None
    assert station.state.retry_at is not None
    station.away(away=False)
    until(lambda: station.state.word is SyncWord.IDLE)
    assert station.desk.acknowledged[-1] == 3


def test_what_is_done_off_line_is_counted_at_once(station: _Station) -> None:
    station.hq.away = True
    loop = station.start(SLOW)
    until(lambda: station.state.word is SyncWord.OFFLINE)
    station.desk.last = 2
    loop.nudge()
    until(lambda: station.state.waiting == 2)


def test_one_thread_that_gets_through_ends_the_wait_of_the_other(station: _Station) -> None:
    station.hq.away = True
    station.desk.last = 1
    slow_to_send = Rhythm(listen_s=0.3, look_s=600, gather_s=0.0, first_s=0.3, most_s=0.3, stop_s=20.0)
    loop = station.start(slow_to_send)
    until(lambda: station.calls("push") >= 1 and station.calls("feed") >= 1)
    station.away(away=False)
    loop.retry()
    until(lambda: station.desk.acknowledged == [1] and station.state.word is SyncWord.IDLE)


def test_what_closely_follows_a_small_push_waits_for_company_until_a_person_hurries(
    station: _Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_PATIENCE", 1_000_000)
    loop = station.start(Rhythm(listen_s=0.3, look_s=600, gather_s=0.001, stop_s=20.0))
    until(lambda: station.state.word is SyncWord.IDLE and station.calls("references") == 1)
    station.desk.last = 1
    loop.nudge()
    until(lambda: station.desk.acknowledged == [1])
    station.desk.last = 2
    loop.nudge()
    time.sleep(0.3)
    assert station.desk.acknowledged == [1]
    loop.retry()
    until(lambda: station.desk.acknowledged[-1] == 2)


def test_another_way_out_of_the_house_ends_the_wait(station: _Station) -> None:
    station.route = ""
    station.hq.away = True
    station.start(SLOW)
    until(lambda: station.calls("references") == 1 and station.calls("feed") == 1 and station.looked > 0)
    calls = len(station.hq.calls)
    station.away(away=False)
    time.sleep(0.3)
    assert len(station.hq.calls) == calls
    station.route = "192.168.1.7"
    until(lambda: station.state.word is SyncWord.IDLE)


def test_headquarters_decides_when_it_is_asked_again(station: _Station, expect_log: Callable[[str], None]) -> None:
    expect_log("refused")
    station.desk.last = 1
    station.start()
    until(lambda: station.desk.acknowledged == [1])
    told, began, pushes = len(station.states), time.monotonic(), station.calls("push")
    # The client of the sender was the first one to be made, for the references.
    station.hq.faults.append(refusal("busy", 429, 0.4))
    station.desk.last = 2
    until(lambda: not station.hq.faults)
    until(lambda: SyncWord.OFFLINE in [state.word for state in station.states[told:]])
    until(lambda: station.state.word is SyncWord.IDLE and station.desk.acknowledged[-1] == 2)
    assert time.monotonic() - began > 0.4
    assert station.calls("push") - pushes <= 2


def test_a_refusal_is_told_and_tried_again(station: _Station, expect_log: Callable[[str], None]) -> None:
    expect_log("refused")
    station.hq.faults = [refusal("moon_is_full", 418)]
    station.start()
    until(lambda: SyncWord.REFUSED in [state.word for state in station.states])
    until(lambda: station.state.word is SyncWord.IDLE)


def test_refusals_that_the_desk_answers_do_not_go_round_for_ever(
    station: _Station, expect_log: Callable[[str], None]
) -> None:
    expect_log("refused")
    station.desk.last = 1
    station.hq.faults = [refusal("gap") for _ in range(1000)]
    station.start(Rhythm(listen_s=0.3, look_s=0.05, first_s=1.0, most_s=2.0, stop_s=1.0))
    until(lambda: station.state.word is SyncWord.REFUSED)
    time.sleep(0.3)
    assert len(station.hq.calls) < 12


def test_a_desk_that_needs_a_code_says_so_and_rests(station: _Station) -> None:
    station.desk.state = link(state=LinkState.NEEDS_CODE)
    station.start()
    until(lambda: station.state.word is SyncWord.NEEDS_CODE)
    time.sleep(0.2)
    assert station.hq.calls == []


def test_a_defect_is_told_and_the_thread_goes_on(station: _Station) -> None:
    station.hq.faults = [ZeroDivisionError(), ZeroDivisionError()]
    station.start()
    until(lambda: len(station.defects) == 2)
    station.defects.clear()
    station.desk.last = 1
    until(lambda: station.desk.acknowledged == [1])


def test_a_clock_that_is_wrong_is_told(station: _Station) -> None:
    station.clock.moment += timedelta(hours=8)
    station.start()
    until(lambda: station.state.clock_off_s == 8 * 3600)


def test_who_answers_nothing_at_once_is_not_asked_without_end(station: _Station) -> None:
    station.hq.hasty = True
    station.start(SLOW)
    until(lambda: station.calls("feed") >= 1)
    before, began = station.calls("feed"), time.monotonic()
    time.sleep(0.5)
    # One a second, however long this thread was kept from looking.
    assert station.calls("feed") - before <= 2 + time.monotonic() - began


@pytest.mark.parametrize("away", [False, True])
def test_it_ends_at_once_whatever_it_waits_for(station: _Station, away: bool) -> None:
    station.hq.away = away
    loop = station.start(SLOW)
    until(lambda: station.calls("feed") == (1 if away else 2) and station.calls("references") == 1)
    time.sleep(0.05)
    started = time.monotonic()
    loop.stop()
    assert time.monotonic() - started < 15
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sync ")]
    states = list(station.states)
    time.sleep(0.05)
    assert station.states == states
    assert all(client.closed for client in station.clients)


def test_a_desk_that_is_renewed_at_work_asks_for_numbers_at_once(station: _Station) -> None:
    loop = station.start()
    until(lambda: station.calls("references") == 1)
    station.desk.state = link(state=LinkState.SET_BACK)
    loop.nudge()
    until(lambda: station.calls("references") >= 2)
    assert station.calls("renew") >= 1
