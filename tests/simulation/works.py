"""What people do at a simulated desk; what the desk refuses in its own words is part of the day."""

from collections.abc import Callable
from random import Random

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.bag import Bag, BagState
from courier_desk.domain.identity import IdentityKind
from courier_desk.domain.manifest import Manifest, ManifestState
from courier_desk.domain.order import GoodsLine, OrderDraft, PayWay, Piece
from courier_desk.domain.party import Address, Party
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.domain.user import Actor
from courier_desk.services.acceptance import IdentityInput
from courier_desk.services.assembly import Services
from courier_desk.services.scans import ScanCommand
from tests.desk import ID_NUMBER, RECIPIENT, SENDER

TO_BEIJING = Party(
    "王建国",
    "13700001111",
    "",
    Address("北京市", "北京市", "朝阳区", "建外街道", "建国路88号3号楼1201室", "100022", "110105001000"),
)
PLATE, DRIVER = "浙A12345", "样例司机"


class Works:
    """One person at one desk. Every method says what it handed out, or an empty text."""

    def __init__(self, services: Services, actor: Actor, clock: Clock, dice: Random) -> None:
        self._services = services
        self._actor = actor
        self._clock = clock
        self._dice = dice

    def anything(self, known: list[str]) -> str:
        """One piece of work; ``known`` are numbers that may be lying about. Returns the number of a new order."""
        choices: list[tuple[int, Callable[[], str]]] = [
            (5, self.accept),
            (6, lambda: self.scan(known)),
            (2, lambda: self.bag(known)),
            (1, self.hand_over),
        ]
        weights, works = zip(*choices, strict=True)
        work: Callable[[], str] = self._dice.choices(works, weights)[0]
        try:
            return work()
        except UserError:
            return ""

    def accept(self) -> str:
        """An order for Beijing or Shanghai; sometimes of two pieces, by a sender whose name keeps changing."""
        dice, services = self._dice, self._services
        sender = Party(dice.choice(("李晓梅", "李小梅")), SENDER.phone, "", SENDER.address)
        pieces = dice.choice((1, 1, 1, 2))
        draft = OrderDraft(
            sender=sender,
            recipient=dice.choice((TO_BEIJING, RECIPIENT)),
            pieces=(Piece(weight_g=dice.randrange(100, 3000)),) * pieces,
            goods=(GoodsLine("棉质衬衫", 2, 8000),),
            pay_way=PayWay.CASH,
        )
        typed = IdentityInput(IdentityKind.RESIDENT_ID, ID_NUMBER)
        proof = services.acceptance.check_identity(self._actor, typed, new_id())
        inspection = Inspection(contents_seen=True, identity=proof)
        return services.orders.accept(self._actor, draft, inspection).number

    def scan(self, known: list[str]) -> str:
        """A label under the gun: ours, another station's, or nobody's."""
        operation = self._dice.choice((Operation.COLLECTED, Operation.ARRIVED, Operation.SIGNED))
        number = self._dice.choice(known) if known else "CD000000000000"
        self._services.scans.record(self._actor, ScanCommand(self._raw(number), operation))
        return ""

    def bag(self, known: list[str]) -> str:
        """Something goes into a bag, and the bag is shut."""
        services, actor = self._services, self._actor
        if not known:
            return ""
        bag: Bag = services.bags.open(actor, "上海集散中心", "HZ-SH").bag
        for number in self._dice.sample(known, min(2, len(known))):
            command = ScanCommand(self._raw(number), Operation.BAGGED, bag_id=bag.id, reason="moved")
            services.scans.record(actor, command)
        [now] = [row for row in services.find.bags(actor, open_only=True) if row.bag_id == bag.id]
        if now.pieces and self._dice.random() < 0.7:
            services.bags.seal(actor, bag.id, f"SEAL{new_id()[-12:]}", now.pieces)
        return ""

    def hand_over(self) -> str:
        """A list for the line, with what lies about, and the lorry leaves."""
        services, actor = self._services, self._actor
        line = self._dice.choice(list(services.reference.lines()))
        listed: Manifest = services.handovers.open(actor, line).manifest
        for row in services.find.bags(actor, open_only=False):
            if row.state == BagState.SEALED:
                services.handovers.load(actor, listed.id, ScanCommand(self._raw(row.tag), Operation.LOADED))
        closed = services.handovers.close(actor, listed.id, PLATE, DRIVER, short_confirmed=True).manifest
        assert closed.state is ManifestState.CLOSED
        return ""

    def _raw(self, text: str) -> RawScan:
        return RawScan(text, "gun 1", self._clock.now())
