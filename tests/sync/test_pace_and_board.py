"""How long to wait, what to tell, and who is woken by what."""

import random
import threading
import time
from datetime import timedelta

import pytest

from courier_desk.base.translation import message
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.sync.bell import Bell, Rung, Side
from courier_desk.sync.board import Board, Concern
from courier_desk.sync.pace import Company, Pace
from tests.sync.fakes import FixedClock
from tests.sync.messages import NOW

AWAY = message("There is no line to headquarters.")


def test_waits_double_to_a_minute_with_full_jitter() -> None:
    longest = [0.0] * 12
    shortest = [100.0] * 12
    for seed in range(300):
        pace = Pace(random.Random(seed))
        for turn in range(12):
            wait_s = pace.failed()
            longest[turn], shortest[turn] = max(longest[turn], wait_s), min(shortest[turn], wait_s)
    limits = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]
    assert all(0.9 * limit < most <= limit for limit, most in zip(limits, longest, strict=True))
    assert all(least < 0.1 * limit for limit, least in zip(limits, shortest, strict=True))


def test_what_headquarters_asks_for_is_kept_and_not_by_all_in_the_same_second() -> None:
    waits = {round(Pace(random.Random(seed)).failed(30.0), 3) for seed in range(50)}
    assert min(waits) >= 30
    assert max(waits) <= 34
    assert len(waits) > 45


def test_after_success_the_next_failure_is_a_first_one() -> None:
    pace = Pace(random.Random(1))
    for _each in range(5):
        pace.failed()
    pace.well()
    assert pace.failed() <= 1


class _Told:
    def __init__(self) -> None:
        self.states: list[SyncState] = []
        self.clock = FixedClock()
        self.board = Board(self.clock, self.states.append)
        assert self.board.state.word is SyncWord.SENDING
        self.board.waiting(0)
        assert [state.word for state in self.states] == [SyncWord.IDLE]
        self.states.clear()

    @property
    def words(self) -> list[str]:
        return [state.word.value for state in self.states]


def test_the_word_follows_what_waits_and_what_is_in_the_way() -> None:
    told = _Told()
    board = told.board
    board.waiting(3)
    board.trouble(Concern.PUSH, SyncWord.OFFLINE, AWAY, 10)
    board.trouble(Concern.FEED, SyncWord.OFFLINE, AWAY, 5)
    board.well(Concern.FEED)
    board.well(Concern.PUSH)
    board.waiting(0)
    assert told.words == ["sending", "offline", "sending", "idle"]
    assert told.states[1].fault == AWAY
    assert told.states[1].retry_at == NOW + timedelta(seconds=10)
    assert told.states[-1] == SyncState(SyncWord.IDLE, 0, NOW, contact_at=NOW)


def test_a_moment_of_contact_alone_is_no_news() -> None:
    told = _Told()
    for _each in range(5):
        told.board.well(Concern.FEED)
        told.clock.moment += timedelta(seconds=1)
    assert told.states == []
    assert told.board.state.contact_at == NOW + timedelta(seconds=4)


def test_since_is_when_the_word_became_what_it_is() -> None:
    told = _Told()
    told.board.trouble(Concern.FEED, SyncWord.OFFLINE, AWAY, 1)
    told.clock.moment += timedelta(minutes=1)
    told.board.waiting(7)
    assert (told.states[-1].waiting, told.states[-1].since) == (7, NOW)


def test_a_code_that_is_needed_goes_before_a_line_that_is_not_there() -> None:
    told = _Told()
    told.board.trouble(Concern.FEED, SyncWord.OFFLINE, AWAY, 1)
    told.board.trouble(Concern.PUSH, SyncWord.NEEDS_CODE, None, None)
    assert told.board.state.word is SyncWord.NEEDS_CODE
    assert told.board.state.retry_at is None


def test_clocks_that_differ_by_more_than_five_minutes_are_told() -> None:
    told = _Told()
    told.board.well(Concern.FEED, 299.0)
    told.board.well(Concern.FEED, -601.4)
    told.board.well(Concern.FEED, 2.0)
    assert [state.clock_off_s for state in told.states] == [-601, 0]


def test_the_bell_is_heard_by_whom_it_concerns_and_once() -> None:
    bell = Bell()
    bell.work()
    assert bell.wait(Side.LISTENER, 0) is Rung.TIME
    assert bell.wait(Side.SENDER, 0) is Rung.WORK
    assert bell.wait(Side.SENDER, 0) is Rung.TIME
    bell.hurry()
    assert [bell.wait(side, 0) for side in (*Side, *Side)] == [Rung.HURRY, Rung.HURRY, Rung.TIME, Rung.TIME]


def test_the_end_is_heard_at_once_and_for_ever() -> None:
    bell = Bell()
    timer = threading.Timer(0.05, bell.end)
    timer.start()
    started = time.monotonic()
    assert bell.wait(Side.LISTENER, None) is Rung.END
    bell.pause(60)
    assert bell.wait(Side.SENDER, 60) is Rung.END
    assert time.monotonic() - started < 30
    timer.join()


def test_a_single_operation_goes_out_soon_and_those_that_follow_wait_for_company() -> None:
    company = Company(0.2)
    assert company.pause_s(100.0) == pytest.approx(0.2)
    company.sent(1, 100.0)
    assert company.pause_s(101.0) == pytest.approx(1.0)
    company.sent(2, 102.0)
    assert company.pause_s(103.0) == pytest.approx(1.0)
    assert company.pause_s(110.0) == pytest.approx(0.2)


def test_what_follows_a_large_push_waits_no_longer() -> None:
    company = Company(0.2)
    company.sent(1, 100.0)
    company.sent(500, 100.1)
    assert company.pause_s(100.2) == pytest.approx(0.2)
