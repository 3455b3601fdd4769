"""What is wrong stands beside its field, once the field was left or confirming was tried; it goes as one types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from courier_desk.base.translation import Message
from courier_desk.domain.order_faults import Fault
from courier_desk.ui.widgets.field_error import FieldError

_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


@dataclass(slots=True)
class _Place:
    """One line of the form for what is wrong, and the fields it speaks of."""

    label: FieldError
    fields: list[QWidget]
    mark: Callable[[bool], None] | None
    aliases: tuple[str, ...]
    left: bool = False
    editing: bool = False
    notice: tuple[Message, str] | None = None
    shown: list[Message] = field(default_factory=list)


class FaultBoard(QObject):
    """Knows all places of one form. Nothing is said of a field while it is being edited."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._places: dict[str, _Place] = {}
        self._faults: tuple[Fault, ...] = ()
        self._doubts: Mapping[str, Message] = {}
        self._read_doubts: Mapping[str, Message] = {}
        self._tried = False

    def add(
        self,
        name: str,
        label: FieldError,
        fields: Sequence[QWidget],
        mark: Callable[[bool], None] | None = None,
        aliases: tuple[str, ...] = (),
    ) -> None:
        """A place. ``aliases`` are other names by which the rules call it; ``mark`` marks its fields itself."""
        self._places[name] = _Place(label, [], mark, aliases)
        self.set_fields(name, fields)

    def set_fields(self, name: str, fields: Sequence[QWidget]) -> None:
        """The fields of a place that grows."""
        place = self._places[name]
        for each in fields:
            if each not in place.fields:
                each.installEventFilter(self)
                if isinstance(each, QLineEdit):
                    each.textEdited.connect(self._on_edited)
        place.fields = list(fields)

    def set_faults(self, faults: Sequence[Fault], doubts: Mapping[str, Message]) -> None:
        """Everything that is wrong now, and what is doubtful, by field."""
        self._faults, self._doubts = tuple(faults), doubts
        self.show()

    def set_read_doubts(self, doubts: Mapping[str, Message]) -> None:
        """What the reading of a pasted text left in doubt: said at once."""
        self._read_doubts = doubts
        self.show()

    def notice(self, name: str, said: Message, tone: str) -> None:
        """Say something beside a field until it is edited or left."""
        if name in self._places:
            self._places[name].notice = (said, tone)
            self.show()

    def show_error(self, name: str, said: Message) -> bool:
        """An answer of the service: it stands there until the field is edited. False for a name the form lacks."""
        place = self._place_of(name)
        if place is None:
            return False
        place.notice = (said, "bad")
        place.editing = False
        self.show()
        place.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def try_all(self) -> None:
        """Confirming was tried: from now on all is said."""
        self._tried = True
        for place in self._places.values():
            place.editing = False
        self.show()

    def reset(self) -> None:
        """A new order: nothing was left, nothing tried."""
        self._tried = False
        self._faults, self._doubts, self._read_doubts = (), {}, {}
        for place in self._places.values():
            place.left, place.editing, place.notice = False, False, None
        self.show()

    def first_wrong(self) -> QWidget | None:
        """The first field of the form with something wrong that stops the order."""
        for place in self._places.values():
            if place.shown:
                wrong = [each for each in place.fields if each.property("wrong")]
                return next(iter(wrong or place.fields), None)
        return None

    def said(self) -> dict[str, str]:
        """What stands on the form now, by field."""
        return {name: str(place.label.message) for name, place in self._places.items() if place.label.message}

    def show(self) -> None:
        """Bring every line up to date."""
        for name, place in self._places.items():
            self._show_place(name, place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in _STAYS:
            for place in self._places.values():
                if watched in place.fields:
                    place.left, place.editing = True, False
                    self.show()
                    break
        return False

    def touched(self, field: QWidget) -> None:
        """A field that is no line of text was changed."""
        self._edit(field)

    def _on_edited(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            self._edit(sender)

    def _edit(self, changed: QWidget) -> None:
        for name, place in self._places.items():
            if changed in place.fields:
                place.notice = None
                place.editing = not isinstance(changed, QComboBox | QAbstractButton)
                self._show_place(name, place)

    def _place_of(self, name: str) -> _Place | None:
        found = self._places.get(name)
        return found or next((place for place in self._places.values() if name in place.aliases), None)

    def _show_place(self, name: str, place: _Place) -> None:
        mine = [fault for fault in self._faults if fault.field == name or fault.field in place.aliases]
        blocking = [fault.text for fault in mine if fault.blocking]
        heard = (self._tried or place.left) and not place.editing
        place.shown = blocking if heard else []
        if place.notice is not None:
            said, tone = place.notice
            place.shown = [said] if tone == "bad" else place.shown
            place.label.show_message(said, tone)
        elif place.shown:
            place.label.show_message(_joined(place.shown), "bad")
        else:
            place.label.show_message(self._doubt(name, mine, heard=heard, editing=place.editing), "warn")
        self._mark(place, wrong=bool(place.shown))

    def _doubt(self, name: str, faults: Sequence[Fault], *, heard: bool, editing: bool) -> Message | None:
        if editing:
            return None
        if name in self._read_doubts:
            return self._read_doubts[name]
        if not heard:
            return None
        return self._doubts.get(name) or next((fault.text for fault in faults if not fault.blocking), None)

    def _mark(self, place: _Place, *, wrong: bool) -> None:
        if place.mark is not None:
            place.mark(wrong)
            return
        for each in place.fields:
            if bool(each.property("wrong")) != wrong:
                each.setProperty("wrong", wrong)
                each.update()


def _joined(texts: Sequence[Message]) -> Message:
    """All of them in one line, each once."""
    once: list[Message] = []
    for text in texts:
        if text not in once:
            once.append(text)
    joined = once[0]
    for text in once[1:]:
        joined = Message("{first}  ·  {second}", {"first": joined, "second": text})
    return joined
