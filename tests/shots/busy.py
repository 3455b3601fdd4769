"""A station in the middle of its evening: fictional people, the longest names and addresses, papers in every state."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from courier_desk.base.ids import new_id
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.order import GoodsLine, HandlingMark, OrderDraft, Payer, PayWay, Piece
from courier_desk.domain.party import Address, Party
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.domain.user import Actor
from courier_desk.services.orders import Accepted
from courier_desk.services.scans import ScanCommand
from tests.desk import PASSWORD, SENDER, TestDesk, ordinary_draft

# Every person and every number below is invented.
_SENDERS = (
    SENDER,
    Party("林清和", "13800000021", "余杭区示例丝绸工艺品有限责任公司", SENDER.address),
    Party(
        "阿卜杜热合曼·买买提依明",
        "13800000022",
        "杭州示例跨境电子商务供应链管理服务有限公司余杭分公司",
        replace(SENDER.address, detail="仓前街道示例软件产业园二期西区14号楼B座地下一层东侧货运通道旁临时收发室"),
    ),
    Party("王𬒈", "0571-88000000", "", SENDER.address),
)
_AT_SHANGHAI = Address("上海市", "上海市", "徐汇区", "", "虹漕路461号58号楼5楼", "200233", "310104000000")
_AT_BEIJING = Address("北京市", "北京市", "朝阳区", "", "示例路8号院2号楼1单元301室", "100020", "110105000000")
_AT_SHENZHEN = Address("广东省", "深圳市", "南山区", "", "科苑示例大道88号3栋12A", "518000", "440305000000")
_AT_HOME = Address("浙江省", "杭州市", "余杭区", "五常街道", "示例街1号", "311121", "330110005000")
_FAR_AWAY = Address(
    "新疆维吾尔自治区",
    "克孜勒苏柯尔克孜自治州",
    "阿克陶县",
    "",
    "塔什库尔干塔吉克民族乡示例村三组团结东路延伸段118号院内北侧平房（村委会斜对面，到后请先打电话）",
    "845550",
    "653022000000",
)
_RECIPIENTS = (
    Party("周文", "13900000031", "", _AT_SHANGHAI),
    Party("欧阳思远", "13900000032", "", _AT_BEIJING),
    Party("古丽米热·阿不都克里木", "13900000033", "克孜勒苏柯尔克孜示例果业专业合作社联合社", _FAR_AWAY),
    Party("何小满", "13900000034", "", _AT_SHENZHEN),
    Party("陈一", "13900000035", "", _AT_HOME),
)
_GOODS = (
    (GoodsLine("棉质衬衫", 2, 8000),),
    (GoodsLine("手工丝绸围巾（礼盒装，含贺卡与防尘袋各一）", 12, 16800), GoodsLine("书", 3, 4500)),
    (GoodsLine("陶瓷茶具", 1, 32000),),
)


def fill(desk: TestDesk, orders: int = 26) -> list[Accepted]:
    """Take ``orders`` orders and carry some of them through to the truck; returns them, oldest first."""
    inspection = desk.inspect()
    taken = [_take(desk, _draft(number), inspection) for number in range(orders)]
    collected = [each.parcel_numbers[0] for each in taken[: orders * 2 // 3]]
    for number in collected:
        _scan(desk, number, Operation.COLLECTED)
    _scan(desk, collected[0], Operation.COLLECTED)
    _scan(desk, "SF1385628716739", Operation.COLLECTED)
    bags = _bag(desk, collected[: len(collected) * 2 // 3])
    _load(desk, bags)
    _void(desk, taken[-1])
    _papers(desk)
    return taken


def longest_draft() -> OrderDraft:
    """The order with the longest names and three pieces."""
    return _draft(2)


def _draft(number: int) -> OrderDraft:
    """Each order another mixture; the third is the longest that there is."""
    draft = replace(
        ordinary_draft(pieces=3 if number % 7 == 2 else 1),
        sender=_SENDERS[number % len(_SENDERS)],
        recipient=_RECIPIENTS[number % len(_RECIPIENTS)],
        goods=_GOODS[number % len(_GOODS)],
        tendered_fen=200_000,
    )
    if number % 5 == 2:
        marks = frozenset({HandlingMark.FRAGILE, HandlingMark.THIS_SIDE_UP})
        return replace(draft, marks=marks, declared_value_fen=350_000, cod_fen=128_000, note="到后请先打电话，工作日送")
    if number % 5 == 3:
        return replace(draft, payer=Payer.RECIPIENT, pay_way=PayWay.NONE, tendered_fen=None)
    if number % 5 == 4:
        return replace(draft, pay_way=PayWay.QR, tendered_fen=None, pieces=(Piece(28_500, 600, 500, 450),))
    return draft


def _take(desk: TestDesk, draft: OrderDraft, inspection: Inspection) -> Accepted:
    return desk.on_db(partial(desk.services.orders.accept, desk.agent, draft, inspection))


def _scan(desk: TestDesk, text: str, operation: Operation, bag_id: str | None = None) -> None:
    command = ScanCommand(RawScan(text, "Counter 1", datetime.now(UTC)), operation, bag_id)
    desk.on_db(partial(desk.services.scans.record, desk.agent, command))


def _bag(desk: TestDesk, numbers: Sequence[str]) -> list[tuple[str, str]]:
    """Bags by destination; all but the last are sealed. Returns tag and line of the sealed ones."""
    open_bags: dict[tuple[str, str], str] = {}
    counted: dict[str, int] = {}
    tags: dict[str, tuple[str, str]] = {}
    for number in numbers:
        parcel = desk.on_db(partial(desk.services.floor.parcel, desk.agent, number))
        assert parcel is not None
        way = (parcel.destination, parcel.line)
        if way not in open_bags:
            bag = desk.on_db(partial(desk.services.bags.open, desk.agent, *way)).bag
            open_bags[way], tags[bag.id] = bag.id, (bag.tag, bag.line)
        _scan(desk, number, Operation.BAGGED, open_bags[way])
        counted[open_bags[way]] = counted.get(open_bags[way], 0) + 1
    sealed = list(counted)[:-1]
    for place, bag_id in enumerate(sealed):
        seal = partial(desk.services.bags.seal, desk.agent, bag_id, f"SEAL{place:06d}", counted[bag_id])
        desk.on_db(seal)
    return [tags[bag_id] for bag_id in sealed]


def _load(desk: TestDesk, bags: Sequence[tuple[str, str]]) -> None:
    """One list is closed with differences, the others are still being loaded; one sealed bag waits."""
    lines = list(dict.fromkeys(line for _tag, line in bags[:-1]))
    for place, line in enumerate(lines):
        handover = desk.on_db(partial(desk.services.handovers.open, desk.agent, line, "浙A·D12345", "吴师傅")).manifest
        for tag in (tag for tag, its in bags if its == line):
            command = ScanCommand(RawScan(tag, "Counter 1", datetime.now(UTC)), Operation.LOADED)
            desk.on_db(partial(desk.services.handovers.load, desk.agent, handover.id, command))
        if place == 0:
            close = desk.services.handovers.close
            desk.on_db(partial(close, desk.agent, handover.id, "浙A·D12345", "吴师傅", short_confirmed=True))


def _void(desk: TestDesk, order: Accepted) -> None:
    def void() -> None:
        why = "The sender has changed their mind"
        request = desk.services.cancelling.ask(desk.agent, RequestKind.VOID, order.order_id, why)
        approval = desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD)
        desk.services.cancelling.void(desk.agent, request, approval)

    desk.on_db(void)


def _papers(desk: TestDesk) -> None:
    """Most are out; one failed, one nobody knows of, some wait."""

    def save() -> None:
        with desk.app.desk.store.write(desk.agent) as work:
            jobs = [work.print_jobs.get(row.job_id) for row in desk.services.find.print_jobs(desk.agent)]
            for place, job in enumerate(each for each in reversed(jobs) if each is not None):
                state = PrintState.PRINTED if place < len(jobs) - 5 else _LAST[place - len(jobs) + 5]
                if job.state is PrintState.WAITING and state is not PrintState.WAITING:
                    error = "The printer is out of paper: put in a new roll." if state is PrintState.FAILED else ""
                    sending = replace(job, state=PrintState.SENDING, changed_at=work.now)
                    work.print_jobs.save(sending)
                    work.print_jobs.save(replace(sending, state=state, error=error))
            work.commit()

    desk.on_db(save)


_LAST = (PrintState.UNKNOWN, PrintState.FAILED, PrintState.WAITING, PrintState.WAITING, PrintState.WAITING)


def keep_draft(desk: TestDesk, owner: Actor) -> None:
    """A half-filled order that waits on the first page."""
    keep = partial(desk.services.drafts.keep, owner, new_id(), "order", "林清和 138****0021", {"kind": "order"})
    desk.on_db(keep)
