"""What the clerk needs after an order was accepted: the number, the change to give, the labels, what to do next."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import _, plural
from courier_desk.domain.order import Payer
from courier_desk.domain.own_number import group
from courier_desk.domain.words import PAYER_WORDS
from courier_desk.services.orders import Accepted
from courier_desk.ui.fonts import text_font
from courier_desk.ui.generated.ui_order_result import Ui_OrderResult
from courier_desk.ui.pages.order_payment import money_text, time_text


class OrderResult(QWidget):
    """Signals:
    new_asked(): a new order, another sender.
    same_asked(): the next parcel of the same sender.
    """

    new_asked = Signal()
    same_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_OrderResult()
        self.ui.setupUi(self)
        self._accepted: Accepted | None = None
        self._payer = Payer.SENDER
        self._promised_at: datetime | None = None
        self._zone = "UTC"
        self.ui.number_label.setFont(text_font(points=17, bold=True))
        self.ui.total_figure.set_points(16)
        self.ui.change_figure.set_points(28)
        self.ui.new_button.clicked.connect(self.new_asked)
        self.ui.same_button.clicked.connect(self.same_asked)

    @property
    def accepted(self) -> Accepted | None:
        """What is shown."""
        return self._accepted

    def show_result(self, accepted: Accepted, payer: Payer, promised_at: datetime | None) -> None:
        """Show what was accepted."""
        self._accepted, self._payer, self._promised_at = accepted, payer, promised_at
        self._say()
        self.ui.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, zone: str, new_text: str, same_text: str) -> None:
        """The language or a key changed."""
        self._zone = zone
        self.ui.retranslateUi(self)
        self.ui.new_button.setText(new_text)
        self.ui.same_button.setText(same_text)
        self._say()

    def _say(self) -> None:
        done, ui = self._accepted, self.ui
        if done is None:
            return
        ui.state_chip.set(_("Order accepted"), "good", "check-circle-fill")
        ui.number_label.setText(group(done.number))
        total = money_text(done.total_fen, done.currency)
        ui.total_figure.show_figure(_("Total") if self._payer is Payer.SENDER else _(PAYER_WORDS[self._payer]), total)
        change = money_text(done.change_fen, done.currency) if done.change_fen else ""
        ui.change_figure.show_figure(_("Give back"), change, "good")
        ui.change_figure.setVisible(bool(change))
        ui.labels_note.setText(
            plural("{n} label is in the print queue.", "{n} labels are in the print queue.", len(done.print_job_ids))
        )
        promise = (
            _("There by {time}").format(time=time_text(self._promised_at, self._zone)) if self._promised_at else ""
        )
        ui.promise_note.setText(promise)
