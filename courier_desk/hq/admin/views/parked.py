"""Parked operations: why each could not be applied, and what somebody decides about it."""

import uuid
from typing import Any, ClassVar, cast, get_args

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import link_row_action
from starlette_admin.fields import IntegerField, StringField
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.hq.admin import sources
from courier_desk.hq.admin.audit import Deed, Who, record
from courier_desk.hq.admin.forms import Field, Filled
from courier_desk.hq.admin.lists import ReadOnly, allowed, link, moment, words
from courier_desk.hq.admin.masked import masked
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.settling import How
from courier_desk.hq.tables.log import OP_LOG, PARKED

REASONS = {
    "bad_message": _("It cannot be read."),
    "wrong_sender": _("It names another desk, incarnation or place than it came from."),
    "repeated_id": _("Another operation has its id already."),
    "unknown_kind": _("Headquarters does not know this kind yet."),
    "bad_body": _("Something in it is missing or wrong."),
    "number_not_leased": _("Its waybill number was not leased to this desk."),
    "number_used": _("Another order has its waybill number already."),
    "unknown_order": _("Its station has no order with this waybill number."),
    "before_log": _("It was issued first on a day that is no longer on line, and may have come then."),
}
ADVICE = {
    "bad_message": _("Look at the program of the desk: update it, and drop this."),
    "wrong_sender": _("Look whether the computer was copied; give each copy a code of its own."),
    "repeated_id": _("The first one counts. Drop this, after looking at both."),
    "unknown_kind": _("Update headquarters, then try again."),
    "bad_body": _("Update headquarters or the desk, then try again; or have it entered anew at the desk."),
    "number_not_leased": _("Have the parcel labelled anew at the station, then drop this."),
    "number_used": _("Have one of the two parcels labelled anew, then drop this."),
    "unknown_order": _("Wait for the order, then try again."),
    "before_log": _("Bring the day back and try again; or drop this, after looking at what it says."),
}
SETTLED = {"retried": _("Applied"), "dropped": _("Dropped"), "amended": _("Mended")}


class ParkedList(ReadOnly):
    """All of them, open ones first."""

    source = sources.PARKED_OPERATIONS
    key = "parked"
    menu_label = _("Parked operations")
    display_name = _("Parked operation")
    icon = "fa-solid fa-square-parking"
    tabs: ClassVar = {
        "open": (_("Not settled"), lambda c: c.settled_at.is_(None)),
        "settled": (_("Settled"), lambda c: c.settled_at.is_not(None)),
    }
    fields = (
        moment("parked_at", _("Parked")),
        StringField("station_id", label=_("Station")),
        StringField("desk_id", label=_("Desk")),
        IntegerField("seq", label=_("Sequence")),
        StringField("kind", label=_("Kind")),
        words("reason", _("Reason"), REASONS),
        moment("settled_at", _("Settled")),
        words("settled_how", _("How it was settled"), SETTLED),
        StringField("settled_by", label=_("Settled by")),
    )
    sortable_fields = ("parked_at", "station_id", "desk_id", "seq", "kind", "reason", "settled_at")
    searchable_fields = ("station_id", "desk_id", "kind", "entity_id", "pk")
    fields_default_sort = (("parked_at", True),)
    row_click_navigate = False

    def can_view_detail(self, request: Request) -> bool:
        """There is a page of its own."""
        return False

    @link_row_action(name="look", text=_("View"), icon_class="fa-solid fa-magnifying-glass")
    def look(self, request: Request, pk: Any) -> str:
        """To its page."""
        return link(request, "/parked-operation", operation=str(pk))


class ParkedPage(Page):
    """One parked operation, masked, with what may be done."""

    path = "/parked-operation"
    menu_label = _("Parked operation")

    def __init__(self, engine: sa.Engine, clock: Clock, headquarters: Headquarters) -> None:
        super().__init__(engine, clock)
        self.headquarters = headquarters

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Shows it; does what is decided."""
        op_id = _op_id(request)
        row, body = await in_thread(lambda: self._read(op_id))
        may = allowed(request, Act.PARKED_SETTLE) and row["settled_at"] is None
        filled = None
        if request.method == "POST":
            who = person(request)
            await in_thread(lambda: who.require(Act.PARKED_SETTLE))
            filled = typed = await self.typed(request, _FIELDS)
            how = _how(typed)
            if how and not typed.errors and await attempt(typed, lambda: self._settle(who, row, how, typed)):
                said(request, message("The operation is settled; the desk is told."))
                return go(request, "/parked/list")
        return self.show_form(
            request,
            _FIELDS if may else (),
            filled,
            template="parked.html",
            heading=_("Parked operation"),
            subject=f"{row['desk_id']} · {row['kind']}",
            row=row,
            body=body,
            reason=REASONS.get(row["reason"], row["reason"]),
            advice=ADVICE.get(row["reason"], ""),
            settled=SETTLED.get(row["settled_how"] or "", ""),
            back=link(request, "/parked/list"),
        )

    def _read(self, op_id: uuid.UUID) -> tuple[dict[str, Any], Any]:
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(PARKED).where(PARKED.c.op_id == op_id)).mappings().first()
            if row is None:
                raise UserError(message("There is no such operation."))
            logged = sa.select(OP_LOG.c.body).where(
                OP_LOG.c.station_id == row["station_id"], OP_LOG.c.op_id == op_id, OP_LOG.c.day == row["day"]
            )
            content = connection.execute(logged).scalar()
        return {**row, "gone": content is None}, None if content is None else masked(bytes(content))

    def _settle(self, who: Who, row: dict[str, Any], how: How, filled: Filled) -> bool:
        """Errors: UserError when it cannot be applied still, or was settled meanwhile."""
        who.require(Act.PARKED_SETTLE)
        try:
            self.headquarters.settle(row["station_id"], str(row["op_id"]), how, who.name)
        except Refused as refused:
            raise UserError(message("It cannot be applied still: {why}", why=refused.problem.text)) from refused
        after = {"how": how, "remark": filled.values["remark"], "mended_by": filled.values["mended_by"]}
        with self.engine.begin() as connection:
            deed = Deed("operation.settled", "parked", str(row["op_id"]), {"reason": row["reason"]}, after)
            record(connection, who.name, self.clock.now(), deed)
        return True


_FIELDS = (
    Field("remark", _("Remark"), needed=False, note=_("Needed when it is dropped."), longest=500),
    Field("mended_by", _("Mended by"), needed=False, longest=64,
          note=_("The id of the operation that was entered instead, when it was mended.")),
    Field("how", _("How it was settled"), kind="hidden", needed=False),
)  # fmt: skip


def _op_id(request: Request) -> uuid.UUID:
    try:
        return uuid.UUID(request.query_params.get("operation", ""))
    except ValueError:
        raise HTTPException(404) from None


def _how(filled: Filled) -> How | None:
    """What was decided; what is missing for it is noted."""
    how, typed = filled.values["how"], filled.values
    if how == "dropped" and not typed["remark"]:
        filled.errors["remark"] = message("Say why it is dropped.")
    if how == "amended":
        try:
            uuid.UUID(typed["mended_by"])
        except ValueError:
            filled.errors["mended_by"] = message("The id of an operation is expected.")
    if how not in get_args(How):
        filled.errors[""] = message("Choose one of the list.")
        return None
    return cast("How", how)
