"""How each page is brought to show its longest real data, and how it shows that something is wrong."""

from collections.abc import Callable, Mapping

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import message
from tests.shots.stage import Stage

# Parts that may be longer than the window by their nature: texts to read, and one record's fields.
MAY_SCROLL: frozenset[str] = frozenset()

Preparation = Callable[[Stage], None]


def show(stage: Stage, key: str) -> None:
    """Open the page, on a busy station with something in it."""
    stage.open(key)
    if stage.numbers and key in _FULL:
        _FULL[key](stage)
        stage.settle()


def spoil(stage: Stage, key: str) -> None:
    """Let something go wrong on the page that is shown: its own fault, and a fault of the surroundings."""
    if key in _WRONG:
        _WRONG[key](stage)
    notifier = stage.kit.ctx.notifier
    notifier.fault(EnvironmentFault(message("The disk is full: free some room, then try again.")), _nothing)
    notifier.error(UserError(message("There is no such order.")))
    stage.settle()


def _nothing() -> None:
    """What trying again does here."""


_FULL: Mapping[str, Preparation] = {}
_WRONG: Mapping[str, Preparation] = {}

# The pictures of the README: name of the file, page, language, look.
README = (("start-zh-light", "home", "zh_CN", "light"), ("start-en-dark", "home", "en", "dark"))
