"""Log-in: the first thing painted. Imports no service, no database, no icon font before its first frame."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from courier_desk import __version__
from courier_desk.base.errors import UserError
from courier_desk.base.translation import CHINESE, ENGLISH, N_, Message, _, language, message
from courier_desk.ui.generated.ui_login_window import Ui_LoginWindow
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.field_error import FieldErrors

QUESTIONS = (
    N_("What was the name of your first teacher?"),
    N_("In which street did you grow up?"),
    N_("What was your first dish to cook?"),
    N_("What is the birthplace of your mother?"),
)
_TICK_MS = 250


class LoginWindow(QWidget):
    """Shows the steps of a log-in; who answers is LoginFlow.

    Signals:
        log_in_asked(str, str): number and password.
        password_chosen(str, str, str): new password, question, answer.
        details_answered(bool): right, or something is wrong.
        language_chosen(str), theme_chosen(str): to be applied at once.
        first_painted(): the window stands on the screen; heavier things may begin.
    """

    first_painted = Signal()
    log_in_asked = Signal(str, str)
    password_chosen = Signal(str, str, str)
    details_answered = Signal(bool)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_LoginWindow()
        self.ui.setupUi(self)
        self._errors = FieldErrors.of_form(self.ui)
        self._errors.forget_when_edited()
        self._wait_until: datetime | None = None
        self._locked = False
        self._busy = False
        self._painted = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._connect()
        self._fill()

    def set_station(self, name: str, kind: Message | None, zone: str = "") -> None:
        """The station's name, where it is not real work its kind, and its time zone (IANA)."""
        self.ui.brand_panel.set_station(name, kind, zone)

    def start_over(self, number: str = "") -> None:
        """The first step, with empty fields."""
        self.set_busy(False)
        self.show_wait(None)
        self._errors.clear()
        for edit in (self.ui.password_edit, self.ui.new_password_edit, self.ui.again_edit, self.ui.answer_edit):
            edit.clear()
        self.ui.number_edit.setText(number)
        self.ui.steps.setCurrentWidget(self.ui.log_in_step)
        (self.ui.password_edit if number else self.ui.number_edit).setFocus()

    def set_busy(self, busy: bool) -> None:
        """While somebody answers nothing can be pressed twice; the fields stay as they are."""
        self._busy = busy
        for button in (self.ui.log_in_button, self.ui.new_button, self.ui.details_button):
            button.setEnabled(not busy)
        self.ui.log_in_button.setText(_("One moment …") if busy else _("Log in"))

    def show_error(self, error: UserError) -> None:
        """What was wrong, beside its field or beneath the button."""
        self.set_busy(False)
        if not self._errors.show(error):
            self._errors.mark("wait" if self._step() == 0 else "again", error.message)
        if self._step() == 0:
            self.ui.password_edit.selectAll()
            self.ui.password_edit.setFocus()

    def show_wait(self, until: datetime | None, *, locked: bool = False) -> None:
        """Count down until the next try is allowed; None ends it."""
        self._wait_until, self._locked = until, locked
        self.set_busy(False)
        if until is None:
            self._timer.stop()
            self._errors.mark("wait", None)
        else:
            self._timer.start()
            self._on_tick()

    def ask_new_password(self, *, with_question: bool) -> None:
        """The second step of a first log-in."""
        self.set_busy(False)
        self._errors.clear()
        self.ui.question_part.setVisible(with_question)
        self.ui.steps.setCurrentWidget(self.ui.new_password_step)
        self.ui.new_password_edit.setFocus()

    def ask_details(self, number: str, name: str, role: str, station: str) -> None:
        """The last step: the person confirms their own details."""
        self.set_busy(False)
        for label, text in (
            (self.ui.details_number, number),
            (self.ui.details_name, name),
            (self.ui.details_role, role),
            (self.ui.details_station, station),
        ):
            label.setText(text)
        self.ui.steps.setCurrentWidget(self.ui.details_step)
        self.ui.details_button.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self._fill()
            self._on_tick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._step() == 1:
            self.start_over(self.ui.number_edit.text())
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        ui = self.ui
        ui.number_edit.returnPressed.connect(self._on_number_entered)
        ui.password_edit.returnPressed.connect(self._on_log_in)
        ui.log_in_button.clicked.connect(self._on_log_in)
        ui.new_password_edit.returnPressed.connect(ui.again_edit.setFocus)
        ui.again_edit.returnPressed.connect(self._on_again_entered)
        ui.answer_edit.returnPressed.connect(self._on_new_password)
        ui.new_button.clicked.connect(self._on_new_password)
        ui.new_back_button.clicked.connect(self._on_back)
        ui.details_button.clicked.connect(self._on_details_right)
        ui.details_wrong_button.clicked.connect(self._on_details_wrong)
        ui.language_button.clicked.connect(self._on_language)
        ui.theme_button.clicked.connect(self._on_theme)
        for button in (ui.log_in_button, ui.new_button, ui.new_back_button, ui.details_button, ui.details_wrong_button):
            button.setAutoDefault(True)

    def _fill(self) -> None:
        chosen = max(0, self.ui.question_combo.currentIndex())
        self.ui.question_combo.clear()
        self.ui.question_combo.addItems([_(question) for question in QUESTIONS])
        self.ui.question_combo.setCurrentIndex(chosen)
        self.ui.version_note.setText(_("Version {version}").format(version=__version__))
        self.ui.language_button.setText("English" if language() == CHINESE else "中文")
        self.ui.theme_button.setText(_("Light") if tokens().name == "dark" else _("Dark"))
        self.set_busy(self._busy)

    def _step(self) -> int:
        return self.ui.steps.currentIndex()

    def _on_number_entered(self) -> None:
        self.ui.password_edit.setFocus()

    def _on_log_in(self) -> None:
        if self._busy or self._wait_until is not None:
            return
        self._errors.clear()
        number, password = self.ui.number_edit.text().strip(), self.ui.password_edit.text()
        if not number:
            self._errors.show(UserError(message("Enter your employee number."), field="number"))
        elif not password:
            self._errors.show(UserError(message("Enter your password."), field="password"))
        else:
            self.set_busy(True)
            self.log_in_asked.emit(number, password)

    def _on_again_entered(self) -> None:
        if self.ui.question_part.isHidden():
            self._on_new_password()
        else:
            self.ui.answer_edit.setFocus()

    def _on_new_password(self) -> None:
        if self._busy:
            return
        self._errors.clear()
        wrong = self._new_password_fault()
        if wrong is not None:
            self._errors.show(wrong)
            return
        self.set_busy(True)
        asked = not self.ui.question_part.isHidden()
        question = self.ui.question_combo.currentText().strip() if asked else ""
        answer = self.ui.answer_edit.text().strip() if asked else ""
        self.password_chosen.emit(self.ui.new_password_edit.text(), question, answer)

    def _new_password_fault(self) -> UserError | None:
        ui = self.ui
        if not ui.new_password_edit.text():
            return UserError(message("Enter a new password."), field="new_password")
        if ui.new_password_edit.text() != ui.again_edit.text():
            return UserError(message("The two are not the same."), field="again")
        if not ui.question_part.isHidden() and not ui.question_combo.currentText().strip():
            return UserError(message("Choose or write a question."), field="question")
        if not ui.question_part.isHidden() and not ui.answer_edit.text().strip():
            return UserError(message("Enter the answer to your question."), field="answer")
        return None

    def _on_back(self) -> None:
        self.start_over(self.ui.number_edit.text())

    def _on_details_right(self) -> None:
        self._answer_details(right=True)

    def _on_details_wrong(self) -> None:
        self._answer_details(right=False)

    def _answer_details(self, *, right: bool) -> None:
        if not self._busy:
            self.set_busy(True)
            self.details_answered.emit(right)

    def _on_language(self) -> None:
        self.language_chosen.emit(ENGLISH if language() == CHINESE else CHINESE)

    def _on_theme(self) -> None:
        self.theme_chosen.emit("light" if tokens().name == "dark" else "dark")
        self._fill()

    def _on_tick(self) -> None:
        if self._wait_until is None:
            return
        left = int(self._wait_until.timestamp() - QDateTime.currentMSecsSinceEpoch() / 1000) + 1
        if left <= 0:
            self.show_wait(None)
            self.ui.password_edit.setFocus()
            return
        spoken = f"{left // 60}:{left % 60:02d}"
        if self._locked:
            said = message("Locked after too many wrong passwords. Next try in {time}.", time=spoken)
        else:
            said = message("Too many wrong passwords. Next try in {time}.", time=spoken)
        self.ui.log_in_button.setEnabled(False)
        self._errors.mark("wait", said)
