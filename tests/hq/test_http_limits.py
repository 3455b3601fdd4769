"""Overload is said in time, and guessing codes gets nowhere."""

import asyncio
from contextlib import suppress

import pytest

from courier_desk.hq.core.refused import Refused
from courier_desk.hq.http.limits import Failures, Places, Room
from courier_desk.protocol.messages import ProblemCode


def test_no_more_batches_than_places_are_worked_on_at_once() -> None:
    async def scenario() -> int:
        places, most, now = Places(3), 0, 0

        async def batch() -> None:
            nonlocal most, now
            async with places.one():
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.001)
                now -= 1

        await asyncio.gather(*(batch() for _ in range(20)))
        return most

    assert asyncio.run(scenario()) == 3


def test_whoever_waits_too_long_or_finds_too_many_waiting_is_told_so() -> None:
    async def scenario() -> tuple[list[BaseException | None], int]:
        places = Places(1, patience_s=0.05)

        async def batch() -> None:
            async with places.one():
                await asyncio.sleep(0.2)

        outcomes = await asyncio.gather(*(batch() for _ in range(12)), return_exceptions=True)
        async with places.one():
            return outcomes, places.waiting

    outcomes, waiting = asyncio.run(scenario())
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert (len(refused), waiting) == (11, 0)
    assert {refusal.code for refusal in refused} == {ProblemCode.BUSY}


def test_a_place_is_free_again_after_a_failure() -> None:
    async def scenario() -> None:
        places = Places(1, patience_s=0.05)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with places.one():
                    raise ZeroDivisionError

    asyncio.run(scenario())


def test_bodies_together_take_no_more_room_than_there_is() -> None:
    room = Room(100)
    with room.held_by_one() as first, room.held_by_one() as second:
        first(60)
        second(40)
        with pytest.raises(Refused) as refused:
            first(1)
        assert refused.value.code is ProblemCode.BUSY
    assert room.held == 0


def test_room_is_given_back_after_a_failure() -> None:
    room = Room(100)
    with suppress(ZeroDivisionError), room.held_by_one() as hold:
        hold(100)
        raise ZeroDivisionError
    assert room.held == 0


class TestFailures:
    def setup_method(self) -> None:
        self.time = 0.0
        self.failures = Failures(most=3, within_s=60, callers=2, now=lambda: self.time)

    def _fails(self, caller: str, times: int) -> None:
        for _ in range(times):
            self.failures.check(caller)
            self.failures.add(caller)

    def test_too_many_wrong_codes_have_to_wait(self) -> None:
        self._fails("10.0.0.1", 3)
        with pytest.raises(Refused):
            self.failures.check("10.0.0.1")
        self.failures.check("10.0.0.2")

    def test_the_wait_ends(self) -> None:
        self._fails("10.0.0.1", 3)
        self.time = 61
        self.failures.check("10.0.0.1")

    def test_only_so_many_callers_are_remembered(self) -> None:
        for caller in ("a", "b", "c"):
            self._fails(caller, 3)
        self.failures.check("a")
        with pytest.raises(Refused):
            self.failures.check("c")
