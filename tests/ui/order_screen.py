"""The order page on a real station, and a hand at its keyboard that counts."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from courier_desk.domain.order import OrderDraft
from courier_desk.domain.party import Address, Party
from courier_desk.services.orders import Accepted
from courier_desk.ui.notify import Notice
from courier_desk.ui.pages.order import OrderPage
from tests.desk import RECIPIENT, SENDER, desk_in, ordinary_draft
from tests.patience import PATIENCE_S
from tests.patient_bot import rest
from tests.ui.kit import UiKit, commit, make_kit

ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SMALLEST = (1064, 578)
"""What the window leaves a page at 1280x720 with its functions unfolded, on a sample station."""
_SHORT_MS = 100


def known_draft() -> OrderDraft:
    """The ordinary parcel with codes as the division table has them."""
    sender = replace(SENDER, address=replace(SENDER.address, division="330110005"))
    recipient = replace(RECIPIENT, address=replace(RECIPIENT.address, division="310104"))
    return replace(ordinary_draft(), sender=sender, recipient=recipient)


OTHER_RECIPIENT = Party(
    "王小姐",
    "13711112222",
    "",
    Address("广东省", "深圳市", "南山区", "", "科技园南区18栋305", "", "440305"),
)


class Screen:
    """One window with an order page in it. ``strokes`` counts every key that was pressed."""

    def __init__(self, kit: UiKit) -> None:
        self.kit = kit
        self.desk, self.ctx = kit.desk, kit.ctx
        self.strokes = 0
        self.notices: list[Notice] = []
        for told in (self.ctx.notifier.bar_requested, self.ctx.notifier.banner_requested):
            told.connect(self.notices.append)
        self.ctx.notifier.entry_requested.connect(self.notices.append)
        self.ctx.notifier.attach()
        self.window = QWidget()
        self.column = QVBoxLayout(self.window)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.window.resize(*SMALLEST)
        self.window.show()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.page = self.open_page()

    def open_page(self) -> OrderPage:
        """Another order page in place of the one before."""
        while (item := self.column.takeAt(0)) is not None:
            old = item.widget()
            if isinstance(old, QWidget):
                old.hide()
                old.deleteLater()
        self.page = OrderPage(self.ctx)
        self.column.addWidget(self.page)
        self.page.show()
        self.settle()
        self.page.activate()
        return self.page

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def has_paper(self) -> bool:
        """A paper was seen in this visit."""
        return self.page.ui.inspection.proof is not None

    @property
    def accepted(self) -> Accepted:
        """What was accepted just now."""
        assert self.page.accepted is not None
        return self.page.accepted

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key stroke, wherever the focus is, and whatever it sets in motion."""
        self.strokes += 1
        QTest.keyClick(self.focus, key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Each character is a stroke; one that no key carries comes from an input method."""
        for character in text:
            self.strokes += 1
            if character.isascii():
                QTest.keyClicks(self.focus, character)
            else:
                commit(self.focus, character)
        self.settle()

    def call(self, phone: str = "13812345678") -> None:
        """Somebody's number is typed in full; strokes count from here."""
        self.type(phone)
        self.strokes = 0

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until ``condition`` holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end
            rest()

    def settle(self) -> None:
        """Until nothing is under way and the short clocks of page and boxes have run out."""
        self.wait(lambda: not self.ctx.tasks.busy and not self._short_clocks())

    def _short_clocks(self) -> list[QTimer]:
        clocks = self.page.findChildren(QTimer) if hasattr(self, "page") else []
        return [clock for clock in clocks if clock.isActive() and clock.interval() <= _SHORT_MS]

    def said(self) -> dict[str, str]:
        """What stands beside the fields."""
        self.settle()
        return self.page.faults.said()

    def field(self, name: str) -> QLineEdit:
        """A field of the form: ``sender_phone``, ``pieces`` (the first weight), ``goods``, ``cod`` ..."""
        ui = self.page.ui
        who, _dash, part = name.partition("_")
        if who in ("sender", "recipient"):
            party = getattr(ui, who)
            found = party.ui.box_edit if part == "box" else party.fields[part]
        elif name in ("pieces", "goods"):
            found = getattr(ui, name).fields()[0]
        elif name == "identity":
            found = ui.inspection.ui.identity_edit
        elif name == "tendered":
            found = ui.payment.ui.tendered_edit
        else:
            found = getattr(ui, f"{name}_edit")
        assert isinstance(found, QLineEdit)
        return found

    def drafts(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What is kept for the person at the desk."""
        actor = self.ctx.actor
        return self.desk.on_db(lambda: self.desk.services.drafts.mine(actor))

    def orders(self) -> int:
        """How many orders the sender of the tests has."""
        actor = self.ctx.actor
        known = self.desk.on_db(lambda: self.desk.services.customers.by_phone(actor, SENDER.phone))
        return known.customer.orders if known else 0


@contextmanager
def screen_on(folder: Path, *drafts: OrderDraft) -> Iterator[Screen]:
    """A screen on a station of its own that has accepted ``drafts`` before."""
    with desk_in(folder) as desk:
        for draft in drafts:
            desk.accept(draft)
        kit = make_kit(desk)
        screen = Screen(kit)
        yield screen
        screen.page.snapshot()
        screen.settle()
        shiboken6.delete(screen.window)
        assert kit.reports == []
