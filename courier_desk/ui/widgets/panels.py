"""What fills a page: the empty state of a table, and the large result of a scan."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from courier_desk.ui.fonts import text_font
from courier_desk.ui.icons import icon, paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import CARD_RADIUS, tone_colour
from courier_desk.ui.widgets.labels import Note

_ROOM_FOR_PICTURE, _ROOM_FOR_NOTE = 150, 60
TONE_ICONS = {
    "good": "check-circle",
    "warn": "warning",
    "bad": "x-circle",
    "info": "info",
    "accent": "barcode",
    "muted": "barcode",
}
_LOW = 150


class _Glyph(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        # It asks for no room of its own: else a page that was large once could not become small again.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(48, 48)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, QRectF((self.width() - 44) / 2, 2, 44, 44), self.name, tokens().edge)
        painter.end()


class EmptyState(QWidget):
    """Says what would be here and how to make the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = _Glyph("tray", self)
        self._title = QLabel(self)
        self._title.setFont(text_font(bold=True))
        self._note = Note(self)
        self._note.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(self._glyph)
        for label in (self._title, self._note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_texts(self, title: str, note: str, button: str = "") -> None:
        """What would be here, how to make the first one, and perhaps a button that does."""
        self._title.setText(title)
        self._note.setText(note)
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def keep_low(self) -> None:
        """The note on one line: a text that wraps asks for a height that a layout does not go below."""
        self._note.setWordWrap(False)

    def set_icon(self, name: str) -> None:
        """Another picture."""
        self._glyph.name = name
        self._glyph.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._glyph.setVisible(self.height() >= _ROOM_FOR_PICTURE)
        self._note.setVisible(self.height() >= _ROOM_FOR_NOTE)


class ResultPanel(QWidget):
    """The result of a scan: one full patch of colour, an icon, one large word, the number in groups, where to, and what
    to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._word, self._detail, self._next = "muted", "", "", ""
        self._place, self._place_name, self._number = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)

    def show_result(
        self,
        tone: str,
        word: str,
        *,
        detail: str = "",
        place: str = "",
        next_step: str = "",
        number: str = "",
        place_name: str = "",
    ) -> None:
        """``tone`` good, warn, bad, info or muted (waiting); ``word`` large; ``number`` below it; ``place`` the gate or
        bag at the right under its ``place_name``."""
        self._tone, self._word, self._detail, self._place, self._next = tone, word, detail, place, next_step
        self._number, self._place_name = number, place_name
        self.setAccessibleName(" ".join(text for text in (word, number, place, detail, next_step) if text))
        self.update()

    @property
    def tone(self) -> str:
        """The tone shown now."""
        return self._tone

    @property
    def word(self) -> str:
        """The large word shown now."""
        return self._word

    @property
    def place(self) -> str:
        """The gate, bag or time at the right."""
        return self._place

    @property
    def next_step(self) -> str:
        """What the person is told to do next."""
        return self._next

    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = tokens()
        waiting = self._tone == "muted"
        fill = now.sunken if waiting else tone_colour(now, self._tone)
        ink = now.muted if waiting else now.on_fill
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), fill=fill, line=now.line if waiting else "", radius=CARD_RADIUS)
        place = QRectF(self.rect()).adjusted(28, 14, -28, -14)
        size = min(96.0, place.height() * 0.5)
        paint_icon(painter, QRectF(place.left(), place.center().y() - size / 2, size, size), self._sign(), ink)
        place.setLeft(place.left() + size + 24)
        if self._place:
            width = min(place.width() * 0.4, 360)
            right = QRectF(place.right() - width, place.top(), width, place.height())
            self._paint_place(painter, right, ink)
            place.setRight(right.left() - 16)
        self._paint_words(painter, place, ink)
        painter.end()

    def _sign(self) -> str:
        return TONE_ICONS.get(self._tone, "info")

    def _paint_place(self, painter: QPainter, right: QRectF, ink: str) -> None:
        align = Qt.AlignmentFlag.AlignRight
        if self._place_name:
            head = QRectF(right.left(), right.center().y() - 62, right.width(), 26)
            _fitted(painter, head, self._place_name, 17, ink, align, bold=False)
            right.setTop(right.center().y() - 36)
            right.setHeight(76)
        _fitted(painter, right, self._place, 64, ink, align)

    def _paint_words(self, painter: QPainter, place: QRectF, ink: str) -> None:
        number, detail = self._number, self._detail
        if number and detail and place.height() < _LOW:
            # The large word keeps its size where the panel is low.
            number, detail = f"{number}   {detail}", ""
        lines = [(number, 27, 38.0, True), (detail, 17, 26.0, False), (self._next, 18, 28.0, True)]
        lines = [line for line in lines if line[0]]
        rest = sum(height for _text, _pixels, height, _bold in lines)
        head = min(84.0, max(36.0, place.height() - rest))
        top = place.center().y() - (head + rest) / 2
        large = QRectF(place.left(), top, place.width(), head)
        _fitted(painter, large, self._word, round(min(54.0, head * 0.72)), ink, Qt.AlignmentFlag.AlignLeft)
        top += head
        for text, pixels, height, bold in lines:
            row = QRectF(place.left(), top, place.width(), height)
            _fitted(painter, row, text, pixels, ink, Qt.AlignmentFlag.AlignLeft, bold=bold)
            top += height


def _fitted(
    painter: QPainter, place: QRectF, text: str, pixels: int, ink: str, align: Qt.AlignmentFlag, *, bold: bool = True
) -> None:
    """Draw ``text`` as large as it fits, at most ``pixels`` high."""
    font: QFont = text_font(bold=bold)
    font.setPixelSize(pixels)
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide > place.width():
        # Width goes with height nearly exactly; steps of two keep the number of sizes, each costly at first, small.
        fitting = int(pixels * place.width() / wide) // 2 * 2
        font.setPixelSize(max(min(pixels, 13), fitting))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | align, shown)


def icon_button(name: str, text: str, *, tone: str = "") -> QPushButton:
    """A push button with an icon in the colour of its text; ``tone`` is primary, danger, quiet or empty."""
    button = QPushButton(text)
    button.setProperty("tone", tone)
    button.setIcon(icon(name, "on_fill" if tone in ("primary", "danger") else "text"))
    return button
