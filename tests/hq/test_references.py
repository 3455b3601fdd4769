"""Reference data: checked before they go out, told to whom they concern, exact to the byte."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.paths import asset
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.domain.reference_contents import check
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.network import DESKS, EVERYWHERE, begin_epoch, load_demo, next_version, publish_reference
from courier_desk.protocol.messages import EnrolRequest, ProblemCode
from courier_desk.protocol.news import NewsKind, ReferencePublished
from tests.hq.desks import MACHINE, Joined, Network, empty_network


def _sample(kind: str, version: int = 1, **head: Any) -> dict[str, Any]:
    document = json.loads((asset("reference") / "sample" / f"{kind}.json").read_text(encoding="utf-8"))
    return {**document, "version": version, **head}


def _publish(network: Network, document: dict[str, Any], scope: str = EVERYWHERE) -> ReferenceSet:
    return publish_reference(network.engine, scope, document, "test", network.clock.now())


def _listed(network: Network, desk: Joined) -> list[tuple[str, int]]:
    return [(card.kind, card.version) for card in network.hq.references(desk.identity).references]


def test_a_version_arrives_as_it_was_published(network: Network) -> None:
    desk = network.join("HZ001-1")
    published = _publish(network, _sample("areas"))
    content = network.hq.reference(desk.identity, "areas", 1)
    (card,) = network.hq.references(desk.identity).references
    assert hashlib.sha256(content).hexdigest() == card.digest == published.digest
    assert ReferenceSet.from_document(json.loads(content)) == published


def test_the_desks_concerned_are_told(network: Network) -> None:
    network.add("BJ001", "BJ001-1")
    here, there = network.join("HZ001-1"), network.join("BJ001-1")
    published = _publish(network, _sample("areas"))
    _publish(network, _sample("lines"), "BJ001")
    network.hq.sequence()
    told = {desk.reply.desk_id: network.hq.feed(desk.identity, 1, 0, 10).items for desk in (here, there)}
    assert [item.entity_id for item in told["HZ001-1"]] == ["areas/1"]
    assert [item.entity_id for item in told["BJ001-1"]] == ["areas/1", "lines/1"]
    item = told["HZ001-1"][0]
    assert item.kind == NewsKind.REFERENCE_PUBLISHED
    assert ReferencePublished.model_validate_json(item.body).digest == published.digest


def test_what_is_for_another_station_is_neither_listed_nor_given(network: Network) -> None:
    network.add("BJ001", "BJ001-1")
    desk = network.join("HZ001-1")
    _publish(network, _sample("lines"), "BJ001")
    assert _listed(network, desk) == []
    with pytest.raises(Refused) as refused:
        network.hq.reference(desk.identity, "lines", 1)
    assert refused.value.code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize(
    ("scope", "change"),
    [
        (EVERYWHERE, {"areas": [{"prefixes": ["3x"], "services": ["standard"]}]}),
        (EVERYWHERE, {"areas": 1.5}),
        (EVERYWHERE, {"kind": "unheard_of"}),
        (EVERYWHERE, {"version": 0}),
        ("XX999", {}),
    ],
)
def test_what_a_desk_would_refuse_is_not_published(network: Network, scope: str, change: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        _publish(network, _sample("areas") | change, scope)
    assert network.count("SELECT count(*) FROM reference_version") == 0
    assert network.count("SELECT count(*) FROM feed_pending") == 0


def test_people_and_company_are_those_of_one_station(network: Network) -> None:
    network.add("BJ001", "BJ001-1")
    for document, scope in ((_sample("people"), EVERYWHERE), (_sample("company"), "BJ001")):
        with pytest.raises(UserError) as refused:
            _publish(network, document, scope)
        assert refused.value.field == "scope"
    _publish(network, _sample("company"), "HZ001")


def test_the_same_again_changes_nothing_and_is_not_told_again(network: Network) -> None:
    network.join("HZ001-1")
    for _ in range(2):
        _publish(network, _sample("areas"))
    assert network.count("SELECT count(*) FROM feed_pending WHERE desk_id = 'HZ001-1'") == 1


def test_a_version_that_is_there_is_never_changed(network: Network) -> None:
    _publish(network, _sample("areas"))
    with pytest.raises(UserError) as refused:
        _publish(network, _sample("areas", note="other"))
    assert refused.value.field == "version"


def test_versions_of_a_station_and_of_all_share_their_numbers(network: Network) -> None:
    """A desk knows a version by kind and number."""
    network.add("BJ001", "BJ001-1")
    _publish(network, _sample("lines", 1), "HZ001")
    _publish(network, _sample("lines", 1, note="Beijing's own"), "BJ001")
    assert next_version(network.engine, ReferenceKind.LINES, EVERYWHERE) == 2
    for scope in ("HZ001", EVERYWHERE):
        with pytest.raises(UserError):
            _publish(network, _sample("lines", 1, note="another"), scope)
    _publish(network, _sample("lines", 2))
    assert next_version(network.engine, ReferenceKind.LINES, "BJ001") == 3


def test_no_version_of_lost_hours_is_given_a_second_time(network: Network) -> None:
    """A desk that has it would take the other one for a fault, for ever."""
    _publish(network, _sample("areas", 7))
    for epoch in (2, 3):
        begin_epoch(network.engine, network.hq.reserve, "restored", network.clock.now(), upper=1)
        assert next_version(network.engine, ReferenceKind.AREAS, EVERYWHERE) == (epoch - 1) * 1000 + 1
        with pytest.raises(UserError):
            _publish(network, _sample("areas", 8))
    _publish(network, _sample("areas", 2001))
    assert next_version(network.engine, ReferenceKind.AREAS, EVERYWHERE) == 2002


def test_the_list_holds_what_holds_now_or_will(network: Network) -> None:
    """On 22 November: 1 and 3 are hidden by later ones, 2 is over, 4 holds, 5 holds for a week before 4 does again, 6
    will hold."""
    desk = network.join("HZ001-1")
    days = [
        ("2026-01-01", None),
        ("2026-02-01", "2026-03-01"),
        ("2026-04-01", "2026-12-31"),
        ("2026-05-01", None),
        ("2026-11-20", "2026-11-27"),
        ("2027-01-01", None),
    ]
    for version, (first, last) in enumerate(days, start=1):
        _publish(network, _sample("areas", version, valid_from=first, valid_until=last))
    assert network.clock.now().date() == date(2026, 11, 22)
    assert [version for _, version in _listed(network, desk)] == [4, 5, 6]


class TestDemoNetwork:
    def test_two_stations_get_all_they_need(self, network: Network) -> None:
        demo = load_demo(network.engine, network.clock.now())
        assert set(demo.codes) == set(DESKS)
        for desk_id, code in demo.codes.items():
            plain = code.replace("-", "")
            reply = network.hq.enrol(EnrolRequest(code=plain, machine=MACHINE, program="test"))
            desk = network.enter(reply)
            documents = [
                json.loads(network.hq.reference(desk.identity, card.kind, card.version))
                for card in network.hq.references(desk.identity).references
            ]
            assert reply.desk_id == desk_id
            assert sorted(document["kind"] for document in documents) == sorted(kind.value for kind in ReferenceKind)
            for document in documents:
                check(ReferenceSet.from_document(document))
            company = next(document for document in documents if document["kind"] == "company")
            assert company["station"]["id"] == reply.station_id

    def test_parcels_to_a_station_carry_its_routing_code_and_leave_on_lines_there_are(
        self, engine: sa.Engine, tmp_path: Path
    ) -> None:
        network = empty_network(engine, tmp_path)
        load_demo(engine, network.clock.now())
        desks = {station: network.join(f"{station}-1") for station in ("HZ001", "BJ001")}
        for desk in desks.values():
            lines, routing = (json.loads(network.hq.reference(desk.identity, kind, 1)) for kind in ("lines", "routing"))
            assert {route["line"] for route in routing["routes"]} <= {line["code"] for line in lines["lines"]}
            codes = {route["code"] for route in routing["routes"]}
            assert {other.reply.station.routing_code for other in desks.values()} <= codes

    def test_run_again_it_only_makes_new_codes(self, network: Network) -> None:
        first = load_demo(network.engine, network.clock.now())
        versions = network.count("SELECT count(*) FROM reference_version")
        second = load_demo(network.engine, network.clock.now())
        assert not set(first.codes.values()) & set(second.codes.values())
        assert network.count("SELECT count(*) FROM reference_version") == versions
