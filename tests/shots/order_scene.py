"""The order page with the longest real data in every field, and with everything wrong that can be."""

from courier_desk.domain.order import GoodsLine
from courier_desk.domain.party import Address, Party
from courier_desk.ui.pages.order import OrderPage
from tests.shots.stage import Stage

LONGEST = Party(
    "阿卜杜热西提·买买提艾力·阿不都热合曼",
    "0908-7654321",
    "克孜勒苏柯尔克孜自治州阿克陶县奥依塔克镇边境贸易综合服务有限责任公司",
    Address(
        "新疆维吾尔自治区",
        "克孜勒苏柯尔克孜自治州",
        "阿克陶县",
        "塔尔塔吉克族乡",
        "巴格艾格孜村五组民族团结路与幸福大道交叉口西北角六百米边境贸易市场综合服务大楼二单元十五层1508室",
        "845550",
        "653022",
    ),
)
GOODS = (
    GoodsLine("新疆特产葡萄干巴旦木核桃仁混合坚果礼盒装（家庭分享装）", 12, 88800),
    GoodsLine("锂电池移动电源", 1, 12900),
    GoodsLine("棉质衬衫", 3, 8000),
)


def fill_order(stage: Stage) -> None:
    """Two long parties, three pieces, three kinds of goods, all fees."""
    page = _page(stage)
    ui = page.ui
    ui.sender.set_party(LONGEST)
    ui.recipient.set_party(Party("欧阳娜娜", "17012345678-1234", "", LONGEST.address))
    ui.goods.set_lines(GOODS)
    ui.pieces.set_state([["12.5", "60", "40", "40"], ["8", "30", "30", "30"], ["3.25", "", "", ""]])
    ui.declared_value_edit.setText("20000")
    ui.cod_edit.setText("1234.5")
    ui.note_edit.setText("请在工作日上午九点以后送达，电话提前联系，放门卫处请先征得收件人同意")
    ui.fragile_button.click()
    stage.settle()


def spoil_order(stage: Stage) -> None:
    """Confirmed with half of it missing and a forbidden article in it."""
    page = _page(stage)
    page.ui.goods.set_lines((GoodsLine("打火机", 1, 500), GOODS[1]))
    page.ui.recipient.ui.phone_edit.setText("1390000")
    page.ui.pieces.set_state([["1,2,3", "60", "", ""]])
    page.ui.cold_button.click()
    page.ui.payment.ui.confirm_button.click()
    stage.settle()


def _page(stage: Stage) -> OrderPage:
    page = stage.page
    assert isinstance(page, OrderPage)
    return page
