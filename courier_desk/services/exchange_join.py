"""Joining headquarters: a new folder becomes a desk of a live station, from what headquarters says and nothing else."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.company import Company
from courier_desk.domain.own_number import check_prefix
from courier_desk.domain.paper import StationKind
from courier_desk.domain.reference import NEEDED_KINDS, ReferenceKind, ReferenceSet, in_force
from courier_desk.domain.staff import staff_from
from courier_desk.domain.user import Operator
from courier_desk.protocol.messages import EnrolReply
from courier_desk.services.exchange_ports import LinkRecord
from courier_desk.services.exchange_state import Link, LinkState, LinkTrouble
from courier_desk.services.first_start import (
    FirstPassword,
    Progress,
    make_first_passwords,
    nobody_listens,
    save_first_passwords,
)
from courier_desk.services.ports import PasswordHasher, Store, UnitOfWork
from courier_desk.services.reference import checked, let_in
from courier_desk.services.station import StationIdentity


def document_of(content: bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    """A document of reference data as it came. Errors: UserError for what is none."""
    if not isinstance(content, bytes):
        return content
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UserError(message("What came from headquarters is no reference data."))
    return found


class Joining:
    """Runs on the db lane, before anybody can log in. ``machine`` names this PC for this installation."""

    def __init__(self, store: Store, hasher: PasswordHasher, machine: Callable[[], str]) -> None:
        self._store = store
        self._hasher = hasher
        self.machine = machine

    def join(
        self,
        address: str,
        reply: EnrolReply,
        documents: Iterable[bytes | Mapping[str, Any]],
        progress: Progress | None = None,
    ) -> tuple[FirstPassword, ...]:
        """Set the desk up, in one transaction. ``documents``: every reference document that holds now or will; people
        to whom headquarters gave a first password are not among those returned. Errors: UserError when a station is
        here already or a document is wrong."""
        with self._store.read() as look:
            if look.station.get() is not None:
                raise UserError(message("A station is set up here already."))
        sets = [checked(document_of(document)) for document in documents]
        first, hashes = make_first_passwords(_people(sets, reply), self._hasher, progress or nobody_listens)
        with self._store.write(None) as work:
            work.station.add(_identity(reply))
            for reference in sets:
                let_in(work, reference)
            save_first_passwords(work, first, hashes)
            work.link.add(_record(address, reply, self.machine(), work))
            if reply.operations_before:
                work.history.begin()
            facts = {"incarnation": reply.incarnation, "address": address}
            work.audit("desk.joined", "desk", reply.desk_id, None, facts)
            work.commit()
        return first


def _people(sets: Sequence[ReferenceSet], reply: EnrolReply) -> tuple[Operator, ...]:
    """Who works here, if everything is there that a station needs."""
    held = {kind: in_force(sets, kind, reply.now.date()) for kind in NEEDED_KINDS}
    missing = [kind.value for kind, found in held.items() if found is None]
    company, people = held[ReferenceKind.COMPANY], held[ReferenceKind.PEOPLE]
    if missing or company is None or people is None:
        raise UserError(message("Reference data are missing: {kinds}", kinds=", ".join(missing)))
    prefix, card = Company.from_data(company.payload).prefixes[StationKind.LIVE], reply.station.number_prefix
    check_prefix(card)
    if prefix != card:
        text = message("Headquarters says two prefixes of numbers: {one} and {other}.", one=prefix, other=card)
        raise UserError(text)
    return staff_from(people.payload)


def _identity(reply: EnrolReply) -> StationIdentity:
    card = reply.station
    return StationIdentity(
        station_id=reply.station_id,
        desk_id=reply.desk_id,
        desk_name=reply.desk_name,
        incarnation=reply.incarnation,
        code=card.code,
        name=card.name,
        company=card.company,
        kind=StationKind.LIVE,
        number_prefix=card.number_prefix,
        hotline=card.hotline,
        zone=card.zone,
        currency=card.currency,
        division_code=card.division_code,
        routing_code=card.routing_code,
    )


def _record(address: str, reply: EnrolReply, machine: str, work: UnitOfWork) -> LinkRecord:
    """Of a desk that was replaced the days until now cannot be proved: what the old PC sent is not in this outbox."""
    link = Link(
        address=address,
        station_id=reply.station_id,
        desk_id=reply.desk_id,
        incarnation=reply.incarnation,
        secret=reply.secret,
        epoch=reply.epoch,
        feed_after=reply.feed_after,
        cursor=0,
        state=LinkState.JOINED,
        reason=LinkTrouble.NONE,
        joined_at=work.now,
    )
    day = work.business_date
    return LinkRecord(link, machine, day + timedelta(days=1) if reply.operations_before else day)
