"""The top: the box that finds anything, quick actions, the bell with reminders, the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from courier_desk.base.translation import _
from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.icons import icon, paint_icon
from courier_desk.ui.reminders import Reminders
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.labels import paint_key

HEIGHT = 52
_MARGIN, _SPACING, _QUICK_SPACING = 12, 12, 4


class _FlatButton(QAbstractButton):
    """What all buttons of the top share: a key or Enter presses them, a pale ground when touched."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paint_ground(self, painter: QPainter) -> None:
        """The ground under icon and words."""
        now, rect = tokens(), QRectF(self.rect())
        if self.underMouse() or self.isDown():
            rounded(painter, rect, fill=now.hover, line="", radius=6)
        if self.hasFocus():
            rounded(painter, rect, fill="", line=now.accent, width=2, radius=6)


class FindBox(_FlatButton):
    """Looks like the field it opens: the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hint = ""
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(220)
        self.setMaximumWidth(440)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        line = now.accent if self.hasFocus() else (now.muted if self.underMouse() else now.edge)
        rounded(painter, rect, fill=now.field, line=line, width=2 if self.hasFocus() else 1, radius=8)
        paint_icon(painter, QRectF(11, rect.center().y() - 8, 16, 16), "magnifying-glass", now.muted)
        width = max(22, QFontMetrics(note_font()).horizontalAdvance(self.hint) + 12)
        paint_key(painter, QRectF(rect.right() - width - 7, rect.center().y() - 10, width, 20), self.hint)
        painter.setFont(text_font())
        painter.setPen(now.muted)
        place = rect.adjusted(36, 0, -width - 14, 0)
        text = QFontMetrics(text_font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


@dataclass(frozen=True, slots=True)
class Quick:
    """One quick action, ready to show."""

    key: str
    title: str
    icon: str
    hint: str


class QuickButton(_FlatButton):
    """A quick action: icon, word, key."""

    def __init__(self, quick: Quick, parent: QWidget) -> None:
        super().__init__(parent)
        self.quick = quick
        self.setText(quick.title)
        self.setToolTip(f"{quick.title}  {quick.hint}".rstrip())

    def sizeHint(self) -> QSize:
        words = QFontMetrics(text_font()).horizontalAdvance(self.quick.title)
        key = max(24, QFontMetrics(note_font()).horizontalAdvance(self.quick.hint) + 12) if self.quick.hint else 0
        return QSize(34 + words + (key + 8 if key else 0) + 10, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        self.paint_ground(painter)
        paint_icon(painter, QRectF(10, rect.center().y() - 9, 18, 18), self.quick.icon, now.accent)
        painter.setFont(text_font())
        painter.setPen(now.text)
        painter.drawText(rect.adjusted(34, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.quick.title)
        if self.quick.hint:
            width = max(24, QFontMetrics(note_font()).horizontalAdvance(self.quick.hint) + 12)
            paint_key(painter, QRectF(rect.right() - width - 9, rect.center().y() - 10, width, 20), self.quick.hint)
        painter.end()


class BellButton(_FlatButton):
    """The bell with the number of reminders; pressing it lists them."""

    request_chosen = Signal(object)

    def __init__(self, reminders: Reminders, parent: QWidget) -> None:
        super().__init__(parent)
        self._reminders = reminders
        self.setFixedWidth(42)
        reminders.changed.connect(self._refresh)
        self.clicked.connect(self.show_list)
        self._refresh()

    def show_list(self) -> None:
        """Open the list of reminders."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for reminder in self._reminders.open:
            sign = {"bad": "warning-circle", "warn": "warning", "good": "check-circle"}.get(reminder.tone, "info")
            action = menu.addAction(icon(sign, reminder.tone), str(reminder.text))
            action.setData(reminder.request)
            action.setEnabled(reminder.request is not None)
        if not self._reminders.open:
            menu.addAction(_("Nothing to be reminded of")).setEnabled(False)
        menu.triggered.connect(self._on_chosen)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        self.paint_ground(painter)
        count = len(self._reminders.open)
        centre = rect.center()
        paint_icon(painter, QRectF(centre.x() - 10, centre.y() - 10, 20, 20), "bell", now.text if count else now.muted)
        if count:
            patch = QRectF(centre.x() + 1, centre.y() - 14, 17, 16)
            rounded(painter, patch, fill=now.bad, line="", radius=8)
            painter.setFont(note_font())
            painter.setPen(now.on_fill)
            painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, str(count) if count < 10 else "9+")
        painter.end()

    def _refresh(self) -> None:
        self.setAccessibleName(_("Reminders"))
        self.update()

    def _on_chosen(self, action: object) -> None:
        request = getattr(action, "data", lambda: None)()
        if request is not None:
            self.request_chosen.emit(request)


