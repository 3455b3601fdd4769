"""A new folder becomes a desk of a live station, from what headquarters says; or nothing of it is there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.base.paths import DataFolder
from courier_desk.bootstrap import AppContext, build
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference import canonical_bytes
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.protocol.messages import EnrolReply
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.exchange import LinkState
from courier_desk.services.exchange_join import Joining
from tests.services.hq_stub import StubHq

ADDRESS = "https://hq.example.org"
HASHER = Argon2Hasher(memory_kib=64, rounds=1)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppContext]:
    made = build(DataFolder(tmp_path / "desk"))
    yield made
    made.close()


def documents(**changed: Any) -> list[bytes]:
    """What headquarters holds for the station, as exact bytes."""
    found = {each.kind.value: dict(each.payload) for each in sample_sets()}
    for kind, more in changed.items():
        found[kind] |= more
    return [canonical_bytes(each) for each in found.values() if each]


def enrolled(hq: StubHq | None = None) -> EnrolReply:
    hq = hq or StubHq(log={}, incarnation=0)
    return hq.renew()


def join(app: AppContext, reply: EnrolReply, given: list[bytes]) -> Any:
    def act() -> Any:
        joining = Joining(app.desk.store, HASHER, app.desk.joining.machine)
        return joining.join(ADDRESS, reply, given)

    return app.db.submit(act).result(60)


def test_the_desk_is_what_headquarters_says_and_people_get_their_first_passwords(app: AppContext) -> None:
    first = join(app, enrolled(), documents())
    assert len(first) == 8
    station = app.db.submit(lambda: app.services.station).result(30)
    assert (station.kind, station.number_prefix, station.desk_id) == (StationKind.LIVE, "CD", "HZ001-1")
    link = app.services.exchange.link()
    assert link is not None
    assert (link.address, link.incarnation, link.token) == (ADDRESS, 1, "HZ001-1." + "s" * 40)
    result = app.db.submit(lambda: app.services.auth.log_in(first[0].operator.number, first[0].password)).result(30)
    assert result.must_change


def test_a_first_password_of_headquarters_is_taken_and_not_shown(app: AppContext) -> None:
    given = documents()
    people = next(json.loads(each) for each in given if json.loads(each)["kind"] == "people")
    people["people"][0]["first_password"] = HASHER.hash("given-by-headquarters")
    given = [each for each in given if json.loads(each)["kind"] != "people"] + [canonical_bytes(people)]
    first = join(app, enrolled(), given)
    number = people["people"][0]["number"]
    assert number not in {each.operator.number for each in first}
    assert len(first) == 7
    result = app.db.submit(lambda: app.services.auth.log_in(number, "given-by-headquarters")).result(30)
    assert result.must_change


def test_it_has_no_numbers_before_headquarters_gave_some(app: AppContext) -> None:
    hq = StubHq(log={}, incarnation=0)
    join(app, hq.renew(), documents())
    exchange = app.db.submit(lambda: app.services.exchange).result(30)
    assert exchange.standing().numbers_left == 0
    request = exchange.lease_wanted()
    assert request is not None
    assert request.prefix == "CD"
    exchange.admit_lease(hq.lease(request))
    assert exchange.standing().numbers_left == request.wanted


def test_a_desk_that_was_replaced_begins_with_its_incarnation_and_does_not_prove_the_past(app: AppContext) -> None:
    hq = StubHq(log={1: ["x"] * 7}, incarnation=1)
    join(app, hq.renew(), documents())
    exchange = app.db.submit(lambda: app.services.exchange).result(30)
    link = exchange.link()
    assert link is not None
    assert (link.incarnation, link.cursor, link.state) == (2, 0, LinkState.JOINED)

    def prove_from() -> tuple[Any, Any]:
        with app.desk.store.write(None) as work:
            record = work.link.get()
            assert record is not None
            work.emit("scan.recorded", "x", {})
            day = work.business_date
            work.commit()
            return record.prove_from, day

    first, today = app.db.submit(prove_from).result(30)
    assert first > today
    batch = exchange.batch()
    assert batch is not None
    assert (batch.incarnation, batch.first_seq) == (2, 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"tariff": {"valid_until": "2026-02-01"}}, "missing: tariff"),
        ({"company": {"company": {}}}, "company"),
        ({"people": {"people": 7}}, "people"),
    ],
)
def test_wrong_documents_leave_nothing_behind(app: AppContext, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        join(app, enrolled(), documents(**changed))
    assert app.db.submit(app.desk.first_start.station).result(30) is None
    assert len(join(app, enrolled(), documents())) == 8


def test_two_prefixes_are_one_too_many(app: AppContext) -> None:
    reply = enrolled()
    other = reply.model_copy(update={"station": reply.station.model_copy(update={"number_prefix": "ZZ"})})
    with pytest.raises(UserError, match="two prefixes"):
        join(app, other, documents())


def test_a_folder_is_set_up_once(app: AppContext) -> None:
    join(app, enrolled(), documents())
    with pytest.raises(UserError, match="already"):
        join(app, enrolled(), documents())
