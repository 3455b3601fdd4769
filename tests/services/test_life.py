"""A parcel's whole life, from the order to the money given back; papers by the number that stands on them."""

from dataclasses import replace
from pathlib import Path

import pytest

from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.user import Role
from courier_desk.services.find import FindSpec
from tests.desk import PASSWORD, TestDesk, desk_in, ordinary_draft


def _kinds(desk: TestDesk, order_id: str) -> list[str]:
    view = desk.on_db(lambda: desk.services.find.order(desk.agent, order_id))
    return [row.kind for row in view.life]


def _cancel(desk: TestDesk, kind: RequestKind, order_id: str, amount_fen: int | None = None) -> None:
    cancelling = desk.services.cancelling
    request = desk.on_db(lambda: cancelling.ask(desk.agent, kind, order_id, "Entered twice", amount_fen))
    approval = desk.on_db(lambda: desk.services.approvals.give(desk.agent, request, desk.agent.number, PASSWORD))
    act = cancelling.void if kind is RequestKind.VOID else cancelling.refund
    desk.on_db(lambda: act(desk.agent, request, approval))


def test_refund_and_void_stand_in_the_life_with_person_and_reason(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        order_id = desk.accept().order_id
        _cancel(desk, RequestKind.REFUND, order_id, 100)
        _cancel(desk, RequestKind.VOID, order_id)
        view = desk.on_db(lambda: desk.services.find.order(desk.agent, order_id))
        refund, rest, voided = view.life[1:]
        assert [row.kind for row in view.life] == ["entered", "refunded", "refunded", "voided"]
        assert refund.place == "CNY 1.00"
        assert refund.remark == "Entered twice"
        assert refund.operator == rest.operator == voided.operator == desk.agent.operator_id
        assert view.refundable_fen == 0
        assert view.refunded_fen == view.paid_fen


def test_a_void_order_is_refused_before_anybody_is_asked_to_approve(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        order_id = desk.accept().order_id
        _cancel(desk, RequestKind.VOID, order_id)
        with pytest.raises(UserError, match="void already"):
            desk.on_db(lambda: desk.services.cancelling.ask(desk.agent, RequestKind.VOID, order_id, "Entered twice"))


def test_a_label_stands_in_the_life_once_it_is_out(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        accepted = desk.accept(ordinary_draft(pieces=2))
        assert _kinds(desk, accepted.order_id) == ["entered"]

        def out() -> None:
            with desk.app.desk.store.write(None) as work:
                job = work.print_jobs.get(accepted.print_job_ids[1])
                assert job is not None
                work.print_jobs.save(replace(job, state=PrintState.PRINTED))
                work.commit()

        desk.on_db(out)
        assert sorted(_kinds(desk, accepted.order_id)) == ["entered", "printed"]


def test_papers_are_listed_by_the_number_that_stands_on_them(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        accepted = desk.accept()
        bag = desk.on_db(lambda: desk.services.bags.open(desk.agent, "上海集散中心", "HZ-SH")).bag
        rows = desk.on_db(lambda: desk.services.find.print_jobs(desk.agent, unfinished_only=True))
        assert [row.title for row in rows] == [bag.tag, accepted.number]


@pytest.mark.parametrize("sort", ["amount_up", "weight_up", "number_down"])
def test_lists_are_sorted_in_both_directions(tmp_path: Path, sort: str) -> None:
    with desk_in(tmp_path / "station") as desk:
        light, heavy = desk.accept(), desk.accept(ordinary_draft(pieces=3))
        found = desk.on_db(lambda: desk.services.find.orders(desk.agent, FindSpec(sort=sort)))
        wanted = [heavy.number, light.number] if sort == "number_down" else [light.number, heavy.number]
        assert [row.number for row in found] == wanted


def test_an_export_needs_the_right_and_is_logged(tmp_path: Path) -> None:
    with desk_in(tmp_path / "station") as desk:
        desk.on_db(lambda: desk.services.find.record_export(desk.agent, 3))
        with pytest.raises(NotAllowed):
            desk.on_db(lambda: desk.services.find.record_export(desk.actors[Role.TECHNICAL_ADMIN], 3))
