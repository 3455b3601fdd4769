"""Plain queries that give frozen rows: finding orders, the life of a parcel, the lists of the pages.

Every statement is constant text with parameters; sorting is chosen from a table, never built from what was typed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from courier_desk.base.clock import from_text
from courier_desk.domain.masking import mask_name, mask_phone_screen
from courier_desk.services.find import FindSpec
from courier_desk.services.rows import CustomerRow, OrderRow
from courier_desk.storage.find_words import fold, is_chinese

_ORDER_COLUMNS = """orders.id, orders.number, orders.accepted_at, orders.status, orders.void_reason,
 orders.sender_name, orders.sender_phone, orders.recipient_name, orders.recipient_phone,
 orders.recipient_province, orders.recipient_city, orders.recipient_district, orders.service, orders.pieces,
 orders.weight_g, orders.total_fen, orders.currency, orders.operator_name"""

_SORTS: Mapping[str, str] = {
    "newest": "orders.row DESC",
    "oldest": "orders.row",
    "amount": "orders.total_fen DESC, orders.row DESC",
    "amount_up": "orders.total_fen, orders.row DESC",
    "weight": "orders.weight_g DESC, orders.row DESC",
    "weight_up": "orders.weight_g, orders.row DESC",
    "number": "orders.number",
    "number_down": "orders.number DESC",
}

_FILTERS: Mapping[str, str] = {
    "since": "orders.business_date >= :since",
    "until": "orders.business_date <= :until",
    "status": "orders.status = :status",
    "service": "orders.service = :service",
    "operator": "orders.operator_name = :operator",
    # Not LIKE: a typed % or _ would stand for anything.
    "destination": "instr(lower(orders.recipient_province || orders.recipient_city || orders.recipient_district),"
    " lower(:destination)) > 0",
}

_NEWEST_ROW = text("SELECT MAX(row) FROM orders")

# The full-text table leads, newest first, so that a list of 200 stops after 200 however many there are.
_TABLES: Mapping[str, str] = {
    "": "orders",
    "number": "orders",
    "trigram": "find_trigram CROSS JOIN orders ON orders.row = find_trigram.rowid",
    "unigram": "find_unigram CROSS JOIN orders ON orders.row = find_unigram.rowid",
}
_MATCHES: Mapping[str, str] = {
    "": "1",
    "number": "orders.number = :words",
    "trigram": "find_trigram MATCH :words",
    "unigram": "find_unigram MATCH :words",
}
_LEADING_SORTS: Mapping[tuple[str, str], str] = {
    ("trigram", "newest"): "find_trigram.rowid DESC",
    ("trigram", "oldest"): "find_trigram.rowid",
    ("unigram", "newest"): "find_unigram.rowid DESC",
    ("unigram", "oldest"): "find_unigram.rowid",
}


def find_orders(connection: Connection, spec: FindSpec, exact_number: str | None) -> list[OrderRow]:
    """The orders that fit ``spec``; ``exact_number`` when its text is a waybill number of ours."""
    words = fold(spec.text).strip()
    how, sought = ("number", exact_number) if exact_number else _match(words) if words else ("", "")
    if words and not how:
        return []
    conditions, values = _conditions(spec)
    order = _LEADING_SORTS.get((how, spec.sort), _SORTS[spec.sort])
    statement = (
        f"SELECT {_ORDER_COLUMNS} FROM {_TABLES[how]} WHERE {' AND '.join((_MATCHES[how], *conditions))}"  # noqa: S608
        f" ORDER BY {order} LIMIT :most OFFSET :first"
    )
    values |= {"most": spec.limit, "first": spec.offset}
    if how:
        values["words"] = sought
    return [_order_row(row) for row in connection.execute(text(statement), values).mappings()]


def newest_row(connection: Connection) -> int:
    """The last place in the table, 0 when it is empty."""
    return int(connection.execute(_NEWEST_ROW).scalar() or 0)


def _conditions(spec: FindSpec) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for name, condition in _FILTERS.items():
        value = getattr(spec, name)
        if value:
            conditions.append(condition)
            values[name] = value.isoformat() if isinstance(value, date) else value
    if spec.rows is not None:
        conditions.append("orders.row > :above AND orders.row <= :upto")
        values |= {"above": spec.rows[0], "upto": spec.rows[1]}
    if spec.void is not None:
        conditions.append("orders.void_reason <> ''" if spec.void else "orders.void_reason = ''")
    return conditions, values


def _match(words: str) -> tuple[str, str]:
    """Which table answers, and the query for it; nothing when the scrap is too short for either."""
    parts = words.split()
    if not all(len(part) >= 3 for part in parts) and all(is_chinese(c) for part in parts for c in part):
        return "unigram", " AND ".join(_quoted(" ".join(part)) for part in parts)
    long_enough = [part for part in parts if len(part) >= 3]
    return ("trigram", " AND ".join(_quoted(part) for part in long_enough)) if long_enough else ("", "")


def _quoted(words: str) -> str:
    """A phrase in FTS5's own quotes, so that nothing typed is taken for an operator."""
    return '"' + words.replace('"', '""') + '"'


def _order_row(row: Mapping[str, Any] | Any) -> OrderRow:
    return OrderRow(
        order_id=row["id"],
        number=row["number"],
        accepted_at=from_text(row["accepted_at"]),
        status=row["status"],
        void=bool(row["void_reason"]),
        sender_name=mask_name(row["sender_name"]),
        sender_phone=mask_phone_screen(row["sender_phone"]),
        recipient_name=mask_name(row["recipient_name"]),
        recipient_phone=mask_phone_screen(row["recipient_phone"]),
        destination=_area(row),
        service=row["service"],
        pieces=row["pieces"],
        weight_g=row["weight_g"],
        total_fen=row["total_fen"],
        currency=row["currency"],
        operator=row["operator_name"],
    )


def _area(row: Mapping[str, Any] | Any) -> str:
    province, city = row["recipient_province"], row["recipient_city"]
    return f"{province}{'' if city == province else city}{row['recipient_district']}"


_CUSTOMERS_BY_PHONE = text(
    "SELECT * FROM customer WHERE phone >= :words AND phone < :words || 'z' ORDER BY phone LIMIT :most"
)
_CUSTOMERS_BY_NAME = text(
    "SELECT * FROM customer WHERE name >= :words AND name < :words || char(1114111) ORDER BY name LIMIT :most"
)


def find_customers(connection: Connection, words: str, limit: int) -> list[CustomerRow]:
    """Customers whose telephone number or name begins so."""
    plain = words.strip()
    if not plain:
        return []
    statement = _CUSTOMERS_BY_PHONE if plain[0].isdigit() or plain[0] == "+" else _CUSTOMERS_BY_NAME
    return [
        CustomerRow(
            customer_id=row["id"],
            name=mask_name(row["name"]),
            phone=mask_phone_screen(row["phone"]),
            company=row["company"],
            area=f"{row['province']}{'' if row['city'] == row['province'] else row['city']}{row['district']}",
            orders=row["orders"],
        )
        for row in connection.execute(statement, {"words": plain, "most": limit}).mappings()
    ]
