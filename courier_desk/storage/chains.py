"""The chains of audit and outbox: SHA-256 over exact bytes, each row bound to the one before.

The hash of a row covers the digest of its payload, not the payload: a payload can be erased and the chain still
verifies. Every payload carries a salt, so that an erased one cannot be guessed back from its digest.
"""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from courier_desk.base.clock import to_text
from courier_desk.protocol.chain import START, digest_of, link
from courier_desk.storage.schema_core import AUDIT, AUDIT_PAYLOAD, OUTBOX


class Chain(StrEnum):
    """The two chains of a desk."""

    AUDIT = "audit"
    OUTBOX = "outbox"


def exact_bytes(value: Any) -> bytes:
    """The one form in which a payload is kept, digested and sent: compact JSON, keys sorted, UTF-8."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, default=_plain
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no place in a payload")


def audit_header(columns: tuple[str, ...]) -> bytes:
    """The columns of an audit row, each with its length, so that none can be moved into the next."""
    return b"".join(b"%d:%b" % (len(item), item) for item in (column.encode() for column in columns))


def audit_link(previous: bytes, digest: bytes, columns: tuple[str, ...]) -> bytes:
    """The hash of an audit row: of the hash before, the digest of the payload, and what stands beside it in clear."""
    return link(previous, digest + audit_header(columns))


_AUDIT_COLUMNS = (
    AUDIT.c.at,
    AUDIT.c.business_date,
    AUDIT.c.station_id,
    AUDIT.c.desk_id,
    AUDIT.c.session_id,
    AUDIT.c.operator_id,
    AUDIT.c.role,
    AUDIT.c.action,
    AUDIT.c.entity,
    AUDIT.c.entity_id,
)


def verify_chain(connection: sa.Connection, chain: Chain) -> int | None:
    """The first seq whose row is changed, missing or out of place; None when the whole chain holds.

    A tail that was cut off is not seen here but by the anchor, which knows the last hash."""
    return _verify_audit(connection) if chain is Chain.AUDIT else _verify_outbox(connection)


def _audit_rows(connection: sa.Connection) -> Iterator[Any]:
    columns = [sa.type_coerce(column, sa.Text) for column in _AUDIT_COLUMNS]
    query = (
        sa.select(
            AUDIT.c.seq, AUDIT.c.digest, AUDIT.c.hash, AUDIT_PAYLOAD.c.payload, AUDIT_PAYLOAD.c.erased_at, *columns
        )
        .outerjoin(AUDIT_PAYLOAD, AUDIT_PAYLOAD.c.seq == AUDIT.c.seq)
        .order_by(AUDIT.c.seq)
    )
    return iter(connection.execution_options(yield_per=2000).execute(query))


def _verify_audit(connection: sa.Connection) -> int | None:
    previous, expected = START, 1
    for seq, digest, row_hash, payload, erased_at, *columns in _audit_rows(connection):
        gone = payload is None and erased_at is None
        changed = payload is not None and digest_of(payload) != digest
        if seq != expected or gone or changed or row_hash != audit_link(previous, digest, tuple(columns)):
            return expected
        previous, expected = row_hash, seq + 1
    return None


def _verify_outbox(connection: sa.Connection) -> int | None:
    """Operations that headquarters has may have been cleared from the front; what is left has to hold together."""
    query = sa.select(OUTBOX.c.incarnation, OUTBOX.c.seq, OUTBOX.c.body, OUTBOX.c.digest, OUTBOX.c.hash).order_by(
        OUTBOX.c.incarnation, OUTBOX.c.seq
    )
    before: tuple[int, int, bytes] | None = None
    for incarnation, seq, body, digest, row_hash in connection.execution_options(yield_per=2000).execute(query):
        first = before is None or before[0] != incarnation
        previous = START if seq == 1 else None if first or before is None else before[2]
        expected = seq if first or before is None else before[1] + 1
        wrong_place = previous is not None and row_hash != link(previous, digest)
        if seq != expected or digest_of(body) != digest or wrong_place:
            return expected
        before = (incarnation, seq, row_hash)
    return None


def erase_payloads(connection: sa.Connection, seqs: Sequence[int], at: datetime) -> int:
    """Erase what these audit entries say of people; who did what and when stays, and the chain still verifies."""
    erased = (
        sa.update(AUDIT_PAYLOAD)
        .where(AUDIT_PAYLOAD.c.seq.in_(seqs), AUDIT_PAYLOAD.c.erased_at.is_(None))
        .values(payload=None, erased_at=at)
    )
    return connection.execute(erased).rowcount
