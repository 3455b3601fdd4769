"""A question asked stretch by stretch has the same answer as one asked at once, and each stretch is short."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from courier_desk.domain.order import PayWay, Piece
from courier_desk.services.find import SORTS, FindSpec
from courier_desk.services.rows import OrderRow
from courier_desk.ui.pages import find_search, find_stretches
from courier_desk.ui.pages.find import FindPage
from courier_desk.ui.pages.find_stretches import Stretches
from tests.desk import TestDesk, desk_in, ordinary_draft
from tests.ui.desk_window import desk_window


def _take(desk: TestDesk, weights: tuple[int, ...]) -> None:
    inspection = desk.inspect()
    for kilograms in weights:
        draft = ordinary_draft()
        pieces = (Piece(1000 * kilograms),)
        order = type(draft)(
            sender=draft.sender,
            recipient=draft.recipient,
            pieces=pieces,
            goods=draft.goods,
            pay_way=PayWay.QR,
        )
        desk.on_db(partial(desk.services.orders.accept, desk.agent, order, inspection))


def _ask(desk: TestDesk, spec: FindSpec, wanted: int) -> tuple[list[str], int]:
    """The numbers found stretch by stretch, and how many stretches it took."""
    find, asked = desk.services.find, 0
    way = Stretches(spec, desk.on_db(partial(find.newest_row, desk.agent)), wanted)
    while not way.over:
        rows: list[OrderRow] = desk.on_db(partial(find.orders, desk.agent, way.next()))
        way.take(rows)
        asked += 1
    return [row.number for row in way.rows], asked


@pytest.fixture
def three_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_stretches, "STRETCH", 3)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.usefixtures("three_at_a_time")
def test_stretches_find_what_one_question_finds(tmp_path: Path, sort: str) -> None:
    with desk_in(tmp_path / "station") as desk:
        _take(desk, (3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5))
        for spec in (FindSpec(sort=sort, service="standard"), FindSpec(sort=sort, destination="徐汇", void=False)):
            at_once = desk.on_db(partial(desk.services.find.orders, desk.agent, spec))
            found, _asked = _ask(desk, spec, 200)
            weights = {row.number: (row.total_fen, row.weight_g) for row in at_once}
            assert sorted(found) == sorted(weights)
            if sort.startswith(("amount", "weight")):
                place = int(sort.startswith("weight"))
                assert [weights[n][place] for n in found] == [weights[row.number][place] for row in at_once]
            else:
                assert found == [row.number for row in at_once]


@pytest.mark.usefixtures("three_at_a_time")
def test_the_newest_are_found_without_looking_further(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        _take(desk, (1,) * 11)
        found, asked = _ask(desk, FindSpec(service="standard"), 4)
        assert len(found) == 4
        assert asked == 2
        assert _ask(desk, FindSpec(service="none such"), 4) == ([], 4)
        assert _ask(desk, FindSpec(service="standard", sort="oldest"), 2)[1] == 1


@pytest.mark.parametrize(
    ("spec", "wide"),
    [
        (FindSpec(), False),
        (FindSpec(text="欧阳", service="standard"), False),
        (FindSpec(status="PICK"), False),
        (FindSpec(sort="number"), False),
        (FindSpec(status="PICK", sort="number"), True),
        (FindSpec(sort="amount"), True),
        (FindSpec(operator="x"), True),
        (FindSpec(void=False), True),
    ],
)
def test_only_what_no_index_answers_goes_by_stretches(spec: FindSpec, wide: bool) -> None:
    assert spec.wide is wide


@pytest.mark.usefixtures("three_at_a_time")
def test_pages_of_such_an_answer_follow_each_other(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_search, "MOST_ROWS", 4)
    with desk_window(qtbot, tmp_path / "station") as desk:
        _take(desk.desk, (3, 1, 4, 1, 5, 9, 2, 6, 5))
        page = desk.open(FindPage, "find")
        page.filters.set_sort("weight")
        desk.wait(lambda: [row.weight_g // 1000 for row in page.model.rows] == [9, 6, 5, 5])
        assert page.ui.more_button.isVisible()
        page.search.ask_more()
        desk.wait(lambda: [row.weight_g // 1000 for row in page.model.rows] == [9, 6, 5, 5, 4, 3, 2, 1])
        page.search.ask_more()
        desk.wait(lambda: page.model.rowCount() == 9)
        assert not page.ui.more_button.isVisible()
