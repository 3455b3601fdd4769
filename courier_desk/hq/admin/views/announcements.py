"""Announcements to the stations: a form for a new one, and a button that takes one back."""

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.announcement import Urgency
from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq import network
from courier_desk.hq.admin import acts_reference
from courier_desk.hq.admin.forms import Field, Filled, both
from courier_desk.hq.admin.lists import allowed, link
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.rights import Act

_KIND = ReferenceKind.ANNOUNCEMENTS
URGENCIES = {Urgency.NOTICE: _("Notice"), Urgency.IMPORTANT: _("Important"), Urgency.URGENT: _("Urgent")}


def _fields() -> tuple[Field, ...]:
    choices = [(each.value, str(label)) for each, label in URGENCIES.items()]
    return (
        Field("title_zh", _("Title (Chinese)")),
        Field("title_en", _("Title (English)")),
        Field("text_zh", _("Text (Chinese)"), kind="area", longest=4000),
        Field("text_en", _("Text (English)"), kind="area", longest=4000),
        Field("urgency", _("Urgency"), kind="select", choices=choices),
        Field("first_day", _("First day"), kind="date"),
        Field("last_day", _("Last day"), kind="date", needed=False, note=_("Empty: until it is taken back.")),
    )


class AnnouncementsPage(Page):
    """The newest announcements, and a form for one more, which is published at once."""

    path = "/announcements"
    menu_label = _("Announcements")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The list, and what is sent with the form."""
        document = await in_thread(self._document)
        may = allowed(request, Act.REFERENCE_PUBLISH)
        filled = None
        if request.method == "POST":
            if not may:
                raise HTTPException(403)
            filled = await self.typed(request, _fields())
            if not filled.errors and await attempt(filled, lambda: self._add(request, filled)):
                said(request, message("The announcement is on its way to all desks."))
                return go(request, "/announcements")
        today = self.clock.now().date().isoformat()
        return self.show_form(
            request,
            _fields() if may else (),
            filled,
            values={"first_day": today, "urgency": Urgency.NOTICE.value},
            template="announcements.html",
            heading=_("Announcements"),
            rows=document["announcements"][::-1],
            urgencies={each.value: label for each, label in URGENCIES.items()},
            today=today,
            may=may,
            submit=_("Announce"),
            back=link(request, "/reference", kind=_KIND.value),
        )

    @route("/take-back", methods=["POST"], name="announcement-take-back")
    async def take_back(self, request: Request) -> Response:
        """One announcement less."""
        key = request.query_params.get("key", "")
        await in_thread(lambda: self._take_back(request, key))
        said(request, message("The announcement is taken back."))
        return go(request, "/announcements")

    def _document(self) -> dict[str, Any]:
        with self.engine.connect() as connection:
            found = acts_reference.newest(connection, _KIND, network.EVERYWHERE)
        return found or acts_reference.blank(_KIND, self.clock.now().date())

    def _add(self, request: Request, filled: Filled) -> bool:
        typed = filled.values
        added = {"key": new_id(), "title": both(typed, "title"), "text": both(typed, "text")}
        added |= {name: typed[name] for name in ("urgency", "first_day", "last_day") if typed[name]}
        return self._change(request, lambda listed: [*listed, added])

    def _take_back(self, request: Request, key: str) -> bool:
        return self._change(request, lambda listed: [each for each in listed if each["key"] != key])

    def _change(self, request: Request, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> bool:
        now = self.clock.now()
        with self.engine.begin() as connection:
            document = acts_reference.newest_locked(connection, _KIND, network.EVERYWHERE, now.date())
            contents = {**document, "valid_from": now.date().isoformat()}
            contents["announcements"] = change(document["announcements"])
            contents.pop("valid_until", None)
            acts_reference.publish_document(connection, person(request), now, network.EVERYWHERE, contents)
        return True
