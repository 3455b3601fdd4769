"""Floor 6: builds the adapters, on first use, and hands them out in one frozen AppContext.

Imports of the trade stand inside the functions, so that the log-in page is painted before any of them.
"""
# ruff: noqa: PLC0415

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.lanes import DbLane, WorkLane
from courier_desk.base.paths import DataFolder
from courier_desk.base.settings import PrinterSetting, Settings, SettingsStore

if TYPE_CHECKING:
    from pathlib import Path

    from courier_desk.devices.manager import DeviceManager
    from courier_desk.domain.device import DeviceState
    from courier_desk.domain.paper import HandoverPaper, PaperKind
    from courier_desk.domain.scan import RawScan
    from courier_desk.domain.weighing import Weighing
    from courier_desk.printing.desk_paper import DeskPaper
    from courier_desk.printing.printer_thread import Callbacks, QueueStatus
    from courier_desk.printing.printers import PrinterSpec
    from courier_desk.printing.spooler import PrintSpooler
    from courier_desk.security.keys import StationKeys
    from courier_desk.services.assembly import Services
    from courier_desk.services.exchange_join import Joining
    from courier_desk.services.first_start import FirstStart
    from courier_desk.services.papers import PaperChoice
    from courier_desk.services.ports import PasswordHasher
    from courier_desk.services.station import StationIdentity
    from courier_desk.storage.backup import BackupReport
    from courier_desk.storage.desk_store import DeskStore
    from courier_desk.storage.heads import Incident
    from courier_desk.storage.upkeep import Upkeep
    from courier_desk.sync.station_sync import StationSync


T = TypeVar("T")
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


class StationDesk:
    """Opens the database on first use, on the db lane, and builds the services over it."""

    def __init__(self, folder: DataFolder, clock: Clock, settings: SettingsHolder, db: DbLane) -> None:
        self._folder = folder
        self._clock = clock
        self._settings = settings
        self._db = db

    @cached_property
    def store(self) -> "DeskStore":
        """The database, migrated and checked. Errors: EnvironmentFault."""
        from courier_desk.base.scrubbing import add_personal_keys
        from courier_desk.storage.classification import log_keys
        from courier_desk.storage.desk_store import open_desk_store

        add_personal_keys(log_keys())
        store = open_desk_store(self._folder, self._keys.database, self._clock)
        store.day_starts = time.fromisoformat(self._settings.current.day_starts)
        return store

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
    def joining(self) -> "Joining":
        """The set-up of a new folder as a desk of headquarters."""
        from courier_desk.services.exchange_join import Joining

        return Joining(self.store, self._hasher, self._machine)

    @cached_property
    def services(self) -> "Services":
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

    def upkeep(self, lanes: tuple[DbLane, WorkLane], on_fault: Callable[[Exception], None]) -> "Upkeep":
        """What the database needs at idle moments, once the station is set up. ``on_fault`` is called in some thread of
        the lanes."""
        from courier_desk.storage.upkeep import Upkeep

        clear = self.services.exchange.trim
        return Upkeep(self.store, self._folder, self._keys.database, lanes, self._clock, on_fault, clear)

    def verification(self) -> "Callable[[], tuple[str, ...]]":
        """The same as ``verify``, to be run by the work lane beside the work of the day."""
        from courier_desk.storage.care import verify_file

        return partial(verify_file, self._folder.database, self._keys.database)

    def backup_job(self) -> "Callable[[], BackupReport]":
        """A backup made now, to be run by the work lane."""
        from courier_desk.storage import backup

        stamp = backup.stamp(self._clock)
        return partial(backup.back_up, self._folder.database, self._keys.database, self._folder.backups, stamp)

    def facts(self) -> dict[str, object]:
        """What helps whoever looks for a fault: states and counts, nothing that names anybody."""
        outbox, backups, settings = self.services.care.outbox(), self.services.care.backups(), self._settings.current
        return {
            "station_kind": self.services.station.kind.value,
            "incidents": [incident.kind.value for incident in self.incidents],
            "waiting": dict(outbox.by_kind),
            "numbers_left": outbox.numbers_left,
            "backups": backups.count,
            "newest_backup": backups.newest_at.isoformat() if backups.newest_at else "",
            "database_bytes": self._folder.database.stat().st_size,
            "system_key_store": self._keys.in_system_store,
            "printers": [f"{one.kind} {one.language} {one.dpi} {one.size}" for one in settings.printers],
            "devices": [f"{one.kind} {one.protocol} {one.baud}" for one in settings.devices],
        }

    def verify(self) -> tuple[str, ...]:
        """The chains that do not verify, by name; none when audit and outbox are as they were written."""
        from courier_desk.storage.chains import Chain, verify_chain

        with self.store.read() as look:
            return tuple(chain.value for chain in Chain if verify_chain(look.connection, chain) is not None)

    def paper_printer(self, kind: "PaperKind") -> str:
        """The name of the printer for a kind of paper; where none is set up, paper goes to a folder."""
        return self._settings.current.printer_for(kind.value) or FOLDER_PRINTER

    def _build(self, station: "StationIdentity") -> "Services":
        from courier_desk.security.keys import keyed_hash
        from courier_desk.services.assembly import Edge, assemble
        from courier_desk.storage.care import DeskCareQueries
        from courier_desk.storage.desk_store import DeskQueries
        from courier_desk.storage.floor_lists import DeskFloorQueries
        from courier_desk.storage.inbound_lists import DeskInboundQueries

        edge = Edge(
            store=self.store,
            queries=DeskQueries(self.store),
            floor_queries=DeskFloorQueries(self.store),
            care_queries=DeskCareQueries(self.store, self._folder.backups),
            inbound_queries=DeskInboundQueries(self.store),
            clock=self._clock,
            hasher=self._hasher,
            keyed_hash=partial(keyed_hash, self._keys.identity),
            paper_printer=self.paper_printer,
            paper_choice=self._paper_choice,
            today=self.today,
            password_days=lambda: self._settings.current.password_days,
            on_lane=self._db.run,
            in_bulk=self._db.run_in_bulk,
            machine=self._machine,
        )
        return assemble(edge, station)

    def _paper_choice(self) -> "PaperChoice":
        from courier_desk.services.papers import PaperChoice

        settings = self._settings.current
        return PaperChoice(settings.paper_language, settings.label_hides_room)

    def _machine(self) -> str:
        from courier_desk.security.machine import fingerprint

        return fingerprint(self.store.heads.database_id)

    @cached_property
    def _keys(self) -> "StationKeys":
        from courier_desk.security.keys import load_keys, system_backend

        return load_keys(self._folder.key_file, self._folder.database, system_backend())

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from courier_desk.security.passwords import Argon2Hasher

        return Argon2Hasher()


