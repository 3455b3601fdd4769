"""Floor 6: builds the adapters, on first use, and hands them out in one frozen AppContext.

Imports of the trade stand inside the functions, so that the log-in page is painted before any of them.
"""
# ruff: noqa: PLC0415

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.lanes import DbLane, WorkLane
from courier_desk.base.paths import DataFolder
from courier_desk.base.settings import Settings, SettingsStore

if TYPE_CHECKING:
    from courier_desk.domain.paper import PaperKind
    from courier_desk.security.keys import StationKeys
    from courier_desk.services.acceptance import AcceptanceService
    from courier_desk.services.approvals import ApprovalService
    from courier_desk.services.auth import AuthService
    from courier_desk.services.bags import BagService
    from courier_desk.services.cancelling import CancelService
    from courier_desk.services.customers import CustomerService
    from courier_desk.services.drafts import DraftService
    from courier_desk.services.find import FindService
    from courier_desk.services.first_start import FirstStart
    from courier_desk.services.gate import Gate
    from courier_desk.services.handovers import HandoverService
    from courier_desk.services.orders import OrderService
    from courier_desk.services.papers import PaperChoice, PaperService
    from courier_desk.services.ports import PasswordHasher
    from courier_desk.services.pricing import PricingService
    from courier_desk.services.print_queue import PrintQueueService
    from courier_desk.services.reference import ReferenceService
    from courier_desk.services.scans import ScanService
    from courier_desk.services.station import StationIdentity
    from courier_desk.storage.desk_store import DeskStore
    from courier_desk.storage.heads import Incident


FOLDER_PRINTER = "folder"


class SettingsHolder:
    """The settings as they are now; whoever keeps a copy hears of a change through ``on_change``."""

    def __init__(self, store: SettingsStore) -> None:
        self._store = store
        self.current: Settings = store.load()
        self.notices = store.notices
        self._listeners: list[Callable[[Settings], None]] = []

    def change(self, settings: Settings) -> None:
        """Save and use ``settings`` from now on. Errors: EnvironmentFault when the file cannot be written."""
        self._store.save(settings)
        self.current = settings
        for listener in self._listeners:
            listener(settings)

    def on_change(self, listener: Callable[[Settings], None]) -> None:
        """Call ``listener`` after each change, in the thread that made it."""
        self._listeners.append(listener)


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases of one station."""

    station: "StationIdentity"
    gate: "Gate"
    reference: "ReferenceService"
    auth: "AuthService"
    approvals: "ApprovalService"
    customers: "CustomerService"
    pricing: "PricingService"
    acceptance: "AcceptanceService"
    orders: "OrderService"
    cancelling: "CancelService"
    drafts: "DraftService"
    scans: "ScanService"
    bags: "BagService"
    handovers: "HandoverService"
    papers: "PaperService"
    print_queue: "PrintQueueService"
    find: "FindService"


class StationDesk:
    """Opens the database on first use, on the db lane, and builds the services over it."""

    def __init__(self, folder: DataFolder, clock: Clock, settings: SettingsHolder) -> None:
        self._folder = folder
        self._clock = clock
        self._settings = settings

    @cached_property
    def store(self) -> "DeskStore":
        """The database, migrated and checked. Errors: EnvironmentFault."""
        from courier_desk.storage.desk_store import open_desk_store

        return open_desk_store(self._folder, self._keys.database, self._clock)

    @property
    def incidents(self) -> "tuple[Incident, ...]":
        """What the anchor had to say when the database was opened."""
        return self.store.incidents

    @cached_property
    def first_start(self) -> "FirstStart":
        """The set-up of a station that is not there yet."""
        from courier_desk.services.first_start import FirstStart

        return FirstStart(self.store, self._hasher)

    @cached_property
    def services(self) -> Services:
        """The use cases. Errors: LookupError before the station is set up."""
        station = self.first_start.station()
        if station is None:
            raise LookupError("the station is not set up")
        return self._build(station)

    def today(self) -> date:
        """The business day now."""
        return self.store.business_date(self._clock.now())

    def close(self) -> None:
        """Close the database, on the db lane."""
        if "store" in self.__dict__:
            self.store.close()

    def paper_printer(self, kind: "PaperKind") -> str:
        """The name of the printer for a kind of paper; where none is set up, paper goes to a folder."""
        return self._settings.current.printer_for(kind.value) or FOLDER_PRINTER

    def _build(self, station: "StationIdentity") -> Services:
        from courier_desk.security.keys import keyed_hash
        from courier_desk.services import (
            acceptance,
            approvals,
            auth,
            bags,
            cancelling,
            customers,
            drafts,
            find,
            gate,
            handovers,
            orders,
            papers,
            pricing,
            print_queue,
            reference,
            scans,
        )
        from courier_desk.storage.desk_store import DeskQueries

        store, clock, printer = self.store, self._clock, self.paper_printer
        who = gate.Gate()
        data = reference.ReferenceService(store, who, self.today)
        log_in = auth.AuthService(store, clock, self._hasher, who, lambda: station, data.people, lambda: 0)
        approval = approvals.ApprovalService(store, log_in)
        prices = pricing.PricingService(data, lambda: station, clock)
        scan = scans.ScanService(store, who, lambda: (station.number_prefix,))
        identity_key = self._keys.identity
        return Services(
            station=station,
            gate=who,
            reference=data,
            auth=log_in,
            approvals=approval,
            customers=customers.CustomerService(store, who),
            pricing=prices,
            acceptance=acceptance.AcceptanceService(store, who, clock, partial(keyed_hash, identity_key)),
            orders=orders.OrderService(store, who, prices, printer, lambda: station),
            cancelling=cancelling.CancelService(store, who, approval),
            drafts=drafts.DraftService(store, who),
            scans=scan,
            bags=bags.BagService(store, who, station, printer),
            handovers=handovers.HandoverService(store, who, station, printer, scan),
            papers=papers.PaperService(store, data, lambda: station, self._paper_choice, clock),
            print_queue=print_queue.PrintQueueService(store, who, printer),
            find=find.FindService(store, DeskQueries(store), who),
        )

    def _paper_choice(self) -> "PaperChoice":
        from courier_desk.services.papers import PaperChoice

        settings = self._settings.current
        return PaperChoice(settings.paper_language, settings.label_hides_room)

    @cached_property
    def _keys(self) -> "StationKeys":
        from courier_desk.security.keys import load_keys, system_backend

        return load_keys(self._folder.key_file, self._folder.database, system_backend())

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from courier_desk.security.passwords import Argon2Hasher

        return Argon2Hasher()


@dataclass(frozen=True, slots=True)
class AppContext:
    """Everything a screen may ask for. ``desk`` is used on the db lane only."""

    folder: DataFolder
    clock: Clock
    settings: SettingsHolder
    db: DbLane
    work: WorkLane
    desk: StationDesk

    @property
    def services(self) -> Services:
        """The use cases, once ``desk`` has been opened on the db lane."""
        return self.desk.services


def build(folder: DataFolder, clock: Clock | None = None) -> AppContext:
    """The context of one data folder; nothing heavy happens before ``desk`` is used."""
    clock = clock or SystemClock()
    settings = SettingsHolder(SettingsStore(folder.settings_file))
    return AppContext(folder, clock, settings, DbLane(), WorkLane(), StationDesk(folder, clock, settings))
