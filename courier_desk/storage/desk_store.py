"""The desk's database with its repositories: what ``services.ports.Store`` promises, kept."""

import contextlib
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from courier_desk.base.clock import Clock
from courier_desk.base.lanes import DB_THREAD
from courier_desk.base.paths import DataFolder
from courier_desk.domain.own_number import is_own
from courier_desk.domain.user import Actor
from courier_desk.services.exchange_state import LinkState, LinkTrouble
from courier_desk.services.find import DayCounts, FindSpec
from courier_desk.services.rows import (
    BagRow,
    CustomerRow,
    DraftRow,
    LifeRow,
    ManifestRow,
    OrderRow,
    ParcelRow,
    PrintJobRow,
)
from courier_desk.storage import find, lists
from courier_desk.storage.customer_words import CustomerWordRepository
from courier_desk.storage.customers import CustomerRepository
from courier_desk.storage.entering import EnteringRepository
from courier_desk.storage.floor import BagRepository, ScanRepository
from courier_desk.storage.history import HistoryRepository
from courier_desk.storage.hq_link import LinkRepository
from courier_desk.storage.leases import LeaseRepository
from courier_desk.storage.manifests import ManifestRepository
from courier_desk.storage.news import InboundRepository, NewsRepository
from courier_desk.storage.numbers import NumberRepository, PrintJobRepository
from courier_desk.storage.orders import OrderRepository, ParcelRepository
from courier_desk.storage.outbox import OutboxRepository
from courier_desk.storage.people import (
    ApprovalRepository,
    DraftRepository,
    IdentityRepository,
    PeopleRepository,
)
from courier_desk.storage.proofs import ProofRepository
from courier_desk.storage.recalled import RecalledRepository
from courier_desk.storage.reference_sets import ReferenceRepository, StationRepository
from courier_desk.storage.store import Store, open_store
from courier_desk.storage.unit_of_work import SqlUnitOfWork
from courier_desk.storage.working import Working

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class _Repositories:
    """One repository for each aggregate, on the connection of ``work``."""

    def __init__(self, work: Working) -> None:
        self.people = PeopleRepository(work)
        self.orders = OrderRepository(work)
        self.parcels = ParcelRepository(work)
        self.scans = ScanRepository(work)
        self.bags = BagRepository(work)
        self.manifests = ManifestRepository(work)
        self.customers = CustomerRepository(work)
        self.numbers = NumberRepository(work)
        self.print_jobs = PrintJobRepository(work)
        self.drafts = DraftRepository(work)
        self.approvals = ApprovalRepository(work)
        self.identities = IdentityRepository(work)
        self.history = HistoryRepository(work)
        self.recalled = RecalledRepository(work)
        self.entering = EnteringRepository(work)
        self.reference = ReferenceRepository(work)
        self.station = StationRepository(work)
        self.link = LinkRepository(work)
        self.outbox = OutboxRepository(work)
        self.news = NewsRepository(work)
        self.inbound = InboundRepository(work)
        self.customer_words = CustomerWordRepository(work)
        self.proofs = ProofRepository(work)
        self.leases = LeaseRepository(work)


class DeskWork(_Repositories, SqlUnitOfWork):
    """A unit of work with the desk's repositories."""

    def __init__(self, store: "DeskStore", actor: Actor | None) -> None:
        SqlUnitOfWork.__init__(self, store, actor)
        _Repositories.__init__(self, self)


class DeskLook(_Repositories):
    """A consistent look; what tries to write is refused by the database itself."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.house: dict[str, Any] = {}
        self.now = _BEFORE_ALL
        self.operator_id = ""
        self.operator_name = ""
        super().__init__(self)


DeskStore = Store[DeskWork, DeskLook]


def open_desk_store(folder: DataFolder, key: bytes, clock: Clock, *, thread_name: str | None = DB_THREAD) -> DeskStore:
    """The store of a data folder, migrated and checked. Errors: EnvironmentFault.

    Where saved work is missing (a restored backup), what was given out in it is passed over: the number of a waybill,
    bag tag or list stands on paper somewhere and is never given again."""
    store = open_store(folder, key, clock, DeskWork, DeskLook, thread_name=thread_name)
    if any(incident.work_lost for incident in store.incidents):
        with contextlib.ExitStack() as undo:
            undo.callback(store.close)
            with store.write(None) as work:
                work.numbers.pass_over(store.heads.highest_number)
                work.number_used(store.heads.highest_number)
                _must_renew(work)
                work.commit()
            undo.pop_all()
    return store


def _must_renew(work: DeskWork) -> None:
    """What headquarters has of this desk is more than is here: under the same incarnation it would go twice."""
    record = work.link.get()
    if record is not None and record.link.state is LinkState.JOINED:
        work.link.change(state=LinkState.SET_BACK, reason=LinkTrouble.SET_BACK)


class DeskQueries:
    """The plain queries of ``services.find.Queries`` over a store."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def orders(self, spec: FindSpec) -> list[OrderRow]:
        """Orders that fit the spec."""
        typed = "".join(spec.text.split()).replace("-", "").upper()[:15]
        exact = typed if is_own(typed, (typed[:2],)) else None
        with self._store.read() as look:
            return find.find_orders(look.connection, spec, exact)

    def newest_row(self) -> int:
        """The last row of the table of orders, 0 for none."""
        with self._store.read() as look:
            return find.newest_row(look.connection)

    def life(self, number: str) -> list[LifeRow]:
        """Everything that happened to a waybill."""
        with self._store.read() as look:
            return lists.life(look.connection, number)

    def parcels(self, order_id: str) -> list[ParcelRow]:
        """The pieces of an order."""
        with self._store.read() as look:
            return lists.parcels(look.connection, order_id)

    def customers(self, text: str, limit: int) -> list[CustomerRow]:
        """Customers by the beginning of telephone number or name."""
        with self._store.read() as look:
            return find.find_customers(look.connection, text, limit)

    def print_jobs(self, *, unfinished_only: bool, limit: int) -> list[PrintJobRow]:
        """Papers, newest first."""
        with self._store.read() as look:
            return lists.print_jobs(look.connection, unfinished_only=unfinished_only, limit=limit)

    def bags(self, *, open_only: bool, limit: int) -> list[BagRow]:
        """Bags, newest first."""
        with self._store.read() as look:
            return lists.bags(look.connection, open_only=open_only, limit=limit)

    def manifests(self, since: date, limit: int) -> list[ManifestRow]:
        """Handover lists, newest first."""
        with self._store.read() as look:
            return lists.manifests(look.connection, since, limit)

    def drafts(self, owner_id: str) -> list[DraftRow]:
        """This person's forms."""
        with self._store.read() as look:
            return lists.drafts(look.connection, owner_id)

    def counts(self, business_day: date) -> DayCounts:
        """What the status bar counts."""
        with self._store.read() as look:
            return lists.counts(look.connection, business_day)
