"""What has to be true when everything has healed (the invariants I1 to I8 of the network)."""

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from courier_desk.hq.tables.log import CURSOR, OP_LOG, PARKED
from courier_desk.hq.tables.numbers import NUMBER_RANGE
from courier_desk.hq.tables.parcels import PARCEL_EVENT, WAYBILL
from courier_desk.protocol.chain import chain_over, digest_of
from courier_desk.services.exchange_state import LinkState
from courier_desk.storage.chains import Chain, verify_chain
from tests.simulation.desk import SimDesk
from tests.simulation.world import World

_START = bytes(32)
_NEWEST = sa.text(
    "SELECT kind || ' ' || version || ' ' || encode(digest, 'hex') FROM reference_version"
    " WHERE kind = 'forbidden' ORDER BY version DESC LIMIT 1"
)
_OUTBOX = sa.text("SELECT incarnation, seq, op_id, body, digest, acknowledged_at FROM outbox ORDER BY incarnation, seq")
_ORDERS = sa.text("SELECT number FROM orders")
_ACCEPTED = sa.text("SELECT entity_id FROM outbox WHERE kind = 'order.accepted'")
_ORDER_IDS = sa.text("SELECT id FROM orders")
_ENDED = sa.text("SELECT incarnation, cursor FROM dead_incarnation")
_CHECK = sa.text("PRAGMA quick_check")
_ORDERS_ASIDE = sa.text("SELECT op_id FROM kept_aside WHERE kind = 'order.accepted'")
_VERSIONS = sa.text("SELECT kind || ' ' || version || ' ' || lower(hex(digest)) FROM reference_set")
_REMOTE = sa.text("SELECT op_id, waybill FROM remote_event")


def faults(world: World) -> list[str]:
    """Everything that is not as it has to be, in words; nothing after a good run."""
    found = [f"{number} was given out twice" for number in world.ledger.twice]
    with world.headquarters.engine.connect() as hq:
        found += _log_faults(hq)
        found += _number_faults(hq)
        found += _parked_faults(hq)
        found += _effect_faults(hq)
        newest = hq.execute(_NEWEST).scalar_one()
        there = set(hq.execute(sa.select(WAYBILL.c.number)).scalars())
        told = set(hq.execute(sa.select(OP_LOG.c.entity_id).where(OP_LOG.c.kind == "order.accepted")).scalars())
        for desk in world.desks:
            found += [f"{desk.desk_id}: {text}" for text in _desk_faults(world, desk, there, told)]
            found += [f"{desk.desk_id}: {text}" for text in _both_sides(hq, desk)]
            if newest not in desk.rows(_VERSIONS):
                found.append(f"{desk.desk_id}: {newest} is not here")
        found += _news_faults(hq, world)
    return found


def _log_faults(hq: sa.Connection) -> Iterator[str]:
    """I4: each incarnation without a hole, in its order, under its chain; no operation twice."""
    rows = hq.execute(
        sa.select(
            OP_LOG.c.desk_id, OP_LOG.c.incarnation, OP_LOG.c.seq, OP_LOG.c.op_id, OP_LOG.c.digest, OP_LOG.c.body
        ).order_by(OP_LOG.c.desk_id, OP_LOG.c.incarnation, OP_LOG.c.seq)
    ).all()
    for op_id, count in Counter(row.op_id for row in rows).items():
        if count > 1:
            yield f"operation {op_id} is in the log {count} times"
    lives: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        lives.setdefault((row.desk_id, row.incarnation), []).append(row)
    for cursor in hq.execute(sa.select(CURSOR)):
        life = lives.pop((cursor.desk_id, cursor.incarnation), [])
        where = f"{cursor.desk_id}/{cursor.incarnation}"
        if [row.seq for row in life] != list(range(1, cursor.seq + 1)):
            yield f"{where}: the log does not hold 1 to {cursor.seq}"
        if any(digest_of(row.body) != row.digest for row in life):
            yield f"{where}: a digest is not that of its bytes"
        if chain_over(_START, (row.digest for row in life)) != cursor.chain:
            yield f"{where}: the chain is not that of the log"
    for desk_id, incarnation in lives:
        yield f"{desk_id}/{incarnation}: operations without a cursor"


def _number_faults(hq: sa.Connection) -> Iterator[str]:
    """I3 once more, at headquarters: no range overlaps another, no waybill is there twice."""
    ranges = sorted((row.serials.lower, row.serials.upper) for row in hq.execute(sa.select(NUMBER_RANGE.c.serials)))
    for (_first, end), (start, _last) in itertools.pairwise(ranges):
        if start < end:
            yield f"ranges overlap at {start}"
    numbers = Counter(hq.execute(sa.select(WAYBILL.c.number)).scalars())
    yield from (f"{number} is at headquarters {n} times" for number, n in numbers.items() if n > 1)


