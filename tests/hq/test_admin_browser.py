"""The pages in a real browser: from the first log-in to a published price list."""

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.admin import price_sheet
from courier_desk.hq.admin.acts_reference import newest
from courier_desk.hq.serve import listener
from tests.hq.admin_site import PASSWORD, Site, site_over
from tests.hq.counters import counter
from tests.hq.desks import Network
from tests.hq.test_admin_sheets import workbook
from tests.patience import PATIENCE_S

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1440,1000",
)
pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromium-driver are not installed"),
    pytest.mark.logs_freely,
    # A browser that is killed leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def site(network: Network, tmp_path: Path) -> Site:
    made = site_over(network, tmp_path)
    # An operation's id tells on which day this machine made it, and a price list is tried on the last month's.
    made.network.clock.moment = datetime.now(UTC)
    return made


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """The pages over real HTTP, on a port of their own."""
    shared = listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(site.app, log_config=None, access_log=False, ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [shared]}, name="admin-under-test")
    thread.start()
    yield f"http://127.0.0.1:{shared.getsockname()[1]}/admin"
    server.should_exit = True
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own."""
    options = Options()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.binary_location = str(CHROMIUM)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


class Person:
    """Somebody at the keyboard."""

    def __init__(self, driver: webdriver.Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, path: str) -> None:
        self.driver.get(f"{self.address}{path}")

    def one(self, selector: str) -> Any:
        """The element, as soon as it is there."""
        return _until(lambda: next(iter(self.driver.find_elements(By.CSS_SELECTOR, selector)), None))

    def type(self, **fields: str) -> None:
        for name, text in fields.items():
            box = self.one(f"[name={name}]")
            box.clear()
            box.send_keys(text)

    def press(self, selector: str) -> None:
        """Press a button or follow a link, and wait until the page has gone."""
        before = self.one("html")
        self.one(selector).click()
        _until(lambda: before != self.driver.find_element(By.CSS_SELECTOR, "html") and self.ready())

    def read(self, selector: str) -> str:
        return str(_until(lambda: self.driver.find_element(By.CSS_SELECTOR, selector).text))

    def sees(self, text: str, selector: str) -> bool:
        """Wait until ``text`` stands there: tables are filled after the page has come."""
        return bool(_until(lambda: text in self.driver.find_element(By.CSS_SELECTOR, selector).text))

    def complaints(self) -> list[str]:
        """What the browser's console says of errors."""
        log: list[dict[str, str]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [each["message"] for each in log if each["level"] == "SEVERE" and "status of 422" not in each["message"]]

    def ready(self) -> bool:
        return bool(self.driver.execute_script("return document.readyState === 'complete'"))


def _until(found: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE_S
    while True:
        # Between two pages there is no element at all, and one of the page before is none any more.
        with contextlib.suppress(NoSuchElementException, StaleElementReferenceException):
            if result := found():
                return result
        assert time.monotonic() < end, "nothing came in time"
        time.sleep(0.05)


def _price_file(site: Site, change: Callable[[list[list[str]]], None]) -> bytes:
    """The newest price list as a workbook, with a change."""
    with site.engine.connect() as connection:
        document = newest(connection, ReferenceKind.TARIFF, "")
    assert document is not None
    rows = list(price_sheet.rows_of(document, lambda name: price_sheet.HEADINGS[name][0]))
    change(rows)
    return workbook(rows)


def _dearer(rows: list[list[str]]) -> None:
    row = next(row for row in rows if row[:2] == ["standard", "province"])
    row[3] = "13.50"


def _faulty(rows: list[list[str]]) -> None:
    _dearer(rows)
    rows[3][3] = "dear"


def _orders(site: Site) -> None:
    """Three orders of last month."""
    desk = counter(site.network, "HZ001-1")
    for to in ("330282", "330282", "110101"):
        order = desk.order(next(desk.numbers))
        order |= {"declared_value_fen": 0, "cod_fen": 0, "marks": [], "payer": "sender"}
        desk.say("order.accepted", order | {"recipient": order["recipient"] | {"division": to}})
    assert all(verdict.outcome == "applied" for verdict in desk.send().verdicts)


def _log_in(person: Person, name: str) -> None:
    person.open("/login")
    person.driver.add_cookie({"name": "language", "value": "en", "path": "/"})
    person.open("/login")
    person.type(username=name, password=PASSWORD)
    person.press("#log-in")
    assert person.sees("Overview", "h1.m-0")


def _add_station_and_desk(person: Person) -> None:
    person.open("/stations/list")
    person.press("a[href*='station-form']")
    names = {"name_zh": "浦东站", "name_en": "Pudong", "company_zh": "示例速运", "company_en": "Sample Express"}
    person.type(station_id="SH001", code="021-PD01", routing_code="21-B02-01", **names)
    person.press("#save")
    assert person.sees("Pudong", "table")
    person.open("/desk-form?station=SH001")
    person.type(desk_id="SH001-1", name="Counter")
    person.press("#save")
    assert person.sees("SH001-1", "table")
    person.press("a[href*='desk-code?desk=SH001-1']")
    person.press("#yes")
    assert len(person.read("#secret")) == len("ABCD-EFGH-JKMN")


def _import(person: Person, site: Site, tmp_path: Path) -> None:
    faulty, mended = tmp_path / "faulty.xlsx", tmp_path / "mended.xlsx"
    faulty.write_bytes(_price_file(site, _faulty))
    mended.write_bytes(_price_file(site, _dearer))
    person.open("/reference?kind=tariff")
    person.press("#import")
    person.one("[name=file]").send_keys(str(faulty))
    person.press("#save")
    assert person.sees("Nothing was imported: 1 cells have to be mended.", "#error")
    assert person.sees("4 D First price This is not a number: dear", "#faults tbody tr")
    person.one("[name=file]").send_keys(str(mended))
    person.press("#save")
    assert person.sees("Sound. As version 2", "#sound")


def _try_and_publish(person: Person) -> None:
    person.press("#trial")
    whole = [cell.text for cell in person.driver.find_elements(By.CSS_SELECTOR, "#sums tbody tr:first-child td")]
    assert whole[:5] == ["All", "3", "2", "0", "0"]
    assert whole[7] == "+5.00"
    person.press("#publish")
    person.press("#yes")
    first = person.read("#versions tbody tr:first-child")
    assert first.startswith("2 Whole network")
    assert "anna" in first
    assert person.read("#alertContainer").strip() == "Version 2 is published."


def test_from_the_log_in_to_a_published_price_list(site: Site, address: str, tmp_path: Path) -> None:
    _orders(site)
    with chromium(tmp_path / "profile") as driver:
        person = Person(driver, address)
        _log_in(person, "anna")
        _add_station_and_desk(person)
        _import(person, site, tmp_path)
        _try_and_publish(person)
        assert person.complaints() == []
    with site.engine.connect() as connection:
        published = newest(connection, ReferenceKind.TARIFF, "")
    assert published is not None
    assert published["services"]["standard"]["cards"]["province"]["brackets"][0]["first_fen"] == 1350


def test_scripts_in_data_do_not_run_and_the_language_changes(site: Site, address: str, tmp_path: Path) -> None:
    browser = site.browser("anna")
    marked = "<img src=x onerror=document.title='run'>"
    fields = {"title_zh": marked, "title_en": marked, "text_zh": marked, "text_en": marked, "urgency": "notice"}
    assert browser.post("/announcements", **fields, first_day="2026-11-22").status == 303
    assert browser.post("/desk-form?desk=HZ001-1", name=marked).status == 303
    with chromium(tmp_path / "profile") as driver:
        person = Person(driver, address)
        _log_in(person, "vera")
        for page in ("/announcements", "/desks/list", "/desks/detail?pk=HZ001-1", "/"):
            person.open(page)
            assert person.sees(marked, "body"), page
            assert driver.title != "run", page
        person.one("header .dropdown-toggle.btn").click()
        before = person.one("html")
        person.one("header [data-sa-lang=zh]").click()
        _until(lambda: before != driver.find_element(By.CSS_SELECTOR, "html") and person.ready())
        assert person.sees("概览", "h1.m-0")
        assert person.complaints() == []
