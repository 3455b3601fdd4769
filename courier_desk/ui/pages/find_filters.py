"""The box and the filters of the find page as one question, and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from courier_desk.base.translation import N_, _
from courier_desk.domain.local_text import LocalText
from courier_desk.domain.words import STATUS_WORDS
from courier_desk.services.find import FindSpec
from courier_desk.ui.generated.ui_find_page import Ui_FindPage
from courier_desk.ui.ui_context import UiContext

_VOID = (("", N_("All orders")), ("no", N_("Not void")), ("yes", N_("Void only")))
_SORTS = (
    ("newest", N_("Newest first")),
    ("oldest", N_("Oldest first")),
    ("amount", N_("Highest amount first")),
    ("amount_up", N_("Lowest amount first")),
    ("weight", N_("Heaviest first")),
    ("weight_up", N_("Lightest first")),
    ("number", N_("Number, upwards")),
    ("number_down", N_("Number, downwards")),
)
_VOID_VALUES = {"": None, "no": False, "yes": True}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: services by code, and the people of the station; and what other stations are called."""

    services: Mapping[str, LocalText]
    operators: tuple[str, ...]
    stations: Mapping[str, LocalText]


def look_up(ctx: UiContext) -> tuple[Choices, date]:
    """On the db lane: what can be chosen, and the business day."""
    reference = ctx.services.reference
    services = {code: service.name for code, service in reference.tariff().services.items()}
    people = tuple(sorted(person.name for person in reference.people()))
    return Choices(services, people, reference.stations()), ctx.app.desk.today()


class FindFilters(QObject):
    """Signals:
    changed(): another question, asked by typing.
    chosen(): another question, asked by a choice: no need to wait for more keys.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, ui: Ui_FindPage, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._choices = Choices({}, (), {})
        for day in (ui.since_edit, ui.until_edit):
            day.set_today(today)
            day.day_changed.connect(self.changed)
        ui.text_edit.textChanged.connect(self.changed)
        ui.destination_edit.textChanged.connect(self.changed)
        for combo in self._combos():
            combo.currentIndexChanged.connect(self.chosen)

    def set_choices(self, choices: Choices) -> None:
        """Services and people are known now."""
        self._choices = choices
        self.retranslate()

    def retranslate(self) -> None:
        """The language changed; what was chosen stays chosen."""
        ui = self._ui
        statuses = [(status.value, _(word)) for status, word in STATUS_WORDS.items()]
        _fill(ui.status_combo, [("", _("Any")), *statuses])
        _fill(ui.service_combo, [("", _("Any")), *((code, str(name)) for code, name in self._choices.services.items())])
        _fill(ui.operator_combo, [("", _("Anybody")), *((name, name) for name in self._choices.operators)])
        _fill(ui.void_combo, [(key, _(word)) for key, word in _VOID])
        _fill(ui.sort_combo, [(key, _(word)) for key, word in _SORTS])

    def spec(self) -> FindSpec:
        """The question as it stands."""
        ui = self._ui
        return FindSpec(
            text=_plain(ui.text_edit.text()),
            since=ui.since_edit.day(),
            until=ui.until_edit.day(),
            status=ui.status_combo.currentData() or "",
            service=ui.service_combo.currentData() or "",
            destination=_plain(ui.destination_edit.text()),
            operator=ui.operator_combo.currentData() or "",
            void=_VOID_VALUES[ui.void_combo.currentData() or ""],
            sort=ui.sort_combo.currentData() or "newest",
        )

    @property
    def narrowed(self) -> bool:
        """True when any filter beside the box is set."""
        spec = self.spec()
        parts = (spec.since, spec.until, spec.status, spec.service, spec.destination, spec.operator)
        return any(parts) or spec.void is not None

    def clear(self, *, text: bool = True) -> None:
        """Forget the filters, and the text of the box too unless told otherwise."""
        ui = self._ui
        blockers = [QSignalBlocker(field) for field in self._fields()]
        for edit in (ui.since_edit, ui.until_edit, ui.destination_edit):
            edit.clear()
        for combo in self._combos():
            combo.setCurrentIndex(0)
        if text:
            ui.text_edit.clear()
        del blockers
        self.chosen.emit()

    def set_sort(self, sort: str) -> None:
        """Sort by this from now on."""
        self._ui.sort_combo.setCurrentIndex(max(0, self._ui.sort_combo.findData(sort)))

    def state(self) -> dict[str, Any]:
        """What brings the filters back. The text may name a person and is left out."""
        spec = self.spec()
        days = {name: day.isoformat() if day else "" for name, day in (("since", spec.since), ("until", spec.until))}
        return days | {"status": spec.status, "service": spec.service, "void": spec.void, "sort": spec.sort}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Come back as ``state`` said."""
        ui = self._ui
        for name, edit in (("since", ui.since_edit), ("until", ui.until_edit)):
            edit.setText(str(state.get(name) or ""))
        void = {None: "", False: "no", True: "yes"}.get(state.get("void"), "")
        for name, combo in (("status", ui.status_combo), ("service", ui.service_combo), ("sort", ui.sort_combo)):
            _choose(combo, str(state.get(name) or ""))
        _choose(ui.void_combo, void)

    def _combos(self) -> tuple[QComboBox, ...]:
        ui = self._ui
        return ui.status_combo, ui.service_combo, ui.operator_combo, ui.void_combo, ui.sort_combo

    def _fields(self) -> tuple[QObject, ...]:
        ui = self._ui
        return *self._combos(), ui.since_edit, ui.until_edit, ui.destination_edit, ui.text_edit


def _plain(text: str) -> str:
    """What was typed or pasted, with control and invisible characters taken for blanks."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _fill(combo: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """New words for a combo; a choice whose words are not known yet is kept under its code."""
    kept = combo.currentData() or ""
    blocker = QSignalBlocker(combo)
    combo.clear()
    for code, words in choices:
        combo.addItem(words, code)
    _choose(combo, kept)
    del blocker


def _choose(combo: QComboBox, code: str) -> None:
    place = combo.findData(code)
    if place < 0 and code:
        combo.addItem(code, code)
        place = combo.count() - 1
    combo.setCurrentIndex(max(0, place))