def _parked_faults(hq: sa.Connection) -> Iterator[str]:
    for row in hq.execute(sa.select(PARKED.c.kind, PARKED.c.reason, PARKED.c.text)):
        yield f"{row.kind} was parked: {row.reason} ({row.text})"


def _effect_faults(hq: sa.Connection) -> Iterator[str]:
    """I4 once more: however often and by whomever an operation was issued, one of its issues took effect."""
    first: dict[str, str] = {}
    for row in hq.execute(sa.select(OP_LOG.c.op_id, OP_LOG.c.body)):
        first[str(row.op_id)] = (json.loads(row.body).get("again") or (0, 0, str(row.op_id)))[2]
    effects = {str(op_id) for op_id in hq.execute(sa.select(PARCEL_EVENT.c.op_id)).scalars()} & set(first)
    for issue, count in Counter(first[op_id] for op_id in effects).items():
        if count > 1:
            yield f"{issue} took effect {count} times"


def _desk_faults(world: World, desk: SimDesk, there: set[str], told_there: set[str]) -> Iterator[str]:
    standing = desk.services.exchange.standing()
    if standing.waiting or standing.kept_waiting or standing.kept_broken or standing.alarm:
        yield f"not at rest: {standing}"
    if standing.link is None or standing.link.state is not LinkState.JOINED:
        yield f"not joined: {standing.link}"
    if not all(day.agrees for day in standing.proofs):
        yield f"a day is not proved: {standing.proofs}"
    if aside := desk.rows(_ORDERS_ASIDE):
        yield f"{len(aside)} orders of the past were kept aside"
    # I5: an order has its operation, here or (what came back from there) at headquarters.
    orphans = set(desk.rows(_ORDER_IDS)) - set(desk.rows(_ACCEPTED)) - told_there
    if orphans:
        yield f"{len(orphans)} orders without an operation"
    if (said := desk.rows(_CHECK)) != ["ok"]:
        yield f"the file says {said}"
    with desk.desk.store.read() as look:
        broken = [chain for chain in Chain if verify_chain(look.connection, chain) is not None]
    yield from (f"the {chain.value} chain is broken" for chain in broken)
    yield from _ledger_faults(world, desk, there)


def _ledger_faults(world: World, desk: SimDesk, there: set[str]) -> Iterator[str]:
    """I1 and I2: what was called saved is here and there; what went with a backup is nowhere, or on both sides."""
    here = desk.numbers()
    for number in (number for number, giver in world.ledger.given.items() if giver == desk.desk_id):
        lost = number in world.ledger.lost_with_backup
        if number not in here and (number in there or not lost):
            yield f"{number} was called saved and is gone"
        if number not in there and (number in here or not lost):
            yield f"{number} never reached headquarters"


def _both_sides(hq: sa.Connection, desk: SimDesk) -> Iterator[str]:
    """I8: what is acknowledged here is there, byte for byte; but for what a database that was set back wrote under
    names that were used: that was issued again."""
    there = {
        (row.incarnation, row.seq): row.digest
        for row in hq.execute(
            sa.select(OP_LOG.c.incarnation, OP_LOG.c.seq, OP_LOG.c.digest).where(OP_LOG.c.desk_id == desk.desk_id)
        )
    }
    with desk.desk.store.read() as look:
        ended = {row.incarnation: row.cursor for row in look.connection.execute(_ENDED)}
        for row in look.connection.execute(_OUTBOX):
            found = there.get((row.incarnation, row.seq))
            if row.seq > ended.get(row.incarnation, row.seq):
                continue
            if found is not None and found != row.digest:
                yield f"{row.incarnation}/{row.seq} is another operation at headquarters"
            if row.acknowledged_at is None:
                yield f"{row.incarnation}/{row.seq} still waits"


def _news_faults(hq: sa.Connection, world: World) -> Iterator[str]:
    """What happened to a parcel elsewhere is known at every desk that knows the parcel."""
    events: dict[str, set[tuple[str, str]]] = {}
    for row in hq.execute(sa.select(PARCEL_EVENT.c.waybill, PARCEL_EVENT.c.op_id, PARCEL_EVENT.c.desk_id)):
        events.setdefault(row.waybill, set()).add((str(row.op_id), row.desk_id))
    for desk in world.desks:
        with desk.desk.store.read() as look:
            known = {row.op_id for row in look.connection.execute(_REMOTE)}
            own = set(look.connection.execute(_ORDERS).scalars())
        for waybill in own:
            missing = {op for op, by in events.get(waybill, set()) if by != desk.desk_id} - known
            if missing:
                yield f"{desk.desk_id}: {len(missing)} events of {waybill} are not known"
