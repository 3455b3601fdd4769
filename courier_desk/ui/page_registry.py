"""The one table of pages. The main window knows no page; it reads this table. A page is imported when first opened."""
# ruff: noqa: PLC0415  the imports stand in the factories on purpose: the log-in page must not wait for any page

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.translation import Message, message
from courier_desk.domain.user import Action
from courier_desk.ui.keys import SHELL_ACTS, KeyAct
from courier_desk.ui.page import Page
from courier_desk.ui.ui_context import UiContext


# The window opens it at the chapter of the page in front.
HELP = "help"


class Group(StrEnum):
    """The groups of functions at the left, in this order."""

    DESK = "desk"
    ORDERS = "orders"
    PARCELS = "parcels"
    STATION = "station"


GROUP_TITLES = {
    Group.DESK: message("Desk"),
    Group.ORDERS: message("Orders"),
    Group.PARCELS: message("Parcels"),
    Group.STATION: message("Station"),
}


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. ``shortcut`` is its key of delivery (portable text). ``right`` None: for everybody who is logged in.
    ``several``: may be open in several tabs at once. ``listed``: stands among the functions at the left.
    ``quick``: also a quick action at the top."""

    key: str
    title: Message
    icon: str
    shortcut: str
    right: Action | None
    factory: Callable[[UiContext], Page]
    group: Group
    several: bool = False
    listed: bool = True
    quick: bool = False

    @property
    def act(self) -> str:
        """The id of the act that opens it, in the table of keys."""
        return f"open.{self.key}"


def _home(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.home import HomePage

    return HomePage(ctx)


def _settings(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.settings import SettingsPage

    return SettingsPage(ctx)


def _key_card(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.key_card import KeyCardPage

    return KeyCardPage(ctx)


def _help(ctx: UiContext) -> Page:
    from courier_desk.ui.pages.help import HelpPage

    return HelpPage(ctx)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", message("Start"), "house-simple", "Alt+Home", None, _home, Group.DESK),
    PageSpec("keys", message("Keys"), "keyboard", "Shift+F1", None, _key_card, Group.STATION),
    PageSpec("settings", message("Settings"), "gear-six", "Ctrl+,", Action.SETTINGS_CHANGE, _settings, Group.STATION),
    PageSpec(HELP, message("Help"), "question", "F1", None, _help, Group.STATION),
)


def spec_of(key: str) -> PageSpec:
    """The page of this key. Errors: KeyError when there is none."""
    for spec in PAGES:
        if spec.key == key:
            return spec
    raise KeyError(key)


# Acts of single pages; scope is the key of the page.
PAGE_ACTS: tuple[KeyAct, ...] = ()


def all_acts() -> tuple[KeyAct, ...]:
    """The whole table of keys: pages, the window, and the acts of single pages."""
    return (*(KeyAct(spec.act, spec.title, spec.shortcut) for spec in PAGES), *SHELL_ACTS, *PAGE_ACTS)
