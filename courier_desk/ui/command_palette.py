"""Ctrl+K: functions, waybills and customers by a few characters, chosen without the mouse."""

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from courier_desk.base.translation import _
from courier_desk.ui.fonts import text_font
from courier_desk.ui.icons import icon
from courier_desk.ui.spelling import sounds_like
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.tasks import DB, Task, TaskRunner
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.labels import Note
from courier_desk.ui.widgets.suggestion_list import Suggestion, SuggestionList

Functions = Callable[[], Sequence[Suggestion]]
Search = Callable[[str], Sequence[Suggestion]]
_WAIT_MS = 50
_LEAST = 2
_WIDTH = 640
_MOST_ROWS = 11


class CommandPalette(QWidget):
    """Lies over the whole window, so that a click beside it puts it away.

    ``functions`` gives all functions at once; ``search`` runs on the db lane and gives waybills and customers.

    Signals:
        chosen(Suggestion): what was taken.
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget, tasks: TaskRunner, functions: Functions, search: Search) -> None:
        super().__init__(window)
        self._tasks, self._functions, self._search = tasks, functions, search
        self._task: Task | None = None
        self._found: Sequence[Suggestion] = ()
        self._before: QWidget | None = None
        self.edit = QLineEdit()
        self.edit.setFrame(False)
        self.edit.setFont(text_font(points=12))
        self.edit.addAction(icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = SuggestionList()
        self._help = Note()
        self._nothing = QLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._panel = _Panel(self)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.edit.textEdited.connect(self._on_edited)
        self.list.chosen.connect(self._on_chosen)
        self.edit.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show the palette, perhaps with something typed already."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.edit.setPlaceholderText(_("Function, waybill, telephone, name, address …"))
        self._help.setText(_("↑↓ choose   Enter open   Esc back"))
        self._found = ()
        self.edit.setText(text)
        self._show_rows()
        if text:
            self._timer.start()
        self.setGeometry(self.window().rect())
        self._place_panel()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Back to where the focus was."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
        self.hide()
        before, self._before = self._before, None
        # The page that had the focus may have been closed meanwhile.
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self.setGeometry(self.window().rect())
            self._place_panel()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.put_away()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = QColor(tokens().shade)
        shade.setAlpha(70 if tokens().name == "light" else 130)
        painter.fillRect(self.rect(), shade)
        painter.end()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 4, 14, 8)
        foot.addWidget(self._help)
        foot.addStretch(1)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(1, 8, 1, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 0)
        head.addWidget(self.edit)
        self.edit.setFixedHeight(36)
        column.addLayout(head)
        column.addWidget(_Rule())
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1)
        column.addLayout(foot)

    def _place_panel(self) -> None:
        height = min(self.height() - 120, 36 + 8 + 40 + max(2, _MOST_ROWS) * 34)
        width = min(_WIDTH, self.width() - 40)
        self._panel.setGeometry((self.width() - width) // 2, 72, width, height)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.take_current()
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _on_edited(self, text: str) -> None:
        self._found = ()
        self._show_rows()
        if len(text.strip()) >= _LEAST:
            self._timer.start()
        else:
            self._timer.stop()

    def _ask(self) -> None:
        text = self.edit.text().strip()
        if len(text) < _LEAST:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self._tasks.run(DB, partial(self._search, text), self, self._on_found, self._on_failed)

    def _on_found(self, rows: Sequence[Suggestion]) -> None:
        self._found = rows
        self._show_rows()

    def _on_failed(self, error: Exception) -> None:
        self._found = ()
        self._nothing.setText(str(error))

    def _show_rows(self) -> None:
        wanted = self.edit.text().strip().casefold()
        functions = [row for row in self._functions() if _fits(row, wanted)]
        rows: list[Suggestion] = []
        if self._found:
            rows += [Suggestion(_("Parcels and customers"), head=True), *self._found]
        if functions:
            rows += [Suggestion(_("Functions"), head=True), *functions]
        self.list.set_rows(rows)
        self._nothing.setText(_("Nothing found"))
        self._nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))

    def _on_chosen(self, row: Suggestion) -> None:
        self.put_away()
        self.chosen.emit(row)


class _Panel(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), fill=tokens().raised, line=tokens().edge, radius=10)
        painter.end()


class _Rule(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().line)
        painter.end()


def _fits(row: Suggestion, wanted: str) -> bool:
    """True when all parts of what was typed stand in the name, the note or the key, or sound like the name."""
    text = f"{row.title} {row.note} {row.key}".casefold()
    return all(part in text or sounds_like(row.title, part) for part in wanted.split())
