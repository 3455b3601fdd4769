"""Rows of fields that grow downwards inside a part of the order form: pieces and goods lines share this."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from courier_desk.base.translation import _
from courier_desk.ui.fonts import text_font
from courier_desk.ui.icons import icon
from courier_desk.ui.theme import set_tone
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import KeyHint, Note
from courier_desk.ui.widgets.paste_guard import LONGEST_FIELD, PasteGuard
from courier_desk.ui.widgets.quantity_fields import QuantityField

MOST_ROWS = 50
_ROW_SPACE = 3
_CROSS = 24


class FieldRow(QWidget):
    """One row: its fields in the order of the keys, and a cross that takes it away. ``widths`` 0 stretches."""

    def __init__(self, fields: Sequence[QLineEdit], widths: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self.number = QLabel(self)
        self.number.setFixedWidth(18)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_tone(self.number, "muted")
        self.cross = QToolButton(self)
        self.cross.setIcon(icon("x", "muted"))
        self.cross.setAutoRaise(True)
        self.cross.setFixedWidth(_CROSS)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keeps_place = self.cross.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.cross.setSizePolicy(keeps_place)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.number)
        for field, width in zip(self.fields, widths, strict=True):
            row.addWidget(field, 0 if width else 1)
            if width:
                field.setFixedWidth(width)
        row.addWidget(self.cross)
        if all(widths):
            row.addStretch(1)


class OrderRows(QWidget):
    """Head, rows that scroll when there are many, and one line for what is wrong.

    Signals:
        changed(): a field, or the number of rows.
        rows_changed(): rows came or went: the way of the Enter key is another.
        noticed(Message, str): what to say beside the rows, and the tone.
    """

    changed = Signal()
    rows_changed = Signal()
    noticed = Signal(object, str)

    widths: tuple[int, ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FieldRow] = []
        self.error_label = FieldError(self)
        self.title_label = QLabel(self)
        self.title_label.setFont(text_font(bold=True))
        self.add_button = QToolButton(self)
        self.add_button.setIcon(icon("plus", "accent"))
        self.add_button.setAutoRaise(True)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_button.clicked.connect(self.add_row)
        self.add_hint = KeyHint(self)
        self.head = QHBoxLayout()
        self._heads = [Note(self) for _width in self.widths]
        self._scroll = QScrollArea(self)
        self._lay_out()

    def make_row(self) -> FieldRow:
        """A new, empty row."""
        raise NotImplementedError

    def fields(self) -> list[QLineEdit]:
        """All fields in the order of the keys."""
        return [field for row in self.rows for field in row.fields]

    def add_row(self) -> None:
        """One more row; the focus goes there."""
        if len(self.rows) >= MOST_ROWS:
            return
        self._append()
        self._renumber()
        self.rows[-1].fields[0].setFocus(Qt.FocusReason.TabFocusReason)
        self.rows_changed.emit()
        self.changed.emit()

    def set_count(self, count: int) -> None:
        """So many rows, at least one; those that stay keep what they hold."""
        wanted = max(1, min(count, MOST_ROWS))
        if wanted == len(self.rows):
            return
        while len(self.rows) < wanted:
            self._append()
        while len(self.rows) > wanted:
            self._take(self.rows[-1])
        self._renumber()
        self.rows_changed.emit()

    def remove_row_in_focus(self) -> None:
        """Take away the row that has the focus; the one above gets it."""
        inside = QApplication.focusWidget()
        place = next((place for place, row in enumerate(self.rows) if inside in row.fields), None)
        if place is not None and len(self.rows) > 1:
            self._remove(self.rows[place])
            self.rows[max(0, place - 1)].fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_titles(self, title: str, heads: Sequence[str], add: str, key: str) -> None:
        """The words, in the language in use."""
        self.title_label.setText(title)
        for label, text in zip(self._heads, heads, strict=True):
            label.setText(text)
        self.add_button.setToolTip(f"{add}  {key}".rstrip())
        self.add_button.setAccessibleName(add)
        self.add_hint.setText(key)
        for row in self.rows:
            self._say(row)

    def state(self) -> list[list[str]]:
        """The texts, as they were typed."""
        return [[field.text() for field in row.fields] for row in self.rows]

    def set_state(self, state: Sequence[Sequence[str]]) -> None:
        """Come back as ``state`` said."""
        self.set_count(len(state))
        for row, texts in zip(self.rows, state, strict=False):
            for field, text in zip(row.fields, texts, strict=False):
                field.setText(str(text))
                field.setCursorPosition(0)

    def clear(self) -> None:
        """One empty row."""
        self.set_state([[""] * len(self.widths)])

    def mark(self, wrong: bool) -> None:
        """Mark the fields that are to blame; those that are wrong in themselves mark themselves."""

    def _append(self) -> None:
        row = self.make_row()
        row.cross.clicked.connect(self._on_cross)
        for field in row.fields:
            field.textChanged.connect(self._on_text_changed)
            number = isinstance(field, QuantityField)
            guard = PasteGuard(field, field.maxLength() if number else LONGEST_FIELD, tidies=not number)
            guard.noticed.connect(self.noticed)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        self._say(row)

    def _take(self, row: FieldRow) -> None:
        self.rows.remove(row)
        row.hide()
        self._column.removeWidget(row)
        row.deleteLater()

    def _renumber(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            row.number.setText(str(number))
            row.cross.setVisible(len(self.rows) > 1)

    def _say(self, row: FieldRow) -> None:
        row.cross.setToolTip(_("Take this line away"))
        for field, label in zip(row.fields, self._heads, strict=True):
            field.setAccessibleName(label.text())

    def _on_cross(self) -> None:
        self._remove(next((row for row in self.rows if row.cross is self.sender()), None))

    def _remove(self, row: FieldRow | None) -> None:
        if row is not None and len(self.rows) > 1:
            self._take(row)
            self._renumber()
            self.rows_changed.emit()
            self.changed.emit()

    def _on_text_changed(self) -> None:
        self.changed.emit()

    def _lay_out(self) -> None:
        self.head.setSpacing(6)
        self.head.addWidget(self.title_label)
        self.head.addWidget(self.add_button)
        self.head.addWidget(self.add_hint)
        self.head.addWidget(self.error_label, 1)
        names = QHBoxLayout()
        names.setContentsMargins(24 + 4, 0, _CROSS + 6 + 12, 0)
        names.setSpacing(6)
        for label, width in zip(self._heads, self.widths, strict=True):
            names.addWidget(label, 0 if width else 1)
            if width:
                label.setFixedWidth(width)
        if all(self.widths):
            names.addStretch(1)
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 1, 12, 1)
        self._column.setSpacing(_ROW_SPACE)
        self._column.addStretch(1)
        self._scroll.setObjectName("order_rows")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setMinimumHeight(34)
        for part in (self._scroll, inside):
            part.setBackgroundRole(self.backgroundRole())
            part.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        outer = QGridLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setVerticalSpacing(0)
        outer.addLayout(self.head, 0, 0)
        outer.addLayout(names, 1, 0)
        outer.addWidget(self._scroll, 2, 0)
        outer.setRowStretch(2, 1)

    def show_field(self, field: QWidget) -> None:
        """Scroll so far that ``field`` is seen."""
        self._scroll.ensureWidgetVisible(field, 0, 8)
