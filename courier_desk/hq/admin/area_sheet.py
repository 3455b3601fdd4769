"""The areas served as an Excel file: one row for each beginning of a division code."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import message
from courier_desk.hq.admin.price_sheet import Imported
from courier_desk.hq.admin.sheet import Fault, Line, Table, table_of

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "prefix": ("Division code", "区划代码", "行政区划代码"),
    "services": ("Services", "服务", "可达产品"),
    "remote": ("Remote", "偏远"),
    "zh": ("Note (Chinese)", "说明", "备注"),
    "en": ("Note (English)", "英文说明"),
}
_TRUE, _FALSE = {"yes", "true", "1", "是", "√", "y"}, {"", "no", "false", "0", "否", "n"}


def import_areas(rows: Sequence[Sequence[str]], base: Mapping[str, Any], services: Sequence[str]) -> Imported:
    """The areas of the workbook, which replace all of ``base``; ``services`` are those of the price list. Errors:
    UserError when no headings are found."""
    table = table_of(rows, HEADINGS)
    missing = [HEADINGS[name][0] for name in ("prefix", "services") if name not in table.columns]
    if missing:
        raise UserError(message("These columns are missing: {columns}", columns=", ".join(missing)))
    if not table.lines:
        raise UserError(message("There is no row under the headings."))
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    grouped: dict[str, dict[str, Any]] = {}
    for line in table.lines:
        prefix, area = _read(line, table, services, faults)
        if prefix in seen:
            faults.append(table.fault(line.row, "prefix", message("“{key}” is there twice.", key=prefix)))
        seen[prefix] = line.row
        grouped.setdefault(repr(area), area | {"prefixes": []})["prefixes"].append(prefix)
    if faults:
        return Imported(None, tuple(faults))
    return Imported({**base, "areas": list(grouped.values())}, (), len(seen))


def rows_of(areas: Mapping[str, Any], heading: Callable[[str], str]) -> Iterator[list[str]]:
    """The headings and the rows of an areas document, as they can be imported again."""
    yield [heading(name) for name in HEADINGS]
    for entry in areas["areas"]:
        note = entry.get("note") or {}
        for prefix in entry["prefixes"]:
            remote = "yes" if entry.get("remote") else ""
            yield [prefix, ", ".join(entry["services"]), remote, note.get("zh", ""), note.get("en", "")]


def _read(line: Line, table: Table, services: Sequence[str], faults: list[Fault]) -> tuple[str, dict[str, Any]]:
    prefix = plain_digits(line.cells["prefix"])
    if prefix and not (prefix.isascii() and prefix.isdigit() and len(prefix) <= 12):
        faults.append(table.fault(line.row, "prefix", message("Digits of a division code are expected.")))
    named = [name.strip() for name in plain_digits(line.cells["services"]).replace(";", ",").split(",") if name.strip()]
    for name in named:
        if name not in services:
            text = message("There is no service “{name}”.", name=name)
            faults.append(table.fault(line.row, "services", text))
    remote = line.cells.get("remote", "").casefold()
    if remote not in _TRUE | _FALSE:
        faults.append(table.fault(line.row, "remote", message("Yes or no is expected.")))
    area: dict[str, Any] = {"services": named}
    if remote in _TRUE:
        area["remote"] = True
    zh, en = line.cells.get("zh", ""), line.cells.get("en", "")
    if bool(zh) != bool(en):
        faults.append(table.fault(line.row, "zh" if en else "en", message("A note is needed in both languages.")))
    if zh and en:
        area["note"] = {"zh": zh, "en": en}
    return prefix, area
