"""Whose secret was right a moment ago: it is remembered for a minute, and gives no right by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.http.known import HOLDS_S, Known
from courier_desk.hq.tables.network import DESK
from courier_desk.protocol.messages import RenewRequest
from tests.hq.desks import MACHINE, Joined
from tests.hq.http_line import Line, line_over, problem
from tests.hq_database import fresh_database

FEED = "/v1/feed?epoch=1&after=0"


def _desk(number: int) -> DeskIdentity:
    return DeskIdentity("HZ001", f"HZ001-{number}", 1, b"digest")


def test_who_is_known_is_known_for_a_minute() -> None:
    moment = 1000.0
    known = Known(now=lambda: moment)
    assert known.get("a.secret") is None
    known.keep("a.secret", _desk(1))
    moment += HOLDS_S - 1
    assert known.get("a.secret") == _desk(1)
    assert known.get("a.secreT") is None
    moment += 2
    assert known.get("a.secret") is None


def test_memory_has_an_end_and_holds_no_secret() -> None:
    known = Known(most=3)
    for number in range(5):
        known.keep(f"{number}.secret", _desk(number))
    assert [known.get(f"{number}.secret") for number in range(5)] == [None, None, _desk(2), _desk(3), _desk(4)]
    assert "secret" not in repr(vars(known)).replace("secret_hash", "")


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with fresh_database() as dsn, line_over(dsn, tmp_path) as line:
        yield line


@pytest.fixture
def desk(line: Line) -> Joined:
    """A desk that the process knows."""
    desk = line.network.join("HZ001-1")
    assert line.push(desk, line.operations(desk, 1)).status_code == 200
    assert line.call(desk, "GET", FEED).status_code == 200
    return desk


def _heard(line: Line, desk: Joined) -> list[tuple[int, str]]:
    """What it is told of its next push and its next question."""
    replies = line.push(desk, line.operations(desk, 1)), line.call(desk, "GET", FEED)
    assert line.network.count("SELECT count(*) FROM op_log") == 1
    return [problem(reply) for reply in replies]


def _change(line: Line, **values: object) -> None:
    with line.network.engine.begin() as connection:
        connection.execute(sa.update(DESK).where(DESK.c.desk_id == "HZ001-1").values(**values))


def test_a_desk_that_is_known_is_not_looked_up_again(line: Line, desk: Joined) -> None:
    # As it is noted by whoever looks it up.
    _change(line, last_seen_at=None)
    assert line.push(desk, line.operations(desk, 1)).status_code == 200
    assert line.network.count("SELECT count(*) FROM desk WHERE last_seen_at IS NOT NULL") == 0


def test_a_desk_that_is_retired_hears_so_with_its_next_word(line: Line, desk: Joined) -> None:
    _change(line, state="retired")
    assert _heard(line, desk) == [(409, "fenced"), (401, "not_known")]


def test_a_desk_that_is_enrolled_anew_leaves_its_former_secret_fenced_at_once(line: Line, desk: Joined) -> None:
    line.network.hq.renew(desk.identity, RenewRequest(machine=MACHINE, program="test"))
    assert _heard(line, desk) == [(409, "fenced"), (401, "not_known")]


def test_a_desk_that_two_machines_use_hears_so_with_its_next_word(line: Line, desk: Joined) -> None:
    _change(line, state="diverged")
    assert _heard(line, desk) == [(409, "diverged"), (409, "diverged")]


def test_another_secret_under_the_same_incarnation_ends_the_former_at_once(line: Line, desk: Joined) -> None:
    """As when the database is put back under a process that goes on."""
    _change(line, secret_hash=b"of another")
    assert _heard(line, desk) == [(401, "not_known"), (401, "not_known")]
