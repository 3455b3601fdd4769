"""One printer: where it is, what it understands, which paper it takes; tried out before it is saved."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QFileDialog, QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import N_, _, message
from courier_desk.domain.paper import LabelSize, PaperKind
from courier_desk.ui.dialogs.base import DeskDialog
from courier_desk.ui.generated.ui_printer_dialog import Ui_PrinterDialog
from courier_desk.ui.tasks import WORK
from courier_desk.ui.theme import set_tone
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors

_KINDS = (
    ("folder", N_("Folder for PDF files")),
    ("tcp", N_("Network, port 9100")),
    ("raw", N_("Queue of the system, raw for label printers")),
    ("system", N_("Printer of the system")),
)
_LANGUAGES = {"folder": ("pdf",), "tcp": ("zpl", "tspl", "pdf"), "raw": ("zpl", "tspl"), "system": ("pdf",)}
_LANGUAGE_WORDS = {"pdf": N_("PDF, for office printers"), "zpl": N_("ZPL, for Zebra"), "tspl": N_("TSPL, for TSC")}
_ADDRESS_WORDS = {"folder": N_("Folder"), "tcp": N_("Network address"), "raw": N_("Queue"), "system": N_("Queue")}
_EXAMPLES = {"folder": "", "tcp": "192.168.1.50:9100", "raw": "", "system": ""}
_TRY_KEY = "Alt+T"


@dataclass(frozen=True, slots=True)
class PrinterForm:
    """What the dialog shows first. ``new`` printers cannot be taken away; ``taken`` are names of the others."""

    setting: PrinterSetting
    papers: frozenset[str]
    spare: bool
    new: bool
    taken: Collection[str]


class PrinterDialog(DeskDialog):
    """Signals:
    saved(PrinterSetting, object, bool): the printer, the kinds of paper it takes (frozenset), whether it is the spare.
    removed(): take it away.
    """

    saved = Signal(object, object, bool)
    removed = Signal()

    def __init__(self, parent: QWidget, ctx: UiContext, form: PrinterForm) -> None:
        super().__init__(parent)
        self.ui = Ui_PrinterDialog()
        self.ui.setupUi(self)
        self._ctx, self._form = ctx, form
        self._errors = FieldErrors.of_form(self.ui)
        self._errors.add("papers", self.ui.label_check, self.ui.papers_error)
        self._fill()
        self._connect()
        self.retranslate()
        self._show(form)
        self.chain.go_to_first()
        ctx.tasks.run(WORK, ctx.app.hardware.paper.queues, self, self._on_queues, ctx.notifier.error)

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        ui = self.ui
        known = _("Set up {name}").format(name=self._form.setting.name)
        ui.title_label.setText(_("A new printer") if self._form.new else known)
        ui.papers_title.setText(_("Which paper it takes"))
        ui.label_check.setText(_("Waybill labels"))
        ui.bag_tag_check.setText(_("Bag tags"))
        ui.handover_list_check.setText(_("Handover lists"))
        ui.spare_check.setText(_("Spare printer"))
        key = QKeySequence(_TRY_KEY).toString(QKeySequence.SequenceFormat.NativeText)
        ui.test_button.setText("  ".join((_("Test print"), key)))
        ui.test_button.setShortcut(_TRY_KEY)
        ui.remove_button.setText(_("Take it away"))
        ui.save_button.setText(self._ctx.keys.hint(_("Save"), "confirm"))
        for place, (_kind, word) in enumerate(_KINDS):
            ui.kind_combo.setItemText(place, _(word))
        self._on_kind()

    def _fill(self) -> None:
        ui = self.ui
        for kind, word in _KINDS:
            ui.kind_combo.addItem(_(word), kind)
        for dpi in (203, 300):
            ui.dpi_combo.addItem(str(dpi), dpi)
        for size in LabelSize:
            ui.size_combo.addItem(size.value.replace("x", " × "), size.value)
        self._checks: dict[str, QCheckBox] = {
            PaperKind.LABEL.value: ui.label_check,
            PaperKind.BAG_TAG.value: ui.bag_tag_check,
            PaperKind.HANDOVER_LIST.value: ui.handover_list_check,
        }

    def _connect(self) -> None:
        ui = self.ui
        fields = [ui.name_edit, ui.kind_combo, ui.address_edit, ui.language_combo, ui.dpi_combo, ui.size_combo]
        self.chain = EnterChain(self, [*fields, *self._checks.values(), ui.spare_check])
        self.chain.confirm_asked.connect(self._on_save)
        self.chain.confirmed.connect(self._on_save)
        self.chain.left.connect(self.reject)
        ui.kind_combo.currentIndexChanged.connect(self._on_kind)
        ui.browse_button.clicked.connect(self._on_browse)
        ui.test_button.clicked.connect(self._on_try)
        ui.save_button.clicked.connect(self._on_save)
        ui.cancel_button.clicked.connect(self.reject)
        ui.remove_button.clicked.connect(self._on_remove)
        for button in (ui.browse_button, ui.test_button, ui.save_button, ui.cancel_button, ui.remove_button):
            button.setAutoDefault(False)

    def _show(self, form: PrinterForm) -> None:
        ui, setting = self.ui, form.setting
        ui.name_edit.setText(setting.name)
        ui.kind_combo.setCurrentIndex(max(0, ui.kind_combo.findData(setting.kind)))
        ui.address_edit.setText(setting.address)
        for combo, value in (
            (ui.language_combo, setting.language),
            (ui.dpi_combo, setting.dpi),
            (ui.size_combo, setting.size),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        for kind, check in self._checks.items():
            check.setChecked(kind in form.papers)
        ui.spare_check.setChecked(form.spare)
        ui.remove_button.setVisible(not form.new)

    def _on_kind(self) -> None:
        ui, kind = self.ui, str(self.ui.kind_combo.currentData())
        ui.address_label.setText(_(_ADDRESS_WORDS[kind]))
        ui.address_edit.setPlaceholderText(_EXAMPLES[kind])
        ui.browse_button.setVisible(kind == "folder")
        _refill(ui.language_combo, [(code, _(_LANGUAGE_WORDS[code])) for code in _LANGUAGES[kind]])

    def _on_queues(self, names: tuple[str, ...]) -> None:
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if names and self.ui.kind_combo.currentData() in ("raw", "system"):
            self.ui.address_edit.setCompleter(completer)

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, _("Folder for PDF files"), self.ui.address_edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.ui.address_edit.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _setting(self) -> PrinterSetting:
        """The printer as the fields say. Errors: UserError beside its field."""
        ui = self.ui
        name = " ".join(ui.name_edit.text().split())
        if not name or name.casefold() in self._form.taken:
            raise UserError(message("Give it a name of its own."), field="name")
        setting = PrinterSetting(
            name,
            str(ui.kind_combo.currentData()),
            ui.address_edit.text().strip(),
            str(ui.language_combo.currentData()),
            int(ui.dpi_combo.currentData()),
            str(ui.size_combo.currentData()),
        )
        self._ctx.app.hardware.paper.check(setting)
        return setting

    def _on_save(self) -> None:
        self._errors.clear()
        try:
            setting = self._setting()
            papers = self._papers(setting)
        except UserError as error:
            self._errors.show(error)
            return
        self.saved.emit(setting, papers, self.ui.spare_check.isChecked())
        self.accept()

    def _papers(self, setting: PrinterSetting) -> frozenset[str]:
        """Which paper it takes. Errors: UserError for paper that it cannot print."""
        papers = frozenset(kind for kind, check in self._checks.items() if check.isChecked())
        if setting.language != "pdf" and PaperKind.HANDOVER_LIST.value in papers:
            raise UserError(message("A label printer cannot print lists."), field="papers")
        return papers

    def _on_remove(self) -> None:
        self.removed.emit()
        self.accept()

    def _on_try(self) -> None:
        self._errors.clear()
        try:
            work = self._ctx.app.hardware.paper.trial(self._setting())
        except UserError as error:
            self._errors.show(error)
            return
        self.ui.test_button.setEnabled(False)
        self._say(_("The test label is on its way …"), "muted")
        self._ctx.tasks.run(WORK, work, self, self._on_tried, self._on_try_failed)

    def _on_tried(self, sent: str) -> None:
        self.ui.test_button.setEnabled(True)
        done = _("The test label came out.") if sent == "printed" else _("The test label was sent: look for it.")
        self._say(done, "good" if sent == "printed" else "info")

    def _on_try_failed(self, error: Exception) -> None:
        self.ui.test_button.setEnabled(True)
        if isinstance(error, UserError | EnvironmentFault):
            self._say(str(error), "bad")
        else:
            self._ctx.notifier.error(error)

    def _say(self, text: str, tone: str) -> None:
        set_tone(self.ui.test_note, tone)
        self.ui.test_note.setText(text)


def _refill(combo: QComboBox, choices: Collection[tuple[str, str]]) -> None:
    kept = combo.currentData()
    combo.clear()
    for code, words in choices:
        combo.addItem(words, code)
    combo.setCurrentIndex(max(0, combo.findData(kept)))


def edit_printer(
    parent: QWidget,
    ctx: UiContext,
    form: PrinterForm,
    on_saved: Callable[[PrinterSetting, frozenset[str], bool], object],
    on_removed: Callable[[], object],
) -> PrinterDialog:
    """Open the dialog; bound methods get the answer."""
    dialog = PrinterDialog(parent, ctx, form)
    dialog.saved.connect(partial(on_saved))
    dialog.removed.connect(on_removed)
    dialog.open()
    return dialog
