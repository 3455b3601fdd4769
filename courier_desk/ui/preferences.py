"""What the person at this desk chose: shown at once, saved on the db lane, in one place."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from courier_desk.base.settings import Settings
from courier_desk.ui.keys import Keys
from courier_desk.ui.language import Language
from courier_desk.ui.notify import Notifier
from courier_desk.ui.tasks import DB, TaskRunner
from courier_desk.ui.theme import Theme


class KeepsSettings(Protocol):
    """Where settings live."""

    current: Settings

    def change(self, settings: Settings) -> None: ...


class Preferences(QObject):
    """Lives in the GUI thread.

    Signals:
        changed(Settings): others hold from now on.
    """

    changed = Signal(object)

    def __init__(
        self,
        store: KeepsSettings,
        theme: Theme,
        language: Language,
        keys: Keys,
        tasks: TaskRunner,
        notifier: Notifier,
    ) -> None:
        super().__init__(theme)
        self._store, self._theme, self._language, self._keys = store, theme, language, keys
        self._tasks, self._notifier = tasks, notifier
        self._settings = store.current
        keys.set_overrides(dict(self._settings.keys))

    @property
    def settings(self) -> Settings:
        """What holds now, on the screen at least."""
        return self._settings

    def change(self, then: Callable[[], object] | None = None, **changes: Any) -> None:
        """Apply ``changes`` (fields of Settings) to the screen, then save; ``then`` is called when they are saved.
        When they cannot be saved a banner says so and they hold until the program ends."""
        before = self._settings
        self._settings = replace(before, **changes)
        if self._settings == before:
            return
        self._apply(before)
        self.changed.emit(self._settings)
        saved = then or _nothing
        save = partial(self._store.change, self._settings)
        self._tasks.run(DB, save, self, lambda _result: saved(), partial(self._on_error, changes))

    def _apply(self, before: Settings) -> None:
        now = self._settings
        if now.theme != before.theme:
            self._theme.set_scheme(now.theme)
        if now.language != before.language:
            self._language.use(now.language)
        if now.keys != before.keys:
            self._keys.set_overrides(dict(now.keys))

    def _on_error(self, changes: dict[str, Any], error: Exception) -> None:
        again = partial(self._save_again, changes)
        self._notifier.error(error, retry=again)

    def _save_again(self, changes: dict[str, Any]) -> None:
        save = partial(self._store.change, self._settings)
        self._tasks.run(DB, save, self, lambda _result: None, partial(self._on_error, changes))


def _nothing() -> None:
    """Nobody waits for the saving."""
