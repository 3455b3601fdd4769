"""Every page and every role: what the table of rights does not give is refused, also by hand."""

import inspect
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.routing import Mount

from courier_desk.base.errors import NotAllowed
from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.admin import acts_hq_people, acts_network, acts_people, acts_reference
from courier_desk.hq.admin.acts_reference import add_draft, newest
from courier_desk.hq.admin.audit import Who
from courier_desk.hq.admin.rights import RIGHTS, Act, HqRole, may
from courier_desk.hq.tables.log import PARKED
from tests.hq.admin_site import CHEAP, PEOPLE, Site, site_over
from tests.hq.counters import counter
from tests.hq.desks import Network

# The toolkit's log says who was refused what.
pytestmark = pytest.mark.logs_freely

ALL, DOING, RULING = ("viewer", "operator", "administrator"), ("operator", "administrator"), ("administrator",)
LISTS = ("stations", "desks", "codes", "numbers", "parked", "proofs", "incidents", "hq-people", "audit")
PAGES: dict[str, tuple[str, ...]] = {
    "/": ALL,
    "/stations/list": ALL,
    "/stations/detail?pk=HZ001": ALL,
    "/desks/list": ALL,
    "/desks/detail?pk=HZ001-1": ALL,
    "/codes/list": ALL,
    "/numbers/list": ALL,
    "/parked/list": ALL,
    "/parked-operation?operation={parked}": ALL,
    "/proofs/list": ALL,
    "/incidents/list": ALL,
    "/reference?kind=tariff": ALL,
    "/reference-version?kind=tariff&version=1": ALL,
    "/reference-sheet?kind=areas": ALL,
    "/closures": ALL,
    "/announcements": ALL,
    "/people?station=HZ001": ALL,
    "/own-password": ALL,
    "/desk-form": DOING,
    "/desk-code?desk=HZ001-1": DOING,
    "/reference-draft?draft={draft}": DOING,
    "/reference-import?kind=tariff": DOING,
    "/reference-trial?draft={draft}": DOING,
    "/incident-settle?incident=1": DOING,
    "/station-form": RULING,
    "/desk-retire?desk=HZ001-1": RULING,
    "/reference-publish?draft={draft}": RULING,
    "/person-form?station=HZ001": RULING,
    "/person-password?station=HZ001&number=1001": RULING,
    "/hq-people/list": RULING,
    "/hq-person-form": RULING,
    "/hq-person-password?name=vera": RULING,
    "/audit/list": RULING,
}
# What only takes a form, or does something with one that everybody may look at.
SENT: dict[str, tuple[str, ...]] = {
    "/reference-begin?kind=lines": DOING,
    "/reference-drop?draft=999": DOING,
    "/closures": DOING,
    "/closures/lift?key=none": DOING,
    "/parked-operation?operation={parked}": DOING,
    "/announcements": RULING,
    "/announcements/take-back?key=none": RULING,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, module_network: Network) -> Site:
    return site_over(module_network, tmp_path_factory.mktemp("admin"))


@pytest.fixture(scope="module")
def things(site: Site) -> dict[str, str]:
    """A draft of a price list and a parked operation."""
    now = site.network.clock.now()
    with site.engine.begin() as connection:
        tariff = newest(connection, ReferenceKind.TARIFF, "")
        assert tariff is not None
        who = Who("otto", HqRole.OPERATOR)
        draft = add_draft(connection, who, now, ReferenceKind.TARIFF, "", tariff)
    desk = counter(site.network, "HZ001-1")
    desk.say("drone.started", {"name": "王小明", "phone": "13812345678"})
    desk.send()
    with site.engine.connect() as connection:
        parked = connection.execute(sa.select(PARKED.c.op_id)).scalar_one()
    return {"draft": str(draft), "parked": str(parked)}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_page_opens_for_those_who_may_and_for_nobody_else(site: Site, things: dict[str, str], name: str) -> None:
    browser = site.browser(name)
    for page, roles in PAGES.items():
        status = browser.get(page.format(**things)).status
        assert (status == 403) is (PEOPLE[name] not in roles), (page, status)
        assert status in {200, 403}, (page, status)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_form_is_taken_from_those_who_may_and_from_nobody_else(site: Site, things: dict[str, str], name: str) -> None:
    browser = site.browser(name)
    for page, roles in SENT.items():
        status = browser.post(page.format(**things)).status
        assert (status == 403) is (PEOPLE[name] not in roles), (page, status)
        assert status < 500, (page, status)


@pytest.mark.parametrize("page", [*PAGES, *SENT])
def test_nobody_gets_further_than_the_log_in(site: Site, things: dict[str, str], page: str) -> None:
    browser = site.browser()
    for reply in (browser.get(page.format(**things)), browser.post(page.format(**things), page="/login")):
        assert reply.status == 303
        assert reply.place.startswith("/admin/login?next=")


