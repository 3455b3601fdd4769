"""Every use case asks the gate first: nothing works without a live log-in, nor without the right (X13)."""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.domain.user import Actor, Role
from courier_desk.services.assembly import Services
from tests.desk import TestDesk

# These are how a person gets in or out, or speak for somebody who proves themselves by password in the same call.
_OWN_PROOF = {
    ("auth", "change_password"),
    ("auth", "unlock"),
    ("auth", "lock"),
    ("auth", "log_out"),
    ("auth", "confirm_details"),
    ("approvals", "give"),
}
# A person's own list of half-filled forms: what is asked for is the actor's and nobody else's.
_OWN_ROWS = {("find", "drafts")}


def _methods(services: Services) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for field in dataclasses.fields(services):
        if field.name in {"gate", "station"}:
            continue
        service = getattr(services, field.name)
        for name, method in inspect.getmembers(service, inspect.ismethod):
            if name.startswith("_") or (field.name, name) in _OWN_PROOF | _OWN_ROWS:
                continue
            if next(iter(inspect.signature(method).parameters), "") == "actor":
                yield field.name, name, method


def _call(method: Callable[..., Any], actor: Actor) -> Any:
    """With nothing sensible behind the actor: the gate must speak before anything is looked at."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    needed = [p for p in parameters if p.default is p.empty]
    given = {p.name: None for p in needed if p.kind is p.KEYWORD_ONLY}
    return method(actor, *[None for p in needed if p.kind is not p.KEYWORD_ONLY], **given)


def _refused(desk: TestDesk, actor: Actor, kind: type[UserError]) -> list[str]:
    open_doors = []
    for service, name, method in _methods(desk.services):
        try:
            desk.on_db(partial(_call, method, actor))
        except kind:
            continue
        except Exception as error:  # noqa: BLE001  whatever it is, the gate did not speak first
            open_doors.append(f"{service}.{name}: {type(error).__name__}")
        else:
            open_doors.append(f"{service}.{name}: went through")
    return open_doors


def test_there_is_something_to_try(desk: TestDesk) -> None:
    assert len(list(_methods(desk.services))) > 25


def test_a_made_up_log_in_opens_nothing(desk: TestDesk) -> None:
    made_up = replace(desk.agent, session_id="00000000-0000-7000-8000-000000000000")
    assert _refused(desk, made_up, UserError) == []


def test_a_log_in_with_a_higher_role_written_into_it_opens_nothing(desk: TestDesk) -> None:
    assert _refused(desk, replace(desk.agent, role=Role.DIRECTOR), UserError) == []


def test_after_logging_out_nothing_opens(desk: TestDesk) -> None:
    desk.on_db(lambda: desk.services.auth.log_out(desk.agent))
    assert _refused(desk, desk.agent, UserError) == []


@pytest.mark.parametrize(
    "service", ["orders", "customers", "acceptance", "cancelling", "scans", "bags", "handovers", "drafts"]
)
def test_a_technical_administrator_sees_no_customers_and_moves_no_parcels(desk: TestDesk, service: str) -> None:
    admin = desk.actors[Role.TECHNICAL_ADMIN]
    tried = [(name, method) for field, name, method in _methods(desk.services) if field == service]
    assert tried
    for _, method in tried:
        with pytest.raises(NotAllowed):
            desk.on_db(partial(_call, method, admin))
