"""The pages of headquarters for tests: the application without a network, and people who use it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from courier_desk.hq.admin.app import mount_admin
from courier_desk.hq.admin.passwords import Passwords
from courier_desk.hq.network import load_demo
from courier_desk.hq.tables.people import HQ_AUDIT, HQ_PERSON
from tests.hq.desks import Network
from tests.hq_service import config_for

PASSWORD = "Quiet-Meadow-41"
PEOPLE = {"vera": "viewer", "otto": "operator", "anna": "administrator"}
CHEAP = Passwords(memory_kib=64, rounds=1)
# The toolkit looks for the token in a form of its own, and leaves the file in it to the garbage collector.
LEFT_OPEN = "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
_TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')


@dataclass
class Browser:
    """Somebody's browser: follows no redirects, sends forms with the token of the page."""

    client: TestClient

    def get(self, path: str) -> "Reply":
        """A page."""
        return Reply(self.client.get(f"/admin{path}", follow_redirects=False))

    def post(self, path: str, *, page: str = "/own-password", **fields: str) -> "Reply":
        """Send a form to ``path``, with the token of ``page``."""
        data = {"csrftoken": self.token(page), **fields}
        return Reply(self.client.post(f"/admin{path}", data=data, follow_redirects=False))

    def upload(self, path: str, file: bytes, **fields: str) -> "Reply":
        """Send a form with an Excel file."""
        data = {"csrftoken": self.token("/own-password"), **fields}
        sent = {"file": ("made.xlsx", file)}
        return Reply(self.client.post(f"/admin{path}", data=data, files=sent, follow_redirects=False))

    def token(self, page: str) -> str:
        """The token in the forms of a page."""
        found = _TOKEN.search(self.client.get(f"/admin{page}").text)
        assert found, page
        return found[1]

    def log_in(self, name: str, password: str = PASSWORD) -> "Reply":
        """Fill in the first form."""
        return self.post("/login", page="/login", username=name, password=password)


class Reply:
    """What came back; ``place``: where it leads, without the host."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.text: str = response.text
        self.headers: Mapping[str, str] = response.headers
        self.cookies: list[str] = response.headers.get_list("set-cookie")
        self.place: str = self.headers.get("location", "").removeprefix("http://testserver")


@dataclass
class Site:
    """The pages over a small network: the sample stations HZ001 and BJ001."""

    app: FastAPI
    network: Network

    @property
    def engine(self) -> sa.Engine:
        return self.network.engine

    def browser(self, name: str | None = None, language: str = "en") -> Browser:
        """A browser of its own; with a name somebody is logged in."""
        browser = Browser(TestClient(self.app))
        browser.client.cookies.set("language", language)
        if name is not None:
            assert browser.log_in(name).status == 303
        return browser

    def deeds(self) -> list[tuple[str, str, str]]:
        """Who did what to which, in order; log-ins left out."""
        wanted = sa.select(HQ_AUDIT.c.person, HQ_AUDIT.c.action, HQ_AUDIT.c.entity_id).order_by(HQ_AUDIT.c.id)
        with self.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [(row[0], row[1], row[2]) for row in rows if not row[1].startswith("log_")]


def site_over(network: Network, folder: Path) -> Site:
    """The pages over ``network``, with the sample stations and one person of each role."""
    load_demo(network.engine, network.clock.now())
    secret_hash = CHEAP.hash(PASSWORD)
    with network.engine.begin() as connection:
        for name, role in PEOPLE.items():
            row = {"name": name, "role": role, "password_hash": secret_hash, "must_change": False}
            connection.execute(sa.insert(HQ_PERSON).values(row | {"made_at": network.clock.now()}))
    app = FastAPI(docs_url=None, redoc_url=None)
    mount_admin(app, network.hq, config_for("", folder), CHEAP)
    return Site(app, network)
