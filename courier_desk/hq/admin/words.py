"""Texts in the language of the person who asks: each request has its own, unlike at a desk."""

import gettext
import json
from datetime import datetime
from functools import cache

from starlette_admin import i18n

from courier_desk.base.paths import asset
from courier_desk.base.translation import CHINESE, Message
from courier_desk.domain.local_text import LocalText

CHINESE_HERE, ENGLISH_HERE = "zh", "en"
LANGUAGES = [CHINESE_HERE, ENGLISH_HERE]


@cache
def bring_catalogue() -> None:
    """Let the toolkit ask our Chinese for what it does not know itself, once in the life of the process."""
    with (asset("locale") / CHINESE / "LC_MESSAGES" / "courier_desk.mo").open("rb") as file:
        i18n.translations[CHINESE_HERE].add_fallback(gettext.GNUTranslations(file))


def in_chinese() -> bool:
    """True when the person reads Chinese."""
    return i18n.get_locale() == CHINESE_HERE


def say(value: object) -> str:
    """``value`` as the person reads it: a Message, a name in both languages, or anything else as text."""
    if isinstance(value, Message):
        return i18n.gettext(value.text).format(**{name: say(inner) for name, inner in value.values.items()})
    if isinstance(value, LocalText):
        return value.zh if in_chinese() else value.en
    return str(value)


def named(name: object) -> str:
    """A name that is kept as ``{"zh": ..., "en": ...}``, in the person's language."""
    if not isinstance(name, dict):
        return str(name or "")
    first, second = ("zh", "en") if in_chinese() else ("en", "zh")
    return str(name.get(first) or name.get(second) or "")


def pretty(value: object) -> str:
    """Something structured, to be read by people who know what it is."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def moment_text(moment: datetime | None) -> str:
    """A time as the lists show it, in the zone of the pages."""
    return "" if moment is None else moment.astimezone(i18n.get_tzinfo()).strftime("%Y-%m-%d %H:%M:%S")
