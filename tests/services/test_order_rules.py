"""What is charged is what was said, what is kept belongs to its owner, and headquarters hears all of it."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.manifest import Manifest, ManifestItem, ManifestState, seal_digest
from courier_desk.domain.number_block import NumberBlock
from courier_desk.domain.order import GoodsLine
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.domain.user import Role
from courier_desk.services.find import FindSpec
from courier_desk.services.pricing import PricingService
from courier_desk.services.reference import ReferenceService
from courier_desk.services.scans import ScanCommand
from tests.desk import PASSWORD, RECIPIENT, TestDesk, ordinary_draft


def _operations(desk: TestDesk, kind: str) -> list[dict[str, Any]]:
    found = "SELECT body FROM outbox WHERE kind = ? ORDER BY seq"
    with desk.app.desk.store.read() as look:
        return [json.loads(row[0]) for row in look.connection.exec_driver_sql(found, (kind,))]


def _orders(desk: TestDesk) -> list[str]:
    return [row.number for row in desk.on_db(lambda: desk.services.find.orders(desk.agent, FindSpec()))]


def test_another_price_than_the_one_that_was_said_is_not_charged(desk: TestDesk) -> None:
    draft = ordinary_draft()
    said = desk.on_db(lambda: desk.services.pricing.appraise(draft)).quote
    assert said is not None
    inspection = desk.inspect()
    accept = partial(desk.services.orders.accept, desk.agent, draft, inspection, None)
    with pytest.raises(UserError, match="price has changed"):
        desk.on_db(partial(accept, said.total_fen - 100))
    assert _orders(desk) == []
    assert desk.on_db(partial(accept, said.total_fen)).total_fen == said.total_fen


def test_past_midnight_the_price_list_of_the_business_day_still_holds(desk: TestDesk) -> None:
    """The list ends on the 31st; at half past midnight the day's work is still that of the 31st."""
    services, last = desk.services, date(2026, 12, 31)

    def appraise() -> list[str]:
        reference = ReferenceService(desk.app.desk.store, services.gate, lambda: last)
        tariff = replace(reference.tariff(), valid_until=last)
        reference.tariff = lambda on=None: tariff  # type: ignore[method-assign]  # a list that ends today
        clock = _Clock(datetime(2026, 12, 31, 16, 30, tzinfo=UTC))
        pricing = PricingService(reference, lambda: services.station, clock)
        return [str(fault.text) for fault in pricing.appraise(ordinary_draft()).faults]

    assert desk.on_db(appraise) == []


class _Clock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


def test_a_paper_seen_in_another_visit_does_not_count(desk: TestDesk) -> None:
    draft = replace(ordinary_draft(), visit_id=new_id())
    other, same = desk.inspect(), desk.inspect(visit_id=draft.visit_id)
    with pytest.raises(UserError) as caught:
        desk.on_db(lambda: desk.services.orders.accept(desk.agent, draft, other))
    assert caught.value.field == "identity"
    assert desk.on_db(lambda: desk.services.orders.accept(desk.agent, draft, same)).number


def test_a_recipient_who_moved_comes_back_with_the_new_district(desk: TestDesk) -> None:
    """The same telephone, street and number, in another district."""
    moved = replace(RECIPIENT, address=replace(RECIPIENT.address, district="长宁区", division="310105000000"))
    desk.accept()
    desk.accept(replace(ordinary_draft(), recipient=moved))
    caller = desk.on_db(lambda: desk.services.customers.by_phone(desk.agent, "13812345678"))
    assert caller is not None
    assert caller.recipients == (moved,)


