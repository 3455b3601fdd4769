"""Preparing and publishing reference data: a draft is text until it is published, and then it is checked as a desk
checks it. What is published never changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.domain.reference_contents import check
from courier_desk.hq import network
from courier_desk.hq.admin.audit import Deed, Who, record
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.admin.transaction import joined
from courier_desk.hq.core import station_names
from courier_desk.hq.tables.people import REFERENCE_DRAFT
from courier_desk.hq.tables.reference import REFERENCE_VERSION

LONGEST = 4 * 1024 * 1024
# Kinds that each station has for itself; the others may be for the whole network or for one station.
OF_A_STATION = frozenset({ReferenceKind.COMPANY, ReferenceKind.PEOPLE})


@dataclass(frozen=True, slots=True)
class Draft:
    """A version in the making."""

    id: int
    kind: ReferenceKind
    scope: str
    text: str
    made_by: str
    changed_at: datetime


def newest(connection: sa.Connection, kind: ReferenceKind, scope: str, on: date | None = None) -> dict[str, Any] | None:
    """The newest published document for the scope, else for the whole network; with ``on``, of those that hold then."""
    versions = sa.select(REFERENCE_VERSION.c.document).where(
        REFERENCE_VERSION.c.kind == kind.value, REFERENCE_VERSION.c.scope.in_({scope, network.EVERYWHERE})
    )
    if on is not None:
        until = REFERENCE_VERSION.c.valid_until
        versions = versions.where(REFERENCE_VERSION.c.valid_from <= on, sa.or_(until.is_(None), until >= on))
    row = connection.execute(versions.order_by(REFERENCE_VERSION.c.version.desc()).limit(1)).first()
    return None if row is None else json.loads(bytes(row[0]))


def newest_locked(connection: sa.Connection, kind: ReferenceKind, scope: str, on: date) -> dict[str, Any]:
    """The newest document to build the next one on: whoever else does waits until this transaction ends."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(_place(kind, scope), 0))
    connection.execute(sa.select(lock))
    return newest(connection, kind, scope) or blank(kind, on)


def document(connection: sa.Connection, kind: ReferenceKind, scope: str, version: int) -> dict[str, Any]:
    """A published document. Errors: UserError when there is none."""
    found = sa.select(REFERENCE_VERSION.c.document).where(
        REFERENCE_VERSION.c.kind == kind.value,
        REFERENCE_VERSION.c.scope == scope,
        REFERENCE_VERSION.c.version == version,
    )
    row = connection.execute(found).first()
    if row is None:
        raise UserError(message("There is no such version."))
    read: dict[str, Any] = json.loads(bytes(row[0]))
    return read


def blank(kind: ReferenceKind, on: date) -> dict[str, Any]:
    """The beginning of a document of a kind that was never published."""
    contents = {ReferenceKind.ANNOUNCEMENTS: "announcements", ReferenceKind.KNOWLEDGE: "articles"}.get(kind, kind.value)
    return {"kind": kind.value, "version": 1, "valid_from": on.isoformat(), contents: []}


def text_of(contents: Mapping[str, Any]) -> str:
    """A document as people edit it."""
    return json.dumps(contents, ensure_ascii=False, indent=2)


def add_draft(
    connection: sa.Connection, who: Who, now: datetime, kind: ReferenceKind, scope: str, contents: Mapping[str, Any]
) -> int:
    """A new draft; returns its number."""
    who.require(Act.REFERENCE_DRAFT)
    values = {"kind": kind.value, "scope": scope, "document": text_of(contents), "made_by": who.name}
    added = sa.insert(REFERENCE_DRAFT).values(**values, made_at=now, changed_at=now).returning(REFERENCE_DRAFT.c.id)
    number = int(connection.execute(added).scalar_one())
    record(connection, who.name, now, Deed("draft.made", "reference", _place(kind, scope), None, {"draft": number}))
    return number


def draft(connection: sa.Connection, number: int) -> Draft:
    """A draft. Errors: UserError when there is none."""
    row = connection.execute(sa.select(REFERENCE_DRAFT).where(REFERENCE_DRAFT.c.id == number)).first()
    if row is None:
        raise UserError(message("The draft is not there any more."))
    return Draft(row.id, ReferenceKind(row.kind), row.scope, row.document, row.made_by, row.changed_at)


