"""Photographs of parcels and papers, by their digest: the same picture is kept once for each station."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from courier_desk.hq.core import standing
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.tables.care import PHOTOGRAPH
from courier_desk.protocol.chain import digest_of
from courier_desk.protocol.messages import ProblemCode

# What a desk writes, with how each begins. The desk has encoded them anew, without place and maker.
_BEGINNINGS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF"}
MEDIA_TYPES = tuple(_BEGINNINGS)


@dataclass(frozen=True, slots=True)
class Photograph:
    """One picture as the desk sent it."""

    media_type: str
    content: bytes


def keep(engine: sa.Engine, desk: DeskIdentity, sha256: str, photograph: Photograph, now: datetime) -> None:
    """Keep it; one that is there already stays as it is. Errors: Refused when it is not what it says."""
    with engine.connect() as connection:
        standing.require(connection, desk)
    beginning = _BEGINNINGS.get(photograph.media_type)
    if beginning is None or not photograph.content.startswith(beginning):
        raise Refused(ProblemCode.BAD_MESSAGE, f"A photograph is one of {', '.join(MEDIA_TYPES)}.")
    if digest_of(photograph.content).hex() != sha256:
        raise Refused(ProblemCode.BAD_MESSAGE, "The photograph has another digest than the one it was sent under.")
    row = {
        "station_id": desk.station_id,
        "sha256": bytes.fromhex(sha256),
        "media_type": photograph.media_type,
        "content": photograph.content,
        "at": now,
    }
    with engine.begin() as connection:
        connection.execute(insert(PHOTOGRAPH).values(row).on_conflict_do_nothing())


def fetch(engine: sa.Engine, desk: DeskIdentity, sha256: str) -> Photograph:
    """One of the desk's own station. Errors: Refused (not_found)."""
    wanted = sa.select(PHOTOGRAPH.c.media_type, PHOTOGRAPH.c.content).where(
        PHOTOGRAPH.c.station_id == desk.station_id, PHOTOGRAPH.c.sha256 == bytes.fromhex(sha256)
    )
    with engine.connect() as connection:
        standing.require(connection, desk)
        row = connection.execute(wanted).first()
    if row is None:
        raise Refused(ProblemCode.NOT_FOUND, "There is no such photograph of this station.")
    return Photograph(row.media_type, row.content)
