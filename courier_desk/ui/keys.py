"""Every act has a key: one table of acts with their keys of delivery, changed by hand, conflicts shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import Message, message

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class KeyAct:
    """One act. ``key`` is the portable text of the key it is delivered with, empty for none. ``scope`` is EVERYWHERE
    or the key of the page on which alone it works."""

    id: str
    label: Message
    key: str
    scope: str = EVERYWHERE


SHELL_ACTS = (
    KeyAct("palette", message("Find anything"), "Ctrl+K"),
    KeyAct("lock", message("Lock the desk"), "F12"),
    KeyAct("log_out", message("Log out"), ""),
    KeyAct("password", message("Change your password"), ""),
    KeyAct("reminders", message("Reminders"), "Alt+B"),
    KeyAct("person", message("Person and log out"), "Alt+U"),
    KeyAct("close_tab", message("Close the tab"), "Ctrl+W"),
    KeyAct("next_tab", message("Next tab"), "Ctrl+Tab"),
    KeyAct("previous_tab", message("Previous tab"), "Ctrl+Shift+Tab"),
    KeyAct("fold", message("Fold the functions"), "Ctrl+B"),
    KeyAct("retry", message("Try again"), "Ctrl+R"),
    KeyAct("undo_last", message("Take back the last step"), "Ctrl+Shift+Z"),
    KeyAct("other_printer", message("All paper to the other printer"), "Ctrl+Shift+P"),
    KeyAct("confirm", message("Confirm"), "Ctrl+Return"),
    KeyAct("print", message("Print"), "Ctrl+P"),
    KeyAct("export", message("Export the table"), "Ctrl+E"),
    KeyAct("filter", message("Filter the table"), "Ctrl+F"),
    KeyAct("refresh", message("Look again"), "Ctrl+Shift+R"),
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two acts that would answer to one key at the same place."""

    key: str
    first: KeyAct
    second: KeyAct


class Keys(QObject):
    """The keys in use. Lives in the GUI thread. ``changed`` follows every change of a key or of the language."""

    changed = Signal()

    def __init__(self, acts: Iterable[KeyAct], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._acts = {act.id: act for act in acts}
        self._overrides: dict[str, str] = {}
        self._bound: list[tuple[str, QShortcut]] = []
        self._enabled = True

    @property
    def acts(self) -> tuple[KeyAct, ...]:
        """All acts in the order of the table."""
        return tuple(self._acts.values())

    def declare(self, acts: Iterable[KeyAct]) -> None:
        """More acts, as those of pages that are not in the registry; a known one stays as it is."""
        for act in acts:
            self._acts.setdefault(act.id, act)

    @property
    def overrides(self) -> Mapping[str, str]:
        """What was changed by hand: act id and portable key text."""
        return dict(self._overrides)

    def set_overrides(self, overrides: Mapping[str, str]) -> None:
        """Use these instead of the keys of delivery; acts that no longer exist are left out."""
        self._overrides = {act: key for act, key in overrides.items() if act in self._acts}
        self._forget_the_gone()
        for act, shortcut in self._bound:
            shortcut.setKeys(_sequences(self.key(act)))
        self.changed.emit()

    def key(self, act: str) -> str:
        """The portable text of the key of ``act`` now. Errors: KeyError for an act that is not in the table."""
        return self._overrides.get(act, self._acts[act].key)

    def text(self, act: str) -> str:
        """The key as it stands beside a label, in the way of this system; empty when there is none."""
        return QKeySequence(self.key(act)).toString(QKeySequence.SequenceFormat.NativeText)

    def hint(self, label: str, act: str) -> str:
        """``label`` with its key behind it, for buttons and tool tips: ``Print  Ctrl+P``."""
        key = self.text(act)
        return f"{label}  {key}" if key else label

    def conflicts(self, changes: Mapping[str, str] | None = None) -> tuple[Conflict, ...]:
        """All pairs that would get in each other's way, now or with ``changes`` added."""
        wanted = self._overrides | dict(changes or {})
        found = []
        acts = self.acts
        for index, first in enumerate(acts):
            for second in acts[index + 1 :]:
                key = wanted.get(first.id, first.key)
                if key and _meet(first, second) and _same(key, wanted.get(second.id, second.key)):
                    found.append(Conflict(key, first, second))
        return tuple(found)

    def bind(
        self,
        act: str,
        owner: QWidget,
        slot: Callable[[], object],
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
    ) -> QShortcut:
        """Let the key of ``act`` call ``slot`` while ``owner`` is shown; it follows changes of the key."""
        shortcut = QShortcut(owner)
        shortcut.setContext(context)
        shortcut.setKeys(_sequences(self.key(act)))
        shortcut.setEnabled(self._enabled)
        shortcut.activated.connect(slot)
        self._forget_the_gone()
        self._bound.append((act, shortcut))
        return shortcut

    def set_enabled(self, enabled: bool) -> None:
        """Switch all keys off while the desk is locked, and on again."""
        self._enabled = enabled
        self._forget_the_gone()
        for _act, shortcut in self._bound:
            shortcut.setEnabled(enabled)

    def _forget_the_gone(self) -> None:
        """Shortcuts go with their pages."""
        self._bound = [(act, shortcut) for act, shortcut in self._bound if shiboken6.isValid(shortcut)]


def _sequences(key: str) -> list[QKeySequence]:
    """The sequences of one key text: Enter of the number pad is an Enter."""
    if not key:
        return []
    sequences = [QKeySequence(key)]
    if key.endswith("Return"):
        sequences.append(QKeySequence(key.removesuffix("Return") + "Enter"))
    return sequences


def _meet(first: KeyAct, second: KeyAct) -> bool:
    return EVERYWHERE in (first.scope, second.scope) or first.scope == second.scope


def _same(one: str, other: str) -> bool:
    return bool(other) and QKeySequence(one) == QKeySequence(other)
