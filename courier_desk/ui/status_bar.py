"""The bottom: what the desk depends on, each with icon and word; coloured only when something wants attention."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from courier_desk.base.translation import Message
from courier_desk.ui.fonts import note_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.tokens import soft_colour, tone_colour

HEIGHT = 30
_LEFT = ("printer", "scanner", "scale", "network", "sync", "stock")
_RIGHT = ("station", "day", "clock")


@dataclass(frozen=True, slots=True)
class Status:
    """What one item says. ``tone`` muted is as it should be; good, warn, bad and info stand on a patch."""

    text: Message
    icon: str
    tone: str = "muted"
    tip: Message | None = None


class StatusItem(QAbstractButton):
    """One item; pressing it leads to where it can be mended."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.status: Status | None = None
        self.setFont(note_font())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_status(self, status: Status | None) -> None:
        """Say ``status``, None for nothing."""
        self.status = status
        self.setVisible(status is not None)
        self.refresh()

    def refresh(self) -> None:
        """The same in the language in use."""
        if self.status is not None:
            self.setText(str(self.status.text))
            self.setToolTip(plain_tip(str(self.status.tip)) if self.status.tip else "")
            self.setAccessibleName(self.text())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 36, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.status is None:
            return
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        tone = self.status.tone
        if tone != "muted":
            rounded(painter, rect, fill=soft_colour(now, tone), line="", radius=5)
        elif self.underMouse():
            rounded(painter, rect, fill=now.hover, line="", radius=5)
        colour = tone_colour(now, tone)
        paint_icon(painter, QRectF(8, rect.center().y() - 7, 14, 14), self.status.icon, colour)
        painter.setPen(colour)
        painter.drawText(rect.adjusted(27, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class StatusStrip(QWidget):
    """Signals:
    pressed(str): the name of an item (printer, scanner, scale, network, sync, stock, station, day, clock).
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = {name: StatusItem(name, self) for name in (*_LEFT, *_RIGHT)}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 0)
        row.setSpacing(2)
        for name in _LEFT:
            row.addWidget(self._items[name])
        row.addStretch(1)
        for name in _RIGHT:
            row.addWidget(self._items[name])
        for item in self._items.values():
            item.clicked.connect(self._on_clicked)
        self.setFixedHeight(HEIGHT)

    def show_status(self, name: str, status: Status | None) -> None:
        """Let the item ``name`` say ``status``. Errors: KeyError for a name that is none."""
        self._items[name].show_status(status)

    def status(self, name: str) -> Status | None:
        """What the item says now."""
        return self._items[name].status

    def retranslate(self) -> None:
        """The language changed."""
        for item in self._items.values():
            item.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().sunken)
        painter.fillRect(0, 0, self.width(), 1, tokens().line)
        painter.end()

    def _on_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, StatusItem):
            self.pressed.emit(item.name)
