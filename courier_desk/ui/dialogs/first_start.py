"""The first start: language, what the desk is for, joining headquarters or setting up with progress, the people's first
passwords."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QHeaderView, QRadioButton, QTableWidgetItem, QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import CHINESE, ENGLISH, N_, Message, _, language, message
from courier_desk.domain.paper import StationKind
from courier_desk.services.first_start import FirstPassword
from courier_desk.services.gate import ROLE_TITLES
from courier_desk.ui.dialogs.first_start_join import FirstStartJoin, Joining
from courier_desk.ui.fonts import note_font
from courier_desk.ui.generated.ui_first_start import Ui_FirstStart
from courier_desk.ui.notify import Notifier
from courier_desk.ui.tokens import ROW_HEIGHT
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors

Progress = Callable[[int, int, Message], None]
SetUp = Callable[[StationKind, Progress], "Future[Sequence[FirstPassword]]"]
Ended = Future[Sequence[FirstPassword]] | Future[tuple[FirstPassword, ...]]
_ERROR_LINES = 3
_SAMPLE = N_(
    "A made-up company with prices, areas, people and numbers of its own, so that everything can be tried. Nothing in "
    "it is real, and nothing leaves this computer."
)
_LIVE = N_(
    "Station, people, prices and waybill numbers come from headquarters, and what is done here goes there. You need "
    "their address and a one-time code for this desk."
)


class FirstStart(QWidget):
    """``set_up(kind, progress)`` starts the work on some other thread and gives its future; it may call
    ``progress(step, steps, text)`` from there. Without ``joining`` headquarters cannot be joined.

    Signals:
        language_chosen(str): to be applied at once.
        address_used(str): headquarters is being asked at this address; to be remembered.
        finished(): the station stands; go on to the log-in.
    """

    language_chosen = Signal(str)
    address_used = Signal(str)
    finished = Signal()

    def __init__(
        self,
        set_up: SetUp,
        notifier: Notifier,
        parent: QWidget | None = None,
        *,
        joining: Joining | None = None,
        address: str = "",
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_FirstStart()
        self.ui.setupUi(self)
        self._set_up, self._notifier = set_up, notifier
        self._errors = FieldErrors.of_form(self.ui)
        self._people: tuple[FirstPassword, ...] = ()
        self._copied, self._stopped = False, False
        self._relay = _Relay(self)
        self._relay.progressed.connect(self._on_progress)
        self._relay.ended.connect(self._on_ended)
        self.joining = FirstStartJoin(self.ui, self._errors, joining, address, self)
        self.ui.setup_error.set_lines(_ERROR_LINES)
        self._prepare_table()
        self._connect()
        self._fill()

    def show_people(self, people: Sequence[FirstPassword]) -> None:
        """The last step: numbers and first passwords."""
        self._people = tuple(people)
        table = self.ui.people_table
        table.setRowCount(len(self._people))
        for row, person in enumerate(self._people):
            for column, text in enumerate(_cells(person)):
                table.setItem(row, column, QTableWidgetItem(text))
        self._fill_people()
        self.ui.steps.setCurrentWidget(self.ui.people_step)
        self.ui.go_on_button.setFocus()

    @property
    def people(self) -> tuple[FirstPassword, ...]:
        """Who was set up, with their first passwords; empty before."""
        return self._people

    def start(self) -> None:
        """Set up the sample station."""
        self._begin(self._set_up(StationKind.SAMPLE, self._relay.progress))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self._fill()
            if self.ui.steps.currentWidget() is self.ui.people_step:
                self.show_people(self._people)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.ui.steps.currentWidget()
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif step is self.ui.join_step:
            self._on_back()
        elif step is self.ui.progress_step and self.joining.chosen:
            self._on_stop()

    def _connect(self) -> None:
        ui = self.ui
        # Without groups Qt takes all radio buttons of the form for one choice.
        for radios in ((ui.chinese_radio, ui.english_radio), (ui.sample_radio, ui.live_radio)):
            group = QButtonGroup(self)
            for radio in radios:
                group.addButton(radio)
        ui.chinese_radio.clicked.connect(self._on_language)
        ui.english_radio.clicked.connect(self._on_language)
        ui.live_radio.toggled.connect(self._fill)
        choices = EnterChain(self, [ui.chinese_radio, ui.english_radio, ui.sample_radio, ui.live_radio])
        choices.confirm_asked.connect(self._on_enter)
        choices.confirmed.connect(self._on_chosen)
        slots = (
            (ui.set_up_button, self._on_chosen),
            (ui.retry_button, self._on_retry),
            (ui.stop_button, self._on_stop),
            (ui.back_button, self._on_back),
            (ui.join_button, self._on_join),
            (ui.copy_button, self._on_copy),
            (ui.print_button, self._on_print),
            (ui.go_on_button, self.finished),
        )
        for button, slot in slots:
            button.clicked.connect(slot)
            button.setAutoDefault(True)
        self.joining.confirmed.connect(self._on_join)
        self.joining.left.connect(self._on_back)
        self.joining.address_used.connect(self.address_used)
        ui.set_up_button.setFocus()

    def _on_enter(self) -> None:
        """Enter on a choice that is not chosen yet only chooses it: what is begun here is for ever."""
        radio = self.focusWidget()
        if isinstance(radio, QRadioButton) and not radio.isChecked():
            radio.click()
        else:
            self._on_chosen()

    def _on_chosen(self) -> None:
        if self.joining.chosen:
            self.joining.show()
        else:
            self.start()

    def _on_back(self) -> None:
        self.ui.steps.setCurrentWidget(self.ui.choose_step)
        self.ui.live_radio.setFocus()

    def _on_join(self) -> None:
        future = self.joining.begin(self._relay.progress)
        if future is not None:
            self._begin(future)

    def _on_retry(self) -> None:
        if self.joining.chosen:
            self._on_join()
        else:
            self.start()

    def _on_stop(self) -> None:
        """While it goes on: stop it; after it failed: back to what was typed."""
        if self.ui.retry_button.isHidden():
            self.ui.stop_button.setEnabled(False)
            self._stopped = True
            self.joining.stop()
        else:
            self.joining.show()

    def _begin(self, future: Ended) -> None:
        ui = self.ui
        self._stopped = False
        self._errors.clear()
        ui.retry_button.hide()
        ui.stop_button.setVisible(self.joining.chosen)
        ui.stop_button.setEnabled(True)
        ui.progress_bar.setRange(0, 0)
        ui.progress_note.clear()
        self._fill()
        ui.steps.setCurrentWidget(ui.progress_step)
        ui.stop_button.setFocus()
        future.add_done_callback(self._relay.end)

    def _prepare_table(self) -> None:
        table = self.ui.people_table
        # Where there are no passwords to show, the rest stays in its place.
        policy = table.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        table.setSizePolicy(policy)
        table.setColumnCount(4)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.horizontalHeader().setFont(note_font())
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def _fill(self) -> None:
        ui, live = self.ui, self.joining.chosen
        chinese = language() == CHINESE
        ui.chinese_radio.setChecked(chinese)
        ui.english_radio.setChecked(not chinese)
        ui.kind_note.setText(_(_LIVE) if live else _(_SAMPLE))
        ui.set_up_button.setText(_("Go on") if live else _("Set up the sample station"))
        ui.progress_title.setText(_("Joining headquarters") if live else _("Setting up"))
        stopped = ui.retry_button.isHidden()
        back, stop = _("Back"), _("Stop")
        ui.stop_button.setText(f"{stop if stopped else back}  Esc")
        ui.back_button.setText(f"{back}  Esc")
        ui.people_table.setHorizontalHeaderLabels(self._heads())
        ui.copied_note.setText(_("Copied") if self._copied else "")
        self._fill_people()

    def _fill_people(self) -> None:
        ui, somebody = self.ui, bool(self._people)
        live = self.joining.chosen
        ui.people_title.setText(_("The people of this desk") if live else _("The people of the sample station"))
        once = _("These first passwords are shown only now. Each has to be changed at the first log-in.")
        known = _("Everybody logs in with the first password that headquarters gave them, and then changes it.")
        said, past_from = once if somebody else known, self.joining.past_from
        if past_from is not None:
            past = _("What this desk did comes back from {day} on; older days are no longer on line at headquarters.")
            said = f"{said}\n{past.format(day=past_from.isoformat())}"
        ui.people_text.setText(said)
        for part in (ui.people_table, ui.copy_button, ui.print_button):
            part.setVisible(somebody)

    def _heads(self) -> list[str]:
        return [_("Employee number"), _("Name"), _("Role"), _("First password")]

    def _on_language(self) -> None:
        self.language_chosen.emit(CHINESE if self.ui.chinese_radio.isChecked() else ENGLISH)

    def _on_progress(self, step: int, steps: int, text: Message) -> None:
        self.ui.progress_bar.setRange(0, max(1, steps))
        self.ui.progress_bar.setValue(step)
        self.ui.progress_note.setText(str(text))

    def _on_ended(self, future: Ended) -> None:
        if future.cancelled():
            self.joining.show()
            return
        error = future.exception()
        if error is None:
            self.show_people(future.result())
        elif self._stopped and isinstance(error, EnvironmentFault):
            # What was broken off by hand is no fault.
            self.joining.show()
        elif not (self.joining.chosen and self.joining.take(error)):
            self._show_failure(error)

    def _show_failure(self, error: BaseException) -> None:
        known = isinstance(error, UserError | EnvironmentFault)
        why = str(error) if known else type(error).__name__
        self._errors.mark("setup", message("This did not work: {why}", why=why))
        self.ui.progress_bar.setRange(0, 1)
        self.ui.retry_button.show()
        self.ui.stop_button.setEnabled(True)
        self._fill()
        self.ui.retry_button.setFocus()
        if not known:
            self._notifier.defect(error)

    def _on_copy(self) -> None:
        lines = ["\t".join(self._heads())]
        lines += ["\t".join(_cells(person)) for person in self._people]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copied = True
        self._fill()

    def _on_print(self) -> None:
        # Qt's printing is loaded only when somebody prints.
        from courier_desk.ui.dialogs.people_paper import print_people  # noqa: PLC0415

        rows = [_cells(person) for person in self._people]
        print_people(self, self.ui.people_title.text(), self._heads(), rows, self._on_printed)

    def _on_printed(self) -> None:
        self.ui.copied_note.setText(_("Printed"))


def _cells(first: FirstPassword) -> tuple[str, str, str, str]:
    person = first.operator
    name = person.name if language() == CHINESE or not person.name_en else person.name_en
    return person.number, name, _(ROLE_TITLES[person.role]), first.password


class _Relay(QObject):
    """Brings progress and the end from the thread that sets up into the GUI thread."""

    progressed = Signal(int, int, object)
    ended = Signal(object)

    def progress(self, step: int, steps: int, text: Message) -> None:
        """Called by the worker."""
        if shiboken6.isValid(self):
            self.progressed.emit(step, steps, text)

    def end(self, future: Ended) -> None:
        """Called by the worker."""
        if shiboken6.isValid(self):
            self.ended.emit(future)
