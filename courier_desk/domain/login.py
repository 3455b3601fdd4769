"""Rules of logging in: delay from the third failure, lock at the tenth, no former password again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message

DELAY_FROM = 3
LOCK_AT = 10
LOCK_FOR = timedelta(minutes=15)
LONGEST_DELAY = timedelta(seconds=30)
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128


@dataclass(frozen=True, slots=True)
class LoginState:
    """What the desk keeps of a person's log-in. Times in UTC; ``failures`` are those since the last success."""

    operator_id: str
    password_hash: str
    must_change: bool
    failures: int = 0
    last_failure_at: datetime | None = None
    changed_at: datetime | None = None
    question: str = ""
    answer_hash: str = ""


def may_try_at(state: LoginState) -> datetime | None:
    """The earliest moment of the next try, None when at once."""
    if state.last_failure_at is None or state.failures < DELAY_FROM:
        return None
    if state.failures >= LOCK_AT:
        return state.last_failure_at + LOCK_FOR
    delay = timedelta(seconds=2 ** (state.failures - DELAY_FROM))
    return state.last_failure_at + min(delay, LONGEST_DELAY)


def expired(state: LoginState, now: datetime, valid_for: timedelta | None) -> bool:
    """True when the password is older than the setting allows (None: never expires)."""
    return valid_for is not None and (state.changed_at is None or now - state.changed_at > valid_for)


def check_new_password(password: str, number: str) -> None:
    """Errors: UserError when too short, too long, or the employee number itself."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            message("A password needs at least {n} characters.", n=SHORTEST_PASSWORD), field="new_password"
        )
    if len(password) > LONGEST_PASSWORD:
        raise UserError(message("A password has at most {n} characters.", n=LONGEST_PASSWORD), field="new_password")
    if number and number.lower() in password.lower():
        raise UserError(message("The password must not contain the employee number."), field="new_password")
    if len(set(password)) < 4:
        raise UserError(message("The password is too simple."), field="new_password")
