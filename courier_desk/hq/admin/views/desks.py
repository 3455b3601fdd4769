"""Desks and their one-time codes: how each stands, and what may be done about it."""

from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import link_row_action
from starlette_admin.fields import IntegerField, StringField
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.translation import message
from courier_desk.hq.admin import acts_network, sources
from courier_desk.hq.admin.forms import Field, Filled
from courier_desk.hq.admin.lists import ReadOnly, allowed, link, moment, words
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.rights import Act

STATES = {"new": _("Not enrolled yet"), "active": _("Active"), "diverged": _("Diverged"), "retired": _("Retired")}


class DeskList(ReadOnly):
    """All desks."""

    source = sources.DESKS
    key = "desks"
    menu_label = _("Desks")
    display_name = _("Desk")
    icon = "fa-solid fa-desktop"
    fields = (
        StringField("station_id", label=_("Station")),
        StringField("desk_id", label=_("Desk")),
        StringField("name", label=_("Desk name")),
        words("state", _("State"), STATES),
        moment("last_seen_at", _("Last seen")),
        IntegerField("incarnation", label=_("Incarnation"), exclude_from_list=True),
        IntegerField("heard", label=_("Operations received")),
        IntegerField("waiting", label=_("Waiting for it")),
        IntegerField("parked", label=_("Parked")),
        StringField("program", label=_("Program"), exclude_from_list=True),
        IntegerField("protocol", label=_("Protocol"), exclude_from_list=True),
        moment("enrolled_at", _("Enrolled"), exclude_from_list=True),
    )
    sortable_fields = ("station_id", "desk_id", "name", "state", "last_seen_at", "waiting", "parked")
    searchable_fields = ("station_id", "desk_id", "name")
    row_rights: ClassVar = {"code": Act.CODE_MAKE, "rename": Act.DESK_CHANGE, "retire": Act.DESK_RETIRE}

    def toolbar(self, request: Request) -> list[tuple[str, str, str]]:
        """A new desk."""
        if not allowed(request, Act.DESK_CHANGE):
            return []
        return [(link(request, "/desk-form"), _("New desk"), "fa-solid fa-plus")]

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Any) -> bool:
        """A retired desk stays as it is."""
        may = await self.is_row_action_allowed(request, name)
        return may and (name not in self.row_rights or obj.state != "retired")

    @link_row_action(name="code", text=_("One-time code"), icon_class="fa-solid fa-key")
    def code(self, request: Request, pk: Any) -> str:
        """To the page that makes a code."""
        return self._to(request, "/desk-code", pk)

    @link_row_action(name="rename", text=_("Rename"), icon_class="fa-solid fa-pen")
    def rename(self, request: Request, pk: Any) -> str:
        """To the form with its name."""
        return self._to(request, "/desk-form", pk)

    @link_row_action(name="retire", text=_("Retire"), icon_class="fa-solid fa-ban")
    def retire(self, request: Request, pk: Any) -> str:
        """To the page that asks once more."""
        return self._to(request, "/desk-retire", pk)

    def _to(self, request: Request, path: str, pk: Any) -> str:
        return link(request, path, desk=str(pk))


class CodeList(ReadOnly):
    """One-time codes, without the codes."""

    source = sources.CODES
    key = "codes"
    menu_label = _("One-time codes")
    display_name = _("One-time code")
    icon = "fa-solid fa-key"
    fields = (
        StringField("station_id", label=_("Station")),
        StringField("desk_id", label=_("Desk")),
        StringField("made_by", label=_("Made by")),
        moment("made_at", _("Made on")),
        moment("expires_at", _("Valid until")),
        moment("used_at", _("Used on")),
    )
    sortable_fields = ("station_id", "desk_id", "made_by", "made_at", "expires_at", "used_at")
    searchable_fields = ("station_id", "desk_id", "made_by")
    fields_default_sort = (("made_at", True),)
    row_click_navigate = False

    def can_view_detail(self, request: Request) -> bool:
        """There is nothing more to see."""
        return False


