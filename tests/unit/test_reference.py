"""Reference sets: one way to write them, one digest, the version that holds on a day, and no damage that passes."""

import copy
import json
import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base import translation
from courier_desk.base.errors import UserError
from courier_desk.domain.company import Company
from courier_desk.domain.line import lines_from
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference import ReferenceKind, ReferenceSet, canonical_bytes, digest_of, in_force
from courier_desk.domain.reference_contents import check, sample_sets
from courier_desk.domain.staff import staff_from
from courier_desk.domain.user import Role

SAMPLE = {each.kind: each for each in sample_sets()}
PASSWORD_WORDS = ("password", "secret", "pin", "hash", "密码", "口令")


def document(version: int = 1, valid_from: str = "2026-01-01", **more: Any) -> dict[str, Any]:
    return {"kind": "lines", "version": version, "valid_from": valid_from, "lines": [], **more}


def version(number: int, valid_from: str, valid_until: str | None = None) -> ReferenceSet:
    return ReferenceSet.from_document(document(number, valid_from, valid_until=valid_until))


def test_one_document_has_one_way_to_be_written() -> None:
    data = {"b": [1, "杭州", None, True], "a": {"y": "1", "x": 0}}
    assert canonical_bytes(data) == '{"a":{"x":0,"y":"1"},"b":[1,"杭州",null,true]}'.encode()
    assert digest_of(data) == digest_of(json.loads(json.dumps(data, indent=3)))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), plain, max_size=5))
def test_what_is_written_is_read_back_the_same(data: dict[str, Any]) -> None:
    written = canonical_bytes(data)
    assert json.loads(written) == data
    assert canonical_bytes(json.loads(written)) == written


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), (1, 2), {1: 2}, {"\udfff": 1}, b"x", date(2026, 1, 1), "\ud800", [[[1.0]]]],
)
def test_what_json_cannot_hold_exactly_is_refused(value: Any) -> None:
    with pytest.raises(UserError, match=r"document\.a"):
        canonical_bytes({"a": value})


def test_what_is_too_deep_or_too_large_is_refused() -> None:
    deep: Any = 0
    for _ in range(5000):
        deep = [deep]
    for huge in ({"a": deep}, {"a": "x" * (17 * 1024 * 1024)}):
        with pytest.raises(UserError):
            canonical_bytes(huge)


def test_a_changed_payload_is_noticed() -> None:
    found = ReferenceSet.from_document(document())
    check(found)
    found.payload["lines"].append({})
    with pytest.raises(UserError, match="digest"):
        check(found)
    assert SAMPLE[ReferenceKind.PEOPLE].intact
    assert not replace(SAMPLE[ReferenceKind.PEOPLE], digest="0" * 64).intact


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "weather"}, "document.kind:"),
        ({"kind": None}, "“kind” is missing"),
        ({"version": 0}, "document.version:"),
        ({"version": "1"}, "document.version:"),
        ({"valid_from": "2026-02-30"}, "document.valid_from:"),
        ({"valid_until": "2025-12-31"}, "document.valid_until:"),
    ],
)
def test_a_wrong_head_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(UserError) as error:
        ReferenceSet.from_document({**document(), **change})
    assert place in str(error.value)


def test_the_newest_version_that_holds_on_the_day_is_in_force() -> None:
    sets = [
        version(1, "2026-01-01"),
        version(2, "2026-03-01", "2026-03-31"),
        version(3, "2026-06-01"),
        version(4, "2026-05-15", "2026-06-02"),
        ReferenceSet.from_document({**document(9), "kind": "people"}),
    ]
    expected = {
        "2025-12-31": None,
        "2026-02-28": 1,
        "2026-03-01": 2,
        "2026-03-31": 2,
        "2026-04-01": 1,
        "2026-05-15": 4,
        "2026-06-02": 4,
        "2026-06-03": 3,
    }
    for day, number in expected.items():
        found = in_force(reversed(sets), ReferenceKind.LINES, date.fromisoformat(day))
        assert (found.version if found else None) == number, day


