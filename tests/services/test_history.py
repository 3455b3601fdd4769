"""The past of a station in a new folder: whatever was done, the rows are as they were; once, in pieces, no crash."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from courier_desk.base.errors import UserError
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.protocol.messages import HistoryReply
from courier_desk.services.exchange_state import PastStanding
from courier_desk.services.history import HistoryService
from courier_desk.services.scans import ScanCommand
from courier_desk.storage.metadata import metadata, synchronised_tables
from tests.desk import TestDesk, make_desk
from tests.services.test_life_cycle import LONG, SHORT, Day

# Of a table, what the rows of a replaced desk do not share with those of the dead one: places in a file, and the ids of
# what is known by its number (a piece) or by its order (a payment), which are made anew.
NOT_THE_SAME = {"orders": {"row"}, "scan_event": {"row"}, "parcel": {"id"}, "payment": {"id"}}
_PICK = st.integers(0, 999)


def operations(desk: TestDesk) -> list[str]:
    """Everything the desk told headquarters, as exact texts."""
    with desk.app.desk.store.read() as look:
        rows = look.connection.exec_driver_sql("SELECT body FROM outbox ORDER BY incarnation, seq").all()
    return [bytes(row[0]).decode() for row in rows]


def rows(desk: TestDesk, without: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """The rows of all synchronised tables, in no order of their own."""
    found: dict[str, list[str]] = {}
    with desk.app.desk.store.read() as look:
        for name in sorted(synchronised_tables()):
            left_out = NOT_THE_SAME.get(name, set()) | without
            columns = [c.name for c in metadata.tables[name].c if c.name not in left_out]
            select = f"SELECT {', '.join(columns)} FROM {name}"
            found[name] = sorted(repr(tuple(row)) for row in look.connection.exec_driver_sql(select))
    return found


def orders_first(texts: Iterable[str]) -> list[str]:
    """As headquarters gives them."""
    return sorted(texts, key=lambda text: json.loads(text)["kind"] != "order.accepted")


def pages(texts: Sequence[str], size: int = 100) -> list[HistoryReply]:
    """The replies to one question after the other."""
    ends = range(size, len(texts) + size, size) or [0]
    return [
        HistoryReply(operations=list(texts[end - size : end]), mark=str(end), more=end < len(texts), total=len(texts))
        for end in ends
    ]


def history_of(desk: TestDesk) -> HistoryService:
    """The service over a desk."""
    services = desk.services
    return HistoryService(
        desk.app.desk.store,
        desk.on_db,
        lambda: {person.id: person.name for person in services.reference.people()},
        services.station,
    )


def replaced_desk(folder: Path) -> TestDesk:
    """A fresh folder of the same desk, in its second incarnation, with numbers of its own."""
    desk = make_desk(folder)
    with_incarnation(desk, 2)
    return desk


def with_incarnation(desk: TestDesk, incarnation: int) -> None:
    def change() -> None:
        with desk.app.desk.store.write(None) as work:
            work.connection.exec_driver_sql("UPDATE desk SET incarnation = ?", (incarnation,))
            work.numbers.pass_over(100_000_000 + 10_000 * incarnation)
            work.commit()

    desk.on_db(change)


def admit_all(desk: TestDesk, texts: Sequence[str], size: int = 100) -> HistoryService:
    service = history_of(desk)
    for page in pages(texts, size):
        service.admit(page)
    return service


class ToldDay(Day):
    """A day on the floor, told to headquarters, and told back to a new folder."""

    @rule(n=_PICK, kind=st.sampled_from([PaperKind.LABEL, PaperKind.BAG_TAG]))
    def reprint(self, n: int, kind: PaperKind) -> None:
        known: dict[str, Any] = self.model.pieces if kind is PaperKind.LABEL else self.model.sacks
        request = self.desk.services.approvals.request(RequestKind.REPRINT, self.pick(n, known), "torn")
        word = self.approved(request)
        self.said_no(lambda: self.desk.services.print_queue.reprint(self.desk.agent, kind, request, word))

    @rule(n=_PICK)
    def refund(self, n: int) -> None:
        order_id = self.model.pieces[self.pick(n, self.model.pieces)].order_id
        cancelling = self.desk.services.cancelling
        try:
            request = self.do(lambda: cancelling.ask(self.desk.agent, RequestKind.REFUND, order_id, "late", 100))
        except UserError:
            return
        word = self.approved(request)
        self.do(lambda: cancelling.refund(self.desk.agent, request, word))

    @rule(remark=st.sampled_from(["", "would not show it"]))
    def refuse(self, remark: str) -> None:
        self.do(lambda: self.desk.services.acceptance.refuse(self.desk.agent, "no_identity", "returned", remark))

    def teardown(self) -> None:
        try:
            self.compare()
        finally:
            super().teardown()

    def compare(self) -> None:
        texts, size = operations(self.desk), 7 + len(self.model.pieces)
        with tempfile.TemporaryDirectory(prefix="courier-desk-replaced-") as folder:
            fresh = replaced_desk(Path(folder) / "station")
            try:
                admit_all(fresh, orders_first(texts), size)
                assert rows(fresh) == rows(self.desk)
                assert operations(fresh) == []
                assert fresh.on_db(fresh.app.desk.verify) == ()
            finally:
                fresh.close()


TestToldDays = ToldDay.TestCase
TestToldDays.settings = settings(SHORT, max_examples=8)


class LongToldDay(ToldDay):
    """The same, longer."""


TestLongToldDays = pytest.mark.soak(LongToldDay.TestCase)
TestLongToldDays.settings = LONG


def test_a_past_that_begins_late_says_from_which_day_on_it_is_here(tmp_path: Path) -> None:
    """The order lies on a day that headquarters no longer has; its scan is kept all the same."""
    since = date(2026, 9, 24)
    with closing(make_desk(tmp_path / "old")) as old:
        number = old.accept().number
        scan = ScanCommand(RawScan(number, "gun", datetime.now(UTC)), Operation.COLLECTED)
        old.on_db(lambda: old.services.scans.record(old.agent, scan))
        texts = [text for text in operations(old) if json.loads(text)["kind"] != "order.accepted"]
    with closing(replaced_desk(tmp_path / "fresh")) as fresh:
        service = history_of(fresh)
        for page in pages(texts):
            service.admit(page.model_copy(update={"since": since}))
        assert service.standing() == PastStanding(len(texts), len(texts), more=False, aside=0, since=since)
        with fresh.app.desk.store.read() as look:
            assert look.connection.exec_driver_sql("SELECT number FROM scan_event").scalars().all() == [number]
