"""Closures by date and division: a form that makes a draft of the calendar, since it has to be quick and right."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import message
from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq import network
from courier_desk.hq.admin import acts_reference
from courier_desk.hq.admin.forms import Field, Filled, both
from courier_desk.hq.admin.lists import allowed, link
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person
from courier_desk.hq.admin.rights import Act

_KIND = ReferenceKind.CALENDAR
_FIELDS = (
    Field("first_day", _("First day"), kind="date"),
    Field("last_day", _("Last day"), kind="date", needed=False, note=_("Empty: until further notice.")),
    Field("divisions", _("Divisions"), needed=False, longest=2000,
          note=_("Beginnings of division codes with blanks between: 33 a province, 3301 a city. Empty: everywhere.")),
    Field("services", _("Services"), needed=False, note=_("Names with blanks between. Empty: all.")),
    Field("reason_zh", _("Reason (Chinese)")),
    Field("reason_en", _("Reason (English)")),
)  # fmt: skip


class ClosuresPage(Page):
    """The closures of the newest calendar, and a form for one more."""

    path = "/closures"
    menu_label = _("Closures")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The list; what is sent becomes a draft that is published with one more look."""
        calendar = await in_thread(self._calendar)
        filled = None
        if request.method == "POST":
            if not allowed(request, Act.REFERENCE_DRAFT):
                raise HTTPException(403)
            filled = await self.typed(request, _FIELDS)
            number = None if filled.errors else await attempt(filled, lambda: self._add(request, calendar, filled))
            if number is not None:
                return go(request, "/reference-publish", draft=str(number))
        today = self.clock.now().date().isoformat()
        closures = [each for each in calendar["closures"] if (each.get("last_day") or "9999") >= today]
        return self.show_form(
            request,
            _FIELDS if allowed(request, Act.REFERENCE_DRAFT) else (),
            filled,
            values={"first_day": today},
            template="closures.html",
            heading=_("Closures"),
            closures=sorted(closures, key=lambda each: each["first_day"]),
            submit=_("Add closure"),
            back=link(request, "/reference", kind=_KIND.value),
        )

    def _calendar(self) -> dict[str, Any]:
        with self.engine.connect() as connection:
            found = acts_reference.newest(connection, _KIND, network.EVERYWHERE)
        if found is None:
            raise UserError(message("There is no calendar yet."))
        return found

    def _add(self, request: Request, calendar: dict[str, Any], filled: Filled) -> int:
        typed = filled.values
        closure: dict[str, Any] = {
            "first_day": typed["first_day"],
            "divisions": plain_digits(typed["divisions"]).replace(",", " ").split() or [""],
            "reason": both(typed, "reason"),
        }
        if typed["last_day"]:
            closure["last_day"] = typed["last_day"]
        if typed["services"]:
            closure["services"] = typed["services"].replace(",", " ").split()
        contents = {**calendar, "closures": [*calendar["closures"], closure]}
        with self.engine.begin() as connection:
            acts_reference.sound(acts_reference.text_of(contents), _KIND, calendar["version"] + 1)
            return acts_reference.add_draft(
                connection, person(request), self.clock.now(), _KIND, network.EVERYWHERE, contents
            )
