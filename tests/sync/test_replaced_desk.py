"""Z13: a desk's PC is lost with its folder. A new one joins with a code, over a thin line: it takes orders at once,
gets back all that headquarters had accepted, and gives no number a second time."""

import shutil
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from courier_desk.domain.approval import RequestKind
from courier_desk.domain.bag import Bag
from courier_desk.domain.party import Address
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.services.exchange_state import PastStanding
from courier_desk.services.scans import ScanCommand
from courier_desk.services.sync_state import SyncWord
from courier_desk.sync.engine import Did
from tests.desk import PASSWORD, RECIPIENT, SENDER, TestDesk, ordinary_draft, reopen_desk
from tests.live_desk import exchange_of, join_desk, start_talking
from tests.patience import until
from tests.services.test_history import rows
from tests.sync.conftest import SampleNetwork

pytestmark = pytest.mark.logs_freely
TWO_MEGABIT = 2_000_000 // 8
DESK = "HZ001-1"
IN_BEIJING = replace(
    RECIPIENT, address=Address("北京市", "北京市", "朝阳区", "", "建国路9号1单元501室", "100020", "110105000000")
)
# How often a row was changed: news of others and the own past meet in another order than they did.
VERSION = frozenset({"row_version"})
# What other desks and stations told this one: it comes again from the feed.
TOLD = (
    "SELECT waybill, number, operation, outcome, station FROM remote_event",
    "SELECT waybill, order_id, origin_station, void FROM inbound_order",
    "SELECT number, status FROM inbound_parcel",
)


@dataclass
class Lost:
    """What a desk had when its PC died: rows, news, and every number that stands on paper somewhere."""

    rows: dict[str, list[str]]
    told: list[list[str]]
    on_paper: set[str] = field(default_factory=set)
    signed: str = ""



def _in_step(network: SampleNetwork, desk: TestDesk) -> None:
    """Everything goes up, everything comes down, by single steps and past the line."""
    exchange = exchange_of(desk, network.hq.address)
    exchange.refresh()
    while exchange.push_once().did is Did.SENT:
        pass
    until(lambda: network.hq.headquarters.sequence() == 0)
    while exchange.pull_once().did is Did.APPLIED:
        pass
    exchange.close()


def _scan(desk: TestDesk, text: str, operation: Operation, bag_id: str | None = None) -> Outcome:
    command = ScanCommand(RawScan(text, "gun", datetime.now(UTC)), operation, bag_id)
    return desk.on_db(lambda: desk.services.scans.record(desk.agent, command)).outcome


def _hand_over(desk: TestDesk, number: str, *, in_a_bag: bool) -> set[str]:
    """From the counter to a closed list; the numbers that were printed for it."""
    services, agent = desk.services, desk.agent
    parcel = desk.on_db(lambda: services.floor.parcel(agent, number))
    assert parcel is not None
    assert _scan(desk, number, Operation.COLLECTED) is Outcome.ACCEPTED
    manifest = desk.on_db(lambda: services.handovers.open(agent, parcel.line)).manifest
    loaded, printed = number, {number, manifest.number}
    if in_a_bag:
        bag = _bag(desk, parcel.destination, parcel.line)
        assert _scan(desk, number, Operation.BAGGED, bag.id) is Outcome.ACCEPTED
        desk.on_db(lambda: services.bags.seal(agent, bag.id, f"SEAL{number}", 1))
        loaded = bag.tag
        printed.add(bag.tag)
    load = ScanCommand(RawScan(loaded, "gun", datetime.now(UTC)), Operation.LOADED)
    assert desk.on_db(lambda: services.handovers.load(agent, manifest.id, load)).outcome is Outcome.ACCEPTED
    desk.on_db(lambda: services.handovers.close(agent, manifest.id, "浙A1", "王", short_confirmed=True))
    return printed


def _bag(desk: TestDesk, destination: str = "上海集散中心", line: str = "HZ-SH") -> Bag:
    return desk.on_db(lambda: desk.services.bags.open(desk.agent, destination, line)).bag


def _void(desk: TestDesk) -> str:
    accepted = desk.accept()
    request = desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, accepted.order_id, "twice"))
    word = desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD)
    desk.on_db(lambda: desk.services.cancelling.void(desk.agent, request, word))
    return accepted.number


def _told(desk: TestDesk) -> list[list[str]]:
    with desk.app.desk.store.read() as look:
        return [sorted(repr(tuple(row)) for row in look.connection.exec_driver_sql(each)) for each in TOLD]


