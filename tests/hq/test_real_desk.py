"""What a real desk says, byte for byte as it stands in its outbox, takes its whole effect at headquarters."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from courier_desk.domain.approval import RequestKind
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.protocol.chain import chain_over, digest_of
from courier_desk.protocol.messages import Outcome, PushReply, PushRequest
from courier_desk.services.scans import ScanCommand
from tests.desk import PASSWORD, TestDesk, desk_in, ordinary_draft
from tests.hq.desks import Network

_ALL_NUMBERS = """
INSERT INTO number_range (station_id, desk_id, incarnation, prefix, serials, request_id, leased_at)
VALUES (:station, :desk, 1, 'XS', '[1,1000000000000)', 'all', now())
"""


def _scan(desk: TestDesk, text: str, operation: Operation, bag_id: str | None = None) -> None:
    command = ScanCommand(RawScan(text, "gun", datetime.now(UTC)), operation, bag_id)
    desk.on_db(lambda: desk.services.scans.record(desk.agent, command))


def _a_days_work(desk: TestDesk) -> tuple[str, str, str]:
    """Numbers of an order that left in a bag, one of two pieces that left loose, and one that was voided."""
    bagged, loose, voided = desk.accept(), desk.accept(ordinary_draft(pieces=2)), desk.accept()
    for number in (bagged.number, *loose.parcel_numbers, "SF1385628716739", "rubbish"):
        _scan(desk, number, Operation.COLLECTED)
    with desk.app.desk.store.read() as look:
        order = look.orders.by_number(bagged.number)
    assert order is not None
    services = desk.services
    bag = desk.on_db(lambda: services.bags.open(desk.agent, order.route.package_centre, order.route.line)).bag
    _scan(desk, bagged.number, Operation.BAGGED, bag.id)
    desk.on_db(lambda: services.bags.seal(desk.agent, bag.id, "SEAL0001", 1))
    handover = desk.on_db(lambda: services.handovers.open(desk.agent, order.route.line)).manifest
    for text in (bag.tag, *loose.parcel_numbers):
        command = ScanCommand(RawScan(text, "gun", datetime.now(UTC)), Operation.LOADED)
        desk.on_db(lambda: services.handovers.load(desk.agent, handover.id, command))  # noqa: B023
    desk.on_db(lambda: services.handovers.close(desk.agent, handover.id, "浙A12345", "王师傅", short_confirmed=True))
    request = desk.on_db(lambda: services.cancelling.ask(desk.agent, RequestKind.VOID, voided.order_id, "mistaken"))
    approval = desk.on_db(lambda: services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD))
    desk.on_db(lambda: services.cancelling.void(desk.agent, request, approval))
    return bagged.number, loose.number, voided.number


def _outbox(desk: TestDesk) -> list[str]:
    with desk.app.desk.store.read() as look:
        rows = look.connection.exec_driver_sql("SELECT body FROM outbox ORDER BY seq").all()
    return [bytes(row[0]).decode() for row in rows]


def _push(network: Network, desk: TestDesk, texts: list[str]) -> PushReply:
    station, name = desk.agent.station_id, desk.agent.desk_id
    network.add(station, name)
    joined = network.join(name)
    with network.engine.begin() as connection:
        connection.execute(sa.text(_ALL_NUMBERS), {"station": station, "desk": name})
    chain = chain_over(bytes(32), (digest_of(text.encode()) for text in texts)).hex()
    return network.hq.push(joined.identity, PushRequest(incarnation=1, first_seq=1, chain=chain, operations=texts), 1)


def test_all_that_a_desk_says_is_applied(network: Network, tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        bagged, loose, voided = _a_days_work(desk)
        reply = _push(network, desk, _outbox(desk))
    assert [verdict for verdict in reply.verdicts if verdict.outcome is not Outcome.APPLIED] == []
    with network.engine.connect() as connection:
        waybills = connection.execute(sa.text("SELECT number, pieces, void FROM waybill ORDER BY number")).all()
        left = connection.execute(sa.text("SELECT number FROM parcel_event WHERE operation = 'dispatched'")).scalars()
        numbers = sorted(left)
        customers = connection.execute(sa.text("SELECT count(*) FROM customer")).scalar_one()
    assert [tuple(row) for row in waybills] == [(bagged, 1, False), (loose, 2, False), (voided, 1, True)]
    assert numbers == [bagged, f"{loose}-01", f"{loose}-02"]
    assert customers == 1
