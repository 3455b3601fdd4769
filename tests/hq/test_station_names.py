"""What stations are called goes out beside the areas served: by itself, rarely, and without touching what is whose."""

import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from courier_desk.base.paths import asset
from courier_desk.domain.areas import Areas
from courier_desk.hq.core import station_names
from courier_desk.hq.network import EVERYWHERE, publish_reference
from courier_desk.hq.tables.network import STATION
from tests.hq.desks import Joined, Network


def _publish(network: Network, version: int, scope: str = EVERYWHERE, **more: Any) -> None:
    document = json.loads((asset("reference") / "sample" / "areas.json").read_text(encoding="utf-8"))
    publish_reference(network.engine, scope, {**document, "version": version, **more}, "test", network.clock.now())


def _tell(network: Network, later: timedelta = timedelta(0)) -> int:
    return station_names.tell(network.engine, network.clock.now() + later)


def _versions(network: Network, desk: Joined) -> dict[int, Areas]:
    """What the desk is offered, as it reads it."""
    cards = network.hq.references(desk.identity).references
    texts = (network.hq.reference(desk.identity, each.kind, each.version) for each in cards)
    return {areas.version: areas for areas in (Areas.from_data(json.loads(text)) for text in texts)}


def _rename(network: Network, station: str, zh: str, en: str) -> None:
    with network.engine.begin() as connection:
        named = sa.update(STATION).where(STATION.c.station_id == station).values(name={"zh": zh, "en": en})
        connection.execute(named)


def test_the_areas_tell_what_every_station_is_called_and_once_is_enough(network: Network) -> None:
    desk = network.join("HZ001-1")
    network.add("BJ001", "BJ001-1")
    _publish(network, 1)
    _rename(network, "BJ001", "北京朝阳", "Beijing Chaoyang")
    network.hq.keep_house()
    assert _tell(network) == 0
    (areas,) = _versions(network, desk).values()
    assert areas.version == 2
    assert set(areas.stations) == {"BJ001", "HZ001"}
    assert (areas.stations["BJ001"].zh, areas.stations["BJ001"].en) == ("北京朝阳", "Beijing Chaoyang")
    assert areas.serves("330110", "express")
    network.hq.sequence()
    assert [item.entity_id for item in network.hq.feed(desk.identity, 1, 0, 9).items] == ["areas/1", "areas/2"]


def test_other_names_go_out_once_a_day(network: Network) -> None:
    desk = network.join("HZ001-1")
    _publish(network, 1)
    assert _tell(network) == 1
    _rename(network, "HZ001", "新", "New")
    assert _tell(network, timedelta(hours=1)) == 0
    assert _tell(network, timedelta(hours=21)) == 1
    assert str(_versions(network, desk)[3].stations["HZ001"]) == "New"


def test_what_one_station_has_of_its_own_stays_before_what_is_for_all(network: Network) -> None:
    desk = network.join("HZ001-1")
    _publish(network, 1)
    _publish(network, 2, "HZ001", areas=[{"prefixes": ["33"], "services": ["cold"]}])
    assert _tell(network) == 2
    newest = max(_versions(network, desk).items())[1]
    assert newest.area("330110").services == {"cold"}
    assert "HZ001" in newest.stations


def test_areas_that_hold_later_are_waited_for(network: Network) -> None:
    network.join("HZ001-1")
    _publish(network, 1)
    first = network.clock.now().date() + timedelta(days=3)
    _publish(network, 2, valid_from=first.isoformat())
    assert _tell(network) == 0
    assert _tell(network, timedelta(days=3)) == 1


def test_without_areas_nothing_goes_out(network: Network) -> None:
    assert _tell(network) == 0
