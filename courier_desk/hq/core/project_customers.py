"""Customers, by the telephone that an order was sent under: by field the latest word counts, older ones are kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from courier_desk.hq.core.bodies import OrderAccepted
from courier_desk.hq.core.entries import Entry
from courier_desk.hq.core.news import Item
from courier_desk.hq.core.sheet import Sheet
from courier_desk.hq.core.transaction import Cursor
from courier_desk.protocol.news import CustomerChanged, FieldWord, NewsKind

_LOCK = "SELECT phone, fields, stations FROM customer WHERE phone = ANY(%s) ORDER BY phone FOR UPDATE"
# Handed over as one JSON text by telephone: an array of texts full of quotation marks takes ten times as long.
_ADD = """
INSERT INTO customer (phone, fields, stations) SELECT key, value, ARRAY[%s::text] FROM jsonb_each(%s::jsonb)
"""
_CHANGE = """
UPDATE customer c SET fields = u.value,
    stations = CASE WHEN %s::text = ANY(c.stations) THEN c.stations ELSE c.stations || %s::text END
FROM jsonb_each(%s::jsonb) AS u WHERE c.phone = u.key
"""
_OLDER = """
INSERT INTO customer_older (phone, field, op_id, at, value)
SELECT * FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::timestamptz[], %s::text[]) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Word:
    """What was said about one field, when, and in which operation."""

    value: str
    at: datetime
    op_id: str

    @property
    def order(self) -> tuple[datetime, str]:
        """The later one counts; of two at the same moment the one with the higher id, so that all sides agree."""
        return self.at, self.op_id


@dataclass(slots=True)
class _Customer:
    phone: str
    stations: list[str]
    fields: dict[str, Word] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    outdone: set[str] = field(default_factory=set)
    older: list[tuple[str, Word]] = field(default_factory=list)
    last: UUID | None = None

    def hear(self, name: str, word: Word) -> None:
        """One word on one field."""
        known = self.fields.get(name)
        if known is None or known.order < word.order:
            self.fields[name] = word
            if known is not None and known.value != word.value:
                self.older.append((name, known))
            if known is None or known.value != word.value:
                self.changed.add(name)
        elif known.value != word.value:
            self.older.append((name, word))
            self.outdone.add(name)

    def as_data(self) -> dict[str, list[str]]:
        return {name: [word.value, word.at.isoformat(), word.op_id] for name, word in self.fields.items()}


def project(cursor: Cursor, sheet: Sheet, entries: Sequence[Entry]) -> None:
    """Hear what the orders of ``entries`` say of their senders."""
    orders = [(entry, entry.body) for entry in entries if isinstance(entry.body, OrderAccepted)]
    if not orders:
        return
    phones = sorted({body.sender.phone for _, body in orders})
    cursor.execute(_LOCK, (phones,), prepare=True)
    known = {row[0]: _Customer(row[0], row[2], _words(row[1])) for row in cursor.fetchall()}
    customers = {phone: known.get(phone) or _Customer(phone, []) for phone in phones}
    for entry, body in orders:
        customer = customers[body.sender.phone]
        customer.last = entry.op_id
        op_id = str(entry.op_id)
        for name, value in body.sender.model_dump(exclude={"phone"}).items():
            customer.hear(name, Word(value, entry.at, op_id))
    _write(cursor, sheet.sender.station_id, known, customers)
    for customer in customers.values():
        _tell(sheet, customer)


def _words(fields: Mapping[str, Any]) -> dict[str, Word]:
    return {name: Word(value, datetime.fromisoformat(at), op_id) for name, (value, at, op_id) in fields.items()}


def _write(cursor: Cursor, station_id: str, known: Mapping[str, _Customer], customers: Mapping[str, _Customer]) -> None:
    new = {phone: customer.as_data() for phone, customer in customers.items() if phone not in known}
    if new:
        cursor.execute(_ADD, (station_id, json.dumps(new, ensure_ascii=False)), prepare=True)
    if known:
        changed = {phone: customer.as_data() for phone, customer in known.items()}
        cursor.execute(_CHANGE, (station_id, station_id, json.dumps(changed, ensure_ascii=False)))
    older = [(c.phone, name, word.op_id, word.at, word.value) for c in customers.values() for name, word in c.older]
    if older:
        cursor.execute(_OLDER, [list(column) for column in zip(*older, strict=True)])


def _tell(sheet: Sheet, customer: _Customer) -> None:
    """What is new to the others who know the customer, and to the sender what it has not heard of yet."""
    if customer.last is None:
        return
    op_id = uuid5(customer.last, customer.phone)
    others = [station for station in customer.stations if station != sheet.sender.station_id]
    stations = [*others, sheet.sender.station_id]
    if customer.changed:
        sheet.news.tell(stations, _item(sheet, customer, customer.changed, op_id))
    if customer.outdone:
        sheet.news.answer(_item(sheet, customer, customer.outdone, op_id))


def _item(sheet: Sheet, customer: _Customer, names: set[str], op_id: UUID) -> Item:
    words = {name: customer.fields[name] for name in sorted(names)}
    said = {name: FieldWord(value=word.value, at=word.at, op_id=word.op_id) for name, word in words.items()}
    text = CustomerChanged(phone=customer.phone, fields=said).model_dump_json().encode()
    at = max(word.at for word in words.values())
    return Item(NewsKind.CUSTOMER_CHANGED, customer.phone, op_id, sheet.sender.station_id, at, text)
