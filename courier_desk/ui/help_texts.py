"""The chapters of the help: Markdown files of the product, in both languages; keys in them are those in use now."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from courier_desk.base.paths import asset
from courier_desk.base.translation import CHINESE, Message, language
from courier_desk.ui.keys import EVERYWHERE, Keys
from courier_desk.ui.page_registry import PAGES

# In the order of the contents; each is a file in resources/help/zh and resources/help/en.
CHAPTERS = (
    "first_day",
    "log_in",
    "order",
    "inspection",
    "printing",
    "scanning",
    "bags",
    "handover",
    "finding",
    "headquarters",
    "settings",
    "keys",
    "trouble",
    "technician",
)
FIRST = CHAPTERS[0]

_OF_PAGES = {
    "home": "first_day",
    "order": "order",
    "find": "finding",
    "parcel": "finding",
    "scan": "scanning",
    "bags": "bags",
    "handover": "handover",
    "handover_list": "handover",
    "print_queue": "printing",
    "sync": "headquarters",
    "settings": "settings",
    "keys": "keys",
    "help": "first_day",
}
# ``{key:order.weigh}`` in a text stands for the key of that act, ``{table:keys}`` for the whole table of keys.
_KEY = re.compile(r"\{key:([a-z_.]+)\}")
_TABLE = "{table:keys}"
_NO_KEY = "–"


@dataclass(frozen=True, slots=True)
class Chapter:
    """``text`` is Markdown, as it stands in the file."""

    id: str
    title: str
    text: str

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts whose keys are named."""
        return tuple(_KEY.findall(self.text))

    def shown(self, keys: Keys) -> str:
        """The text with the keys in use."""
        text = self.text.replace(_TABLE, _table_of(keys)) if _TABLE in self.text else self.text
        return _KEY.sub(_naming(keys), text)

    def holds(self, wanted: str) -> bool:
        """True when the chapter has every word of ``wanted`` somewhere, in whatever case."""
        text = _KEY.sub("", self.text).casefold()
        return all(word in text for word in wanted.casefold().split())


def chapter_of(page: str) -> str:
    """The chapter that explains a page; the first one for a page that has none."""
    return _OF_PAGES.get(page, FIRST)


def has_chapter(page: str) -> bool:
    """True when a chapter was written for this page."""
    return page in _OF_PAGES


def chapters() -> tuple[Chapter, ...]:
    """All chapters in the language in use."""
    return read("zh" if language() == CHINESE else "en")


@cache
def read(folder: str) -> tuple[Chapter, ...]:
    """All chapters of one folder of resources/help. Errors: OSError when a file is missing."""
    found = []
    for name in CHAPTERS:
        text = (asset("help") / folder / f"{name}.md").read_text(encoding="utf-8")
        found.append(Chapter(name, text.split("\n", 1)[0].removeprefix("# ").strip(), text))
    return tuple(found)


def _naming(keys: Keys) -> Callable[[re.Match[str]], str]:
    def name(found: re.Match[str]) -> str:
        return f"`{keys.text(found[1]) or _NO_KEY}`"

    return name


def _table_of(keys: Keys) -> str:
    """The acts that have a key, those of the window first, then page by page."""
    titles: dict[str, Message] = {spec.key: spec.title for spec in PAGES}
    lines = []
    for scope in (EVERYWHERE, *titles):
        rows = [(keys.text(act.id), str(act.label)) for act in keys.acts if act.scope == scope and keys.text(act.id)]
        if rows and scope != EVERYWHERE:
            lines.append(f"\n### {titles[scope]}\n")
        lines += [f"- `{key}` {label}" for key, label in rows]
    return "\n".join(lines)
