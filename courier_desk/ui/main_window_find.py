"""What the palette finds besides functions: waybills and customers. Runs on the db lane."""

from collections.abc import Callable, Sequence

from courier_desk.base.translation import _
from courier_desk.domain.user import Action
from courier_desk.services.find import FindSpec
from courier_desk.ui.navigation import Request
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.suggestion_list import Suggestion

_MOST_ORDERS = 7
_MOST_CUSTOMERS = 4
_MOST_OTHERS = 3


def finder(ctx: UiContext) -> Callable[[str], Sequence[Suggestion]]:
    """The search of the palette for whoever is at the desk when it is called."""

    def search(text: str) -> Sequence[Suggestion]:
        if not ctx.session.may(Action.ORDER_FIND):
            return ()
        found = ctx.services.find
        own = found.orders(ctx.actor, FindSpec(text=text, limit=_MOST_ORDERS))
        others = ctx.services.inbound.find(ctx.actor, text, _MOST_OTHERS)
        orders = [
            Suggestion(
                row.number,
                f"{row.sender_name} → {row.recipient_name}  {row.destination}",
                "arrow-square-in" if row.origin else "package",
                value=Request("parcel", {"number": row.number}),
            )
            for row in (*others, *own)
        ]
        customers = [
            Suggestion(
                row.name, f"{row.phone}  {row.area}", "user", value=Request("find", {"text": row.phone or row.name})
            )
            for row in found.customers(ctx.actor, text, _MOST_CUSTOMERS)
        ]
        return [*orders, *customers]

    return search


def find_everything(text: str) -> Suggestion:
    """The row that hands the text on to the page of the same purpose."""
    title = _("Find “{text}” among all orders").format(text=text)
    return Suggestion(title, icon="magnifying-glass", value=Request("find", {"text": text}))