@pytest.mark.parametrize("kind", list(ReferenceKind))
def test_each_sample_set_is_sound_and_holds_now(kind: ReferenceKind) -> None:
    assert SAMPLE[kind].kind is kind
    assert SAMPLE[kind].holds_on(date(2026, 11, 22))
    check(SAMPLE[kind])


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value within a document."""
    found = [way] if way else []
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        found += _places(member, (*way, key))
    return found


JUNK: tuple[Any, ...] = (None, "", "\u202e", -1, 10**30, "1e9", True, [], {}, [[]], {"zh": 1}, "x" * 10_000)


@pytest.mark.parametrize("kind", list(ReferenceKind))
def test_damage_anywhere_is_refused_in_words_or_harmless(kind: ReferenceKind) -> None:
    """Never any other error than a UserError with a text, whatever stands in whatever place."""
    dice = random.Random(f"damage {kind}")
    refused = 0
    places = _places(SAMPLE[kind].payload)
    for _ in range(60):
        damaged = copy.deepcopy(SAMPLE[kind].payload)
        *way, last = dice.choice(places)
        inner: Any = damaged
        for key in way:
            inner = inner[key]
        inner[last] = dice.choice(JUNK)
        try:
            check(ReferenceSet.from_document(damaged))
        except UserError as error:
            assert str(error)  # noqa: PT017 - both outcomes are right, no other error is
            refused += 1
    assert refused > 20


def test_every_text_about_a_damage_is_shown_in_chinese_too() -> None:
    translation.set_language(translation.CHINESE)
    with pytest.raises(UserError) as error:
        ReferenceSet.from_document({**document(), "version": "1"})
    assert str(error.value) == "document.version：此处应为整数。"


def test_sample_people_have_every_role_and_no_password() -> None:
    people = staff_from(SAMPLE[ReferenceKind.PEOPLE].payload)
    assert {person.role for person in people} == set(Role)
    assert len({person.number for person in people}) == len(people) == 8
    written = canonical_bytes(SAMPLE[ReferenceKind.PEOPLE].payload).decode().casefold()
    note = str(SAMPLE[ReferenceKind.PEOPLE].payload["note"]).casefold()
    assert not [word for word in PASSWORD_WORDS if f'"{word}"' in written.replace(note, "")]
    assert all(person.name and person.name_en and person.active for person in people)


@pytest.mark.parametrize("same", ["id", "number"])
def test_two_people_never_share_a_number_or_an_id(same: str) -> None:
    first = {"id": "a", "number": "1", "name": {"zh": "甲", "en": "A"}, "role": "agent"}
    second = {**first, "id": "b", "number": "2", same: first[same]}
    with pytest.raises(UserError, match=r"people\.people\[2\]"):
        staff_from({"people": [first, second]})


def test_sample_company_and_its_station() -> None:
    company = Company.from_data(SAMPLE[ReferenceKind.COMPANY].payload)
    assert (company.name.zh, company.name.en, company.currency) == ("示例速运", "Sample Express", "CNY")
    assert company.prefixes == {StationKind.LIVE: "CD", StationKind.SAMPLE: "XS", StationKind.TRAINING: "XT"}
    assert company.station.address.line == "浙江省杭州市余杭区五常街道样例路1号"
    assert company.station.zone.key == "Asia/Shanghai"
    assert company.station.numbers.last > company.station.numbers.first


@pytest.mark.parametrize(
    ("way", "value", "place"),
    [
        (("company", "number_prefixes", "live"), "C1", "company.company.number_prefixes.live:"),
        (("company", "number_prefixes", "training"), "XS", "company.company.number_prefixes.training:"),
        (("station", "zone"), "../etc/passwd", "company.station.zone:"),
        (("station", "numbers", "last"), 1, "company.station.numbers.last:"),
    ],
)
def test_a_wrong_company_is_refused_with_its_place(way: tuple[str, ...], value: Any, place: str) -> None:
    data = copy.deepcopy(SAMPLE[ReferenceKind.COMPANY].payload)
    inner: Any = data
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    with pytest.raises(UserError) as error:
        Company.from_data(data)
    assert place in str(error.value)


def test_sample_lines_leave_in_the_evening_after_their_cut_off() -> None:
    lines = lines_from(SAMPLE[ReferenceKind.LINES].payload)
    assert len(lines) >= 8
    for line in lines.values():
        assert line.cut_off < line.departs
        assert line.plate
        assert line.capacity_pieces
