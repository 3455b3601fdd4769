"""What a service does not take, said beside the field where it can be mended.

``field`` is the name in QuoteRequest or Piece; ``size`` stands for the three sides.
"""

from collections.abc import Sequence

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text, length_text, weight_text
from courier_desk.base.translation import message
from courier_desk.domain.fees import PercentFee
from courier_desk.domain.order import HandlingMark, Piece
from courier_desk.domain.surcharges import girth_mm, longest_side_mm
from courier_desk.domain.tariff_data import Limits, Service


def check_pieces(pieces: Sequence[Piece], service: Service) -> None:
    """Every piece is weighed, measured on all three sides or none, and within the limits. Errors: UserError."""
    if not pieces:
        raise UserError(message("There must be at least one piece."), field="pieces")
    most = service.limits.pieces
    if most is not None and len(pieces) > most:
        raise UserError(
            message("{service} takes at most {count} pieces.", service=service.name, count=most), field="pieces"
        )
    for number, piece in enumerate(pieces, start=1):
        _check_measured(number, piece)
        _check_piece(number, piece, service)
    weight_g = sum(piece.weight_g for piece in pieces)
    if _above(weight_g, service.limits.order_g):
        raise _too_heavy(service, weight_g, service.limits.order_g)


def check_marks(marks: frozenset[HandlingMark], service: Service) -> None:
    """Every handling mark is one that the service offers. Errors: UserError."""
    if marks - service.marks:
        raise UserError(message("{service} does not offer this handling.", service=service.name), field="marks")


def check_fee_basis(amount_fen: int, fee: PercentFee | None, service: Service, field: str) -> None:
    """A declared value or an amount to collect is one that the service takes. Errors: UserError."""
    if amount_fen < 0:
        raise UserError(message("This must not be negative."), field=field)
    if amount_fen and fee is None:
        raise UserError(message("{service} does not offer this.", service=service.name), field=field)
    if fee is not None and _above(amount_fen, fee.limit_fen):
        limit = amount_text(fee.limit_fen or 0)
        raise UserError(message("{service} takes at most {limit}.", service=service.name, limit=limit), field=field)


def too_heavy_for_card(service: Service, actual_g: int, limit_g: int | None) -> UserError:
    """The error for a weight above the end of the price card: by weight, or else by volume."""
    if _above(actual_g, limit_g):
        return _too_heavy(service, actual_g, limit_g)
    limit = weight_text(limit_g or 0)
    text = message(
        "Its volume counts for more than {limit} kg, the most {service} takes.", service=service.name, limit=limit
    )
    return UserError(text, field="size")


def _check_measured(number: int, piece: Piece) -> None:
    if piece.weight_g <= 0:
        raise UserError(message("The weight of piece {number} is missing.", number=number), field="weight_g")
    sides = (piece.length_mm, piece.width_mm, piece.height_mm)
    if min(sides) < 0 or (any(sides) and not all(sides)):
        raise UserError(message("Give length, width and height of piece {number}.", number=number), field="size")


def _check_piece(number: int, piece: Piece, service: Service) -> None:
    limits: Limits = service.limits
    if _above(piece.weight_g, limits.piece_g):
        raise _piece_too_heavy(number, piece, service)
    if _above(longest_side_mm(piece), limits.longest_mm):
        text = message(
            "Piece {number} is {size} cm long; {service} takes up to {limit} cm.",
            number=number,
            size=length_text(longest_side_mm(piece)),
            service=service.name,
            limit=length_text(limits.longest_mm or 0),
        )
        raise UserError(text, field="size")
    if _above(girth_mm(piece), limits.girth_mm):
        text = message(
            "Piece {number} measures {size} cm in length and girth; {service} takes up to {limit} cm.",
            number=number,
            size=length_text(girth_mm(piece)),
            service=service.name,
            limit=length_text(limits.girth_mm or 0),
        )
        raise UserError(text, field="size")


def _piece_too_heavy(number: int, piece: Piece, service: Service) -> UserError:
    text = message(
        "Piece {number} weighs {weight} kg; {service} takes up to {limit} kg a piece.",
        number=number,
        weight=weight_text(piece.weight_g),
        service=service.name,
        limit=weight_text(service.limits.piece_g or 0),
    )
    return UserError(text, field="weight_g")


def _too_heavy(service: Service, weight_g: int, limit_g: int | None) -> UserError:
    text = message(
        "{weight} kg is too heavy: {service} takes up to {limit} kg.",
        weight=weight_text(weight_g),
        service=service.name,
        limit=weight_text(limit_g or 0),
    )
    return UserError(text, field="weight_g")


def _above(measure: int, limit: int | None) -> bool:
    return limit is not None and measure > limit
