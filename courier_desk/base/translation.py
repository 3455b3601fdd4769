"""Words in the language of the person: one gettext catalogue for code and forms.

Source texts are English. ``_`` translates at once; ``message`` keeps a text and its values until somebody reads it, so
that rules of the trade can speak without knowing the language.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field

from courier_desk.base.paths import asset

ENGLISH = "en"
CHINESE = "zh_CN"
LANGUAGES = (CHINESE, ENGLISH)

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = ENGLISH


def set_language(language: str) -> None:
    """Switch every later translation to ``language`` (one of LANGUAGES)."""
    global _catalogue, _language
    _language = language
    if language == ENGLISH:
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation("courier_desk", str(asset("locale")), [language])


def language() -> str:
    """The language in use now."""
    return _language


def _(text: str, disambiguation: str | None = None) -> str:
    """``text`` in the language in use; the second parameter is what Qt's form compiler passes."""
    return _catalogue.gettext(text) if text else ""


def N_(text: str) -> str:
    """Marks ``text`` for the catalogue; it is translated later, where it is shown."""
    return text


def plural(one: str, many: str, number: int) -> str:
    """The form for ``number`` with ``{n}`` filled in."""
    return _catalogue.ngettext(one, many, number).format(n=number)


def in_language(text: str, language: str) -> str:
    """``text`` in a language that is not the one in use (paper, second screen)."""
    if language == ENGLISH or not text:
        return text
    return gettext.translation("courier_desk", str(asset("locale")), [language]).gettext(text)


@dataclass(frozen=True, slots=True)
class Message:
    """A text for a person, kept in English with its values until it is shown."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.text).format(**{key: str(value) for key, value in self.values.items()})


def message(text: str, /, **values: object) -> Message:
    """A Message; Babel collects the first argument of every call by this name."""
    return Message(text, values)
