"""One key moves all paper to the other printer, and the same key moves it back (mission C4)."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from courier_desk.base.errors import UserError
from courier_desk.base.settings import Settings
from courier_desk.base.translation import message
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.user import Action
from courier_desk.services.print_queue import QueueResult
from courier_desk.ui.tasks import DB
from courier_desk.ui.ui_context import UiContext


@dataclass(frozen=True, slots=True)
class Swap:
    """``source`` gives everything to ``target``; ``paper_printers`` is which paper goes where from then on."""

    source: str
    target: str
    paper_printers: tuple[tuple[str, str], ...]


def swap_of(settings: Settings, held: Collection[str] = ()) -> Swap:
    """What the key does now. The printer of the labels gives, or another one that is ``held`` up while that one goes.
    Errors: UserError when there is no printer to take it."""
    routes = {kind.value: settings.printer_for(kind.value) for kind in PaperKind}
    source = routes[PaperKind.LABEL.value]
    if source not in held:
        source = next((name for name in routes.values() if name in held), source)
    others = [printer for printer in settings.printers if printer.name != source]
    chosen = [printer for printer in others if printer.name == settings.spare_printer] or others
    if len(chosen) != 1:
        raise UserError(message("Say in the print queue which printer is the spare one."))
    target = chosen[0]
    if routes[PaperKind.HANDOVER_LIST.value] == source and target.language != "pdf":
        raise UserError(message("{printer} prints labels only, no lists.", printer=target.name))
    moved = tuple((kind, target.name if name == source else name) for kind, name in routes.items())
    return Swap(source, target.name, moved)


class OtherPrinter(QObject):
    """Works from every page. Lives in the GUI thread."""

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def move(self) -> None:
        """Do it."""
        if not self._ctx.session.may(Action.PRINT_QUEUE_STEER):
            self._ctx.notifier.say(message("Your role does not allow this function."), "warn")
            return
        try:
            swap = swap_of(self._ctx.preferences.settings, self._held())
        except UserError as error:
            self._ctx.notifier.error(error)
            return
        self._ctx.preferences.change(
            partial(self._move_waiting, swap), paper_printers=swap.paper_printers, spare_printer=swap.source
        )

    def _held(self) -> tuple[str, ...]:
        return tuple(status.printer for status in self._ctx.app.hardware.queues if status.state.value == "held")

    def _move_waiting(self, swap: Swap) -> None:
        move = self._ctx.services.print_queue.move_all
        task = partial(move, self._ctx.actor, swap.source, swap.target)
        self._ctx.tasks.run(DB, task, self, partial(self._on_moved, swap), self._ctx.notifier.error)

    def _on_moved(self, swap: Swap, result: QueueResult) -> None:
        self._ctx.changes.publish(result.changes)
        said = message("Paper of {source} comes out of {target} now.", source=swap.source, target=swap.target)
        self._ctx.notifier.done(said, self.move)
