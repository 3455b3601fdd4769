"""Other desks' data, dead secrets, repeated requests, and what a body claims: refused, and nothing is changed by it."""

import hashlib
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from courier_desk.hq.core import access
from courier_desk.protocol.messages import EnrolReply, HistoryReply
from tests.hq.desks import MACHINE, Joined, operation
from tests.hq.http_line import Line, line_over, problem, push_request
from tests.hq_database import fresh_database

PICTURE = b"\x89PNG\r\n\x1a\n mine"
PICTURE_PATH = f"/v1/photographs/{hashlib.sha256(PICTURE).hexdigest()}"
DAY = {"business_date": "2026-11-22", "incarnation": 1, "cursor": 0, "kinds": []}
LEASE = {"request_id": "r", "incarnation": 1, "prefix": "CD", "wanted": 100}
# Every call of a desk: method, path, body.
CALLS: dict[str, tuple[str, str, dict[str, object] | None]] = {
    "renew": ("POST", "/v1/renew", {"machine": MACHINE, "program": "x"}),
    "hello": ("GET", "/v1/hello", None),
    "feed": ("GET", "/v1/feed?epoch=1&after=0", None),
    "references": ("GET", "/v1/references", None),
    "reference": ("GET", "/v1/references/tariff/1", None),
    "numbers": ("POST", "/v1/numbers", LEASE),
    "proofs": ("POST", "/v1/proofs", DAY),
    "history": ("GET", "/v1/history", None),
    "keep photograph": ("PUT", PICTURE_PATH, None),
    "photograph": ("GET", PICTURE_PATH, None),
}
CLAIMS = {"role": "administrator", "roles": ["director"], "is_admin": True, "desk_id": "HZ001-1", "station_id": "X"}
TABLES = ("op_log", "parked", "cursor", "number_range", "waybill", "feed_item", "photograph", "proof", "dead_secret")


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with fresh_database() as dsn, line_over(dsn, tmp_path_factory.mktemp("hq")) as line:
        line.network.add("SH001", "SH001-1")
        yield line


@pytest.fixture(scope="module")
def mine(line: Line) -> Joined:
    """A desk of HZ001 with something to hide."""
    desk = line.network.join("HZ001-1")
    assert line.push(desk, line.operations(desk, 3)).status_code == 200
    assert line.call(desk, "POST", "/v1/numbers", json=LEASE).status_code == 200
    headers = {"Content-Type": "image/png"}
    assert line.call(desk, "PUT", PICTURE_PATH, content=PICTURE, headers=headers).status_code == 204
    return desk


@pytest.fixture(scope="module")
def theirs(line: Line) -> Joined:
    """A desk of another station, which tries."""
    return line.network.join("SH001-1")


def state(line: Line) -> dict[str, int]:
    """How many rows each table has."""
    return {table: line.network.count(f"SELECT count(*) FROM {table}") for table in TABLES}


def impostor(desk: Joined, secret: str, desk_id: str | None = None) -> Joined:
    reply = desk.reply.model_copy(update={"secret": secret, "desk_id": desk_id or desk.reply.desk_id})
    return replace(desk, reply=EnrolReply.model_validate(reply.model_dump()))


@pytest.fixture(scope="module")
def nobodies(line: Line, mine: Joined, theirs: Joined) -> dict[str, Joined | None]:
    """Tokens that are nobody's, or nobody's any more."""
    line.network.add("HZ001", "HZ001-old", "HZ001-gone")
    old, gone = line.network.join("HZ001-old"), line.network.join("HZ001-gone")
    line.network.join("HZ001-old")
    with line.network.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE desk SET state = 'retired' WHERE desk_id = 'HZ001-gone'")
    return {
        "no token": None,
        "wrong secret": impostor(mine, "x" * 43),
        "no such desk": impostor(mine, mine.reply.secret, "HZ001-none"),
        "the secret of another desk": impostor(mine, theirs.reply.secret),
        "the id in another place": impostor(theirs, mine.reply.secret),
        "dead incarnation": old,
        "retired": gone,
        "very long": impostor(mine, "x" * 128, "HZ001-" + "1" * 58),
    }


WHO = (
    "no token",
    "wrong secret",
    "no such desk",
    "the secret of another desk",
    "the id in another place",
    "dead incarnation",
    "retired",
    "very long",
)


