"""The one table of pages. The main window knows no page; it reads this table. A page is imported when first opened."""
# ruff: noqa: PLC0415  the imports stand in the factories on purpose: the log-in page must not wait for any page

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.translation import Message, message
from courier_desk.domain.user import Action
from courier_desk.ui.keys import SHELL_ACTS, KeyAct
from courier_desk.ui.page import Page
from courier_desk.ui.ui_context import UiContext

# The window opens it at the chapter of the page in front.
HELP = "help"


class Group(StrEnum):
    """The groups of functions at the left, in this order."""

    DESK = "desk"
    ORDERS = "orders"
    PARCELS = "parcels"
    STATION = "station"


GROUP_TITLES = {
    Group.DESK: message("Desk"),
    Group.ORDERS: message("Orders"),
    Group.PARCELS: message("Parcels"),
    Group.STATION: message("Station"),
}


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. ``shortcut`` is its key of delivery (portable text). ``right`` None: for everybody who is logged in.
    ``several``: may be open in several tabs at once. ``listed``: stands among the functions at the left.
    ``quick``: also a quick action at the top."""

    key: str
    title: Message
    icon: str
    shortcut: str
    right: Action | None
    factory: Callable[[UiContext], Page]
    group: Group
    several: bool = False
    listed: bool = True
    quick: bool = False

    @property
    def act(self) -> str:
        """The id of the act that opens it, in the table of keys."""
        return f"open.{self.key}"


def _home(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.home import HomePage

    return HomePage(ctx)


def _order(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.order import OrderPage

    return OrderPage(ctx)


def _scan(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.scan import ScanPage

    return ScanPage(ctx)


def _bags(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.bags import BagsPage

    return BagsPage(ctx)


def _handovers(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.handovers import HandoversPage

    return HandoversPage(ctx)


def _handover_list(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.handover_list import HandoverListPage

    return HandoverListPage(ctx)


def _find(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.find import FindPage

    return FindPage(ctx)


def _parcel(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.parcel import ParcelPage

    return ParcelPage(ctx)


def _print_queue(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.print_queue import PrintQueuePage

    return PrintQueuePage(ctx)


def _sync(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.sync import SyncPage

    return SyncPage(ctx)


def _settings(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.settings import SettingsPage

    return SettingsPage(ctx)


def _key_card(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.key_card import KeyCardPage

    return KeyCardPage(ctx)


def _help(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.help import HelpPage

    return HelpPage(ctx)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", message("Start"), "house-simple", "Alt+Home", None, _home, Group.DESK),
    PageSpec(
        "order",
        message("New order"),
        "note-pencil",
        "F2",
        Action.ORDER_ACCEPT,
        _order,
        Group.ORDERS,
        several=True,
        quick=True,
    ),
    PageSpec("find", message("Find"), "magnifying-glass", "F3", Action.ORDER_FIND, _find, Group.ORDERS, quick=True),
    PageSpec(
        "parcel",
        message("Parcel"),
        "package",
        "",
        Action.ORDER_FIND,
        _parcel,
        Group.ORDERS,
        several=True,
        listed=False,
    ),
    PageSpec("scan", message("Scan station"), "barcode", "F8", Action.SCAN_RECORD, _scan, Group.PARCELS, quick=True),
    PageSpec("bags", message("Bags"), "tote-simple", "Ctrl+G", Action.BAG_WORK, _bags, Group.PARCELS),
    PageSpec("handover", message("Handover"), "truck", "Ctrl+T", Action.HANDOVER_WORK, _handovers, Group.PARCELS),
    PageSpec(
        "handover_list",
        message("Handover list"),
        "truck",
        "",
        Action.HANDOVER_WORK,
        _handover_list,
        Group.PARCELS,
        several=True,
        listed=False,
    ),
    PageSpec(
        "print_queue", message("Print queue"), "printer", "Ctrl+J", Action.LABEL_PRINT, _print_queue, Group.STATION
    ),
    PageSpec("sync", message("HQ sync"), "arrows-clockwise", "Ctrl+H", None, _sync, Group.STATION),
    PageSpec("keys", message("Keys"), "keyboard", "Shift+F1", None, _key_card, Group.STATION),
    PageSpec("settings", message("Settings"), "gear-six", "Ctrl+,", Action.SETTINGS_CHANGE, _settings, Group.STATION),
    PageSpec(HELP, message("Help"), "question", "F1", None, _help, Group.STATION),
)


def spec_of(key: str) -> PageSpec:
    """The page of this key. Errors: KeyError when there is none."""
    for spec in PAGES:
        if spec.key == key:
            return spec
    raise KeyError(key)


# Acts of single pages; scope is the key of the page.
PAGE_ACTS: tuple[KeyAct, ...] = (
    KeyAct("order.inspect", message("Contents and paper seen"), "F7", "order"),
    KeyAct("order.weigh", message("Take the weight from the scale"), "F6", "order"),
    KeyAct("order.mark.fragile", message("Fragile"), "Alt+1", "order"),
    KeyAct("order.mark.valuable", message("Valuable"), "Alt+2", "order"),
    KeyAct("order.mark.cold", message("Keep cold"), "Alt+3", "order"),
    KeyAct("order.mark.this_side_up", message("This side up"), "Alt+4", "order"),
    KeyAct("order.piece", message("One more piece"), "Alt+P", "order"),
    KeyAct("order.goods_line", message("One more line of goods"), "Alt+G", "order"),
    KeyAct("order.company", message("Company of sender or recipient"), "Alt+C", "order"),
    KeyAct("order.paste", message("Read the clipboard as an address"), "Ctrl+Shift+V", "order"),
    KeyAct("order.other_paper", message("Another paper"), "Alt+O", "order"),
    KeyAct("order.remove_row", message("Take this line away"), "Alt+Delete", "order"),
    KeyAct("order.recipients", message("Past recipients"), "Alt+R", "order"),
    KeyAct("order.same", message("Next parcel, same sender"), "Alt+S", "order"),
    KeyAct("order.new", message("New order, another sender"), "Alt+N", "order"),
    KeyAct("find.clear", message("Forget the filters"), "Alt+C", "find"),
    KeyAct("find.more", message("More rows"), "Alt+M", "find"),
    KeyAct("find.copy", message("Copy the waybill number"), "Alt+W", "find"),
    KeyAct("parcel.look", message("Look behind the mask"), "Alt+L", "parcel"),
    KeyAct("parcel.refund", message("Give money back"), "Alt+R", "parcel"),
    KeyAct("parcel.void", message("Make void"), "Ctrl+Del", "parcel"),
    KeyAct("parcel.copy", message("Copy the waybill number"), "Alt+W", "parcel"),
    KeyAct("parcel.papers", message("Its papers in the print queue"), "Alt+Q", "parcel"),
    KeyAct("queue.stop", message("Stop or start the printer"), "Alt+S", "print_queue"),
    KeyAct("queue.again", message("Try the paper again"), "Alt+A", "print_queue"),
    KeyAct("queue.came_out", message("It came out"), "Alt+O", "print_queue"),
    KeyAct("queue.cancel", message("Not wanted any more"), "Del", "print_queue"),
    KeyAct("queue.edit", message("Set up the printer"), "Alt+E", "print_queue"),
    KeyAct("queue.add", message("Add a printer"), "Alt+N", "print_queue"),
    KeyAct("queue.unfinished", message("Only what is not out yet"), "Alt+F", "print_queue"),
    KeyAct("queue.next_page", message("Next page of the preview"), "Alt+PgDown", "print_queue"),
    KeyAct("scan.collected", message("Scan: collected"), "Alt+1", "scan"),
    KeyAct("scan.bagged", message("Scan: bagged"), "Alt+2", "scan"),
    KeyAct("scan.dispatched", message("Scan: dispatched"), "Alt+3", "scan"),
    KeyAct("scan.arrived", message("Scan: arrived"), "Alt+4", "scan"),
    KeyAct("scan.signed", message("Scan: signed for"), "Alt+5", "scan"),
    KeyAct("scan.next_step", message("Next step after a doubtful scan"), "F7", "scan"),
    KeyAct("scan.type", message("Type a number"), "F6", "scan"),
    KeyAct("scan.new_bag", message("New bag"), "Alt+N", "scan"),
    KeyAct("scan.seal", message("Seal the bag"), "Alt+S", "scan"),
    KeyAct("scan.choose_bag", message("Choose an open bag"), "Alt+G", "scan"),
    KeyAct("scan.later", message("Parcels without an order"), "Alt+E", "scan"),
    KeyAct("bags.new", message("New bag"), "Alt+N", "bags"),
    KeyAct("bags.seal", message("Seal the bag"), "Alt+S", "bags"),
    KeyAct("bags.unseal", message("Open a sealed bag again"), "Alt+O", "bags"),
    KeyAct("bags.content", message("Content of the bag"), "Alt+1", "bags"),
    KeyAct("bags.life", message("Life of the bag"), "Alt+2", "bags"),
    KeyAct("handover.supplement", message("Supplement to a closed list"), "Alt+S", "handover"),
    KeyAct("handover.past", message("Go to the lists of the last days"), "Alt+L", "handover"),
    KeyAct("handover_list.next_step", message("Next step after a doubtful scan"), "F7", "handover_list"),
    KeyAct("handover_list.type", message("Type a number"), "F6", "handover_list"),
    KeyAct("handover_list.unload", message("Take it off the list"), "Alt+Del", "handover_list"),
    KeyAct("handover_list.supplement", message("Supplement to a closed list"), "Alt+S", "handover_list"),
    KeyAct("sync.verify", message("Check the record"), "Alt+V", "sync"),
    KeyAct("sync.back_up", message("Back up now"), "Alt+K", "sync"),
    KeyAct("sync.diagnose", message("Diagnostics file"), "Alt+D", "sync"),
    KeyAct("sync.send", message("Send now"), "Alt+S", "sync"),
    KeyAct("sync.code", message("Enter a new code"), "Alt+C", "sync"),
    KeyAct("sync.overview", message("Headquarters: overview"), "Alt+1", "sync"),
    KeyAct("sync.refused", message("Headquarters: what was refused"), "Alt+2", "sync"),
    KeyAct("sync.aside", message("Headquarters: what was kept aside"), "Alt+3", "sync"),
    KeyAct("sync.proofs", message("Headquarters: days compared"), "Alt+4", "sync"),
    KeyAct("sync.references", message("Headquarters: reference data"), "Alt+5", "sync"),
    KeyAct("sync.latest", message("Headquarters: latest operations"), "Alt+6", "sync"),
)


def all_acts() -> tuple[KeyAct, ...]:
    """The whole table of keys: pages, the window, and the acts of single pages."""
    return (*(KeyAct(spec.act, spec.title, spec.shortcut) for spec in PAGES), *SHELL_ACTS, *PAGE_ACTS)