@pytest.fixture
def lost(network: SampleNetwork) -> Lost:
    """Two desks in Hangzhou and one in Beijing have worked; the first one's PC dies with work that was never sent."""
    desk = join_desk(network.folder / DESK, network.hq.address, network.codes[DESK])
    beijing, beside = network.join("BJ001-1"), network.join("HZ001-2")
    for each in (desk, beijing, beside):
        _in_step(network, each)
    numbers = [desk.accept(replace(ordinary_draft(), recipient=IN_BEIJING)).number]
    numbers += [desk.accept(ordinary_draft(pieces)).number for pieces in (1, 2, 1)]
    on_paper = {_void(desk), *numbers}
    on_paper |= _hand_over(desk, numbers[0], in_a_bag=True) | _hand_over(desk, numbers[1], in_a_bag=False)
    coming = beijing.accept(replace(ordinary_draft(), recipient=SENDER)).number
    _hand_over(beijing, coming, in_a_bag=False)
    _in_step(network, desk)
    _in_step(network, beijing)
    _in_step(network, desk)
    assert _scan(desk, coming, Operation.ARRIVED) is Outcome.ACCEPTED
    beside.accept()
    assert _scan(beijing, numbers[0], Operation.ARRIVED) is Outcome.ACCEPTED
    assert _scan(beijing, numbers[0], Operation.SIGNED) is Outcome.ACCEPTED
    for each in (beijing, beside, desk):
        _in_step(network, each)
    found = Lost(rows(desk, VERSION), _told(desk), on_paper, numbers[0])
    # The line is down; these were printed and never sent.
    found.on_paper |= {desk.accept().number, _bag(desk).tag}
    found.on_paper.add(desk.on_db(lambda: desk.services.handovers.open(desk.agent, "HZ-SH")).manifest.number)
    desk.close()
    shutil.rmtree(network.folder / DESK)
    return found


def _standing(desk: TestDesk) -> PastStanding:
    standing = desk.services.history.standing()
    assert standing is not None
    return standing


def test_a_new_pc_takes_orders_at_once_and_misses_nothing(network: SampleNetwork, lost: Lost) -> None:
    network.line.bytes_per_s = TWO_MEGABIT
    began = time.monotonic()
    desk = network.join(DESK, network.new_code(DESK), "new")
    heard = start_talking(desk)
    until(lambda: desk.on_db(desk.services.exchange.standing).numbers_left > 0)
    first = desk.accept(replace(ordinary_draft(), sender=replace(SENDER, phone="13700000001", name="新客"))).number
    assert time.monotonic() - began < 60
    until(lambda: not _standing(desk).more and desk.app.sync.state.word is SyncWord.IDLE)
    until(lambda: _told(desk) == lost.told)
    standing = _standing(desk)
    assert (standing.aside, standing.done >= standing.total > 15) == (0, True)

    here = rows(desk, VERSION)
    missing = {name: set(there) - set(here[name]) for name, there in lost.rows.items()}
    assert {name: each for name, each in missing.items() if each} == {}
    assert len(here["orders"]) == len(lost.rows["orders"]) + 1
    assert heard.defects == []

    tag, listed = _bag(desk).tag, desk.on_db(lambda: desk.services.handovers.open(desk.agent, "HZ-SH")).manifest.number
    assert {first, tag, listed} & lost.on_paper == set()
    assert len({text.lstrip("BAGHO") for text in {first, tag, listed, *lost.on_paper}}) == len(lost.on_paper) + 3
    until(lambda: desk.on_db(desk.services.exchange.standing).waiting == 0)
    assert network.rows("SELECT op_id FROM parked") == []
    parcel = desk.on_db(lambda: desk.services.floor.parcel(desk.agent, lost.signed))
    assert parcel is not None
    assert parcel.status.value == "DLVD"
    desk.app.sync.stop()
    assert desk.on_db(desk.app.desk.verify) == ()


def test_the_past_goes_on_after_the_program_was_closed_in_the_middle(network: SampleNetwork, lost: Lost) -> None:
    new = join_desk(network.folder / "new", network.hq.address, network.new_code(DESK))
    exchange = exchange_of(new)
    assert exchange.recall_once().did is Did.APPLIED
    exchange.close()
    assert _standing(new).more
    new.close()

    desk = reopen_desk(network.folder / "new")
    network.undo.callback(desk.close)
    start_talking(desk)
    until(lambda: not _standing(desk).more and _told(desk) == lost.told)
    until(lambda: rows(desk, VERSION) == lost.rows)
    desk.app.sync.stop()


def test_an_old_backup_that_was_put_back_gets_what_it_lacks(network: SampleNetwork) -> None:
    folder = network.folder / DESK
    desk = join_desk(folder, network.hq.address, network.codes[DESK])
    _in_step(network, desk)
    _hand_over(desk, desk.accept().number, in_a_bag=True)
    _in_step(network, desk)
    desk.on_db(desk.app.desk.backup_job)()
    given = {_void(desk), desk.accept().number}
    given |= _hand_over(desk, desk.accept().number, in_a_bag=True)
    _in_step(network, desk)
    before = rows(desk, VERSION)
    desk.close()
    for left in folder.glob("station.db*"):
        left.unlink()
    shutil.copy(max((folder / "backups").iterdir()), folder / "station.db")

    old = reopen_desk(folder)
    network.undo.callback(old.close)
    assert rows(old, VERSION) != before
    start_talking(old)
    until(lambda: rows(old, VERSION) == before)
    until(lambda: old.services.history.wanted() is None)
    assert _standing(old).aside == 0
    assert old.accept().number not in given
    old.app.sync.stop()
