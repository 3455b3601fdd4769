"""People of the stations: every change is a new version of the people set of their station."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.admin.acts_reference import newest, newest_locked, publish_document
from courier_desk.hq.admin.audit import Deed, Who, record
from courier_desk.hq.admin.passwords import Passwords, first_password
from courier_desk.hq.admin.rights import Act


def people_of(connection: sa.Connection, station: str) -> list[dict[str, Any]]:
    """The people of a station as last published, without any hash of a password."""
    document = newest(connection, ReferenceKind.PEOPLE, station)
    found = document["people"] if document else []
    return [{name: value for name, value in person.items() if name != "first_password"} for person in found]


def add_person(
    connection: sa.Connection, who: Who, now: datetime, station: str, values: Mapping[str, Any], passwords: Passwords
) -> str:
    """A new person; returns their one-use first password, of which only the hash is kept and travels. Errors:
    UserError."""
    who.require(Act.PEOPLE_CHANGE)
    document = newest_locked(connection, ReferenceKind.PEOPLE, station, now.date())
    if any(person["number"] == values["number"] for person in document["people"]):
        raise UserError(message("This is taken already."), field="number")
    password = first_password()
    person = {"id": f"{station}-{new_id()}", **values, "first_password": passwords.hash(password)}
    _publish(connection, who, now, station, {**document, "people": [*document["people"], person]})
    record(
        connection, who.name, now, Deed("person.added", "person", f"{station}/{values['number']}", None, dict(values))
    )
    return password


def change_person(
    connection: sa.Connection, who: Who, now: datetime, station: str, number: str, values: Mapping[str, Any]
) -> None:
    """Another name, role or state of a person. Errors: UserError."""
    who.require(Act.PEOPLE_CHANGE)
    document = newest_locked(connection, ReferenceKind.PEOPLE, station, now.date())
    before = _person(document, number)
    people = [{**person, **values} if person is before else person for person in document["people"]]
    _publish(connection, who, now, station, {**document, "people": people})
    old = {name: before.get(name) for name in values}
    deed = Deed("person.changed", "person", f"{station}/{number}", old, dict(values))
    record(connection, who.name, now, deed)


def new_password(
    connection: sa.Connection, who: Who, now: datetime, station: str, number: str, passwords: Passwords
) -> str:
    """A one-use password for somebody who cannot log in any more; returned once. Errors: UserError."""
    who.require(Act.PEOPLE_CHANGE)
    document = newest_locked(connection, ReferenceKind.PEOPLE, station, now.date())
    before = _person(document, number)
    password = first_password()
    fresh = {**before, "first_password": passwords.hash(password)}
    people = [fresh if person is before else person for person in document["people"]]
    _publish(connection, who, now, station, {**document, "people": people})
    record(connection, who.name, now, Deed("person.password", "person", f"{station}/{number}"))
    return password


def _publish(connection: sa.Connection, who: Who, now: datetime, station: str, document: Mapping[str, Any]) -> None:
    publish_document(connection, who, now, station, document)


def _person(document: Mapping[str, Any], number: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((each for each in document["people"] if each["number"] == number), None)
    if found is None:
        raise UserError(message("Nobody has this number."), field="number")
    return found