class PersonButton(_FlatButton):
    """Who is at the desk: initial, name and role; pressing it opens the menu the window gives it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._role = "", ""

    def set_person(self, name: str, role: str) -> None:
        """Show this person."""
        self._name, self._role = name, role
        self.setAccessibleName(f"{name}, {role}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(text_font()).horizontalAdvance(self._name)
        role = QFontMetrics(note_font()).horizontalAdvance(self._role)
        return QSize(46 + min(max(words, role), 180) + 26, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        self.paint_ground(painter)
        middle = rect.center().y()
        patch = QRectF(6, middle - 14, 28, 28)
        rounded(painter, patch, fill=now.accent_soft, line="", radius=14)
        painter.setPen(now.accent)
        painter.setFont(text_font(bold=True))
        painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, self._name[:1].upper())
        width = int(rect.width()) - 46 - 22
        painter.setPen(now.text)
        painter.setFont(text_font())
        name = QFontMetrics(text_font()).elidedText(self._name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(42, middle - 18, width, 20), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(now.muted)
        painter.setFont(note_font())
        role = QFontMetrics(note_font()).elidedText(self._role, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(42, middle, width, 17), Qt.AlignmentFlag.AlignVCenter, role)
        paint_icon(painter, QRectF(rect.right() - 20, middle - 6, 12, 12), "caret-down", now.muted)
        painter.end()


class MoreButton(_FlatButton):
    """The quick actions that have no room of their own: pressing it lists them.

    Signals:
        quick_chosen(str): the key of one of them.
    """

    quick_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[Quick, ...] = ()
        self.setFixedWidth(34)
        self.clicked.connect(self.show_list)

    def show_list(self) -> None:
        """Open the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for quick in self.entries:
            menu.addAction(icon(quick.icon, "accent"), f"{quick.title}\t{quick.hint}").setData(quick.key)
        menu.triggered.connect(self._on_chosen)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, centre = QPainter(self), QRectF(self.rect()).center()
        self.paint_ground(painter)
        paint_icon(painter, QRectF(centre.x() - 9, centre.y() - 9, 18, 18), "dots-three", tokens().accent)
        painter.end()

    def _on_chosen(self, action: QAction) -> None:
        self.quick_chosen.emit(action.data())


class TopBar(QWidget):
    """Signals:
    quick_requested(str): the key of a quick action.
    """

    quick_requested = Signal(str)

    def __init__(self, reminders: Reminders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.find_box = FindBox(self)
        self.bell = BellButton(reminders, self)
        self.person = PersonButton(self)
        self.person.setFixedHeight(42)
        self.more = MoreButton(self)
        self.more.quick_chosen.connect(self.quick_requested)
        self._buttons: list[QuickButton] = []
        self._quick = QHBoxLayout()
        self._quick.setSpacing(_QUICK_SPACING)
        self._quick.addWidget(self.more)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self.find_box, 4)
        row.addLayout(self._quick)
        row.addStretch(1)
        row.addWidget(self.bell)
        row.addWidget(self.person)
        self.setFixedHeight(HEIGHT)

    def set_quick(self, entries: Sequence[Quick]) -> None:
        """Show these quick actions, each with its whole word; those without room go into a list."""
        for button in self._buttons:
            self._quick.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [QuickButton(quick, self) for quick in entries]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(self._on_quick)
            self._quick.insertWidget(place, button)
        self.more.setToolTip(_("More functions"))
        self.more.setAccessibleName(_("More functions"))
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Quick actions fold away before the window would have to be wider."""
        return QSize(self._beside_quick() + self.more.width(), HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        room = self.width() - self._beside_quick()
        widths = [button.sizeHint().width() + _QUICK_SPACING for button in self._buttons]
        shown = len(widths)
        if sum(widths) > room:
            room -= self.more.width()
            while shown and sum(widths[:shown]) > room:
                shown -= 1
        for place, button in enumerate(self._buttons):
            button.setVisible(place < shown)
        self.more.entries = tuple(button.quick for button in self._buttons[shown:])
        self.more.setVisible(shown < len(widths))

    def _beside_quick(self) -> int:
        """The narrowest that all the rest can be."""
        rest = (self.find_box.minimumWidth(), self.bell.width(), self.person.sizeHint().width())
        return sum(rest) + 2 * _MARGIN + 3 * _SPACING

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().raised)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens().line)
        painter.end()

    def _on_quick(self) -> None:
        button = self.sender()
        if isinstance(button, QuickButton):
            self.quick_requested.emit(button.quick.key)
