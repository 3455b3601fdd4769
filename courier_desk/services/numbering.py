"""Numbers that stand on paper: waybills, bag tags and handover lists, all out of the desk's leased range.

One range for all of them: what is leased to one desk's incarnation alone is never on two papers of the network,
whatever was restored, copied or replaced, and needs no counter that a lost PC takes with it.
"""

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.number_block import take
from courier_desk.domain.own_number import make
from courier_desk.services.ports import UnitOfWork


def next_number(work: UnitOfWork, prefix: str) -> str:
    """The next number of the desk's block, used up with this transaction. Errors: UserError when none is left, and
    where another desk may give out the same."""
    if work.link.refuses_numbers():
        raise UserError(
            message(
                "This is a copy of a desk, or it was set up again elsewhere: it gives out no numbers. Ask headquarters "
                "for a new code."
            )
        )
    block = work.numbers.block(prefix)
    if block is None:
        raise UserError(message("No waybill numbers are left; ask headquarters for a new range."))
    serial, used = take(block)
    work.numbers.save(used)
    work.number_used(serial)
    return make(prefix, serial)
