"""Lists that people look at: number ranges, daily proofs, incidents, the audit."""

from typing import Any, ClassVar

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import link_row_action
from starlette_admin.fields import BooleanField, DateField, IntegerField, StringField
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.hq.admin import sources
from courier_desk.hq.admin.audit import Deed, Who, record
from courier_desk.hq.admin.lists import ReadOnly, data, everything, everywhere, link, moment, words
from courier_desk.hq.admin.page import Page, go, in_thread, person, said
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.core.incidents import IncidentKind
from courier_desk.hq.tables.care import INCIDENT

INCIDENTS: dict[str, str] = {
    IncidentKind.PROOF_DIFFERS: _("The daily proof differs: a desk and headquarters do not hold the same."),
    IncidentKind.FEED_AHEAD: _("A desk has read more news than headquarters wrote: headquarters was set back."),
    IncidentKind.EPOCH_AHEAD: _("A desk knows a newer epoch: headquarters was set back."),
    IncidentKind.DIVERGED: _("Two machines have spoken for one desk: each needs a new one-time code."),
    IncidentKind.SAME_MACHINE: _("Two desks run on what looks like one machine: a copied computer."),
    IncidentKind.NUMBERS_SET_BACK: _("Waybill numbers were set back; those in doubt are left out."),
    IncidentKind.EARLY_SCANS: _("A desk scans many parcels of other stations that never left there."),
}


class NumberList(ReadOnly):
    """Leased ranges of waybill numbers."""

    source = sources.NUMBERS
    key = "numbers"
    menu_label = _("Number ranges")
    display_name = _("Number range")
    icon = "fa-solid fa-hashtag"
    tabs: ClassVar = {
        "used": (_("In use"), lambda c: c.burnt_at.is_(None)),
        "burnt": (_("Burnt"), lambda c: c.burnt_at.is_not(None)),
        "all": (_("All"), everything),
    }
    fields = (
        StringField("station_id", label=_("Station")),
        StringField("desk_id", label=_("Desk")),
        IntegerField("incarnation", label=_("Incarnation")),
        StringField("prefix", label=_("Prefix")),
        StringField("first", label=_("First number"), formatter=everywhere("{:012d}".format)),
        StringField("last", label=_("Last number"), formatter=everywhere("{:012d}".format)),
        IntegerField("size", label=_("Numbers")),
        IntegerField("used", label=_("Used numbers")),
        IntegerField("left", label=_("Left")),
        moment("leased_at", _("Leased")),
        moment("burnt_at", _("Burnt on")),
    )
    sortable_fields = ("station_id", "desk_id", "first", "size", "leased_at", "burnt_at")
    searchable_fields = ("station_id", "desk_id", "prefix", "first")
    fields_default_sort = (("leased_at", True),)


class ProofList(ReadOnly):
    """What the desks and headquarters hold of each day."""

    source = sources.PROOFS
    key = "proofs"
    menu_label = _("Daily proofs")
    display_name = _("Daily proof")
    icon = "fa-solid fa-scale-balanced"
    tabs: ClassVar = {
        "differ": (_("They differ"), lambda c: ~c.agrees),
        "all": (_("All"), everything),
    }
    fields = (
        StringField("station_id", label=_("Station")),
        StringField("desk_id", label=_("Desk")),
        DateField("business_date", label=_("Business day"), output_format="yyyy-MM-dd"),
        BooleanField("agrees", label=_("They agree")),
        moment("at", _("Compared")),
        data("theirs", _("At the desk")),
        data("ours", _("At headquarters")),
    )
    sortable_fields = ("station_id", "desk_id", "business_date", "agrees", "at")
    searchable_fields = ("station_id", "desk_id", "business_date")
    fields_default_sort = (("business_date", True),)


class IncidentList(ReadOnly):
    """What somebody has to look at."""

    source = sources.INCIDENTS
    key = "incidents"
    menu_label = _("Incidents")
    display_name = _("Incident")
    icon = "fa-solid fa-triangle-exclamation"
    tabs: ClassVar = {
        "open": (_("Not settled"), lambda c: c.settled_at.is_(None)),
        "all": (_("All"), everything),
    }
    fields = (
        moment("at", _("Noticed")),
        StringField("station_id", label=_("Station")),
        StringField("desk_id", label=_("Desk")),
        words("kind", _("What happened"), INCIDENTS),
        data("details", _("Details")),
        moment("settled_at", _("Settled")),
        StringField("settled_by", label=_("Settled by")),
    )
    sortable_fields = ("at", "station_id", "desk_id", "kind", "settled_at")
    searchable_fields = ("station_id", "desk_id", "kind")
    fields_default_sort = (("at", True),)
    row_rights: ClassVar = {"settle": Act.PARKED_SETTLE}

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Any) -> bool:
        """What is settled stays so."""
        return await self.is_row_action_allowed(request, name) and (name != "settle" or obj.settled_at is None)

    @link_row_action(name="settle", text=_("Settle"), icon_class="fa-solid fa-check")
    def settle(self, request: Request, pk: Any) -> str:
        """To the page that asks."""
        return link(request, "/incident-settle", incident=str(pk))


class IncidentSettle(Page):
    """Somebody has looked at it."""

    act = Act.PARKED_SETTLE
    path = "/incident-settle"
    menu_label = _("Incident")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Asks, then does it."""
        number = request.query_params.get("incident", "")
        if request.method == "GET":
            text = message("You have found out what happened, and what had to be done is done.")
            shown: dict[str, Any] = {"heading": _("Settle incident"), "subject": number, "text": text}
            return self.render(request, "ask.html", back=link(request, "/incidents/list"), yes=_("Settled"), **shown)
        await in_thread(lambda: self._settle(person(request), number))
        said(request, message("The incident is settled."))
        return go(request, "/incidents/list")

    def _settle(self, who: Who, number: str) -> None:
        who.require(Act.PARKED_SETTLE)
        now = self.clock.now()
        found = sa.cast(INCIDENT.c.id, sa.Text) == number, INCIDENT.c.settled_at.is_(None)
        with self.engine.begin() as connection:
            settled = sa.update(INCIDENT).where(*found).values(settled_at=now, settled_by=who.name)
            if connection.execute(settled).rowcount != 1:
                raise UserError(message("There is no such open incident."))
            record(connection, who.name, now, Deed("incident.settled", "incident", number))


class AuditList(ReadOnly):
    """What headquarters' people did."""

    source = sources.AUDIT
    act = Act.AUDIT_LOOK
    key = "audit"
    menu_label = _("Audit")
    display_name = _("Act")
    icon = "fa-solid fa-clipboard-list"
    fields = (
        moment("at", _("Time")),
        StringField("person", label=_("Who")),
        StringField("action", label=_("Act")),
        StringField("entity", label=_("What")),
        StringField("entity_id", label=_("Which one")),
        data("before", _("Before")),
        data("after", _("After")),
    )
    sortable_fields = ("at", "person", "action", "entity", "entity_id")
    searchable_fields = ("person", "action", "entity", "entity_id")
    fields_default_sort = (("at", True),)
