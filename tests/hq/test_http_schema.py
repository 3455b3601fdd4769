"""Whatever is sent to any operation of the OpenAPI description, headquarters answers as described and never with a 5xx.

Two sources of bad input: what schemathesis makes of the description, and valid bodies in which one place is replaced by
something hostile. ``make soak`` sends 2,000 of each to every operation.
"""

import copy
import json
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from courier_desk.base.clock import SystemClock
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.reserve import NumberReserve
from courier_desk.hq.database import open_engine
from courier_desk.hq.http.app import create_app
from courier_desk.protocol.messages import EnrolReply, Problem, ProblemCode
from tests.hq.desks import MACHINE, Joined, operation
from tests.hq.http_line import Line, line_over, push_request
from tests.hq_database import fresh_database
from tests.hq_service import config_for

EACH, EACH_SOAK = 50, 2000
_CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
_HOLE = "@@here@@"
# Raw JSON, or what looks like it.
HOSTILE = (
    "NaN",
    "-Infinity",
    "1e999",
    "-0.0",
    "9223372036854775808",
    "-9223372036854775809",
    "1" + "0" * 400,
    "1.5",
    "null",
    "true",
    '""',
    '"\\u0000"',
    '"\\ud800"',
    '"１２"',
    '"\\u202e' + "x" * 100 + '"',
    '"' + "长" * 5000 + '"',
    "[]",
    "{}",
    "[" * 500 + "]" * 500,
    "[" * 100_000,
    '{"a":' * 500 + "1" + "}" * 500,
    '"0000-00-00T99:99:99Z"',
    '"9999-12-31T23:59:59.999999999+23:59"',
    '"0001-01-01"',
    "[null]",
    '["' + "a" * 300_000 + '"]',
    "",
    "undefined",
    "'x'",
)
KINDS = (
    "order.accepted",
    "order.amended",
    "order.voided",
    "scan.recorded",
    "bag.sealed",
    "handover.closed",
    "customer.changed",
)
_SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20)
_JSON = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@cache
def description() -> dict[str, Any]:
    """What the service says of itself; no database is asked."""
    config = config_for("dbname=nobody", Path("nowhere"))
    headquarters = Headquarters(open_engine(config.dsn), SystemClock(), NumberReserve(config.reserve_file))
    return create_app(headquarters, config).openapi()


# Renewing would end the desk that asks everything else; it gets hostile bodies below.
OPERATIONS = [
    (method.upper(), path)
    for path, methods in description()["paths"].items()
    for method in methods
    if path != "/v1/renew"
]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder = tmp_path_factory.mktemp("hq")
    with fresh_database() as dsn, line_over(dsn, folder, wrong_codes_a_minute=1_000_000) as line:
        yield line


@pytest.fixture
def desk(line: Line, request: pytest.FixtureRequest) -> Joined:
    """A desk of this test's own, which has something to ask for."""
    desk_id = f"HZ001-{zlib.crc32(request.node.nodeid.encode())}"
    line.network.add("HZ001", desk_id)
    desk = line.network.join(desk_id)
    line.push(desk, line.operations(desk, 5))
    line.network.cause(*[desk.identity] * 5)
    return desk


def sound(status: int, mark: str, content: bytes, described: dict[str, Any]) -> None:
    """A reply that was described; a refusal with a stable code; never a failure."""
    assert status < 500, content[:300]
    assert mark == "1"
    # A made-up path may be another one or none; a made-up body may be too long anywhere.
    assert str(status) in described["responses"] or status in {404, 405, 413}, (status, content[:300])
    if status >= 400:
        assert Problem.model_validate_json(content).code in set(ProblemCode)


@cache
def _operations() -> Any:
    return schemathesis.openapi.from_dict(description())


