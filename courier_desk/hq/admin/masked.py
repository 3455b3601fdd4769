"""The body of an operation for people at headquarters: what is known not to be personal is shown, all else masked."""

import json
from typing import Any

from courier_desk.domain.masking import mask_name, mask_phone_screen

# Codes, counts, times and words of the trade. Whatever is not here is masked, so that a new field hides itself.
_SHOWN = frozenset({
    "accepted_at", "amount_fen", "at", "bag_id", "basis", "business_date", "change_fen", "chargeable_g", "charges",
    "city", "closed_at", "cod_fen", "counts", "country", "currency", "declared_value_fen", "desk",
    "division", "due_on", "entity_id", "how", "incarnation", "inspected", "items", "kind", "line", "manifest_id",
    "marks", "number", "numbers", "op_id", "operation", "order_id", "outcome", "package_centre", "paid_fen", "parcels",
    "pay_way", "payer", "pieces", "promised_at", "province", "rate", "reason_code", "restricted_confirmed",
    "routing_code", "scanned_at", "seal", "sealed_at", "seq", "service", "source", "station", "tag", "tariff_version",
    "tendered_fen", "total_fen", "void", "waybill", "weight_g", "district",
})  # fmt: skip
_NESTED = frozenset({"body", "sender", "recipient"})
_LONGEST = 100_000
_HIDDEN = "•••"


def masked(content: bytes) -> Any:
    """The content with personal data masked; None when it cannot be read."""
    try:
        return _masked(json.loads(content[:_LONGEST]), shown=False)
    except (ValueError, RecursionError):
        return None


def _masked(value: Any, *, shown: bool) -> Any:
    if isinstance(value, dict):
        return {str(key)[:64]: _member(str(key), inner) for key, inner in list(value.items())[:200]}
    if isinstance(value, list):
        return [_masked(inner, shown=shown) for inner in value[:200]]
    if isinstance(value, str):
        return value[:200] if shown else _HIDDEN
    return value if shown or value is None or isinstance(value, bool) else _HIDDEN


def _member(key: str, value: Any) -> Any:
    if isinstance(value, str) and key == "name":
        return mask_name(value)
    if isinstance(value, str) and key == "phone":
        return mask_phone_screen(value)
    if key in _NESTED and isinstance(value, dict):
        return _masked(value, shown=False)
    return _masked(value, shown=key in _SHOWN)
