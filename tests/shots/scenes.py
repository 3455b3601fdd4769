"""How each page is brought to show its longest real data, and how it shows that something is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import message
from courier_desk.ui.pages.find import FindPage
from tests.shots import floor_scene
from tests.shots.order_scene import fill_order, spoil_order
from tests.shots.stage import Stage

# Parts that may be longer than the window by their nature: texts to read, one record's fields, fifty pieces.
MAY_SCROLL: frozenset[str] = frozenset({"order_rows"})

Preparation = Callable[[Stage], None]


def show(stage: Stage, key: str) -> None:
    """Open the page, on a busy station with something in it."""
    stage.open(key)
    if stage.numbers and key in _FULL:
        _FULL[key](stage)
        stage.settle()


def spoil(stage: Stage, key: str) -> None:
    """Let something go wrong on the page that is shown: its own fault, and a fault of the surroundings."""
    if key in _WRONG:
        _WRONG[key](stage)
    notifier = stage.kit.ctx.notifier
    notifier.fault(
        EnvironmentFault(
            message("The disk is full or cannot be written. Nothing of this was saved; make room and try again.")
        ),
        _nothing,
    )
    notifier.error(UserError(message("There is no such order.")))
    stage.settle()


def _nothing() -> None:
    """What trying again does here."""


def _parcel(stage: Stage) -> None:
    """The order with the longest names and three pieces."""
    stage.open("parcel", number=stage.numbers[2])


def _printers(stage: Stage) -> None:
    """Three printers with long names, one of them out of paper, one stopped."""
    names = ("Zebra ZD421 am Schalter 1 / 柜台一号面单机", "TSC TE210", "办公室激光打印机")
    kinds = (("tcp", "192.168.1.50:9100", "zpl"), ("tcp", "192.168.1.51", "tspl"), ("system", "office", "pdf"))
    printers = tuple(PrinterSetting(name, *kind) for name, kind in zip(names, kinds, strict=True))
    routes = (("label", names[0]), ("bag_tag", names[0]), ("handover_list", names[2]))
    stage.kit.ctx.preferences.change(printers=printers, paper_printers=routes, spare_printer=names[1])
    out = message("The printer is out of paper: put in a new roll.")
    stage.kit.ctx.bridge.queue_changed.emit(_Queue(names[0], _State("held"), str(out)))
    stage.kit.ctx.bridge.queue_changed.emit(_Queue(names[2], _State("stopped"), ""))


def _not_found(stage: Stage) -> None:
    """A day that is none, and words that nobody wrote."""
    page = stage.page
    assert isinstance(page, FindPage)
    page.ui.text_edit.setText("毛绒玩具")
    stage.settle()
    page.ui.since_edit.setText("13-45")


def _no_such_parcel(stage: Stage) -> None:
    stage.open("parcel", number="XS0000000000007")


class _State(StrEnum):
    """The states of a printer's queue, as they come from below."""

    HELD = "held"
    STOPPED = "stopped"


@dataclass(frozen=True)
class _Queue:
    """A printer's queue, as it comes from below."""

    printer: str
    state: _State
    text: str


_FULL: Mapping[str, Preparation] = {
    "order": fill_order,
    "parcel": _parcel,
    "print_queue": _printers,
    "scan": floor_scene.fill_scan,
    "bags": floor_scene.fill_bags,
    "handover": floor_scene.fill_handover,
    "handover_list": floor_scene.fill_list,
}
_WRONG: Mapping[str, Preparation] = {
    "order": spoil_order,
    "find": _not_found,
    "parcel": _no_such_parcel,
    "scan": floor_scene.spoil_scan,
    "bags": floor_scene.spoil_bags,
    "handover_list": floor_scene.spoil_list,
}
