"""The one place where people are told something. Views listen to it; services and pages only speak.

Three families (design.md): a UserError is shown as it is, beside its field or in the message bar; an EnvironmentFault
is a banner that stays, with a retry; anything else is a defect: crash page, log, nothing lost.
"""

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from courier_desk.base.errors import EnvironmentFault, NotLoggedIn, UserError
from courier_desk.base.translation import Message, message

Retry = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to say. ``tone`` is good, warn, bad or info. ``act`` with its label is an undo or a retry."""

    text: Message
    tone: str
    act: Retry | None = None
    act_label: Message | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault of the program itself, with what its makers need to know."""

    kind: str
    report: str


class ShowsErrors(Protocol):
    """A page or dialog that can show a UserError beside the field it names."""

    def show_user_error(self, error: UserError) -> bool:
        """True when it found a place for it."""
        ...


class Notifier(QObject):
    """Lives in the GUI thread. Until ``attach`` nobody listens; what is said before is held.

    Signals:
        bar_requested(Notice): one line over the page, replaces the one before.
        entry_requested(Notice): an entry at the edge that goes by itself, perhaps with an undo.
        banner_requested(Notice): a fault of the surroundings; stays until it is retried or put away.
        banner_withdrawn(str): the fault with this English text is over.
        defect_met(Defect): the crash page.
        log_in_ended(NotLoggedIn): whoever is at the screen is not logged in any more.
    """

    bar_requested = Signal(object)
    entry_requested = Signal(object)
    banner_requested = Signal(object)
    banner_withdrawn = Signal(str)
    defect_met = Signal(object)
    log_in_ended = Signal(object)

    def __init__(self, report: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._held: list[tuple[SignalInstance, object]] | None = []

    def attach(self) -> None:
        """The views listen now; what was said before is said to them."""
        held, self._held = self._held or [], None
        for signal, said in held:
            signal.emit(said)

    def say(self, text: Message, tone: str = "info") -> None:
        """One line in the message bar."""
        self._tell(self.bar_requested, Notice(text, tone))

    def done(self, text: Message, undo: Retry | None = None) -> None:
        """Something was done; with ``undo`` it can be taken back for some seconds."""
        self._tell(self.entry_requested, Notice(text, "good", undo, message("Undo") if undo else None))

    def fault(self, error: EnvironmentFault, retry: Retry | None = None) -> None:
        """The surroundings do not do their part."""
        act = retry if error.retriable else None
        again = message("Try again") if act else None
        self._tell(self.banner_requested, Notice(error.message, "warn", act, again))

    def call(self, text: Message, act: Retry, label: Message) -> None:
        """Somebody has to do something: a banner that stays, with a button that leads there."""
        self._tell(self.banner_requested, Notice(text, "bad", act, label))

    def over(self, text: Message) -> None:
        """The fault that was shown with ``text`` is over."""
        self.banner_withdrawn.emit(text.text)

    def error(self, error: BaseException, place: ShowsErrors | None = None, retry: Retry | None = None) -> None:
        """Show any error where its family belongs."""
        if isinstance(error, UserError):
            if place is None or not place.show_user_error(error):
                self.say(error.message, "bad")
            if isinstance(error, NotLoggedIn):
                self.log_in_ended.emit(error)
        elif isinstance(error, EnvironmentFault):
            self.fault(error, retry)
        else:
            self.defect(error)

    def defect(self, error: BaseException) -> None:
        """A fault of our own: reported to the log, then shown."""
        self._report(error)
        lines = "".join(traceback.format_exception(error))
        self._tell(self.defect_met, Defect(type(error).__name__, lines))

    def install(self) -> None:
        """From now on whatever no slot has caught ends here."""
        sys.excepthook = self._on_uncaught

    def _tell(self, signal: SignalInstance, said: object) -> None:
        if self._held is not None:
            self._held.append((signal, said))
        else:
            signal.emit(said)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.error(error)
