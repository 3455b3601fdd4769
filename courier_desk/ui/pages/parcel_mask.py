"""The mask over sender and recipient: lifted for half a minute by one who has said why (mission G4)."""

from PySide6.QtCore import QObject, QTimer

from courier_desk.base.translation import _
from courier_desk.domain.accepted_order import Order
from courier_desk.domain.user import Action
from courier_desk.ui.pages.parcel_words import ParcelView, shown_party
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.party_card import PartyCard

UNMASKED_S = 30


class ParcelMask(QObject):
    """Shows both parties; forgets what is behind the mask when the time is over or the page leaves the front."""

    def __init__(self, ctx: UiContext, sender: PartyCard, recipient: PartyCard, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._sender, self._recipient = ctx, sender, recipient
        self._view: ParcelView | None = None
        self._behind: Order | None = None
        self._seconds = 0
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._on_second)

    @property
    def open(self) -> bool:
        """True while names, telephones and addresses stand there whole."""
        return self._behind is not None

    def show(self, view: ParcelView) -> None:
        """Show the parties of this order; of another one only masked."""
        if self._behind is not None and self._behind.id != view.order.id:
            self.close()
        self._view = view
        order = self._behind or view.order
        parties = (
            (self._sender, _("Sender"), order.draft.sender),
            (self._recipient, _("Recipient"), order.draft.recipient),
        )
        for card, title, party in parties:
            card.show_party(title, *shown_party(party, masked=not self.open))
            card.show_hint(self._hint(), self._key(), unmasked=self.open)

    def look_behind(self, order: Order) -> None:
        """The person may see this order whole, for a while."""
        if self._view is not None and order.id == self._view.order.id:
            self._behind, self._seconds = order, UNMASKED_S
            self._countdown.start()
            self.show(self._view)

    def close(self) -> None:
        """Put the mask back."""
        self._countdown.stop()
        self._behind = None
        if self._view is not None:
            self.show(self._view)

    def _on_second(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0 or self._view is None:
            self.close()
        else:
            self.show(self._view)

    def _hint(self) -> str:
        return _("Masked again in {n} s").format(n=self._seconds) if self.open else _("Masked")

    def _key(self) -> str:
        may = self._ctx.session.may(Action.PERSONAL_LOOK)
        return self._ctx.keys.text("parcel.look") if may else ""
