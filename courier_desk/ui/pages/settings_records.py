"""A list of records of one kind (printers, devices) with a small form for the chosen one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import N_, _, message
from courier_desk.ui.widgets.field_error import FieldError

_LABELS = {
    "name": N_("Name"),
    "kind": N_("Kind"),
    "address": N_("Folder, address or queue"),
    "language": N_("Its language"),
    "dpi": N_("Dots per inch"),
    "size": N_("Label size"),
    "port": N_("Port"),
    "baud": N_("Baud"),
    "protocol": N_("Protocol"),
    "match": N_("Known by (VID:PID or serial number)"),
}
_CHOICES: Mapping[str, Mapping[str, tuple[tuple[Any, str], ...]]] = {
    "PrinterSetting": {
        "kind": (
            ("folder", N_("Folder (PDF files)")),
            ("tcp", N_("Network, port 9100")),
            ("raw", N_("System queue, raw")),
            ("system", N_("System printer")),
        ),
        "language": (("pdf", "PDF"), ("zpl", "ZPL"), ("tspl", "TSPL")),
        "dpi": ((203, "203"), (300, "300")),
        "size": (("76x130", "76 × 130"), ("100x150", "100 × 150"), ("100x180", "100 × 180")),
    },
    "DeviceSetting": {"kind": (("scanner", N_("Scanner")), ("scale", N_("Scale")))},
}


class RecordEditor(QObject):
    """Wires a list, a form made from the fields of a frozen data class, and its buttons."""

    def __init__(
        self,
        kind: type[Any],
        rows: QListWidget,
        form: QWidget,
        error: FieldError,
        add: QPushButton,
        remove: QPushButton,
        save: QPushButton,
        on_saved: Callable[[Sequence[Any]], None],
    ) -> None:
        super().__init__(form)
        self._kind, self._rows, self._error, self._on_saved = kind, rows, error, on_saved
        self._remove, self._save = remove, save
        self._records: list[Any] = []
        self._labels: dict[str, QLabel] = {}
        self._editors: dict[str, QLineEdit | QComboBox] = {}
        self._build(form)
        rows.currentRowChanged.connect(self._on_row)
        add.clicked.connect(self._on_add)
        remove.clicked.connect(self._on_remove)
        save.clicked.connect(self._on_save)
        self._show(None)

    def set_records(self, records: Sequence[Any]) -> None:
        """Show these; the chosen one stays chosen."""
        if list(records) == self._records and self._rows.count() == len(records):
            return
        chosen = self._rows.currentRow()
        self._records = list(records)
        self._list(max(0, min(chosen, len(self._records) - 1)))

    def retranslate(self) -> None:
        """The language changed."""
        for name, label in self._labels.items():
            label.setText(_(_LABELS[name]))
        for name, choices in _CHOICES[self._kind.__name__].items():
            editor = self._editors[name]
            if isinstance(editor, QComboBox):
                for index, (_value, text) in enumerate(choices):
                    editor.setItemText(index, _(text))

    def _build(self, form: QWidget) -> None:
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        choices = _CHOICES[self._kind.__name__]
        for row, field in enumerate(fields(self._kind)):
            label = QLabel(form)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._labels[field.name] = label
            if field.name in choices:
                combo = QComboBox(form)
                for value, text in choices[field.name]:
                    combo.addItem(_(text), value)
                self._editors[field.name] = combo
            else:
                self._editors[field.name] = QLineEdit(form)
            grid.addWidget(label, row, 0)
            grid.addWidget(self._editors[field.name], row, 1)
        self.retranslate()

    def _list(self, choose: int) -> None:
        self._rows.clear()
        self._rows.addItems([record.name for record in self._records])
        self._rows.setCurrentRow(choose if self._records else -1)
        self._on_row(self._rows.currentRow())

    def _on_row(self, row: int) -> None:
        self._error.show_message(None)
        self._show(self._records[row] if 0 <= row < len(self._records) else None)

    def _show(self, record: Any | None) -> None:
        for name, editor in self._editors.items():
            editor.setEnabled(record is not None)
            value = getattr(record, name) if record is not None else ""
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value)))
            else:
                editor.setText(str(value))
        self._save.setEnabled(record is not None)
        self._remove.setEnabled(record is not None)

    def _on_add(self) -> None:
        taken = {record.name for record in self._records}
        stem = _("New")
        name = next(text for number in range(1, 1000) if (text := f"{stem} {number}") not in taken)
        self._records.append(self._kind(name=name))
        self._list(len(self._records) - 1)
        editor = self._editors["name"]
        editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def _on_remove(self) -> None:
        row = self._rows.currentRow()
        if 0 <= row < len(self._records):
            del self._records[row]
            self._list(min(row, len(self._records) - 1))
            self._on_saved(tuple(self._records))

    def _on_save(self) -> None:
        row = self._rows.currentRow()
        values = {name: self._value(name) for name in self._editors}
        others = {record.name for place, record in enumerate(self._records) if place != row}
        if not values["name"] or values["name"] in others:
            self._error.show_message(message("Give it a name of its own."))
        elif values.get("baud") == "":
            self._error.show_message(message("Baud is a number, such as 9600."))
        else:
            self._error.show_message(None)
            self._records[row] = self._kind(**values)
            self._list(row)
            self._on_saved(tuple(self._records))

    def _value(self, name: str) -> Any:
        editor = self._editors[name]
        if isinstance(editor, QComboBox):
            return editor.currentData()
        text = editor.text().strip()
        if name == "baud":
            digits = plain_digits(text)
            return int(digits) if digits.isdecimal() and 300 <= int(digits) <= 4_000_000 else ""
        return text
