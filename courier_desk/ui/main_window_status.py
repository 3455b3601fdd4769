"""Keeps the status strip true: devices, paper, numbers, sync, the business day and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from courier_desk.base.changes import Change
from courier_desk.base.translation import Message, message
from courier_desk.domain.device import DeviceKind, DeviceState, Presence
from courier_desk.domain.paper import StationKind
from courier_desk.domain.user import Actor
from courier_desk.services.exchange_state import Standing
from courier_desk.services.find import DayCounts
from courier_desk.ui.figures import device_name
from courier_desk.ui.kind_words import KIND_WORDS
from courier_desk.ui.main_window_line import LineKeeper
from courier_desk.ui.navigation import Request
from courier_desk.ui.reminders import Reminder, Reminders
from courier_desk.ui.sounds import RESCAN
from courier_desk.ui.status_bar import Status, StatusStrip
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext

_LOOK_AGAIN_MS = 30_000
_SOON_MS = 1_000
_FEW_NUMBERS = 200
_KINDS = ("order", "print_job", "parcel", "bag", "manifest", "sync", "refused_operation", "reference")
_SCANNERS = (DeviceKind.SERIAL_SCANNER, DeviceKind.KEYBOARD_SCANNER)


@dataclass(frozen=True, slots=True)
class DayState:
    """What is looked up together on the db lane. ``standing`` is None for a station that never joins headquarters."""

    business_date: date
    counts: DayCounts
    standing: Standing | None = None


class StatusKeeper(QObject):
    """Lives in the GUI thread. Looks again twice a minute and whenever something concerned changed."""

    def __init__(self, ctx: UiContext, strip: StatusStrip, reminders: Reminders) -> None:
        super().__init__(strip)
        self._ctx, self._strip, self._reminders = ctx, strip, reminders
        self._devices = {state.name: state for state in ctx.bridge.devices}
        station = ctx.services.station
        self._zone = ZoneInfo(station.zone)
        self._kind = station.kind
        self._looking = False
        self._line: LineKeeper | None = None
        if station.kind is StationKind.LIVE:
            self._line = LineKeeper(ctx, strip, reminders)
        self._torn: Message | None = None
        self._clock = _timer(self, 1000, self._on_second)
        self._again = _timer(self, _LOOK_AGAIN_MS, self.look)
        self._soon = _timer(self, _SOON_MS, self.look)
        self._soon.setSingleShot(True)
        ctx.bridge.device_changed.connect(self._on_device)
        ctx.scans.offered.connect(self._on_scan)
        ctx.changes.listen(_KINDS, self, self._on_changed)
        ctx.bridge.print_job_changed.connect(self._on_print_job)
        self._show_fixed()

    def start(self) -> None:
        """Somebody has logged in."""
        self._clock.start()
        self._again.start()
        self._on_second()
        if self._line is not None:
            self._line.begin()
        self.look()

    def stop(self) -> None:
        """Nobody is here."""
        for timer in (self._clock, self._again, self._soon):
            timer.stop()

    def look(self) -> None:
        """Count again, while somebody is here."""
        if self._ctx.session.somebody and not self._looking:
            self._looking = True
            count = partial(self._count, self._ctx.actor)
            self._ctx.tasks.run(DB, count, self, self._on_counted, self._on_error)

    def _count(self, actor: Actor) -> DayState:
        """On the db lane."""
        day, services = self._ctx.app.desk.today(), self._ctx.services
        # People may work here no more from today on; the count below then says so.
        services.reference.end_log_ins()
        standing = services.exchange.standing() if self._line is not None else None
        return DayState(day, services.find.counts(actor, day), standing)

    def _on_counted(self, state: DayState) -> None:
        self._looking = False
        counts = state.counts
        day = Message(state.business_date.isoformat())
        self._strip.show_status("day", Status(day, "calendar-blank", tip=message("Business day")))
        self._show_paper(counts.unprinted)
        if self._line is not None and state.standing is not None:
            self._line.show_standing(state.standing)
            return
        self._show_stock(counts.numbers_left)
        waiting = message("{n} waiting", n=counts.unsent) if counts.unsent else message("Nothing waiting")
        tip = message("Operations kept for headquarters until there is a line to it.")
        self._strip.show_status("sync", Status(waiting, "arrows-clockwise", tip=tip))

    def _on_error(self, error: Exception) -> None:
        self._looking = False
        self._ctx.notifier.error(error)

    def _show_paper(self, unprinted: int) -> None:
        if unprinted:
            text = message("1 paper not out") if unprinted == 1 else message("{n} papers not out", n=unprinted)
            self._strip.show_status("printer", Status(text, "printer", "warn"))
            self._reminders.put("paper", Reminder(text, "warn", Request("print_queue")))
        else:
            self._strip.show_status("printer", Status(message("Printer ready"), "printer"))
            self._reminders.drop("paper")

    def _show_stock(self, left: int) -> None:
        tone = "bad" if left == 0 else "warn" if left < _FEW_NUMBERS else "muted"
        text = message("{n} numbers", n=left)
        tip = message("Waybill numbers left at this desk.")
        self._strip.show_status("stock", Status(text, "hash-straight", tone, tip))
        if tone == "muted":
            self._reminders.drop("stock")
        else:
            said = message("Only {n} waybill numbers are left at this desk.", n=left)
            self._reminders.put("stock", Reminder(said, tone))

    def _show_fixed(self) -> None:
        if self._line is None:
            tip = message("This station works without headquarters for now.")
            self._strip.show_status("network", Status(message("On its own"), "cloud-slash", tip=tip))
        if self._kind in KIND_WORDS:
            self._strip.show_status("station", Status(KIND_WORDS[self._kind], "flask", "warn"))
        self._show_devices()

    def _on_device(self, state: DeviceState) -> None:
        if state.rescan:
            self._ctx.sounds.play(RESCAN)
            self._torn = message("{name}: the code came in broken. Scan it again.", name=device_name(state.name))
            self._ctx.notifier.say(self._torn, "bad")
            return
        self._devices[state.name] = state
        self._show_devices()

    def _on_scan(self, _scan: object) -> None:
        """The next code came whole: nothing has to be scanned again any more."""
        if self._torn is not None:
            self._ctx.notifier.over(self._torn)
            self._torn = None

    def _show_devices(self) -> None:
        scale = next((each for each in self._devices.values() if each.kind is DeviceKind.SERIAL_SCALE), None)
        none = Status(message("No scale"), "scales")
        self._strip.show_status("scale", none if scale is None else _device_status(scale, "scales"))
        self._show_scanners()

    def _show_scanners(self) -> None:
        scanners = [each for each in self._devices.values() if each.kind in _SCANNERS]
        lost = [each for each in scanners if each.state is not Presence.PRESENT]
        if lost:
            self._strip.show_status("scanner", _device_status(lost[0], "barcode"))
        elif len(scanners) == 1:
            self._strip.show_status("scanner", _device_status(scanners[0], "barcode"))
        elif scanners:
            text = message("{n} scanners ready", n=len(scanners))
            self._strip.show_status("scanner", Status(text, "barcode"))
        else:
            self._strip.show_status("scanner", Status(message("No scanner"), "barcode"))

    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if all(change.kind == "sync" for change in changes):
            # While two weeks are sent these come many times a second.
            if not self._soon.isActive():
                self._soon.start()
        else:
            self.look()

    def _on_print_job(self, _job: str) -> None:
        self.look()

    def _on_second(self) -> None:
        here = self._ctx.app.clock.now().astimezone(self._zone)
        self._strip.show_status("clock", Status(_clock_text(here), "clock"))


def _device_status(state: DeviceState, icon: str) -> Status:
    tip, name = state.text if state.text.text else None, device_name(state.name)
    if state.state is Presence.PRESENT:
        return Status(message("{name} ready", name=name), icon, tip=tip)
    if state.state is Presence.LOST:
        return Status(message("{name} is gone", name=name), icon, "warn", tip)
    return Status(message("{name} fails", name=name), icon, "bad", tip)


def _clock_text(moment: datetime) -> Message:
    return Message(moment.strftime("%H:%M"))


def _timer(owner: QObject, every_ms: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setInterval(every_ms)
    timer.timeout.connect(slot)
    return timer
