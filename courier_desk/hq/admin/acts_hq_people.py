"""Headquarters' own people: who they are, what they may, and a new password for who cannot log in any more."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.hq.admin.audit import Deed, Who, record
from courier_desk.hq.admin.passwords import Passwords, first_password
from courier_desk.hq.admin.rights import Act, HqRole
from courier_desk.hq.admin.transaction import joined
from courier_desk.hq.people import add_person
from courier_desk.hq.tables.people import HQ_LOG_IN, HQ_PERSON


def add(connection: sa.Connection, who: Who, now: datetime, name: str, full_name: str, role: HqRole) -> str:
    """Somebody new; returns their first password, once. Errors: UserError."""
    who.require(Act.HQ_PEOPLE_CHANGE)
    password = add_person(joined(connection), name, role.value, now)
    connection.execute(sa.update(HQ_PERSON).where(HQ_PERSON.c.name == name).values(full_name=full_name))
    after = {"full_name": full_name, "role": role.value}
    record(connection, who.name, now, Deed("hq_person.added", "hq_person", name, None, after))
    return password


def change(
    connection: sa.Connection, who: Who, now: datetime, name: str, full_name: str, role: HqRole, *, active: bool
) -> None:
    """Another name, role or state. Errors: UserError; nobody takes the right to administer from themselves."""
    who.require(Act.HQ_PEOPLE_CHANGE)
    before = person(connection, name)
    if name == who.name and (role is not HqRole.ADMINISTRATOR or not active):
        raise UserError(message("Nobody can take this right from themselves."), field="role")
    values = {"full_name": full_name, "role": role.value, "active": active}
    ended = {} if active and role.value == before["role"] else {"session": ""}
    connection.execute(sa.update(HQ_PERSON).where(HQ_PERSON.c.name == name).values(**values, **ended))
    old = {key: before[key] for key in values}
    record(connection, who.name, now, Deed("hq_person.changed", "hq_person", name, old, values))


def reset(connection: sa.Connection, who: Who, now: datetime, name: str, passwords: Passwords) -> str:
    """A new first password, returned once; waiting and locks end. Errors: UserError."""
    who.require(Act.HQ_PEOPLE_CHANGE)
    person(connection, name)
    password = first_password()
    values = {"password_hash": passwords.hash(password), "must_change": True, "session": ""}
    connection.execute(sa.update(HQ_PERSON).where(HQ_PERSON.c.name == name).values(**values))
    key = hashlib.sha256(name.lower().encode()).digest()
    connection.execute(sa.delete(HQ_LOG_IN).where(HQ_LOG_IN.c.name_hash == key))
    record(connection, who.name, now, Deed("hq_person.password", "hq_person", name))
    return password


def person(connection: sa.Connection, name: str) -> sa.RowMapping:
    """Somebody by name. Errors: UserError when there is nobody."""
    row = connection.execute(sa.select(HQ_PERSON).where(HQ_PERSON.c.name == name)).mappings().first()
    if row is None:
        raise UserError(message("Nobody has this name."))
    return row
