"""What is done with bags at the scan station: chosen by tag, opened new, sealed; each says what came of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _
from courier_desk.domain.bag import Bag, BagState
from courier_desk.domain.scan import Outcome
from courier_desk.domain.words import BAG_WORDS
from courier_desk.ui.dialogs.open_bag import open_bag
from courier_desk.ui.dialogs.seal_bag import seal_bag
from courier_desk.ui.figures import number_text
from courier_desk.ui.floor_words import Said
from courier_desk.ui.page import Page
from courier_desk.ui.pages.scan_bag import BagChoice
from courier_desk.ui.tasks import DB


class BagActs(QObject):
    """Belongs to the scan page.

    Signals:
        said(Said): for the large panel.
        opened(): a new bag was opened and chosen.
        decided(): a tag that was being looked up is known or refused.
    """

    said = Signal(object)
    opened = Signal()
    decided = Signal()

    def __init__(self, page: Page, bags: BagChoice) -> None:
        super().__init__(page)
        self._page, self._ctx, self._bags = page, page.ctx, bags
        self.looking_up = False

    def choose(self, tag: str) -> None:
        """The bag with this tag; one that is not known here is looked up first."""
        row = self._bags.by_tag(tag)
        if row is not None:
            self._bags.choose(row.bag_id)
            self._say_chosen(row.destination, row.tag)
            return
        self.looking_up = True
        self._look_up(tag)

    def open(self, destination: str = "", line: str = "") -> None:
        """Ask where a new bag goes."""
        open_bag(self._page, self._ctx, self._on_opened, destination, line)

    def seal(self, seal: str = "") -> None:
        """Count again and seal the chosen bag."""
        if self._bags.row is None:
            self._refuse(_("No open bag"), seal, _("Scan the tag of the bag first, then its seal."))
        else:
            seal_bag(self._page, self._ctx, self._bags.bag_id, self._on_sealed, seal)

    def _look_up(self, tag: str) -> None:
        by_tag = partial(self._ctx.services.bags.by_tag, self._ctx.actor, tag)
        found, failed = partial(self._on_found, tag), partial(self._on_failed, tag)
        self._ctx.tasks.run(DB, by_tag, self, found, failed, Priority.URGENT)

    def _on_found(self, tag: str, bag: Bag | None) -> None:
        if bag is None:
            self._refuse(_("No such bag"), tag, _("This tag was not made here; open a new bag."))
        elif bag.state is not BagState.OPEN:
            self._refuse(_(BAG_WORDS[bag.state]), tag, _("Open it again on the page of bags, or take another bag."))
        else:
            self._bags.take(bag)
            self._say_chosen(bag.destination, bag.tag)
        self._decide()

    def _on_failed(self, tag: str, error: Exception) -> None:
        if isinstance(error, EnvironmentFault):
            # What was scanned behind the tag waits until it is known.
            self._refuse(_("Bag not found out"), tag, _("What you scan now waits. Try again when the fault is mended."))
            self._ctx.notifier.fault(error, partial(self._look_up, tag))
            return
        self._ctx.notifier.error(error)
        self._decide()

    def _decide(self) -> None:
        self.looking_up = False
        self.decided.emit()

    def _on_opened(self, bag: object) -> None:
        if isinstance(bag, Bag):
            self._bags.take(bag)
            self._say_chosen(bag.destination, bag.tag)
            self.opened.emit()

    def _on_sealed(self, bag: object) -> None:
        if isinstance(bag, Bag):
            self._bags.choose("")
            self._ctx.sounds.play(Outcome.ACCEPTED)
            next_step = _("Put on the new tag; then load it on the handover list.")
            number, name = number_text(bag.tag), _("Goes to")
            self.said.emit(Said("good", _("Sealed"), number, bag.seal, name, bag.destination, next_step))

    def _say_chosen(self, destination: str, tag: str) -> None:
        self._ctx.sounds.play(Outcome.ACCEPTED)
        next_step = _("Scan the parcels that go into it.")
        self.said.emit(
            Said("info", _("Bag chosen"), number_text(tag), "", _("Goes to"), destination, next_step)
        )

    def _refuse(self, word: str, tag: str, next_step: str) -> None:
        self._ctx.sounds.play(Outcome.NO_BAG_OPEN)
        self.said.emit(Said("bad", word, number_text(tag), next_step=next_step))
