"""The functions at the left: icon, name and key, in groups; folds to icons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.brand import paint_mark
from courier_desk.ui.widgets.labels import paint_key

WIDE = 216
NARROW = 60
_ROW = 36
_HEAD = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One function, ready to show."""

    key: str
    title: str
    icon: str
    hint: str
    group: str


class _Folds(Protocol):
    """A part that is narrower when folded."""

    folded: bool

    def update(self) -> None: ...


class NavButton(QAbstractButton):
    """One function. Up and Down go to its neighbours."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.folded = False
        self.setCheckable(True)
        self.setFixedHeight(_ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_entry(entry)

    def show_entry(self, entry: Entry) -> None:
        """The same function in another language or with another key."""
        self.entry = entry
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setToolTip(f"{entry.title}  {entry.hint}".rstrip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextPrevChild(True)
        elif event.key() == Qt.Key.Key_Up:
            self.focusNextPrevChild(False)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        rect = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        chosen, hovered = self.isChecked(), self.underMouse()
        if chosen or hovered:
            rounded(painter, rect, fill=now.accent_soft if chosen else now.line, line="", radius=6)
        if self.hasFocus():
            rounded(painter, rect, fill="", line=now.accent, width=2, radius=6)
        colour = now.accent if chosen else now.text
        middle = rect.center().y()
        left = rect.center().x() - 10 if self.folded else rect.left() + 12
        name = self.entry.icon if not chosen else f"{self.entry.icon}-fill"
        paint_icon(painter, QRectF(left, middle - 10, 20, 20), name, colour if chosen else now.muted)
        if not self.folded:
            self._paint_words(painter, rect, colour)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF, colour: str) -> None:
        place = rect.adjusted(44, 0, -10, 0)
        if self.entry.hint:
            width = QFontMetrics(note_font()).horizontalAdvance(self.entry.hint) + 12
            width = max(24, width)
            paint_key(painter, QRectF(place.right() - width, place.center().y() - 10, width, 20), self.entry.hint)
            place.setRight(place.right() - width - 6)
        font = text_font(bold=self.isChecked())
        painter.setFont(font)
        painter.setPen(colour)
        text = QFontMetrics(font).elidedText(self.entry.title, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class _Caption(QWidget):
    """The name of a group; a line when folded."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.folded = False
        self.setFixedHeight(_HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.folded:
            painter.fillRect(18, self.height() // 2, self.width() - 36, 1, tokens().edge)
        else:
            painter.setFont(note_font())
            painter.setPen(tokens().muted)
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(self.rect()).adjusted(20, 0, -8, -5), flags, self.text)
        painter.end()


class _Brand(QWidget):
    """The mark, the name of the program, and the name of the station."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.station = ""
        self.folded = False
        self.setFixedHeight(56)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        paint_mark(painter, QRectF(16 if not self.folded else (self.width() - 28) / 2, 14, 28, 28))
        if not self.folded:
            painter.setPen(now.text)
            painter.setFont(text_font(bold=True))
            width = self.width() - 62
            top = 10 if self.station else 18
            painter.drawText(QRectF(54, top, width, 20), Qt.AlignmentFlag.AlignVCenter, "Courier Desk")
            painter.setFont(note_font())
            painter.setPen(now.muted)
            station = QFontMetrics(note_font()).elidedText(self.station, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(54, 29, width, 18), Qt.AlignmentFlag.AlignVCenter, station)
        painter.end()


class _FoldButton(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.folded = False
        self.setFixedHeight(_ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        rect = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if self.underMouse() or self.hasFocus():
            rounded(painter, rect, fill=now.line, line=now.accent if self.hasFocus() else "", radius=6)
        left = rect.center().x() if self.folded else rect.left() + 22
        name = "caret-double-right" if self.folded else "caret-double-left"
        centre = QPointF(left, rect.center().y())
        paint_icon(painter, QRectF(centre.x() - 8, centre.y() - 8, 16, 16), name, now.muted)
        if not self.folded:
            painter.setFont(note_font())
            painter.setPen(now.muted)
            painter.drawText(rect.adjusted(44, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class Sidebar(QWidget):
    """All functions the person may use.

    Signals:
        requested(str): the key of a function.
        folded_changed(bool): folded to icons, or not.
    """

    requested = Signal(str)
    folded_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, NavButton] = {}
        self._captions: list[_Caption] = []
        self._folded = False
        self._brand = _Brand(self)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        # A scroll area gives its widget a ground of its own; here the one of the sidebar shows through.
        scroll.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self._fold = _FoldButton(self)
        self._fold.clicked.connect(self.toggle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 6)
        outer.setSpacing(0)
        outer.addWidget(self._brand)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._fold)
        self.setFixedWidth(WIDE)

    def set_entries(self, entries: Sequence[Entry], fold_text: str) -> None:
        """Show these functions, a caption before each new group."""
        if [entry.key for entry in entries] == list(self._buttons):
            for entry in entries:
                self._buttons[entry.key].show_entry(entry)
            self._rename_groups(entries)
        else:
            self._build(entries)
        self._fold.setText(fold_text)
        self._fold.setToolTip(fold_text)
        self._show_folding()

    def set_station(self, name: str) -> None:
        """The name under the program's."""
        self._brand.station = name
        self._brand.update()

    def set_current(self, key: str) -> None:
        """Mark the function of the page in front; an unknown key marks none."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    @property
    def folded(self) -> bool:
        """True when only icons are shown."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Fold to icons, or unfold."""
        if folded != self._folded:
            self._folded = folded
            self._show_folding()
            self.folded_changed.emit(folded)

    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_folded(not self._folded)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().sunken)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), tokens().line)
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self._folded else WIDE, 400)

    def _build(self, entries: Sequence[Entry]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._buttons.clear()
        self._captions.clear()
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self._captions.append(_Caption(group, self._inner))
                self._column.addWidget(self._captions[-1])
            button = NavButton(entry, self._inner)
            button.clicked.connect(self._on_clicked)
            self._buttons[entry.key] = button
            self._column.addWidget(button)
        self._column.addStretch(1)

    def _rename_groups(self, entries: Sequence[Entry]) -> None:
        names = list(dict.fromkeys(entry.group for entry in entries))
        for caption, name in zip(self._captions, names, strict=True):
            caption.text = name
            caption.update()

    def _show_folding(self) -> None:
        self.setFixedWidth(NARROW if self._folded else WIDE)
        parts: tuple[_Folds, ...] = (self._brand, self._fold, *self._captions, *self._buttons.values())
        for part in parts:
            part.folded = self._folded
            part.update()

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, NavButton):
            button.setChecked(not button.isChecked())
            self.requested.emit(button.entry.key)
