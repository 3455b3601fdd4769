"""The price list as an Excel file: one row for each bracket of a card. Everything else stays as in the list before.

What a workbook names is taken whole or not at all: every fault is reported with its row and column, and a service and
zone that stand in the workbook get exactly the brackets of the workbook. Others keep their card.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import amount_text, parse_amount, parse_weight, weight_text
from courier_desk.base.translation import Message, message
from courier_desk.hq.admin.sheet import Fault, Line, Table, table_of

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "service": ("Service", "服务", "产品"),
    "zone": ("Zone", "区域", "分区"),
    "first_g": ("First weight kg", "首重kg", "首重（kg）", "首重"),
    "first_fen": ("First price", "首重价格", "首重价", "首重元"),
    "step_g": ("Step kg", "续重kg", "续重（kg）", "续重单位kg", "续重"),
    "step_fen": ("Step price", "续重价格", "续重价", "续重元"),
    "from_g": ("From kg", "起算kg", "起始重量kg"),
    "fen_per_kg": ("Price per kg", "每公斤价格", "公斤价", "每公斤元"),
    "row_fen": ("Fixed price", "固定价格", "整票价"),
    "up_to_g": ("Up to kg", "上限kg", "至kg"),
}
# What each kind of bracket needs, and what else it may have.
SHAPES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"first_g", "first_fen", "step_g", "step_fen"}), frozenset({"up_to_g"})),
    (frozenset({"fen_per_kg"}), frozenset({"from_g", "up_to_g"})),
    (frozenset({"row_fen", "up_to_g"}), frozenset()),
)
_NUMBERS = tuple(name for name in HEADINGS if name not in {"service", "zone"})
_KEPT = ("tolerance_g", "rounding", "amount_rounding")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a workbook: a whole document, or all its faults (then ``document`` is None)."""

    document: dict[str, Any] | None
    faults: tuple[Fault, ...]
    changed: int = 0


@dataclass(slots=True)
class _Cards:
    """The cards as they are read, by service and zone, with the row each bracket stands in."""

    brackets: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def import_prices(rows: Sequence[Sequence[str]], base: Mapping[str, Any]) -> Imported:
    """The price list ``base`` with the cards of the workbook. Errors: UserError when no headings are found."""
    table = table_of(rows, HEADINGS)
    missing = [HEADINGS[name][0] for name in ("service", "zone") if name not in table.columns]
    if missing:
        raise UserError(message("These columns are missing: {columns}", columns=", ".join(missing)))
    cards = _Cards()
    for line in table.lines:
        _read(line, table, base, cards)
    if not table.lines:
        raise UserError(message("There is no row under the headings."))
    _check_order(table, cards)
    if cards.faults:
        return Imported(None, tuple(sorted(cards.faults, key=lambda fault: fault.row)))
    document, changed = _with_cards(base, cards)
    return Imported(document, (), changed)


def rows_of(tariff: Mapping[str, Any], heading: Callable[[str], str]) -> Iterator[list[str]]:
    """The headings and the rows of a price list, as they can be imported again."""
    yield [heading(name) for name in HEADINGS]
    for service, entry in tariff["services"].items():
        for zone, card in entry["cards"].items():
            for bracket in card["brackets"]:
                yield from _rows_of_bracket(service, zone, bracket)


def _rows_of_bracket(service: str, zone: str, bracket: Mapping[str, Any]) -> Iterator[list[str]]:
    for part in bracket.get("rows", [bracket]):
        shown = dict(part)
        if "rows" in bracket:
            shown["row_fen"] = shown.pop("fen")
        yield [service, zone, *(_shown(name, shown.get(name)) for name in _NUMBERS)]


def _shown(name: str, value: int | None) -> str:
    if value is None:
        return ""
    return weight_text(value) if name.endswith("_g") else amount_text(value)


