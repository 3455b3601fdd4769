"""The people of the station as headquarters names them. Passwords are made at the desk; all that may come along is the
argon2id hash of a one-use first password, for somebody who is new or could not log in any more."""

from collections.abc import Mapping

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.user import Operator, Role

_HASH = "$argon2id$"


def staff_from(data: Mapping[str, object]) -> tuple[Operator, ...]:
    """The people written in ``data``, in its order. Errors: UserError that names the place of what is wrong."""
    people: dict[str, Operator] = {}
    ids: set[str] = set()
    for entry in Node("people", data).child("people").entries():
        entry.only("id", "number", "name", "role", "active", "first_password")
        person = _person(entry)
        if person.number in people or person.id in ids:
            entry.fail(message("“{key}” is there twice.", key=person.number))
        people[person.number] = person
        ids.add(person.id)
    return tuple(people.values())


def _person(entry: Node) -> Operator:
    name, active, first = entry.child("name").local_text(), entry.maybe("active"), entry.maybe("first_password")
    if first is not None and not first.text().startswith(_HASH):
        first.fail(message("The hash of a first password is expected."))
    return Operator(
        id=entry.child("id").text(),
        number=entry.child("number").text(),
        name=name.zh,
        name_en=name.en,
        role=entry.child("role").one_of(Role),
        active=True if active is None else active.flag(),
        first_password="" if first is None else first.text(),
    )
