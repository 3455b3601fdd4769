"""When a parcel will be there: cut-off in the station's own time, transit days, closed days and weekdays."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base.errors import UserError
from courier_desk.domain.areas import Areas
from courier_desk.domain.calendar import Calendar
from courier_desk.domain.divisions import load_divisions
from courier_desk.domain.promise import promised_at
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets
from tests.tariffs import HANGZHOU, LHASA, NINGBO, SHANGHAI

SHANGHAI_TIME = ZoneInfo("Asia/Shanghai")
DATA: dict[str, Any] = {
    "version": 1,
    "zone": "Asia/Shanghai",
    "zones": {"usual": {"same_city": "city", "same_province": "province", "otherwise": "far"}},
    "services": {
        "standard": {
            "zones": "usual",
            "cut_offs": {"": "17:00", "3301": "19:00"},
            "transit": {"province": {"days": 1, "by": "20:00"}, "far": {"days": 3, "by": "18:00"}},
        },
        "heavy": {
            "zones": "usual",
            "cut_offs": {"": "17:00"},
            "weekdays": [1, 2, 3, 4, 5],
            "transit": {"province": {"days": 1, "by": "20:00"}},
        },
        "same_city": {"zones": "usual", "cut_offs": {"": "15:00"}, "transit": {"city": {"days": 0, "by": "21:00"}}},
    },
    "closures": [],
}


def local(text: str) -> datetime:
    """A moment in Chinese time, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI_TIME).astimezone(UTC)


def closure(first: str, last: str | None, *divisions: str, **more: Any) -> dict[str, Any]:
    return {
        "first_day": first,
        "last_day": last,
        "divisions": list(divisions),
        "reason": {"zh": "大雪", "en": "Snow"},
        **more,
    }


def calendar(*closures: dict[str, Any]) -> Calendar:
    return Calendar.from_data({**DATA, "closures": list(closures)})


def promise(now: str, destination: str, *closures: dict[str, Any], service: str = "standard") -> str | None:
    at = promised_at(service, HANGZHOU, destination, local(now), calendar(*closures)).at
    return None if at is None else f"{at.astimezone(SHANGHAI_TIME):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "promised"),
    [
        ("2026-11-23 18:59", "11-24 20:00"),
        ("2026-11-23 19:00", "11-24 20:00"),
        ("2026-11-23 19:01", "11-25 20:00"),
        ("2026-11-24 00:10", "11-25 20:00"),
        ("2026-12-31 20:00", "01-02 20:00"),
    ],
)
def test_after_the_cut_off_it_leaves_the_next_day(now: str, promised: str) -> None:
    assert promise(now, NINGBO) == promised


def test_cut_off_is_that_of_the_origin_and_the_reason_says_it() -> None:
    from_ningbo = promised_at("standard", NINGBO, "330304", local("2026-11-23 17:30"), calendar())
    assert from_ningbo.at == local("2026-11-25 20:00")
    assert [str(reason) for reason in from_ningbo.reasons] == ["After the cut-off at 17:00: it leaves the next day."]
    assert promised_at("standard", HANGZHOU, NINGBO, local("2026-11-23 17:30"), calendar()).reasons == ()


def test_a_moment_in_another_time_zone_is_the_same_moment() -> None:
    elsewhere = local("2026-11-23 19:01").astimezone(ZoneInfo("America/New_York"))
    assert promised_at("standard", HANGZHOU, NINGBO, elsewhere, calendar()).at == local("2026-11-25 20:00")


def test_same_day_service() -> None:
    assert promise("2026-11-23 14:59", "330108", service="same_city") == "11-23 21:00"
    assert promise("2026-11-23 15:01", "330108", service="same_city") == "11-24 21:00"


@pytest.mark.parametrize(
    ("closed", "promised"),
    [
        (closure("2026-11-23", "2026-11-24", "3301"), "11-28 18:00"),  # cannot leave
        (closure("2026-11-24", "2026-11-24", ""), "11-27 18:00"),  # rests on the way
        (closure("2026-11-26", "2026-11-27", "5401"), "11-28 18:00"),  # cannot be delivered
        (closure("2026-11-26", "2026-11-27", "540103"), "11-26 18:00"),  # another district
        (closure("2026-11-24", "2026-11-25", "5401"), "11-26 18:00"),  # open again when it comes
        (closure("2026-11-23", None, "", services=["heavy"]), "11-26 18:00"),  # another service
        (closure("2026-11-25", None, "5401"), None),
        (closure("2026-11-20", None, ""), None),
    ],
)
def test_closed_days_are_waited_for(closed: dict[str, Any], promised: str | None) -> None:
    assert promise("2026-11-23 10:00", LHASA, closed) == promised


