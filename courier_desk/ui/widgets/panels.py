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

_ROOM_FOR_PICTURE = 150
TONE_ICONS = {
    "good": "check-circle",
    "warn": "warning",
    "bad": "x-circle",
    "info": "info",
    "accent": "barcode",
    "muted": "barcode",
}


class _Glyph(QWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.setFixedHeight(48)

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

    def set_icon(self, name: str) -> None:
        """Another picture."""
        self._glyph.name = name
        self._glyph.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._glyph.setVisible(self.height() >= _ROOM_FOR_PICTURE)


class ResultPanel(QWidget):
    """The result of a scan: one full patch of colour, an icon, one large word, where to, and what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._word, self._detail, self._next, self._place = "muted", "", "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)

    def show_result(self, tone: str, word: str, *, detail: str = "", place: str = "", next_step: str = "") -> None:
        """``tone`` good, warn, bad, info or muted (waiting); ``word`` large; ``place`` the gate or bag at the right."""
        self._tone, self._word, self._detail, self._place, self._next = tone, word, detail, place, next_step
        self.setAccessibleName(" ".join(text for text in (word, place, detail, next_step) if text))
        self.update()

    @property
    def tone(self) -> str:
        """The tone shown now."""
        return self._tone

    @property
    def word(self) -> str:
        """The large word shown now."""
        return self._word

    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = tokens()
        waiting = self._tone == "muted"
        fill = now.sunken if waiting else tone_colour(now, self._tone)
        ink = now.muted if waiting else now.on_fill
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), fill=fill, line=now.line if waiting else "", radius=CARD_RADIUS)
        place = QRectF(self.rect()).adjusted(28, 16, -28, -16)
        size = min(96.0, place.height() * 0.5)
        paint_icon(painter, QRectF(place.left(), place.center().y() - size / 2, size, size), self._sign(), ink)
        place.setLeft(place.left() + size + 24)
        if self._place:
            width = min(place.width() * 0.4, 320)
            right = QRectF(place.right() - width, place.top(), width, place.height())
            _fitted(painter, right, self._place, 72, ink, Qt.AlignmentFlag.AlignRight)
            place.setRight(right.left() - 16)
        self._paint_words(painter, place, ink)
        painter.end()

    def _sign(self) -> str:
        return TONE_ICONS.get(self._tone, "info")

    def _paint_words(self, painter: QPainter, place: QRectF, ink: str) -> None:
        notes = [text for text in (self._detail, self._next) if text]
        line = 26.0
        head = min(84.0, place.height() - line * len(notes))
        top = place.center().y() - (head + line * len(notes)) / 2
        large = QRectF(place.left(), top, place.width(), head)
        _fitted(painter, large, self._word, 52, ink, Qt.AlignmentFlag.AlignLeft)
        for number, text in enumerate(notes):
            row = QRectF(place.left(), top + head + line * number, place.width(), line)
            _fitted(painter, row, text, 17, ink, Qt.AlignmentFlag.AlignLeft, bold=False)


def _fitted(
    painter: QPainter, place: QRectF, text: str, pixels: int, ink: str, align: Qt.AlignmentFlag, *, bold: bool = True
) -> None:
    """Draw ``text`` as large as it fits, at most ``pixels`` high."""
    font: QFont = text_font(bold=bold)
    least = min(pixels, 13)
    while True:
        font.setPixelSize(pixels)
        if pixels <= least or QFontMetricsF(font).horizontalAdvance(text) <= place.width():
            break
        pixels -= 1
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
