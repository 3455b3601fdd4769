"""What is wrong stands beneath its field, in a line that is always kept free, so that nothing moves."""

from collections.abc import Iterable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import Message, message
from courier_desk.ui.fonts import note_font
from courier_desk.ui.icons import paint_icon
from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import tone_colour

LINE_HEIGHT = 17
_FIELD_KINDS = ("edit", "combo", "field", "box", "spin", "text", "list", "check")


class FieldError(QWidget):
    """One line beneath a field: an icon and the text in the colour ``bad`` (or ``warn``, ``info``, ``muted``).

    A hint may stand there as long as nothing is wrong. A text that is too long is cut and shown whole as tool tip;
    where longer ones are to be expected, room is kept for more lines.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._hint: Message | None = None
        self._tone = "bad"
        self._lines = 1
        self.setFont(note_font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(LINE_HEIGHT)

    @property
    def message(self) -> Message | None:
        """What is said now; a hint does not count."""
        return self._message

    def show_message(self, message: Message | None, tone: str = "bad") -> None:
        """Say ``message``, None for nothing."""
        self._message, self._tone = message, tone
        text = str(message) if message else ""
        # A tip with a tag in it would be shown as mark-up.
        self.setToolTip(f"<span>{escape(text)}</span>" if "<" in text else text)
        self.setAccessibleName(text)
        self.update()

    def set_lines(self, lines: int) -> None:
        """Keep room for so many lines."""
        self._lines = lines
        self.setFixedHeight(LINE_HEIGHT * lines)
        self.updateGeometry()

    def set_hint(self, hint: Message | None) -> None:
        """A quiet help for the field."""
        self._hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, LINE_HEIGHT * self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        said = self._message or self._hint
        if said is None:
            return
        colour = tone_colour(tokens(), self._tone if self._message else "muted")
        painter = QPainter(self)
        place = QRectF(self.rect())
        if self._message:
            sign = "warning-circle-fill" if self._tone in ("bad", "warn") else "info-fill"
            paint_icon(painter, QRectF(1, 2, 13, 13), sign, colour)
            place.setLeft(18)
        painter.setPen(colour)
        if self._lines > 1:
            painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, str(said))
            painter.end()
            return
        text = QFontMetrics(self.font()).elidedText(str(said), Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class FieldErrors:
    """The errors of one form: marks fields by the names that UserError.field uses."""

    def __init__(self, fields: Mapping[str, tuple[QWidget, FieldError]]) -> None:
        self._fields = dict(fields)
        self._cut = set[str]()
        for name, (field, _label) in self._fields.items():
            if isinstance(field, QLineEdit):
                field.inputRejected.connect(partial(self._on_rejected, name, field))
                field.textEdited.connect(partial(self._on_edited, name))

    @classmethod
    def of_form(cls, form: object) -> "FieldErrors":
        """All pairs ``<name>_edit`` (or _combo, _field ...) and ``<name>_error`` of a compiled form."""
        parts = vars(form)
        found = {}
        for name, label in parts.items():
            if isinstance(label, FieldError) and name.endswith("_error"):
                stem = name.removesuffix("_error")
                field = next((parts[f"{stem}_{kind}"] for kind in _FIELD_KINDS if f"{stem}_{kind}" in parts), label)
                found[stem] = (field, label)
        return cls(found)

    def add(self, name: str, field: QWidget, label: FieldError) -> None:
        """One more pair, for parts that are made while running."""
        self._fields[name] = (field, label)

    def forget_when_edited(self) -> None:
        """What is wrong with a field is said no longer as soon as somebody mends it."""
        for name, (field, _label) in self._fields.items():
            if isinstance(field, QLineEdit):
                field.textEdited.connect(partial(self._forget, name))

    def _forget(self, name: str, _text: str) -> None:
        self.mark(name, None)

    def _on_rejected(self, name: str, field: QLineEdit) -> None:
        """More than the field can hold was typed or pasted: it is not cut without a word."""
        # Qt counts in halves of UTF-16, and cuts no sign in two.
        if len(field.text().encode("utf-16-le", "surrogatepass")) // 2 >= field.maxLength() - 1:
            # Said after the signal that the text was edited, which takes away what was said before.
            QTimer.singleShot(0, field, partial(self._say_cut, name, field.maxLength()))

    def _say_cut(self, name: str, room: int) -> None:
        self._cut.add(name)
        self.mark(name, message("At most {n} characters fit here; the rest was left out.", n=room), "warn")

    def _on_edited(self, name: str, _text: str) -> None:
        if name in self._cut:
            self._cut.discard(name)
            self.mark(name, None)

    def show(self, error: UserError, *, focus: bool = True) -> bool:
        """Show ``error`` beneath its field and go there; False when the form has no such field."""
        if error.field not in self._fields:
            return False
        self.mark(error.field, error.message)
        field = self._fields[error.field][0]
        if focus and not isinstance(field, FieldError):
            field.setFocus()
        return True

    def take(self, error: Exception, otherwise: str) -> bool:
        """Show an error of the first two families, beneath ``otherwise`` where the form has no field for it; False for
        a defect."""
        if isinstance(error, UserError) and self.show(error):
            return True
        if not isinstance(error, UserError | EnvironmentFault):
            return False
        self.mark(otherwise, error.message)
        return True

    def mark(self, name: str, message: Message | None, tone: str = "bad") -> None:
        """Mark the field ``name``, or clear it with None. Errors: KeyError for a name the form lacks."""
        field, label = self._fields[name]
        label.show_message(message, tone)
        wrong = message is not None and tone == "bad"
        if bool(field.property("wrong")) != wrong:
            field.setProperty("wrong", wrong)
            field.update()

    def mark_all(self, messages: Mapping[str, Message]) -> None:
        """Show exactly these; names the form lacks are left to the caller."""
        for name in self._fields:
            self.mark(name, messages.get(name))

    def clear(self, names: Iterable[str] | None = None) -> None:
        """Nothing is wrong any more."""
        for name in tuple(self._fields) if names is None else names:
            self.mark(name, None)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The names of the fields that are marked bad now."""
        return tuple(name for name, (field, _label) in self._fields.items() if field.property("wrong"))
