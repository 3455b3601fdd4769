"""A field that suggests while one types; suggestions come from a lane and are chosen by keys alone."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from courier_desk.ui.style_frames import rounded
from courier_desk.ui.tasks import DB, Task, TaskRunner
from courier_desk.ui.theme import tokens
from courier_desk.ui.widgets.suggestion_list import Suggestion, SuggestionList

Source = Callable[[str], Sequence[Suggestion]]
_WAIT_MS = 40
_MOST_ROWS = 8
_LIST_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """Down and Up move through the suggestions, Enter takes one, Esc puts them away and keeps the text.

    Signals:
        chosen(Suggestion): a suggestion was taken; the text is left to whoever listens.
        failed(object): the source raised this error.
    """

    chosen = Signal(object)
    failed = Signal(object)

    list_width = 320
    """The least width of the list, in pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: TaskRunner | None = None
        self._source: Source | None = None
        self._least = 1
        self._choose_first = False
        self._task: Task | None = None
        self._popup: _Popup | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._on_edited)

    def set_source(self, tasks: TaskRunner, source: Source, *, least: int = 1, choose_first: bool = False) -> None:
        """Suggestions for at least ``least`` characters; ``source`` runs on the db lane. With ``choose_first`` Enter
        takes the first one without a Down before it."""
        self._tasks, self._source, self._least, self._choose_first = tasks, source, least, choose_first

    def suggest(self, rows: Sequence[Suggestion]) -> None:
        """Show ``rows`` under the field; none puts the list away."""
        if not rows or not self.hasFocus():
            self.put_away()
            return
        popup = self._open_popup()
        popup.least_width = self.list_width
        popup.list.set_rows(rows, choose_first=self._choose_first)
        popup.place_under(self)
        self.setProperty("popup_open", True)

    def put_away(self) -> None:
        """Close the list; the text stays."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._popup is not None:
            self._popup.hide()
        self.setProperty("popup_open", False)

    @property
    def open(self) -> bool:
        """True while suggestions are shown."""
        return self._popup is not None and self._popup.isVisible()

    def event(self, event: QEvent) -> bool:
        """While the list is open its keys are its own, whatever shortcut they may be elsewhere."""
        mine = isinstance(event, QKeyEvent) and event.key() in _LIST_KEYS
        if mine and self.open and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.open and self._popup is not None and self._on_list_key(event.key(), self._popup.list):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down and not self.open:
            self._ask()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.put_away()

    def _on_list_key(self, key: int, rows: SuggestionList) -> bool:
        if key == Qt.Key.Key_Down:
            rows.step(1)
        elif key == Qt.Key.Key_Up:
            rows.step(-1)
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return rows.take_current()
        else:
            return False
        return True

    def _on_edited(self, text: str) -> None:
        if self._source is None:
            return
        if len(text.strip()) < self._least:
            self.put_away()
        else:
            self._timer.start()

    def _ask(self) -> None:
        text = self.text().strip()
        if self._tasks is None or self._source is None or len(text) < self._least:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self._tasks.run(DB, partial(self._source, text), self, self.suggest, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.put_away()
        self.failed.emit(error)

    def _on_chosen(self, row: Suggestion) -> None:
        self.put_away()
        self.chosen.emit(row)

    def _open_popup(self) -> "_Popup":
        if self._popup is None or self._popup.parent() is not self.window():
            self._popup = _Popup(self.window())
            self._popup.list.chosen.connect(self._on_chosen)
            self.destroyed.connect(self._popup.deleteLater)
        return self._popup


class _Popup(QWidget):
    """Lies inside the window of its field, so that neither the focus nor an input method ever leaves the field."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.list = SuggestionList(self)
        self.least_width = 320
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 6, 2, 6)
        column.addWidget(self.list)
        window.installEventFilter(self)

    def place_under(self, field: QWidget) -> None:
        """Beneath ``field``, or above it where there is no room."""
        window = field.window()
        corner = field.mapTo(window, QPoint(0, field.height() + 2))
        height = self.list.height_for(_MOST_ROWS) + 12
        width = min(max(field.width(), self.least_width), window.width() - 8)
        if corner.y() + height > window.height():
            corner.setY(max(0, corner.y() - field.height() - 4 - height))
        corner.setX(max(4, min(corner.x(), window.width() - width - 4)))
        self.setGeometry(corner.x(), corner.y(), width, height)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), fill=tokens().raised, line=tokens().edge, radius=7)
        painter.end()
