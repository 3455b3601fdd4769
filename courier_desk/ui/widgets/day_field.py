"""A field for a day that is typed in any short way: ``22``, ``11-22``, ``2026-11-22``, ``-1`` for yesterday."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import Message, message

_WORDS = {"today": 0, "t": 0, "今天": 0, "今日": 0, "yesterday": 1, "y": 1, "昨天": 1, "昨日": 1}
_AGO = re.compile("-([0-9]{1,3})")
_PARTS = re.compile("[-/.,年月日号 ]+")


def parse_day(text: str, today: date) -> date:
    """The day that ``text`` names; where year or month is left out, the last one that is not in the future. Errors:
    UserError."""
    plain = plain_digits(text).casefold()
    if plain in _WORDS:
        return today - timedelta(days=_WORDS[plain])
    if ago := _AGO.fullmatch(plain):
        return today - timedelta(days=int(ago[1]))
    try:
        return _from_parts([part for part in _PARTS.split(plain) if part], today)
    except ValueError:
        raise UserError(message("A day as 2026-11-22, 11-22, 22, or -1 for yesterday.")) from None


def _from_parts(parts: list[str], today: date) -> date:
    if len(parts) == 1 and len(parts[0]) in (4, 6, 8):
        packed = parts[0]
        parts = [*([packed[:-4]] if packed[:-4] else []), packed[-4:-2], packed[-2:]]
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:
        year = numbers[0] if numbers[0] > 99 else 2000 + numbers[0]
        return date(year, numbers[1], numbers[2])
    if len(numbers) == 2:
        this_year = date(today.year, numbers[0], numbers[1])
        return this_year if this_year <= today else date(today.year - 1, numbers[0], numbers[1])
    if len(numbers) == 1:
        return _last_with(numbers[0], today)
    raise ValueError(parts)


def _last_with(day: int, today: date) -> date:
    """The last day of a month with this number that is not in the future."""
    first = today.replace(day=1)
    for _month in range(12):
        if first.replace(day=1) <= today and _has_day(first, day) and first.replace(day=day) <= today:
            return first.replace(day=day)
        first = (first - timedelta(days=1)).replace(day=1)
    raise ValueError(day)


def _has_day(first: date, day: int) -> bool:
    following = (first + timedelta(days=32)).replace(day=1)
    return 1 <= day <= (following - timedelta(days=1)).day


class DayField(QLineEdit):
    """Down and Up go a day back and on; what was typed becomes the full date when the field is left.

    Signals:
        day_changed(): another day, or none, or the text is wrong now.
    """

    day_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today: Callable[[], date] = date.today
        self._last: tuple[date | None, bool] = (None, False)
        self.setProperty("optional", True)
        self.setPlaceholderText("11-22")
        self.textChanged.connect(self._on_text_changed)

    def set_today(self, today: Callable[[], date]) -> None:
        """Where the present day comes from: the business day of the station."""
        self._today = today

    def day(self) -> date | None:
        """The day, None when the field is empty or wrong."""
        return self._read()[0]

    def error(self) -> Message | None:
        """What is wrong with the text."""
        return self._read()[1]

    def set_day(self, day: date | None) -> None:
        """Show ``day``, None for none."""
        self.setText(day.isoformat() if day else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            step = 1 if event.key() == Qt.Key.Key_Up else -1
            day = self.day()
            self.set_day(day + timedelta(days=step) if day else self._today())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        day = self.day()
        if day is not None and self.text() != day.isoformat():
            self.set_day(day)

    def _read(self) -> tuple[date | None, Message | None]:
        if not self.text().strip():
            return None, None
        try:
            return parse_day(self.text(), self._today()), None
        except (UserError, OverflowError) as error:
            said = error.message if isinstance(error, UserError) else message("There is no such day.")
            return None, said

    def _on_text_changed(self) -> None:
        day, error = self._read()
        if (day, error is not None) != self._last:
            self._last = (day, error is not None)
            self.day_changed.emit()