def test_a_closure_is_given_as_the_reason_once() -> None:
    closed = calendar(closure("2026-11-23", "2026-11-25", ""), closure("2026-11-29", None, "54"))
    found = promised_at("standard", HANGZHOU, LHASA, local("2026-11-23 10:00"), closed)
    assert found.at is None
    assert [str(reason) for reason in found.reasons] == [
        "Snow: closed until 2026-11-25.",
        "Snow: closed until further notice.",
    ]


def test_a_service_rests_on_its_own_weekdays() -> None:
    friday, saturday = "2026-11-27 10:00", "2026-11-28 10:00"
    assert promise(friday, NINGBO, service="heavy") == "11-30 20:00"
    assert promise(saturday, NINGBO, service="heavy") == "12-01 20:00"
    assert promise(friday, NINGBO) == "11-28 20:00"


def test_no_promise_for_an_unknown_service_or_way() -> None:
    for service, destination in (("balloon", NINGBO), ("same_city", SHANGHAI), ("heavy", LHASA)):
        found = promised_at(service, HANGZHOU, destination, local("2026-11-23 10:00"), calendar())
        assert found.at is None
        assert found.reasons


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"zone": "Middle/Earth"}, "calendar.zone:"),
        ({"closures": [closure("2026-11-25", "2026-11-24", "")]}, "closures[1].last_day:"),
        ({"closures": [closure("2026-11-25", None, "", services=["x"])]}, "closures[1]:"),
        ({"services": {"a": {**DATA["services"]["standard"], "cut_offs": {"33": "17:00"}}}}, "services.a.cut_offs:"),
        ({"services": {"a": {**DATA["services"]["same_city"], "cut_offs": {"": "21:00"}}}}, "services.a.transit.city:"),
        ({"services": {"a": {**DATA["services"]["standard"], "transit": {"x": {}}}}}, "services.a.transit.x:"),
        ({"services": {"a": {**DATA["services"]["standard"], "weekdays": []}}}, "services.a.weekdays:"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_said_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(UserError) as error:
        Calendar.from_data({**DATA, **change})
    assert place in str(error.value)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
closures = st.builds(
    lambda first, length, division: closure(str(first), str(first + timedelta(days=length)), division),
    days,
    st.integers(0, 5),
    st.sampled_from(["", "33", "3302", "54"]),
)


@given(
    moments,
    st.timedeltas(timedelta(0), timedelta(days=3)),
    st.lists(closures, max_size=4),
    st.sampled_from([NINGBO, LHASA]),
)
def test_a_promise_lies_ahead_on_an_open_day_and_never_moves_back(
    now: datetime, later: timedelta, closed: list[dict[str, Any]], destination: str
) -> None:
    listed = calendar(*closed)
    found = promised_at("standard", HANGZHOU, destination, now, listed)
    assert found.at is not None
    assert found.at > now
    assert listed.closure(destination, "standard", found.at.astimezone(SHANGHAI_TIME).date()) is None
    after = promised_at("standard", HANGZHOU, destination, now + later, listed)
    assert after.at is not None
    assert after.at >= found.at


def test_the_sample_calendar_promises_wherever_the_sample_area_is_served() -> None:
    sets = {each.kind: each.payload for each in sample_sets()}
    listed, areas = Calendar.from_data(sets[ReferenceKind.CALENDAR]), Areas.from_data(sets[ReferenceKind.AREAS])
    now = local("2026-11-23 18:00")
    for division in load_divisions().upper:
        for service in areas.area(division.code).services - {"same_city"}:
            at = promised_at(service, HANGZHOU, division.code, now, listed).at
            assert at is not None, (service, division)
            assert timedelta(hours=12) < at - now < timedelta(days=15), (service, division)
