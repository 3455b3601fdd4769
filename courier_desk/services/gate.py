"""The gate: who is logged in at this desk, and whether they may. Every service asks here first (deny by default)."""

from collections.abc import Iterable
from threading import Lock

from courier_desk.base.errors import NotAllowed, NotLoggedIn
from courier_desk.base.translation import N_, Message, message
from courier_desk.domain.user import Action, Actor, Operator, may, who_may

ROLE_TITLES = {
    "agent": N_("agent"),
    "senior_agent": N_("senior agent"),
    "supervisor": N_("supervisor"),
    "manager": N_("manager"),
    "director": N_("director"),
    "technical_admin": N_("technical administrator"),
}


class Gate:
    """Knows the live sessions of this process. Thread-safe; asked from the db lane, told by AuthService."""

    def __init__(self) -> None:
        self._live: dict[str, Actor] = {}
        self._expected: dict[str, Actor] = {}
        self._lock = Lock()

    def admit(self, actor: Actor) -> None:
        """The person has logged in."""
        with self._lock:
            self._expected.pop(actor.session_id, None)
            self._live[actor.session_id] = actor

    def expect(self, actor: Actor) -> None:
        """The person has logged in, but chooses a new password before anything else."""
        with self._lock:
            self._expected[actor.session_id] = actor

    def dismiss(self, session_id: str) -> None:
        """The person has logged out; a log-in kept somewhere is stale from now on."""
        with self._lock:
            self._live.pop(session_id, None)
            self._expected.pop(session_id, None)

    def dismiss_others(self, people: Iterable[Operator]) -> tuple[Actor, ...]:
        """End the log-ins of all but ``people``, and of those whose role is another now; returns whose ended."""
        roles = {person.id: person.role for person in people if person.active}
        with self._lock:
            both = (*self._live.values(), *self._expected.values())
            gone = tuple(actor for actor in both if roles.get(actor.operator_id) is not actor.role)
            for actor in gone:
                self._live.pop(actor.session_id, None)
                self._expected.pop(actor.session_id, None)
        return gone

    def require_known(self, actor: Actor) -> None:
        """For what a person does to their own log-in. Errors: NotLoggedIn for a stale or made-up one."""
        with self._lock:
            known = self._live.get(actor.session_id) or self._expected.get(actor.session_id)
        if known is None or known != actor:
            raise _stale()

    def require(self, actor: Actor, action: Action) -> None:
        """Errors: NotLoggedIn for a stale or made-up log-in, NotAllowed when the role lacks the right."""
        with self._lock:
            live = self._live.get(actor.session_id)
        if live is None or live != actor:
            raise _stale()
        if not may(actor.role, action):
            helper = who_may(action)
            who = Message(ROLE_TITLES[helper[0]]) if helper else message("nobody")
            raise NotAllowed(message("Your role does not allow this; ask a {role}.", role=who), action=action)


def _stale() -> NotLoggedIn:
    return NotLoggedIn(message("You are no longer logged in. Please log in again."))
