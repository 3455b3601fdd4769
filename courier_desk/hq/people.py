"""Headquarters' own people from the shell: how the first administrator comes into being."""

from datetime import datetime

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.hq.admin.audit import Deed, record
from courier_desk.hq.admin.passwords import Passwords, first_password
from courier_desk.hq.tables.people import HQ_PERSON

_LONGEST_NAME = 64


def add_person(engine: sa.Engine, name: str, role: str, now: datetime) -> str:
    """Add ``name`` with ``role`` (viewer, operator, administrator); returns the first password, which is kept nowhere
    and has to be changed at the first log-in. Errors: UserError for a name that cannot be, or is there."""
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UserError(message("This cannot be a name to log in with."), field="name")
    password = first_password()
    row = {"name": name, "role": role, "password_hash": Passwords().hash(password), "made_at": now}
    with engine.begin() as connection:
        there = sa.select(HQ_PERSON.c.name).where(sa.func.lower(HQ_PERSON.c.name) == name.lower())
        if connection.execute(there).first() is not None:
            raise UserError(message("Somebody has this name already."), field="name")
        connection.execute(HQ_PERSON.insert().values(row))
        record(connection, "shell", now, Deed("person.added", "hq_person", name, after={"role": role}))
    return password
