"""The pieces of an order: weight and size of each box, by the number pad or from the scale."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.base.quantities import weight_text
from courier_desk.base.translation import Message, _
from courier_desk.domain.order import Piece
from courier_desk.ui.pages.order_rows import FieldRow, OrderRows
from courier_desk.ui.widgets.labels import KeyHint, Note
from courier_desk.ui.widgets.quantity_fields import LengthField, QuantityField, WeightField


class OrderPieces(OrderRows):
    """One row for each box. The weight is needed, the size is not, but its three sides belong together."""

    widths = (74, 54, 54, 54)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_scale: int | None = None
        self._scale_note = Note(self)
        self._scale_hint = KeyHint(self)
        self.head.addWidget(self._scale_note)
        self.head.addWidget(self._scale_hint)
        self._scale_key = ""
        self.set_count(1)

    def make_row(self) -> FieldRow:
        weight = WeightField()
        sides = [LengthField() for _side in range(3)]
        for side in sides:
            side.setProperty("optional", True)
        return FieldRow([weight, *sides], self.widths, self)

    def retranslate(self, key: str, scale_key: str) -> None:
        """The language or a key changed."""
        heads = (_("Weight"), _("Length"), _("Width"), _("Height"))
        self.set_titles(_("Pieces"), heads, _("One more piece"), key)
        self._scale_key = scale_key
        self._show_scale()

    def pieces(self) -> tuple[Piece, ...]:
        """The pieces; what is empty or no number counts as 0."""
        return tuple(Piece(*(_value(field) or 0 for field in row.fields)) for row in self.rows)

    def problem(self) -> Message | None:
        """The first thing that is no weight or length at all."""
        return next((said for field in self.fields() if (said := _error(field)) is not None), None)

    def set_usual_weight(self, weight_g: int) -> None:
        """Fill the first weight if there is none yet."""
        first = self.rows[0].fields[0]
        if weight_g and not first.text() and isinstance(first, QuantityField):
            first.set_value(weight_g)

    def set_on_scale(self, weight_g: int | None) -> None:
        """What lies on the scale now, certain; None for nothing."""
        self._on_scale = weight_g
        self._show_scale()

    def take_from_scale(self) -> bool:
        """The weight on the scale becomes that of the row in focus, else of the first row without; each weighing counts
        once. False when there is none."""
        if self._on_scale is None:
            return False
        inside = QApplication.focusWidget()
        row = next((row for row in self.rows if inside in row.fields), None)
        row = row or next((row for row in self.rows if not row.fields[0].text().strip()), self.rows[0])
        weight = row.fields[0]
        if isinstance(weight, QuantityField):
            weight.set_value(self._on_scale)
            weight.setFocus()
        self.set_on_scale(None)
        return True

    def mark(self, wrong: bool) -> None:
        for row in self.rows:
            sides = row.fields[1:]
            lacks_side = any(side.text() for side in sides)
            for field in row.fields:
                needed = field is row.fields[0] or lacks_side
                blamed = _error(field) is not None or (wrong and needed and not _value(field))
                if bool(field.property("wrong")) != blamed:
                    field.setProperty("wrong", blamed)
                    field.update()

    def _show_scale(self) -> None:
        lying = self._on_scale is not None
        self._scale_note.setText(
            _("Scale {weight} kg").format(weight=weight_text(self._on_scale or 0)) if lying else ""
        )
        self._scale_hint.setText(self._scale_key if lying else "")


def _value(field: QWidget) -> int | None:
    return field.value() if isinstance(field, QuantityField) else None


def _error(field: QWidget) -> Message | None:
    return field.error() if isinstance(field, QuantityField) else None


def state_of(body: Mapping[str, Any], key: str) -> list[list[str]]:
    """The rows kept under ``key``; at least one."""
    rows = [[str(text) for text in row] for row in body.get(key, ())]
    return rows or [[]]
