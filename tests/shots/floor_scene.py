"""The floor's pages and dialogs in the middle of the evening, and with everything that goes wrong there."""

from functools import partial

from PySide6.QtWidgets import QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.bag import BagState
from courier_desk.domain.manifest import ManifestState
from courier_desk.domain.own_number import make
from courier_desk.domain.scan import Operation
from courier_desk.services.rows import BagRow
from courier_desk.ui.dialogs.close_list import CloseList
from courier_desk.ui.dialogs.manual_entry import ManualEntry
from courier_desk.ui.dialogs.open_bag import OpenBag
from courier_desk.ui.dialogs.seal_bag import SealBag
from courier_desk.ui.dialogs.without_order import WithoutOrder
from courier_desk.ui.pages.bags import BagsPage
from courier_desk.ui.pages.handovers import HandoversPage
from courier_desk.ui.pages.scan import ScanPage
from tests.shots.stage import Stage


def fill_scan(stage: Stage) -> None:
    """Bagging: some went in, one was there before."""
    page = stage.page
    assert isinstance(page, ScanPage)
    bag = _bag(stage, BagState.OPEN)
    page.set_operation(Operation.BAGGED)
    for text in (bag.tag, "SF1385628716739", *_loose_for(stage, bag), *stage.numbers[:2]):
        stage.scan(text)


def spoil_scan(stage: Stage) -> None:
    """A parcel that belongs into another bag, after a number that nobody knows."""
    stage.scan(make("XS", 987_654_321))
    stage.scan(stage.numbers[16])


def fill_bags(stage: Stage) -> None:
    """The life of a sealed bag."""
    page = stage.page
    assert isinstance(page, BagsPage)
    page.panel.table.choose(_bag(stage, BagState.SEALED).bag_id)
    page.ui.life_button.click()


def spoil_bags(stage: Stage) -> None:
    """A tag that was not made here."""
    stage.scan("BAG" + make("XS", 987_654_321))


def fill_handover(stage: Stage) -> None:
    """A list of the last days is chosen."""
    page = stage.page
    assert isinstance(page, HandoversPage)
    page.past.table.choose_first()


def fill_list(stage: Stage) -> None:
    """A list with most of its line loaded."""
    stage.open("handover_list", manifest=_list(stage, ManifestState.OPEN))


def spoil_list(stage: Stage) -> None:
    """A bag that is not sealed."""
    stage.scan(_bag(stage, BagState.OPEN).tag)


def closed_list(stage: Stage) -> QWidget:
    """The page of a closed list, as a picture of its own."""
    stage.open("handover_list", manifest=_list(stage, ManifestState.CLOSED))
    return stage.window


def manual_entry(stage: Stage) -> QWidget:
    """Typed twice, not alike."""
    dialog = ManualEntry(stage.window, stage.desk.services.scans.understand, stage.numbers[0])
    dialog.ui.again_edit.setText(stage.numbers[1])
    dialog.ui.ok_button.click()
    return dialog


def open_bag(stage: Stage) -> QWidget:
    """Where may it go."""
    return OpenBag(stage.window, stage.kit.ctx)


def seal_bag(stage: Stage) -> QWidget:
    """Counted wrong."""
    dialog = SealBag(stage.window, stage.kit.ctx, _bag(stage, BagState.OPEN).bag_id)
    dialog.ui.counted_edit.setText("999999")
    dialog.ui.seal_edit.setText("SEAL000000000000001")
    dialog.show()
    stage.settle()
    dialog.ui.ok_button.click()
    return dialog


def without_order(stage: Stage) -> QWidget:
    """Two that lie aside."""
    stage.open("scan")
    for serial in (987_654_321, 987_654_322):
        stage.scan(make("XS", serial))
    rows = stage.desk.on_db(
        partial(stage.desk.services.floor.without_order, stage.desk.agent, stage.desk.on_db(stage.desk.app.desk.today))
    )
    return WithoutOrder(stage.window, stage.kit.ctx, rows)


def close_list(stage: Stage) -> QWidget:
    """With a difference that was not confirmed, and no driver."""
    handovers = stage.desk.services.handovers
    view = stage.desk.on_db(partial(handovers.view, stage.desk.agent, _list(stage, ManifestState.OPEN)))
    dialog = CloseList(stage.window, stage.kit.ctx, view, "浙A·D12345", "")
    dialog._on_error(UserError(message("Enter the driver's name."), field="driver"))
    return dialog


def _bag(stage: Stage, state: BagState) -> BagRow:
    rows = stage.desk.on_db(partial(stage.desk.services.find.bags, stage.desk.agent))
    return next(row for row in rows if row.state == state)


def _loose_for(stage: Stage, bag: BagRow) -> list[str]:
    """Collected parcels that may go into this bag."""
    parcels = [stage.desk.on_db(partial(_parcel, stage, number)) for number in stage.numbers]
    return [number for number, destination in filter(None, parcels) if destination == bag.destination]


def _parcel(stage: Stage, number: str) -> tuple[str, str] | None:
    found = stage.desk.services.floor.parcel(stage.desk.agent, number)
    return (found.number, found.destination) if found and found.bag_id is None and found.status == "PICK" else None


def _list(stage: Stage, state: ManifestState) -> str:
    today = stage.desk.on_db(stage.desk.app.desk.today)
    rows = stage.desk.on_db(partial(stage.desk.services.find.manifests, stage.desk.agent, today))
    return next(row.manifest_id for row in rows if row.state == state)
