"""Where the main window stands: as it was left, else in a size that the screen has room for."""

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QWidget

_KEPT = "main_window/geometry"
_SIZE = QSize(1280, 800)
# What a title bar and a border take, before the window system has told: on 1280 x 800 the status bar is seen whole.
_FRAME = QSize(16, 48)


def place(window: QWidget) -> None:
    """Where the main window was, so that nothing jumps after the log-in."""
    kept = QSettings().value(_KEPT)
    if not (isinstance(kept, QByteArray) and window.restoreGeometry(kept)):
        room = window.screen().availableGeometry()
        window.resize(_SIZE.boundedTo(room.size() - _FRAME))
        frame = window.frameGeometry().size().expandedTo(window.size() + _FRAME)
        window.move(room.x() + (room.width() - frame.width()) // 2, room.y() + (room.height() - frame.height()) // 2)


def keep_place(window: QWidget) -> None:
    """For the next start."""
    QSettings().setValue(_KEPT, window.saveGeometry())
