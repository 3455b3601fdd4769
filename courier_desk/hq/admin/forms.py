"""Forms as data: the fields of a page, what was typed into them, and what is wrong with it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from starlette.datastructures import FormData, UploadFile

from courier_desk.base.translation import Message, message

Kind = Literal["text", "area", "document", "select", "date", "password", "file", "check", "hidden"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``choices``: value and label of each; ``longest`` counts characters."""

    name: str
    label: str
    kind: Kind = "text"
    needed: bool = True
    choices: Sequence[tuple[str, str]] = ()
    note: str = ""
    longest: int = 200


@dataclass(slots=True)
class Filled:
    """What was typed; ``errors`` by the name of the field ("" for the whole form). ``uploads``: files not read yet."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, UploadFile] = field(default_factory=dict)
    errors: dict[str, Message] = field(default_factory=dict)

    def day(self, name: str) -> date | None:
        """The day typed there; None for an empty or faulty one, which is noted."""
        text = self.values.get(name, "")
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.errors[name] = message("A date such as 2026-01-31 is expected.")
            return None


def fill(form: FormData, fields: Sequence[Field]) -> Filled:
    """What the form holds, tidied and checked as far as the fields tell."""
    filled = Filled()
    for each in fields:
        raw = form.get(each.name)
        if each.kind == "file":
            if isinstance(raw, UploadFile) and raw.filename:
                filled.uploads[each.name] = raw
            elif each.needed:
                filled.errors[each.name] = message("Choose a file.")
            continue
        text = _tidy(raw if isinstance(raw, str) else "", each)
        filled.values[each.name] = text
        fault = _fault(text, each)
        if fault is not None:
            filled.errors[each.name] = fault
    return filled


def _tidy(text: str, wanted: Field) -> str:
    if wanted.kind in {"password", "document"}:
        return text
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})


def _fault(text: str, wanted: Field) -> Message | None:
    if wanted.needed and not text and wanted.kind != "check":
        return message("This is needed.")
    if len(text) > wanted.longest:
        return message("At most {n} characters.", n=wanted.longest)
    if wanted.kind == "select" and text and text not in {value for value, _ in wanted.choices}:
        return message("Choose one of the list.")
    return None


def both(filled: Mapping[str, str], name: str) -> dict[str, str]:
    """A name in both languages, from the fields ``<name>_zh`` and ``<name>_en``."""
    return {"zh": filled[f"{name}_zh"], "en": filled[f"{name}_en"]}
