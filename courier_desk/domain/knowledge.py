"""The knowledge base (知识库) of headquarters: rules, cases, terms, each with owner and review date (mission A7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courier_desk.base.translation import message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.local_text import LocalText

_LONGEST = 20_000


class ArticleKind(StrEnum):
    """What sort of article it is."""

    RULE = "rule"
    CASE = "case"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``words`` are what people look for it by; ``owner`` looks it over by ``review_on``."""

    key: str
    kind: ArticleKind
    title: LocalText
    text: LocalText
    words: tuple[str, ...]
    owner: str
    review_on: date


def knowledge_from(data: Mapping[str, object]) -> tuple[Article, ...]:
    """The articles written in ``data``. Errors: UserError that names the place of what is wrong."""
    root = Node("knowledge", data)
    root.only("kind", "version", "valid_from", "valid_until", "note", "articles")
    found: dict[str, Article] = {}
    for entry in root.child("articles").entries():
        article = _article(entry)
        if article.key in found:
            entry.fail(message("“{key}” is there twice.", key=article.key))
        found[article.key] = article
    return tuple(found.values())


def _article(entry: Node) -> Article:
    entry.only("key", "kind", "title", "text", "words", "owner", "review_on")
    words = entry.maybe("words")
    return Article(
        key=entry.child("key").text(64),
        kind=entry.child("kind").one_of(ArticleKind),
        title=entry.child("title").local_text(),
        text=entry.child("text").local_text(_LONGEST),
        words=() if words is None else tuple(word.text(64) for word in words.entries()),
        owner=entry.child("owner").text(64),
        review_on=entry.child("review_on").day(),
    )