@pytest.mark.parametrize("who", WHO)
def test_no_call_answers_nobody(line: Line, nobodies: dict[str, Joined | None], who: str) -> None:
    before = state(line)
    for name, (method, path, body) in CALLS.items():
        found = problem(line.call(nobodies[who], method, path, json=body))
        assert found == (401, "not_known"), name
    assert state(line) == before


@pytest.mark.parametrize("who", WHO)
def test_nobody_pushes(line: Line, mine: Joined, nobodies: dict[str, Joined | None], who: str) -> None:
    before = state(line)
    speaker = nobodies[who]
    body = push_request(speaker or mine, line.operations(speaker or mine, 2)).model_dump_json()
    expected = (409, "fenced") if who == "dead incarnation" else (401, "not_known")
    assert problem(line.call(speaker, "POST", "/v1/push", content=body)) == expected
    assert state(line) == before


@pytest.mark.parametrize(
    "header", ["", "Basic SFowMDE6eA==", "Bearer", "Bearer .", "Bearer HZ001-1.", "Bearer \xff.\xfe"]
)
def test_what_is_no_bearer_token_is_nobodys(line: Line, header: str) -> None:
    headers = {b"Authorization": header.encode("latin-1")}
    assert problem(line.client.get("/v1/hello", headers=headers)) == (401, "not_known")


def test_tokens_count_in_the_header_only(line: Line, mine: Joined) -> None:
    assert problem(line.client.get("/v1/hello", params={"token": mine.token, "authorization": mine.token}))[0] == 401
    assert problem(line.client.get("/v1/hello", headers={"Cookie": f"authorization={mine.token}"}))[0] == 401


