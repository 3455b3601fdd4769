"""How the window shows what the Notifier says: a line over the page, banners, entries at the edge, the crash page."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from courier_desk.base.translation import _
from courier_desk.ui.icons import icon, paint_icon
from courier_desk.ui.notify import Defect, Notice
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import soft_colour, tone_colour
from courier_desk.ui.widgets.cover import Cover
from courier_desk.ui.widgets.labels import Title

_SIGNS = {"good": "check-circle", "warn": "warning", "bad": "warning-circle", "info": "info"}
_ENTRY_MS = 8000
# What only informs goes by itself; what is wrong stays.
_PASSING = ("info", "good")
_PASSES_MS = 8000
_JUST_NOW_MS = 1500
_MOST_ENTRIES = 4


class NoticeStrip(QWidget):
    """One notice: a patch in its tone with an icon, the text, perhaps a button, and a cross.

    Signals:
        gone(): it was put away, acted upon, or its time is over.
    """

    gone = Signal()

    def __init__(self, notice: Notice, parent: QWidget, *, card: bool = False, act_hint: str = "") -> None:
        super().__init__(parent)
        self.notice = notice
        self._card = card
        self._act_hint = act_hint
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._button = QPushButton(self)
        self._button.setVisible(notice.act is not None)
        self._button.clicked.connect(self.act)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross = QToolButton(self)
        cross.setIcon(icon("x", "muted"))
        cross.setAutoRaise(True)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(self.put_away)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(44, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        row.addWidget(cross)
        self.setMinimumHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        self._label.setText(str(self.notice.text))
        self.setAccessibleName(self._label.text())
        if self.notice.act_label is not None:
            key = f"  {self._act_hint}" if self._act_hint else ""
            self._button.setText(f"{self.notice.act_label}{key}")

    def height_in(self, width: int) -> int:
        """The height that the text needs in ``width``."""
        return max(52, self._row.totalHeightForWidth(width))

    def act(self) -> None:
        """Undo or try again, as the notice offers."""
        act: Callable[[], object] | None = self.notice.act
        self.gone.emit()
        if act is not None:
            act()

    def put_away(self) -> None:
        """Away with it."""
        self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, rect = tokens(), QPainter(self), QRectF(self.rect())
        colour = tone_colour(now, self.notice.tone)
        if self._card:
            rounded(painter, rect, fill=now.raised, line=now.edge, radius=8)
            rounded(painter, QRectF(6, 8, 3, rect.height() - 16), fill=colour, line="", radius=1.5)
        else:
            painter.fillRect(self.rect(), soft_colour(now, self.notice.tone))
            painter.fillRect(0, self.height() - 1, self.width(), 1, now.line)
        paint_icon(painter, QRectF(16, rect.center().y() - 9, 18, 18), _SIGNS[self.notice.tone], colour)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class MessageArea(QWidget):
    """Over the tabs: banners of the surroundings first, then the one line of the message bar."""

    def __init__(self, retry_hint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._retry_hint = retry_hint
        self._banners: dict[str, NoticeStrip] = {}
        self._line: NoticeStrip | None = None
        self._said = QElapsedTimer()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def line(self) -> Notice | None:
        """What the message bar says."""
        return self._line.notice if self._line else None

    @property
    def banners(self) -> tuple[Notice, ...]:
        """The faults that are open."""
        return tuple(strip.notice for strip in self._banners.values())

    def show_line(self, notice: Notice) -> None:
        """Say it in the message bar."""
        self.clear_line()
        self._line = NoticeStrip(notice, self)
        self._line.gone.connect(self.clear_line)
        self._column.addWidget(self._line)
        self._said.start()
        if notice.tone in _PASSING and notice.act is None:
            QTimer.singleShot(_PASSES_MS, self._line, self.clear_line)

    def clear_line(self) -> None:
        """Nothing in the message bar."""
        if self._line is not None:
            self._take(self._line)
            self._line = None

    def clear_old_line(self, _front: str = "") -> None:
        """Another page came to the front: what was said about the one before goes, unless it was said just now."""
        if self._line is not None and self._said.elapsed() > _JUST_NOW_MS:
            self.clear_line()

    def show_banner(self, notice: Notice) -> None:
        """Show a fault; the same fault is shown once, with the latest retry."""
        self.withdraw(notice.text.text)
        strip = NoticeStrip(notice, self, act_hint=self._retry_hint())
        strip.gone.connect(self._on_banner_gone)
        self._banners[notice.text.text] = strip
        self._column.insertWidget(len(self._banners) - 1, strip)

    def withdraw(self, text: str) -> None:
        """The fault is over; so is a line that says the same."""
        strip = self._banners.pop(text, None)
        if strip is not None:
            self._take(strip)
        if self._line is not None and self._line.notice.text.text == text:
            self.clear_line()

    def retry_all(self) -> None:
        """Try again whatever can be tried again."""
        for strip in tuple(self._banners.values()):
            if strip.notice.act is not None:
                strip.act()

    def _on_banner_gone(self) -> None:
        strip = self.sender()
        if isinstance(strip, NoticeStrip):
            self.withdraw(strip.notice.text.text)

    def _take(self, strip: NoticeStrip) -> None:
        self._column.removeWidget(strip)
        strip.hide()
        strip.deleteLater()


class EntryStack(QWidget):
    """At the lower right edge: entries that go by themselves, each perhaps with an undo."""

    def __init__(self, window: QWidget, bottom: int) -> None:
        super().__init__(window)
        self._bottom = bottom
        self._strips: list[NoticeStrip] = []
        window.installEventFilter(self)
        self.hide()

    @property
    def entries(self) -> tuple[Notice, ...]:
        """What is shown, oldest first."""
        return tuple(strip.notice for strip in self._strips)

    def add(self, notice: Notice) -> None:
        """One more entry for some seconds."""
        strip = NoticeStrip(notice, self, card=True)
        strip.gone.connect(self._on_gone)
        self._strips.append(strip)
        timer = QTimer(strip)
        timer.setSingleShot(True)
        timer.timeout.connect(strip.put_away)
        timer.start(_ENTRY_MS)
        while len(self._strips) > _MOST_ENTRIES:
            self._drop(self._strips[0])
        self._arrange()

    def undo_last(self) -> None:
        """Take back the latest thing that can be."""
        for strip in reversed(self._strips):
            if strip.notice.act is not None:
                strip.act()
                return

    def clear(self) -> None:
        """No entries."""
        for strip in tuple(self._strips):
            self._drop(strip)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._arrange()
        return super().eventFilter(watched, event)

    def _on_gone(self) -> None:
        strip = self.sender()
        if isinstance(strip, NoticeStrip):
            self._drop(strip)
            self._arrange()

    def _drop(self, strip: NoticeStrip) -> None:
        if strip in self._strips:
            self._strips.remove(strip)
            strip.hide()
            strip.deleteLater()

    def _arrange(self) -> None:
        width, top = 400, 0
        for strip in self._strips:
            height = strip.height_in(width)
            strip.setGeometry(0, top, width, height)
            strip.show()
            top += height + 8
        window = self.window()
        self.setGeometry(window.width() - width - 16, window.height() - top - self._bottom - 8, width, max(1, top))
        self.setVisible(bool(self._strips))
        self.raise_()


class CrashPage(Cover):
    """A defect of our own: what happened, that nothing is lost, and what to hand to those who mend it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._title = Title(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._report = QPlainTextEdit(self)
        self._report.setReadOnly(True)
        self._go_on = QPushButton(self)
        self._go_on.setProperty("tone", "primary")
        self._copy = QPushButton(self)
        self._go_on.clicked.connect(self.hide)
        self._copy.clicked.connect(self._on_copy)
        buttons = QHBoxLayout()
        buttons.addWidget(self._go_on)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(96, 72, 96, 72)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self._report, 1)
        column.addLayout(buttons)
        self.setAutoFillBackground(True)
        self.retranslate()

    def show_defect(self, defect: Defect) -> None:
        """Cover the window with the report."""
        self._report.setPlainText(defect.report)
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self._go_on.setFocus()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        self._title.setText(_("Something in the program broke"))
        self._text.setText(
            _(
                "What you had saved is safe, and drafts are kept. You can go on; if it happens again, log out and in. "
                "The report below has gone into the log; please hand it to whoever looks after the program."
            )
        )
        self._go_on.setText(_("Go on"))
        self._copy.setText(_("Copy the report"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
