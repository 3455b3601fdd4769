"""The words for the codes of the trade, in English, to be translated where they are shown or printed."""

from collections.abc import Mapping

from courier_desk.base.translation import N_
from courier_desk.domain.bag import BagState
from courier_desk.domain.carriers import Carrier
from courier_desk.domain.manifest import ManifestState
from courier_desk.domain.order import HandlingMark, Payer, PayWay
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.status import Status

STATUS_WORDS: Mapping[Status, str] = {
    Status.INFO: N_("Entered"),
    Status.PICK: N_("Collected"),
    Status.SORT: N_("Sorting"),
    Status.TRAN: N_("In transit"),
    Status.DELAY: N_("Delayed"),
    Status.LOST: N_("Lost"),
    Status.RETD: N_("Returned"),
    Status.DLVD: N_("Signed for"),
}
MARK_WORDS: Mapping[HandlingMark, str] = {
    HandlingMark.FRAGILE: N_("Fragile"),
    HandlingMark.VALUABLE: N_("Valuable"),
    HandlingMark.COLD: N_("Keep cold"),
    HandlingMark.THIS_SIDE_UP: N_("This side up"),
}
PAYER_WORDS: Mapping[Payer, str] = {
    Payer.SENDER: N_("Sender pays"),
    Payer.RECIPIENT: N_("Recipient pays"),
    Payer.ACCOUNT: N_("Monthly account"),
}
PAY_WAY_WORDS: Mapping[PayWay, str] = {
    PayWay.CASH: N_("Cash"),
    PayWay.QR: N_("QR payment"),
    PayWay.CARD: N_("Card"),
    PayWay.NONE: N_("Nothing now"),
}
PAPER_WORDS: Mapping[PaperKind, str] = {
    PaperKind.LABEL: N_("Waybill label"),
    PaperKind.BAG_TAG: N_("Bag tag"),
    PaperKind.HANDOVER_LIST: N_("Handover list"),
}
PRINT_STATE_WORDS: Mapping[PrintState, str] = {
    PrintState.WAITING: N_("Waiting"),
    PrintState.SENDING: N_("Sending"),
    PrintState.SENT: N_("Sent"),
    PrintState.PRINTED: N_("Printed"),
    PrintState.FAILED: N_("Failed"),
    PrintState.UNKNOWN: N_("Unknown: look at the printer"),
    PrintState.CANCELLED: N_("Cancelled"),
}
CARRIER_WORDS: Mapping[Carrier, str] = {
    Carrier.SF: N_("SF Express"),
    Carrier.YTO: N_("YTO Express"),
    Carrier.ZTO: N_("ZTO Express"),
    Carrier.STO: N_("STO Express"),
    Carrier.YUNDA: N_("Yunda Express"),
    Carrier.JT: N_("J&T Express"),
    Carrier.JD: N_("JD Logistics"),
    Carrier.DEPPON: N_("Deppon Express"),
    Carrier.EMS: N_("China Post EMS"),
    Carrier.CAINIAO: N_("Cainiao"),
    Carrier.YUNEXPRESS: N_("YunExpress"),
    Carrier.YAMATO: N_("Yamato"),
    Carrier.S10: N_("a postal item"),
    Carrier.AWB: N_("an air waybill"),
}
"""The others are called the same in every language: by their code."""
BAG_WORDS: Mapping[BagState, str] = {
    BagState.OPEN: N_("Open for parcels"),
    BagState.SEALED: N_("Sealed"),
    BagState.HANDED_OVER: N_("Handed over"),
}
MANIFEST_WORDS: Mapping[ManifestState, str] = {
    ManifestState.OPEN: N_("Open for loading"),
    ManifestState.CLOSED: N_("Closed"),
}
