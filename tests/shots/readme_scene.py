"""The two pictures of the README: an ordinary evening, nobody real in it."""

from collections.abc import Callable

from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.domain.scan import Operation
from courier_desk.ui.pages.order import OrderPage
from courier_desk.ui.pages.scan import ScanPage
from tests.desk import RECIPIENT
from tests.shots.order_scene import GOODS
from tests.shots.stage import Stage


def scanning(stage: Stage) -> None:
    """Parcels go into their bag, one after the other."""
    page = stage.open("scan")
    assert isinstance(page, ScanPage)
    page.set_operation(Operation.COLLECTED)
    for number in (stage.numbers[18], stage.numbers[1], stage.numbers[19], "SF1385628716739", stage.numbers[20]):
        stage.scan(number)


def ordering(stage: Stage) -> None:
    """A known customer sends to somebody they sent to before; all but the inspection is done."""
    page = stage.open("order")
    assert isinstance(page, OrderPage)
    stage.settle()
    page.ui.sender.ui.phone_edit.setText("13800000021")
    page.ui.sender.phone_entered.emit("13800000021")
    stage.settle()
    page.ui.recipient.set_party(RECIPIENT)
    page.ui.goods.set_lines(GOODS[2:])
    page.ui.pieces.set_state([["1.2", "30", "20", "15"]])
    page.ui.fragile_button.click()
    page.ui.payment.ui.tendered_edit.setText("100")
    stage.settle()


# Name of the file, what is shown, language, look.
PICTURES: tuple[tuple[str, Callable[[Stage], None], str, str], ...] = (
    ("zh-light", scanning, CHINESE, "light"),
    ("en-dark", ordering, ENGLISH, "dark"),
)
