"""Acceptance inspection (收寄验视) and real-name check (实名收寄): nothing is accepted without both."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IdentityProof:
    """A paper seen: only its masked form and a keyed hash are kept (domain.md 3.5). ``visit_id`` names the visit in
    which it was seen: once for a person and a visit."""

    kind: str
    masked: str
    number_hash: str
    visit_id: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the clerk vouches for: contents seen and compared with the declaration, packaging, identity."""

    contents_seen: bool
    identity: IdentityProof | None
    remark: str = ""
    restricted_confirmed: bool = False

    @property
    def complete(self) -> bool:
        """True when the parcel may be marked 已验视."""
        return self.contents_seen and self.identity is not None