class DeskForm(Page):
    """Adds a desk, or renames the one that ``?desk=`` names."""

    act = Act.DESK_CHANGE
    path = "/desk-form"
    menu_label = _("Desk")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        desk_id = request.query_params.get("desk", "")
        fields = _RENAMED if desk_id else _NEW
        shown: dict[str, Any] = {"heading": _("Rename desk") if desk_id else _("New desk"), "subject": desk_id}
        shown["back"] = link(request, "/desks/list")
        if request.method == "GET":
            values = await in_thread(lambda: self._values(request, desk_id))
            return self.show_form(request, fields, values=values, **shown)
        filled = await self.typed(request, fields)
        if not filled.errors and await attempt(filled, lambda: self._save(request, desk_id, filled)):
            said(request, message("Saved."))
            return go(request, "/desks/list")
        return self.show_form(request, fields, filled, **shown)

    def _values(self, request: Request, desk_id: str) -> dict[str, str]:
        if not desk_id:
            return {"station_id": request.query_params.get("station", "")}
        with self.engine.connect() as connection:
            return {"name": acts_network.desk(connection, desk_id)["name"]}

    def _save(self, request: Request, desk_id: str, filled: Filled) -> bool:
        typed, who, now = filled.values, person(request), self.clock.now()
        with self.engine.begin() as connection:
            if desk_id:
                acts_network.rename_desk(connection, who, now, desk_id, typed["name"])
            else:
                acts_network.add_desk(connection, who, now, typed["station_id"], typed["desk_id"], typed["name"])
        return True


_RENAMED = (Field("name", _("Desk name"), note=_("As the staff call it."), longest=64),)
_NEW = (
    Field("station_id", _("Station"), longest=64),
    Field("desk_id", _("Desk"), note=_("Unique in the network, such as HZ001-2; it never changes."), longest=64),
    *_RENAMED,
)


class DeskCode(Page):
    """Makes a one-time code and shows it once."""

    act = Act.CODE_MAKE
    path = "/desk-code"
    menu_label = _("One-time code")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Asks, then shows."""
        desk_id = request.query_params.get("desk", "")
        shown: dict[str, Any] = {
            "heading": _("One-time code"),
            "subject": desk_id,
            "back": link(request, "/desks/list"),
        }
        if request.method == "GET":
            await in_thread(lambda: self._known(desk_id))
            text = message("Whoever has the code becomes this desk; another computer that was it is shut out then.")
            return self.render(request, "ask.html", text=text, yes=_("Make a code"), **shown)
        code = await in_thread(lambda: self._make(request, desk_id))
        note = message("Valid for seven days, once. It is not kept here: write it down now.")
        return self.render(request, "shown_once.html", rows=[(desk_id, code)], note=note, **shown)

    def _known(self, desk_id: str) -> None:
        with self.engine.connect() as connection:
            acts_network.desk(connection, desk_id)

    def _make(self, request: Request, desk_id: str) -> str:
        with self.engine.begin() as connection:
            return acts_network.new_code(connection, person(request), self.clock.now(), desk_id)


class DeskRetire(Page):
    """Asks once more, then retires a desk."""

    act = Act.DESK_RETIRE
    path = "/desk-retire"
    menu_label = _("Retire desk")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Asks, then does it."""
        desk_id, back = request.query_params.get("desk", ""), link(request, "/desks/list")
        if request.method == "GET":
            text = message("The desk is closed for ever. What it has not sent yet will not be accepted any more.")
            shown: dict[str, Any] = {"heading": _("Retire desk"), "subject": desk_id, "back": back, "text": text}
            return self.render(request, "ask.html", yes=_("Retire"), danger=True, **shown)
        await in_thread(lambda: self._retire(request, desk_id))
        said(request, message("The desk is retired."))
        return go(request, "/desks/list")

    def _retire(self, request: Request, desk_id: str) -> None:
        with self.engine.begin() as connection:
            acts_network.retire_desk(connection, person(request), self.clock.now(), desk_id)
