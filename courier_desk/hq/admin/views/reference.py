"""Published versions of reference data, kind by kind: the list, a version, and where a new one begins."""

from typing import Any

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import Link
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq import network
from courier_desk.hq.admin import acts_reference
from courier_desk.hq.admin.lists import allowed, link
from courier_desk.hq.admin.page import Page, go, in_thread, person
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.tables.network import STATION
from courier_desk.hq.tables.reference import REFERENCE_VERSION

KINDS = {
    ReferenceKind.TARIFF: _("Price lists"),
    ReferenceKind.AREAS: _("Areas served"),
    ReferenceKind.ROUTING: _("Routing codes"),
    ReferenceKind.LINES: _("Lines"),
    ReferenceKind.CALENDAR: _("Calendar"),
    ReferenceKind.FORBIDDEN: _("Forbidden list"),
    ReferenceKind.ANNOUNCEMENTS: _("Announcements"),
    ReferenceKind.KNOWLEDGE: _("Knowledge"),
    ReferenceKind.COMPANY: _("Company details"),
    ReferenceKind.PEOPLE: _("People"),
}
STANDINGS = {"holds": _("In force"), "comes": _("From its first day"), "replaced": _("Replaced"), "over": _("Expired")}
# Kinds that come as an Excel file too, and those that have a form of their own.
SHEETS = frozenset({ReferenceKind.TARIFF, ReferenceKind.AREAS})
FORMS = {ReferenceKind.CALENDAR: "/closures", ReferenceKind.ANNOUNCEMENTS: "/announcements"}


def kind_of(request: Request) -> ReferenceKind:
    """The kind that the address names. Errors: HTTPException (404)."""
    try:
        return ReferenceKind(request.query_params.get("kind", ""))
    except ValueError:
        raise HTTPException(404) from None


def scopes(engine: sa.Engine, kind: ReferenceKind) -> list[tuple[str, str]]:
    """For whom a version may be: value and label."""
    with engine.connect() as connection:
        stations = connection.scalars(sa.select(STATION.c.station_id).order_by(STATION.c.station_id)).all()
    everywhere = [] if kind in acts_reference.OF_A_STATION else [(network.EVERYWHERE, str(_("Whole network")))]
    return [*everywhere, *((station, station) for station in stations)]


class KindLink(Link):
    """An entry of the menu for one kind."""

    def __init__(self, kind: ReferenceKind) -> None:
        super().__init__(KINDS[kind], url=f"/admin/reference?kind={kind.value}")
        self.kind = kind

    def is_accessible(self, request: Request) -> bool:
        """Whoever may look."""
        return allowed(request, Act.LOOK)

    def is_active(self, request: Request) -> bool:
        """On the pages of its kind."""
        return request.query_params.get("kind") == self.kind.value


class ReferencePage(Page):
    """The versions of one kind, newest first, with the drafts above them."""

    path = "/reference"
    menu_label = _("Reference data")

    @route("")
    async def index(self, request: Request) -> Response:
        """The list."""
        kind = kind_of(request)
        rows, drafts = await in_thread(lambda: self._read(kind))
        return self.render(
            request,
            "reference.html",
            heading=KINDS[kind],
            kind=kind.value,
            rows=rows,
            drafts=drafts,
            standings=STANDINGS,
            scopes=await in_thread(lambda: scopes(self.engine, kind)),
            sheet=kind in SHEETS,
            form=FORMS.get(kind),
            editable=kind is not ReferenceKind.PEOPLE,
        )

    def _read(self, kind: ReferenceKind) -> tuple[list[dict[str, Any]], list[acts_reference.Draft]]:
        version = REFERENCE_VERSION.c
        columns = (version.scope, version.version, version.valid_from, version.valid_until)
        found = sa.select(*columns, version.published_at, version.published_by).where(version.kind == kind.value)
        with self.engine.connect() as connection:
            rows = connection.execute(found.order_by(version.version.desc(), version.scope).limit(200)).mappings().all()
            drafts = acts_reference.drafts(connection, kind)
        return self._standing([dict(row) for row in rows]), drafts

    def _standing(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """How each stands today: of those that hold for a scope the newest one counts."""
        today = self.clock.now().date()
        taken: set[str] = set()
        for row in rows:
            scope = row["scope"]
            if row["valid_until"] is not None and row["valid_until"] < today:
                row["standing"] = "over"
            elif row["valid_from"] > today:
                row["standing"] = "comes"
            else:
                row["standing"] = "replaced" if scope in taken else "holds"
                taken.add(scope)
        return rows


class ReferenceVersionPage(Page):
    """One version, as it was published."""

    path = "/reference-version"
    menu_label = _("Reference data")

    @route("")
    async def index(self, request: Request) -> Response:
        """Its text."""
        kind, scope = kind_of(request), request.query_params.get("scope", "")
        asked = request.query_params.get("version", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
            raise HTTPException(404)
        document = await in_thread(lambda: self._read(kind, scope, int(asked)))
        return self.render(
            request,
            "reference_version.html",
            heading=KINDS[kind],
            subject=f"{scope} {asked}".strip(),
            document=document,
            back=link(request, "/reference", kind=kind.value),
        )

    def _read(self, kind: ReferenceKind, scope: str, version: int) -> dict[str, Any]:
        with self.engine.connect() as connection:
            document = acts_reference.document(connection, kind, scope, version)
        if kind is ReferenceKind.PEOPLE:
            for each in document["people"]:
                each.pop("first_password", None)
        return document


class ReferenceBegin(Page):
    """Begins a draft from what is newest."""

    act = Act.REFERENCE_DRAFT
    path = "/reference-begin"
    menu_label = _("New version")

    @route("", methods=["POST"])
    async def index(self, request: Request) -> Response:
        """Makes it and goes there."""
        kind = kind_of(request)
        scope = str((await request.form()).get("scope") or "")
        if kind is ReferenceKind.PEOPLE or scope not in dict(await in_thread(lambda: scopes(self.engine, kind))):
            raise HTTPException(400)
        number = await in_thread(lambda: self._begin(request, kind, scope))
        return go(request, "/reference-draft", draft=str(number))

    def _begin(self, request: Request, kind: ReferenceKind, scope: str) -> int:
        now = self.clock.now()
        with self.engine.begin() as connection:
            contents = acts_reference.newest(connection, kind, scope) or acts_reference.blank(kind, now.date())
            return acts_reference.add_draft(connection, person(request), now, kind, scope, contents)
