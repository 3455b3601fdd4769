"""The box over a party: past recipients by number, arrows or typing; a pasted text becomes name, phone, address."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import message
from courier_desk.domain.masking import mask_phone_screen
from courier_desk.domain.party import Party
from courier_desk.ui.widgets.search_box import SearchBox
from courier_desk.ui.widgets.suggestion_list import Suggestion

LONGEST_PASTE = 5000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AddressBox(SearchBox):
    """A digit marks the past recipient of that number, Enter takes it; other typing filters; text that fits none of
    them is read as name, telephone and address.

    Signals:
        party_chosen(Party): a past recipient was taken.
        text_given(str): read this text.
        passed(): Enter with nothing to take or to read.
        noticed(Message, str): what to say beside the box, and the tone.
    """

    party_chosen = Signal(object)
    text_given = Signal(str)
    passed = Signal()
    noticed = Signal(object, str)

    list_width = 540

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parties: tuple[Party, ...] = ()
        self._read = ""
        self.setMaxLength(LONGEST_PASTE)
        self.textEdited.connect(self._on_text_edited)
        self.chosen.connect(self._on_row_chosen)

    @property
    def parties(self) -> tuple[Party, ...]:
        """The past recipients that are offered."""
        return self._parties

    def set_parties(self, parties: Sequence[Party]) -> None:
        """Offer these, the likeliest first."""
        self._parties = tuple(parties)
        if self.hasFocus():
            self.show_parties()

    def show_parties(self) -> None:
        """The list, as far as what is typed lets rows through."""
        wanted = plain_digits(self.text()).casefold()
        number = int(wanted) if len(wanted) == 1 and wanted in "123456789" else 0
        if 0 < number <= len(self._parties):
            self.suggest(self._rows(self._parties))
            self._choose(number - 1)
            return
        fitting = [party for party in self._parties if wanted in _searched(party)]
        self.suggest(self._rows(fitting))
        if wanted and fitting:
            self._choose(0)

    def paste(self) -> None:
        """Read what the clipboard holds."""
        self._read_pasted(QGuiApplication.clipboard().text())

    def clear(self) -> None:
        """Empty, with nothing read."""
        self._read = ""
        super().clear()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.selectAll()
            if self._parties and not self.text():
                self.show_parties()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            event.accept()
        elif event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._on_enter()
            event.accept()
        elif event.key() == Qt.Key.Key_Down and not self.open and self._parties:
            self.show_parties()
        else:
            super().keyPressEvent(event)

    def take_enter(self) -> bool:
        """True when an Enter has something to do here and must not lead on by itself."""
        return bool(self.text().strip()) and self.text() != self._read

    def _on_enter(self) -> None:
        taken = self.open and self._popup is not None and self._popup.list.take_current()
        if taken:
            return
        self.put_away()
        if self.take_enter():
            self._read = self.text()
            self.text_given.emit(self._read)
        else:
            self.passed.emit()

    def _read_pasted(self, text: str) -> None:
        if len(text) > LONGEST_PASTE:
            said = message(
                "The pasted text has {count} characters; {room} fit here. Nothing was put in.",
                count=f"{len(text):,}",
                room=LONGEST_PASTE,
            )
            self.noticed.emit(said, "bad")
        elif text.strip():
            self.put_away()
            self.setText(" ".join(text.split()))
            self.setCursorPosition(0)
            self._read = self.text()
            self.text_given.emit(text)

    def _rows(self, parties: Sequence[Party]) -> list[Suggestion]:
        numbers = {id(party): place for place, party in enumerate(self._parties, start=1)}
        return [
            Suggestion(
                f"{party.name}  {mask_phone_screen(party.phone)}",
                party.address.line,
                "user",
                str(numbers[id(party)]) if numbers[id(party)] < 10 else "",
                party,
            )
            for party in parties
        ]

    def _choose(self, place: int) -> None:
        if self._popup is not None and self.open:
            self._popup.list.setCurrentRow(place)

    def _on_text_edited(self, _text: str) -> None:
        if self._parties:
            self.show_parties()

    def _on_row_chosen(self, row: Suggestion) -> None:
        self.clear()
        if isinstance(row.value, Party):
            self.party_chosen.emit(row.value)


def _searched(party: Party) -> str:
    return f"{party.name}\n{party.phone}\n{party.company}\n{party.address.line}".casefold()
