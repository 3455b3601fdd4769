"""All acts with their keys: looked up, changed, conflicts shown, printed as a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, message
from courier_desk.domain.user import Action
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.dialogs.question import ask
from courier_desk.ui.generated.ui_key_card_page import Ui_KeyCardPage
from courier_desk.ui.generated.ui_key_dialog import Ui_KeyDialog
from courier_desk.ui.keys import EVERYWHERE, KeyAct, Keys
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import PAGES
from courier_desk.ui.table_model import Column, RowTableModel
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel
from courier_desk.ui.widgets.field_error import FieldErrors


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One act as the table shows it."""

    act: KeyAct
    place: Message
    key: str
    delivered: str
    changed: bool
    clash: str


class KeyCardPage(Page):
    """Everybody sees it; changing needs the right to change settings."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_KeyCardPage()
        self.ui.setupUi(self)
        columns = (
            Column("label", message("Function"), lambda row: str(row.act.label), 260),
            Column("place", message("Where"), lambda row: str(row.place), 160),
            Column("key", message("Key"), lambda row: row.key or "–", 150, tone=_tone),
            Column(
                "delivered", message("As delivered"), lambda row: row.delivered or "–", 150, tone=lambda _row: "muted"
            ),
            Column("clash", message("Conflict"), lambda row: row.clash, 220, tone=lambda _row: "bad", icon=_clash_icon),
        )
        self._first = ""
        self._model = RowTableModel(columns, lambda row: row.act.id)
        self.table = TablePanel(self._model, "keys", self)
        self.ui.table_column.addWidget(self.table)
        self.table.table.row_activated.connect(self._on_row)
        self.ui.reset_button.clicked.connect(self._on_reset)
        self.ui.copy_button.clicked.connect(self._on_copy)
        may = ctx.session.may(Action.SETTINGS_CHANGE)
        self.ui.reset_button.setEnabled(may)
        ctx.keys.changed.connect(self._show)
        self._show()

    def activate(self) -> None:
        self.table.table.choose_first()
        self.table.table.setFocus()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        """Help on one page: its own keys first."""
        self._first = arguments.get("page", "")
        self._show()
        self.table.table.scrollToTop()
        if self.table.table.rows_model.rowCount():
            self.table.table.selectRow(0)

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show()

    def _show(self) -> None:
        keys = self.ctx.keys
        clashes: dict[str, list[str]] = {}
        for conflict in keys.conflicts():
            clashes.setdefault(conflict.first.id, []).append(str(conflict.second.label))
            clashes.setdefault(conflict.second.id, []).append(str(conflict.first.label))
        acts = sorted(keys.acts, key=lambda act: act.scope != self._first)
        self.table.set_rows([_row(keys, act, clashes.get(act.id, [])) for act in acts])
        count = len(clashes)
        said = message("{n} functions share a key with another; neither can be relied on.", n=count) if count else None
        self.ui.conflict_error.show_message(said)

    def _on_row(self, row: KeyRow) -> None:
        if not self.ctx.session.may(Action.SETTINGS_CHANGE):
            self.ctx.notifier.say(message("Your role does not allow changing keys."), "warn")
            return
        dialog = KeyDialog(self, self.ctx.keys, row.act)
        dialog.accepted.connect(partial(self._on_key_chosen, dialog))
        dialog.open()

    def _on_key_chosen(self, dialog: "KeyDialog") -> None:
        changed = dict(self.ctx.keys.overrides)
        if dialog.key == dialog.act.key:
            changed.pop(dialog.act.id, None)
        else:
            changed[dialog.act.id] = dialog.key
        self.ctx.preferences.change(keys=tuple(changed.items()))

    def _on_reset(self) -> None:
        ask(
            self,
            message("All keys as delivered?"),
            message("Keys that were changed at this desk are forgotten."),
            message("As delivered"),
            self._reset,
        )

    def _reset(self) -> None:
        self.ctx.preferences.change(keys=())

    def _on_copy(self) -> None:
        keys = self.ctx.keys
        lines = [f"{act.label}\t{keys.text(act.id)}" for act in keys.acts if keys.text(act.id)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.ctx.notifier.done(message("The key card is in the clipboard."))


class KeyDialog(DeskDialog):
    """Takes the next key for one act and says at once whom it would clash with."""

    def __init__(self, parent: QWidget, keys: Keys, act: KeyAct) -> None:
        super().__init__(parent)
        self.ui = Ui_KeyDialog()
        self.ui.setupUi(self)
        self._keys, self.act = keys, act
        self._errors = FieldErrors.of_form(self.ui)
        self.ui.key_edit.set_key(keys.key(act.id))
        self.ui.key_edit.key_pressed.connect(self._on_key)
        self.ui.ok_button.clicked.connect(self.accept)
        self.ui.cancel_button.clicked.connect(self.reject)
        self.ui.ok_button.setDefault(True)
        self.ui.key_edit.setFocus()
        self.retranslate()

    @property
    def key(self) -> str:
        """The portable text of what was chosen."""
        return self.ui.key_edit.key()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.title_label.setText(str(self.act.label))

    def _on_key(self, key: str) -> None:
        now = self._keys.conflicts()
        fresh = [one for one in self._keys.conflicts({self.act.id: key}) if one not in now]
        self._errors.clear()
        if fresh:
            other = fresh[0].second if fresh[0].first.id == self.act.id else fresh[0].first
            self._errors.show(UserError(message("{other} has this key.", other=other.label), field="key"), focus=False)


def _row(keys: Keys, act: KeyAct, clashes: list[str]) -> KeyRow:
    place = message("Everywhere")
    if act.scope != EVERYWHERE:
        place = next((spec.title for spec in PAGES if spec.key == act.scope), Message(act.scope))
    return KeyRow(act, place, keys.text(act.id), _native(act.key), act.id in keys.overrides, ", ".join(clashes))


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _tone(row: KeyRow) -> str:
    if row.clash:
        return "bad"
    return "accent" if row.changed else ""


def _clash_icon(row: KeyRow) -> str:
    return "warning-circle" if row.clash else ""
