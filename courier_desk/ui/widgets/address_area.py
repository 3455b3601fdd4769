"""The area box: a division of China, chosen by Chinese characters, pinyin or initials."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from courier_desk.domain.address import parse_line
from courier_desk.domain.division_search import suggest
from courier_desk.domain.divisions import Level, load_divisions
from courier_desk.domain.party import Address
from courier_desk.ui.tasks import DB, Task, TaskRunner
from courier_desk.ui.widgets.search_box import SearchBox
from courier_desk.ui.widgets.suggestion_list import Suggestion

_MOST = 8


def area_suggestions(near: str, text: str) -> list[Suggestion]:
    """The divisions that ``text`` may mean, for the list, of equals those about ``near`` first; runs on the db lane."""
    table = load_divisions()
    return [_row(found.code) for found in suggest(text, table, _MOST, near=near)]


def choices_of(codes: Sequence[str]) -> list[Suggestion]:
    """Given divisions as rows of the list."""
    return [_row(code) for code in codes if load_divisions().get(code) is not None]


def area_of(code: str) -> Address:
    """The area part of an address by its division code; empty for an unknown one."""
    names = load_divisions().names(code)
    return Address(names.province or "", names.city or "", names.district or "", names.street or "", division=code)


def settled_area(text: str) -> Address | None:
    """The one area that ``text`` names without doubt, down to a district; runs on the db lane."""
    table = load_divisions()
    parsed = parse_line(text, table)
    division = table.get(parsed.division) if parsed.division else None
    doubtful = any(parsed.doubts_on(field) for field in ("city", "district", "street"))
    if division is None or doubtful or parsed.detail:
        return None
    deep_enough = division.level >= Level.DISTRICT or not table.upper_below(division.code)
    return area_of(division.code) if deep_enough else None


def _row(code: str) -> Suggestion:
    table = load_divisions()
    path = table.path(code)
    name = path[-1].name
    above = "".join(node.name for place, node in enumerate(path[:-1]) if not place or node.name != path[place - 1].name)
    return Suggestion(name, above, "map-pin", value=code)


class AddressArea(SearchBox):
    """Holds an area once one was chosen; text that is no chosen area counts as none.

    Signals:
        area_changed(): another area, or none any more.
        area_taken(): an area was chosen from the list: on to the next field.
    """

    area_changed = Signal()
    area_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = Address()
        self._runner: TaskRunner | None = None
        self._settling: Task | None = None
        self._choices: tuple[str, ...] = ()
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        self.textEdited.connect(self._on_text_edited)
        self.chosen.connect(self._on_area_chosen)

    def use(self, tasks: TaskRunner, near: str) -> None:
        """Suggest from the division table, on the db lane; ``near`` is the code of where the station lies."""
        self._runner = tasks
        self.set_source(tasks, partial(area_suggestions, near), choose_first=True)

    @property
    def area(self) -> Address:
        """Province to street and the division code; empty while none is chosen."""
        return self._area

    @property
    def code(self) -> str:
        """The division code, empty while none is chosen."""
        return self._area.division

    def set_area(self, area: Address) -> None:
        """Show an area that is known already."""
        self._choices = ()
        self._area = Address(area.province, area.city, area.district, area.street, division=area.division)
        if self.text() != self._area.line:
            self.setText(self._area.line)
        self.setToolTip("")
        self.area_changed.emit()

    def offer(self, codes: Sequence[str]) -> None:
        """Offer these as soon as the field is entered: one of them is meant."""
        self._choices = tuple(codes)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()
        if self._choices and not self.code:
            self.suggest(choices_of(self._choices))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.text().strip()
        if self._runner is not None and text and not self.code:
            self._settling = self._runner.run(DB, partial(settled_area, text), self, self._on_settled, self.failed.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.put_away()

    def _on_text_edited(self, _text: str) -> None:
        if self._settling is not None:
            self._settling.cancel()
        if self.code:
            self._area = Address()
            self.area_changed.emit()

    def _on_area_chosen(self, row: Suggestion) -> None:
        self.set_area(area_of(str(row.value)))
        self.area_taken.emit()

    def _on_settled(self, area: Address | None) -> None:
        if area is not None and not self.code:
            self.set_area(area)
