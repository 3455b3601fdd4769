"""Which desk is asking."""

import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DeskIdentity:
    """A desk that has proved who it is by its secret; ``incarnation`` is the one that the secret was given to.

    ``secret_hash`` is the digest of that secret: whoever reads the desk's row holds it against what stands there, so
    that an identity may be some seconds old. Empty where headquarters itself speaks of a desk."""

    station_id: str
    desk_id: str
    incarnation: int
    secret_hash: bytes = field(default=b"", compare=False, repr=False)

    def proved_by(self, kept: bytes | None) -> bool:
        """Whether the desk's row, whose digest is ``kept``, still says the same."""
        return not self.secret_hash or (kept is not None and hmac.compare_digest(kept, self.secret_hash))