def drafts(connection: sa.Connection, kind: ReferenceKind) -> list[Draft]:
    """All drafts of a kind, newest first."""
    rows = connection.execute(
        sa.select(REFERENCE_DRAFT).where(REFERENCE_DRAFT.c.kind == kind.value).order_by(REFERENCE_DRAFT.c.id.desc())
    )
    return [Draft(row.id, kind, row.scope, row.document, row.made_by, row.changed_at) for row in rows]


def change_draft(connection: sa.Connection, who: Who, now: datetime, number: int, text: str) -> None:
    """Other text for a draft; it may be wrong still. Errors: UserError."""
    who.require(Act.REFERENCE_DRAFT)
    known = draft(connection, number)
    if len(text) > LONGEST or "\0" in text:
        raise UserError(message("The text is too long."), field="document")
    values = {"document": text, "changed_at": now}
    connection.execute(sa.update(REFERENCE_DRAFT).where(REFERENCE_DRAFT.c.id == number).values(**values))
    deed = Deed("draft.changed", "reference", _place(known.kind, known.scope), None, {"draft": number})
    record(connection, who.name, now, deed)


def drop_draft(connection: sa.Connection, who: Who, now: datetime, number: int) -> None:
    """The draft is given up. Errors: UserError."""
    who.require(Act.REFERENCE_DRAFT)
    known = draft(connection, number)
    connection.execute(sa.delete(REFERENCE_DRAFT).where(REFERENCE_DRAFT.c.id == number))
    record(connection, who.name, now, Deed("draft.dropped", "reference", _place(known.kind, known.scope)))


def sound(text: str, kind: ReferenceKind, version: int) -> ReferenceSet:
    """What the text would be as ``version``. Errors: UserError that names the place of what is wrong."""
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        problem = message("Line {line}, column {column}: this is not JSON.", line=error.lineno, column=error.colno)
        raise UserError(problem, field="document") from error
    except RecursionError as error:
        raise UserError(message("This is nested too deeply."), field="document") from error
    if not isinstance(found, dict):
        raise UserError(message("An object with named members is expected."), field="document")
    if found.get("kind") != kind.value:
        raise UserError(message("The document must say that its kind is “{kind}”.", kind=kind.value), field="document")
    try:
        reference = ReferenceSet.from_document({**found, "version": version})
        check(reference)
    except UserError as error:
        raise UserError(error.message, field="document") from error
    return reference


def publish(connection: sa.Connection, who: Who, now: datetime, number: int) -> ReferenceSet:
    """Publish a draft as the next version; every desk concerned is told. Errors: UserError."""
    who.require(Act.REFERENCE_PUBLISH)
    known = draft(connection, number)
    version = network.next_version(joined(connection), known.kind, known.scope)
    reference = sound(known.text, known.kind, version)
    connection.execute(sa.delete(REFERENCE_DRAFT).where(REFERENCE_DRAFT.c.id == number))
    _publish(connection, who, now, known.scope, reference.payload)
    return reference


def publish_document(
    connection: sa.Connection, who: Who, now: datetime, scope: str, contents: Mapping[str, Any]
) -> ReferenceSet:
    """Publish ``contents`` as the next version without a draft. Errors: UserError."""
    kind = ReferenceKind(contents["kind"])
    who.require(Act.PEOPLE_CHANGE if kind is ReferenceKind.PEOPLE else Act.REFERENCE_PUBLISH)
    version = network.next_version(joined(connection), kind, scope)
    return _publish(connection, who, now, scope, {**contents, "version": version})


def _publish(
    connection: sa.Connection, who: Who, now: datetime, scope: str, contents: Mapping[str, Any]
) -> ReferenceSet:
    if contents["kind"] == ReferenceKind.AREAS.value:
        contents = station_names.named(connection, contents)
    reference = network.publish_reference(joined(connection), scope, contents, who.name, now)
    after = {
        "version": reference.version,
        "valid_from": reference.valid_from.isoformat(),
        "valid_until": None if reference.valid_until is None else reference.valid_until.isoformat(),
        "digest": reference.digest,
    }
    deed = Deed(
        "reference.published", "reference", _place(reference.kind, scope), {"version": reference.version - 1}, after
    )
    record(connection, who.name, now, deed)
    return reference


def _place(kind: ReferenceKind, scope: str) -> str:
    return f"{kind.value}/{scope}" if scope else kind.value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A member that is there twice would silently win over the other."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UserError(message("“{key}” is there twice.", key=key), field="document")
        found[key] = value
    return found
