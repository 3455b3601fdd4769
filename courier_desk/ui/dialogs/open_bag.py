"""A new bag: for which package centre; the one most parcels wait for, or the one of the parcel in hand, comes first."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message, plural
from courier_desk.services.bags import BagResult
from courier_desk.services.floor import BagLine
from courier_desk.services.rows import BagRow
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_open_bag import Ui_OpenBag
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.field_error import FieldErrors
from courier_desk.ui.widgets.suggestion_list import Suggestion

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class OpenBag(DeskDialog):
    """Signals:
    opened(object): the Bag; its tag is in the print queue.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget, ctx: UiContext, destination: str = "", line: str = "") -> None:
        super().__init__(parent)
        self.ui = Ui_OpenBag()
        self.ui.setupUi(self)
        self._ctx = ctx
        self._first = (destination, line)
        self._rows: tuple[BagLine, ...] = ()
        self._open: Counter[str] = Counter()
        self._errors = FieldErrors.of_form(self.ui)
        self.ui.destination_edit.textChanged.connect(self._show)
        self.ui.destination_edit.installEventFilter(self)
        self.ui.centres_list.chosen.connect(self._on_chosen)
        self.ui.ok_button.clicked.connect(self._on_ok)
        self.ui.cancel_button.clicked.connect(self.reject)
        for button in (self.ui.ok_button, self.ui.cancel_button):
            button.setAutoDefault(False)
        self.ui.destination_edit.setFocus()
        self.retranslate()
        ctx.tasks.run(DB, self._look, self, self._on_rows, self._on_error)

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.destination_edit.setAccessibleName(_("Package centre"))
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The filter keeps the focus; its arrow keys choose, its Enter takes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _STEPS:
                self.ui.centres_list.step(_STEPS[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_ok()
                return True
        return super().eventFilter(watched, event)

    def _look(self) -> tuple[tuple[BagLine, ...], Sequence[BagRow]]:
        """On the db lane."""
        services, actor = self._ctx.services, self._ctx.actor
        return services.floor.bag_lines(actor), services.find.bags(actor, open_only=True)

    def _on_rows(self, found: tuple[tuple[BagLine, ...], Sequence[BagRow]]) -> None:
        rows, opened = found
        centre, line = self._first
        self._rows = tuple(sorted(rows, key=lambda row: (row.centre != centre, bool(line) and row.line != line)))
        self._open = Counter(row.destination for row in opened)
        self._show()

    def _show(self) -> None:
        wanted = self.ui.destination_edit.text().strip().casefold()
        fitting = [row for row in self._rows if wanted in f"{row.centre} {row.line}".casefold()]
        self.ui.centres_list.set_rows([self._suggestion(row) for row in fitting])
        if self._rows and not fitting:
            self._errors.mark("destination", message("The routing table knows no such centre."))
        else:
            self._errors.clear()

    def _suggestion(self, row: BagLine) -> Suggestion:
        notes = [row.line]
        if self._open[row.centre]:
            notes.insert(0, _("{n} open already").format(n=self._open[row.centre]))
        if row.loose:
            notes.insert(0, plural("{n} parcel waits", "{n} parcels wait", row.loose))
        return Suggestion(row.centre, "  ·  ".join(notes), "package" if row.loose else "tote-simple", value=row)

    def _on_chosen(self, row: Suggestion) -> None:
        if isinstance(row.value, BagLine):
            self._open_for(row.value)

    def _on_ok(self) -> None:
        if not self.ui.centres_list.take_current():
            self._errors.show(UserError(message("Choose where the bag goes."), field="destination"))

    def _open_for(self, row: BagLine) -> None:
        if self.ui.ok_button.isEnabled():
            self.ui.ok_button.setEnabled(False)
            make = partial(self._ctx.services.bags.open, self._ctx.actor, row.centre, row.line)
            self._ctx.tasks.run(DB, make, self, self._on_opened, self._on_error, Priority.URGENT)

    def _on_opened(self, result: BagResult) -> None:
        self._ctx.changes.publish(result.changes)
        self.opened.emit(result.bag)
        self.accept()

    def _on_error(self, error: Exception) -> None:
        self.ui.ok_button.setEnabled(True)
        if isinstance(error, UserError | EnvironmentFault):
            self._errors.mark("destination", error.message)
        else:
            self._ctx.notifier.error(error)


def open_bag(
    parent: QWidget, ctx: UiContext, on_opened: Callable[[object], object], destination: str = "", line: str = ""
) -> OpenBag:
    """Open a bag; ``on_opened`` (a bound method) gets it. ``destination`` and ``line`` come first in the list."""
    dialog = OpenBag(parent, ctx, destination, line)
    dialog.opened.connect(on_opened)
    dialog.open()
    return dialog