class Hardware:
    """Printers, scanners and scales as the settings name them; started after the first log-in, each with its thread."""

    def __init__(
        self, folder: DataFolder, clock: Clock, settings: SettingsHolder, desk: StationDesk, db: DbLane, work: WorkLane
    ) -> None:
        self._folder, self._clock, self._settings = folder, clock, settings
        self._desk, self._db, self._work = desk, db, work
        self._spooler: PrintSpooler | None = None
        self._devices: DeviceManager | None = None
        # A queue that is closed waits for its last paper, which waits for the db lane: not to be done on that lane.
        self._changes = ThreadPoolExecutor(1, thread_name_prefix="hardware")
        settings.on_change(self._use_later)

    @property
    def spooler(self) -> "PrintSpooler":
        """The print queues. Errors: LookupError before ``start_printing``."""
        if self._spooler is None:
            raise LookupError("printing has not begun")
        return self._spooler

    @property
    def queues(self) -> "tuple[QueueStatus, ...]":
        """How every printer's queue stands; none before ``start_printing``."""
        return self._spooler.statuses() if self._spooler is not None else ()

    @property
    def paper(self) -> "DeskPaper":
        """Previews and trials for the screen."""
        from courier_desk.printing.desk_paper import DeskPaper

        def spec_of(setting: PrinterSetting) -> "PrinterSpec":
            return self.printers(replace(self._settings.current, printers=(setting,)))[0]

        return DeskPaper(self._desk.services.papers, lambda: self.printers(self._settings.current), spec_of)

    def start_printing(self, callbacks: "Callbacks") -> None:
        """One thread for each printer; a paper that was under way when the program died asks what became of it."""
        from courier_desk.printing.spooler import PrintSpooler
        from courier_desk.services.print_source import QueueSource

        source = QueueSource(self._desk.store, self._desk.services.papers, self._clock, self._db.run)
        self._spooler = PrintSpooler(source, self._work.submit, callbacks)
        self._spooler.use(self.printers(self._settings.current))

    def start_devices(
        self,
        on_scan: "Callable[[RawScan], None]",
        on_weighing: "Callable[[Weighing], None]",
        on_state: "Callable[[DeviceState], None]",
    ) -> None:
        """Serial scanners and scales; the callables are called in the devices' threads."""
        from courier_desk.devices.manager import DeviceManager

        self._devices = DeviceManager(on_scan, on_weighing, on_state, clock=self._clock)
        self._devices.start()
        self._devices.use_settings(self._settings.current.devices)

    def printers(self, settings: Settings) -> "list[PrinterSpec]":
        """The printers of the settings; where there is none, a folder that takes PDF files."""
        from courier_desk.printing.printers import PrinterSpec

        chosen = settings.printers or (
            PrinterSetting(
                FOLDER_PRINTER,
                "folder",
                str(self._folder.paper),
                "pdf",
                settings.label_dpi,
                settings.label_size,
            ),
        )
        return [PrinterSpec.from_setting(printer, settings.paper_language) for printer in chosen]

    def stop(self) -> None:
        """End every thread and wait for it."""
        self._changes.shutdown(wait=True)
        if self._devices is not None:
            self._devices.stop()
            self._devices = None
        if self._spooler is not None:
            self._spooler.close()
            self._spooler = None

    def _use_later(self, settings: Settings) -> None:
        self._changes.submit(self._use, settings)

    def _use(self, settings: Settings) -> None:
        if self._spooler is not None:
            self._spooler.use(self.printers(settings))
        if self._devices is not None:
            self._devices.use_settings(settings.devices)


