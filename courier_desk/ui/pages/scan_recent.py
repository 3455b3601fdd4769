"""The last scans: a row at once, coloured when the answer is there."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHeaderView, QWidget

from courier_desk.base.translation import _, message
from courier_desk.domain.scan import RawScan
from courier_desk.domain.scan_signals import OPERATION_TITLES, SIGNALS
from courier_desk.ui.figures import device_name, number_text
from courier_desk.ui.floor_words import TONE_SIGNS, result_said
from courier_desk.ui.pages.scan_line import ScanEntry
from courier_desk.ui.table_model import Column, RowTableModel
from courier_desk.ui.widgets.data_table import DataTable

MOST_ROWS = 60
_UNDER_WAY = message("Being saved …")


class RecentScans(DataTable):
    """Newest first, a fixed number of rows; nothing is ever set anew."""

    def __init__(self, name: str, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        self._zone = zone
        super().__init__(RowTableModel(self._columns(), _identity), name, parent)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)

    def add(self, entry: ScanEntry) -> None:
        """One more scan, under way."""
        self.rows_model.put_first(entry, keep=MOST_ROWS)

    def answer(self, entry: ScanEntry) -> None:
        """What became of it; a row that has left the list needs no answer."""
        self.rows_model.replace(entry)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("number", message("Number"), _number, 190, tone=tone_of, icon=_sign),
            Column("result", message("Result"), _result, 122, tone=tone_of),
            Column("detail", message("Detail"), self._detail, 112),
            Column("at", message("Time"), self._at, 74),
            Column("device", message("Device"), _device, 92),
            Column("operation", message("Scan"), _operation, 66),
        )

    def _at(self, entry: ScanEntry) -> str:
        return entry.raw.at.astimezone(self._zone).strftime("%H:%M:%S")

    def _detail(self, entry: ScanEntry) -> str:
        if entry.result is None:
            return ""
        return result_said(entry.result, entry.code, entry.operation, self._zone, datetime.now(UTC)).place


def tone_of(entry: ScanEntry) -> str:
    """The tone of a row: muted while it is under way."""
    if entry.problem is not None:
        return "bad"
    return SIGNALS[entry.result.outcome].tone.value if entry.result else "muted"


def _identity(entry: ScanEntry) -> str:
    return str(entry.place)


def _sign(entry: ScanEntry) -> str:
    return TONE_SIGNS[tone_of(entry)]


def _number(entry: ScanEntry) -> str:
    return number_text(entry.result.number if entry.result else entry.code.text or entry.raw.text)[:60]


def _result(entry: ScanEntry) -> str:
    if entry.problem is not None:
        return str(entry.problem)
    return _(SIGNALS[entry.result.outcome].word) if entry.result else str(_UNDER_WAY)


def _operation(entry: ScanEntry) -> str:
    return _(OPERATION_TITLES[entry.operation])


def device_words(raw: RawScan) -> str:
    """Which device delivered a code."""
    return _("Typed by hand") if raw.keyed else str(device_name(raw.device))


def _device(entry: ScanEntry) -> str:
    return device_words(entry.raw)
