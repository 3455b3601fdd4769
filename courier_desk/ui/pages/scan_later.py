"""Parcels that were scanned and whose orders are still to be entered (有货无单): counted, and shown by one key."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from courier_desk.base.translation import _
from courier_desk.services.floor import WithoutOrder
from courier_desk.ui.dialogs.without_order import show_without_order
from courier_desk.ui.page import Page


class LaterCount(QObject):
    """Belongs to the scan page; its button is there only when there is something to do."""

    def __init__(self, page: Page, button: QPushButton) -> None:
        super().__init__(page)
        self._page, self._ctx, self._button = page, page.ctx, button
        self._rows: list[WithoutOrder] = []
        button.clicked.connect(self.show)
        self._ctx.keys.bind("scan.later", page, self.show)
        self.retranslate()

    def look(self) -> None:
        """Count again."""
        self._page.run(self._read, self._on_read)

    def show(self) -> None:
        """All of them."""
        show_without_order(self._page, self._ctx, self._rows, self._on_enter)

    def retranslate(self) -> None:
        """The language or a key changed."""
        words = _("{n} without an order").format(n=len(self._rows))
        self._button.setText(self._ctx.keys.hint(words, "scan.later"))
        self._button.setVisible(bool(self._rows))

    def _read(self) -> list[WithoutOrder]:
        """On the db lane."""
        return self._ctx.services.floor.without_order(self._ctx.actor, self._ctx.app.desk.today())

    def _on_read(self, rows: list[WithoutOrder]) -> None:
        self._rows = rows
        self.retranslate()

    def _on_enter(self) -> None:
        self._ctx.navigator.open("order", fresh=True)
