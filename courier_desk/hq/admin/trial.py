"""A new price list tried on the orders of the last month: what they cost, and what they would cost."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.domain.order import HandlingMark, Payer, Piece
from courier_desk.domain.tariff import QuoteRequest, quote
from courier_desk.domain.tariff_data import Tariff

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One order whose price changes; ``new_fen`` None: the new list has no price for it, for the reason ``text``."""

    number: str
    service: str
    old_fen: int
    new_fen: int | None
    text: object = ""

    @property
    def change_fen(self) -> int:
        """New less old; the whole old price where there is no new one."""
        return (self.new_fen or 0) - self.old_fen


@dataclass(frozen=True, slots=True)
class Sum:
    """The orders of one service, or of all."""

    service: str
    orders: int
    dearer: int
    cheaper: int
    refused: int
    old_fen: int
    new_fen: int


@dataclass(frozen=True, slots=True)
class Trial:
    """``sums``: all together first, then by service; ``unread``: orders that could not be tried at all."""

    sums: tuple[Sum, ...]
    largest: tuple[Difference, ...]
    unread: int


def try_prices(bodies: Iterable[bytes], old: Tariff, new: Tariff) -> Trial:
    """Price each ``order.accepted`` by both lists with the desk's own rating, as if both had held on its day. The old
    price is that of ``old``, not what was paid: so discounts hide no difference."""
    old, new = _for_ever(old), _for_ever(new)
    differences: list[Difference] = []
    unread = 0
    for body in bodies:
        found = _compare(body, old, new)
        if found is None:
            unread += 1
        else:
            differences.append(found)
    services = sorted({each.service for each in differences})
    sums = [_sum("", differences)]
    sums += [_sum(service, [each for each in differences if each.service == service]) for service in services]
    changed = [each for each in differences if each.change_fen or each.new_fen is None]
    largest = sorted(changed, key=lambda each: (each.new_fen is not None, -abs(each.change_fen), each.number))
    return Trial(tuple(sums), tuple(largest[:MOST_SHOWN]), unread)


def _sum(service: str, differences: list[Difference]) -> Sum:
    priced = [each for each in differences if each.new_fen is not None]
    return Sum(
        service=service,
        orders=len(differences),
        dearer=sum(each.change_fen > 0 for each in priced),
        cheaper=sum(each.change_fen < 0 for each in priced),
        refused=len(differences) - len(priced),
        # Only what both lists price: an order that is refused must not look like a saving.
        old_fen=sum(each.old_fen for each in priced),
        new_fen=sum(each.new_fen or 0 for each in priced),
    )


def _compare(body: bytes, old: Tariff, new: Tariff) -> Difference | None:
    """None when the order cannot be read, or the old list has no price for it."""
    try:
        order = json.loads(body)["body"]
        day = date.fromisoformat(str(order["accepted_at"])[:10])
        before = quote(_request(order, day), old).total_fen
        number, service = str(order["number"]), str(order["service"])
    except (KeyError, TypeError, ValueError, UserError):
        return None
    try:
        return Difference(number, service, before, quote(_request(order, day), new).total_fen)
    except UserError as error:
        return Difference(number, service, before, None, error.message)


def _for_ever(tariff: Tariff) -> Tariff:
    return replace(tariff, valid_from=date.min, valid_until=None)


def _request(order: Mapping[str, Any], on_date: date) -> QuoteRequest:
    return QuoteRequest(
        service=order["service"],
        origin=order["sender"]["division"],
        destination=order["recipient"]["division"],
        pieces=tuple(Piece(*map(int, piece[1:5])) for piece in order["pieces"]),
        declared_value_fen=int(order["declared_value_fen"]),
        cod_fen=int(order["cod_fen"]),
        marks=frozenset(HandlingMark(mark) for mark in order["marks"]),
        payer=Payer(order["payer"]),
        on_date=on_date,
    )
