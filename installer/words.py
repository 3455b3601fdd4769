"""Collect every text for people from the code, the forms and headquarters' pages, and join their Chinese.

English source texts stand in the code: ``_("...")``, ``N_("...")``, ``message("...")``, ``plural("one", "many", n)``;
in the templates of pages ``_("...")``.
Chinese comes from two places: the catalogue as it is, and the files resources/locale/parts/*.po, where whoever writes a
text puts its translation; a part wins over the catalogue. The result (courier_desk.po and .mo) depends on nothing but
these files and is written atomically, so that several people may run this at the same time.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import string
import struct
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from tokenize import TokenError
from typing import Any, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, PoFileParser, write_po
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_CN"
# Which arguments are texts. ``_`` has a second one, which the form compiler passes and which says nothing to us.
KEYWORDS: Mapping[str, tuple[int, ...]] = {
    "_": (1,),
    "N_": (1,),
    "message": (1,),
    "in_language": (1,),
    "plural": (1, 2),
}
_HEADER = """# Chinese for Courier Desk. Made by installer/words.py from the code and from resources/locale/parts.
msgid ""
msgstr ""
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_MO_HEADER = "Language: zh_CN\nContent-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=1; plural=0;\n"

MsgId = str | tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The files this works on; tests bring their own."""

    root: Path = ROOT

    @property
    def code(self) -> Path:
        return self.root / "courier_desk"

    @property
    def parts(self) -> Path:
        return self.root / "resources" / "locale" / "parts"

    @property
    def catalogue(self) -> Path:
        return self.root / "resources" / "locale" / LANGUAGE / "LC_MESSAGES" / "courier_desk.po"

    @property
    def compiled(self) -> Path:
        return self.catalogue.with_suffix(".mo")


@dataclass
class Words:
    """What was found: each text with the files it stands in, its Chinese, and what is wrong."""

    places: dict[MsgId, set[str]] = field(default_factory=dict)
    chinese: dict[MsgId, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    unsettled: bool = False


class _Recorder(Catalog):
    """A catalogue that remembers every entry it was given: Babel keeps only one of two with the same text."""

    def __init__(self) -> None:
        self.entries: list[Message] = []
        super().__init__(locale=LANGUAGE)

    def __setitem__(self, key: Any, value: Message) -> None:
        if value.id:
            self.entries.append(value)
        super().__setitem__(key, value)


def collect(places: Places) -> Words:
    """All texts of the code, with the Chinese known for them."""
    words = Words()
    for path in sorted(places.code.rglob("*.py")):
        _collect_file(path, path.relative_to(places.root).as_posix(), words)
    for path in sorted(places.code.rglob("*.html")):
        _collect_template(path, path.relative_to(places.root).as_posix(), words)
    known: dict[MsgId, str] = dict(_entries(places.catalogue, words)) if places.catalogue.exists() else {}
    known.update(_parts(places, words))
    for msgid in words.places:
        if known.get(msgid):
            words.chinese[msgid] = known[msgid]
        else:
            words.problems.append(f"{min(words.places[msgid])}: no Chinese for {_shown(msgid)}")
    words.problems += [problem for msgid, text in words.chinese.items() for problem in _differences(msgid, text)]
    return words


def _collect_file(path: Path, name: str, words: Words) -> None:
    source = path.read_bytes()
    try:
        # Babel speaks of empty texts on the error channel; ``any`` below leaves them out.
        with contextlib.redirect_stderr(StringIO()):
            found = list(extract("python", BytesIO(source), dict(KEYWORDS)))
        tree = ast.parse(source)
    except (SyntaxError, TokenError) as error:
        words.problems.append(f"{name}: cannot be read: {error}")
        return
    for _line, text, _comments, _context in found:
        if any(text):
            words.places.setdefault(text, set()).add(name)
    words.problems += [f"{name}:{line}: {reason}" for line, reason in _lost_texts(tree)]


def _collect_template(path: Path, name: str, words: Words) -> None:
    try:
        with path.open("rb") as file:
            found = list(babel_extract(file, ("_",), [], {"silent": "false"}))
    except TemplateSyntaxError as error:
        words.problems.append(f"{name}: cannot be read: {error}")
        return
    for _line, _function, text, _comments in found:
        if isinstance(text, str) and text:
            words.places.setdefault(text, set()).add(name)


def _lost_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls whose text the catalogue cannot know, because it is put together at run time."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        name = node.func.id
        for argument in node.args[: len(KEYWORDS.get(name, ()))]:
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            built = isinstance(argument, (ast.JoinedStr, ast.BinOp, ast.Call, ast.IfExp))
            if built or (name in {"N_", "message", "plural"} and not literal):
                yield node.lineno, f"the text of {name}() is not one plain string"


def _entries(path: Path, words: Words) -> list[tuple[MsgId, str]]:
    """The entries of a .po file in order, those without a translation left out."""
    recorder = _Recorder()
    try:
        with path.open("rb") as file:
            PoFileParser(recorder, ignore_obsolete=True, abort_invalid=True).parse(file)
    except (PoFileError, UnicodeDecodeError) as error:
        words.problems.append(f"{path.name}: cannot be read: {error}")
        words.unsettled = True
        return []
    found = []
    for entry in recorder.entries:
        text = entry.string[0] if isinstance(entry.string, (tuple, list)) else entry.string
        if text:
            found.append((cast("MsgId", entry.id), text))
    return found


def _parts(places: Places, words: Words) -> dict[MsgId, str]:
    """What the parts say. The first one holds where two differ, and that is a problem to mend."""
    known: dict[MsgId, str] = {}
    source: dict[MsgId, str] = {}
    for path in sorted(places.parts.glob("*.po")):
        for msgid, text in _entries(path, words):
            if known.setdefault(msgid, text) != text:
                words.unsettled = True
                words.problems.append(
                    f"{_shown(msgid)} is {known[msgid]!r} in {source[msgid]} but {text!r} in {path.name}"
                )
            source.setdefault(msgid, path.name)
            if msgid not in words.places and source[msgid] == path.name:
                words.obsolete.append(f"{path.name}: {_shown(msgid)} stands nowhere in the code")
    return known


def _differences(msgid: MsgId, chinese: str) -> Iterator[str]:
    """Values named in the English but not in the Chinese, or the other way; the last English form counts."""
    english = msgid if isinstance(msgid, str) else msgid[-1]
    wanted, given = _fields(english), _fields(chinese)
    if wanted is None and given is None:
        return
    if wanted != given:
        yield f"{_shown(msgid)}: values differ: {_listed(wanted)} in English, {_listed(given)} in {chinese!r}"


def _fields(text: str) -> frozenset[str] | None:
    """The values a text is filled with; None for one with stray braces, which is never filled."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _listed(fields: frozenset[str] | None) -> str:
    return "braces that do not close" if fields is None else ", ".join(sorted(fields)) or "none"


