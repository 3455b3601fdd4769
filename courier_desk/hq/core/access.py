"""Who may speak as a desk: one-time codes that people hand out, and the secrets that desks come with."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.enrolment import CODE_ALPHABET, CODE_LENGTH, group_code
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.tables.network import DEAD_SECRET, DESK, ENROLMENT_CODE

CODE_HOLDS = timedelta(days=7)
# A desk that asks every second is not written down every second.
_SEEN_EACH = timedelta(minutes=1)


def of_desk(table: sa.Table, station_id: str, desk_id: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """The rows of one desk."""
    return table.c.station_id == station_id, table.c.desk_id == desk_id


def digest(secret: str) -> bytes:
    """What is kept of a code or a secret. Both are random and long, so that no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def make_code(engine: sa.Engine, station_id: str, desk_id: str, made_by: str, now: datetime) -> str:
    """A one-time code for a desk, as it is read out (``ABCD-EFGH-JKMN``); codes that it had before are void. Errors:
    UserError when there is no such desk."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    with engine.begin() as connection:
        desk = connection.execute(
            sa.select(DESK.c.state).where(*of_desk(DESK, station_id, desk_id)).with_for_update()
        ).first()
        if desk is None or desk.state == "retired":
            raise UserError(message("There is no desk “{desk}”.", desk=desk_id))
        unused = sa.and_(*of_desk(ENROLMENT_CODE, station_id, desk_id), ENROLMENT_CODE.c.used_at.is_(None))
        connection.execute(sa.delete(ENROLMENT_CODE).where(unused))
        connection.execute(
            ENROLMENT_CODE.insert().values(
                code_hash=digest(code),
                station_id=station_id,
                desk_id=desk_id,
                made_by=made_by,
                made_at=now,
                expires_at=now + CODE_HOLDS,
            )
        )
    return group_code(code)


def authenticate(engine: sa.Engine, token: str, now: datetime) -> DeskIdentity | None:
    """The desk whose secret ``token`` (``<desk_id>.<secret>``) holds, None for nobody's. The secret of an earlier
    incarnation is still known, so that a push can be told that it is fenced; everything else asks
    ``standing.require``."""
    desk_id, _, secret = token.rpartition(".")
    offered = digest(secret)
    with engine.begin() as connection:
        row = connection.execute(sa.select(DESK).where(DESK.c.desk_id == desk_id)).first()
        kept = row.secret_hash if row is not None and row.secret_hash is not None else bytes(len(offered))
        if hmac.compare_digest(kept, offered) and row is not None and row.state != "retired":
            if row.last_seen_at is None or row.last_seen_at < now - _SEEN_EACH:
                seen = sa.update(DESK).where(*of_desk(DESK, row.station_id, desk_id), DESK.c.secret_hash == offered)
                connection.execute(seen.values(last_seen_at=now))
            return DeskIdentity(row.station_id, desk_id, row.incarnation, offered)
        return None if row is None else _dead(connection, row.station_id, desk_id, offered)


def _dead(connection: sa.Connection, station_id: str, desk_id: str, offered: bytes) -> DeskIdentity | None:
    for former in connection.execute(sa.select(DEAD_SECRET).where(*of_desk(DEAD_SECRET, station_id, desk_id))):
        if hmac.compare_digest(former.secret_hash, offered):
            return DeskIdentity(station_id, desk_id, former.incarnation, offered)
    return None
