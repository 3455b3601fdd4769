"""A range of waybill numbers leased to this desk: used in order, never twice, warned about before it runs dry."""

from dataclasses import dataclass, replace

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Serials ``first`` to ``last`` inclusive; ``next`` is the first one not used yet."""

    id: str
    prefix: str
    first: int
    last: int
    next: int

    @property
    def left(self) -> int:
        """How many numbers are left."""
        return max(0, self.last - self.next + 1)


def take(block: NumberBlock) -> tuple[int, NumberBlock]:
    """The next serial and the block after it. Errors: UserError when none is left."""
    if block.left == 0:
        raise UserError(message("No waybill numbers are left; ask headquarters for a new range."))
    return block.next, replace(block, next=block.next + 1)
