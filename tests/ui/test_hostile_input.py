"""Every field with empty, huge and odd texts (X5, X17): no crash, nothing lost unsaid, nothing taken for mark-up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractListModel, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QLabel, QLineEdit, QPlainTextEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import message
from courier_desk.domain.approval import Grade, RequestKind
from courier_desk.domain.order import GoodsLine, OrderDraft
from courier_desk.domain.party import Party
from courier_desk.domain.user import Role
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.handovers import HandoverView
from courier_desk.ui.dialogs.amount import AmountDialog
from courier_desk.ui.dialogs.approval import ApprovalDialog
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.dialogs.close_list import CloseList
from courier_desk.ui.dialogs.manual_entry import ManualEntry
from courier_desk.ui.dialogs.open_bag import OpenBag
from courier_desk.ui.dialogs.printer import PrinterDialog, PrinterForm
from courier_desk.ui.dialogs.reason import ReasonDialog
from courier_desk.ui.dialogs.seal_bag import SealBag
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Request
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import PAGES
from courier_desk.ui.pages.settings import SettingsPage
from courier_desk.ui.widgets.data_table import TablePanel
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.phone_field import PhoneField
from tests.desk import desk_in, ordinary_draft
from tests.ui.kit import UiKit, commit, make_kit

HUGE = "文<b>" * 250_000
TEXTS = (
    "",
    "😀👩‍👩‍👧‍👦 e\u0301\u0300",
    "a\x00\x1b[31m\x07\u202e\u200b\u2028z",
    "'\"`\\; DROP TABLE orders; --",
    "<b>bold</b><img src=x onerror=1><a href='file:///etc'>",
    "%s %d {x} {0} %(name)s ${y}",
    "１２３。４５",
    "=cmd|' /C calc'!A0",
    "-1e308 NaN ∞",
)
MARKED = "<b>王</b><img src='x'>"
Field = QLineEdit | QPlainTextEdit


class Walk:
    """A window of somebody who may do everything at the screen, and all it has said."""

    def __init__(self, kit: UiKit, bot: QtBot) -> None:
        self.kit, self.bot = kit, bot
        self.window: MainWindow = kit.window()
        bot.addWidget(self.window)
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.kit.ctx.tasks.busy)
        self.bot.wait(1)
        self.bot.waitUntil(lambda: not self.kit.ctx.tasks.busy)

    def page(self, key: str, **arguments: str) -> Page | None:
        page = self.window.open_page(Request(key, arguments, fresh=True))
        self.settle()
        return page

    def said(self, place: QWidget) -> bool:
        """Something stands beside a field or in the message bar."""
        errors = any(error.isVisible() and error.toolTip() for error in place.findChildren(FieldError))
        return errors or self.window.messages.line is not None or bool(self.window.entries.entries)

    def quiet(self) -> None:
        self.window.messages.clear_line()
        self.window.entries.clear()

    def check(self, where: str) -> None:
        """No defect, no crash page, nobody taken for a piece of mark-up."""
        assert self.kit.reports == [], (where, self.kit.reports)
        assert not self.window.crash.isVisible(), where


@pytest.fixture
def walk(qtbot: QtBot, tmp_path: Path) -> Iterator[Walk]:
    with desk_in(tmp_path / "station") as desk:
        made = Walk(make_kit(desk, Role.MANAGER), qtbot)
        yield made
        made.window.log_out()
        made.settle()


def _fields(place: QWidget) -> list[Field]:
    """What a person can type into now."""
    found: list[Field] = [*place.findChildren(QLineEdit), *place.findChildren(QPlainTextEdit)]
    return [field for field in found if field.isVisibleTo(place) and field.isEnabled() and not field.isReadOnly()]


def _text(field: Field) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def _name(field: QObject) -> str:
    return field.objectName() or type(field).__name__


def _put(field: Field, text: str) -> None:
    """As a person does: all marked, then typed by an input method or pasted when long."""
    field.setFocus()
    field.selectAll()
    if len(text) > 1000:
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    elif text:
        commit(field, text)
    else:
        QTest.keyClick(field, Qt.Key.Key_Delete)


def _try_all(walk: Walk, place: QWidget, where: str) -> list[str]:
    """Put every text into every field of ``place``; what went and was not said."""
    lost = []
    for field in _fields(place):
        for text in (*TEXTS, HUGE):
            if not shiboken6.isValid(field) or not field.isVisibleTo(place):
                break
            walk.quiet()
            _put(field, text)
            kept = _text(field)
            QTest.keyClick(field, Qt.Key.Key_Tab)
            walk.settle()
            walk.check(f"{where}.{_name(field)}: {text[:20]!r}")
            if not _asks(field) and _shortened(text, kept) and not walk.said(place):
                lost.append(f"{_name(field)}: {text[:20]!r} became {kept[:20]!r}")
    return lost


def _asks(field: Field) -> bool:
    """A box that looks for something, or one of digits, or for the second typing of a number, where pasting is refused
    on purpose: nothing anybody worked on is lost when it takes no more."""
    digits = isinstance(field.parent(), QAbstractSpinBox)
    looks = field.objectName() in ("text_edit", "search_edit", "again_edit") or isinstance(field.parent(), TablePanel)
    return digits or looks


def _shortened(text: str, kept: str) -> bool:
    """Something that can be seen is missing."""
    wanted = "".join(sign for sign in text if sign.isprintable() and not sign.isspace())
    there = "".join(sign for sign in kept if not sign.isspace())
    return len(there) < len(wanted)


@pytest.mark.parametrize("key", [spec.key for spec in PAGES if spec.listed])
def test_every_field_takes_any_text(walk: Walk, key: str) -> None:
    page = walk.page(key)
    assert page is not None
    lost = _try_all(walk, page, key)
    if isinstance(page, SettingsPage):
        for section in range(page.ui.sections_list.count()):
            page.ui.sections_list.setCurrentRow(section)
            walk.settle()
            lost += _try_all(walk, page, f"{key} {section}")
    assert lost == []


def _marked(party: Party) -> Party:
    return replace(party, name=MARKED, company=MARKED, address=replace(party.address, detail=f"{MARKED}1号"))


def _marked_draft() -> OrderDraft:
    """An order in which every text of a person is mark-up."""
    plain = ordinary_draft()
    return replace(
        plain,
        sender=_marked(plain.sender),
        recipient=_marked(plain.recipient),
        goods=(GoodsLine(f"{MARKED}衬衫", 1, 8000),),
        note=MARKED,
    )


def _taken_for_mark_up(place: QWidget) -> list[str]:
    """Labels and tool tips whose data Qt would render instead of showing it."""
    labels = [label for label in place.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText]
    found = [f"{_name(label)}: {label.text()[:60]}" for label in labels]
    found += [f"tip of {_name(widget)}: {widget.toolTip()[:60]}" for widget in (place, *place.findChildren(QWidget))]
    for bar in place.findChildren(QTabBar):
        found += [f"tip of a tab: {bar.tabToolTip(index)[:60]}" for index in range(bar.count())]
    for view in place.findChildren(QAbstractItemView):
        found += [f"tip in {_name(view)}: {tip[:60]}" for tip in _tips_of(view)]
    return [line for line in found if "<b>" in line]


def _tips_of(view: QAbstractItemView) -> list[str]:
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    cells = [(row, column) for row in range(min(5, model.rowCount())) for column in range(columns)]
    tips = [model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) for row, column in cells]
    return [tip for tip in tips if isinstance(tip, str)]


def test_mark_up_in_data_is_text_wherever_it_is_shown(walk: Walk) -> None:
    done = walk.kit.desk.accept(_marked_draft())
    wrong: dict[str, list[str]] = {}
    for spec in PAGES:
        arguments = {"number": done.number} if spec.key == "parcel" else {}
        page = walk.page(spec.key, **arguments)
        if page is None:
            continue
        if spec.key == "order":
            page.findChildren(PhoneField)[0].setText(ordinary_draft().sender.phone)
            walk.settle()
        if spec.key == "scan":
            walk.kit.scan(done.number)
            walk.settle()
        if found := _taken_for_mark_up(walk.window):
            wrong[spec.key] = found
        walk.check(spec.key)
    walk.kit.ctx.notifier.say(message("{text}", text=MARKED), "bad")
    walk.kit.ctx.notifier.done(message("{text}", text=MARKED))
    walk.kit.ctx.notifier.fault(EnvironmentFault(message("{text}", text=MARKED)))
    walk.settle()
    if found := _taken_for_mark_up(walk.window):
        wrong["messages"] = found
    assert not wrong, sorted({line for lines in wrong.values() for line in lines})


def _bag_id(walk: Walk) -> str:
    desk = walk.kit.desk
    return desk.on_db(lambda: desk.services.bags.open(desk.agent, "上海集散中心", "HZ-SH")).bag.id


def _handover(walk: Walk) -> HandoverView:
    desk = walk.kit.desk
    opened = desk.on_db(lambda: desk.services.handovers.open(desk.agent, "HZ-SH", "", ""))
    return desk.on_db(lambda: desk.services.handovers.view(desk.agent, opened.manifest.id))


_VOID = ApprovalRequest(RequestKind.VOID, "XS0001000000018", 100, "reason", Grade.SECOND_PERSON)
_TITLE, _PRINTER = message("Reason"), PrinterSetting("label", "folder", "/tmp/paper", "pdf", 203, "100x150")
DIALOGS: dict[str, Callable[[Walk], DeskDialog]] = {
    "number": lambda walk: ManualEntry(walk.window, walk.kit.ctx.services.scans.understand),
    "open bag": lambda walk: OpenBag(walk.window, walk.kit.ctx),
    "seal bag": lambda walk: SealBag(walk.window, walk.kit.ctx, _bag_id(walk)),
    "close list": lambda walk: CloseList(walk.window, walk.kit.ctx, _handover(walk), "", ""),
    "amount": lambda walk: AmountDialog(walk.window, _TITLE, _TITLE, 1000),
    "reason": lambda walk: ReasonDialog(walk.window, _TITLE, _TITLE, [_TITLE]),
    "printer": lambda walk: PrinterDialog(
        walk.window, walk.kit.ctx, PrinterForm(_PRINTER, frozenset(), spare=False, new=True, taken=())
    ),
    "approval": lambda walk: ApprovalDialog(walk.window, walk.kit.ctx, _VOID),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_field_of_a_dialog_takes_any_text(walk: Walk, name: str) -> None:
    dialog = DIALOGS[name](walk)
    dialog.open()
    walk.settle()
    assert _fields(dialog)
    assert _try_all(walk, dialog, name) == []
    for field in _fields(dialog):
        _put(field, TEXTS[3])
    QTest.keyClick(_fields(dialog)[-1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    walk.settle()
    walk.check(name)
    if shiboken6.isValid(dialog):
        dialog.reject()
