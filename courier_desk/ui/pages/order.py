"""New order: the page where most of the day is spent. Everything by keys, nothing ever waits."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import Message, _, message
from courier_desk.domain.order import OrderDraft
from courier_desk.services.orders import Accepted
from courier_desk.services.pricing import Appraisal
from courier_desk.ui.generated.ui_order_page import Ui_OrderPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.order_acts import OrderActs
from courier_desk.ui.pages.order_appraiser import OrderAppraiser
from courier_desk.ui.pages.order_caller import OrderCaller
from courier_desk.ui.pages.order_confirmer import OrderConfirmer
from courier_desk.ui.pages.order_form import OrderForm
from courier_desk.ui.pages.order_keeper import OrderKeeper
from courier_desk.ui.pages.order_places import fault_board, services_on_offer
from courier_desk.ui.pages.order_way import Needs, way
from courier_desk.ui.pages.order_work import WARMING, Outcome, Standing, ToConfirm
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.enter_chain import EnterChain


class OrderPage(Page):
    """One order from the telephone number to the label in the queue."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_OrderPage()
        self.ui.setupUi(self)
        self._entered = False
        self.form = OrderForm(self.ui, self)
        self.faults = fault_board(self.ui, self)
        self.caller = OrderCaller(ctx, self.ui, self.form)
        self.appraiser = OrderAppraiser(ctx, self, self._draft)
        self.keeper = OrderKeeper(ctx, self, self._body, self._title)
        self.confirmer = OrderConfirmer(ctx, self)
        self.chain = EnterChain(self, way(self.ui), Needs(self.ui))
        self.acts = OrderActs(self, self.ui, self.form, self.faults)
        self._connect()
        self._bind()
        self.retranslate()
        self._look_services_up()
        for warm in WARMING:
            self.run(warm, _nothing, priority=Priority.BULK)

    def activate(self) -> None:
        self._on_changed()
        # Before the first time the focus is wherever Qt put it when the tab was made.
        last: QWidget | None = self.focusWidget() if self._entered else None
        self._entered = True
        if last is not None and last.isEnabled():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chain.go_to_first()

    def hideEvent(self, event: QHideEvent) -> None:
        self.appraiser.hold()
        self.keeper.keep_now()
        super().hideEvent(event)

    def deactivate(self) -> None:
        if self.accepted is not None:
            QTimer.singleShot(0, self, self.close_requested.emit)

    def open_with(self, arguments: Mapping[str, str]) -> None:
        if "draft" in arguments:
            self.keeper.bring_back(arguments["draft"])
            self.title_changed.emit()
        elif "phone" in arguments and self.form.is_empty:
            self.ui.sender.ui.phone_edit.setText(arguments["phone"])

    def shows(self, arguments: Mapping[str, str]) -> bool:
        return arguments.get("draft") == self.keeper.draft_id

    def can_close(self) -> bool:
        self.keeper.keep_now()
        if self.accepted is None and self.keeper.kept:
            again = partial(self.ctx.navigator.open, "order", fresh=True, draft=self.keeper.draft_id)
            self.ctx.notifier.done(message("The half-filled order is kept."), again)
        return True

    def snapshot(self) -> dict[str, Any]:
        self.keeper.keep_now()
        # Always, since the tabs may be kept before the first key and not again before a crash.
        return {"draft": self.keeper.draft_id}

    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("draft"):
            self.keeper.bring_back(str(state["draft"]))

    def show_user_error(self, error: UserError) -> bool:
        return error.field is not None and self.faults.show_error(error.field, error.message)

    def retranslate(self) -> None:
        ui, keys, zone = self.ui, self.ctx.keys, self.ctx.services.station.zone
        ui.retranslateUi(self)
        ui.sender.retranslate(_("Sender"), _("Paste name, telephone, address"), keys)
        ui.recipient.retranslate(_("Recipient"), _("Number, name or pasted text"), keys)
        ui.pieces.retranslate(keys.text("order.piece"), keys.text("order.weigh"))
        ui.goods.retranslate(keys.text("order.goods_line"))
        ui.inspection.retranslate(keys)
        ui.payment.retranslate(zone, keys.hint(_("Confirm"), "confirm"))
        new, same = _("New order"), _("Next parcel, same sender")
        ui.result.retranslate(zone, keys.hint(new, "order.new"), keys.hint(same, "order.same"))
        self.form.retranslate(keys)
        self.caller.retranslate()
        self.faults.show()

    @property
    def accepted(self) -> Accepted | None:
        """What was accepted, as long as its result is shown."""
        return self.ui.result.accepted if self.ui.money_stack.currentWidget() is self.ui.result else None

    def _connect(self) -> None:
        ui, ctx = self.ui, self.ctx
        for who, party in (("sender", ui.sender), ("recipient", ui.recipient)):
            party.use(ctx.tasks, ctx.services.station.division_code)
            party.setObjectName(who)
            party.noticed.connect(self._on_noticed)
            party.doubts_changed.connect(self._on_doubts)
            party.left_to.connect(self.chain.go_on)
            party.failed.connect(self._on_failed)
        for source in (ui.inspection.noticed, self.form.noticed):
            source.connect(self._on_noticed)
        self.form.changed.connect(self._on_changed)
        self.form.rows_changed.connect(self._on_rows_changed)
        self.caller.refused.connect(self._on_paper_refused)
        self.appraiser.appraised.connect(self._show_standing)
        self.keeper.found.connect(self._on_draft)
        self.confirmer.settled.connect(self._on_outcome)
        self.confirmer.failed.connect(self._on_confirm_failed)
        self.confirmer.busy_changed.connect(ui.payment.set_busy)
        for part in (self.caller, self.appraiser, self.keeper):
            part.failed.connect(self._on_failed)
        self.chain.confirm_asked.connect(ui.payment.ask)
        self.chain.confirmed.connect(self._on_confirm)
        ui.payment.confirm_asked.connect(self._on_confirm)
        ui.result.new_asked.connect(self._on_new)
        ui.result.same_asked.connect(self._on_same_sender)
        ctx.keys.changed.connect(self.retranslate)
        ctx.changes.listen({"reference"}, self, self._on_reference)

    def _bind(self) -> None:
        keys = self.ctx.keys
        keys.bind("confirm", self.ui.payment, self._on_confirm)
        keys.bind("order.new", self.ui.result, self._on_new)
        keys.bind("order.same", self.ui.result, self._on_same_sender)

    def _look_services_up(self) -> None:
        self.run(partial(services_on_offer, self.ctx), self.form.set_services)

    def _draft(self) -> OrderDraft:
        customer = self.caller.customer
        return self.form.draft(customer.id if customer else None, self.caller.visit_id)

    def _body(self) -> dict[str, Any] | None:
        if self.form.is_empty or self.accepted is not None:
            return None
        return {"form": self.form.state(), "visit": self.caller.visit_id}

    def _title(self) -> str:
        return f"{self.ui.sender.party.name} → {self.ui.recipient.party.name}"

    def _on_changed(self) -> None:
        if self.accepted is None and self.isVisible():
            self.appraiser.touch()
            self.keeper.touch()
            self.set_dirty(not self.form.is_empty)

    def _on_rows_changed(self) -> None:
        self.chain.set_fields(way(self.ui))
        self.faults.set_fields("pieces", self.ui.pieces.fields())
        self.faults.set_fields("goods", self.ui.goods.fields())

    def _show_standing(self, standing: Standing) -> None:
        if self.accepted is not None:
            return
        self.ui.payment.show_appraisal(standing.appraisal)
        self.ui.inspection.set_findings(standing.appraisal.findings)
        own = self.form.own_faults()
        named = {fault.field for fault in own}
        theirs = [fault for fault in standing.appraisal.faults if fault.field not in named]
        self.faults.set_faults([*own, *theirs], standing.doubts)

    def _on_confirm(self) -> None:
        if self.confirmer.busy or self.accepted is not None:
            return
        self.appraiser.hold()
        self.keeper.hold()
        self.faults.try_all()
        look, draft_id, visit_id = self.ui.inspection, self.keeper.draft_id, self.caller.visit_id
        complete = not self.form.own_faults()
        shown, draft = self.appraiser.latest, self._draft()
        self.confirmer.confirm(ToConfirm(draft, draft_id, visit_id, look.inspection, look.typed(), complete, shown))

    def _on_outcome(self, outcome: Outcome) -> None:
        if outcome.proof is not None and self.ui.inspection.proof is None:
            self.ui.inspection.set_proof(outcome.proof)
        if outcome.accepted is not None:
            self._show_accepted(outcome.accepted, outcome.standing.appraisal)
            return
        self._on_changed()
        self._show_standing(outcome.standing)
        if outcome.error is not None:
            self.ctx.notifier.error(outcome.error, self)
        elif (wrong := self.faults.first_wrong()) is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_confirm_failed(self, error: Exception) -> None:
        self._on_changed()
        self.ctx.notifier.error(error, self, self._try_again)

    def _try_again(self) -> None:
        """The banner outlives the tab."""
        if shiboken6.isValid(self):
            self._on_confirm()

    def _show_accepted(self, accepted: Accepted, appraisal: Appraisal) -> None:
        self.keeper.begin()
        promised_at = appraisal.promise.at if appraisal.promise else None
        self.ui.result.show_result(accepted, self.ui.payment.payer, promised_at)
        self._freeze(frozen=True)
        self.faults.reset()
        self.set_dirty(False)
        self.ctx.changes.publish(accepted.changes)

    def _freeze(self, *, frozen: bool) -> None:
        self.ui.money_stack.setCurrentWidget(self.ui.result if frozen else self.ui.payment)
        self.ui.left_part.setEnabled(not frozen)
        self.ui.inspection.setEnabled(not frozen)
        if frozen:
            self.ui.result.ui.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_new(self) -> None:
        """Another sender: everything empty, another visit."""
        self._freeze(frozen=False)
        self.caller.new_visit()
        self.form.clear()
        self._start()

    def _on_same_sender(self) -> None:
        """The next parcel of this visit: sender, habits and paper stay."""
        self._freeze(frozen=False)
        self.form.clear_parcel()
        self.caller.look_again()
        self._start()

    def _start(self) -> None:
        self.keeper.begin()
        self.title_changed.emit()
        self.faults.reset()
        self.appraiser.touch()
        self.chain.go_to_first()

    def _on_draft(self, body: Mapping[str, Any] | None) -> None:
        if body is None:
            self.keeper.begin()
            self.title_changed.emit()
            return
        self.caller.fills = False
        self.form.set_state(body.get("form", {}))
        self.caller.fills = True
        self.caller.come_back(str(body.get("visit", "")) or self.caller.visit_id)
        self.chain.go_to_first()

    def _on_noticed(self, name: str, said: Message, tone: str) -> None:
        party = self.sender()
        owner = f"{party.objectName()}_" if party in (self.ui.sender, self.ui.recipient) else ""
        self.faults.notice(f"{owner}{name}", said, tone)

    def _on_doubts(self) -> None:
        parties = (("sender", self.ui.sender), ("recipient", self.ui.recipient))
        found = {f"{who}_{name}": said for who, party in parties for name, said in party.doubts().items()}
        self.faults.set_read_doubts(found)

    def _on_paper_refused(self, error: UserError) -> None:
        self.faults.notice("identity", error.message, "bad")

    def _on_failed(self, error: Exception) -> None:
        self.ctx.notifier.error(error, self)

    def _on_reference(self, _changes: tuple[Change, ...]) -> None:
        self._look_services_up()
        self.appraiser.touch()


def _nothing(_done: object) -> None:
    """Nothing to show."""
