"""What stands beside the pages: log-in, first start, lock, approval, reason, question, palette, crash page."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import message
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.user import Operator, Role
from courier_desk.services.first_start import FirstPassword
from courier_desk.ui.dialogs.amount import ask_amount
from courier_desk.ui.dialogs.approval import ApprovalDialog, ask_approval
from courier_desk.ui.dialogs.first_start import FirstStart
from courier_desk.ui.dialogs.login_window import LoginWindow
from courier_desk.ui.dialogs.printer import PrinterDialog, PrinterForm
from courier_desk.ui.dialogs.question import ask
from courier_desk.ui.dialogs.reason import ask_reason
from courier_desk.ui.kind_words import KIND_WORDS
from courier_desk.ui.navigation import Request
from courier_desk.ui.pages.parcel_acts import REPRINT_REASONS
from tests.shots import floor_scene
from tests.shots.sheets import Shot, small
from tests.shots.stage import SMALL, Stage, stage

KEY = "dialogs"
Scene = Callable[[Stage], QWidget]
_HOME = Request("home")
_LONG_FAULTS = {
    "code": "Headquarters does not take this code: it is wrong, out of date, used, or for another desk.",
    "address": "Who answers has a certificate for another name: the network may ask for its own log-in.",
}


def take(looks: Sequence[tuple[str, str]]) -> list[Shot]:
    """Every dialog in every language and look."""
    with stage(busy=True) as on:
        return [shot for name, scene in SCENES for shot in _take(on, name, scene, looks)]


def shown(on: Stage, scene: Scene) -> QWidget:
    """The dialog of ``scene`` on the screen."""
    on.clear()
    on.resize(SMALL)
    widget = scene(on)
    widget.show()
    on.settle()
    return widget


def put_away(on: Stage, widget: QWidget) -> None:
    """Everything as before."""
    on.window.palette_box.put_away()
    if on.window.lock.is_locked:
        on.window.lock.end()
    if widget is not on.window:
        widget.close()
        widget.deleteLater()
    on.clear()


def _take(on: Stage, name: str, scene: Scene, looks: Sequence[tuple[str, str]]) -> Iterator[Shot]:
    for language, scheme in looks:
        on.say(language, scheme)
        widget = shown(on, scene)
        yield Shot(f"{name}  {language}  {scheme}", small(picture_of(on, widget)))
        put_away(on, widget)


def picture_of(on: Stage, widget: QWidget) -> QImage:
    """A dialog is shown over its window, which is darker meanwhile so that the dialog stands out here."""
    if not isinstance(widget, QDialog):
        return on.picture(widget)
    whole, dialog = on.picture(), on.picture(widget)
    place = widget.mapToGlobal(widget.rect().topLeft()) - on.window.mapToGlobal(on.window.rect().topLeft())
    painter = QPainter(whole)
    painter.fillRect(whole.rect(), QColor(0, 0, 0, 90))
    painter.drawImage(place, dialog)
    painter.end()
    return whole


def _login(on: Stage) -> LoginWindow:
    window = LoginWindow()
    window.resize(*SMALL)
    window.set_station(on.desk.services.station.name, KIND_WORDS.get(on.desk.services.station.kind))
    window.start_over("1001")
    return window


def _login_wrong(on: Stage) -> QWidget:
    window = _login(on)
    window.show_error(UserError(message("Employee number or password is wrong."), field="password"))
    window.show_wait(datetime.now(UTC) + timedelta(minutes=15), locked=True)
    return window


def _login_new(on: Stage) -> QWidget:
    window = _login(on)
    window.ask_new_password(with_question=True)
    window.show_error(UserError(message("A password needs at least {n} characters.", n=10), field="new_password"))
    return window


def _login_details(on: Stage) -> QWidget:
    window = _login(on)
    window.ask_details("1001", on.desk.agent.name, "Agent", on.desk.services.station.name)
    return window


def _first_start(on: Stage) -> FirstStart:
    window = FirstStart(_never, on.kit.ctx.notifier)
    window.resize(*SMALL)
    return window


def _first_start_people(on: Stage) -> QWidget:
    window = _first_start(on)
    people = [Operator(str(n), f"100{n}", "示例人员", "Sample Person", role) for n, role in enumerate(Role, 1)]
    window.show_people([FirstPassword(person, "example-first-word-7") for person in people])
    return window


def _never(_kind: object, _progress: object) -> "Future[Sequence[FirstPassword]]":
    return Future()


def _first_start_progress(on: Stage) -> QWidget:
    window = _first_start(on)
    window.start()
    return window


class _NobodyJoins:
    """What joins, in a picture."""

    past_from = None

    def join(self, address: str, code: str, progress: object) -> "Future[tuple[FirstPassword, ...]]":
        return Future()

    def stop(self) -> None:
        """Nothing goes on."""


def _joining(on: Stage) -> FirstStart:
    window = FirstStart(_never, on.kit.ctx.notifier, joining=_NobodyJoins(), address="https://hq.example.org:8443")
    window.resize(*SMALL)
    window.ui.live_radio.setChecked(True)
    return window


def _join(on: Stage) -> FirstStart:
    window = _joining(on)
    window.ui.set_up_button.click()
    window.ui.code_edit.setText("ABCD-EFGH-JKMN")
    return window


def _join_wrong(on: Stage) -> QWidget:
    window = _join(on)
    window.ui.address_edit.setText("https://headquarters-of-the-whole-network.courier-company.example.org:8443")
    for field in ("code", "address"):
        window.joining.take(UserError(message(_LONG_FAULTS[field]), field=field))
    return window


def _join_progress(on: Stage) -> QWidget:
    window = _join(on)
    window.ui.join_button.click()
    window._on_progress(2, 3, message("Price list, areas, routes and number range"))
    return window


def _join_failed(on: Stage) -> QWidget:
    window = _join(on)
    window.ui.join_button.click()
    text = message("The disk is full or cannot be written. Nothing of this was saved; make room and try again.")
    window._show_failure(UserError(text))
    return window


def _join_done(on: Stage) -> QWidget:
    window = _joining(on)
    window.show_people(())
    return window


def _lock(on: Stage) -> QWidget:
    on.window.open_page(_HOME)
    on.window.lock_desk()
    return on.window


def _palette(on: Stage, text: str = "") -> QWidget:
    on.window.open_page(_HOME)
    on.settle()
    box = on.window.palette_box
    box.open()
    box.edit.setText(text)
    box.edit.textEdited.emit(text)
    QTest.qWait(120)
    return on.window


def _palette_found(on: Stage) -> QWidget:
    return _palette(on, "138")


def _palette_nothing(on: Stage) -> QWidget:
    return _palette(on, "zzzz")


def _approval(on: Stage) -> ApprovalDialog:
    reason = "Too much was charged"
    request = on.desk.services.approvals.request(RequestKind.REFUND, on.numbers[2], reason, amount_fen=128_000)
    return ask_approval(on.window, on.kit.ctx, request, _ignore)


def _approval_wrong(on: Stage) -> QWidget:
    dialog = _approval(on)
    dialog.ui.number_edit.setText("1002")
    dialog.ui.password_edit.setText("wrong")
    dialog.ui.approve_button.click()
    return dialog


def _reason(on: Stage) -> QWidget:
    text = message("{number} comes out again with the same number and a mark.", number=on.numbers[2])
    return ask_reason(on.window, message("Why is the label printed again?"), text, REPRINT_REASONS, _ignore)


def _question(on: Stage) -> QWidget:
    text = message("{number} comes out again with the same number and a mark.", number=on.numbers[2])
    return ask(on.window, message("Make void"), text, message("Make void"), _nothing, dangerous=True)


def _printer(on: Stage) -> PrinterDialog:
    address = "label-printer-of-the-second-counter.station.example.org:9100"
    setting = PrinterSetting("面单打印机，二号柜台（靠窗）", "tcp", address, "zpl", 300, "100x180")
    form = PrinterForm(setting, frozenset({"label", "bag_tag"}), spare=True, new=False, taken=())
    dialog = PrinterDialog(on.window, on.kit.ctx, form)
    dialog.open()
    return dialog


def _printer_wrong(on: Stage) -> QWidget:
    dialog = _printer(on)
    dialog.ui.address_edit.setText("10.0.0.1:99999")
    dialog.ui.save_button.click()
    dialog.ui.test_note.setText("The printer cannot be reached: see whether it is on and connected.")
    return dialog


def _amount(on: Stage) -> QWidget:
    dialog = ask_amount(on.window, message("How much is given back?"), message("Print"), 12_800, _ignore_amount)
    dialog.ui.amount_edit.setText("9999")
    dialog.ui.ok_button.click()
    return dialog


def _ignore_amount(_amount: int) -> None:
    """The answer does not matter here."""


def _crash(on: Stage) -> QWidget:
    on.kit.ctx.notifier.defect(RuntimeError("an example of a defect"))
    return on.window


def _ignore(_answer: str) -> None:
    """The answer does not matter here."""


def _nothing() -> None:
    """The answer does not matter here."""


SCENES: tuple[tuple[str, Scene], ...] = (
    ("log-in", _login),
    ("log-in wrong", _login_wrong),
    ("log-in new password", _login_new),
    ("log-in details", _login_details),
    ("first start", _first_start),
    ("first start progress", _first_start_progress),
    ("first start people", _first_start_people),
    ("first start real", _joining),
    ("join", _join),
    ("join wrong", _join_wrong),
    ("join progress", _join_progress),
    ("join failed", _join_failed),
    ("join done", _join_done),
    ("lock", _lock),
    ("palette", _palette),
    ("palette found", _palette_found),
    ("palette nothing", _palette_nothing),
    ("approval", _approval),
    ("approval wrong", _approval_wrong),
    ("reason", _reason),
    ("question", _question),
    ("printer", _printer),
    ("printer wrong", _printer_wrong),
    ("amount wrong", _amount),
    ("number wrong", floor_scene.manual_entry),
    ("open bag", floor_scene.open_bag),
    ("seal wrong", floor_scene.seal_bag),
    ("close list wrong", floor_scene.close_list),
    ("without order", floor_scene.without_order),
    ("closed list", floor_scene.closed_list),
    ("crash", _crash),
)
