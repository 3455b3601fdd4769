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
from courier_desk.domain.reference import ReferenceKind, digest_of
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
        closures = [(_key(each), each) for each in calendar["closures"] if (each.get("last_day") or "9999") >= today]
        return self.show_form(
            request,
            _FIELDS if allowed(request, Act.REFERENCE_DRAFT) else (),
            filled,
            values={"first_day": today},
            template="closures.html",
            heading=_("Closures"),
            closures=sorted(closures, key=lambda each: each[1]["first_day"]),
            may=allowed(request, Act.REFERENCE_DRAFT),
            submit=_("Add closure"),
            back=link(request, "/reference", kind=_KIND.value),
        )

    @route("/lift", methods=["POST"], name="closure-lift")
    async def lift(self, request: Request) -> Response:
        """A draft of the calendar without the closure."""
        key = request.query_params.get("key", "")
        number = await in_thread(lambda: self._lift(request, key))
        return go(request, "/reference-publish", draft=str(number))

    def _lift(self, request: Request, key: str) -> int:
        person(request).require(Act.REFERENCE_DRAFT)
        calendar = self._calendar()
        left = [each for each in calendar["closures"] if _key(each) != key]
        if len(left) == len(calendar["closures"]):
            raise UserError(message("There is no such closure."))
        return self._draft(request, {**calendar, "closures": left})

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
        return self._draft(request, {**calendar, "closures": [*calendar["closures"], closure]})

    def _draft(self, request: Request, contents: dict[str, Any]) -> int:
        """Errors: UserError when it would not be sound."""
        acts_reference.sound(acts_reference.text_of(contents), _KIND, contents["version"] + 1)
        who, now = person(request), self.clock.now()
        with self.engine.begin() as connection:
            return acts_reference.add_draft(connection, who, now, _KIND, network.EVERYWHERE, contents)


def _key(closure: dict[str, Any]) -> str:
    """Names a closure in an address, whatever is added before it meanwhile."""
    return digest_of(closure)[:16]
