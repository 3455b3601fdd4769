"""A tile with one number that counts, and a tile that starts something."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import CARD_RADIUS, soft_colour, tone_colour
from courier_desk.ui.widgets.labels import paint_key

# Narrower tiles keep their whole words: the picture goes into the corner, margins become smaller.
_ROOM_BESIDE_PICTURE, _ROOM_FOR_MARGINS = 224, 150


class StatTile(QAbstractButton):
    """A large number, what it counts, an icon in its tone; pressing it leads to what was counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._icon, self._tone = "–", "circle", "accent"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(84)

    def show_count(self, number: str, caption: str, icon: str, tone: str = "accent") -> None:
        """Say ``number`` of what ``caption`` names."""
        self._number, self._icon, self._tone = number, icon, tone
        self.setText(caption)
        self.setAccessibleName(f"{number} {caption}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        line = now.accent if self.hasFocus() else now.edge if self.underMouse() else now.line
        rounded(painter, rect, fill=now.raised, line=line, radius=CARD_RADIUS, width=2 if self.hasFocus() else 1)
        wide = rect.width() >= _ROOM_BESIDE_PICTURE
        left, side = (76, 44) if wide else (16, 30)
        patch = QRectF(16 if wide else rect.right() - 12 - side, rect.center().y() - (22 if wide else 28), side, side)
        rounded(painter, patch, fill=soft_colour(now, self._tone), line="", radius=10 if wide else 7)
        inset = side / 4
        paint_icon(painter, patch.adjusted(inset, inset, -inset, -inset), self._icon, tone_colour(now, self._tone))
        width = int(rect.width()) - left - 12
        painter.setPen(now.text)
        painter.setFont(text_font(points=18, bold=True))
        painter.drawText(QRectF(left, rect.center().y() - 30, width, 34), Qt.AlignmentFlag.AlignVCenter, self._number)
        painter.setPen(now.muted)
        painter.setFont(note_font())
        caption = QFontMetrics(note_font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, rect.center().y() + 5, width, 20), Qt.AlignmentFlag.AlignVCenter, caption)
        painter.end()


class StartTile(QAbstractButton):
    """A function as a tile: icon, name, key."""

    def __init__(self, page: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self._icon, self._hint = icon, ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(44)

    def set_texts(self, title: str, hint: str) -> None:
        """Its name and its key."""
        self._hint = hint
        self.setText(title)
        self.setToolTip(f"{title}  {hint}".rstrip())
        self.setAccessibleName(title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        fill = now.hover if self.underMouse() or self.isDown() else now.stripe
        line = now.accent if self.hasFocus() else now.line
        rounded(painter, rect, fill=fill, line=line, radius=7, width=2 if self.hasFocus() else 1)
        margin = 14 if rect.width() >= _ROOM_FOR_MARGINS else 9
        paint_icon(painter, QRectF(margin, rect.center().y() - 10, 20, 20), self._icon, now.accent)
        place = rect.adjusted(2 * margin + 18, 0, 2 - margin, 0)
        width = max(24, QFontMetrics(note_font()).horizontalAdvance(self._hint) + 12)
        # Where both do not fit the name goes first; the key stays in the tool tip.
        if self._hint and QFontMetrics(text_font()).horizontalAdvance(self.text()) + width + 8 <= place.width():
            paint_key(painter, QRectF(place.right() - width, place.center().y() - 10, width, 20), self._hint)
            place.setRight(place.right() - width - 8)
        painter.setFont(text_font())
        painter.setPen(now.text)
        title = QFontMetrics(text_font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
        painter.end()
