"""Logging in, out, and again after a lock (mission A1, A3; reliability.md "People and secrets")."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from courier_desk.base.clock import Clock
from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import message
from courier_desk.domain.login import LOCK_AT, LoginState, check_new_password, expired, may_try_at
from courier_desk.domain.user import Actor, Operator
from courier_desk.services.gate import Gate
from courier_desk.services.ports import OnLane, PasswordHasher, Store, UnitOfWork
from courier_desk.services.station import StationIdentity

_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LoginResult:
    """``actor`` when the person is in, else ``wait_until``; ``must_change``: a new password comes first."""

    actor: Actor | None
    must_change: bool = False
    needs_question: bool = False
    wait_until: datetime | None = None
    locked: bool = False


class AuthService:
    """Log-in by employee number (工号) and password. argon2id takes a tenth of a second: methods run beside the
    database lane and go to it for their short transactions alone."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hasher: PasswordHasher,
        gate: Gate,
        station: Callable[[], StationIdentity],
        operators: Callable[[], tuple[Operator, ...]],
        password_days: Callable[[], int],
        on_lane: OnLane,
    ) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher
        self._gate = gate
        self._station = station
        self._operators = operators
        self._password_days = password_days
        self._on_lane = on_lane
        self._nobody = ""

    def log_in(self, number: str, password: str) -> LoginResult:
        """Let the person in, or say how long to wait. Errors: UserError with one and the same text for a wrong
        number and a wrong password."""
        now = self._clock.now()
        operator, state = self._known(number, now)
        wait = may_try_at(state)
        if wait is not None and now < wait:
            return LoginResult(None, wait_until=wait, locked=state.failures >= LOCK_AT)
        if not self._hasher.verify(state.password_hash, password) or operator is None:
            self._count_failure(state, now)
            raise _wrong()
        return self._admit(operator, state, now)

    def change_password(self, actor: Actor, old: str, new: str, question: str = "", answer: str = "") -> None:
        """A new password, never a former one; with the security question on the first change. A wrong present one
        counts as at log-in. Errors: UserError."""
        self._gate.require_known(actor)
        now = self._clock.now()
        state = self._state_of(actor, now)
        _refuse_early(state, now)
        if not self._hasher.verify(state.password_hash, old):
            self._count_failure(state, now)
            raise UserError(message("The present password is wrong."), field="old_password")
        check_new_password(new, actor.number)
        if state.must_change and not state.question and not (question.strip() and answer.strip()):
            raise UserError(message("Choose a security question and its answer."), field="answer")
        self._refuse_former(actor, state, new)
        changed = replace(
            state,
            password_hash=self._hasher.hash(new),
            must_change=False,
            changed_at=self._clock.now(),
            question=question.strip() or state.question,
            answer_hash=self._hasher.hash(_plain_answer(answer)) if answer.strip() else state.answer_hash,
        )

        def save(work: UnitOfWork) -> None:
            work.people.add_former_hash(actor.operator_id, state.password_hash)
            work.people.save_login_state(changed)
            work.audit("password.changed", "operator", actor.operator_id, None, None)

        self._write(actor, save)
        self._gate.admit(actor)

    def unlock(self, actor: Actor, password: str) -> bool:
        """True when the same person is back. Failures count as at log-in. Errors: UserError while they must wait."""
        self._gate.require_known(actor)
        now = self._clock.now()
        state = self._state_of(actor, now)
        _refuse_early(state, now)
        if self._operator(actor.number) is None:
            raise _wrong()
        if not self._hasher.verify(state.password_hash, password):
            self._count_failure(state, now)
            return False

        def save(work: UnitOfWork) -> None:
            if state.failures:
                work.people.save_login_state(replace(state, failures=0, last_failure_at=None))
            work.audit("session.unlocked", "operator", actor.operator_id, None, None)

        self._write(actor, save)
        return True

    def lock(self, actor: Actor) -> None:
        """The screen was locked; the log-in stays."""
        self._note(actor, "session.locked")

    def log_out(self, actor: Actor) -> None:
        """The person leaves; what they left half done stays theirs."""
        self._gate.dismiss(actor.session_id)

        def save(work: UnitOfWork) -> None:
            work.people.close_sessions(actor.operator_id, work.now)
            work.audit("session.closed", "operator", actor.operator_id, None, None)

        self._write(actor, save)

    def confirm_details(self, actor: Actor) -> None:
        """The person has looked at their own details and found them right."""
        self._gate.require_known(actor)
        self._note(actor, "details.confirmed")

    def doubt_details(self, actor: Actor) -> None:
        """The person says that something is wrong with their own details; the record keeps it for the supervisor."""
        self._gate.require_known(actor)
        self._note(actor, "details.doubted")

    def verify(self, number: str, password: str) -> Operator:
        """A second person at the desk proves who they are, without logging in. Errors: UserError."""
        now = self._clock.now()
        operator, state = self._known(number, now)
        _refuse_early(state, now)
        if not self._hasher.verify(state.password_hash, password) or operator is None:
            self._count_failure(state, now)
            raise _wrong()
        if state.must_change:
            raise UserError(message("This person has to log in and choose a password of their own first."))
        return operator

    def _write(self, actor: Actor | None, save: Callable[[UnitOfWork], None]) -> None:
        """One short transaction on the database lane."""

        def work() -> None:
            with self._store.write(actor) as unit:
                save(unit)
                unit.commit()

        self._on_lane(work)

    def _note(self, actor: Actor, action: str) -> None:
        self._write(actor, lambda unit: unit.audit(action, "operator", actor.operator_id, None, None))

    def _known(self, number: str, now: datetime) -> tuple[Operator | None, LoginState]:
        """Who it is and how their log-in stands. Nobody's number has a state as well, with failures that count: who
        guesses learns nothing from having to wait."""
        operator, nobody = self._operator(number), _nobody_id(number)
        with self._store.read() as work:
            state = work.people.login_state(operator.id) if operator else None
            if state is None:
                operator, state = None, work.people.login_state(nobody)
        state = state or LoginState(nobody, self._decoy(), must_change=True)
        return operator, self._since_then(state, now)

    def _operator(self, number: str) -> Operator | None:
        wanted = number.strip().casefold()
        return next((o for o in self._operators() if o.active and o.number.casefold() == wanted), None)

    def _state_of(self, actor: Actor, now: datetime) -> LoginState:
        with self._store.read() as work:
            state = work.people.login_state(actor.operator_id)
        if state is None:
            raise _wrong()
        return self._since_then(state, now)

    def _since_then(self, state: LoginState, now: datetime) -> LoginState:
        """A failure from a clock that went ahead counts from now on: nobody is locked out for a year."""
        if state.last_failure_at is None or state.last_failure_at <= now + _CLOCKS_DIFFER:
            return state
        mended = replace(state, last_failure_at=now)
        self._write(None, lambda work: work.people.save_login_state(mended))
        return mended

    def _admit(self, operator: Operator, state: LoginState, now: datetime) -> LoginResult:
        station = self._station()
        actor = Actor(
            session_id=new_id(),
            operator_id=operator.id,
            number=operator.number,
            name=operator.name,
            role=operator.role,
            station_id=station.station_id,
            desk_id=station.desk_id,
        )
        days = self._password_days()
        stale = expired(state, now, timedelta(days=days) if days else None)

        def save(work: UnitOfWork) -> None:
            work.people.save_login_state(replace(state, failures=0, last_failure_at=None))
            work.people.open_session(actor, now)
            work.audit("session.opened", "operator", operator.id, None, None)

        self._write(actor, save)
        if not (state.must_change or stale):
            self._gate.admit(actor)
        else:
            self._gate.expect(actor)
        return LoginResult(actor, must_change=state.must_change or stale, needs_question=not state.question)

    def _count_failure(self, known: LoginState, now: datetime) -> None:
        """One more, on top of what is saved by then: two tries at once are two."""

        def save(work: UnitOfWork) -> None:
            state = work.people.login_state(known.operator_id) or known
            failures = 1 if state.failures >= LOCK_AT else state.failures + 1
            last = max(now, state.last_failure_at) if state.last_failure_at else now
            work.people.save_login_state(replace(state, failures=failures, last_failure_at=last))
            work.audit("login.failed", "operator", known.operator_id, None, {"failures": failures})

        self._write(None, save)

    def _refuse_former(self, actor: Actor, state: LoginState, new: str) -> None:
        with self._store.read() as work:
            former = [state.password_hash, *work.people.former_hashes(actor.operator_id)]
        if any(self._hasher.verify(one, new) for one in former):
            raise UserError(message("This password was used before; choose another."), field="new_password")

    def _decoy(self) -> str:
        """A hash that nothing matches, so that an unknown number takes as long as a wrong password."""
        if not self._nobody:
            self._nobody = self._hasher.hash(new_id())
        return self._nobody


def _nobody_id(number: str) -> str:
    """Where the failures of a number that nobody has are counted; what was typed (perhaps a password) is not kept."""
    return "nobody-" + hashlib.sha256(number.strip().casefold().encode()).hexdigest()[:24]


def _wrong() -> UserError:
    return UserError(message("Employee number or password is wrong."), field="password")


def _refuse_early(state: LoginState, now: datetime) -> None:
    """Errors: UserError while the person must wait after wrong passwords."""
    wait = may_try_at(state)
    if wait is not None and now < wait:
        raise UserError(message("Too many wrong passwords; wait {n} s.", n=int((wait - now).total_seconds()) + 1))


def _plain_answer(answer: str) -> str:
    return " ".join(answer.split()).casefold()
