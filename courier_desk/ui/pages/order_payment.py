"""The price as it stands, who pays it and how, the change to give, and the button that confirms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from courier_desk.base.quantities import amount_text, weight_text
from courier_desk.base.translation import CHINESE, _, language
from courier_desk.domain.order import Payer, PayWay
from courier_desk.domain.words import PAY_WAY_WORDS, PAYER_WORDS
from courier_desk.services.pricing import Appraisal
from courier_desk.ui.fonts import text_font
from courier_desk.ui.generated.ui_order_payment import Ui_OrderPayment
from courier_desk.ui.theme import set_tone

_SIGNS = {"CNY": "¥"}
_WAYS = (PayWay.CASH, PayWay.QR, PayWay.CARD)


def money_text(amount_fen: int, currency: str) -> str:
    """``¥13.50``; a currency without a sign of its own stands by its code."""
    sign = _SIGNS.get(currency, f"{currency} ")
    return f"-{sign}{amount_text(-amount_fen)}" if amount_fen < 0 else f"{sign}{amount_text(amount_fen)}"


def time_text(at: datetime, zone: str) -> str:
    """A promised time in the station's zone: ``Mon 23 Nov 20:00``."""
    local = at.astimezone(ZoneInfo(zone))
    pattern = "M月d日 ddd HH:mm" if language() == CHINESE else "ddd d MMM HH:mm"
    shown = QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    return QLocale().toString(shown, pattern)


