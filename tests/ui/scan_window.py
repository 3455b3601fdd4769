"""A window with everything that a scan must not touch, and a list of what it has touched."""

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QVBoxLayout, QWidget

PLACES = ("edit", "text", "table", "combo", "editable_combo", "button")
_ROWS = ["CD0000000123456", "C", "D", "0", "1", "7"]


class ScanWindow(QWidget):
    """Fields, a table, boxes, a default button, and shortcuts on keys that occur in codes."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("keyboard probe")
        self._fired: list[str] = []
        self.places: dict[str, QWidget] = {
            "edit": QLineEdit("kept"),
            "text": QPlainTextEdit("kept"),
            "table": QTableView(),
            "combo": QComboBox(),
            "editable_combo": QComboBox(editable=True),
            "button": QPushButton("&Cancel 7"),
        }
        layout = QVBoxLayout(self)
        for place in PLACES:
            layout.addWidget(self.places[place])
        self._fill()
        for key in ("7", "C", "F9", "Return", "Alt+D"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_shortcut_activated)
        self._before = self._state()

    def _fill(self) -> None:
        table, button = self.places["table"], self.places["button"]
        assert isinstance(table, QTableView)
        assert isinstance(button, QPushButton)
        table.setModel(QStringListModel(_ROWS, table))
        table.setEditTriggers(QTableView.EditTrigger.AnyKeyPressed | QTableView.EditTrigger.EditKeyPressed)
        for name in ("combo", "editable_combo"):
            box = self.places[name]
            assert isinstance(box, QComboBox)
            box.addItems(["kept", *_ROWS])
        button.setAutoDefault(True)
        button.setDefault(True)
        button.clicked.connect(self._on_button_clicked)

    def focus(self, place: str) -> None:
        """Put the focus there, the cursor behind the text, and call what is there now untouched."""
        widget = self.places[place]
        widget.setFocus()
        if isinstance(widget, QLineEdit):
            widget.end(False)
        if isinstance(widget, QPlainTextEdit):
            widget.moveCursor(widget.textCursor().MoveOperation.End)
        if isinstance(widget, QTableView):
            widget.setCurrentIndex(widget.model().index(5, 0))
        self._fired.clear()
        self._before = self._state()

    def value(self, place: str = "edit") -> str:
        """The text of a field."""
        widget = self.places[place]
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else str(widget.property("text"))

    def set_value(self, text: str) -> None:
        """Give the first field this text."""
        self.places["edit"].setProperty("text", text)
        self.focus("edit")

    def damage(self) -> list[str]:
        """What has been typed, chosen, pressed or opened since ``focus``."""
        now = self._state()
        changed = [
            f"{name}: {self._before[name]!r} became {now[name]!r}" for name in now if now[name] != self._before[name]
        ]
        return changed + self._fired

    def _state(self) -> dict[str, str]:
        table, combo, editable = (self.places[name] for name in ("table", "combo", "editable_combo"))
        assert isinstance(table, QTableView)
        assert isinstance(combo, QComboBox)
        assert isinstance(editable, QComboBox)
        model = table.model()
        rows = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
        return {
            "edit": self.value("edit"),
            "text": self.value("text"),
            "rows": ",".join(rows),
            "row": str(table.currentIndex().row()),
            "editing": str(table.state() == QTableView.State.EditingState),
            "combo": combo.currentText(),
            "editable_combo": editable.currentText(),
            "popup": str(combo.view().isVisible()),
        }

    def _on_button_clicked(self) -> None:
        self._fired.append("the button was pressed")

    def _on_shortcut_activated(self) -> None:
        self._fired.append("a shortcut fired")
