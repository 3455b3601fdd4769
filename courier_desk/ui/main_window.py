"""The window: functions left, quick actions on top, tabs in the middle, status at the bottom. It knows no page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from courier_desk.base.translation import _, message
from courier_desk.domain.scan import CodeKind
from courier_desk.services.gate import ROLE_TITLES
from courier_desk.ui.command_palette import CommandPalette
from courier_desk.ui.dialogs.password import PasswordDialog
from courier_desk.ui.fonts import text_font
from courier_desk.ui.kind_words import KIND_WORDS
from courier_desk.ui.lock import IdleWatch, LockOverlay
from courier_desk.ui.main_window_acts import Act, WindowActs
from courier_desk.ui.main_window_find import finder
from courier_desk.ui.main_window_keeper import TabKeeper
from courier_desk.ui.main_window_messages import CrashPage, EntryStack, MessageArea
from courier_desk.ui.main_window_status import StatusKeeper
from courier_desk.ui.navigation import Request
from courier_desk.ui.other_printer import OtherPrinter
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import GROUP_TITLES, HELP, PAGES, PageSpec
from courier_desk.ui.placement import keep_place, place
from courier_desk.ui.reminders import Reminders
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.sidebar import Entry, Sidebar
from courier_desk.ui.status_bar import HEIGHT as STATUS_HEIGHT
from courier_desk.ui.status_bar import StatusStrip
from courier_desk.ui.tabs import DeskTabs
from courier_desk.ui.top_bar import Quick, TopBar
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.brand import window_icon

HOME = "home"
_STATUS_PAGES = {"printer": "print_queue", "scanner": "settings", "scale": "settings", "sync": "sync"}
_SCANNED_PAGES = {
    CodeKind.WAYBILL: ("parcel", "number"),
    CodeKind.BAG: ("bags", "tag"),
    CodeKind.LIST: ("handover", "number"),
}
_BAND_FILL, _BAND_INK = "#f5c451", "#2b1d00"


class KindBand(QWidget):
    """A band over everything that no one can miss: this station is not real."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.setFixedHeight(22)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_BAND_FILL))
        painter.setFont(text_font(points=9, bold=True))
        painter.setPen(QColor(_BAND_INK))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text)
        painter.end()


