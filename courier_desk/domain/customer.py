"""A customer: known by telephone number before they say their name."""

from dataclasses import dataclass

from courier_desk.domain.order import GoodsLine, Payer, PayWay
from courier_desk.domain.party import Party


@dataclass(frozen=True, slots=True)
class Customer:
    """``usual_*`` is what they sent last, offered again; ``identity_*`` is the paper seen
    last: masked, and as a keyed hash."""

    id: str
    party: Party
    usual_service: str = "standard"
    usual_goods: tuple[GoodsLine, ...] = ()
    usual_payer: Payer = Payer.SENDER
    usual_pay_way: PayWay = PayWay.CASH
    usual_weight_g: int = 0
    orders: int = 0
    identity_kind: str = ""
    identity_masked: str = ""
    identity_hash: str = ""
    row_version: int = 1
