"""Settings of this desk: each is shown and saved as soon as it is chosen; there is no button to forget."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSpinBox

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.settings import OPTIONS, DeviceSetting, PrinterSetting, Settings
from courier_desk.base.translation import CHINESE, ENGLISH, N_, _, message
from courier_desk.ui.generated.ui_settings_page import Ui_SettingsPage
from courier_desk.ui.key_codes import PrefixKey
from courier_desk.ui.page import Page
from courier_desk.ui.pages.settings_records import RecordEditor
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.field_error import FieldErrors

Choice = tuple[Any, str]

_LANGUAGES: tuple[Choice, ...] = (("", N_("As the system")), (CHINESE, "中文"), (ENGLISH, "English"))
_THEMES: tuple[Choice, ...] = (("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))
_PAPER_LANGUAGES: tuple[Choice, ...] = ((CHINESE, "中文"), (ENGLISH, "English"))
_SIZES: tuple[Choice, ...] = (("76x130", "76 × 130"), ("100x150", "100 × 150"), ("100x180", "100 × 180"))
_DPI: tuple[Choice, ...] = ((203, "203"), (300, "300"))
_SECTIONS = (
    N_("This desk"),
    N_("Scanning and sounds"),
    N_("Printers"),
    N_("Scanners and scales"),
    N_("Paper to printers"),
)
_ROUTES = ("label", "bag_tag", "handover_list")


class SettingsPage(Page):
    """Simple options are declared once in base.settings; their help is the label here."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_SettingsPage()
        self.ui.setupUi(self)
        self._errors = FieldErrors.of_form(self.ui)
        self._filling = False
        self._combos: tuple[tuple[str, QComboBox, tuple[Choice, ...]], ...] = (
            ("language", self.ui.language_combo, _LANGUAGES),
            ("theme", self.ui.theme_combo, _THEMES),
            ("paper_language", self.ui.paper_language_combo, _PAPER_LANGUAGES),
            ("label_size", self.ui.label_size_combo, _SIZES),
            ("label_dpi", self.ui.label_dpi_combo, _DPI),
        )
        self._checks: tuple[tuple[str, QCheckBox], ...] = (
            ("sounds", self.ui.sounds_check),
            ("scanner_burst", self.ui.scanner_burst_check),
            ("label_hides_room", self.ui.label_hides_room_check),
        )
        self._spins: tuple[tuple[str, QSpinBox], ...] = (
            ("idle_lock_minutes", self.ui.idle_lock_minutes_spin),
            ("scanner_repeat_ms", self.ui.scanner_repeat_ms_spin),
            ("sound_volume", self.ui.sound_volume_spin),
        )
        ui = self.ui
        self.printers = RecordEditor(
            PrinterSetting, ui.printers_list, ui.printers_form, ui.printers_error, ui.printers_add_button,
            ui.printers_remove_button, ui.printers_save_button, self._save_printers,
        )  # fmt: skip
        self.devices = RecordEditor(
            DeviceSetting, ui.devices_list, ui.devices_form, ui.devices_error, ui.devices_add_button,
            ui.devices_remove_button, ui.devices_save_button, self._save_devices,
        )  # fmt: skip
        self._connect()
        ctx.preferences.changed.connect(self._show)
        self.retranslate()
        self.ui.sections_list.setCurrentRow(0)

    def activate(self) -> None:
        self.ui.sections_list.setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        chosen = max(0, self.ui.sections_list.currentRow())
        self._filling = True
        self.ui.sections_list.clear()
        self.ui.sections_list.addItems([_(name) for name in _SECTIONS])
        self._filling = False
        self.ui.sections_list.setCurrentRow(chosen)
        self.ui.look_title.setText(_("Look and lock"))
        self.ui.paper_title.setText(_("Labels"))
        self.ui.scan_title.setText(_("Scanning and sounds"))
        self.ui.routes_title.setText(_("Which printer for which paper"))
        self.ui.printers_note.setText(
            _("A printer is a folder, a network address (host:port), or a queue of the system.")
        )
        self.ui.devices_note.setText(_("Serial scanners and scales; a keyboard scanner needs no entry."))
        helps = {option.name: option.help for option in OPTIONS}
        for name, label in vars(self.ui).items():
            option = name.removesuffix("_label")
            if name.endswith("_label") and isinstance(label, QLabel) and option in helps:
                label.setText(str(helps[option]))
        self.ui.label_printer_label.setText(_("Waybill labels"))
        self.ui.bag_tag_printer_label.setText(_("Bag tags"))
        self.ui.handover_list_printer_label.setText(_("Handover lists"))
        self.printers.retranslate()
        self.devices.retranslate()
        self._show(self.ctx.preferences.settings)

    def _connect(self) -> None:
        self.ui.sections_list.currentRowChanged.connect(self._on_section)
        for name, combo, _choices in self._combos:
            combo.activated.connect(self._setter(name, combo.currentData))
        for name, check in self._checks:
            check.clicked.connect(self._setter(name, check.isChecked))
        for name, spin in self._spins:
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(self._setter(name, spin.value))
        self.ui.day_starts_edit.editingFinished.connect(self._on_day_starts)
        self.ui.scanner_prefix_edit.editingFinished.connect(self._on_scanner_prefix)
        for paper in _ROUTES:
            self._route_combo(paper).activated.connect(self._on_route)
        self.ui.spare_printer_combo.activated.connect(
            self._setter("spare_printer", lambda: self.ui.spare_printer_combo.currentData() or "")
        )

    def _setter(self, name: str, value: Callable[[], Any]) -> Callable[..., None]:
        """A slot that takes one option over as soon as it is chosen."""

        def take(*_arguments: object) -> None:
            if not self._filling:
                self._change(**{name: value()})

        return take

    def _change(self, **changes: Any) -> None:
        self.ctx.preferences.change(self._on_saved, **changes)

    def _on_saved(self) -> None:
        self.ui.saved_note.setText(_("Saved"))

    def _on_section(self, row: int) -> None:
        if row >= 0 and not self._filling:
            self.ui.sections.setCurrentIndex(row)

    def _on_day_starts(self) -> None:
        text = plain_digits(self.ui.day_starts_edit.text()).replace("：", ":")
        try:
            begins = time.fromisoformat(text if len(text) > 4 else f"0{text}")
        except ValueError:
            self._errors.show(UserError(message("A time as 05:00."), field="day_starts"), focus=False)
            return
        self._errors.clear()
        self._change(day_starts=begins.strftime("%H:%M"))

    def _on_scanner_prefix(self) -> None:
        prefix = self.ui.scanner_prefix_edit.text().strip()
        try:
            PrefixKey.parse(prefix)
        except ValueError:
            said = UserError(message("There is no prefix key {key}", key=prefix), field="scanner_prefix")
            self._errors.show(said, focus=False)
            return
        self._errors.clear()
        self._change(scanner_prefix=prefix)

    def _on_route(self) -> None:
        chosen = tuple((paper, self._route_combo(paper).currentData() or "") for paper in _ROUTES)
        self._change(paper_printers=tuple((paper, name) for paper, name in chosen if name))

    def _save_printers(self, records: Sequence[PrinterSetting]) -> None:
        self._change(printers=tuple(records))

    def _save_devices(self, records: Sequence[DeviceSetting]) -> None:
        self._change(devices=tuple(records))

    def _route_combo(self, paper: str) -> QComboBox:
        combos = {
            "label": self.ui.label_printer_combo,
            "bag_tag": self.ui.bag_tag_printer_combo,
            "handover_list": self.ui.handover_list_printer_combo,
        }
        return combos[paper]

    def _show(self, settings: Settings) -> None:
        self._filling = True
        for name, combo, choices in self._combos:
            _fill(combo, choices, getattr(settings, name))
        for name, check in self._checks:
            check.setChecked(getattr(settings, name))
        for name, spin in self._spins:
            spin.setValue(getattr(settings, name))
        self.ui.day_starts_edit.setText(settings.day_starts)
        self.ui.scanner_prefix_edit.setText(settings.scanner_prefix)
        names: tuple[Choice, ...] = tuple((printer.name, printer.name) for printer in settings.printers)
        none: Choice = ("", N_("The folder of papers"))
        for paper in _ROUTES:
            _fill(self._route_combo(paper), (none, *names), dict(settings.paper_printers).get(paper, ""))
        _fill(self.ui.spare_printer_combo, (("", N_("None")), *names), settings.spare_printer)
        self.printers.set_records(settings.printers)
        self.devices.set_records(settings.devices)
        self._filling = False


def _fill(combo: QComboBox, choices: Sequence[Choice], value: Any) -> None:
    combo.clear()
    for data, text in choices:
        combo.addItem(_(text), data)
    combo.setCurrentIndex(max(0, combo.findData(value)))
