"""A parcel and its life in words: what the page shows of an order, its pieces and everything that happened to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from courier_desk.base.translation import N_, _, message, plural
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.masking import mask_address_label, mask_name, mask_phone_screen
from courier_desk.domain.order import Source
from courier_desk.domain.party import Party
from courier_desk.domain.scan import Outcome
from courier_desk.domain.scan_signals import SIGNALS
from courier_desk.domain.status import Status
from courier_desk.domain.words import MARK_WORDS, PAY_WAY_WORDS, PAYER_WORDS
from courier_desk.services.find import OrderView
from courier_desk.services.rows import LifeRow, ParcelRow
from courier_desk.ui.figures import device_name, kilograms, moment, money, number_text, printer_title, station_text
from courier_desk.ui.status_signs import status_sign, status_word
from courier_desk.ui.table_model import RIGHT, Column, RowTableModel
from courier_desk.ui.widgets.fact_list import Fact
from courier_desk.ui.widgets.life_list import LifeEntry

_KINDS: Mapping[str, tuple[str, str, str]] = {
    "entered": (N_("Order taken"), "file-text", "muted"),
    "printed": (N_("Label out"), "printer", "muted"),
    "reprinted": (N_("Label out again"), "printer", "info"),
    "collected": (N_("Collected"), "package", "info"),
    "bagged": (N_("Bagged"), "tote-simple", "info"),
    "loaded": (N_("Loaded"), "download-simple", "info"),
    "unloaded": (N_("Unloaded"), "upload-simple", "info"),
    "dispatched": (N_("Dispatched"), "truck", "accent"),
    "arrived": (N_("Arrived"), "map-pin", "accent"),
    "signed": (N_("Signed for"), "check-circle", "good"),
    "refunded": (N_("Money given back"), "arrow-u-up-left", "info"),
    "voided": (N_("Made void"), "prohibit", "bad"),
}
_SOURCES: Mapping[Source, str] = {
    Source.COUNTER: N_("Counter"),
    Source.TELEPHONE: N_("Telephone"),
    Source.COURIER: N_("Courier"),
    Source.APP: N_("App"),
    Source.EMAIL: N_("E-mail"),
    Source.FILE: N_("File"),
}
_BY_HAND = "keyed"
_CARE = (
    Status.LOST,
    Status.DELAY,
    Status.RETD,
    Status.INFO,
    Status.PICK,
    Status.SORT,
    Status.TRAN,
    Status.DLVD,
)


@dataclass(frozen=True, slots=True)
class ParcelView:
    """One order as the page needs it, with the names of services, people and stations."""

    found: OrderView
    services: Mapping[str, LocalText]
    people: Mapping[str, str]
    stations: Mapping[str, LocalText]
    zone: ZoneInfo

    @property
    def order(self) -> Order:
        """The order."""
        return self.found.order

    def station(self, code: str) -> str:
        """A station by name and code, empty for none."""
        return station_text(code, self.stations.get(code))

    @property
    def ids(self) -> frozenset[str]:
        """Everything whose change concerns the page."""
        pieces = (row.parcel_id for row in self.found.parcels)
        return frozenset((self.order.id, self.order.number, *pieces))

    @property
    def void(self) -> bool:
        """True when its order was cancelled."""
        return self.order.void or any(row.void for row in self.found.parcels)

    def service(self) -> str:
        """The name of its service."""
        return str(self.services.get(self.order.draft.service, self.order.draft.service))


def shown_party(party: Party, *, masked: bool) -> tuple[str, str, str]:
    """Name, telephone and address as they may be seen."""
    name = f"{party.name}  {party.company}".strip()
    if not masked:
        return name, party.phone, party.address.line
    return mask_name(party.name), mask_phone_screen(party.phone), mask_address_label(party.address)


def status_of(view: ParcelView) -> tuple[str, str, str]:
    """Word, tone and icon of the order: those of the piece that needs most care, or lies furthest back."""
    status = min((row.status for row in view.found.parcels), key=lambda status: _CARE.index(Status(status)))
    tone, sign = status_sign(status, void=view.void)
    return status_word(status, void=view.void), tone, sign


def summary(view: ParcelView) -> str:
    """What it is, in one line beneath the number."""
    order = view.order
    parts = [
        view.service(),
        plural("{n} piece", "{n} pieces", len(view.found.parcels)),
        kilograms(order.draft.weight_g),
    ]
    if order.promised_at is not None:
        parts.append(_("promised {moment}").format(moment=moment(order.promised_at, view.zone)))
    return "  ·  ".join(parts)


def price_text(order: Order) -> str:
    """The whole price; of another station's order it may not be known."""
    return money(order.total_fen, order.currency) if order.currency else "–"


