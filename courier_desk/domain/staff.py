"""The people of the station as headquarters names them. No passwords: those are made at the desk."""

from collections.abc import Mapping

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.user import Operator, Role


def staff_from(data: Mapping[str, object]) -> tuple[Operator, ...]:
    """The people written in ``data``, in its order. Errors: UserError that names the place of what is wrong."""
    people: dict[str, Operator] = {}
    ids: set[str] = set()
    for entry in Node("people", data).child("people").entries():
        entry.only("id", "number", "name", "role", "active")
        person = _person(entry)
        if person.number in people or person.id in ids:
            entry.fail(message("“{key}” is there twice.", key=person.number))
        people[person.number] = person
        ids.add(person.id)
    return tuple(people.values())


def _person(entry: Node) -> Operator:
    name, active = entry.child("name").local_text(), entry.maybe("active")
    return Operator(
        id=entry.child("id").text(),
        number=entry.child("number").text(),
        name=name.zh,
        name_en=name.en,
        role=entry.child("role").one_of(Role),
        active=True if active is None else active.flag(),
    )
