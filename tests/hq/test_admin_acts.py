"""What people do on headquarters' pages: it takes effect, it is audited, and what data say stays data."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.staff import staff_from
from courier_desk.hq.admin.acts_reference import newest
from courier_desk.hq.admin.masked import masked
from courier_desk.hq.tables.log import FEED_PENDING, PARKED
from courier_desk.hq.tables.network import DESK, STATION
from courier_desk.hq.tables.people import HQ_AUDIT, REFERENCE_DRAFT
from courier_desk.protocol.messages import EnrolRequest
from tests.hq.admin_site import CHEAP, LEFT_OPEN, PASSWORD, Site, site_over
from tests.hq.counters import counter
from tests.hq.desks import MACHINE, Network

pytestmark = [pytest.mark.logs_freely, pytest.mark.filterwarnings(LEFT_OPEN)]
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"
STATION_FIELDS = {
    "code": "021-PD01",
    "name_zh": "浦东站",
    "name_en": "Pudong",
    "company_zh": "示例速运",
    "company_en": "Sample Express",
    "number_prefix": "CD",
    "zone": "Asia/Shanghai",
    "currency": "CNY",
    "division_code": "310115",
    "routing_code": "21-B02-01",
    "hotline": "400-000-0000",
}


@pytest.fixture
def site(network: Network, tmp_path: Path) -> Site:
    return site_over(network, tmp_path)


def _newest(site: Site, kind: ReferenceKind, scope: str = "") -> dict[str, Any]:
    with site.engine.connect() as connection:
        found = newest(connection, kind, scope)
    assert found is not None
    return found


def _told(site: Site, kind: str) -> set[str]:
    """The desks that are told of a new version of the kind."""
    with site.engine.connect() as connection:
        wanted = sa.select(FEED_PENDING.c.desk_id, FEED_PENDING.c.entity_id).order_by(FEED_PENDING.c.id)
        rows = connection.execute(wanted).all()
    version = max((row.entity_id for row in rows if row.entity_id.startswith(f"{kind}/")), default="")
    return {row.desk_id for row in rows if row.entity_id == version}


def _secret(text: str) -> str:
    return text.split('id="secret">', maxsplit=1)[1].split("<", maxsplit=1)[0]


def test_a_station_a_desk_and_a_code_that_a_computer_can_join_with(site: Site) -> None:
    anna = site.browser("anna")
    assert anna.post("/station-form", station_id="SH001", **STATION_FIELDS).status == 303
    assert anna.post("/desk-form", station_id="SH001", desk_id="SH001-1", name="柜台").status == 303
    code = _secret(anna.post("/desk-code?desk=SH001-1").text)
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    joined = site.network.hq.enrol(EnrolRequest(code=code.replace("-", ""), machine=MACHINE, program="test"))
    assert (joined.station_id, joined.desk_id, joined.station.name) == ("SH001", "SH001-1", "浦东站")
    assert [deed[1:] for deed in site.deeds()] == [
        ("station.added", "SH001"), ("desk.added", "SH001-1"), ("code.made", "SH001-1")
    ]  # fmt: skip
    assert code not in anna.get("/codes/list").text
    assert code.replace("-", "") not in str(site.deeds())


def test_a_faulty_station_is_refused_beside_its_field(site: Site) -> None:
    anna = site.browser("anna")
    faults: list[tuple[str, str]] = [
        ("station_id", "HZ001"),
        ("station_id", "no blanks"),
        ("station_id", ""),
        ("number_prefix", "c1"),
        ("zone", "Moon/Crater"),
        ("zone", "../../etc/passwd"),
        ("currency", "yuan"),
        ("name_zh", "长" * 201),
    ]
    for field, text in faults:
        reply = anna.post("/station-form", **{"station_id": "SH001", **STATION_FIELDS, field: text})
        assert reply.status == 422, field
        assert f'id="error-{field}"' in reply.text, field
        assert "Pudong" in reply.text, "what was typed stays"
    assert site.deeds() == []


def test_a_change_keeps_before_and_after(site: Site) -> None:
    anna = site.browser("anna")
    assert (
        anna.post("/station-form?station=BJ001", **{**STATION_FIELDS, "name_en": "Beijing east", "active": "on"}).status
        == 303
    )
    with site.engine.connect() as connection:
        deed = connection.execute(sa.select(HQ_AUDIT).where(HQ_AUDIT.c.action == "station.changed")).one()
        assert (
            connection.execute(sa.select(STATION.c.name["en"].astext).where(STATION.c.station_id == "BJ001")).scalar()
            == "Beijing east"
        )
    assert deed.before["name"]["en"] != "Beijing east" == deed.after["name"]["en"]
    assert "zone" not in deed.after, "what stays the same is not kept"


def test_a_retired_desk_is_shut_out(site: Site) -> None:
    desk = site.network.join("HZ001-1")
    assert site.browser("anna").post("/desk-retire?desk=HZ001-1").status == 303
    assert site.network.hq.authenticate(desk.token) is None
    with site.engine.connect() as connection:
        assert connection.execute(sa.select(DESK.c.state).where(DESK.c.desk_id == "HZ001-1")).scalar_one() == "retired"
    assert site.browser("anna").post("/desk-retire?desk=HZ001-1").status == 400
    assert site.browser("anna").post("/desk-code?desk=HZ001-1").status == 400


def test_a_new_person_is_published_with_the_hash_of_a_password_shown_once(site: Site) -> None:
    anna = site.browser("anna")
    typed = {"number": "1077", "name_zh": "新人", "name_en": "Newcomer", "role": "agent"}
    password = _secret(anna.post("/person-form?station=HZ001", **typed).text)
    document = _newest(site, ReferenceKind.PEOPLE, "HZ001")
    person = next(each for each in staff_from(document) if each.number == "1077")
    assert CHEAP.verify(person.first_password, password)
    assert document["version"] == 2
    assert _told(site, "people") == {"HZ001-1", "HZ001-2"}, "Beijing hears nothing of it"
    for page in ("/people?station=HZ001", "/reference-version?kind=people&scope=HZ001&version=2", "/audit/list"):
        text = anna.get(page).text
        assert "argon2" not in text
        assert password not in text
    assert anna.post("/person-form?station=HZ001", **typed).status == 422, "the number is taken"


def test_another_role_and_a_new_first_password_are_new_versions(site: Site) -> None:
    anna = site.browser("anna")
    changed = {"name_zh": "林晓", "name_en": "Lin Xiao", "role": "supervisor"}
    assert anna.post("/person-form?station=HZ001&number=1001", **changed).status == 303
    password = _secret(anna.post("/person-password?station=HZ001&number=1001").text)
    document = _newest(site, ReferenceKind.PEOPLE, "HZ001")
    person = next(each for each in staff_from(document) if each.number == "1001")
    assert (document["version"], person.role.value, person.active) == (3, "supervisor", False)
    assert CHEAP.verify(person.first_password, password)
    assert [deed[1] for deed in site.deeds()] == [
        "reference.published", "person.changed", "reference.published", "person.password"
    ]  # fmt: skip


def test_a_draft_says_where_it_is_wrong_and_is_published_when_it_is_sound(site: Site) -> None:
    anna = site.browser("anna")
    draft = anna.post("/reference-begin?kind=lines", scope="HZ001").place
    document = _newest(site, ReferenceKind.LINES, "HZ001")
    document["lines"][0]["departs"] = "25:00"
    for text, place in (
        (json.dumps(document), "lines.lines[1].departs"),
        ('{"kind": "lines",\n "lines": oops}', "Line 2, column 11"),
        ('{"kind": "lines", "kind": "lines"}', "is there twice"),
        ('{"kind": "areas"}', "its kind is"),
        ("[1, 2]", "An object with named members"),
        ("[" * 100_000, "nested too deeply"),
        ('{"kind": "lines", "valid_from": "2026-01-01", "lines": [], "x": 1.5}', "Only texts, whole numbers"),
    ):
        assert anna.post(draft.removeprefix("/admin"), document=text).status == 303
        page = anna.get(draft.removeprefix("/admin")).text
        assert place in page.split('id="fault"')[1].split("</div>")[0]
        assert 'id="publish"' not in page
        assert anna.post(draft.removeprefix("/admin").replace("draft?", "publish?")).status == 400
    document["lines"][0]["departs"] = "21:15"
    anna.post(draft.removeprefix("/admin"), document=json.dumps(document))
    assert anna.post(draft.removeprefix("/admin").replace("draft?", "publish?")).status == 303
    published = _newest(site, ReferenceKind.LINES, "HZ001")
    assert (published["version"], published["lines"][0]["departs"]) == (2, "21:15")
    assert _told(site, "lines") == {"HZ001-1", "HZ001-2"}
    with site.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(REFERENCE_DRAFT)).scalar_one() == 0


def test_an_announcement_goes_to_all_desks_and_can_be_taken_back(site: Site) -> None:
    anna = site.browser("anna")
    typed = {"title_zh": "大雪", "title_en": "Snow", "text_zh": "停运", "text_en": "Closed", "urgency": "urgent"}
    assert anna.post("/announcements", **typed, first_day="2026-11-22").status == 303
    document = _newest(site, ReferenceKind.ANNOUNCEMENTS)
    assert document["announcements"][-1]["title"] == {"zh": "大雪", "en": "Snow"}
    assert _told(site, "announcements") == {"HZ001-1", "HZ001-2", "BJ001-1"}
    assert anna.post("/announcements", **typed, first_day="2026-11-22", last_day="2026-11-01").status == 422
    key = document["announcements"][-1]["key"]
    assert anna.post(f"/announcements/take-back?key={key}").status == 303
    assert [each["key"] for each in _newest(site, ReferenceKind.ANNOUNCEMENTS)["announcements"]] == [
        each["key"] for each in document["announcements"][:-1]
    ]


def test_a_closure_becomes_a_draft_of_the_calendar(site: Site) -> None:
    otto = site.browser("otto")
    typed = {
        "first_day": "2026-12-01",
        "last_day": "2026-12-03",
        "divisions": "2327, 23",
        "reason_zh": "雪",
        "reason_en": "Snow",
    }
    reply = otto.post("/closures", **typed)
    assert reply.place.startswith("/admin/reference-publish?draft=")
    assert otto.get(reply.place.removeprefix("/admin")).status == 403, (
        "an operator prepares, an administrator publishes"
    )
    assert site.browser("anna").post(reply.place.removeprefix("/admin")).status == 303
    closure = _newest(site, ReferenceKind.CALENDAR)["closures"][-1]
    assert (closure["divisions"], closure["last_day"]) == (["2327", "23"], "2026-12-03")
    for wrong in ({"divisions": "23x"}, {"services": "teleport"}, {"last_day": "2026-11-01"}, {"first_day": "soon"}):
        assert otto.post("/closures", **{**typed, **wrong}).status == 422


def test_a_closure_is_lifted(site: Site) -> None:
    otto = site.browser("otto")
    before = _newest(site, ReferenceKind.CALENDAR)["closures"]
    key = re.findall(r"closures/lift\?key=([0-9a-f]{16})", otto.get("/closures").text)[0]
    draft = otto.post(f"/closures/lift?key={key}").place.removeprefix("/admin")
    assert site.browser("anna").post(draft).status == 303
    after = _newest(site, ReferenceKind.CALENDAR)["closures"]
    assert [each for each in before if each not in after] == [
        next(each for each in before if each["divisions"] == ["2327"])
    ]
    assert otto.post(f"/closures/lift?key={key}").status == 400


@pytest.mark.parametrize("kind", ["tariff", "areas"])
def test_a_downloaded_workbook_is_imported_again(site: Site, kind: str) -> None:
    otto = site.browser("otto", language="zh")
    sheet = otto.client.get(f"/admin/reference-sheet?kind={kind}").content
    fields = {"scope": "BJ001", "valid_from": "2026-12-01", "valid_until": "2027-01-31", "note": "试行"}
    draft = otto.upload(f"/reference-import?kind={kind}", sheet, **fields).place.removeprefix("/admin")
    assert 'id="sound"' in otto.get(draft).text
    assert site.browser("anna").post(draft.replace("draft?", "publish?")).status == 303
    published = _newest(site, ReferenceKind(kind), "BJ001")
    assert (published["version"], published["valid_until"], published["note"]) == (2, "2027-01-31", "试行")
    assert _told(site, kind) == {"BJ001-1"}
    assert _newest(site, ReferenceKind(kind))["version"] == 1, "the other stations keep theirs"


def test_an_import_with_odd_days_or_no_file_is_refused(site: Site) -> None:
    otto = site.browser("otto")
    sheet = otto.client.get("/admin/reference-sheet?kind=tariff").content
    assert otto.upload("/reference-import?kind=tariff", sheet, scope="", valid_from="soon").status == 422
    assert otto.upload("/reference-import?kind=tariff", sheet, scope="nowhere", valid_from="2026-12-01").status == 422
    assert otto.upload("/reference-import?kind=tariff", b"no workbook", scope="", valid_from="2026-12-01").status == 422
    assert otto.post("/reference-import?kind=tariff", scope="", valid_from="2026-12-01").status == 422
    assert otto.upload("/reference-import?kind=lines", sheet, scope="", valid_from="2026-12-01").status == 404


def _park(site: Site, **body: Any) -> str:
    desk = counter(site.network, "HZ001-1")
    desk.say("drone.started", body)
    desk.send()
    with site.engine.connect() as connection:
        return str(connection.execute(sa.select(PARKED.c.op_id)).scalar_one())


def test_a_parked_operation_is_dropped_with_a_reason_and_the_desk_is_told(site: Site) -> None:
    page = f"/parked-operation?operation={_park(site, name='王小明')}"
    otto = site.browser("otto")
    assert "Headquarters does not know this kind yet." in otto.get(page).text
    assert otto.post(page, how="retried").status == 422, "it is unknown still"
    assert otto.post(page, how="dropped").status == 422, "a reason is needed"
    assert otto.post(page, how="amended", mended_by="nothing").status == 422
    assert otto.post(page, how="burnt").status == 422
    assert otto.post(page, how="dropped", remark="Tried out by mistake").status == 303
    assert otto.post(page, how="dropped", remark="Again").status == 422
    with site.engine.connect() as connection:
        row = connection.execute(sa.select(PARKED)).one()
        deed = connection.execute(sa.select(HQ_AUDIT).where(HQ_AUDIT.c.action == "operation.settled")).one()
        told = connection.execute(sa.select(FEED_PENDING.c.desk_id).where(FEED_PENDING.c.kind == "operation.settled"))
        assert told.scalars().all() == ["HZ001-1"]
    assert (row.settled_how, row.settled_by) == ("dropped", "otto")
    assert deed.after == {"how": "dropped", "remark": "Tried out by mistake", "mended_by": ""}


def test_the_body_of_a_parked_operation_shows_no_personal_data(site: Site) -> None:
    person = {"name": "欧阳小明", "phone": "13812345678", "detail": "样例路9号3幢502室", "province": "浙江省"}
    body = {
        "number": "CD0000000000017",
        "sender": person,
        "note": "叫13987654321",
        "new_field": "王五",
        "goods": [["病历", 1]],
    }
    text = site.browser("otto").get(f"/parked-operation?operation={_park(site, **body)}").text
    for hidden in ("欧阳小明", "小明", "13812345678", "502室", "13987654321", "王五", "病历"):
        assert hidden not in text, hidden
    for shown in ("CD0000000000017", "138****5678", "浙江省"):
        assert shown in text


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"nothing", b"[" * 5000, b'"13812345678"', b"13812345678"])
def test_what_cannot_be_read_is_masked_too(content: bytes) -> None:
    assert "138" not in str(masked(content))


def test_marked_up_data_stay_text_on_every_page(site: Site) -> None:
    anna = site.browser("anna")
    marked = {**STATION_FIELDS, "code": MARKUP, "name_zh": MARKUP, "name_en": MARKUP, "company_zh": MARKUP}
    assert anna.post("/station-form", station_id="XX001", **marked).status == 303
    assert anna.post("/desk-form", station_id="XX001", desk_id="XX001-1", name="x").status == 303
    assert anna.post("/desk-form?desk=XX001-1", name=MARKUP[:64]).status == 303
    person = {"number": MARKUP[:32], "name_zh": MARKUP[:64], "name_en": MARKUP[:64], "role": "agent"}
    assert anna.post("/person-form?station=XX001", **person).status == 200
    typed = {"title_zh": MARKUP, "title_en": MARKUP, "text_zh": MARKUP, "text_en": MARKUP, "urgency": "notice"}
    assert anna.post("/announcements", **typed, first_day="2026-11-22").status == 303
    assert anna.post("/hq-person-form", name=MARKUP[:60], full_name=MARKUP[:64], role="viewer").status == 200
    parked = _park(site, **{"number": MARKUP, "service": MARKUP, MARKUP: MARKUP})
    pages = [
        "/", "/stations/list", "/stations/detail?pk=XX001", "/station-form?station=XX001", "/desks/list",
        "/desks/detail?pk=XX001-1", "/desk-form?desk=XX001-1", "/people?station=XX001", "/announcements",
        "/hq-people/list", "/audit/list", "/reference?kind=announcements",
        "/reference-version?kind=people&scope=XX001&version=1",
        f"/parked-operation?operation={parked}", f"/stations/list?q={MARKUP}", f"/desk-code?desk={MARKUP}",
        f"/reference-version?kind=people&scope={MARKUP}&version=1", f"/{MARKUP}/list", f"/people?station={MARKUP}",
        f"/stations/list?sort={MARKUP}", f"/login?next={MARKUP}",
    ]  # fmt: skip
    with site.engine.connect() as connection:
        deeds = connection.execute(sa.select(HQ_AUDIT.c.id)).scalars().all()
    for page in [*pages, *(f"/audit/detail?pk={number}" for number in deeds)]:
        reply = anna.get(page)
        assert reply.status < 500, page
        assert "<script>alert" not in reply.text, page
        assert "<img src=x" not in reply.text, page
        assert "49" not in re.findall(r"onerror=alert\(2\)&gt;&#34;&#39;(..)", reply.text), page


def test_odd_questions_are_no_defects(site: Site) -> None:
    anna = site.browser("anna")
    for query in ("q=%00", "q=%25_%27%3B--", "page=-1", "page_size=7", "sort=secret_hash__asc", "filter=x~y"):
        for key in ("stations", "desks", "parked", "hq-people"):
            assert anna.get(f"/{key}/list?{query}").status in {200, 400}, (key, query)
    pages = ["/parked-operation?operation=x", "/reference-draft?draft=9" + "9" * 30, "/reference?kind=none"]
    pages += ["/desks/detail?pk=none", "/reference-version?kind=tariff&version=²", "/audit/detail?pk=x"]
    for page in pages:
        assert anna.get(page).status in {400, 404}, page


def test_the_pages_speak_the_language_of_the_person(site: Site) -> None:
    assert "工作台" in site.browser("vera", "zh").get("/desks/list").text
    assert "Last seen" in site.browser("vera", "en").get("/desks/list").text
    error = site.browser("anna", "zh").post("/desk-form", station_id="none", desk_id="X-1", name="x").text
    assert "没有站点" in error or "none" in error
    assert PASSWORD not in error


def test_a_range_of_numbers_shows_what_is_used_and_left(site: Site) -> None:
    desk = counter(site.network, "HZ001-1")
    for _ in range(3):
        desk.accept()
    desk.send()
    row = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", site.browser("vera").get("/numbers/list").text))
    size = site.network.count("SELECT upper(serials) - lower(serials) FROM number_range")
    assert f" {size} 3 {size - 3} " in row
    site.network.join("HZ001-1")
    burnt = re.sub(r"<[^>]+>", " ", site.browser("vera").get("/numbers/list?tab=burnt").text)
    assert f" {size} 3 0 " in re.sub(r"\s+", " ", burnt)
