"""People of a station: who works there, in which role. Every change is published at once as a new version."""

from typing import Any

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.user import Role
from courier_desk.hq.admin import acts_people
from courier_desk.hq.admin.forms import Field, Filled, both
from courier_desk.hq.admin.lists import allowed, link
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.passwords import Passwords
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.admin.views.reference import scopes

ROLES = {
    Role.AGENT: _("Agent"),
    Role.SENIOR_AGENT: _("Senior agent"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.MANAGER: _("Manager"),
    Role.DIRECTOR: _("Director"),
    Role.TECHNICAL_ADMIN: _("Technical administrator"),
}
_SHOWN_ONCE = message("It is shown once and works once: the person chooses a password of their own at the desk.")


class StaffPage(Page):
    """Who works at the station that ``?station=`` names, or which stations there are."""

    path = "/people"
    menu_label = _("People of the stations")
    add_to_menu = True

    @route("")
    async def index(self, request: Request) -> Response:
        """The list."""
        station = request.query_params.get("station", "")
        stations = [value for value, _label in await in_thread(lambda: scopes(self.engine, ReferenceKind.PEOPLE))]
        station = station if station in stations else next(iter(stations), "")
        return self.render(
            request,
            "people.html",
            heading=_("People of the stations"),
            station=station,
            stations=stations,
            people=await in_thread(lambda: self._people(station)),
            roles={role.value: label for role, label in ROLES.items()},
            may=allowed(request, Act.PEOPLE_CHANGE),
        )

    def _people(self, station: str) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return acts_people.people_of(connection, station)


class _ForStaff(Page):
    """What the pages that change people share."""

    act = Act.PEOPLE_CHANGE

    def __init__(self, engine: sa.Engine, clock: Clock, passwords: Passwords) -> None:
        super().__init__(engine, clock)
        self.passwords = passwords

    def known(self, station: str, number: str) -> dict[str, Any]:
        """A person as last published. Errors: UserError."""
        with self.engine.connect() as connection:
            found = [each for each in acts_people.people_of(connection, station) if each["number"] == number]
        if not found:
            raise UserError(message("Nobody has this number."))
        return found[0]


class StaffForm(_ForStaff):
    """Adds a person, or changes the one that ``?number=`` names."""

    path = "/person-form"
    menu_label = _("Person")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        station, number = request.query_params.get("station", ""), request.query_params.get("number", "")
        if station not in dict(await in_thread(lambda: scopes(self.engine, ReferenceKind.PEOPLE))):
            raise HTTPException(404)
        fields, back = _fields(new=not number), link(request, "/people", station=station)
        shown: dict[str, Any] = {"heading": _("Change person") if number else _("New person"), "back": back}
        shown["subject"] = f"{station} {number}".strip()
        shown["note"] = message("It is published at once, and holds as soon as the desk has fetched it.")
        if request.method == "GET":
            values = await in_thread(lambda: _values(self.known(station, number))) if number else {}
            return self.show_form(request, fields, values=values, **shown)
        filled = await self.typed(request, fields)
        done = None if filled.errors else await attempt(filled, lambda: self._save(request, station, number, filled))
        if done is None:
            return self.show_form(request, fields, filled, **shown)
        if number:
            said(request, message("Published."))
            return go(request, "/people", station=station)
        rows = [(f"{filled.values['number']} {filled.values['name_zh']}", done)]
        once = {"heading": _("First password"), "subject": station, "back": back, "note": _SHOWN_ONCE}
        return self.render(request, "shown_once.html", rows=rows, **dict[str, Any](once))

    def _save(self, request: Request, station: str, number: str, filled: Filled) -> str:
        """The first password of somebody new, else nothing."""
        typed, who, now = filled.values, person(request), self.clock.now()
        values = {"name": both(typed, "name"), "role": typed["role"]}
        with self.engine.begin() as connection:
            if number:
                changed = {**values, "active": typed["active"] == "on"}
                acts_people.change_person(connection, who, now, station, number, changed)
                return ""
            added = {"number": typed["number"], **values}
            return acts_people.add_person(connection, who, now, station, added, self.passwords)


class StaffPassword(_ForStaff):
    """Gives somebody a new first password."""

    path = "/person-password"
    menu_label = _("First password")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Asks, then shows it once."""
        station, number = request.query_params.get("station", ""), request.query_params.get("number", "")
        known = await in_thread(lambda: self.known(station, number))
        shown: dict[str, Any] = {"heading": _("First password"), "subject": f"{station} {number}"}
        shown["back"] = link(request, "/people", station=station)
        if request.method == "GET":
            text = message(
                "The present password of {name} ends as soon as the desk has heard of it.", name=known["name"]["zh"]
            )
            return self.render(request, "ask.html", text=text, yes=_("Make a first password"), **shown)
        password = await in_thread(lambda: self._make(request, station, number))
        return self.render(request, "shown_once.html", rows=[(number, password)], note=_SHOWN_ONCE, **shown)

    def _make(self, request: Request, station: str, number: str) -> str:
        with self.engine.begin() as connection:
            who, now = person(request), self.clock.now()
            return acts_people.new_password(connection, who, now, station, number, self.passwords)


def _fields(*, new: bool) -> tuple[Field, ...]:
    number = Field("number", _("Employee number"), note=_("It never changes."), longest=32)
    active = Field("active", _("Active"), kind="check", needed=False)
    return (
        *((number,) if new else ()),
        Field("name_zh", _("Name (Chinese)"), longest=64),
        Field("name_en", _("Name (English)"), longest=64),
        Field("role", _("Role"), kind="select", choices=[(role.value, str(label)) for role, label in ROLES.items()]),
        *(() if new else (active,)),
    )


def _values(known: dict[str, Any]) -> dict[str, str]:
    name = known["name"]
    active = "on" if known.get("active", True) else ""
    return {"name_zh": name["zh"], "name_en": name["en"], "role": known["role"], "active": active}
