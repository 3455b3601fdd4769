"""The one parser and the one writer of money, weight and length.

Money is an integer of hundredths (fen), weight of grams, length of millimetres. What a person types may come from a
Chinese input method (``３。２``) and is brought to plain digits first.
"""

import unicodedata
from decimal import Decimal, InvalidOperation

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message

_DOTS = str.maketrans({"。": ".", "．": ".", "｡": ".", "·": ".", "，": ",", "、": ","})
_LONGEST = 18


def plain_digits(text: str) -> str:
    """``text`` with full-width forms made plain and Chinese stops made points; blanks at the ends cut."""
    return unicodedata.normalize("NFKC", text.translate(_DOTS)).strip()


def parse_decimal(text: str, *, field: str | None = None) -> Decimal:
    """A number as typed. Errors: UserError when it is no plain decimal number (no exponent, no sign but minus)."""
    plain = plain_digits(text)
    if _has_thousands(plain):
        plain = plain.replace(",", "")
    whole = plain.removeprefix("-")
    if not whole or len(whole) > _LONGEST or not all(c in "0123456789." for c in whole):
        raise UserError(message("This is not a number: {text}", text=text[:30]), field=field)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise UserError(message("This is not a number: {text}", text=text[:30]), field=field) from None


def _has_thousands(plain: str) -> bool:
    """True for 1,234 and 1,234.50: commas only every three digits before the point."""
    head, *rest = plain.removeprefix("-").split(".")[0].split(",")
    return bool(rest) and 0 < len(head) <= 3 and all(len(group) == 3 for group in rest)


def _scaled(text: str, scale: int, field: str | None) -> int:
    number = parse_decimal(text, field=field)
    if number < 0:
        raise UserError(message("This must not be negative."), field=field)
    scaled = number * scale
    if scaled != scaled.to_integral_value():
        raise UserError(message("Too many decimals: {text}", text=text[:30]), field=field)
    return int(scaled)


def parse_amount(text: str, *, field: str | None = None) -> int:
    """An amount in fen from what was typed in yuan; at most two decimals, never negative."""
    return _scaled(text, 100, field)


def parse_weight(text: str, *, field: str | None = None) -> int:
    """Grams from what was typed in kilograms; at most three decimals, never negative."""
    return _scaled(text, 1000, field)


def parse_length(text: str, *, field: str | None = None) -> int:
    """Millimetres from what was typed in centimetres; at most one decimal, never negative."""
    return _scaled(text, 10, field)


def amount_text(amount_fen: int) -> str:
    """``12.50`` for 1250: digits only, for fields and paper."""
    sign = "-" if amount_fen < 0 else ""
    return f"{sign}{abs(amount_fen) // 100}.{abs(amount_fen) % 100:02d}"


def weight_text(weight_g: int) -> str:
    """``3.2`` for 3200: kilograms with no needless zeros."""
    return f"{Decimal(weight_g) / 1000:f}".rstrip("0").rstrip(".") if weight_g % 1000 else str(weight_g // 1000)


def length_text(length_mm: int) -> str:
    """``30.5`` for 305: centimetres with no needless zero."""
    return f"{length_mm // 10}.{length_mm % 10}" if length_mm % 10 else str(length_mm // 10)
