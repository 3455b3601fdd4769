"""The acts of the window: its keys, the functions of the palette, the menu of the person."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from courier_desk.base.translation import CHINESE, ENGLISH, Message, _, language, message
from courier_desk.ui.icons import icon
from courier_desk.ui.navigation import Request
from courier_desk.ui.page_registry import PageSpec
from courier_desk.ui.theme import SCHEMES
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.suggestion_list import Suggestion

_SCHEME_WORDS = {"system": message("As the system"), "light": message("Light"), "dark": message("Dark")}
_SCHEME_ICONS = {"system": "monitor", "light": "sun", "dark": "moon"}
_LANGUAGE_NAMES = {CHINESE: "中文", ENGLISH: "English"}

Act = Callable[[], object]


class WindowActs(QObject):
    """Knows what the window can do by id; the window hands in the deeds.

    Signals:
        page_asked(Request): open a page.
    """

    page_asked = Signal(object)

    def __init__(self, ctx: UiContext, window: QWidget, pages: Sequence[PageSpec], deeds: dict[str, Act]) -> None:
        super().__init__(window)
        self._ctx, self._window, self._pages, self._deeds = ctx, window, tuple(pages), deeds
        for act, deed in deeds.items():
            ctx.keys.bind(act, window, deed)
        self._openers = [_Opener(spec, self) for spec in self._pages]
        for opener in self._openers:
            ctx.keys.bind(opener.spec.act, window, opener.open)

    def functions(self) -> list[Suggestion]:
        """All functions the person may use, for the palette."""
        rows = [
            Suggestion(str(spec.title), icon=spec.icon, key=self._ctx.keys.text(spec.act), value=Request(spec.key))
            for spec in self._pages
            if spec.listed and self._ctx.session.may(spec.right)
        ]
        labels = {act.id: act.label for act in self._ctx.keys.acts}
        for act, sign in (("lock", "lock-simple"), ("fold", "sidebar"), ("other_printer", "printer")):
            if act in self._deeds:
                rows.append(self._row(labels[act], "squares-four" if sign == "sidebar" else sign, act))
        for scheme in SCHEMES:
            title = _("Look: {scheme}").format(scheme=_SCHEME_WORDS[scheme])
            rows.append(Suggestion(title, icon=_SCHEME_ICONS[scheme], value=("theme", scheme)))
        for code, name in _LANGUAGE_NAMES.items():
            title = _("Language: {name}").format(name=name)
            rows.append(Suggestion(title, icon="translate", value=("language", code)))
        rows.append(Suggestion(_("Change your password"), icon="key", value=("deed", "password")))
        rows.append(Suggestion(_("Log out"), icon="sign-out", value=("deed", "log_out")))
        return rows

    def take(self, row: Suggestion) -> None:
        """Do what was chosen in the palette."""
        if isinstance(row.value, Request):
            self.page_asked.emit(row.value)
        elif isinstance(row.value, tuple):
            kind, name = row.value
            self._do(kind, name)

    def person_menu(self, at: QPoint) -> QMenu:
        """Open the menu of the person at the global point ``at``."""
        menu = QMenu(self._window)
        self._entry(menu, _("Lock the desk"), "lock-simple", ("deed", "lock"), "lock")
        self._entry(menu, _("Change your password"), "key", ("deed", "password"))
        menu.addSeparator()
        look = menu.addMenu(icon("palette"), _("Look"))
        for scheme in SCHEMES:
            entry = self._entry(look, str(_SCHEME_WORDS[scheme]), "", ("theme", scheme))
            entry.setCheckable(True)
            entry.setChecked(self._ctx.preferences.settings.theme == scheme)
        words = menu.addMenu(icon("translate"), _("Language"))
        for code, name in _LANGUAGE_NAMES.items():
            entry = self._entry(words, name, "", ("language", code))
            entry.setCheckable(True)
            entry.setChecked(language() == code)
        for spec in self._pages:
            if spec.key in ("settings", "keys") and self._ctx.session.may(spec.right):
                self._entry(menu, str(spec.title), spec.icon, ("page", spec.key), spec.act)
        menu.addSeparator()
        self._entry(menu, _("Log out"), "sign-out", ("deed", "log_out"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def _entry(self, menu: QMenu, text: str, sign: str, does: tuple[str, str], act: str = "") -> QAction:
        key = self._ctx.keys.text(act) if act else ""
        entry = menu.addAction(f"{text}\t{key}" if key else text)
        if sign:
            entry.setIcon(icon(sign))
        entry.setData(does)
        entry.triggered.connect(self._on_entry)
        return entry

    def _row(self, label: Message, sign: str, act: str) -> Suggestion:
        return Suggestion(str(label), icon=sign, key=self._ctx.keys.text(act), value=("deed", act))

    def _on_entry(self) -> None:
        entry = self.sender()
        if isinstance(entry, QAction):
            kind, name = entry.data()
            self._do(kind, name)

    def _do(self, kind: str, name: str) -> None:
        if kind == "theme":
            self._ctx.preferences.change(theme=name)
        elif kind == "language":
            self._ctx.preferences.change(language=name)
        elif kind == "page":
            self.page_asked.emit(Request(name))
        else:
            self._deeds[name]()


class _Opener(QObject):
    """What the key of one page does."""

    def __init__(self, spec: PageSpec, acts: WindowActs) -> None:
        super().__init__(acts)
        self.spec = spec
        self._acts = acts

    def open(self) -> None:
        """Open the page."""
        self._acts.page_asked.emit(Request(self.spec.key, fresh=self.spec.several))
