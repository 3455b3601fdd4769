"""Finding words in the name of goods: Chinese anywhere, other writings as whole words only.

Blanks and marks between Chinese characters do not hide a word (``打 火-机``); ``lighter`` is found in ``2 Lighters,
red`` but not in ``slighter``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Names of goods are short; nothing behind this is read.
_LONGEST = 2000
_TOKEN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


def _tokens(text: str) -> list[str]:
    """Words of Latin letters and digits, and runs of other letters; small, plain, with no accents and marks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text[:_LONGEST]).casefold())
    shown = "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf", "Cc"} or each.isspace())
    return _TOKEN.findall(unicodedata.normalize("NFC", shown))


def _with_gaps(tokens: Iterable[str]) -> str:
    """The tokens with a blank between two of which one is Latin; Chinese ones run together."""
    text = ""
    for token in tokens:
        gap = " " if text and (token.isascii() or text[-1].isascii()) else ""
        text += gap + token
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word to look for. ``spaced`` words (Latin) stand alone, with a plural ending or none; others anywhere."""

    text: str
    spaced: bool

    @classmethod
    def of(cls, text: str) -> "Phrase":
        tokens = _tokens(text)
        spaced = all(token.isascii() for token in tokens)
        return cls((" " if spaced else "").join(tokens), spaced)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a phrase stands; ``spaced`` tells in which of the two forms of the text."""

    start: int
    end: int
    spaced: bool

    def lies_in(self, other: "Span") -> bool:
        return self.spaced == other.spaced and other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class GoodsText:
    """The name in two forms: ``joined`` without any gap, ``spaced`` with one blank around each Latin
    word and number."""

    joined: str
    spaced: str

    @classmethod
    def of(cls, name: str) -> "GoodsText":
        tokens = _tokens(name)
        return cls("".join(tokens), f" {_with_gaps(tokens)} ")

    def spans(self, phrase: Phrase) -> Iterator[Span]:
        """Each place where the phrase stands."""
        if phrase.spaced:
            yield from self._word_spans(phrase.text)
            return
        start = self.joined.find(phrase.text)
        while start >= 0:
            yield Span(start, start + len(phrase.text), spaced=False)
            start = self.joined.find(phrase.text, start + 1)

    def _word_spans(self, word: str) -> Iterator[Span]:
        start = self.spaced.find(f" {word}")
        while start >= 0:
            end = start + 1 + len(word)
            for ending in ("", "s", "es"):
                if self.spaced.startswith(f"{ending} ", end):
                    yield Span(start + 1, end + len(ending), spaced=True)
            start = self.spaced.find(f" {word}", start + 1)

    def stands_before(self, phrase: Phrase, span: Span) -> bool:
        """True when the phrase ends where the span begins."""
        if span.spaced:
            return self.spaced[: span.start].endswith(f" {phrase.text} " if phrase.spaced else f"{phrase.text} ")
        return not phrase.spaced and self.joined.endswith(phrase.text, 0, span.start)

    def stands_behind(self, phrase: Phrase, span: Span) -> bool:
        """True when the phrase begins where the span ends."""
        if span.spaced:
            return self.spaced.startswith(f" {phrase.text} " if phrase.spaced else f" {phrase.text}", span.end)
        return not phrase.spaced and self.joined.startswith(phrase.text, span.end)

    def without(self, phrases: Iterable[Phrase]) -> str:
        """What is left of the name when the phrases are taken out, the longest first."""
        rest = self.spaced
        for phrase in sorted(phrases, key=lambda each: -len(each.text)):
            if phrase.spaced:
                rest = re.sub(f"(?<= ){re.escape(phrase.text)}(?:s|es)?(?= )", "", rest)
            else:
                rest = rest.replace(phrase.text, "")
        return rest


_COUNTS = re.compile("[0-9一二三四五六七八九十百千两几半]+ ?[个件箱包盒袋套双只条瓶批台部本张块份]|[0-9]+")


def without_counts(text: str) -> str:
    """``text`` with no digits and no Chinese counts (``三件``); 三七 alone is a herb and stays."""
    return _COUNTS.sub("", text)
