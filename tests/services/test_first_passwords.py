"""A one-use first password given out by headquarters: its hash comes with the people, and serves once."""

from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.security.passwords import Argon2Hasher
from courier_desk.services.reference import admit
from tests.desk import TestDesk

FIRST, OWN = "abcd-efgh-2345", "Quiet-Meadow-41"
NUMBER, PERSON = "1077", "hq-1077"


def _people(version: int, first_password: str = "", extra: bool = True) -> dict[str, Any]:
    payload = next(each.payload for each in sample_sets() if each.kind is ReferenceKind.PEOPLE)
    newcomer: dict[str, Any] = {
        "id": PERSON, "number": NUMBER, "name": {"zh": "新人", "en": "Newcomer"}, "role": "agent"
    }  # fmt: skip
    if first_password:
        newcomer["first_password"] = first_password
    return payload | {"version": version, "people": [*payload["people"], *([newcomer] if extra else [])]}


def _admit(desk: TestDesk, document: dict[str, Any]) -> None:
    def work() -> None:
        with desk.app.desk.store.write(None) as unit:
            admit(unit, document)
            unit.commit()
        desk.services.reference._read.clear()

    desk.on_db(work)


def _hash(password: str) -> str:
    return Argon2Hasher(memory_kib=64, rounds=1).hash(password)


def test_a_new_person_logs_in_with_the_first_password_and_must_change_it(desk: TestDesk) -> None:
    first_hash = _hash(FIRST)
    _admit(desk, _people(2, first_hash))
    auth = desk.services.auth
    result = desk.on_db(lambda: auth.log_in(NUMBER, FIRST))
    assert result.actor is not None
    assert result.must_change
    actor = result.actor
    desk.on_db(lambda: auth.change_password(actor, FIRST, OWN, "Where?", "There"))
    _admit(desk, _people(3, first_hash))
    assert desk.on_db(lambda: auth.log_in(NUMBER, OWN)).actor is not None, "a used first password changes nothing"


def test_a_new_first_password_replaces_a_forgotten_one(desk: TestDesk) -> None:
    _admit(desk, _people(2, _hash(FIRST)))
    _admit(desk, _people(3, _hash("ijkm-npqr-6789")))
    auth = desk.services.auth
    with pytest.raises(UserError, match="wrong"):
        desk.on_db(lambda: auth.log_in(NUMBER, FIRST))
    assert desk.on_db(lambda: auth.log_in(NUMBER, "ijkm-npqr-6789")).must_change


def test_an_older_version_that_comes_late_gives_nobody_a_password(desk: TestDesk) -> None:
    _admit(desk, _people(3, extra=False))
    _admit(desk, _people(2, _hash(FIRST)))
    with desk.app.desk.store.read() as look:
        assert look.people.login_state(PERSON) is None


def test_anything_but_a_hash_is_refused_as_a_first_password(desk: TestDesk) -> None:
    with pytest.raises(UserError, match=r"people\[9\].first_password"):
        _admit(desk, _people(2, FIRST))
