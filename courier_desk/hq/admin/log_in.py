"""Logging in of headquarters' people, by the rules of the desk: the same answer and time for a name that nobody has,
delays from the third failure, a lock at the tenth; a try is counted in the database before the password is compared.
"""

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.login import LOCK_AT, LoginState, check_new_password, may_try_at
from courier_desk.hq.admin.audit import Deed, record
from courier_desk.hq.admin.passwords import Passwords
from courier_desk.hq.tables.people import HQ_FORMER_PASSWORD, HQ_LOG_IN, HQ_PERSON

_FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A log-in that counts until another one, or logging out, ends it."""

    name: str
    session: str


class LogIns:
    """Any process may ask: all that counts is in the database."""

    def __init__(self, engine: sa.Engine, clock: Clock, passwords: Passwords) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = passwords

    def log_in(self, name: str, password: str) -> LoggedIn:
        """Let the person in. Errors: UserError, one text for a wrong name and a wrong password, another while they
        must wait."""
        key = _key(name)
        person = self._try(name, key)
        known = str(person["password_hash"]) if person else ""
        if not self._passwords.verify(known, password) or person is None:
            self._tell_failure(person)
            raise _wrong()
        session, now = secrets.token_urlsafe(24), self._clock.now()
        with self._engine.begin() as connection:
            connection.execute(sa.delete(HQ_LOG_IN).where(HQ_LOG_IN.c.name_hash == key))
            found = sa.update(HQ_PERSON).where(HQ_PERSON.c.name == person["name"], HQ_PERSON.c.active)
            if connection.execute(found.values(session=session, seen_at=now)).rowcount != 1:
                raise _wrong()
            record(connection, person["name"], now, Deed("log_in", "hq_person", person["name"]))
        return LoggedIn(person["name"], session)

    def log_out(self, name: str) -> None:
        """End the log-in, wherever its cookie may be."""
        with self._engine.begin() as connection:
            connection.execute(sa.update(HQ_PERSON).where(HQ_PERSON.c.name == name).values(session=""))
            record(connection, name, self._clock.now(), Deed("log_out", "hq_person", name))

    def present(self, logged_in: LoggedIn) -> sa.RowMapping | None:
        """The person of a log-in; None when it counts no more."""
        wanted = sa.select(HQ_PERSON).where(
            HQ_PERSON.c.name == logged_in.name, HQ_PERSON.c.session == logged_in.session, HQ_PERSON.c.active
        )
        with self._engine.connect() as connection:
            return connection.execute(wanted).mappings().first() if logged_in.session else None

    def change_password(self, name: str, old: str, new: str) -> None:
        """A new password, never a former one. A wrong present one counts as at log-in. Errors: UserError."""
        key = _key(name)
        person = self._try(name, key)
        if person is None or not self._passwords.verify(person["password_hash"], old):
            raise UserError(message("The present password is wrong."), field="old_password")
        check_new_password(new, name)
        with self._engine.connect() as connection:
            former = connection.scalars(
                sa.select(HQ_FORMER_PASSWORD.c.password_hash).where(HQ_FORMER_PASSWORD.c.name == person["name"])
            ).all()
        if any(self._passwords.verify(one, new) for one in [person["password_hash"], *former]):
            raise UserError(message("This password was used before; choose another."), field="new_password")
        fresh = self._passwords.hash(new)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(HQ_LOG_IN).where(HQ_LOG_IN.c.name_hash == key))
            spent = {"name": person["name"], "password_hash": person["password_hash"]}
            connection.execute(insert(HQ_FORMER_PASSWORD).values(spent).on_conflict_do_nothing())
            changed = sa.update(HQ_PERSON).where(HQ_PERSON.c.name == person["name"])
            connection.execute(changed.values(password_hash=fresh, must_change=False))
            record(connection, person["name"], self._clock.now(), Deed("password.changed", "hq_person", person["name"]))

    def _tell_failure(self, person: sa.RowMapping | None) -> None:
        if person is not None:
            with self._engine.begin() as connection:
                record(connection, "", self._clock.now(), Deed("log_in.failed", "hq_person", person["name"]))

    def _try(self, name: str, key: bytes) -> sa.RowMapping | None:
        """The person, None for nobody; the try counts as failed until it has succeeded, so that tries at the same
        moment and a killed process gain nothing. Errors: UserError while they must wait."""
        now = self._clock.now()
        with self._engine.begin() as connection:
            connection.execute(sa.delete(HQ_LOG_IN).where(HQ_LOG_IN.c.last_failure_at < now - _FORGOTTEN_AFTER))
            blank = {"name_hash": key, "failures": 0, "last_failure_at": now}
            connection.execute(insert(HQ_LOG_IN).values(blank).on_conflict_do_nothing())
            state = _state(connection, key, now)
            wait = may_try_at(state)
            if wait is not None and now < wait:
                seconds = math.ceil((wait - now).total_seconds())
                raise UserError(message("Too many wrong passwords; wait {n} s.", n=seconds), field="password")
            failures = 1 if state.failures >= LOCK_AT else state.failures + 1
            counted = sa.update(HQ_LOG_IN).where(HQ_LOG_IN.c.name_hash == key)
            connection.execute(counted.values(failures=failures, last_failure_at=now))
            known = sa.select(HQ_PERSON).where(sa.func.lower(HQ_PERSON.c.name) == _folded(name), HQ_PERSON.c.active)
            return connection.execute(known).mappings().first()


def _state(connection: sa.Connection, key: bytes, now: datetime) -> LoginState:
    """How it stands, with the row locked. A failure from a clock that went ahead counts from now on."""
    found = sa.select(HQ_LOG_IN).where(HQ_LOG_IN.c.name_hash == key).with_for_update()
    row = connection.execute(found).mappings().one()
    last = min(row["last_failure_at"], now)
    return LoginState("", "", must_change=False, failures=row["failures"], last_failure_at=last)


def _key(name: str) -> bytes:
    """Under what the failures are counted; what was typed (perhaps a password) is not kept."""
    return hashlib.sha256(_folded(name).encode()).digest()


def _folded(name: str) -> str:
    return name.strip().lower()[:100]


def _wrong() -> UserError:
    return UserError(message("Name or password is wrong."), field="password")