class MainWindow(QWidget):
    """Made once after the first log-in; ``log_in`` and ``log_out`` follow the people of the day.

    Signals:
        logged_out(): the person has left; the log-in window comes back.
        closed(): the window was closed.
    """

    logged_out = Signal()
    closed = Signal()

    def __init__(self, ctx: UiContext, pages: Sequence[PageSpec] = PAGES) -> None:
        super().__init__()
        self._ctx = ctx
        self._pages = {spec.key: spec for spec in pages}
        self.setWindowIcon(window_icon())
        self.setMinimumSize(1024, 640)
        self.reminders = Reminders(self)
        self._build()
        self._connect()
        self.retranslate()
        self._restore_geometry()
        ctx.notifier.attach()

    def log_in(self) -> None:
        """Somebody is at the desk: their functions, their tabs."""
        actor = self._ctx.actor
        self.top.person.set_person(actor.name, _(ROLE_TITLES[actor.role]))
        self._show_functions()
        self.status.start()
        self.idle.start()
        self.keeper.bring_back()

    def log_out(self) -> None:
        """The person leaves: tabs kept and closed, nobody at the desk."""
        self.keeper.stop()
        self.status.stop()
        self.idle.stop()
        self.lock.end()
        self._unlock_all()
        self.entries.clear()
        self.messages.clear_line()
        self.tabs.close_all()
        self.logged_out.emit()

    def open_page(self, request: Request) -> Page | None:
        """Go to a page; says so when the person may not use it."""
        if request.page not in self._pages:
            self._ctx.notifier.say(message("This function is not here yet."), "info")
            return None
        if request.page == HELP and not request.arguments and self.tabs.front_key not in ("", HELP):
            request = Request(HELP, {"page": self.tabs.front_key})
        page = self.tabs.open_page(request)
        if page is None:
            self._ctx.notifier.say(message("Your role does not allow this function."), "warn")
        return page

    def lock_desk(self) -> None:
        """F12: cover everything at once."""
        if self._ctx.session.somebody and not self.lock.is_locked:
            self.palette_box.put_away()
            self.keeper.keep()
            self.lock.lock(self._ctx.actor)

    def retranslate(self) -> None:
        """The language or a key changed."""
        station = self._ctx.services.station
        kind = KIND_WORDS.get(station.kind)
        self.setWindowTitle(f"Courier Desk · {station.name}" + (f" · {kind}" if kind else ""))
        self.band.text = _("{kind}: nothing here is real, and nothing leaves this desk").format(kind=kind or "")
        self.band.setVisible(kind is not None)
        self.sidebar.set_station(station.name)
        self.top.find_box.setText(_("Find a waybill, telephone, name …"))
        self.top.find_box.hint = self._ctx.keys.text("palette")
        self.top.bell.setToolTip(self._ctx.keys.hint(_("Reminders"), "reminders"))
        self.strip.retranslate()
        self.tabs.retranslate()
        if self._ctx.session.somebody:
            self.top.person.set_person(self._ctx.actor.name, _(ROLE_TITLES[self._ctx.actor.role]))
            self._show_functions()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._ctx.session.somebody:
            self.keeper.keep()
        keep_place(self)
        event.accept()
        self.closed.emit()

    def _build(self) -> None:
        ctx = self._ctx
        self.beneath = QWidget(self)
        self.band = KindBand(self.beneath)
        self.sidebar = Sidebar(self.beneath)
        self.top = TopBar(self.reminders, self.beneath)
        self.messages = MessageArea(lambda: ctx.keys.text("retry"), self.beneath)
        self.tabs = DeskTabs(ctx, self._pages, self.beneath)
        self.strip = StatusStrip(self.beneath)
        self._lay_out()
        self.keeper = TabKeeper(ctx, self.tabs)
        self.status = StatusKeeper(ctx, self.strip, self.reminders)
        self.entries = EntryStack(self, STATUS_HEIGHT)
        self.acts = WindowActs(ctx, self, tuple(self._pages.values()), self._deeds())
        self.palette_box = CommandPalette(self, ctx.tasks, self.acts.functions, finder(ctx))
        self.crash = CrashPage(self)
        self.lock = LockOverlay(self, self.beneath, ctx.services.auth, ctx.tasks, ctx.notifier)
        self.idle = IdleWatch(ctx.preferences.settings.idle_lock_minutes, self)

    def _lay_out(self) -> None:
        work = QVBoxLayout()
        work.setSpacing(0)
        for part in (self.top, self.messages):
            work.addWidget(part)
        work.addWidget(self.tabs, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addLayout(work, 1)
        column = QVBoxLayout(self.beneath)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.beneath)

    def _connect(self) -> None:
        ctx, notifier = self._ctx, self._ctx.notifier
        notifier.bar_requested.connect(self.messages.show_line)
        notifier.banner_requested.connect(self.messages.show_banner)
        notifier.banner_withdrawn.connect(self.messages.withdraw)
        notifier.entry_requested.connect(self.entries.add)
        notifier.defect_met.connect(self.crash.show_defect)
        for said in (notifier.entry_requested, notifier.defect_met):
            said.connect(self._keep_lock_on_top)
        ctx.navigator.requested.connect(self.open_page)
        ctx.keys.changed.connect(self.retranslate)
        ctx.preferences.changed.connect(self._on_preferences)
        ctx.bridge.scanned.connect(self._on_sign_of_life)
        ctx.scans.set_front(self._front)
        ctx.scans.set_fallback(self._show_scanned)
        ctx.scans.refused.connect(self._on_scan_refused)
        self.sidebar.requested.connect(self._on_page_key)
        self.top.quick_requested.connect(self._on_quick)
        self.top.find_box.clicked.connect(self._on_palette)
        self.top.person.clicked.connect(self._on_person)
        self.top.bell.request_chosen.connect(self.open_page)
        self.strip.pressed.connect(self._on_status_pressed)
        self.acts.page_asked.connect(self.open_page)
        self.palette_box.chosen.connect(self.acts.take)
        self.tabs.front_changed.connect(self.sidebar.set_current)
        self.tabs.front_changed.connect(self.messages.clear_old_line)
        self.keeper.restored.connect(self._on_restored)
        self.idle.idle.connect(self.lock_desk)
        self.lock.locked.connect(self._lock_all)
        self.lock.unlocked.connect(self._on_unlocked)
        self.lock.log_out_asked.connect(self.log_out)
        self.sidebar.folded_changed.connect(self._on_folded)

    def _deeds(self) -> dict[str, Act]:
        return {
            "palette": self._on_palette,
            "lock": self.lock_desk,
            "log_out": self.log_out,
            "password": self._on_password,
            "reminders": self.top.bell.show_list,
            "person": self._on_person,
            "close_tab": self.tabs.close_current,
            "next_tab": self._on_next_tab,
            "previous_tab": self._on_previous_tab,
            "fold": self.sidebar.toggle,
            "retry": self.messages.retry_all,
            "undo_last": self.entries.undo_last,
            "other_printer": OtherPrinter(self._ctx, self).move,
        }

    def _show_functions(self) -> None:
        ctx = self._ctx
        specs = [spec for spec in self._pages.values() if ctx.session.may(spec.right)]
        listed = [spec for group in GROUP_TITLES for spec in specs if spec.group is group and spec.listed]
        entries = [
            Entry(spec.key, str(spec.title), spec.icon, ctx.keys.text(spec.act), str(GROUP_TITLES[spec.group]))
            for spec in listed
        ]
        self.sidebar.set_entries(entries, _("Fold"))
        self.top.set_quick(
            [Quick(spec.key, str(spec.title), spec.icon, ctx.keys.text(spec.act)) for spec in specs if spec.quick]
        )

    def _restore_geometry(self) -> None:
        place(self)
        self.sidebar.set_folded(QSettings().value("main_window/folded", "false") == "true")

    def _front(self) -> Page | None:
        return self.tabs.front

    def _show_scanned(self, scan: Scanned) -> bool:
        """A scan that no page took: our own waybill opens its parcel, a tag its bag, a list's number the list."""
        place = _SCANNED_PAGES.get(scan.code.kind)
        if place is None or place[0] not in self._pages:
            return False
        page, argument = place
        return self.open_page(Request(page, {argument: scan.code.number})) is not None

    def _on_scan_refused(self, scan: Scanned, locked: bool) -> None:
        if locked:
            self.lock.note_refused_scan()
        else:
            said = message("Nobody here takes this code: {code}", code=scan.raw.text[:40])
            self._ctx.notifier.say(said, "warn")

    def _on_sign_of_life(self, _scan: object) -> None:
        self.idle.touch()

    def _on_page_key(self, key: str) -> None:
        self.open_page(Request(key))

    def _on_quick(self, key: str) -> None:
        self.open_page(Request(key, fresh=self._pages[key].several))

    def _on_palette(self) -> None:
        self.palette_box.open()

    def _on_person(self) -> None:
        self.acts.person_menu(self.top.person.mapToGlobal(QPoint(0, self.top.person.height() + 2)))

    def _on_password(self) -> None:
        PasswordDialog(self, self._ctx).open()

    def _on_status_pressed(self, name: str) -> None:
        if name in _STATUS_PAGES and _STATUS_PAGES[name] in self._pages:
            self.open_page(Request(_STATUS_PAGES[name]))

    def _on_next_tab(self) -> None:
        self.tabs.step(1)

    def _on_previous_tab(self) -> None:
        self.tabs.step(-1)

    def _on_restored(self, count: int) -> None:
        if not count and HOME in self._pages:
            self.open_page(Request(HOME))

    def _on_preferences(self) -> None:
        self.idle.set_minutes(self._ctx.preferences.settings.idle_lock_minutes)

    def _on_folded(self, folded: bool) -> None:
        QSettings().setValue("main_window/folded", "true" if folded else "false")

    def _lock_all(self) -> None:
        self.idle.stop()
        self._ctx.keys.set_enabled(False)
        self._ctx.scans.set_locked(True)

    def _keep_lock_on_top(self, _said: object) -> None:
        """Whatever is said while the desk is locked waits beneath the cover."""
        if self.lock.is_locked:
            self.lock.raise_()

    def _unlock_all(self) -> None:
        self._ctx.keys.set_enabled(True)
        self._ctx.scans.set_locked(False)

    def _on_unlocked(self) -> None:
        self._unlock_all()
        self.idle.start()
