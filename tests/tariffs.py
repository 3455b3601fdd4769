"""Small price lists for tests: one service, one zone for everywhere, and what the test adds."""

from typing import Any

from courier_desk.domain.order import Piece
from courier_desk.domain.tariff import QuoteRequest, Tariff

NAME = {"zh": "标准快递", "en": "Standard"}
HANGZHOU, SHANGHAI, NINGBO, LHASA = "330106", "310104", "330203", "540102"


def steps(first_fen: int, step_fen: int, *, first_g: int = 1000, step_g: int = 1000, **more: Any) -> dict[str, Any]:
    """A bracket of a first weight and steps."""
    return {"first_g": first_g, "first_fen": first_fen, "step_g": step_g, "step_fen": step_fen, **more}


def tariff_data(*brackets: dict[str, Any], card: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A document with one card for everywhere. Keys of ``more`` that a service has go to the service."""
    service: dict[str, Any] = {
        "name": NAME,
        "zones": "all",
        "cards": {"everywhere": {"brackets": list(brackets), **(card or {})}},
    }
    document: dict[str, Any] = {
        "kind": "tariff",
        "version": 1,
        "valid_from": "2026-01-01",
        "currency": "CNY",
        "zones": {"all": {"otherwise": "everywhere"}},
        "services": {"standard": service},
    }
    for key, value in more.items():
        if key in ("volume", "weigh_by", "limits", "marks"):
            service[key] = value
        elif key in ("fuel", "insurance", "cod"):
            document[key] = {"usual": value}
            service[key] = "usual"
        else:
            document[key] = value
    return document


def tariff(*brackets: dict[str, Any], card: dict[str, Any] | None = None, **more: Any) -> Tariff:
    """``tariff_data`` as a price list."""
    return Tariff.from_data(tariff_data(*brackets, card=card, **more))


def surcharge(kind: str, when: dict[str, Any], charge: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A surcharge whose id is its kind, unless ``more`` gives another."""
    return {
        "id": kind,
        "kind": kind,
        "name": {"zh": "附加费", "en": "Surcharge"},
        "when": when,
        "charge": charge,
        **more,
    }


def kg(text: str) -> int:
    """Grams of kilograms written as text."""
    whole, _, decimals = text.partition(".")
    return int(whole) * 1000 + int(decimals.ljust(3, "0") or "0")


def request(*weights: str, size_cm: tuple[int, int, int] = (0, 0, 0), **more: Any) -> QuoteRequest:
    """A request for pieces of these weights in kilograms, all of one size in centimetres."""
    length, width, height = (side * 10 for side in size_cm)
    pieces = tuple(Piece(kg(weight), length, width, height) for weight in weights)
    values: dict[str, Any] = {
        "service": "standard",
        "origin": HANGZHOU,
        "destination": SHANGHAI,
        "pieces": pieces,
        **more,
    }
    return QuoteRequest(**values)
