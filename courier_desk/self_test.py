"""Floor 6: the self-test. The whole journey on a temporary station, each step read back; works with no display.

Imports stand inside the functions: the platform of the screen is chosen before Qt is there.
"""
# ruff: noqa: PLC0415

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from courier_desk.base.ids import new_id
from courier_desk.base.paths import DataFolder

if TYPE_CHECKING:
    from courier_desk.app import Desk
    from courier_desk.domain.user import Actor
    from courier_desk.services.orders import Accepted

T = TypeVar("T")
PATIENCE_S = 30.0
_PASSWORD = "Self-Test-" + new_id()[-12:]


class StepFailed(AssertionError):
    """A step did not give what was read back."""


@dataclass(slots=True)
class Report:
    """Says each step as it is done."""

    started: float = field(default_factory=time.monotonic)
    steps: int = 0

    def say(self, what: str) -> None:
        """One line: the step, what was found, the time."""
        self.steps += 1
        sys.stdout.write(f"{self.steps:2d}  {time.monotonic() - self.started:6.2f} s  {what}\n")
        sys.stdout.flush()


def run_self_test() -> int:
    """0 when every step was read back, else 1 with the step that failed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report = Report()
    try:
        with _station() as desk:
            _journey(desk, report)
    except StepFailed as failure:
        sys.stdout.write(f"FAILED: {failure}\n")
        return 1
    sys.stdout.write(f"{report.steps} passed, 0 failed\n")
    return 0


@contextmanager
def _station() -> Iterator["Desk"]:
    # Imported late: the platform of the screen is chosen above.
    from courier_desk.app import Desk, make_application
    from courier_desk.bootstrap import build

    folder = Path(tempfile.mkdtemp(prefix="courier-desk-self-test-"))
    desk = Desk(make_application(), build(DataFolder(folder)))
    try:
        desk.start()
        yield desk
    finally:
        if desk.shell.window is not None:
            desk.shell.window.close()
        desk.close()
        shutil.rmtree(folder, ignore_errors=True)


def _journey(desk: "Desk", report: Report) -> None:
    actor = _log_in(desk, report)
    _open_pages(desk, report)
    _must(desk.context.services.auth is not None, "the services are there")
    first, second = _order(desk, actor, report), _order(desk, actor, report)
    _labels(desk, [first.number, second.number], report)
    tag = _scan_and_bag(desk, actor, first.number, report)
    _collect(desk, actor, second.number)
    _hand_over(desk, actor, tag, second.number, report)
    _find(desk, actor, first, report)
    _chains(desk, actor, report)


def _log_in(desk: "Desk", report: Report) -> "Actor":
    shell = desk.shell
    _until(lambda: shell.first_start is not None, "the first start asks what to set up")
    first = shell.first_start
    if first is None:
        raise StepFailed("no first start")
    first.start()
    _until(lambda: bool(first.people), "the sample station is set up")
    password = {each.operator.number: each.password for each in first.people}["1001"]
    report.say(f"sample station set up, {len(first.people)} people with first passwords")
    first.finished.emit()
    _until(lambda: shell.ui is not None, "the station is open")
    login = shell.login
    login.log_in_asked.emit("1001", password)
    _until(lambda: login.ui.steps.currentWidget() is login.ui.new_password_step, "the first log-in asks a password")
    login.password_chosen.emit(_PASSWORD, "question", "answer")
    _until(lambda: login.ui.steps.currentWidget() is login.ui.details_step, "the details are shown")
    login.details_answered.emit(True)
    _until(lambda: shell.window is not None and shell.window.isVisible(), "the main window shows")
    if shell.ui is None:
        raise StepFailed("no screen")
    report.say(f"logged in as {shell.ui.actor.number} ({shell.ui.actor.role.value}) with a new password")
    return shell.ui.actor


def _open_pages(desk: "Desk", report: Report) -> None:
    from courier_desk.ui.navigation import Request
    from courier_desk.ui.page_registry import PAGES

    window, ui = desk.shell.window, desk.shell.ui
    if window is None or ui is None:
        raise StepFailed("no window")
    opened = [spec.key for spec in PAGES if ui.session.may(spec.right) and window.open_page(Request(spec.key))]
    _wait(0.3)
    wanted = [spec.key for spec in PAGES if ui.session.may(spec.right)]
    _must(opened == wanted, f"every page opens: {wanted}")
    _must(not window.grab().isNull(), "the window can be painted")
    report.say(f"{len(opened)} pages opened: {', '.join(opened)}")


def _order(desk: "Desk", actor: "Actor", report: Report) -> "Accepted":
    from courier_desk.domain.acceptance import Inspection
    from courier_desk.domain.address import load_divisions, parse_line
    from courier_desk.domain.identity import IdentityKind
    from courier_desk.domain.order import GoodsLine, OrderDraft, Piece
    from courier_desk.domain.party import Party
    from courier_desk.services.acceptance import IdentityInput

    services, divisions = desk.context.services, load_divisions()
    sender = parse_line("李晓梅 13812345678 浙江省杭州市余杭区五常街道文一西路969号3幢", divisions)
    recipient = parse_line("欧阳娜娜，13987654321，上海徐汇区虹漕路461号58号楼5楼", divisions)
    draft = OrderDraft(
        sender=Party(sender.name or "", sender.phone or "", address=sender.address),
        recipient=Party(recipient.name or "", recipient.phone or "", address=recipient.address),
        pieces=(Piece(1200, 300, 200, 150),),
        goods=(GoodsLine("棉质衬衫", 2, 8000),),
        tendered_fen=10000,
    )

    def accept() -> "Accepted":
        typed = IdentityInput(IdentityKind.RESIDENT_ID, "110101202311012176")
        proof = services.acceptance.check_identity(actor, typed, new_id())
        return services.orders.accept(actor, draft, Inspection(contents_seen=True, identity=proof))

    accepted = _on_db(desk, accept)
    view = _on_db(desk, lambda: services.find.order(actor, accepted.order_id))
    _must(view.order.number == accepted.number, "the order is found by its id")
    _must(sum(line.amount_fen for line in view.order.charges) == accepted.total_fen, "the price lines add up")
    _must(accepted.change_fen == 10000 - accepted.total_fen, "the change is right")
    report.say(f"order {accepted.number}: {accepted.total_fen / 100:.2f} {accepted.currency}, inspected and numbered")
    return accepted


def _labels(desk: "Desk", numbers: list[str], report: Report) -> None:
    from courier_desk.printing.preview import page_picture, read_back

    desk.context.hardware.spooler.wake()
    folder = desk.context.folder.paper
    _until(lambda: len(list(folder.glob("*.pdf"))) >= len(numbers), "the labels are printed")
    found: set[str] = set()
    for paper in folder.glob("*.pdf"):
        found |= {code.text for code in read_back(page_picture(paper.read_bytes(), dpi=203))}
    _must(set(numbers) <= found, f"the codes on the labels read {numbers}, found {sorted(found)}")
    report.say(f"{len(numbers)} labels printed to the folder and read back by the bar code reader")


def _scan(desk: "Desk", actor: "Actor", text: str, operation: str, bag_id: str | None = None) -> str:
    from courier_desk.domain.scan import Operation, RawScan
    from courier_desk.services.scans import ScanCommand

    command = ScanCommand(RawScan(text, "self-test", datetime.now(UTC)), Operation(operation), bag_id)
    return _on_db(desk, lambda: desk.context.services.scans.record(actor, command)).outcome.value


def _collect(desk: "Desk", actor: "Actor", number: str) -> None:
    _must(_scan(desk, actor, number, "collected") == "accepted", f"{number} is collected")


def _scan_and_bag(desk: "Desk", actor: "Actor", number: str, report: Report) -> str:
    services = desk.context.services
    _collect(desk, actor, number)
    _must(_scan(desk, actor, number, "collected") == "repeat", "a second scan is a repeat")
    _must(_scan(desk, actor, "SF1385628716739", "collected") == "other_carrier", "another carrier is told")
    route = _route(desk, number)
    bag = _on_db(desk, lambda: services.bags.open(actor, route[0], route[1])).bag
    _must(_scan(desk, actor, number, "bagged", bag.id) == "accepted", "the parcel goes into the bag")
    sealed = _on_db(desk, lambda: services.bags.seal(actor, bag.id, "SEAL0001", 1)).bag
    _must(sealed.pieces == 1, "the bag holds one piece")
    report.say(f"collected, repeat and foreign number told, bagged and sealed in {sealed.tag}")
    return sealed.tag


def _route(desk: "Desk", number: str) -> tuple[str, str]:
    with desk.context.desk.store.read() as look:
        order = look.orders.by_number(number)
    if order is None:
        raise StepFailed(f"{number} is not there")
    return order.route.package_centre, order.route.line


def _hand_over(desk: "Desk", actor: "Actor", tag: str, loose: str, report: Report) -> None:
    from courier_desk.domain.manifest import seal_digest
    from courier_desk.domain.scan import Operation, RawScan
    from courier_desk.services.scans import ScanCommand

    handovers = desk.context.services.handovers
    line = _route(desk, loose)[1]
    opened = _on_db(desk, lambda: handovers.open(actor, line)).manifest
    for code in (tag, loose):
        command = ScanCommand(RawScan(code, "self-test", datetime.now(UTC)), Operation.LOADED)
        result = _on_db(desk, lambda c=command: handovers.load(actor, opened.id, c))  # type: ignore[misc]  # bound now
        _must(result.outcome.value == "accepted", f"{code} is loaded")
    closed = _on_db(
        desk, lambda: handovers.close(actor, opened.id, "浙A12345", "王师傅", short_confirmed=False)
    ).manifest
    _must(len(closed.items) == 2, "the list holds the bag and the loose parcel")
    seen = _on_db(desk, lambda: handovers.view(actor, opened.id)).manifest
    _must(closed.digest == seal_digest(seen), "the seal verifies")
    report.say(f"handover list {closed.number} of line {line} closed and sealed {closed.digest[:12]}")


def _find(desk: "Desk", actor: "Actor", order: "Accepted", report: Report) -> None:
    from courier_desk.services.find import FindSpec

    find = desk.context.services.find
    for scrap in (order.number, "欧阳", "虹漕路", "13987654321"):
        rows = _on_db(desk, lambda s=scrap: find.orders(actor, FindSpec(text=s)))  # type: ignore[misc]  # bound now
        _must(order.number in [row.number for row in rows], f"{scrap} finds the order")
    life = [row.kind for row in _on_db(desk, lambda: find.order(actor, order.order_id)).life]
    _must("dispatched" in life, f"the life of the parcel is whole: {life}")
    report.say(f"found by number, name, street and telephone; its life: {', '.join(life)}")


def _chains(desk: "Desk", actor: "Actor", report: Report) -> None:
    counts = _on_db(desk, lambda: desk.context.services.find.counts(actor, desk.context.desk.today()))
    broken = _on_db(desk, desk.context.desk.verify)
    _must(broken == (), f"audit and outbox chains verify: {broken}")
    report.say(f"audit and outbox chains verify; {counts.unsent} operations wait for headquarters")


def _on_db(desk: "Desk", fn: Callable[[], T]) -> T:
    return desk.context.db.submit(fn).result(PATIENCE_S)


def _until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise StepFailed(f"never happened: {what}")
        _wait(0.01)


def _wait(seconds: float) -> None:
    from courier_desk.app import run_events

    run_events(seconds)


def _must(true: bool, what: str) -> None:
    if not true:
        raise StepFailed(what)