def test_the_matrix_leaves_no_page_out(site: Site) -> None:
    admin = next(route.app for route in site.app.routes if isinstance(route, Mount) and route.path == "/admin")
    assert isinstance(admin, Starlette)
    pages = {page.split("?")[0] for page in [*PAGES, *SENT]}
    own = {route.path for route in admin.routes if hasattr(route, "path") and "{" not in route.path}
    assert own - {"/static", "/login", "/logout"} == {page for page in pages if page.count("/") == 1 or page in own}
    assert {f"/{name}/list" for name in LISTS} <= pages


@pytest.mark.parametrize("key", LISTS)
def test_the_lists_themselves_change_and_give_away_nothing(site: Site, key: str) -> None:
    browser = site.browser("anna")
    assert browser.get(f"/{key}/create").status == 403
    assert browser.get(f"/{key}/edit?pk=HZ001").status in {403, 404}
    for path in (f"/{key}/create", f"/{key}/edit?pk=HZ001", f"/_api/{key}/import?preview=1"):
        assert browser.post(path).status in {403, 404}, path
    for path in (f"/_api/{key}/action?name=delete&pks=HZ001", f"/_api/{key}/row-action?name=delete&pk=HZ001"):
        assert 400 <= browser.post(path).status < 500, path
    assert browser.get(f"/_api/{key}/action?name=export").status in {403, 404, 405, 400}


@pytest.mark.parametrize("role", HqRole)
def test_the_table_of_rights_grows_with_the_role(role: HqRole) -> None:
    assert set(RIGHTS) == set(Act)
    assert may(role, Act.LOOK)
    assert not may(None, Act.LOOK)
    assert may(role, Act.HQ_PEOPLE_CHANGE) is (role is HqRole.ADMINISTRATOR)


_CHANGES: dict[str, Callable[[sa.Connection, Who, datetime], object]] = {
    "add_station": lambda c, who, now: acts_network.add_station(c, who, now, {}),
    "change_station": lambda c, who, now: acts_network.change_station(c, who, now, "HZ001", {}),
    "add_desk": lambda c, who, now: acts_network.add_desk(c, who, now, "HZ001", "HZ001-9", "x"),
    "rename_desk": lambda c, who, now: acts_network.rename_desk(c, who, now, "HZ001-1", "x"),
    "new_code": lambda c, who, now: acts_network.new_code(c, who, now, "HZ001-1"),
    "retire_desk": lambda c, who, now: acts_network.retire_desk(c, who, now, "HZ001-1"),
    "add_draft": lambda c, who, now: acts_reference.add_draft(c, who, now, ReferenceKind.LINES, "", {}),
    "change_draft": lambda c, who, now: acts_reference.change_draft(c, who, now, 1, ""),
    "drop_draft": lambda c, who, now: acts_reference.drop_draft(c, who, now, 1),
    "publish": lambda c, who, now: acts_reference.publish(c, who, now, 1),
    "publish_document": lambda c, who, now: acts_reference.publish_document(c, who, now, "", {"kind": "lines"}),
    "publish_people": lambda c, who, now: acts_reference.publish_document(c, who, now, "HZ001", {"kind": "people"}),
    "add_person": lambda c, who, now: acts_people.add_person(c, who, now, "HZ001", {}, CHEAP),
    "change_person": lambda c, who, now: acts_people.change_person(c, who, now, "HZ001", "1001", {}),
    "new_password": lambda c, who, now: acts_people.new_password(c, who, now, "HZ001", "1001", CHEAP),
    "add": lambda c, who, now: acts_hq_people.add(c, who, now, "x", "x", HqRole.VIEWER),
    "change": lambda c, who, now: acts_hq_people.change(c, who, now, "vera", "x", HqRole.VIEWER, active=True),
    "reset": lambda c, who, now: acts_hq_people.reset(c, who, now, "vera", CHEAP),
}


@pytest.mark.parametrize("act", _CHANGES)
def test_what_is_called_without_a_page_asks_for_the_right_itself(site: Site, act: str) -> None:
    who = Who("vera", HqRole.VIEWER)
    with site.engine.begin() as connection, pytest.raises(NotAllowed):
        _CHANGES[act](connection, who, site.network.clock.now())


def test_no_act_is_left_out() -> None:
    modules = (acts_network, acts_reference, acts_people, acts_hq_people)
    acts = {
        name
        for module in modules
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        if "who" in inspect.signature(function).parameters
    }
    assert acts | {"publish_people"} == set(_CHANGES)
