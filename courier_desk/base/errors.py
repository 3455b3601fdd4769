"""The three families of what goes wrong: UserError, EnvironmentFault, and everything else, which is a defect."""

from courier_desk.base.translation import Message


class UserError(Exception):
    """Something the person can mend: shown as it is, beside ``field`` where one is named."""

    def __init__(self, message: Message, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(UserError):
    """The person lacks the right ``action``; somebody with a higher role may approve it."""

    def __init__(self, message: Message, *, action: str) -> None:
        super().__init__(message)
        self.action = action


class NotLoggedIn(UserError):
    """Whoever asks is not logged in, or is no more: the screen goes back to the log-in page."""


class EnvironmentFault(Exception):
    """Disk, port, printer or network does not do its part: a banner and, if ``retriable``, a retry."""

    def __init__(self, message: Message, *, retriable: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.retriable = retriable

    def __str__(self) -> str:
        return str(self.message)