class TestForeignNames:
    """A body that speaks in the name of another desk is kept as its sender's, parked, and changes nothing there."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"desk": "HZ001-1"},
            {"station": "HZ001"},
            {"desk": "HZ001-1", "station": "HZ001"},
            {"incarnation": 7},
            {"seq": 99},
        ],
        ids=str,
    )
    def test_operations_in_another_name_are_parked(
        self, line: Line, mine: Joined, theirs: Joined, changes: dict[str, object]
    ) -> None:
        text = json.dumps(json.loads(line.operations(theirs, 1, kind="order.voided")[0]) | changes)
        reply = line.push(theirs, [text]).json()
        assert [(v["outcome"], v["reason"]) for v in reply["verdicts"]] == [("parked", "wrong_sender")]
        assert line.call(mine, "GET", "/v1/hello").json()["cursor"] == 3

    def test_operations_of_another_desk_sent_again_are_parked(self, line: Line, mine: Joined, theirs: Joined) -> None:
        reply = line.push(theirs, mine.sent[:2]).json()
        assert [v["reason"] for v in reply["verdicts"]] == ["wrong_sender"] * 2

    def test_a_whole_request_of_another_desk_is_no_request_of_ones_own(self, line: Line, mine: Joined) -> None:
        line.network.add("SH001", "SH001-2")
        thief = line.network.join("SH001-2")
        assert line.push(thief, line.operations(thief, 3)).status_code == 200
        body = push_request(replace(mine, sent=[]), mine.sent).model_dump_json()
        assert problem(line.call(thief, "POST", "/v1/push", content=body)) == (409, "diverged")
        assert line.call(mine, "GET", "/v1/hello").json()["cursor"] == 3

    @pytest.mark.parametrize("incarnation", [2, 2**31 - 1])
    def test_another_incarnation_is_fenced(self, line: Line, mine: Joined, incarnation: int) -> None:
        request = push_request(mine, line.operations(mine, 1)).model_copy(update={"incarnation": incarnation})
        reply = line.call(mine, "POST", "/v1/push", content=request.model_dump_json())
        assert problem(reply) == (409, "fenced")
        again = line.call(mine, "POST", "/v1/numbers", json=LEASE | {"incarnation": incarnation, "request_id": "z"})
        assert problem(again) == (409, "fenced")

    @pytest.mark.parametrize("prefix", ["XS", "SH", "AA"])
    def test_numbers_of_another_prefix_are_not_leased(self, line: Line, mine: Joined, prefix: str) -> None:
        reply = line.call(mine, "POST", "/v1/numbers", json=LEASE | {"prefix": prefix, "request_id": "p"})
        assert problem(reply) == (403, "not_allowed")


class TestForeignData:
    def test_the_past_of_another_station_is_not_shown(self, line: Line, mine: Joined, theirs: Joined) -> None:
        first = line.call(mine, "GET", "/v1/history", params={"limit": 1}).json()["mark"]
        seen = list[str]()
        for mark in ("", first, *(line.call(theirs, "GET", "/v1/history").json()["mark"],)):
            reply = line.call(theirs, "GET", "/v1/history", params={"mark": mark})
            if reply.status_code == 200:
                seen += HistoryReply.model_validate_json(reply.content).operations
        assert {json.loads(text)["desk"] for text in seen if text not in theirs.sent} <= {"SH001-2"}

    def test_photographs_of_another_station_are_not_shown(self, line: Line, mine: Joined, theirs: Joined) -> None:
        assert problem(line.call(theirs, "GET", PICTURE_PATH)) == (404, "not_found")
        assert line.call(mine, "GET", PICTURE_PATH).content == PICTURE

    def test_a_feed_is_the_desks_own_whatever_is_asked(self, line: Line, mine: Joined, theirs: Joined) -> None:
        line.network.cause(mine.identity)
        line.network.hq.sequence()
        asked = "/v1/feed?epoch=1&after=0&desk=HZ001-1&station=HZ001&station_id=HZ001&desk_id=HZ001-1"
        assert line.call(theirs, "GET", asked).json()["items"] == []
        assert len(line.call(mine, "GET", f"{asked}&wait=20").json()["items"]) == 1

    def test_a_lease_of_the_same_name_is_another_desks_own(self, line: Line, mine: Joined, theirs: Joined) -> None:
        leases = [line.call(desk, "POST", "/v1/numbers", json=LEASE).json() for desk in (mine, theirs)]
        first, second = ({*range(lease["first"], lease["last"] + 1)} for lease in leases)
        assert not first & second


class TestClaims:
    """Rights come from the token alone."""

    def test_claims_in_an_enrolment_are_ignored(self, line: Line) -> None:
        line.network.add("HZ001", "HZ001-claims")
        body = {"code": line.network.code("HZ001-claims"), "machine": MACHINE, "program": "x"} | CLAIMS
        reply = line.call(None, "POST", "/v1/enrol", json=body).json()
        assert (reply["desk_id"], reply["station_id"]) == ("HZ001-claims", "HZ001")

    @pytest.mark.parametrize("kind", ["people.changed", "reference.published", "operation.settled", "admin.granted"])
    def test_a_desk_does_not_speak_for_headquarters(self, line: Line, kind: str) -> None:
        line.network.add("HZ001", "HZ001-speaks")
        desk = line.network.join("HZ001-speaks")
        text = json.dumps(json.loads(operation(desk.identity, 1, kind, line.network.clock.now())) | CLAIMS)
        reply = line.push(desk, [text]).json()
        assert [(v["outcome"], v["reason"]) for v in reply["verdicts"]] == [("parked", "unknown_kind")]

    def test_a_code_is_one_desks_only(self, line: Line) -> None:
        line.network.add("HZ001", "HZ001-a")
        code = line.network.code("HZ001-a")
        used = [
            line.call(None, "POST", "/v1/enrol", json={"code": code, "machine": machine, "program": "x"})
            for machine in (MACHINE, "cd" * 32)
        ]
        assert [reply.status_code for reply in used] == [200, 403]
        joined = line.network.enter(EnrolReply.model_validate_json(used[0].content))
        assert joined.reply.desk_id == "HZ001-a"


def test_a_wrong_secret_takes_as_long_however_much_of_it_is_right(line: Line, mine: Joined) -> None:
    """Secrets are compared by their digests and in constant time; what is left is noise of the database."""
    secret = mine.reply.secret
    wrong = {
        "all wrong": "".join("a" if sign != "a" else "b" for sign in secret),
        "last sign wrong": secret[:-1] + ("a" if secret[-1] != "a" else "b"),
    }
    times: dict[str, list[float]] = {name: [] for name in wrong}
    for _ in range(150):
        for name, guess in wrong.items():
            began = time.perf_counter()
            token = f"{mine.reply.desk_id}.{guess}"
            assert access.authenticate(line.network.engine, token, line.network.clock.now()) is None
            times[name].append(time.perf_counter() - began)
    first, second = (statistics.median(found) for found in times.values())
    assert abs(first - second) < 0.3 * max(first, second)
