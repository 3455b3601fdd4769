"""The sample network: two live stations of the sample company, made from its sample reference data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from courier_desk.base.paths import asset
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.core.access import make_code
from courier_desk.hq.core.references import EVERYWHERE, publish
from courier_desk.hq.core.stations import NewStation, add_desk, add_station

DESKS = ("HZ001-1", "HZ001-2", "BJ001-1")
_BY = "demo"
_HANGZHOU, _BEIJING = "HZ001", "BJ001"
# Kinds that speak of one station: who works there, what leaves there and how.
_OF_A_STATION = (ReferenceKind.COMPANY, ReferenceKind.PEOPLE, ReferenceKind.LINES, ReferenceKind.ROUTING)
_ROUTING_CODES = {_HANGZHOU: "571-A10-06", _BEIJING: "10-C12-03"}

Document = dict[str, Any]

_BEIJING_STATION: Document = {
    "id": _BEIJING,
    "desk_id": "BJ001-1",
    "code": "10-CY01",
    "name": {"zh": "北京朝阳样例站", "en": "Beijing Chaoyang sample station"},
    "phone": "010-00000000",
    "address": {
        "province": "北京市",
        "city": "北京市",
        "district": "朝阳区",
        "street": "建外街道",
        "detail": "样例路2号",
        "postcode": "100020",
        "division": "110105001",
    },
    "zone": "Asia/Shanghai",
    "day_starts": "05:00",
}
_BEIJING_PEOPLE = {
    "1001": ("韩雪", "Han Xue"),
    "1002": ("白宇", "Bai Yu"),
    "1003": ("秦朗", "Qin Lang"),
    "1101": ("赵敏慧", "Zhao Minhui"),
    "1201": ("孟凡", "Meng Fan"),
    "1301": ("苏苒", "Su Ran"),
    "1401": ("郑国安", "Zheng Guo'an"),
    "1901": ("何以明", "He Yiming"),
}
# What leaves Beijing: code, name, hub at the other end.
_BEIJING_LINES = {
    "BJ-CITY": (("北京同城夜班", "Beijing city, night"), ("北京集散中心", "Beijing hub")),
    "BJ-EAST": (("北京—华东", "Beijing to the east"), ("上海集散中心", "Shanghai hub")),
    "BJ-SOUTH": (("北京—华南", "Beijing to the south"), ("广州集散中心", "Guangzhou hub")),
    "BJ-CENTRAL": (("北京—华中", "Beijing to the centre"), ("武汉集散中心", "Wuhan hub")),
    "BJ-NORTH": (("北京—华北、东北", "Beijing to the north"), ("沈阳集散中心", "Shenyang hub")),
    "BJ-WEST": (("北京—西南、西北", "Beijing to the west"), ("成都集散中心", "Chengdu hub")),
    "BJ-AIR": (("北京航空", "Beijing by air"), ("首都机场", "Capital airport")),
}
_SAME_WAY = {"HZ-CITY": "BJ-EAST", "HZ-ZJ": "BJ-EAST", "HZ-SH": "BJ-EAST", "HZ-EAST": "BJ-EAST"}


@dataclass(frozen=True, slots=True)
class DemoNetwork:
    """The one-time code of each desk, as it is read out."""

    codes: Mapping[str, str]


def load_demo(engine: sa.Engine, now: datetime) -> DemoNetwork:
    """Two stations, Hangzhou with two desks and Beijing with one, and all that they work with; their people's first
    passwords are made at the desks. Run again it only makes new codes."""
    documents_of = _documents()
    for station_id, documents in documents_of.items():
        if station_id != EVERYWHERE:
            add_station(engine, _station(documents[ReferenceKind.COMPANY]))
    for desk_id in DESKS:
        station_id, position = desk_id.split("-")
        add_desk(engine, station_id, desk_id, f"Desk {position}")
    for scope, documents in documents_of.items():
        for document in documents.values():
            publish(engine, scope, document, _BY, now)
    return DemoNetwork(
        {desk_id: make_code(engine, desk_id.split("-", maxsplit=1)[0], desk_id, _BY, now) for desk_id in DESKS}
    )


def _documents() -> dict[str, dict[ReferenceKind, Document]]:
    """The documents of each scope."""
    sample = {kind: _read(kind) for kind in ReferenceKind}
    # Live numbers are leased; the range of a station on its own is not used.
    sample[ReferenceKind.COMPANY]["station"]["numbers"] = {"first": 1, "last": 1}
    stations = (sample[ReferenceKind.COMPANY]["station"], _BEIJING_STATION)
    sample[ReferenceKind.AREAS]["stations"] = [{"id": each["id"], "name": each["name"]} for each in stations]
    here = {kind: sample.pop(kind) for kind in _OF_A_STATION}
    return {EVERYWHERE: sample, _HANGZHOU: here, _BEIJING: _in_beijing(here)}


def _read(kind: ReferenceKind) -> Document:
    path = asset("reference") / "sample" / f"{kind.value}.json"
    found: Document = json.loads(path.read_text(encoding="utf-8"))
    return found


def _in_beijing(here: Mapping[ReferenceKind, Document]) -> dict[ReferenceKind, Document]:
    company, people, lines, routing = (here[kind] for kind in _OF_A_STATION)
    numbers = company["station"]["numbers"]
    return {
        ReferenceKind.COMPANY: company | {"station": _BEIJING_STATION | {"numbers": numbers}},
        ReferenceKind.PEOPLE: people | {"people": [_namesake(person) for person in people["people"]]},
        ReferenceKind.LINES: lines | {"lines": _lines(lines["lines"][0])},
        ReferenceKind.ROUTING: routing
        | {
            "note": "Fictional routing codes of the sample company, as seen from its station in Beijing.",
            "routes": [route | {"line": _line(route)} for route in routing["routes"]],
        },
    }


def _namesake(person: Document) -> Document:
    zh, en = _BEIJING_PEOPLE[person["number"]]
    return person | {"id": f"beijing-{person['number']}", "name": {"zh": zh, "en": en}}


def _lines(model: Document) -> list[Document]:
    return [
        model
        | {
            "code": code,
            "name": dict(zip(("zh", "en"), name, strict=True)),
            "destination": dict(zip(("zh", "en"), hub, strict=True)),
            "mode": "air" if code == "BJ-AIR" else "truck",
            "plate": f"京A·Y000{position}",
            "driver": f"样例司机{position}",
        }
        for position, (code, (name, hub)) in enumerate(_BEIJING_LINES.items(), start=1)
    ]


def _line(route: Document) -> str:
    """Which line takes a parcel from Beijing that ``route`` describes from Hangzhou."""
    if route["prefix"].startswith("11"):
        return "BJ-CITY"
    line: str = route["line"]
    return _SAME_WAY.get(line, line.replace("HZ-", "BJ-"))


def _station(company: Document) -> NewStation:
    station, firm = company["station"], company["company"]
    return NewStation(
        station_id=station["id"],
        code=station["code"],
        name=LocalText(**station["name"]),
        company=LocalText(**firm["name"]),
        number_prefix=firm["number_prefixes"][StationKind.LIVE.value],
        zone=station["zone"],
        currency=firm["currency"],
        hotline=firm["hotline"],
        division_code=station["address"]["division"],
        routing_code=_ROUTING_CODES[station["id"]],
    )
