"""A paper as it will come out, as large as there is room, with a thin edge so that white on white is seen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens


class PaperView(QWidget):
    """Shows one picture, or says why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def picture(self) -> QImage:
        """What is shown now; null for none."""
        return self._picture

    def show_picture(self, png: bytes, name: str) -> None:
        """Show the paper; ``name`` is what it is called."""
        self._picture, self._hint = QImage.fromData(png), ""
        self.setAccessibleName(name)
        self.update()

    def show_hint(self, hint: str) -> None:
        """There is no picture (yet)."""
        self._picture, self._hint = QImage(), hint
        self.setAccessibleName(hint)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 380)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        place = QRectF(self.rect()).adjusted(0, 4, 0, -4)
        if self._picture.isNull():
            painter.setFont(note_font())
            painter.setPen(now.muted)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(place.adjusted(12, 0, -12, 0), flags, self._hint)
            painter.end()
            return
        ratio = self._picture.width() / self._picture.height()
        width = min(place.width() - 2, (place.height() - 2) * ratio)
        paper = QRectF(place.center().x() - width / 2, place.top() + 1, width, width / ratio)
        scale = self.devicePixelRatioF()
        wide, high = round(width * scale), round(width / ratio * scale)
        smooth = self._picture.scaled(
            wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(paper, smooth)
        rounded(painter, paper.adjusted(-1, -1, 1, 1), fill="", line=now.edge, radius=2)
        painter.end()
