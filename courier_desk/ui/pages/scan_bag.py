"""The bag that parcels go into now: chosen from the open ones by key, by its tag, or opened new."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from courier_desk.base.translation import _, plural
from courier_desk.domain.bag import Bag
from courier_desk.services.rows import BagRow
from courier_desk.ui.figures import kilograms, number_text
from courier_desk.ui.generated.ui_scan_page import Ui_ScanPage


class BagChoice(QObject):
    """The card at the right of the scan page.

    Signals:
        changed(): another bag is chosen.
    """

    changed = Signal()

    def __init__(self, ui: Ui_ScanPage, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._rows: tuple[BagRow, ...] = ()
        self._bag_id = ""
        ui.bag_combo.activated.connect(self._on_activated)

    @property
    def bag_id(self) -> str:
        """The chosen bag, empty for none."""
        return self._bag_id

    @property
    def row(self) -> BagRow | None:
        """The chosen bag as last seen."""
        return self._row(self._bag_id)

    def by_tag(self, tag: str) -> BagRow | None:
        """An open bag by its tag, as last seen."""
        return next((row for row in self._rows if row.tag == tag), None)

    def for_destination(self, destination: str) -> BagRow | None:
        """An open bag for a package centre."""
        return next((row for row in self._rows if row.destination == destination), None)

    def set_rows(self, rows: Sequence[BagRow]) -> None:
        """The open bags as they are now. A chosen bag that is no longer among them is let go."""
        self._rows = tuple(rows)
        if self._bag_id and self._row(self._bag_id) is None:
            self.choose("")
        self.show()

    def choose(self, bag_id: str) -> None:
        """Into this bag from now on; empty for none."""
        if bag_id != self._bag_id:
            self._bag_id = bag_id
            self.show()
            self.changed.emit()

    def take(self, bag: Bag) -> None:
        """A bag that was just opened or looked up: among the open ones from now on, and chosen."""
        row = BagRow(
            bag.id, bag.tag, bag.destination, bag.line, bag.state.value, bag.pieces, bag.weight_g, bag.seal,
            bag.opened_at, "",
        )  # fmt: skip
        self._rows = (row, *(one for one in self._rows if one.bag_id != bag.id))
        self.choose(bag.id)
        self.show()

    def show(self) -> None:
        """Say it all anew."""
        combo, row = self._ui.bag_combo, self.row
        combo.clear()
        for one in self._rows:
            combo.addItem(f"{one.destination}  ·  {one.tag[-5:]}", one.bag_id)
        combo.setCurrentIndex(combo.findData(self._bag_id) if row else -1)
        combo.setPlaceholderText(_("Scan a tag or choose") if self._rows else _("None is open"))
        combo.setEnabled(bool(self._rows))
        self._ui.seal_button.setEnabled(row is not None)
        if row is None:
            self._ui.bag_pieces.show_figure("", "")
            self._ui.bag_note.setText(
                _("Scan the tag of an open bag, or open a new one: the first parcel suggests where.")
            )
            return
        self._ui.bag_pieces.show_figure(row.destination, str(row.pieces), "accent")
        facts = [number_text(row.tag), row.line, plural("{n} piece", "{n} pieces", row.pieces), kilograms(row.weight_g)]
        self._ui.bag_note.setText(f"{facts[0]}\n{'  ·  '.join(facts[1:])}")

    def _row(self, bag_id: str) -> BagRow | None:
        return next((row for row in self._rows if row.bag_id == bag_id), None)

    def _on_activated(self, index: int) -> None:
        self.choose(self._ui.bag_combo.itemData(index) or "")
