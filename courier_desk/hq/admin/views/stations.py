"""Stations: the list, and the forms that add one or change it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import link_row_action
from starlette_admin.fields import BooleanField, IntegerField, StringField
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.translation import message
from courier_desk.hq.admin import acts_network, sources
from courier_desk.hq.admin.forms import Field, Filled, both
from courier_desk.hq.admin.lists import ReadOnly, allowed, both_names, link
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.rights import Act


class StationList(ReadOnly):
    """All stations."""

    source = sources.STATIONS
    key = "stations"
    menu_label = _("Stations")
    display_name = _("Station")
    icon = "fa-solid fa-store"
    fields = (
        StringField("station_id", label=_("Station")),
        StringField("code", label=_("Code")),
        both_names("name", _("Station name")),
        both_names("company", _("Company")),
        StringField("number_prefix", label=_("Number prefix")),
        StringField("routing_code", label=_("Routing code")),
        StringField("division_code", label=_("Division code"), exclude_from_list=True),
        StringField("hotline", label=_("Hotline"), exclude_from_list=True),
        StringField("zone", label=_("Time zone"), exclude_from_list=True),
        StringField("currency", label=_("Currency"), exclude_from_list=True),
        IntegerField("desks", label=_("Desks")),
        BooleanField("active", label=_("Active")),
    )
    sortable_fields = ("station_id", "code", "number_prefix", "routing_code", "desks", "active")
    searchable_fields = ("station_id", "code", "name", "routing_code")
    row_rights: ClassVar = {"change": Act.STATION_CHANGE, "desk": Act.DESK_CHANGE}

    def toolbar(self, request: Request) -> list[tuple[str, str, str]]:
        """A new station."""
        if not allowed(request, Act.STATION_CHANGE):
            return []
        return [(link(request, "/station-form"), _("New station"), "fa-solid fa-plus")]

    @link_row_action(name="change", text=_("Change"), icon_class="fa-solid fa-pen")
    def change(self, request: Request, pk: Any) -> str:
        """To its form."""
        return link(request, "/station-form", station=str(pk))

    @link_row_action(name="people", text=_("People"), icon_class="fa-solid fa-users")
    def people(self, request: Request, pk: Any) -> str:
        """To those who work there."""
        return link(request, "/people", station=str(pk))

    @link_row_action(name="desk", text=_("New desk"), icon_class="fa-solid fa-desktop")
    def desk(self, request: Request, pk: Any) -> str:
        """To the form for a desk there."""
        return link(request, "/desk-form", station=str(pk))


def _fields(*, new: bool) -> Sequence[Field]:
    first = Field("station_id", _("Station"), note=_("Letters, digits, . _ -; it never changes."), longest=64)
    return (
        *((first,) if new else ()),
        Field("code", _("Code"), note=_("As the staff know it, such as 571-YH01."), longest=64),
        Field("name_zh", _("Name (Chinese)")),
        Field("name_en", _("Name (English)")),
        Field("company_zh", _("Company (Chinese)")),
        Field("company_en", _("Company (English)")),
        Field("number_prefix", _("Number prefix"), note=_("Two capital letters."), longest=2),
        Field("hotline", _("Hotline"), needed=False, longest=32),
        Field("zone", _("Time zone"), note=_("Such as Asia/Shanghai."), longest=64),
        Field("currency", _("Currency"), longest=3),
        Field("division_code", _("Division code"), needed=False, longest=12),
        Field("routing_code", _("Routing code"), needed=False, longest=64),
        *(() if new else (Field("active", _("Active"), kind="check", needed=False),)),
    )


_NEW = {"zone": "Asia/Shanghai", "currency": "CNY", "number_prefix": "CD"}


class StationForm(Page):
    """Adds a station, or changes the one that ``?station=`` names."""

    act = Act.STATION_CHANGE
    path = "/station-form"
    menu_label = _("Station")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        station_id = request.query_params.get("station", "")
        fields = _fields(new=not station_id)
        heading = _("Change station") if station_id else _("New station")
        shown: dict[str, Any] = {"heading": heading, "back": link(request, "/stations/list")}
        if request.method == "GET":
            values = await in_thread(lambda: self._values(station_id))
            return self.show_form(request, fields, values=values, **shown)
        filled = await self.typed(request, fields)
        if not filled.errors and await attempt(filled, lambda: self._save(request, station_id, filled)) is not None:
            said(request, message("Saved."))
            return go(request, "/stations/list")
        return self.show_form(request, fields, filled, **shown)

    def _values(self, station_id: str) -> dict[str, str]:
        return acts_network.station_values(self.engine, station_id) if station_id else dict(_NEW)

    def _save(self, request: Request, station_id: str, filled: Filled) -> bool:
        typed = filled.values
        values = {
            name: typed[name]
            for name in ("code", "number_prefix", "hotline", "zone", "currency", "division_code", "routing_code")
        }
        texts = {"name": both(typed, "name"), "company": both(typed, "company")}
        with self.engine.begin() as connection:
            if station_id:
                active = typed["active"] == "on"
                acts_network.change_station(
                    connection, person(request), self.clock.now(), station_id, {**values, **texts, "active": active}
                )
            else:
                named = {"station_id": typed["station_id"], **values, **texts}
                acts_network.add_station(connection, person(request), self.clock.now(), named)
        return True
