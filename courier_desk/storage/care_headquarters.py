"""What the page of headquarters lists: news that was kept aside, the days compared, the reference data here."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from courier_desk.base.clock import from_text
from courier_desk.services.care import HeadquartersLists, KeptRow, KindDifference, ProofRow, ReferenceRow

# An id of ours says nothing to a person.
_ID_LENGTH = 36
_KEPT = text("SELECT n, kind, about, at, why FROM kept_item ORDER BY epoch DESC, n DESC LIMIT :most")
# Operations of the past have no number in the feed; here they are told apart by one below nought.
_KEPT_OF_PAST = text(
    "SELECT -row_number() OVER (ORDER BY kept_at, op_id) AS n, kind, entity_id AS about, kept_at AS at,"
    " CASE reason WHEN 'unknown kind' THEN 'unknown_kind' WHEN 'unreadable' THEN 'broken' ELSE 'past' END AS why"
    " FROM kept_aside ORDER BY kept_at DESC, op_id DESC LIMIT :most"
)
_PROOFS = text(
    "SELECT business_date, state, answered_at, ours, theirs FROM proof ORDER BY business_date DESC LIMIT :most"
)
_REFERENCES = text(
    "SELECT kind, version, valid_from, valid_until, received_at FROM reference_set ORDER BY kind, version DESC"
    " LIMIT :most"
)


def headquarters_lists(connection: Connection, today: date, most: int) -> HeadquartersLists:
    """At most ``most`` of each, newest first."""
    limit = {"most": most}
    return HeadquartersLists(
        kept=tuple(_kept(row) for kept in (_KEPT, _KEPT_OF_PAST) for row in connection.execute(kept, limit).mappings()),
        proofs=tuple(_proof(row) for row in connection.execute(_PROOFS, limit).mappings()),
        references=_references(connection, today, limit),
    )


def _kept(row: Any) -> KeptRow:
    about = str(row["about"])
    number = "" if len(about) == _ID_LENGTH else about
    return KeptRow(row["n"], row["kind"], number, from_text(row["at"]), row["why"])


def _proof(row: Any) -> ProofRow:
    agrees = row["state"] == "agrees"
    ours, theirs = _by_kind(row["ours"]), _by_kind(row["theirs"])
    different = () if agrees else tuple(kind for kind in sorted({*ours, *theirs}) if ours.get(kind) != theirs.get(kind))
    return ProofRow(
        day=date.fromisoformat(row["business_date"]),
        answered_at=from_text(row["answered_at"]),
        agrees=agrees,
        differences=tuple(
            KindDifference(kind, ours.get(kind, (0, ""))[0], theirs.get(kind, (0, ""))[0]) for kind in different
        ),
    )


def _by_kind(told: str) -> Mapping[str, tuple[int, str]]:
    """Count and digest of each kind."""
    return {each["kind"]: (int(each["count"]), str(each["digest"])) for each in json.loads(told or "[]")}


def _references(connection: Connection, today: date, limit: Mapping[str, int]) -> tuple[ReferenceRow, ...]:
    rows, in_use = [], set[str]()
    for row in connection.execute(_REFERENCES, limit).mappings():
        first = date.fromisoformat(row["valid_from"])
        last = date.fromisoformat(row["valid_until"]) if row["valid_until"] else None
        state = "later" if first > today else "over"
        # Of those that hold, the newest version counts.
        if state == "over" and row["kind"] not in in_use and (last is None or last >= today):
            state = "in_use"
            in_use.add(row["kind"])
        rows.append(ReferenceRow(row["kind"], row["version"], first, last, from_text(row["received_at"]), state))
    return tuple(rows)