def _shown(msgid: MsgId) -> str:
    return repr(msgid if isinstance(msgid, str) else msgid[0])


def catalogue_text(words: Words) -> str:
    """The .po file: sorted, without line numbers and dates, so that it changes only when a text does."""
    catalogue = Catalog(locale=LANGUAGE)
    for msgid, names in words.places.items():
        text = words.chinese.get(msgid, "")
        where = [(name, 0) for name in sorted(names)]
        catalogue.add(msgid, text if isinstance(msgid, str) else (text,), locations=where)
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER + buffer.getvalue().decode()


def compiled_bytes(words: Words) -> bytes:
    """The .mo file as the gettext manual describes it, entries sorted, no hash table."""
    pairs = {b"": _MO_HEADER.encode()}
    for msgid, text in words.chinese.items():
        pairs[(msgid if isinstance(msgid, str) else "\0".join(msgid)).encode()] = text.encode()
    keys = sorted(pairs)
    table = 7 * 4
    offset = table + len(keys) * 16
    originals, translations, data = b"", b"", b""
    for key in keys:
        originals += struct.pack("<II", len(key), offset + len(data))
        data += key + b"\0"
    for key in keys:
        translations += struct.pack("<II", len(pairs[key]), offset + len(data))
        data += pairs[key] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), table, table + len(keys) * 8, 0, offset)
    return head + originals + translations + data


def outdated(places: Places, words: Words) -> dict[Path, bytes]:
    """The files that differ from what the code and the parts give, with what they should hold."""
    wanted = {places.catalogue: catalogue_text(words).encode(), places.compiled: compiled_bytes(words)}
    return {path: data for path, data in wanted.items() if not path.exists() or path.read_bytes() != data}


def update(places: Places, words: Words) -> list[Path]:
    """Write what is out of date; a reader sees the old or the new file, never half of one."""
    changed = outdated(places, words)
    for path, data in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
            file.write(data)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    return sorted(changed)


def fold(places: Places, words: Words) -> None:
    """Remove the parts, whose texts the catalogue holds now; not while one cannot be read or two disagree."""
    if words.unsettled:
        return
    for path in sorted(places.parts.glob("*.po")):
        path.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Exit status 1 when something is left for a person to do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    parser.add_argument("--fold", action="store_true", help="remove the parts once the catalogue holds them")
    options = parser.parse_args(arguments)
    places = Places()
    words = collect(places)
    lines = list(words.problems)
    if options.check:
        lines += [f"{path.relative_to(places.root)} is out of date" for path in sorted(outdated(places, words))]
    else:
        written = update(places, words)
        sys.stdout.write("".join(f"{path.relative_to(places.root)} written\n" for path in written))
    if options.fold and not options.check:
        fold(places, words)
    sys.stdout.write("".join(f"{line}\n" for line in lines + words.obsolete))
    sys.stdout.write(f"{len(words.places)} texts, {len(words.chinese)} in Chinese, {len(lines)} problems, ")
    sys.stdout.write(f"{len(words.obsolete)} no longer used\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
