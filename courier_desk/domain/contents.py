"""Whether what is declared may be sent: the lists of forbidden and restricted articles, and vague words.

The list is reference data (domain.md 3.3): categories by key, words in Chinese and English, exceptions for words that
only sound alike (``火柴人``, ``象牙白``). It helps the clerk who opens the parcel and looks; it does not replace him.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.base.translation import Message, message
from courier_desk.domain.data_reader import Node
from courier_desk.domain.goods_text import GoodsText, Phrase, Span, without_counts
from courier_desk.domain.local_text import LocalText

VAGUE_KEY = "vague"


class Verdict(StrEnum):
    """FORBIDDEN: refuse. RESTRICTED: only on its condition. VAGUE: ask what it is."""

    FORBIDDEN = "forbidden"
    RESTRICTED = "restricted"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class ContentFinding:
    """What is to be said of goods line ``line`` (from 0): ``word`` was found, ``rule`` tells the person."""

    line: int
    article: str
    verdict: Verdict
    word: str
    rule: Message


@dataclass(frozen=True, slots=True)
class Article:
    """A category: ``number`` is its place in the published catalogue (0 for restricted ones); ``likeness_counts`` where
    a likeness is forbidden as the thing itself (replica guns)."""

    key: str
    verdict: Verdict
    number: int
    name: LocalText
    condition: LocalText | None
    words: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    likeness_counts: bool


@dataclass(frozen=True, slots=True)
class ForbiddenList:
    """One version of the list. ``absent`` are words before an article that take it away (``无``, ``without``),
    ``likeness`` words behind it that make it a picture or shape of it; ``fillers`` say nothing beside a vague word;
    ``vague_abroad`` are too vague for a customs form only."""

    version: int
    source: LocalText
    articles: tuple[Article, ...]
    absent: tuple[Phrase, ...]
    likeness: tuple[Phrase, ...]
    vague: tuple[Phrase, ...]
    vague_abroad: tuple[Phrase, ...]
    fillers: tuple[Phrase, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "ForbiddenList":
        """The list written in ``data``. Errors: UserError that names the place of what is wrong."""
        root = Node("forbidden", data)
        seen: set[str] = set()
        return cls(
            version=root.child("version").whole(minimum=1),
            source=root.child("source").local_text(),
            articles=tuple(_article(entry, seen) for entry in root.child("articles").entries()),
            absent=_phrases(root.child("absent")),
            likeness=_phrases(root.child("likeness")),
            vague=_phrases(root.child("vague")),
            vague_abroad=_phrases(root.child("vague_abroad")),
            fillers=_phrases(root.child("fillers")),
        )


def _article(entry: Node, seen: set[str]) -> Article:
    entry.only("key", "verdict", "number", "name", "condition", "words", "exceptions", "likeness_counts")
    key = entry.child("key").text()
    if key in seen:
        entry.child("key").fail(message("“{key}” is there twice.", key=key))
    seen.add(key)
    verdict = entry.child("verdict").one_of(Verdict)
    number, condition, likeness = entry.maybe("number"), entry.maybe("condition"), entry.maybe("likeness_counts")
    if verdict is Verdict.RESTRICTED:
        entry.child("condition")
    return Article(
        key=key,
        verdict=verdict,
        number=0 if number is None else number.whole(),
        name=entry.child("name").local_text(),
        condition=None if condition is None else condition.local_text(),
        words=_phrases(entry.child("words")),
        exceptions=_phrases(entry.child("exceptions")),
        likeness_counts=False if likeness is None else likeness.flag(),
    )


def _phrases(node: Node) -> tuple[Phrase, ...]:
    return tuple(_phrase(entry) for entry in node.entries())


def _phrase(entry: Node) -> Phrase:
    phrase = Phrase.of(entry.text())
    if not phrase.text:
        entry.fail(message("A word with letters is expected."))
    return phrase


def check_contents(names: Sequence[str], rules: ForbiddenList, *, abroad: bool = False) -> tuple[ContentFinding, ...]:
    """What is to be said about the goods lines, in their order, the gravest first; one finding at most for a line and
    an article. Blank lines are passed over. ``abroad`` adds the words that customs refuse as too vague."""
    findings: list[ContentFinding] = []
    for line, name in enumerate(names):
        if name.strip():
            found = [*_listed(line, name, rules), *_vague(line, name, rules, abroad)]
            findings += sorted(found, key=lambda each: list(Verdict).index(each.verdict))
    return tuple(findings)


def _listed(line: int, name: str, rules: ForbiddenList) -> Iterator[ContentFinding]:
    text = GoodsText.of(name)
    for article in rules.articles:
        word = _first_word(text, article, rules)
        if word is not None:
            yield ContentFinding(line, article.key, article.verdict, word, _rule(article, word, rules))


def _first_word(text: GoodsText, article: Article, rules: ForbiddenList) -> str | None:
    """The first word of the article that is meant in ``text``."""
    likeness = () if article.likeness_counts else rules.likeness
    lifted: list[Span] | None = None
    for phrase in article.words:
        for span in text.spans(phrase):
            if lifted is None:
                lifted = [other for exception in article.exceptions for other in text.spans(exception)]
            if any(span.lies_in(other) for other in lifted):
                continue
            if any(text.stands_before(absent, span) for absent in rules.absent):
                continue
            if not any(text.stands_behind(like, span) for like in likeness):
                return phrase.text
    return None


def _rule(article: Article, word: str, rules: ForbiddenList) -> Message:
    if article.verdict is Verdict.FORBIDDEN:
        return message(
            "“{word}” must not be sent: {article} ({source}, no. {number}).",
            word=word,
            article=article.name,
            source=rules.source,
            number=article.number,
        )
    return message(
        "“{word}” is taken only on a condition ({article}): {condition}",
        word=word,
        article=article.name,
        condition=article.condition,
    )


def _vague(line: int, name: str, rules: ForbiddenList, abroad: bool) -> Iterator[ContentFinding]:
    """A name in which nothing is left when vague words, fillers and numbers are taken out."""
    vague = (*rules.vague, *rules.vague_abroad) if abroad else rules.vague
    if without_counts(GoodsText.of(name).without((*vague, *rules.fillers))).strip():
        return
    shown = name.strip()[:30]
    rule = message("“{word}” does not say what is inside: write the article itself.", word=shown)
    yield ContentFinding(line, VAGUE_KEY, Verdict.VAGUE, shown, rule)
