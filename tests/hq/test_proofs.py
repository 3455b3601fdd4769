"""The daily proof: a difference of a single byte between desk and headquarters is noticed."""

import json
from collections import defaultdict
from datetime import date

import pytest
import sqlalchemy as sa

from courier_desk.hq.core.refused import Refused
from courier_desk.protocol.chain import digest_of, fold
from courier_desk.protocol.messages import KindProof, ProblemCode, ProofRequest
from tests.hq.desks import Joined, Network

TODAY, YESTERDAY = date(2026, 11, 22), date(2026, 11, 21)


def _kinds(texts: list[str], on: date) -> list[KindProof]:
    """As a desk counts what it sent."""
    digests: dict[str, list[bytes]] = defaultdict(list)
    for text in texts:
        envelope = json.loads(text)
        if envelope["business_date"] == on.isoformat():
            digests[envelope["kind"]].append(digest_of(text.encode()))
    return [KindProof(kind=kind, count=len(each), digest=fold(each).hex()) for kind, each in digests.items()]


def _request(desk: Joined, *, before: tuple[str, ...] = (), on: date = TODAY, upto: int | None = None) -> ProofRequest:
    cursor = len(desk.sent) if upto is None else upto
    texts = [*before, *desk.sent[:cursor]]
    return ProofRequest(business_date=on, incarnation=desk.identity.incarnation, cursor=cursor, kinds=_kinds(texts, on))


def _mixed(network: Network, desk: Joined) -> None:
    for on in (YESTERDAY, TODAY, YESTERDAY):
        for kind in ("test.done", "test.other"):
            network.work(desk, 3, kind, on)


@pytest.mark.parametrize("on", [TODAY, YESTERDAY, date(2026, 11, 20)])
def test_both_sides_find_the_same(network: Network, on: date) -> None:
    desk = network.join("HZ001-1")
    _mixed(network, desk)
    _mixed(network, network.join("HZ001-2"))
    reply = network.hq.prove(desk.identity, _request(desk, on=on))
    assert reply.agrees
    assert {each.kind: each.count for each in reply.kinds} == {
        each.kind: each.count for each in _request(desk, on=on).kinds
    }
    assert network.count("SELECT count(*) FROM incident WHERE kind = 'proof_differs'") == 0


def test_it_reaches_over_incarnations_and_no_further_than_the_cursor(network: Network) -> None:
    old = network.join("HZ001-1")
    _mixed(network, old)
    desk = network.join("HZ001-1")
    _mixed(network, desk)
    for upto in (0, 1, 7, None):
        assert network.hq.prove(desk.identity, _request(desk, before=tuple(old.sent), upto=upto)).agrees


def test_operations_that_were_logged_days_later_count_for_their_business_date(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 2, on=date(2026, 10, 1))
    network.clock.go_on(days=40)
    network.work(desk, 2, on=date(2026, 10, 1))
    assert network.hq.prove(desk.identity, _request(desk, on=date(2026, 10, 1))).agrees


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE op_log SET body = set_byte(body, 10, get_byte(body, 10) # 1) WHERE seq = 2",
        "DELETE FROM op_log WHERE seq = 2",
        "UPDATE op_log SET kind = 'test.other' WHERE seq = 2",
    ],
)
def test_whatever_happened_to_the_log_is_an_incident(network: Network, damage: str) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 3)
    with network.engine.begin() as connection:
        connection.execute(sa.text(damage))
    for _ in range(2):
        assert not network.hq.prove(desk.identity, _request(desk)).agrees
    found = "SELECT count(*) FROM incident WHERE kind = 'proof_differs' AND desk_id = 'HZ001-1'"
    assert network.count(found) == 1
    kept = "SELECT count(*) FROM proof WHERE NOT agrees AND theirs <> ours AND business_date = '2026-11-22'"
    assert network.count(kept) == 1


def test_an_operation_that_only_the_desk_has_is_an_incident(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 2)
    request = _request(desk)
    more = KindProof(kind="test.unheard", count=1, digest="00" * 32)
    assert not network.hq.prove(desk.identity, request.model_copy(update={"kinds": [*request.kinds, more]})).agrees


def test_the_last_result_of_a_day_is_kept(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 2)
    network.hq.prove(desk.identity, _request(desk).model_copy(update={"kinds": []}))
    network.hq.prove(desk.identity, _request(desk))
    assert network.count("SELECT count(*) FROM proof WHERE agrees") == 1


def test_a_desk_that_believes_headquarters_has_more_hears_where_it_stands(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.work(desk, 2)
    with pytest.raises(Refused) as refused:
        network.hq.prove(desk.identity, _request(desk, upto=9))
    assert (refused.value.code, refused.value.problem.cursor) == (ProblemCode.GAP, 2)
