"""The first start: language, what the desk is for, setting up with progress, the people's first passwords."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidgetItem, QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import CHINESE, ENGLISH, Message, _, language, message
from courier_desk.domain.paper import StationKind
from courier_desk.services.first_start import FirstPassword
from courier_desk.services.gate import ROLE_TITLES
from courier_desk.ui.fonts import note_font
from courier_desk.ui.generated.ui_first_start import Ui_FirstStart
from courier_desk.ui.notify import Notifier
from courier_desk.ui.tokens import ROW_HEIGHT
from courier_desk.ui.widgets.field_error import FieldErrors

Progress = Callable[[int, int, Message], None]
SetUp = Callable[[StationKind, Progress], "Future[Sequence[FirstPassword]]"]


class FirstStart(QWidget):
    """``set_up(kind, progress)`` starts the work on some other thread and gives its future; it may call
    ``progress(step, steps, text)`` from there.

    Signals:
        language_chosen(str): to be applied at once.
        finished(): the station stands; go on to the log-in.
    """

    language_chosen = Signal(str)
    finished = Signal()

    def __init__(self, set_up: SetUp, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_FirstStart()
        self.ui.setupUi(self)
        self._set_up, self._notifier = set_up, notifier
        self._errors = FieldErrors.of_form(self.ui)
        self._people: tuple[FirstPassword, ...] = ()
        self._copied = False
        self._relay = _Relay(self)
        self._relay.progressed.connect(self._on_progress)
        self._relay.ended.connect(self._on_ended)
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
        self.ui.steps.setCurrentWidget(self.ui.people_step)
        self.ui.go_on_button.setFocus()

    @property
    def people(self) -> tuple[FirstPassword, ...]:
        """Who was set up, with their first passwords; empty before."""
        return self._people

    def start(self) -> None:
        """Set up as chosen."""
        self._errors.clear()
        self.ui.retry_button.hide()
        self.ui.progress_bar.setRange(0, 0)
        self.ui.steps.setCurrentWidget(self.ui.progress_step)
        future = self._set_up(StationKind.SAMPLE, self._relay.progress)
        future.add_done_callback(self._relay.end)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self._fill()
            if self._people:
                self.show_people(self._people)

    def _connect(self) -> None:
        ui = self.ui
        ui.chinese_radio.clicked.connect(self._on_language)
        ui.english_radio.clicked.connect(self._on_language)
        ui.set_up_button.clicked.connect(self.start)
        ui.retry_button.clicked.connect(self.start)
        ui.copy_button.clicked.connect(self._on_copy)
        ui.print_button.clicked.connect(self._on_print)
        ui.go_on_button.clicked.connect(self.finished)
        for button in (ui.set_up_button, ui.retry_button, ui.copy_button, ui.print_button, ui.go_on_button):
            button.setAutoDefault(True)
        ui.set_up_button.setFocus()

    def _prepare_table(self) -> None:
        table = self.ui.people_table
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
        chinese = language() == CHINESE
        self.ui.chinese_radio.setChecked(chinese)
        self.ui.english_radio.setChecked(not chinese)
        self.ui.people_table.setHorizontalHeaderLabels(self._heads())
        self.ui.copied_note.setText(_("Copied") if self._copied else "")

    def _heads(self) -> list[str]:
        return [_("Employee number"), _("Name"), _("Role"), _("First password")]

    def _on_language(self) -> None:
        self.language_chosen.emit(CHINESE if self.ui.chinese_radio.isChecked() else ENGLISH)

    def _on_progress(self, step: int, steps: int, text: Message) -> None:
        self.ui.progress_bar.setRange(0, max(1, steps))
        self.ui.progress_bar.setValue(step)
        self.ui.progress_note.setText(str(text))

    def _on_ended(self, future: "Future[Sequence[FirstPassword]]") -> None:
        error = future.exception()
        if error is None:
            self.show_people(future.result())
            return
        known = isinstance(error, UserError | EnvironmentFault)
        why = str(error) if known else type(error).__name__
        self._errors.mark("setup", message("This did not work: {why}", why=why))
        self.ui.retry_button.show()
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

    def end(self, future: "Future[Sequence[FirstPassword]]") -> None:
        """Called by the worker."""
        if shiboken6.isValid(self):
            self.ended.emit(future)
