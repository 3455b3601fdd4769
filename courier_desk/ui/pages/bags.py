"""Bags (总包): which are open, sealed, handed over; what lies in one, and what happened to it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from courier_desk.base.changes import Change
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message, plural
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.bag import Bag, BagState
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.scan import CodeKind
from courier_desk.domain.words import BAG_WORDS
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.bags import BagResult
from courier_desk.services.floor import BagView
from courier_desk.services.print_queue import QueueResult
from courier_desk.services.rows import BagRow
from courier_desk.ui.dialogs.approval import ask_approval
from courier_desk.ui.dialogs.open_bag import open_bag
from courier_desk.ui.dialogs.reason import ask_reason
from courier_desk.ui.dialogs.seal_bag import seal_bag
from courier_desk.ui.figures import kilograms, number_text
from courier_desk.ui.floor_words import BAG_TONES
from courier_desk.ui.fonts import text_font
from courier_desk.ui.generated.ui_bags_page import Ui_BagsPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.bags_tables import REPRINT_REASONS, UNSEAL_REASONS, bag_table, content_table, life_table
from courier_desk.ui.scan_hub import Scanned
from courier_desk.ui.ui_context import UiContext

_HERE = (BagState.OPEN, BagState.SEALED)
_FILTERS: Mapping[str, tuple[BagState, ...]] = {
    "here": _HERE,
    "handed_over": (BagState.HANDED_OVER,),
    "all": tuple(BagState),
}


class BagsPage(Page):
    """A scanned tag chooses its bag."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_BagsPage()
        self.ui.setupUi(self)
        zone, clock = ZoneInfo(ctx.services.station.zone), ctx.app.clock
        self._shown = "here"
        self._rows: tuple[BagRow, ...] = ()
        self._view: BagView | None = None
        self._request: ApprovalRequest | None = None
        self.panel = bag_table(zone, clock.now, self)
        self.content = content_table(self)
        self.life = life_table(zone, clock.now, self)
        self.ui.table_column.addWidget(self.panel)
        self.ui.tag_label.setFont(text_font(points=13, bold=True))
        for table in (self.content, self.life):
            self.ui.detail_stack.addWidget(table)
        self._connect()
        self.retranslate()
        self._show_filter()
        self._show_view()

    def activate(self) -> None:
        self._look()
        self.panel.table.setFocus()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        if "tag" in arguments:
            self._find(arguments["tag"])

    def snapshot(self) -> dict[str, Any]:
        return {"shown": self._shown}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._choose_filter(state.get("shown", "here"))

    def handle_scan(self, scan: Scanned) -> bool:
        if scan.code.kind is not CodeKind.BAG:
            return False
        self._find(scan.code.number)
        return True

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        keys = self.ctx.keys
        self.ui.here_button.setText(_("In the station"))
        self.ui.handed_over_button.setText(_(BAG_WORDS[BagState.HANDED_OVER]))
        self.ui.all_button.setText(_("All"))
        self.ui.seal_button.setText(keys.hint(_("Seal it"), "bags.seal"))
        self.ui.unseal_button.setText(keys.hint(_("Open again"), "bags.unseal"))
        self.ui.reprint_button.setText(keys.hint(_("Tag again"), "print"))
        self.ui.content_button.setText(keys.hint(_("Content"), "bags.content"))
        self.ui.life_button.setText(keys.hint(_("Life"), "bags.life"))
        self.ui.new_button.setText(keys.hint(_("New bag"), "bags.new"))
        self.panel.set_empty_texts(self._empty_texts)
        self._show_view()

    def _connect(self) -> None:
        keys, ui = self.ctx.keys, self.ui
        keys.changed.connect(self.retranslate)
        for name in _FILTERS:
            self._filter_button(name).clicked.connect(partial(self._choose_filter, name))
        for act, button, slot in (
            ("bags.new", ui.new_button, self._on_new),
            ("bags.seal", ui.seal_button, self._on_seal),
            ("bags.unseal", ui.unseal_button, self._on_unseal),
            ("print", ui.reprint_button, self._on_reprint),
            ("bags.content", ui.content_button, self._on_content),
            ("bags.life", ui.life_button, self._on_life),
        ):
            keys.bind(act, self, slot)
            button.clicked.connect(slot)
        keys.bind("filter", self, self.panel.filter_edit.setFocus)
        keys.bind("refresh", self, self._look)
        self.panel.table.row_chosen.connect(self._on_row_chosen)
        self.panel.table.row_activated.connect(self._on_row_chosen)
        self.panel.empty.button.clicked.connect(self._on_new)
        self.content.row_activated.connect(self._on_parcel)
        self.ctx.changes.listen({"bag"}, self, self._on_changed)

    def _look(self) -> None:
        self.run(partial(self.ctx.services.find.bags, self.ctx.actor), self._on_rows)
        self._look_at(self._chosen_id())

    def _on_rows(self, rows: Sequence[BagRow]) -> None:
        self._rows = tuple(rows)
        self._show_rows()

    def _show_rows(self) -> None:
        states = _FILTERS[self._shown]
        self.panel.set_rows([row for row in self._rows if row.state in states])
        self.panel.table.choose_first()

    def _look_at(self, bag_id: str) -> None:
        if bag_id:
            self.run(partial(self.ctx.services.floor.bag, self.ctx.actor, bag_id), self._on_view)

    def _on_view(self, view: BagView) -> None:
        self._view = view
        self.content.rows_model.set_rows(view.parcels)
        self.life.rows_model.set_rows(view.life)
        self._show_view()

    def _show_view(self) -> None:
        bag = self._view.bag if self._view else None
        self.ui.bag_card.setEnabled(bag is not None)
        state = bag.state if bag else None
        self.ui.seal_button.setVisible(state in (None, BagState.OPEN))
        self.ui.unseal_button.setVisible(state is BagState.SEALED)
        on_life = self.ui.detail_stack.currentWidget() is self.life
        self.ui.content_button.setChecked(not on_life)
        self.ui.life_button.setChecked(on_life)
        if bag is None:
            self.ui.tag_label.setText(_("No bag chosen"))
            self.ui.facts_label.setText("")
            self.ui.state_chip.hide()
            return
        tone, sign = BAG_TONES[bag.state]
        self.ui.state_chip.show()
        self.ui.state_chip.set(_(BAG_WORDS[bag.state]), tone, sign)
        self.ui.tag_label.setText(number_text(bag.tag))
        facts = [bag.destination, bag.line, plural("{n} piece", "{n} pieces", bag.pieces), kilograms(bag.weight_g)]
        seal = "\n" + _("Seal {number}").format(number=bag.seal) if bag.seal else ""
        self.ui.facts_label.setText("  ·  ".join(facts) + seal)

    def _find(self, tag: str) -> None:
        by_tag = partial(self.ctx.services.bags.by_tag, self.ctx.actor, tag)
        self.run(by_tag, partial(self._on_found, tag), priority=Priority.URGENT)

    def _on_found(self, tag: str, bag: Bag | None) -> None:
        if bag is None:
            self.ctx.notifier.say(message("There is no bag with this tag: {tag}", tag=number_text(tag)), "warn")
            return
        if bag.state not in _FILTERS[self._shown]:
            self._choose_filter("all")
        self.panel.filter_edit.clear()
        self.panel.table.choose(bag.id)
        self._look_at(bag.id)

    def _chosen_id(self) -> str:
        row = self.panel.table.current_row()
        return row.bag_id if isinstance(row, BagRow) else ""

    def _choose_filter(self, name: str) -> None:
        self._shown = name if name in _FILTERS else "here"
        self._show_filter()
        self._show_rows()

    def _show_filter(self) -> None:
        for name in _FILTERS:
            button = self._filter_button(name)
            button.setChecked(name == self._shown)
            button.setProperty("tone", "" if name == self._shown else "quiet")
            button.update()

    def _filter_button(self, name: str) -> Any:
        return {"here": self.ui.here_button, "handed_over": self.ui.handed_over_button, "all": self.ui.all_button}[name]

    def _empty_texts(self) -> tuple[str, str, str]:
        if self._shown == "here":
            note = _("Open one for a package centre; its tag is printed at once.")
            return _("No bag in the station"), note, _("New bag")
        return _("No such bag yet"), _("Bags that left with a handover list are shown here."), ""

    def _on_row_chosen(self, row: object) -> None:
        if isinstance(row, BagRow):
            self._look_at(row.bag_id)
        elif not self._rows:
            self._view = None
            self._show_view()

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        if self.isVisible():
            self._look()

    def _on_new(self) -> None:
        open_bag(self, self.ctx, self._on_opened)

    def _on_opened(self, bag: object) -> None:
        if isinstance(bag, Bag):
            said = message("Bag {tag} is open; its tag is in the print queue.", tag=number_text(bag.tag))
            self.ctx.notifier.done(said)
            self._choose_filter("here")
            self._find(bag.tag)

    def _on_seal(self) -> None:
        if self._view is not None and self._view.bag.state is BagState.OPEN:
            seal_bag(self, self.ctx, self._view.bag.id, self._on_sealed)

    def _on_sealed(self, bag: object) -> None:
        if isinstance(bag, Bag):
            self.ctx.notifier.done(message("Bag {tag} is sealed.", tag=number_text(bag.tag)))

    def _on_unseal(self) -> None:
        if self._view is not None and self._view.bag.state is BagState.SEALED:
            text = message("A second person has to approve; the old seal is never used again.")
            ask_reason(self, message("Why is the bag opened again?"), text, UNSEAL_REASONS, self._on_unseal_reason)

    def _on_unseal_reason(self, reason: str) -> None:
        self._ask(RequestKind.UNSEAL, reason, self._on_unseal_approved)

    def _on_unseal_approved(self, approval_id: str) -> None:
        if self._request is not None:
            unseal = partial(self.ctx.services.bags.unseal, self.ctx.actor, self._request, approval_id)
            self.run(unseal, self._on_unsealed, priority=Priority.URGENT)

    def _on_unsealed(self, result: BagResult) -> None:
        self.ctx.changes.publish(result.changes)
        self.ctx.notifier.done(message("Bag {tag} is open again.", tag=number_text(result.bag.tag)))

    def _on_reprint(self) -> None:
        if self._view is not None:
            text = message("The new tag carries a mark that it was printed again.")
            ask_reason(self, message("Why is the tag printed again?"), text, REPRINT_REASONS, self._on_reprint_reason)

    def _on_reprint_reason(self, reason: str) -> None:
        self._ask(RequestKind.REPRINT, reason, self._on_reprint_approved)

    def _on_reprint_approved(self, approval_id: str) -> None:
        if self._request is not None:
            queue = self.ctx.services.print_queue
            again = partial(queue.reprint, self.ctx.actor, PaperKind.BAG_TAG, self._request, approval_id)
            self.run(again, self._on_reprinted, priority=Priority.URGENT)

    def _on_reprinted(self, result: QueueResult) -> None:
        self.ctx.changes.publish(result.changes)
        self.ctx.notifier.done(message("The tag is in the print queue."))

    def _ask(self, kind: RequestKind, reason: str, on_approved: Any) -> None:
        if self._view is not None:
            bag = self._view.bag
            self._request = self.ctx.services.approvals.request(kind, bag.id, reason)
            ask_approval(self, self.ctx, self._request, on_approved, number_text(bag.tag))

    def _on_content(self) -> None:
        self.ui.detail_stack.setCurrentWidget(self.content)
        self._show_view()

    def _on_life(self) -> None:
        self.ui.detail_stack.setCurrentWidget(self.life)
        self._show_view()

    def _on_parcel(self, parcel: object) -> None:
        waybill = getattr(parcel, "waybill", "")
        if waybill:
            self.ctx.navigator.open("parcel", number=waybill)
