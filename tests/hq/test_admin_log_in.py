"""Logging in to headquarters' pages: by the rules of the desk, with a session that ends and cannot be brought back."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from itsdangerous import URLSafeTimedSerializer

from courier_desk.hq.admin.guard import LARGEST_BODY
from courier_desk.hq.admin.log_in import LogIns
from courier_desk.hq.admin.session import COOKIE
from courier_desk.hq.tables.people import HQ_LOG_IN, HQ_PERSON
from tests.hq.admin_site import CHEAP, PASSWORD, Browser, Site, site_over
from tests.hq.desks import Network

pytestmark = pytest.mark.logs_freely
NEW = "Louder-Brook-77"


@pytest.fixture
def site(network: Network, tmp_path: Path) -> Site:
    return site_over(network, tmp_path)


def _fail(browser: Browser, name: str, times: int) -> list[str]:
    return [browser.log_in(name, "not the password").text for _ in range(times)]


def _said(text: str) -> str:
    return text.split('id="error">', maxsplit=1)[1].split("<", maxsplit=1)[0]


def test_the_address_without_its_last_stroke_leads_to_the_pages(site: Site) -> None:
    assert site.browser().get("").place == "/admin/"


def test_the_right_password_opens_the_pages_and_a_wrong_one_does_not(site: Site) -> None:
    browser = site.browser()
    assert browser.log_in("vera", "wrong").status == 400
    assert browser.get("/").place.startswith("/admin/login")
    assert browser.log_in("  VERA ").status == 303
    assert browser.get("/").status == 200


@pytest.mark.parametrize("name", ["vera", "nobody", "<script>alert(1)</script>"])
def test_a_name_that_nobody_has_gets_the_same_answers(site: Site, name: str) -> None:
    browser = site.browser()
    first = _fail(browser, name, 3)
    assert {_said(text) for text in first} == {"Name or password is wrong."}
    assert _said(_fail(browser, name, 1)[0]) == "Too many wrong passwords; wait 1 s."
    site.network.clock.go_on(seconds=2)
    assert _said(_fail(browser, name, 1)[0]) == "Name or password is wrong."
    assert "<script>alert" not in "".join(first)


def test_the_tenth_failure_locks_for_a_quarter_of_an_hour_also_for_the_right_password(site: Site) -> None:
    browser = site.browser()
    for _ in range(10):
        _fail(browser, "vera", 1)
        site.network.clock.go_on(seconds=31)
    assert browser.log_in("vera").status == 400
    # Another process, after a restart, knows it as well.
    with pytest.raises(Exception, match="Too many wrong passwords"):
        LogIns(site.engine, site.network.clock, CHEAP).log_in("vera", PASSWORD)
    site.network.clock.go_on(minutes=15)
    assert browser.log_in("vera").status == 303
    with site.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(HQ_LOG_IN)).scalar_one() == 0


def test_a_try_counts_before_it_is_compared(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries at one moment, and a process that is killed in between, must not be free."""
    log_ins = LogIns(site.engine, site.network.clock, CHEAP)

    def killed(*_arguments: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(CHEAP, "verify", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            log_ins.log_in("vera", "guess")
    with site.engine.connect() as connection:
        assert connection.execute(sa.select(HQ_LOG_IN.c.failures)).scalar_one() == 3


def test_the_cookie_is_for_the_browser_alone(site: Site) -> None:
    cookies = site.browser().log_in("vera").cookies
    session = next(cookie for cookie in cookies if cookie.startswith(COOKIE)).lower()
    assert "httponly" in session
    assert "samesite=strict" in session
    assert "path=/admin" in session
    assert "secure" not in session, "over plain HTTP it would never come back"
    browser = site.browser()
    browser.client.base_url = "https://testserver"
    cookies = browser.log_in("vera").cookies
    assert all("secure" in cookie.lower() for cookie in cookies)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds by which the clock of the cookies is ahead."""
    ahead = [0.0]
    now = time.time
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now() + ahead[0])
    return ahead


def test_fifteen_idle_minutes_end_it_and_each_request_begins_them_anew(site: Site, later: list[float]) -> None:
    browser = site.browser("vera")
    for minutes in (14, 28, 42):
        later[0] = minutes * 60
        assert browser.get("/").status == 200, minutes
    later[0] = (42 + 15) * 60 + 5
    assert browser.get("/").place.startswith("/admin/login")


def test_a_forged_or_foreign_cookie_is_nobodys(site: Site) -> None:
    browser = site.browser("vera")
    good = browser.client.cookies[COOKIE]
    other = URLSafeTimedSerializer("another secret", salt="courier-hq-session").dumps(["anna", "x"])
    for forged in (good[:-2] + "xx", good.replace(".", "", 1), "", "anna", str(other)):
        thief = site.browser()
        thief.client.cookies.set(COOKIE, forged, path="/admin")
        assert thief.get("/").status == 303, forged


def test_logging_out_ends_every_copy_of_the_cookie(site: Site) -> None:
    browser = site.browser("vera")
    thief = site.browser()
    thief.client.cookies.set(COOKIE, browser.client.cookies[COOKIE], path="/admin")
    assert thief.get("/").status == 200
    assert browser.post("/logout").status == 303
    assert thief.get("/").status == 303
    assert browser.get("/").status == 303


def test_a_person_is_logged_in_at_one_place(site: Site) -> None:
    first = site.browser("vera")
    site.browser("vera")
    assert first.get("/").status == 303


def test_a_first_password_opens_nothing_but_the_page_to_change_it(site: Site) -> None:
    with site.engine.begin() as connection:
        connection.execute(sa.update(HQ_PERSON).where(HQ_PERSON.c.name == "anna").values(must_change=True))
    browser = site.browser("anna")
    for page in ("/", "/stations/list", "/hq-people/list", "/reference?kind=tariff"):
        assert browser.get(page).place == "/admin/own-password?first=1"
    assert browser.post("/station-form", station_id="X").place == "/admin/own-password?first=1"
    assert browser.post("/own-password", old_password=PASSWORD, new_password=NEW, again=NEW).place == "/admin/"
    assert browser.get("/").status == 200


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"old_password": "wrong", "new_password": NEW, "again": NEW}, "The present password is wrong."),
        ({"new_password": "short", "again": "short"}, "at least 8"),
        ({"new_password": PASSWORD, "again": PASSWORD}, "used before"),
        ({"new_password": "vera-vera-1234", "again": "vera-vera-1234"}, "must not contain"),
        ({"new_password": NEW, "again": NEW + "x"}, "not the same"),
    ],
)
def test_a_bad_new_password_is_refused(site: Site, fields: dict[str, str], error: str) -> None:
    reply = site.browser("vera").post("/own-password", **{"old_password": PASSWORD, **fields})
    assert reply.status == 422
    assert error in reply.text
    assert NEW not in reply.text
    assert site.browser().log_in("vera").status == 303


def test_another_role_or_leaving_ends_the_log_in(site: Site) -> None:
    anna, vera = site.browser("anna"), site.browser("vera")
    assert anna.post("/hq-person-form?name=vera", full_name="Vera", role="operator", active="on").status == 303
    assert vera.get("/").status == 303
    assert vera.log_in("vera").status == 303
    assert anna.post("/hq-person-form?name=vera", full_name="Vera", role="operator").status == 303
    assert vera.get("/").status == 303
    assert vera.log_in("vera").status == 400


def test_nobody_takes_their_own_right_to_administer(site: Site) -> None:
    reply = site.browser("anna").post("/hq-person-form?name=anna", full_name="Anna", role="viewer", active="on")
    assert reply.status == 422
    assert "from themselves" in reply.text


def test_a_new_first_password_ends_a_lock(site: Site) -> None:
    browser = site.browser()
    for _ in range(10):
        _fail(browser, "vera", 1)
        site.network.clock.go_on(seconds=31)
    page = site.browser("anna").post("/hq-person-password?name=vera").text
    password = page.split('id="secret">')[1].split("<")[0]
    assert browser.log_in("vera", password).status == 303
    assert browser.get("/").place == "/admin/own-password?first=1"
    assert password not in str(site.deeds())


def test_a_form_from_another_site_is_refused_with_whatever_token(site: Site) -> None:
    browser = site.browser("anna")
    data = {"csrftoken": browser.token("/desk-form"), "station_id": "HZ001", "desk_id": "HZ001-9", "name": "x"}
    for name, value in (
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
    ):
        assert browser.client.post("/admin/desk-form", data=data, headers={name: value}).status_code == 403, value
    assert site.deeds() == []
    assert browser.client.post("/admin/desk-form", data=data, follow_redirects=False).status_code == 303


def test_a_form_without_the_token_of_the_page_is_refused(site: Site) -> None:
    browser = site.browser("anna")
    typed = {"station_id": "HZ001", "desk_id": "HZ001-9", "name": "x"}
    for token in ({}, {"csrftoken": ""}, {"csrftoken": "x"}, {"csrftoken": "Im90aGVyIg.AAAA"}):
        assert browser.client.post("/admin/desk-form", data=typed | token).status_code == 403, token
    assert site.deeds() == []


def test_the_token_of_another_browser_is_refused(site: Site) -> None:
    browser, other = site.browser("anna"), site.browser("otto")
    data = {"csrftoken": other.token("/desk-form"), "station_id": "HZ001", "desk_id": "HZ001-9", "name": "x"}
    assert browser.client.post("/admin/desk-form", data=data).status_code == 403


def test_a_body_that_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    browser = site.browser("anna")

    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 65536 + 10):
            yield b"x" * 65536

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/admin/desk-form", content=endless(), headers=headers).status_code == 413
    headers["Content-Length"] = str(LARGEST_BODY + 1)
    assert browser.client.post("/admin/desk-form", content=b"", headers=headers).status_code == 413


def test_every_page_forbids_framing_and_foreign_sources(site: Site) -> None:
    browser = site.browser("vera")
    for page in ("/", "/stations/list", "/own-password"):
        reply = browser.get(page)
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert "default-src 'self'" in reply.headers["content-security-policy"]
        assert reply.headers["cache-control"] == "no-store"
        assert "https://" not in reply.text.split("</head>")[0], "nothing is fetched from elsewhere"