def _described(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = description()["paths"][path][method.lower()]
    return found


def _settings(examples: int) -> hypothesis.settings:
    return hypothesis.settings(max_examples=examples, suppress_health_check=list(hypothesis.HealthCheck))


def made_of_the_description(line: Line, desk: Joined, method: str, path: str, examples: int) -> None:
    """Good and bad requests as the description allows and forbids them, with a token and without."""
    operations = _operations()[path]
    cases = [operations[method].as_strategy(generation_mode=mode) for mode in GenerationMode]

    @_settings(examples)
    @hypothesis.given(case=st.one_of(cases), known=st.sampled_from([True, True, True, False]))
    def everything_is_answered(case: Any, known: bool) -> None:
        if case.query:
            case.query.pop("wait", None)
        headers = {"Authorization": f"Bearer {desk.token}"} if known else {}
        reply = case.call(base_url=line.address, headers=headers)
        mark = reply.headers.get("courier-hq", [""])[0]
        sound(reply.status_code, mark, reply.content, _described(method, path))
        _forgive(line, reply.status_code)
        case.validate_response(reply, checks=_CHECKS)

    everything_is_answered()


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_nothing_made_of_the_description_fails(line: Line, desk: Joined, method: str, path: str) -> None:
    made_of_the_description(line, desk, method, path, EACH)


@pytest.mark.soak
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_nothing_made_of_the_description_fails_long(line: Line, desk: Joined, method: str, path: str) -> None:
    made_of_the_description(line, desk, method, path, EACH_SOAK)


def _good_body(line: Line, desk: Joined, path: str) -> dict[str, Any]:
    if path == "/v1/push":
        body: dict[str, Any] = json.loads(push_request(desk, line.operations(desk, 2)).model_dump_json())
        return body
    return {
        "/v1/enrol": {"code": "ABCDEFGHJKMN", "machine": MACHINE, "program": "x", "protocol": 1},
        "/v1/renew": {"machine": MACHINE, "program": "x", "protocol": 1},
        "/v1/numbers": {"request_id": "r", "incarnation": 1, "prefix": "CD", "wanted": 10},
        "/v1/proofs": {
            "business_date": "2026-11-22",
            "incarnation": 1,
            "cursor": 0,
            "kinds": [{"kind": "test.done", "count": 0, "digest": "0" * 64}],
        },
    }[path]


def _places(value: Any, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in ``value``, the whole included."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(place for key, part in inner for place in _places(part, (*before, key)))]


def _with_hole(value: Any, place: tuple[str | int, ...]) -> Any:
    if not place:
        return _HOLE
    whole = copy.deepcopy(value)
    inner = whole
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = _HOLE
    return whole


def hostile(value: Any, place: tuple[str | int, ...], raw: str) -> str:
    """``value`` as JSON with ``raw`` in one place."""
    return json.dumps(_with_hole(value, place), ensure_ascii=False).replace(f'"{_HOLE}"', raw)


def hostile_bodies(line: Line, desk: Joined, path: str, examples: int) -> None:
    good = _good_body(line, desk, path)
    speaker = desk

    @_settings(examples)
    @hypothesis.given(place=st.sampled_from(_places(good)), raw=st.sampled_from(HOSTILE))
    def everything_is_answered(place: tuple[str | int, ...], raw: str) -> None:
        nonlocal speaker
        content = hostile(good, place, raw).encode("utf-8", "surrogatepass")
        reply = line.call(speaker, "POST", path, content=content)
        mark = reply.headers.get("Courier-HQ", "")
        sound(reply.status_code, mark, reply.content, _described("post", path))
        _forgive(line, reply.status_code)
        if path == "/v1/renew" and reply.status_code == 200:
            speaker = line.network.enter(EnrolReply.model_validate_json(reply.content))

    everything_is_answered()


def _forgive(line: Line, status: int) -> None:
    """Let a desk go on that has said two different things under one seq, or all that follows would hear only that."""
    if status == 409:
        with line.network.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE desk SET state = 'active' WHERE state = 'diverged'")


BODIES = ("/v1/enrol", "/v1/renew", "/v1/push", "/v1/numbers", "/v1/proofs")


@pytest.mark.parametrize("path", BODIES)
def test_no_hostile_value_in_a_body_fails(line: Line, desk: Joined, path: str) -> None:
    hostile_bodies(line, desk, path, EACH)


@pytest.mark.soak
@pytest.mark.parametrize("path", BODIES)
def test_no_hostile_value_in_a_body_fails_long(line: Line, desk: Joined, path: str) -> None:
    hostile_bodies(line, desk, path, EACH_SOAK)


def hostile_operations(line: Line, examples: int) -> None:
    """Inside the exact text of an operation everything is taken, kept and told; the cursor always moves."""
    line.network.add("HZ001", f"HZ001-h{examples}")
    desk = line.network.join(f"HZ001-h{examples}")

    @_settings(examples)
    @hypothesis.given(data=st.data())
    def everything_is_kept(data: st.DataObject) -> None:
        seq = len(desk.sent) + 1
        text = operation(desk.identity, seq, data.draw(st.sampled_from(KINDS)), line.network.clock.now())
        envelope = json.loads(text)
        envelope["body"] = data.draw(st.dictionaries(st.sampled_from(("number", "phone", "items", "x")), _JSON))
        raw = data.draw(st.sampled_from(HOSTILE) | _JSON.map(json.dumps))
        text = hostile(envelope, data.draw(st.sampled_from(_places(envelope))), raw)
        if not 0 < len(text) <= 256 * 1024:
            return
        reply = line.push(desk, [text])
        sound(reply.status_code, reply.headers["Courier-HQ"], reply.content, _described("post", "/v1/push"))
        assert reply.status_code == 200, reply.content[:300]
        assert reply.json()["cursor"] == seq

    everything_is_kept()


def test_no_operation_is_too_hostile_to_be_kept(line: Line) -> None:
    hostile_operations(line, 2 * EACH)


@pytest.mark.soak
def test_no_operation_is_too_hostile_to_be_kept_long(line: Line) -> None:
    hostile_operations(line, 5 * EACH_SOAK)
