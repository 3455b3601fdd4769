"""All use cases of one station, put together over what the lower world gives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from courier_desk.base.clock import Clock
from courier_desk.services.acceptance import AcceptanceService
from courier_desk.services.approvals import ApprovalService
from courier_desk.services.auth import AuthService
from courier_desk.services.bags import BagService
from courier_desk.services.cancelling import CancelService
from courier_desk.services.care import CareQueries, CareService
from courier_desk.services.customers import CustomerService
from courier_desk.services.drafts import DraftService
from courier_desk.services.exchange import ExchangeService
from courier_desk.services.find import FindService, Queries
from courier_desk.services.floor import FloorQueries, FloorService
from courier_desk.services.gate import Gate
from courier_desk.services.handovers import HandoverService
from courier_desk.services.history import HistoryService
from courier_desk.services.inbound import InboundQueries, InboundService
from courier_desk.services.orders import OrderService
from courier_desk.services.papers import PaperChoice, PaperService
from courier_desk.services.ports import KeyedHash, OnLane, PasswordHasher, Store
from courier_desk.services.pricing import PricingService
from courier_desk.services.print_queue import PaperRouting, PrintQueueService
from courier_desk.services.reference import ReferenceService
from courier_desk.services.scans import ScanService
from courier_desk.services.station import StationIdentity


@dataclass(frozen=True, slots=True)
class Edge:
    """What the use cases need of the world outside them."""

    store: Store
    queries: Queries
    floor_queries: FloorQueries
    care_queries: CareQueries
    inbound_queries: InboundQueries
    clock: Clock
    hasher: PasswordHasher
    keyed_hash: KeyedHash
    paper_printer: PaperRouting
    paper_choice: Callable[[], PaperChoice]
    today: Callable[[], date]
    password_days: Callable[[], int]
    on_lane: OnLane
    in_bulk: OnLane
    machine: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases of one station."""

    station: StationIdentity
    gate: Gate
    reference: ReferenceService
    auth: AuthService
    approvals: ApprovalService
    customers: CustomerService
    pricing: PricingService
    acceptance: AcceptanceService
    orders: OrderService
    cancelling: CancelService
    drafts: DraftService
    scans: ScanService
    bags: BagService
    handovers: HandoverService
    floor: FloorService
    papers: PaperService
    print_queue: PrintQueueService
    find: FindService
    inbound: InboundService
    care: CareService
    exchange: ExchangeService
    history: HistoryService


def assemble(edge: Edge, station: StationIdentity) -> Services:
    """The use cases of ``station``."""
    store, clock, printer = edge.store, edge.clock, edge.paper_printer
    gate = Gate()
    reference = ReferenceService(store, gate, edge.today)
    auth = AuthService(
        store, clock, edge.hasher, gate, lambda: station, reference.people, edge.password_days, edge.on_lane
    )
    approvals = ApprovalService(store, gate, auth, edge.on_lane)
    pricing = PricingService(reference, lambda: station, clock)
    scans = ScanService(store, gate, lambda: (station.number_prefix,), reference.stations)
    exchange = ExchangeService(store, reference, edge.in_bulk, edge.machine)
    exchange.check_machine()
    return Services(
        station=station,
        gate=gate,
        reference=reference,
        auth=auth,
        approvals=approvals,
        customers=CustomerService(store, gate),
        pricing=pricing,
        acceptance=AcceptanceService(store, gate, clock, edge.keyed_hash),
        orders=OrderService(store, gate, pricing, printer, lambda: station),
        cancelling=CancelService(store, gate),
        drafts=DraftService(store, gate),
        scans=scans,
        bags=BagService(store, gate, station, printer),
        handovers=HandoverService(store, gate, station, printer, scans),
        floor=FloorService(store, edge.floor_queries, gate, reference, station, clock),
        papers=PaperService(store, reference, lambda: station, edge.paper_choice, clock),
        print_queue=PrintQueueService(store, gate, printer),
        find=FindService(store, edge.queries, gate),
        inbound=InboundService(store, edge.queries, edge.inbound_queries, gate),
        care=CareService(store, edge.care_queries, gate, edge.today),
        exchange=exchange,
        history=HistoryService(
            store, edge.in_bulk, lambda: {person.id: person.name for person in reference.people()}, station
        ),
    )
