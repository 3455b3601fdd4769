"""Random days on the floor against a simple model: whatever is scanned, sealed, loaded and cancelled in whatever order,
the books agree with what lies where, nothing is twice on its way, and headquarters is told of everything.

In ``make test`` a few short days; ``-m soak`` runs long ones.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from courier_desk.base.errors import UserError
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.manifest import seal_digest, totals
from courier_desk.domain.scan import Operation, Outcome, RawScan
from courier_desk.domain.user import Role
from courier_desk.services.approvals import ApprovalRequest
from courier_desk.services.scans import ScanCommand
from courier_desk.storage.metadata import synchronised_tables
from tests.desk import PASSWORD, TestDesk, make_desk, ordinary_draft
from tests.services.floor_model import Model, Paper, Piece, Sack

T = TypeVar("T")
_AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
# Rows that an operation tells whole inside another entity's: their place is with it.
_PARTS = frozenset({"waybill", "parcel", "goods", "charge", "payment", "inspection", "customer", "customer_recipient",
                    "manifest_item", "seal"})  # fmt: skip
_PICK = st.integers(0, 999)


class Day(RuleBasedStateMachine):
    """One desk, one person, everything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="courier-desk-day-")
        self.desk: TestDesk = make_desk(Path(self._folder.name) / "station")
        self.model = Model()

    def teardown(self) -> None:
        self.desk.close()
        self._folder.cleanup()

    def do(self, fn: Callable[[], T]) -> T:
        return self.desk.on_db(fn)

    def said_no(self, fn: Callable[[], Any]) -> bool:
        """True when a person was told why not."""
        try:
            self.do(fn)
        except UserError:
            return True
        return False

    def scan(self, number: str, operation: Operation, bag_id: str | None = None, reason: str = "") -> Outcome:
        self.model.scans += 1
        command = ScanCommand(RawScan(number, "gun", _AT), operation, bag_id, reason)
        return self.do(lambda: self.desk.services.scans.record(self.desk.agent, command)).outcome

    def approved(self, request: ApprovalRequest) -> str:
        by = self.desk.actors[Role.MANAGER] if request.grade > 1 else self.desk.agent
        return self.do(lambda: self.desk.services.approvals.give(self.desk.agent, request, by.number, PASSWORD))

    def pick(self, number: int, keys: dict[str, Any]) -> str:
        return sorted(keys)[number % len(keys)]

    @initialize(sealed=st.booleans())
    def the_evening_has_begun(self, sealed: bool) -> None:
        """Some are collected, one lies in a bag, one on a list: so that a short day gets far."""
        for pieces in (1, 2, 1):
            self.accept(pieces)
        for n in range(3):
            self.collect(n)
        self.open_bag(0, elsewhere=False)
        self.open_bag(0, elsewhere=False)
        self.open_list(0)
        self.put_into_bag(0, 0, "")
        if sealed:
            self.seal(0, counted_wrong=False)
        self.load(1, 0, as_bag=False)

    @rule(pieces=st.integers(1, 3))
    def accept(self, pieces: int) -> None:
        accepted = self.desk.accept(ordinary_draft(pieces))
        self.model.serials.append(accepted.number)
        for number in accepted.parcel_numbers:
            self.add_piece(accepted.order_id, number)

    def add_piece(self, order_id: str, number: str) -> None:
        parcel = self.do(lambda: self.desk.services.floor.parcel(self.desk.agent, number))
        assert parcel is not None
        self.model.pieces[number] = Piece(order_id, parcel.destination, parcel.line)

    @rule(n=_PICK)
    def collect(self, n: int) -> None:
        number = self.pick(n, self.model.pieces)
        piece = self.model.pieces[number]
        outcome = self.scan(number, Operation.COLLECTED)
        expected = Outcome.REPEAT if piece.collected else Outcome.ACCEPTED
        assert outcome is (Outcome.VOID_LABEL if piece.void else expected)
        piece.collected |= outcome is Outcome.ACCEPTED

    @rule(n=_PICK, elsewhere=st.booleans())
    def open_bag(self, n: int, elsewhere: bool) -> None:
        piece = self.model.pieces[self.pick(n, self.model.pieces)]
        where = "elsewhere" if elsewhere else piece.destination
        bag = self.do(lambda: self.desk.services.bags.open(self.desk.agent, where, piece.line)).bag
        self.model.sacks[bag.id] = Sack(bag)

    @precondition(lambda self: self.model.sacks)
    @rule(n=_PICK, b=_PICK, reason=st.sampled_from(["", "overflow"]))
    def put_into_bag(self, n: int, b: int, reason: str) -> None:
        number, bag_id = self.pick(n, self.model.pieces), self.pick(b, self.model.sacks)
        piece, sack = self.model.pieces[number], self.model.sacks[bag_id]
        outcome = self.scan(number, Operation.BAGGED, bag_id, reason)
        was_in = self.model.sacks.get(piece.bag)
        may = piece.collected and not (piece.void or piece.list_id or piece.gone or sack.sealed)
        free = was_in is None or (not was_in.sealed and bool(reason))
        right = piece.destination == sack.bag.destination or bool(reason)
        moves = may and free and right and piece.bag != bag_id
        assert (outcome is Outcome.ACCEPTED) == moves, (outcome, piece, sack)
        if moves:
            piece.bag, piece.back = bag_id, False

    @precondition(lambda self: self.model.sacks)
    @rule(b=_PICK, counted_wrong=st.booleans())
    def seal(self, b: int, counted_wrong: bool) -> None:
        bag_id = self.pick(b, self.model.sacks)
        sack, inside = self.model.sacks[bag_id], len(self.model.content(bag_id))
        self.model.seals += 1
        number = f"SEAL{self.model.seals}"
        counted = inside + int(counted_wrong)
        refused = self.said_no(lambda: self.desk.services.bags.seal(self.desk.agent, bag_id, number, counted))
        assert refused == (sack.sealed or inside == 0 or counted_wrong)
        sack.sealed |= not refused

    @precondition(lambda self: self.model.sacks)
    @rule(b=_PICK)
    def unseal(self, b: int) -> None:
        bag_id = self.pick(b, self.model.sacks)
        sack = self.model.sacks[bag_id]
        request = self.desk.services.approvals.request(RequestKind.UNSEAL, bag_id, "look inside")
        word = self.approved(request)
        refused = self.said_no(lambda: self.desk.services.bags.unseal(self.desk.agent, request, word))
        assert refused == (not sack.sealed or bool(sack.list_id))
        sack.sealed &= refused

    @rule(n=_PICK)
    def open_list(self, n: int) -> None:
        line = self.model.pieces[self.pick(n, self.model.pieces)].line
        manifest = self.do(lambda: self.desk.services.handovers.open(self.desk.agent, line)).manifest
        self.model.papers[manifest.id] = Paper(manifest)

    @precondition(lambda self: self.model.papers)
    @rule(n=_PICK, m=_PICK, as_bag=st.booleans())
    def load(self, n: int, m: int, as_bag: bool) -> None:
        list_id = self.pick(m, self.model.papers)
        if as_bag and self.model.sacks:
            sack = self.model.sacks[self.pick(n, self.model.sacks)]
            may = sack.sealed and not sack.list_id
            if self.loaded(list_id, sack.bag.tag, expected=may):
                sack.list_id = list_id
            return
        number = self.pick(n, self.model.pieces)
        piece = self.model.pieces[number]
        may = piece.collected and not (piece.void or piece.bag or piece.list_id or piece.gone)
        if self.loaded(list_id, number, expected=may):
            piece.list_id = list_id

    def loaded(self, list_id: str, number: str, *, expected: bool) -> bool:
        """Whether it went onto the list, which it never does once that is closed."""
        command = ScanCommand(RawScan(number, "gun", _AT), Operation.LOADED)
        load = lambda: self.desk.services.handovers.load(self.desk.agent, list_id, command)  # noqa: E731
        self.model.scans += 1
        accepted = self.do(load).outcome is Outcome.ACCEPTED
        assert accepted == (expected and not self.model.papers[list_id].closed)
        return accepted

    @precondition(lambda self: self.model.papers)
    @rule(n=_PICK, m=_PICK)
    def unload(self, n: int, m: int) -> None:
        list_id = self.pick(m, self.model.papers)
        things: dict[str, Piece | Sack] = {k: p for k, p in self.model.pieces.items() if p.list_id == list_id}
        things |= {s.bag.tag: s for s in self.model.sacks.values() if s.list_id == list_id}
        number = self.pick(n, things) if things else "XS0001000000018"
        command = ScanCommand(RawScan(number, "gun", _AT), Operation.UNLOADED, reason="too much")
        take = lambda: self.desk.services.handovers.unload(self.desk.agent, list_id, number, command)  # noqa: E731
        refused = self.said_no(take)
        assert refused == (self.model.papers[list_id].closed or not things)
        if not refused:
            self.model.scans += 1
            things[number].list_id = ""

    @precondition(lambda self: self.model.papers)
    @rule(m=_PICK)
    def close_list(self, m: int) -> None:
        list_id = self.pick(m, self.model.papers)
        paper = self.model.papers[list_id]
        bags = [k for k, s in self.model.sacks.items() if s.list_id == list_id]
        loose = [p for p in self.model.pieces.values() if p.list_id == list_id]
        handovers = self.desk.services.handovers
        close = lambda: handovers.close(self.desk.agent, list_id, "浙A1", "王", short_confirmed=True)  # noqa: E731
        refused = self.said_no(close)
        assert refused == (paper.closed or not (bags or loose))
        if refused:
            return
        paper.closed = True
        for piece in self.model.pieces.values():
            piece.gone |= piece.list_id == list_id or piece.bag in bags

    @precondition(lambda self: any(piece.gone for piece in self.model.pieces.values()))
    @rule(n=_PICK)
    def come_back(self, n: int) -> None:
        """Missent: it arrives here again, and is free of the bag and the list, which stay as they were signed."""
        number = self.pick(n, {k: p for k, p in self.model.pieces.items() if p.gone})
        piece = self.model.pieces[number]
        assert self.scan(number, Operation.ARRIVED) is Outcome.ACCEPTED
        if piece.bag:
            sack = self.model.sacks[piece.bag]
            with self.desk.app.desk.store.read() as look:
                parcel = look.parcels.by_number(number)
            assert parcel is not None
            sack.back, sack.back_g = sack.back + 1, sack.back_g + parcel.weight_g
            self.model.papers[sack.list_id].back += 1
        piece.bag, piece.list_id, piece.gone, piece.back = "", "", False, True
        piece.returns += 1

    @precondition(lambda self: self.model.papers)
    @rule(m=_PICK)
    def supplement(self, m: int) -> None:
        list_id = self.pick(m, self.model.papers)
        try:
            more = self.do(lambda: self.desk.services.handovers.supplement(self.desk.agent, list_id)).manifest
        except UserError:
            assert not self.model.papers[list_id].closed
            return
        assert self.model.papers[list_id].closed
        self.model.papers[more.id] = Paper(more)

    @rule(n=_PICK)
    def void(self, n: int) -> None:
        order_id = self.model.pieces[self.pick(n, self.model.pieces)].order_id
        pieces = [p for p in self.model.pieces.values() if p.order_id == order_id]
        may = not any(p.void or p.bag or p.list_id or p.gone or p.back for p in pieces)
        cancelling = self.desk.services.cancelling
        try:
            request = self.do(lambda: cancelling.ask(self.desk.agent, RequestKind.VOID, order_id, "entered twice"))
        except UserError:
            assert not may
            return
        word = self.approved(request)
        self.do(lambda: cancelling.void(self.desk.agent, request, word))
        assert may
        for piece in pieces:
            piece.void = True

    @invariant()
    def the_books_agree_with_the_floor(self) -> None:
        with self.desk.app.desk.store.read() as look:
            for number, piece in self.model.pieces.items():
                parcel = look.parcels.by_number(number)
                assert parcel is not None
                assert (parcel.bag_id or "", parcel.void) == (piece.bag, piece.void)
                assert (parcel.status == "TRAN") == (piece.gone or piece.back)
                if not piece.gone:
                    assert (parcel.manifest_id or "") == piece.list_id
            for bag_id, sack in self.model.sacks.items():
                bag, inside = look.bags.get(bag_id), look.parcels.in_bag(bag_id)
                assert bag is not None
                weight_g = sum(p.weight_g for p in inside)
                assert (bag.pieces, bag.weight_g) == (len(inside) + sack.back, weight_g + sack.back_g)
                assert (bag.state != "open", bag.manifest_id or "") == (sack.sealed, sack.list_id)

    @invariant()
    def nothing_is_twice_on_its_way(self) -> None:
        seen: Counter[str] = Counter()
        with self.desk.app.desk.store.read() as look:
            for list_id, paper in self.model.papers.items():
                manifest = look.manifests.get(list_id)
                assert manifest is not None
                assert (manifest.state == "closed") == paper.closed
                assert not paper.closed or manifest.digest == seal_digest(manifest)
                inside = 0
                for item in manifest.items:
                    bag = look.bags.by_tag(item.number) if item.is_bag else None
                    pieces = [p.number for p in look.parcels.in_bag(bag.id)] if bag else [item.number]
                    seen.update(pieces)
                    inside += len(pieces)
                assert totals(manifest.items).pieces == inside + paper.back
        assert not [number for number, times in seen.items() if times > 1 + self.model.pieces[number].returns]

    @invariant()
    def no_number_is_given_twice_and_no_scan_is_lost(self) -> None:
        assert len(set(self.model.serials)) == len(self.model.serials)
        with self.desk.app.desk.store.read() as look:
            assert look.connection.exec_driver_sql("SELECT count(*) FROM scan_event").scalar_one() == self.model.scans

    @invariant()
    def headquarters_is_told_of_every_row(self) -> None:
        with self.desk.app.desk.store.read() as look:
            run = look.connection.exec_driver_sql
            told = {row[0] for row in run("SELECT DISTINCT entity_id FROM outbox")}
            for table in synchronised_tables() - _PARTS:
                rows = {row[0] for row in run(f"SELECT id FROM {table}")}
                assert rows <= told, table
            for seq, (number, body) in enumerate(run("SELECT seq, body FROM outbox ORDER BY seq").all(), 1):
                assert number == json.loads(body)["seq"] == seq

    def teardown_check(self) -> tuple[str, ...]:
        return self.do(self.desk.app.desk.verify)


class CheckedDay(Day):
    """At the end of the day the whole record is verified: file, chains, anchor."""

    def teardown(self) -> None:
        try:
            assert self.teardown_check() == ()
        finally:
            super().teardown()


_QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
# A failure is said at once; the long days look for the shortest way to it.
SHORT = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=_QUIET,
)
LONG = settings(max_examples=150, stateful_step_count=120, deadline=None, suppress_health_check=_QUIET)

TestShortDays = CheckedDay.TestCase
TestShortDays.settings = SHORT


class LongDay(CheckedDay):
    """The same, longer."""


TestLongDays = pytest.mark.soak(LongDay.TestCase)
TestLongDays.settings = LONG