def _read(line: Line, table: Table, base: Mapping[str, Any], cards: _Cards) -> None:
    """One row: its service, zone and numbers, or what is wrong with them."""
    before = len(cards.faults)
    service, zone = line.cells["service"], line.cells["zone"]
    entry = base["services"].get(service) if service else None
    if entry is None:
        names = ", ".join(base["services"])
        _complain(cards, table, line, "service", message("There is no such service. There are: {names}", names=names))
    elif zone not in entry["cards"]:
        names = ", ".join(entry["cards"])
        _complain(cards, table, line, "zone", message("The service has no such zone. There are: {names}", names=names))
    numbers = _numbers(line, table, cards)
    shape = _shape(line, numbers, table, cards) if len(cards.faults) == before else None
    if shape is not None:
        cards.brackets.setdefault((service, zone), []).append((line.row, shape))


def _numbers(line: Line, table: Table, cards: _Cards) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in _NUMBERS:
        text = line.cells.get(name, "")
        if not text:
            continue
        try:
            found[name] = parse_weight(text) if name.endswith("_g") else parse_amount(text)
        except UserError as error:
            _complain(cards, table, line, name, error.message)
    return found


def _shape(line: Line, numbers: Mapping[str, int], table: Table, cards: _Cards) -> dict[str, Any] | None:
    """The bracket that the filled cells make: first weight and steps, a price for each kilogram, or a fixed price."""
    given = set(numbers)
    for needed, optional in SHAPES:
        if needed <= given <= needed | optional:
            return dict(numbers)
    for needed, optional in SHAPES:
        if given & needed - {"up_to_g"}:
            for name in sorted(needed - given, key=_NUMBERS.index):
                _complain(cards, table, line, name, message("This cell is empty."))
            for name in sorted(given - needed - optional, key=_NUMBERS.index):
                _complain(cards, table, line, name, message("This does not go with the other cells of the row."))
            return None
    text = message("Fill in first weight and step with their prices, or a price per kg, or a fixed price.")
    cards.faults.append(Fault(line.row, "", "", text))
    return None


def _check_order(table: Table, cards: _Cards) -> None:
    """Brackets go from light to heavy, and only the last has no upper limit."""
    for brackets in cards.brackets.values():
        lightest = 0
        for position, (row, bracket) in enumerate(brackets):
            end = bracket.get("up_to_g")
            if end is None and position + 1 < len(brackets):
                cards.faults.append(
                    table.fault(row, "up_to_g", message("No bracket can follow one without an upper limit."))
                )
            elif end is not None and end <= lightest:
                cards.faults.append(table.fault(row, "up_to_g", message("The brackets must go from light to heavy.")))
            lightest = end if end is not None else lightest
            for name in ("first_g", "step_g"):
                if bracket.get(name) == 0:
                    cards.faults.append(table.fault(row, name, message("This must be more than 0.")))


def _with_cards(base: Mapping[str, Any], cards: _Cards) -> tuple[dict[str, Any], int]:
    document = deepcopy(dict(base))
    changed = 0
    for (service, zone), brackets in cards.brackets.items():
        card = document["services"][service]["cards"][zone]
        new = _joined([bracket for _, bracket in brackets], card["brackets"])
        changed += new != card["brackets"]
        card["brackets"] = new
    return document, changed


def _joined(brackets: Sequence[dict[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Fixed prices that follow each other are one table. Roundings, which the workbook does not show, stay."""
    found: list[dict[str, Any]] = []
    for bracket in brackets:
        if "row_fen" in bracket:
            row = {"up_to_g": bracket["up_to_g"], "fen": bracket["row_fen"]}
            if found and "rows" in found[-1]:
                found[-1]["rows"].append(row)
            else:
                found.append({"rows": [row]})
        else:
            found.append(dict(bracket))
    for new, old in zip(found, before, strict=False):
        if ("fen_per_kg" in new) == ("fen_per_kg" in old) and ("rows" in new) == ("rows" in old):
            new.update({name: old[name] for name in _KEPT if name in old})
    return found


def _complain(cards: _Cards, table: Table, line: Line, column: str, text: Message) -> None:
    cards.faults.append(table.fault(line.row, column, text))
