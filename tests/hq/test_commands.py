"""What is done from a shell, and what it says when it cannot be done."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.hq import __main__ as command
from courier_desk.hq import config as settings
from courier_desk.hq.admin.passwords import Passwords
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.tables.people import HQ_AUDIT, HQ_PERSON
from courier_desk.hq.trial import prepare
from courier_desk.protocol.messages import EnrolRequest, LeaseRequest
from tests.hq.desks import MACHINE, StillClock
from tests.hq_service import config_for

Run = Callable[..., str]


@pytest.fixture
def run(dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command on this test's database; what it said."""
    for name, value in settings.as_environment(config_for(dsn, tmp_path)).items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str, status: int = 0) -> str:
        assert command.main(arguments) == status
        said = capsys.readouterr()
        return said.out if status == 0 else said.err

    return call


def test_tables_can_be_brought_up_to_date_again_and_again(run: Run) -> None:
    assert run("migrate") == run("migrate") == "The tables are up to date.\n"


def test_the_sample_network_comes_with_codes_that_work(run: Run, engine: sa.Engine, tmp_path: Path) -> None:
    codes = dict(re.findall(r"^  (\S+): (\S+)$", run("demo"), flags=re.MULTILINE))
    assert sorted(codes) == ["BJ001-1", "HZ001-1", "HZ001-2"]
    headquarters = Headquarters(engine, StillClock(), NumberReserve(tmp_path / "reserve.json"))
    for desk_id, code in codes.items():
        asked = EnrolRequest(code=code.replace("-", ""), machine=MACHINE, program="x")
        assert headquarters.enrol(asked).desk_id == desk_id


def test_a_code_is_made_for_a_desk_and_voids_the_one_before(run: Run, engine: sa.Engine) -> None:
    run("demo")
    said = run("code", "HZ001", "HZ001-1")
    assert re.match(r"HZ001-1: [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\n", said)
    with engine.connect() as connection:
        codes = sa.text("SELECT count(*) FROM enrolment_code WHERE desk_id = 'HZ001-1' AND used_at IS NULL")
        assert connection.execute(codes).scalar_one() == 1
    assert "There is no desk" in run("code", "HZ001", "HZ009-1", status=2)


def test_the_first_administrator_gets_a_password_that_has_to_be_changed(run: Run, engine: sa.Engine) -> None:
    said = run("add-person", "li.wei", "--role", "administrator")
    password = re.search(r"first password: (\S+)", said)
    assert password
    with engine.connect() as connection:
        person = connection.execute(sa.select(HQ_PERSON)).one()
        audited = connection.execute(sa.select(HQ_AUDIT)).one()
    assert (person.name, person.role, person.must_change) == ("li.wei", "administrator", True)
    assert Passwords().verify(person.password_hash, password[1])
    assert (audited.action, audited.entity_id) == ("person.added", "li.wei")
    assert password[1] not in str(audited)


@pytest.mark.parametrize("name", ["LI.WEI", "", " ", "a\tb", "x" * 65])
def test_a_name_that_is_taken_or_cannot_be_is_refused(run: Run, name: str) -> None:
    run("add-person", "li.wei")
    assert run("add-person", name, status=2)


def test_a_new_epoch_needs_the_number_reserve_or_somebodys_word(run: Run, engine: sa.Engine, tmp_path: Path) -> None:
    run("demo")
    assert "reserve is missing" in run("new-epoch", "--reason", "disk lost", status=2)
    assert "Epoch 2 has begun" in run("new-epoch", "--reason", "disk lost", "--upper", "5000000")
    assert "Epoch 3 has begun" in run("new-epoch", "--reason", "again")
    clock = StillClock()
    headquarters = Headquarters(engine, clock, NumberReserve(tmp_path / "reserve.json"))
    code = re.search(r"HZ001-1: (\S+)", run("code", "HZ001", "HZ001-1"))
    assert code
    joined = headquarters.enrol(EnrolRequest(code=code[1].replace("-", ""), machine=MACHINE, program="x"))
    desk = headquarters.authenticate(f"{joined.desk_id}.{joined.secret}")
    assert desk
    asked = LeaseRequest(request_id="r", incarnation=desk.incarnation, prefix="CD", wanted=100)
    assert headquarters.lease(desk, asked).first >= 5_000_000


def test_an_epoch_without_a_reason_is_refused(run: Run) -> None:
    assert "Say why" in run("new-epoch", "--reason", " ", "--upper", "1", status=2)


def test_missing_settings_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("COURIER_HQ_DSN", "COURIER_HQ_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    assert command.main(["serve"]) == 2
    assert "Not set: dsn" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURIER_HQ_DSN", "host=/nonexistent dbname=nothing connect_timeout=2")
    said = run("migrate", status=2)
    assert said.startswith("PostgreSQL does not answer")
    assert "Traceback" not in said


def test_trying_out_prepares_everything_the_first_time_only(dsn: str, tmp_path: Path) -> None:
    config = config_for(dsn, tmp_path)
    said = list(prepare(config))
    assert [line for line in said if "HZ001-1" in line]
    assert [line for line in said if "first administrator: admin" in line]
    assert list(prepare(config)) == []
    again = list(prepare(config, codes=True))
    assert ("HZ001-1" in str(again), "administrator" in str(again)) == (True, False)
