"""Hostile words at the use cases (X1, X2, X17): constant statements only, nothing dropped, nothing found by luck.

The big sizes run with ``-m soak``; the seed is printed by Hypothesis when one fails.
"""

import random
import string
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.scan import CodeKind, Operation, Outcome, RawScan
from courier_desk.services.find import LONGEST_TEXT, SORTS, FindSpec
from courier_desk.services.scans import ScanCommand
from tests.desk import TestDesk, desk_in

SQL = (
    "' OR 1=1 --",
    "'; DROP TABLE orders; --",
    '" OR "" = "',
    "%",
    "_",
    "%%%",
    "*",
    "衬衫*",
    "number:XS OR sender",
    "NEAR(欧阳 衬衫, 5)",
    "^衬衫",
    "{words}: 衬衫",
    "AND OR NOT",
    '"unclosed',
    "(((",
    "q\x00q",
    "\ud800 half",
    "q\x1aq",
    "1); DELETE FROM audit; --",
    "sqlite_master UNION SELECT payload FROM audit_payload",
    ":words",
    "?1",
    "\\",
    "-" * 400,
    "'" * 401,
)
CODES = (
    "",
    "\x00",
    "\x1b[2J\x07",
    "\x02\x03\r\n",
    "CMD:LOGOUT",
    "CMD:" + "A" * 50,
    "@SETUP#RESET",
    "\u202eXS0001000000018",
    "XS0001000\u200b000018",
    "XS0001000000018XS0001000000026",
    "XS0001000000018\nXS0001000000026",
    "7" * 7089,
    "'; DROP TABLE scan_event; --",
    "BAG'; --",
    "HO",
    "ＸＳ０００１００００００１８",
    "\ud800",
    "]C1" * 40,
)


@pytest.fixture
def order(desk: TestDesk) -> str:
    return desk.accept().number


def _count(desk: TestDesk, table: str) -> int:
    with desk.app.desk.store.read() as look:
        return int(look.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def _find_everything(desk: TestDesk, payload: str) -> None:
    """The payload in every field of the search; it finds nothing and breaks nothing."""
    find, agent = desk.services.find, desk.agent
    for spec in (
        FindSpec(text=payload),
        FindSpec(status=payload),
        FindSpec(service=payload),
        FindSpec(destination=payload),
        FindSpec(operator=payload),
    ):
        rows = desk.on_db(partial(find.orders, agent, spec))
        assert rows == [] or not any((spec.text, spec.status, spec.service, spec.destination, spec.operator)), spec
    assert desk.on_db(partial(find.customers, agent, payload)) == []
    assert desk.on_db(partial(find.by_number, agent, _sayable(payload))) is None


def _sayable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("payload", SQL)
def test_words_of_sql_are_words_in_every_field_of_the_search(desk: TestDesk, order: str, payload: str) -> None:
    _find_everything(desk, payload)
    assert [row.number for row in desk.on_db(lambda: desk.services.find.orders(desk.agent, FindSpec(text=order)))]


@pytest.mark.soak
def test_five_hundred_payloads_in_every_field(tmp_path: Path) -> None:
    rng, alphabet = random.Random(20261122), "'\"%_*;()-=:^{}\\?\x00 ANDORNOTsel衬衫1"
    with desk_in(tmp_path / "station") as desk:
        desk.accept()
        for _n in range(500):
            _find_everything(desk, "~" + "".join(rng.choices(alphabet, k=rng.randint(1, 60))))


@pytest.mark.parametrize("sort", ["number; DROP TABLE orders", "orders.row", "", "NEWEST", "1"])
def test_only_known_orders_of_a_list_are_taken(desk: TestDesk, sort: str) -> None:
    assert sort not in SORTS
    with pytest.raises(UserError):
        desk.on_db(lambda: desk.services.find.orders(desk.agent, FindSpec(sort=sort)))


def test_ten_megabytes_in_the_search_are_refused_at_once(desk: TestDesk) -> None:
    start = time.perf_counter()
    for spec in (FindSpec(text="文" * 10_000_000), FindSpec(destination="x" * (LONGEST_TEXT + 1))):
        with pytest.raises(UserError, match="At most"):
            desk.on_db(partial(desk.services.find.orders, desk.agent, spec))
    assert time.perf_counter() - start < 2


def _scan(desk: TestDesk, text: str, operation: Operation = Operation.COLLECTED) -> Outcome:
    command = ScanCommand(RawScan(text, "gun", datetime.now(UTC)), operation)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command)).outcome


@pytest.mark.parametrize("text", CODES)
def test_a_hostile_code_triggers_nothing_and_is_kept(desk: TestDesk, order: str, text: str) -> None:
    before = _count(desk, "scan_event")
    outcome = _scan(desk, text)
    assert outcome is not Outcome.ACCEPTED or text.startswith("Ｘ")
    assert _count(desk, "scan_event") == before + 1
    with desk.app.desk.store.read() as look:
        kept = look.connection.exec_driver_sql("SELECT text FROM scan_event").scalar_one()
    assert len(kept) <= 200


def _random_code(rng: random.Random) -> str:
    pool = string.printable + "\x00\x1b\u202e\u200b\u2066文\ud800😀ＸＳ０１"
    code = "".join(rng.choices(pool, k=rng.randint(0, 60)))
    return rng.choice(("", "XS0001000000018", "BAG", "CMD:", "HO", "SEAL")) + code


def _no_code_passes(desk: TestDesk, seed: int, count: int) -> None:
    """Whatever a gun delivers, what is taken for a waybill has our prefix and nothing hidden in it."""
    rng, station = random.Random(seed), desk.services.station
    for _n in range(count):
        text = _random_code(rng)
        code = desk.services.scans.understand(text)
        if code.kind is CodeKind.WAYBILL:
            assert code.number.startswith(station.number_prefix), repr(text)
            assert all(character.isprintable() for character in text.strip()), repr(text)


def test_a_thousand_random_codes_are_read_without_a_fault(desk: TestDesk) -> None:
    _no_code_passes(desk, 20261122, 1000)


@pytest.mark.soak
def test_a_hundred_thousand_random_codes_are_read_without_a_fault(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        _no_code_passes(desk, 20261123, 100_000)
