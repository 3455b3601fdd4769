"""What happens between the log-in window and the service: log in, first password, own details."""

from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from courier_desk.base.errors import UserError
from courier_desk.base.lanes import Priority
from courier_desk.base.translation import _, message
from courier_desk.domain.user import Actor
from courier_desk.services.auth import LoginResult
from courier_desk.services.gate import ROLE_TITLES
from courier_desk.ui.dialogs.login_window import LoginWindow
from courier_desk.ui.notify import Notifier
from courier_desk.ui.tasks import ASIDE, DB, TaskRunner


class LogsIn(Protocol):
    """The service, as far as a log-in needs it."""

    def log_in(self, number: str, password: str) -> LoginResult: ...
    def change_password(self, actor: Actor, old: str, new: str, question: str = "", answer: str = "") -> None: ...
    def confirm_details(self, actor: Actor) -> None: ...
    def doubt_details(self, actor: Actor) -> None: ...
    def log_out(self, actor: Actor) -> None: ...


class LoginFlow(QObject):
    """Leads one window through a log-in. ``attach`` may come after the person has already pressed Enter.

    Signals:
        logged_in(Actor): the person is in.
        station_wanted(): somebody logs in although the station could not be opened: it is worth another try.
    """

    logged_in = Signal(object)
    station_wanted = Signal()

    def __init__(self, window: LoginWindow) -> None:
        super().__init__(window)
        self._window = window
        self._auth: LogsIn | None = None
        self._tasks: TaskRunner | None = None
        self._notifier: Notifier | None = None
        self._station = ""
        self._held: tuple[str, str] | None = None
        self._not_opened = False
        self._actor: Actor | None = None
        self._password = ""
        window.log_in_asked.connect(self._on_log_in_asked)
        window.password_chosen.connect(self._on_password_chosen)
        window.details_answered.connect(self._on_details_answered)

    def attach(self, auth: LogsIn, tasks: TaskRunner, notifier: Notifier, station: str) -> None:
        """The services are there; a log-in that was held until now goes on."""
        self._auth, self._tasks, self._notifier, self._station = auth, tasks, notifier, station
        if self._held is not None:
            number, password = self._held
            self._held = None
            self._on_log_in_asked(number, password)

    def not_opened(self, why: UserError) -> None:
        """There is no station to log in to, and ``why``; who presses Enter all the same has it tried again."""
        self._not_opened = True
        self._window.show_error(why)

    def _on_log_in_asked(self, number: str, password: str) -> None:
        if self._auth is None or self._tasks is None:
            self._held = (number, password)
            if self._not_opened:
                self._not_opened = False
                self.station_wanted.emit()
            return
        self._password = password
        task = partial(self._auth.log_in, number, password)
        self._tasks.run(ASIDE, task, self._window, self._on_result, self._on_error)

    def _on_result(self, result: LoginResult) -> None:
        if result.actor is None:
            self._on_wait(result.wait_until, locked=result.locked)
            return
        self._actor = result.actor
        if result.must_change:
            self._window.ask_new_password(with_question=result.needs_question)
        else:
            self._ask_details()

    def _on_wait(self, until: datetime | None, *, locked: bool) -> None:
        if until is None:
            self._on_error(UserError(message("Employee number or password is wrong."), field="password"))
        else:
            self._window.show_wait(until, locked=locked)

    def _on_password_chosen(self, new: str, question: str, answer: str) -> None:
        if self._auth is None or self._tasks is None or self._actor is None:
            return
        task = partial(self._auth.change_password, self._actor, self._password, new, question, answer)
        self._tasks.run(ASIDE, task, self._window, self._on_password_changed, self._on_error)

    def _on_password_changed(self, _nothing: None) -> None:
        self._ask_details()

    def _ask_details(self) -> None:
        self._password = ""
        actor = self._actor
        if actor is not None:
            role = _(ROLE_TITLES[actor.role])
            self._window.ask_details(actor.number, actor.name, role, self._station)

    def _on_details_answered(self, right: bool) -> None:
        if self._auth is None or self._tasks is None or self._actor is None:
            return
        said = self._auth.confirm_details if right else self._auth.doubt_details
        done = self._on_done if right else self._on_doubted
        self._tasks.run(DB, partial(said, self._actor), self._window, done, self._on_error, Priority.URGENT)

    def _on_doubted(self, _nothing: None) -> None:
        self._on_done(None)
        if self._notifier is not None:
            told = message("It is noted that your details are wrong; tell your supervisor what has to be put right.")
            self._notifier.say(told, "warn")

    def _on_done(self, _nothing: None) -> None:
        actor, self._actor = self._actor, None
        self._window.set_busy(False)
        if actor is not None:
            self.logged_in.emit(actor)

    def _on_error(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._window.show_error(error)
            return
        self._window.set_busy(False)
        self._window.show_error(UserError(message("This did not work: {why}", why=str(error))))
        if self._notifier is not None:
            self._notifier.error(error)