def test_a_virtual_number_with_another_extension_is_another_customer(desk: TestDesk) -> None:
    first = ordinary_draft()
    for extension in ("1234", "5678"):
        desk.accept(replace(first, sender=replace(first.sender, phone=f"17012345678-{extension}")))
    for extension in ("1234", "5678"):
        caller = desk.on_db(partial(desk.services.customers.by_phone, desk.agent, f"17012345678-{extension}"))
        assert caller is not None
        assert caller.customer.orders == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tendered_fen": 10**20}, "tendered"),
        ({"declared_value_fen": 10**20}, "declared_value"),
        ({"cod_fen": 10**20}, "cod"),
        ({"goods": (GoodsLine("衬衫", 10**20, 1),)}, "goods"),
        ({"goods": (GoodsLine("衬衫", 1, 10**20),)}, "goods"),
    ],
)
def test_a_number_beyond_all_sense_is_refused_beside_its_field(
    desk: TestDesk, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(UserError) as caught:
        desk.accept(replace(ordinary_draft(), **change))
    assert caught.value.field == field


def test_composed_and_decomposed_characters_are_stored_as_the_same(desk: TestDesk) -> None:
    name = "Zoë Müller"
    draft = ordinary_draft()
    split = replace(draft.sender, name=unicodedata.normalize("NFD", f" {name} "))
    order_id = desk.accept(replace(draft, sender=split)).order_id
    order = desk.on_db(lambda: desk.services.find.order(desk.agent, order_id)).order
    assert order.draft.sender.name == name


def test_a_second_number_block_goes_on_and_one_of_another_prefix_is_left_alone(desk: TestDesk) -> None:
    def lease() -> None:
        with desk.app.desk.store.write(None) as work:
            first = work.numbers.block("XS")
            assert first is not None
            work.numbers.save(replace(first, next=first.last))
            work.numbers.add(NumberBlock("foreign", "ZZ", 1, 100, 1))
            work.numbers.add(NumberBlock("second", "XS", 500_000_000_000, 500_000_000_000, 500_000_000_000))
            work.emit("numbers.leased", "second", {})
            work.commit()

    desk.on_db(lease)
    assert desk.accept().number.startswith("XS")
    assert desk.accept().number.startswith("XS500000000000")
    with pytest.raises(UserError, match="No waybill numbers are left"):
        desk.accept()
    assert len(_orders(desk)) == 2


def test_nobody_writes_into_or_drops_somebody_elses_form(desk: TestDesk) -> None:
    drafts, agent, lead = desk.services.drafts, desk.agent, desk.actors[Role.SUPERVISOR]
    desk.on_db(lambda: drafts.keep(agent, "form", "order", "half", {"text": "mine"}))
    desk.on_db(lambda: drafts.take_over(lead, "form"))
    with pytest.raises(UserError, match="taken this form over"):
        desk.on_db(lambda: drafts.keep(agent, "form", "order", "half", {"text": "still typing"}))
    desk.on_db(lambda: drafts.drop(agent, "form"))
    inspection = desk.inspect()
    desk.on_db(lambda: desk.services.orders.accept(agent, ordinary_draft(), inspection, "form"))
    assert desk.on_db(lambda: drafts.mine(lead)) == [("form", "order", {"text": "mine"})]
    assert desk.on_db(lambda: drafts.mine(agent)) == []


def _handed_over(desk: TestDesk, number: str) -> Manifest:
    def scan(operation: Operation) -> ScanCommand:
        return ScanCommand(RawScan(number, "gun", datetime.now(UTC)), operation)

    desk.on_db(lambda: desk.services.scans.record(desk.agent, scan(Operation.COLLECTED)))
    parcel = desk.on_db(lambda: desk.services.floor.parcel(desk.agent, number))
    assert parcel is not None
    handovers, agent = desk.services.handovers, desk.agent
    first = desk.on_db(lambda: handovers.open(agent, parcel.line, "浙A12345", "王师傅")).manifest
    desk.on_db(lambda: handovers.load(agent, first.id, scan(Operation.LOADED)))
    return desk.on_db(lambda: handovers.close(agent, first.id, "浙A12345", "王师傅", short_confirmed=True)).manifest


def test_headquarters_can_rebuild_a_closed_list_and_its_seal(desk: TestDesk) -> None:
    closed = _handed_over(desk, desk.accept().number)
    said = _operations(desk, "handover.closed")[0]["body"]
    rebuilt = Manifest(
        id=closed.id,
        number=said["number"],
        line=said["line"],
        business_date=date.fromisoformat(said["business_date"]),
        state=ManifestState.CLOSED,
        opened_at=closed.opened_at,
        plate=said["plate"],
        driver=said["driver"],
        items=tuple(ManifestItem(*item) for item in said["items"]),
        differences=tuple(said["differences"]),
        supplement_of=said["supplement_of"],
    )
    assert seal_digest(rebuilt) == said["digest"] == closed.digest


def test_headquarters_hears_the_money_and_the_inspection_of_an_order(desk: TestDesk) -> None:
    accepted = desk.accept()
    order = desk.on_db(lambda: desk.services.find.order(desk.agent, accepted.order_id)).order
    said = _operations(desk, "order.accepted")[0]["body"]
    assert said["tendered_fen"] == order.draft.tendered_fen
    assert said["paid_fen"] - said["tendered_fen"] == -said["change_fen"] == -accepted.change_fen
    assert said["chargeable_g"] == order.chargeable_g
    proof = order.inspection.identity
    assert proof is not None
    assert said["identity_seen"] == [proof.visit_id, proof.seen_at.isoformat()]
    assert said["restricted_confirmed"] is False


def test_the_operation_of_a_refusal_names_its_row(desk: TestDesk) -> None:
    desk.on_db(lambda: desk.services.acceptance.refuse(desk.agent, "no_identity", "returned", "would not show it"))
    with desk.app.desk.store.read() as look:
        row = look.connection.exec_driver_sql("SELECT id FROM refusal").scalar_one()
    assert [said["entity_id"] for said in _operations(desk, "acceptance.refused")] == [row]


def test_a_scan_tells_headquarters_what_was_really_read(desk: TestDesk) -> None:
    command = ScanCommand(RawScan("XS00000", "gun", datetime.now(UTC)), Operation.COLLECTED)
    desk.on_db(lambda: desk.services.scans.record(desk.agent, command))
    assert _operations(desk, "scan.recorded")[0]["body"]["text"] == "XS00000"


def test_a_later_event_has_its_own_business_date(desk: TestDesk) -> None:
    """The order keeps its day, a scan two days later has that day."""
    accepted = desk.accept()
    store = desk.app.desk.store
    later = desk.app.clock.now() + timedelta(days=2)
    clock, store.clock = store.clock, _Clock(later)
    command = ScanCommand(RawScan(accepted.number, "gun", later), Operation.COLLECTED)
    desk.on_db(lambda: desk.services.scans.record(desk.agent, command))
    store.clock = clock
    with store.read() as look:
        run = look.connection.exec_driver_sql
        ordered = run("SELECT business_date FROM orders").scalar_one()
        scanned = run("SELECT business_date FROM scan_event").scalar_one()
    assert date.fromisoformat(scanned) - date.fromisoformat(ordered) == timedelta(days=2)


def test_the_operation_of_a_seal_says_what_lies_in_the_bag(desk: TestDesk) -> None:
    number = desk.accept().number
    parcel = desk.on_db(lambda: desk.services.floor.parcel(desk.agent, number))
    assert parcel is not None
    bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, parcel.destination, parcel.line)).bag
    for operation in (Operation.COLLECTED, Operation.BAGGED):
        command = ScanCommand(RawScan(number, "gun", datetime.now(UTC)), operation, bag.id)
        desk.on_db(partial(desk.services.scans.record, desk.agent, command))
    desk.on_db(lambda: desk.services.bags.seal(desk.agent, bag.id, "SEAL1", 1))
    assert _operations(desk, "bag.sealed")[0]["body"]["contents"] == [number]


def test_what_needed_an_approval_names_it(desk: TestDesk) -> None:
    accepted, services = desk.accept(), desk.services
    request = services.approvals.request(RequestKind.REPRINT, accepted.number, "torn")
    word = services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD)
    desk.on_db(lambda: services.print_queue.reprint(desk.agent, PaperKind.LABEL, request, word))
    assert [said["body"]["approval"] for said in _operations(desk, "paper.reprinted")] == [word]