@dataclass(frozen=True)
class AppContext:
    """Everything a screen may ask for. ``desk`` is used on the db lane only; on ``aside`` passwords are checked, which
    takes too long for that lane."""

    folder: DataFolder
    clock: Clock
    settings: SettingsHolder
    db: DbLane
    work: WorkLane
    aside: ThreadPoolExecutor
    desk: StationDesk
    hardware: Hardware

    @cached_property
    def sync(self) -> "StationSync":
        """The line to headquarters: silent before its ``start``, and for a station that has not joined."""
        from courier_desk.sync.station_sync import Sides, StationSync

        desk = self.desk
        sides = Sides(lambda: desk.joining, lambda: desk.services.exchange, lambda: desk.services.history)
        return StationSync(sides, self.db, self.aside, self.clock, lambda: self.settings.current.hq_ca_file)

    @property
    def services(self) -> "Services":
        """The use cases, once ``desk`` has been opened on the db lane."""
        return self.desk.services

    @property
    def save_list(self) -> "Callable[..., None]":
        """Writes a list of a page as a workbook; for the work lane. See ``reports.lists.save_list``."""
        from courier_desk.reports.lists import save_list

        return save_list

    @property
    def save_handover_xlsx(self) -> "Callable[[Path, HandoverPaper, str], Path]":
        """Writes a handover list as a workbook; for the work lane."""
        from courier_desk.reports.handover import save_handover_xlsx

        return save_handover_xlsx

    def close(self) -> None:
        """End the line to headquarters, devices, printers, lanes and the database, in this order."""
        if "sync" in self.__dict__:
            self.sync.stop()
        self.hardware.stop()
        self.aside.shutdown()
        self.db.submit(self.desk.close).result()
        self.db.close()
        self.work.close()


def build(folder: DataFolder, clock: Clock | None = None) -> AppContext:
    """The context of one data folder; nothing heavy happens before ``desk`` is used."""
    clock = clock or SystemClock()
    settings = SettingsHolder(SettingsStore(folder.settings_file))
    db, work = DbLane(), WorkLane()
    aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
    desk = StationDesk(folder, clock, settings, db)
    hardware = Hardware(folder, clock, settings, desk, db, work)
    return AppContext(folder, clock, settings, db, work, aside, desk, hardware)
