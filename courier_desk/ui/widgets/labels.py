"""Labels with a meaning: tones, titles of sections, keys beside names, chips of state."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font, text_font, title_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import set_tone, tokens
from courier_desk.ui.tokens import soft_colour, tone_colour


class Note(QLabel):
    """Small, quiet text; a tone can be given."""

    def __init__(self, parent: QWidget | None = None, *, tone: str = "muted") -> None:
        super().__init__(parent)
        self.setFont(note_font())
        set_tone(self, tone)


class Title(QLabel):
    """The title of a page or panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(title_font())


class SectionTitle(QWidget):
    """The head of a part of a form: its name, a note at the right, a thin line to the edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setFont(text_font(bold=True))
        self._note = Note(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(_Line(self), 1)
        row.addWidget(self._note)
        self._note.hide()

    def setText(self, text: str) -> None:
        """The name of the part."""
        self._label.setText(text)

    def set_note(self, text: str) -> None:
        """What stands at the right, such as a count or a key; empty for nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().line)
        painter.end()


class Card(QFrame):
    """A raised, rounded part of a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)


class Chip(QWidget):
    """A small patch with icon and word: a state, never by colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = "", "muted", ""
        self._height = 22
        self.setFont(note_font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def enlarge(self) -> None:
        """The one state that a page is about."""
        self._height = 32
        self.setFont(text_font(points=12, bold=True))
        self.updateGeometry()

    def set(self, text: str, tone: str = "muted", icon: str = "") -> None:
        """Say something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self._text)
        side = self._height - 8
        return QSize(width + 8 + self._height - 14 + (side + 4 if self._icon else 0), self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        now = tokens()
        colour = tone_colour(now, self._tone)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), fill=soft_colour(now, self._tone), line="", radius=self.height() / 2)
        place = QRectF(self.rect()).adjusted(self._height / 2 - 3, 0, -4, 0)
        if self._icon:
            side = self._height - 8
            paint_icon(painter, QRectF(place.left(), place.center().y() - side / 2, side, side), self._icon, colour)
            place.setLeft(place.left() + side + 4)
        painter.setPen(colour)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
        painter.end()


class KeyHint(QWidget):
    """A key as it stands beside the name of an act."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFont(note_font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def setText(self, text: str) -> None:
        """The key; empty hides the hint."""
        self._text = text
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The key."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(max(22, QFontMetrics(self.font()).horizontalAdvance(self._text) + 12), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_key(painter, QRectF(self.rect()), self._text)
        painter.end()


def paint_key(painter: QPainter, rect: QRectF, text: str) -> None:
    """Draw ``text`` as a key cap into ``rect``."""
    now = tokens()
    rounded(painter, rect, fill=now.stripe, line=now.line, radius=4)
    painter.setFont(note_font())
    painter.setPen(now.muted)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
