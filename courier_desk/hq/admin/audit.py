"""Every act of headquarters' people, with what was before and what is after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from courier_desk.base.errors import NotAllowed
from courier_desk.base.translation import message
from courier_desk.hq.admin.rights import Act, HqRole, may
from courier_desk.hq.tables.people import HQ_AUDIT


@dataclass(frozen=True, slots=True)
class Who:
    """The person who acts."""

    name: str
    role: HqRole

    def require(self, act: Act) -> None:
        """Errors: NotAllowed when the table of rights does not give it."""
        if not may(self.role, act):
            raise NotAllowed(message("Your role does not allow this."), action=act.value)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to what; ``before`` and ``after`` hold no passwords, codes or hashes of them."""

    action: str
    entity: str
    entity_id: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def record(connection: sa.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Add it to the audit, in the transaction of the act itself."""
    connection.execute(
        sa.insert(HQ_AUDIT).values(
            at=now,
            person=person,
            action=deed.action,
            entity=deed.entity,
            entity_id=deed.entity_id,
            before=None if deed.before is None else dict(deed.before),
            after=None if deed.after is None else dict(deed.after),
        )
    )
