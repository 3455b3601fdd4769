"""What the page of a parcel reads: our own order, or that of another station whose parcel comes here."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.services.find import OrderView
from courier_desk.ui.pages.parcel_words import ParcelView
from courier_desk.ui.ui_context import UiContext


def read_parcel(ctx: UiContext, wanted: Mapping[str, str]) -> ParcelView:
    """On the db lane: by ``number`` (mother or piece) or ``order`` (the id). Errors: UserError when there is none."""
    services = ctx.services
    found = _find(ctx, wanted)
    # What was taken elsewhere may be older than any price list here.
    tariff = services.reference.tariff(None if found.origin else found.order.business_date)
    names = {code: each.name for code, each in tariff.services.items()}
    people = {person.id: person.name for person in services.reference.people()}
    return ParcelView(found, names, people, services.reference.stations(), ZoneInfo(services.station.zone))


def _find(ctx: UiContext, wanted: Mapping[str, str]) -> OrderView:
    services, actor = ctx.services, ctx.actor
    if wanted.get("order"):
        return services.find.order(actor, wanted["order"])
    number = services.scans.understand(wanted["number"]).number or wanted["number"]
    order_id = services.find.by_number(actor, number)
    found = services.find.order(actor, order_id) if order_id else services.inbound.view(actor, number)
    if found is None:
        raise UserError(message("There is no such order."), field="number")
    return found