class OrderPayment(QWidget):
    """Signals:
    changed(): who pays, how, or what was given.
    confirm_asked(): the button was pressed.
    """

    changed = Signal()
    confirm_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_OrderPayment()
        self.ui.setupUi(self)
        self._appraisal: Appraisal | None = None
        self._zone = "UTC"
        self._touched = False
        self.ui.title_label.setFont(text_font(bold=True))
        self.ui.total_figure.set_points(22)
        self.ui.change_figure.set_points(15)
        self.ui.tendered_edit.setProperty("optional", True)
        _fill(self.ui.payer_combo, [(payer.value, PAYER_WORDS[payer]) for payer in Payer])
        _fill(self.ui.pay_way_combo, [(way.value, PAY_WAY_WORDS[way]) for way in _WAYS])
        self._connect()

    def retranslate(self, zone: str, confirm_text: str) -> None:
        """The language or a key changed."""
        self._zone = zone
        self.ui.retranslateUi(self)
        for combo, words in ((self.ui.payer_combo, PAYER_WORDS), (self.ui.pay_way_combo, PAY_WAY_WORDS)):
            for place in range(combo.count()):
                combo.setItemText(place, _(words[combo.itemData(place)]))
        self.ui.payer_combo.setAccessibleName(_("Who pays"))
        self.ui.pay_way_combo.setAccessibleName(_("How it is paid"))
        self.ui.tendered_edit.setAccessibleName(self.ui.tendered_label.text())
        self.ui.confirm_button.setText(confirm_text)
        self.show_appraisal(self._appraisal)

    @property
    def payer(self) -> Payer:
        """Who pays."""
        return Payer(self.ui.payer_combo.currentData())

    @property
    def pay_way(self) -> PayWay:
        """How the sender pays; NONE when somebody else does."""
        return PayWay(self.ui.pay_way_combo.currentData()) if self.payer is Payer.SENDER else PayWay.NONE

    @property
    def takes_cash(self) -> bool:
        """True when money goes over the counter."""
        return self.pay_way is PayWay.CASH

    @property
    def tendered_fen(self) -> int | None:
        """The cash given."""
        return self.ui.tendered_edit.value() if self.takes_cash else None

    @property
    def touched(self) -> bool:
        """True when the clerk has chosen who pays or how."""
        return self._touched

    def choose(self, payer: Payer, way: PayWay) -> None:
        """Show these, as from the customer's habit."""
        self.ui.payer_combo.setCurrentIndex(max(0, self.ui.payer_combo.findData(payer.value)))
        self.ui.pay_way_combo.setCurrentIndex(max(0, self.ui.pay_way_combo.findData(way.value)))
        self._follow()

    def show_appraisal(self, appraisal: Appraisal | None) -> None:
        """The price as it stands."""
        self._appraisal = appraisal
        ui = self.ui
        quote = appraisal.quote if appraisal else None
        if quote is None:
            ui.price_lines.show_lines([], _("The price stands here as soon as areas, service and weight are known."))
            ui.total_figure.show_figure("", "")
            ui.weight_note.setText("")
        else:
            lines = [(str(line.label), amount_text(line.amount_fen)) for line in quote.lines]
            ui.price_lines.show_lines(lines)
            ui.total_figure.show_figure(_("Total"), money_text(quote.total_fen, quote.currency), "accent")
            ui.weight_note.setText(_("charged {weight} kg").format(weight=weight_text(quote.billed_g)))
        self._show_promise(appraisal)
        self._show_change(appraisal)

    def ask(self) -> None:
        """Everything is filled: the next Enter confirms."""
        self.ui.confirm_button.setFocus(Qt.FocusReason.TabFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While a try is under way the button sleeps."""
        self.ui.confirm_button.setEnabled(not busy)

    def state(self) -> dict[str, Any]:
        """For the draft."""
        ui = self.ui
        return {
            "payer": ui.payer_combo.currentData(),
            "pay_way": ui.pay_way_combo.currentData(),
            "tendered": ui.tendered_edit.text(),
            "touched": self._touched,
        }

    def set_state(self, body: Mapping[str, Any]) -> None:
        """Come back as ``state`` said."""
        self.ui.payer_combo.setCurrentIndex(max(0, self.ui.payer_combo.findData(body.get("payer"))))
        self.ui.pay_way_combo.setCurrentIndex(max(0, self.ui.pay_way_combo.findData(body.get("pay_way"))))
        self.ui.tendered_edit.setText(str(body.get("tendered", "")))
        self._touched = bool(body.get("touched"))
        self._follow()

    def clear(self) -> None:
        """The sender pays cash, nothing given yet."""
        self.set_state({})
        self.show_appraisal(None)

    def _connect(self) -> None:
        self.ui.payer_combo.currentIndexChanged.connect(self._on_changed)
        self.ui.pay_way_combo.currentIndexChanged.connect(self._on_changed)
        self.ui.payer_combo.activated.connect(self._on_activated)
        self.ui.pay_way_combo.activated.connect(self._on_activated)
        self.ui.tendered_edit.textChanged.connect(self._on_changed)
        self.ui.confirm_button.clicked.connect(self.confirm_asked)

    def _on_activated(self) -> None:
        self._touched = True

    def _on_changed(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self.ui.pay_way_combo.setEnabled(self.payer is Payer.SENDER)
        self.ui.tendered_part.setVisible(self.takes_cash)

    def _show_promise(self, appraisal: Appraisal | None) -> None:
        promise = appraisal.promise if appraisal else None
        note = self.ui.promise_note
        if promise is None:
            note.setText("")
            note.setToolTip("")
            return
        reasons = [str(reason) for reason in promise.reasons]
        text = (
            _("There by {time}").format(time=time_text(promise.at, self._zone)) if promise.at else "".join(reasons[:1])
        )
        late = bool(promise.at and reasons)
        note.setText(f"{text}\n{reasons[0]}" if late else text)
        note.setToolTip("\n".join(reasons))
        set_tone(note, "warn" if reasons else "good")

    def _show_change(self, appraisal: Appraisal | None) -> None:
        quote = appraisal.quote if appraisal else None
        given = self.tendered_fen
        if quote is None or appraisal is None or given is None or given < quote.total_fen:
            self.ui.change_figure.show_figure("", "")
        else:
            self.ui.change_figure.show_figure(_("Give back"), money_text(appraisal.change_fen, quote.currency), "good")


def _fill(combo: QComboBox, rows: list[tuple[str, str]]) -> None:
    for value, words in rows:
        combo.addItem(_(words), value)
