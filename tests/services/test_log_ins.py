"""Who works here no more, or as something else, is logged in no more (reliability.md "People and secrets")."""

from datetime import timedelta
from typing import Any

import pytest

from courier_desk.base.errors import NotLoggedIn
from courier_desk.domain.reference import ReferenceKind, canonical_bytes
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.domain.user import Actor, Role
from courier_desk.services.find import FindSpec
from tests.desk import TestDesk


def _people(desk: TestDesk, **changed: object) -> dict[str, Any]:
    """The next version of the people, in which the agent is another in what is ``changed``."""
    payload = next(each.payload for each in sample_sets() if each.kind is ReferenceKind.PEOPLE)
    agent = desk.agent.number
    people = [person | changed if person["number"] == agent else person for person in payload["people"]]
    return payload | {"version": payload["version"] + 1, "people": people}


def _admit(desk: TestDesk, document: dict[str, Any]) -> None:
    desk.on_db(lambda: desk.services.reference.admit(desk.actors[Role.TECHNICAL_ADMIN], document))


def _works(desk: TestDesk, actor: Actor) -> bool:
    try:
        desk.on_db(lambda: desk.services.find.orders(actor, FindSpec()))
    except NotLoggedIn:
        return False
    return True


@pytest.mark.parametrize("changed", [{"active": False}, {"role": "supervisor"}])
def test_a_log_in_ends_when_the_person_is_inactive_or_has_another_role(
    desk: TestDesk, changed: dict[str, object]
) -> None:
    _admit(desk, _people(desk, **changed))
    assert not _works(desk, desk.agent)
    assert _works(desk, desk.actors[Role.SUPERVISOR])
    with desk.app.desk.store.read() as look:
        ended = "SELECT entity_id FROM audit WHERE action = 'session.ended'"
        assert look.connection.exec_driver_sql(ended).scalars().all() == [desk.agent.operator_id]
        still = "SELECT COUNT(*) FROM session WHERE operator_id = ? AND closed_at IS NULL"
        assert look.connection.exec_driver_sql(still, (desk.agent.operator_id,)).scalar_one() == 0


def test_who_stays_as_they_are_stays_logged_in(desk: TestDesk) -> None:
    _admit(desk, _people(desk))
    assert all(_works(desk, actor) for role, actor in desk.actors.items() if role is not Role.TECHNICAL_ADMIN)


def test_people_of_headquarters_end_log_ins_too(joined: TestDesk) -> None:
    joined.services.exchange.admit_reference(canonical_bytes(_people(joined, active=False)))
    assert not _works(joined, joined.agent)


def test_a_version_of_tomorrow_ends_them_tomorrow(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = desk.services.reference
    tomorrow = desk.on_db(reference.today) + timedelta(days=1)
    _admit(desk, _people(desk, active=False) | {"valid_from": tomorrow.isoformat()})
    desk.on_db(reference.end_log_ins)
    assert _works(desk, desk.agent)
    monkeypatch.setattr(reference, "_today", lambda: tomorrow)
    desk.on_db(reference.end_log_ins)
    assert not _works(desk, desk.agent)


def test_who_still_had_to_choose_a_password_does_not_come_in(desk: TestDesk) -> None:
    gate = desk.services.gate
    gate.dismiss(desk.agent.session_id)
    gate.expect(desk.agent)
    _admit(desk, _people(desk, active=False))
    with pytest.raises(NotLoggedIn):
        gate.require_known(desk.agent)


def test_where_no_people_hold_any_more_work_goes_on(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = desk.services.reference
    monkeypatch.setattr(reference, "_today", lambda: desk.app.clock.now().date().replace(year=1999))
    desk.on_db(reference.end_log_ins)
    assert _works(desk, desk.agent)
