"""The first start: a station is set up once, for ever live, sample or training, by the door that headquarters uses."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.base.ids import new_id
from courier_desk.base.translation import Message, message
from courier_desk.domain.company import Company
from courier_desk.domain.login import LoginState
from courier_desk.domain.number_block import NumberBlock
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference import NEEDED_KINDS, ReferenceKind
from courier_desk.domain.staff import staff_from
from courier_desk.domain.user import Operator
from courier_desk.services.ports import PasswordHasher, Store, UnitOfWork
from courier_desk.services.reference import admit
from courier_desk.services.station import StationIdentity

Progress = Callable[[int, int, Message], None]

# Without letters and digits that are mistaken for one another when read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS = 3
_GROUP = 4


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A person and their one-use first password, shown once."""

    operator: Operator
    password: str


class FirstStart:
    """Sets the station up. Runs on the db lane, before anybody can log in."""

    def __init__(self, store: Store, hasher: PasswordHasher) -> None:
        self._store = store
        self._hasher = hasher

    def station(self) -> StationIdentity | None:
        """The station of this database, None before the set-up."""
        with self._store.read() as work:
            return work.station.get()

    def set_up(
        self, kind: StationKind, documents: Iterable[Mapping[str, Any]], progress: Progress | None = None
    ) -> tuple[FirstPassword, ...]:
        """Everything in one transaction. ``progress`` hears step, steps and what is being done. Errors: UserError when
        a station is there already or a document is wrong."""
        if self.station() is not None:
            raise UserError(message("A station is set up here already."))
        given = {str(document.get("kind")): document for document in documents}
        missing = [wanted.value for wanted in NEEDED_KINDS if wanted.value not in given]
        if missing:
            raise UserError(message("Reference data are missing: {kinds}", kinds=", ".join(missing)))
        company = Company.from_data(given[ReferenceKind.COMPANY.value])
        people = staff_from(given[ReferenceKind.PEOPLE.value])
        first, hashes = make_first_passwords(people, self._hasher, progress or nobody_listens)
        with self._store.write(None) as work:
            _add_station(work, kind, company)
            for document in given.values():
                admit(work, document)
            save_first_passwords(work, first, hashes)
            work.audit("station.set_up", "station", company.station.id, None, {"kind": kind.value})
            work.commit()
        return first


def make_first_passwords(
    people: Iterable[Operator], hasher: PasswordHasher, tell: Progress
) -> tuple[tuple[FirstPassword, ...], list[str]]:
    """A one-use password, and its hash, for everybody who has none from headquarters."""
    first = tuple(
        FirstPassword(person, _first_password()) for person in people if person.active and not person.first_password
    )
    hashes = []
    for step, each in enumerate(first):
        tell(step, len(first) + 1, message("First password of {number}", number=each.operator.number))
        hashes.append(hasher.hash(each.password))
    tell(len(first), len(first) + 1, message("Price list, areas, routes and number range"))
    return first, hashes


def save_first_passwords(work: UnitOfWork, first: Sequence[FirstPassword], hashes: Sequence[str]) -> None:
    """They log in with these, once."""
    for each, password_hash in zip(first, hashes, strict=True):
        work.people.save_login_state(LoginState(each.operator.id, password_hash, must_change=True))


def _add_station(work: UnitOfWork, kind: StationKind, company: Company) -> None:
    station = company.station
    prefix = company.prefixes[kind]
    work.station.add(
        StationIdentity(
            station_id=station.id,
            desk_id=station.desk_id,
            desk_name=station.desk_id,
            incarnation=1,
            code=station.code,
            name=station.name.zh,
            company=company.name.zh,
            kind=kind,
            number_prefix=prefix,
            hotline=company.hotline,
            zone=station.zone.key,
            currency=company.currency,
            division_code=station.address.division,
            routing_code=station.code,
        )
    )
    numbers = station.numbers
    work.numbers.add(NumberBlock(new_id(), prefix, numbers.first, numbers.last, numbers.first))


def nobody_listens(_step: int, _steps: int, _text: Message) -> None:
    """Nobody waits for the progress."""


def _first_password() -> str:
    """Twelve characters in three groups: about 59 bits, easily read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
