"""Headquarters' own people, and one's own password."""

from typing import Any

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import link_row_action
from starlette_admin.fields import BooleanField, IntegerField, StringField
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.clock import Clock
from courier_desk.base.translation import message
from courier_desk.hq.admin import acts_hq_people, sources
from courier_desk.hq.admin.forms import Field, Filled
from courier_desk.hq.admin.lists import ReadOnly, everywhere, link, moment, words, yes_if
from courier_desk.hq.admin.log_in import LogIns
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.passwords import Passwords
from courier_desk.hq.admin.rights import Act, HqRole
from courier_desk.hq.admin.session import PASSWORD_PATH, HqUser

ROLES = {"viewer": _("Viewer"), "operator": _("Operator"), "administrator": _("Administrator")}


class HqPeople(ReadOnly):
    """All of them."""

    source = sources.HQ_PEOPLE
    act = Act.HQ_PEOPLE_CHANGE
    key = "hq-people"
    menu_label = _("People of headquarters")
    display_name = _("Person")
    icon = "fa-solid fa-user-shield"
    fields = (
        StringField("name", label=_("Log-in name")),
        StringField("full_name", label=_("Full name")),
        words("role", _("Role"), ROLES),
        BooleanField("active", label=_("Active")),
        StringField("must_change", label=_("First password"), formatter=everywhere(yes_if)),
        IntegerField("failures", label=_("Failed log-ins")),
        moment("seen_at", _("Last log-in")),
    )
    sortable_fields = ("name", "full_name", "role", "active", "failures", "seen_at")
    searchable_fields = ("name", "full_name")

    def toolbar(self, request: Request) -> list[tuple[str, str, str]]:
        """Somebody new."""
        return [(link(request, "/hq-person-form"), _("New person"), "fa-solid fa-plus")]

    @link_row_action(name="change", text=_("Change"), icon_class="fa-solid fa-pen")
    def change(self, request: Request, pk: Any) -> str:
        """To the form."""
        return link(request, "/hq-person-form", name=str(pk))

    @link_row_action(name="password", text=_("First password"), icon_class="fa-solid fa-key")
    def password(self, request: Request, pk: Any) -> str:
        """To the page that gives a new one."""
        return link(request, "/hq-person-password", name=str(pk))


class HqPersonForm(Page):
    """Adds somebody, or changes the one that ``?name=`` names."""

    act = Act.HQ_PEOPLE_CHANGE
    path = "/hq-person-form"
    menu_label = _("Person")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        name, back = request.query_params.get("name", ""), link(request, "/hq-people/list")
        fields = _fields(new=not name)
        shown: dict[str, Any] = {"heading": _("Change person") if name else _("New person"), "subject": name}
        if request.method == "GET":
            values = await in_thread(lambda: self._values(name)) if name else {}
            return self.show_form(request, fields, values=values, back=back, **shown)
        filled = await self.typed(request, fields)
        done = None if filled.errors else await attempt(filled, lambda: self._save(request, name, filled))
        if done is None:
            return self.show_form(request, fields, filled, back=back, **shown)
        if name:
            said(request, message("Saved."))
            return go(request, "/hq-people/list")
        return self.render(request, "shown_once.html", **_once(filled.values["name"], done, back))

    def _values(self, name: str) -> dict[str, str]:
        with self.engine.connect() as connection:
            row = acts_hq_people.person(connection, name)
        return {"full_name": row["full_name"], "role": row["role"], "active": "on" if row["active"] else ""}

    def _save(self, request: Request, name: str, filled: Filled) -> str:
        typed, who, now = filled.values, person(request), self.clock.now()
        role, active = HqRole(typed["role"]), typed.get("active") == "on"
        with self.engine.begin() as connection:
            if name:
                acts_hq_people.change(connection, who, now, name, typed["full_name"], role, active=active)
                return ""
            return acts_hq_people.add(connection, who, now, typed["name"], typed["full_name"], role)


class HqPersonPassword(Page):
    """Gives somebody a new first password."""

    act = Act.HQ_PEOPLE_CHANGE
    path = "/hq-person-password"
    menu_label = _("First password")

    def __init__(self, engine: sa.Engine, clock: Clock, passwords: Passwords) -> None:
        super().__init__(engine, clock)
        self.passwords = passwords

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Asks, then shows it once."""
        name, back = request.query_params.get("name", ""), link(request, "/hq-people/list")
        if request.method == "GET":
            text = message("The present password of {name} ends now, and so does a log-in.", name=name)
            shown: dict[str, Any] = {"heading": _("First password"), "subject": name, "back": back}
            return self.render(request, "ask.html", text=text, yes=_("Make a first password"), **shown)
        password = await in_thread(lambda: self._reset(request, name))
        return self.render(request, "shown_once.html", **_once(name, password, back))

    def _reset(self, request: Request, name: str) -> str:
        with self.engine.begin() as connection:
            return acts_hq_people.reset(connection, person(request), self.clock.now(), name, self.passwords)


class OwnPassword(Page):
    """Everybody's own password; the first thing after a first one."""

    path = PASSWORD_PATH
    menu_label = _("Change password")

    def __init__(self, engine: sa.Engine, clock: Clock, log_ins: LogIns) -> None:
        super().__init__(engine, clock)
        self.log_ins = log_ins

    def is_accessible(self, request: Request) -> bool:
        """Everybody who is logged in, also with a first password."""
        return isinstance(getattr(request.state, "admin_user", None), HqUser)

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        user = request.state.admin_user
        note = message("Choose a password of your own before you go on.") if user.must_change else None
        shown: dict[str, Any] = {"heading": _("Change password"), "note": note}
        if request.method == "GET":
            return self.show_form(request, _PASSWORDS, **shown)
        filled = await self.typed(request, _PASSWORDS)
        typed = filled.values
        if not filled.errors and typed["new_password"] != typed["again"]:
            filled.errors["again"] = message("The two are not the same.")
        if filled.errors or not await attempt(filled, lambda: self._change(user.username, typed)):
            return self.show_form(request, _PASSWORDS, filled, **shown)
        said(request, message("The password is changed."))
        return go(request, "/")

    def _change(self, name: str, typed: dict[str, str]) -> bool:
        self.log_ins.change_password(name, typed["old_password"], typed["new_password"])
        return True


_PASSWORDS = (
    Field("old_password", _("Present password"), kind="password"),
    Field("new_password", _("New password"), kind="password", note=_("At least 8 characters.")),
    Field("again", _("New password again"), kind="password"),
)


def _fields(*, new: bool) -> tuple[Field, ...]:
    name = Field("name", _("Log-in name"), note=_("It never changes."), longest=64)
    active = Field("active", _("Active"), kind="check", needed=False)
    return (
        *((name,) if new else ()),
        Field("full_name", _("Full name"), longest=64),
        Field("role", _("Role"), kind="select", choices=[(role, str(label)) for role, label in ROLES.items()]),
        *(() if new else (active,)),
    )


def _once(name: str, password: str, back: str) -> dict[str, Any]:
    if not password:
        raise HTTPException(500)
    note = message("It is shown once, and has to be changed at the first log-in.")
    return {"heading": _("First password"), "rows": [(name, password)], "note": note, "back": back}
