"""What goes on paper: order, bag and list turned into texts, masked and in the language of the paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text, weight_text
from courier_desk.base.translation import CHINESE, N_, in_language, message
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.manifest import ManifestItem, totals
from courier_desk.domain.masking import mask_address_label, mask_name, mask_phone_label
from courier_desk.domain.order import Payer
from courier_desk.domain.paper import BagTag, HandoverPaper, HandoverRow, LabelParty, PaperKind, WaybillLabel
from courier_desk.domain.party import Party
from courier_desk.domain.print_job import PrintJob
from courier_desk.domain.words import MARK_WORDS, PAYER_WORDS
from courier_desk.services.ports import ReadWork, Store
from courier_desk.services.reference import ReferenceService
from courier_desk.services.station import StationIdentity

REPRINT_MARK = N_("Reprint {n}")


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """How paper is written at this desk: its language, and whether unit and room are left out on labels."""

    language: str
    hide_room: bool


class PaperService:
    """Makes the content of a paper from what is saved. Runs on the db lane."""

    def __init__(
        self,
        store: Store,
        reference: ReferenceService,
        station: Callable[[], StationIdentity],
        choice: Callable[[], PaperChoice],
        clock: Clock,
    ) -> None:
        self._store = store
        self._reference = reference
        self._station = station
        self._choice = choice
        self._clock = clock

    def of_job(self, job_id: str) -> tuple[PrintJob, WaybillLabel | BagTag | HandoverPaper]:
        """A paper of the queue with what it says. Errors: UserError when it or its subject is gone."""
        with self._store.read() as work:
            job = work.print_jobs.get(job_id)
        if job is None:
            raise UserError(message("This paper is no longer in the queue."))
        return job, self.content(job)

    def content(self, job: PrintJob) -> WaybillLabel | BagTag | HandoverPaper:
        """What the paper of this job says. Errors: UserError when its subject is gone."""
        if job.kind is PaperKind.LABEL:
            return self.label(job.subject, job.copy)
        if job.kind is PaperKind.BAG_TAG:
            return self.bag_tag(job.subject, job.copy)
        return self.handover(job.subject)

    def label(self, number: str, copy: int = 0) -> WaybillLabel:
        """The label of one piece."""
        with self._store.read() as work:
            parcel = work.parcels.by_number(number)
            order = work.orders.get(parcel.order_id) if parcel else None
            if parcel is None or order is None:
                raise UserError(message("There is no such parcel: {number}", number=number))
            clerk = self._clerk(order.operator_id)
        return self._label(order, parcel.number, parcel.piece, parcel.weight_g, copy, clerk)

    def bag_tag(self, bag_id: str, copy: int = 0) -> BagTag:
        """The tag of a bag."""
        with self._store.read() as work:
            bag = work.bags.get(bag_id)
        if bag is None:
            raise UserError(message("There is no such bag."))
        station = self._station()
        return BagTag(
            number=bag.tag,
            destination=bag.destination,
            line=self._line(bag.line),
            pieces=bag.pieces,
            weight=f"{weight_text(bag.weight_g)} kg",
            kind=self._say(N_("Sealed bag")) if bag.seal else self._say(N_("Open bag")),
            seal=bag.seal,
            station=station.name,
            station_kind=station.kind,
            printed_at=self._local(self._clock.now()),
            reprint=self._reprint(copy),
        )

    def handover(self, manifest_id: str) -> HandoverPaper:
        """A handover list."""
        with self._store.read() as work:
            manifest = work.manifests.get(manifest_id)
            seals = _seals(work, manifest.items) if manifest else {}
        if manifest is None:
            raise UserError(message("There is no such handover list."))
        station = self._station()
        total = totals(manifest.items)
        # Babel does not look into f-strings, so the word is made outside.
        not_loaded = self._say(N_("Not loaded"))
        return HandoverPaper(
            number=manifest.number,
            title=self._say(N_("Handover list")),
            company=station.company,
            station=station.name,
            station_kind=station.kind,
            business_date=manifest.business_date,
            line=self._line(manifest.line),
            plate=manifest.plate,
            driver=manifest.driver,
            rows=tuple(self._row(place, item, seals) for place, item in enumerate(manifest.items, start=1)),
            bags=total.bags,
            loose=total.loose,
            pieces=total.pieces,
            weight_g=total.weight_g,
            differences=tuple(f"{not_loaded}: {number}" for number in manifest.differences),
            supplement_of=manifest.supplement_of,
            digest=manifest.digest,
            closed_at=self._local(manifest.closed_at) if manifest.closed_at else "",
        )

    def _row(self, place: int, item: ManifestItem, seals: Mapping[str, str]) -> HandoverRow:
        return HandoverRow(
            position=place,
            number=item.number,
            kind=self._say(N_("Bag")) if item.is_bag else self._say(N_("Parcel")),
            destination=item.destination,
            pieces=item.pieces,
            weight_g=item.weight_g,
            remark=item.remark or seals.get(item.number, ""),
        )

    def _label(self, order: Order, number: str, piece: int, weight_g: int, copy: int, clerk: str) -> WaybillLabel:
        draft, station = order.draft, self._station()
        service = self._reference.tariff(order.business_date).services.get(draft.service)
        return WaybillLabel(
            number=number,
            waybill=order.number,
            piece=piece,
            pieces=len(order.parcels),
            company=station.company,
            hotline=station.hotline,
            station_kind=station.kind,
            service=self._local_text(service.name) if service else draft.service,
            routing_code=order.route.routing_code,
            package_centre=order.route.package_centre,
            recipient=self._party(draft.recipient),
            sender=self._party(draft.sender),
            goods="、".join(f"{line.name}×{line.quantity}" for line in draft.goods),
            weight=f"{weight_text(weight_g)} kg",
            payment=self._payment(order),
            cod=f"{order.currency} {amount_text(draft.cod_fen)}" if draft.cod_fen else "",
            declared=f"{order.currency} {amount_text(draft.declared_value_fen)}" if draft.declared_value_fen else "",
            marks=tuple(self._say(MARK_WORDS[mark]) for mark in sorted(draft.marks)),
            inspected=self._say(N_("Inspected")) if order.inspection.complete else "",
            clerk=clerk,
            printed_at=self._local(self._clock.now()),
            reprint=self._reprint(copy),
            note=draft.note,
        )

    def _party(self, party: Party) -> LabelParty:
        address = mask_address_label(party.address) if self._choice().hide_room else party.address.line
        return LabelParty(mask_name(party.name), mask_phone_label(party.phone), address)

    def _payment(self, order: Order) -> str:
        words = self._say(PAYER_WORDS[order.draft.payer])
        due = order.draft.payer is Payer.RECIPIENT
        return f"{words} {order.currency} {amount_text(order.total_fen)}" if due else words

    def _clerk(self, operator_id: str) -> str:
        return next((o.number for o in self._reference.people() if o.id == operator_id), "")

    def _line(self, code: str) -> str:
        line = self._reference.lines().get(code)
        return f"{code} {self._local_text(line.name)}" if line else code

    def _local(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self._station().zone)).strftime("%Y-%m-%d %H:%M")

    def _local_text(self, text: LocalText) -> str:
        return text.zh if self._choice().language == CHINESE else text.en

    def _say(self, text: str) -> str:
        return in_language(text, self._choice().language)

    def _reprint(self, copy: int) -> str:
        return self._say(REPRINT_MARK).format(n=copy) if copy else ""


def _seals(work: ReadWork, items: Sequence[ManifestItem]) -> dict[str, str]:
    """The seal of each bag on the list, by its tag."""
    found: dict[str, str] = {}
    for item in items:
        if item.is_bag:
            bag = work.bags.by_tag(item.number)
            found[item.number] = bag.seal if bag else ""
    return found
