"""The one door of reference data, and what holds today, read once for each version (design.md "Reference data")."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.areas import Areas
from courier_desk.domain.calendar import Calendar
from courier_desk.domain.company import Company
from courier_desk.domain.contents import ForbiddenList
from courier_desk.domain.line import Line, lines_from
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.login import LoginState
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.domain.reference_contents import check
from courier_desk.domain.routing import Routing
from courier_desk.domain.staff import staff_from
from courier_desk.domain.tariff_data import Tariff
from courier_desk.domain.user import Action, Actor, Operator
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store, UnitOfWork

T = TypeVar("T")


def admit(work: UnitOfWork, document: Mapping[str, Any]) -> ReferenceSet:
    """Let one version in, inside a transaction. Errors: UserError naming the place of what is wrong; a version that is
    there already must be the same, byte for byte."""
    return let_in(work, checked(document))


def checked(document: Mapping[str, Any]) -> ReferenceSet:
    """The set that a document describes; may take some time, and needs no transaction. Errors: UserError."""
    reference = ReferenceSet.from_document(document)
    check(reference)
    return reference


def let_in(work: UnitOfWork, reference: ReferenceSet) -> ReferenceSet:
    """The door itself, for one that was checked. Errors: UserError when that version is there and says something
    else."""
    known = work.reference.get(reference.kind, reference.version)
    if known is not None:
        if known.digest != reference.digest:
            raise UserError(
                message("Version {n} of “{kind}” is there already and says something else.", n=reference.version,
                        kind=reference.kind.value)
            )  # fmt: skip
        return known
    if reference.kind is ReferenceKind.PEOPLE:
        _take_first_passwords(work, reference)
    work.reference.add(reference)
    body = {"kind": reference.kind.value, "version": reference.version, "digest": reference.digest}
    work.audit("reference.admitted", "reference", f"{reference.kind.value}/{reference.version}", None, body)
    work.change("reference", reference.kind.value)
    return reference


def _take_first_passwords(work: UnitOfWork, reference: ReferenceSet) -> None:
    """Headquarters gave somebody a one-use first password: they log in with it, unless they have used it already."""
    newest = work.reference.current(ReferenceKind.PEOPLE, work.business_date)
    if newest is not None and newest.version > reference.version:
        return
    for person in staff_from(reference.payload):
        if not person.first_password or person.first_password in work.people.former_hashes(person.id):
            continue
        state = work.people.login_state(person.id)
        if state is None or state.password_hash != person.first_password:
            work.people.save_login_state(LoginState(person.id, person.first_password, must_change=True))
            work.people.close_sessions(person.id, work.now)
            work.audit("first_password.set", "operator", person.id, None, None)


class ReferenceService:
    """Price list, areas, routing, lines, calendar, forbidden list, people and company as they hold on a day."""

    def __init__(self, store: Store, gate: Gate, today: Callable[[], date]) -> None:
        self._store = store
        self._gate = gate
        self._today = today
        self._read: dict[tuple[ReferenceKind, date], Any] = {}

    def today(self) -> date:
        """The business day that counts for everything here."""
        return self._today()

    def admit(self, actor: Actor, document: Mapping[str, Any]) -> ReferenceSet:
        """Let one version in. Errors: UserError."""
        self._gate.require(actor, Action.REFERENCE_ADMIT)
        with self._store.write(actor) as work:
            reference = admit(work, document)
            work.commit()
        self.forget()
        self.end_log_ins()
        return reference

    def forget(self) -> None:
        """A version came in by another way: what was read is read anew."""
        self._read.clear()

    def end_log_ins(self) -> None:
        """Who works here no more, or in another role, is logged in no more. To be called when a version came in, and
        now and then: one may begin to hold on a later day. Where no people hold today everybody stays."""
        people = self._found(ReferenceKind.PEOPLE, staff_from, self._today())
        gone = () if people is None else self._gate.dismiss_others(people)
        if gone:
            with self._store.write(None) as work:
                for actor in gone:
                    work.people.close_sessions(actor.operator_id, work.now)
                    work.audit("session.ended", "operator", actor.operator_id, None, {"role": actor.role.value})
                work.commit()

    def tariff(self, on: date | None = None) -> Tariff:
        """The price list in force."""
        return self._current(ReferenceKind.TARIFF, Tariff.from_data, on)

    def areas(self, on: date | None = None) -> Areas:
        """Where we go."""
        return self._current(ReferenceKind.AREAS, Areas.from_data, on)

    def stations(self) -> Mapping[str, LocalText]:
        """What stations are called, by their ids; empty where headquarters does not tell."""
        areas = self._found(ReferenceKind.AREAS, Areas.from_data, self._today())
        return areas.stations if areas else {}

    def routing(self, on: date | None = None) -> Routing:
        """How it gets there."""
        return self._current(ReferenceKind.ROUTING, Routing.from_data, on)

    def lines(self, on: date | None = None) -> Mapping[str, Line]:
        """The evening lines of this station."""
        return self._current(ReferenceKind.LINES, lines_from, on)

    def calendar(self, on: date | None = None) -> Calendar:
        """Working days, closures, transit times."""
        return self._current(ReferenceKind.CALENDAR, Calendar.from_data, on)

    def forbidden(self, on: date | None = None) -> ForbiddenList:
        """What may not be sent, or only under conditions."""
        return self._current(ReferenceKind.FORBIDDEN, ForbiddenList.from_data, on)

    def company(self, on: date | None = None) -> Company:
        """Whose station this is."""
        return self._current(ReferenceKind.COMPANY, Company.from_data, on)

    def people(self, on: date | None = None) -> tuple[Operator, ...]:
        """Who works here."""
        return self._current(ReferenceKind.PEOPLE, staff_from, on)

    def _current(self, kind: ReferenceKind, read: Callable[[Mapping[str, Any]], T], on: date | None) -> T:
        found = self._found(kind, read, on or self._today())
        if found is None:
            raise UserError(message("There is no “{kind}” that holds today; ask headquarters.", kind=kind.value))
        return found

    def _found(self, kind: ReferenceKind, read: Callable[[Mapping[str, Any]], T], day: date) -> T | None:
        """What holds on the day, None for nothing."""
        found: T | None = self._read.get((kind, day))
        if found is None:
            with self._store.read() as work:
                reference = work.reference.current(kind, day)
            if reference is not None:
                found = self._read[kind, day] = _contents(reference, read)
        return found


def _contents(reference: ReferenceSet, read: Callable[[Mapping[str, Any]], T]) -> T:
    return read(reference.payload)
