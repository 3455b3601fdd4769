"""The printers of the desk side by side: name, how the queue stands and why, which paper goes there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.tokens import CARD_RADIUS, soft_colour, tone_colour

_HEIGHT = 92
_WIDTH = 300
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class PrinterFace:
    """One printer as it is shown. ``papers`` says what goes there, ``why`` what holds it."""

    name: str
    title: str
    word: str
    tone: str
    icon: str
    papers: str
    why: str = ""
    waiting: str = ""


class PrinterCard(QAbstractButton):
    """Chosen by click or arrow keys; Enter asks for its settings."""

    opened = Signal()

    def __init__(self, face: PrinterFace, parent: QWidget) -> None:
        super().__init__(parent)
        self.face = face
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(420)
        self.show_face(face)

    def show_face(self, face: PrinterFace) -> None:
        """Say something else."""
        self.face = face
        said = " · ".join(part for part in (face.title, face.word, face.why, face.papers, face.waiting) if part)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, face = tokens(), QPainter(self), self.face
        rect = QRectF(self.rect())
        line = now.accent if self.isChecked() else now.edge if self.underMouse() else now.line
        fill = now.accent_soft if self.isChecked() and self.hasFocus() else now.raised
        rounded(painter, rect, fill=fill, line=line, radius=CARD_RADIUS, width=2 if self.isChecked() else 1)
        patch = QRectF(14, 14, 36, 36)
        rounded(painter, patch, fill=soft_colour(now, face.tone), line="", radius=9)
        paint_icon(painter, patch.adjusted(9, 9, -9, -9), "printer", tone_colour(now, face.tone))
        place = rect.adjusted(62, 8, -14, -6)
        self._paint_head(painter, place)
        self._paint_notes(painter, place.adjusted(0, 24, 0, 0))
        painter.end()

    def _paint_head(self, painter: QPainter, place: QRectF) -> None:
        now, face = tokens(), self.face
        row = QRectF(place.left(), place.top(), place.width(), 24)
        word_width = QFontMetricsF(note_font()).horizontalAdvance(face.word) + 18
        painter.setFont(note_font())
        painter.setPen(tone_colour(now, face.tone))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(row, right, face.word)
        sign = QRectF(row.right() - word_width, row.center().y() - 7, 14, 14)
        paint_icon(painter, sign, face.icon, tone_colour(now, face.tone))
        painter.setFont(text_font(bold=True))
        painter.setPen(now.text)
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(face.title, Qt.TextElideMode.ElideRight, row.width() - word_width - 12)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_notes(self, painter: QPainter, place: QRectF) -> None:
        now, face, metrics = tokens(), self.face, QFontMetricsF(note_font())
        painter.setFont(note_font())
        rows = [(face.papers, now.muted)] if face.papers else []
        if face.why:
            rows = [*((line, tone_colour(now, face.tone)) for line in _two_lines(face.why, place.width())), *rows]
        elif face.waiting:
            rows.append((face.waiting, now.muted))
        for number, (text, ink) in enumerate(rows[:3]):
            painter.setPen(ink)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            row = QRectF(place.left(), place.top() + 18 * number, place.width(), 18)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _two_lines(text: str, width: float) -> list[str]:
    layout = QTextLayout(text, note_font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    cut = line.textLength()
    layout.endLayout()
    return [part for part in (text[:cut].strip(), text[cut:].strip()) if part]


class PrinterStrip(QScrollArea):
    """Signals:
    chosen(str): another printer is chosen, by its name.
    opened(str): Enter or a double click on a printer.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(_HEIGHT + 12)
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addStretch(1)
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._on_toggled)
        self._cards: dict[str, PrinterCard] = {}
        self.setWidget(self._inside)

    @property
    def cards(self) -> tuple[PrinterCard, ...]:
        """The printers in their order."""
        return tuple(self._cards.values())

    @property
    def current(self) -> str:
        """The name of the chosen printer, empty for none."""
        card = self._group.checkedButton()
        return card.face.name if isinstance(card, PrinterCard) else ""

    def show_printers(self, faces: Sequence[PrinterFace]) -> None:
        """Show these; the chosen one stays chosen if it is still there."""
        if [face.name for face in faces] == list(self._cards):
            for face in faces:
                self._cards[face.name].show_face(face)
            return
        kept, focused = self.current, any(card.hasFocus() for card in self.cards)
        for card in self.cards:
            self._group.removeButton(card)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {face.name: self._card(face) for face in faces}
        for place, card in enumerate(self.cards):
            self._row.insertWidget(place, card, 1)
        target = self._cards.get(kept) or next(iter(self.cards), None)
        if target is not None:
            target.setChecked(True)
            if focused:
                target.setFocus()

    def focus_current(self) -> None:
        """Go to the chosen printer."""
        if self.current:
            self._cards[self.current].setFocus()

    def _card(self, face: PrinterFace) -> PrinterCard:
        card = PrinterCard(face, self._inside)
        card.opened.connect(self._on_opened)
        self._group.addButton(card)
        return card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = list(self._cards)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self.current not in names:
            super().keyPressEvent(event)
            return
        self._cards[names[(names.index(self.current) + step) % len(names)]].setFocus()

    def _on_toggled(self, card: QAbstractButton, checked: bool) -> None:
        if checked and isinstance(card, PrinterCard):
            self.ensureWidgetVisible(card)
            self.chosen.emit(card.face.name)

    def _on_opened(self) -> None:
        card = self.sender()
        if isinstance(card, PrinterCard):
            self.opened.emit(card.face.name)
