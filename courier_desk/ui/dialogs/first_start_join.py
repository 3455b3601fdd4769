"""Joining headquarters at the first start: address and one-time code, with what is wrong beside its field."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import Message, message
from courier_desk.domain.enrolment import read_address, read_code
from courier_desk.services.first_start import FirstPassword
from courier_desk.ui.generated.ui_first_start import Ui_FirstStart
from courier_desk.ui.widgets.enter_chain import EnterChain
from courier_desk.ui.widgets.field_error import FieldErrors

_ERROR_LINES = 2
_FIELDS = ("address", "code")


class Joining(Protocol):
    """What joins. All are called in the GUI thread and come back at once."""

    def join(
        self, address: str, code: str, progress: Callable[[int, int, Message], None]
    ) -> "Future[tuple[FirstPassword, ...]]":
        """Join with a code as ``enrolment.read_code`` gives it. The future ends with the people's first passwords, or
        with what went wrong: an error with ``field`` address or code is shown there."""
        ...

    @property
    def past_from(self) -> date | None:
        """Once joined: from which day on headquarters has the past of this desk on line; None for all of it."""
        ...

    def stop(self) -> None:
        """Give up what goes on; its future is cancelled or ends with an error."""
        ...


class FirstStartJoin(QObject):
    """Signals:
    confirmed(): both are filled in; join.
    left(): Esc, back to the choice.
    address_used(str): headquarters is being asked at this address.
    """

    confirmed = Signal()
    address_used = Signal(str)
    left = Signal()

    def __init__(
        self, ui: Ui_FirstStart, errors: FieldErrors, joining: Joining | None, address: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ui, self._errors, self._joining = ui, errors, joining
        ui.live_radio.setEnabled(joining is not None)
        ui.address_edit.setText(address)
        ui.address_edit.setPlaceholderText("https://hq.example.org")
        ui.code_edit.say_left_out(errors, "code")
        for label in (ui.address_error, ui.code_error):
            label.set_lines(_ERROR_LINES)
        ui.code_error.set_hint(message("Twelve letters and digits; it can be pasted."))
        ui.address_edit.textEdited.connect(self._on_address_edited)
        self._chain = EnterChain(ui.join_form, [ui.address_edit, ui.code_edit])
        self._chain.confirm_asked.connect(self.confirmed)
        self._chain.confirmed.connect(self.confirmed)
        self._chain.left.connect(self.left)

    @property
    def chosen(self) -> bool:
        """True while real work is chosen."""
        return self._joining is not None and self._ui.live_radio.isChecked()

    @property
    def past_from(self) -> date | None:
        """Once joined: from which day on the past of this desk comes back; None for all of it."""
        return self._joining.past_from if self._joining is not None and self.chosen else None

    def show(self) -> None:
        """Ask for both, beginning with what is missing or wrong."""
        self._ui.steps.setCurrentWidget(self._ui.join_step)
        self._chain.go_to_first()

    def begin(self, progress: Callable[[int, int, Message], None]) -> "Future[tuple[FirstPassword, ...]] | None":
        """Join with what was typed; None while something is wrong with it, which is said then."""
        if self._joining is None:
            return None
        self._errors.clear(_FIELDS)
        try:
            address = read_address(self._ui.address_edit.text())
            self._ui.address_edit.setText(address)
            code = read_code(self._ui.code_edit.text())
        except UserError as error:
            self.show()
            self._errors.show(error)
            return None
        self.address_used.emit(address)
        return self._joining.join(address, code, progress)

    def stop(self) -> None:
        """Give up what goes on."""
        if self._joining is not None:
            self._joining.stop()

    def take(self, error: BaseException) -> bool:
        """Show ``error`` beside its field; False when it concerns neither."""
        field = getattr(error, "field", None)
        if field not in _FIELDS or not isinstance(error, UserError | EnvironmentFault):
            return False
        self.show()
        shown = self._errors.show(UserError(error.message, field=field))
        # What was refused is typed anew, not added to.
        (self._ui.code_edit if field == "code" else self._ui.address_edit).selectAll()
        return shown

    def _on_address_edited(self) -> None:
        self._errors.mark("address", None)
