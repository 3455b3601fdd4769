"""The look in use now: a palette from the tokens, chosen by the system or by hand.

Colours of meaning ride in palette roles that nothing else of ours uses, so that a label in the tone ``bad`` follows a
change of theme by itself, with no style sheet and no code of its own.
"""

from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.ui.tokens import DARK, LIGHT, Tokens

SYSTEM = "system"
SCHEMES = (SYSTEM, "light", "dark")

_ROLE = QPalette.ColorRole
_TONE_ROLES = {
    "text": _ROLE.WindowText,
    "muted": _ROLE.PlaceholderText,
    "accent": _ROLE.Accent,
    "info": _ROLE.Link,
    "good": _ROLE.LinkVisited,
    "bad": _ROLE.BrightText,
    "warn": _ROLE.Shadow,
}


class _Current:
    tokens: ClassVar[Tokens] = LIGHT


def tokens() -> Tokens:
    """The set of colours in use; painters ask each time, they never keep it."""
    return _Current.tokens


def set_tone(widget: QWidget, tone: str) -> None:
    """Give the text of ``widget`` a tone (text, muted, accent, good, warn, bad, info) that follows the theme."""
    widget.setForegroundRole(_TONE_ROLES[tone])


def palette_of(tokens: Tokens) -> QPalette:
    """The palette of one set of tokens."""
    palette = QPalette()
    colours = {
        _ROLE.Window: tokens.surface,
        _ROLE.WindowText: tokens.text,
        _ROLE.Base: tokens.raised,
        _ROLE.AlternateBase: tokens.stripe,
        _ROLE.Text: tokens.text,
        _ROLE.Button: tokens.raised,
        _ROLE.ButtonText: tokens.text,
        _ROLE.Highlight: tokens.accent,
        _ROLE.HighlightedText: tokens.on_fill,
        _ROLE.ToolTipBase: tokens.raised,
        _ROLE.ToolTipText: tokens.text,
        _ROLE.Light: tokens.raised,
        _ROLE.Midlight: tokens.hover,
        _ROLE.Mid: tokens.line,
        _ROLE.Dark: tokens.edge,
        _ROLE.PlaceholderText: tokens.muted,
        _ROLE.Accent: tokens.accent,
        _ROLE.Link: tokens.info,
        _ROLE.LinkVisited: tokens.good,
        _ROLE.BrightText: tokens.bad,
        _ROLE.Shadow: tokens.warn,
    }
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette


def _palette_of_lists(palette: QPalette, tokens: Tokens) -> QPalette:
    """A chosen row is pale, so that tones in it stay readable."""
    lists = QPalette(palette)
    lists.setColor(_ROLE.Highlight, QColor(tokens.accent_soft))
    lists.setColor(_ROLE.HighlightedText, QColor(tokens.text))
    return lists


class Theme(QObject):
    """Sets the palette of the whole program. Lives in the GUI thread. ``changed`` follows every change."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = SYSTEM
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def scheme(self) -> str:
        """What was chosen: system, light or dark."""
        return self._scheme

    def set_scheme(self, scheme: str) -> None:
        """Choose ``scheme`` (one of SCHEMES) and show it at once."""
        self._scheme = scheme
        dark = self._system_is_dark() if scheme == SYSTEM else scheme == "dark"
        _Current.tokens = DARK if dark else LIGHT
        palette = palette_of(_Current.tokens)
        self._app.setPalette(palette)
        # The binding takes a str here, whatever its stubs say.
        self._app.setPalette(_palette_of_lists(palette, _Current.tokens), "QAbstractItemView")  # type: ignore[arg-type]
        self.changed.emit()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme == SYSTEM:
            self.set_scheme(SYSTEM)

    def _system_is_dark(self) -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