def price_lines(order: Order) -> list[tuple[str, str]]:
    """The price with its parts."""
    return [(str(line.label), money(line.amount_fen, order.currency)) for line in order.charges]


def facts(view: ParcelView) -> list[Fact]:
    """Everything else that one is asked about."""
    order, draft = view.order, view.order.draft
    back = view.found.refunded_fen
    goods = _(", ").join(f"{line.name} × {line.quantity}" for line in draft.goods)
    marks = _(", ").join(_(MARK_WORDS[mark]) for mark in sorted(draft.marks))
    by = view.station(view.found.origin) or view.people.get(order.operator_id, "")
    taken = f"{moment(order.accepted_at, view.zone)}  {by}"
    return [
        Fact(_("Void because"), _(order.void_reason), "bad", "prohibit"),
        Fact(_("Payment"), _(", ").join((_(PAYER_WORDS[draft.payer]), _(PAY_WAY_WORDS[draft.pay_way])))),
        Fact(_("Given back"), money(back, order.currency) if back else "", "warn", "arrow-u-up-left"),
        Fact(_("Cash on delivery"), money(draft.cod_fen, order.currency) if draft.cod_fen else ""),
        Fact(_("Declared value"), money(draft.declared_value_fen, order.currency) if draft.declared_value_fen else ""),
        Fact(_("Contents"), goods),
        Fact(_("Handling"), marks, "warn", "warning"),
        _inspection(view),
        Fact(_("Route"), f"{order.route.routing_code}  ·  {order.route.package_centre}  ·  {order.route.line}"),
        Fact(_("Bag or list"), _(", ").join(_places(view))),
        Fact(_("Taken"), _(", ").join((taken, _(_SOURCES[draft.source])))),
        Fact(_("Note"), draft.note),
    ]


def _places(view: ParcelView) -> list[str]:
    """The bags and lists that hold its pieces, each once."""
    return [
        number_text(place) for place in dict.fromkeys(row.handover or row.bag for row in view.found.parcels) if place
    ]


def _inspection(view: ParcelView) -> Fact:
    inspection = view.order.inspection
    proof = inspection.identity
    if view.found.origin and proof is None:
        return Fact(_("Inspection"), "")
    if not inspection.complete or proof is None:
        return Fact(_("Inspection"), _("Not complete"), "bad", "x-circle")
    seen = _("Contents seen, paper {number}").format(number=proof.masked)
    return Fact(_("Inspection"), seen, "good", "check-circle")


def life_entries(view: ParcelView) -> list[LifeEntry]:
    """The whole life, the latest first."""
    return [_entry(row, view) for row in reversed(view.found.life)]


def _entry(row: LifeRow, view: ParcelView) -> LifeEntry:
    title, sign, tone = _KINDS.get(row.kind, (row.kind, "circle", "muted"))
    flag = ""
    if row.outcome != Outcome.ACCEPTED and row.outcome in set(Outcome):
        # It was scanned and kept, but it did not count as it should: amber, with its own word.
        sign, tone, flag = "warning", "warn", _(SIGNALS[Outcome(row.outcome)].word)
    piece = row.number.rpartition("-")[2] if "-" in row.number and row.number != view.order.number else ""
    parts = [
        _("Piece {n}").format(n=int(piece)) if piece.isdecimal() else "",
        view.station(row.station) if row.station in view.stations else row.place,
        _("typed by hand") if row.keyed or row.device == _BY_HAND else printer_title(str(device_name(row.device))),
        view.people.get(row.operator, row.operator),
        number_text(row.remark) if row.kind == "dispatched" else _(row.remark),
    ]
    note = "  ·  ".join(part for part in parts if part)
    return LifeEntry(_(title), moment(row.at, view.zone), note, sign, tone, flag)


def piece_model() -> RowTableModel:
    """The pieces as a table."""
    columns = (
        Column("piece", message("Piece"), lambda row: str(row.piece), 46, RIGHT, order=_piece),
        Column("number", message("Number"), lambda row: number_text(row.number), 168),
        Column(
            "status",
            message("Status"),
            lambda row: status_word(row.status, void=row.void),
            120,
            tone=lambda row: status_sign(row.status, void=row.void)[0],
            icon=lambda row: status_sign(row.status, void=row.void)[1],
        ),
        Column("weight", message("Weight"), lambda row: kilograms(row.weight_g), 68, RIGHT, order=_weight),
        Column("size", message("Size, cm"), lambda row: row.size or "–", 106),
        Column("where", message("Bag or list"), lambda row: number_text(row.handover or row.bag) or "–", 92),
    )
    return RowTableModel(columns, lambda row: row.parcel_id)


def _piece(row: ParcelRow) -> int:
    return row.piece


def _weight(row: ParcelRow) -> int:
    return row.weight_g
