"""An order as another station's desk reads it: of ``order.accepted`` only what is needed where its parcels go."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from courier_desk.protocol.messages import Message, Short

_Line = Annotated[str, Field(max_length=1000)]
MOST_PIECES = 999


class SharedParty(Message):
    """A sender or recipient: who is called, and who signs."""

    name: _Line
    phone: _Line


class SharedOrder(Message):
    """The body of ``order.accepted``. ``pieces``: number, weight in grams and what else there is of each."""

    number: Short
    sender: SharedParty
    recipient: SharedParty
    service: Short
    pieces: Annotated[list[list[Any]], Field(min_length=1, max_length=MOST_PIECES)]
    routing_code: Short
    package_centre: Short = ""
    line: Short = ""
    accepted_at: AwareDatetime

    def parcels(self) -> list[tuple[str, int]]:
        """Number and weight in grams of each piece. Errors: ValueError for what is none."""
        found = []
        for piece in self.pieces:
            if len(piece) < 2 or not isinstance(piece[0], str) or type(piece[1]) is not int or piece[1] < 0:
                raise ValueError("a piece is its number and its weight")
            found.append((piece[0], piece[1]))
        return found


class VoidedOrder(Message):
    """The body of ``order.voided``, as far as others need it."""

    number: Short
    reason: _Line = ""
