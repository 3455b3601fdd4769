"""The goods lines of an order: a concrete name, how many, what one is worth."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text, parse_decimal
from courier_desk.base.translation import Message, _, message
from courier_desk.domain.order import GoodsLine
from courier_desk.ui.pages.order_rows import FieldRow, OrderRows
from courier_desk.ui.widgets.quantity_fields import AmountField, QuantityField

_MOST = 9999


class CountField(QuantityField):
    """A whole number of things; empty is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse_count, str, "1", parent)


def parse_count(text: str) -> int:
    """A whole number from 1 to 9999. Errors: UserError."""
    number = parse_decimal(text)
    if number != number.to_integral_value() or not 1 <= number <= _MOST:
        raise UserError(message("A whole number from 1 to {most} is expected.", most=_MOST))
    return int(number)


class OrderGoods(OrderRows):
    """One row for each kind of goods. Only the name is needed.

    Signals:
        names_changed(): other goods than before: whoever looked at them must look again.
    """

    names_changed = Signal()

    widths = (0, 46, 78)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.set_count(1)
        self.changed.connect(self._on_changed)

    def make_row(self) -> FieldRow:
        name, count, value = QLineEdit(), CountField(), AmountField()
        for field in (count, value):
            field.setProperty("optional", True)
        return FieldRow([name, count, value], self.widths, self)

    def retranslate(self, key: str) -> None:
        """The language or a key changed."""
        self.set_titles(_("Contents"), (_("What it is"), _("Qty"), _("Worth each")), _("One more line"), key)

    def lines(self) -> tuple[GoodsLine, ...]:
        """The lines that say anything; one without a name is left out."""
        return tuple(_line(row) for row in self.rows if row.fields[0].text().strip())

    def set_lines(self, lines: Sequence[GoodsLine]) -> None:
        """Show these."""
        self.set_state([[line.name, str(line.quantity), _worth(line.value_fen)] for line in lines] or [["", "", ""]])

    @property
    def is_empty(self) -> bool:
        """True while nothing was written."""
        return not any(field.text() for field in self.fields())

    def problem(self) -> Message | None:
        """The first thing that is no number at all, or a line with numbers and no name."""
        for row in self.rows:
            for field in row.fields[1:]:
                if isinstance(field, QuantityField) and (said := field.error()) is not None:
                    return said
            if not row.fields[0].text().strip() and any(field.text().strip() for field in row.fields):
                return message("Say what is inside.")
        return None

    def mark(self, wrong: bool) -> None:
        nameless = not self.lines()
        for place, row in enumerate(self.rows):
            name, *numbers = row.fields
            lacks_name = not name.text().strip() and (any(each.text() for each in numbers) or (nameless and not place))
            _mark(name, wrong and (lacks_name or (not nameless and place == 0 and len(self.rows) == 1)))

    def _on_changed(self) -> None:
        names = tuple(row.fields[0].text().strip() for row in self.rows if row.fields[0].text().strip())
        if names != self._names:
            self._names = names
            self.names_changed.emit()


def _mark(field: QLineEdit, wrong: bool) -> None:
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.update()


def _line(row: FieldRow) -> GoodsLine:
    name, count, value = row.fields
    number = count.value() if isinstance(count, QuantityField) else None
    worth = value.value() if isinstance(value, QuantityField) else None
    return GoodsLine(name.text().strip(), 1 if number is None else number, worth or 0)


def _worth(value_fen: int) -> str:
    return amount_text(value_fen) if value_fen else ""
