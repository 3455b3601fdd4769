"""Printers in the settings: added, changed, taken away, and where their paper goes then. Pure rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from courier_desk.base.settings import PrinterSetting, Settings
from courier_desk.domain.paper import PaperKind
from courier_desk.ui.figures import BUILT_IN_PRINTER


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer as its dialog left it: ``was`` is its name before (empty for a new one), ``papers`` what it prints."""

    setting: PrinterSetting
    was: str
    papers: frozenset[str]
    spare: bool


def papers_of(settings: Settings, name: str) -> frozenset[str]:
    """The kinds of paper that go to this printer now."""
    return frozenset(kind.value for kind in PaperKind if (settings.printer_for(kind.value) or BUILT_IN_PRINTER) == name)


def with_printer(settings: Settings, choice: PrinterChoice) -> Settings:
    """The settings with a new or changed printer; paper that it gives up goes to the first other one."""
    name, was = choice.setting.name, choice.was
    if any(printer.name == was for printer in settings.printers):
        printers = tuple(choice.setting if each.name == was else each for each in settings.printers)
    else:
        printers = (*settings.printers, choice.setting)
    other = next((each.name for each in printers if each.name != name), name)
    routes = {kind.value: settings.printer_for(kind.value) for kind in PaperKind}
    for kind, now in routes.items():
        if kind in choice.papers:
            routes[kind] = name
        elif now in (was, name, ""):
            routes[kind] = other
    spare = settings.spare_printer
    if choice.spare:
        spare = name
    elif spare in (was, name):
        spare = ""
    return replace(settings, printers=printers, paper_printers=tuple(routes.items()), spare_printer=spare)


def without_printer(settings: Settings, name: str) -> Settings:
    """The settings without this printer; its paper goes to the first that is left."""
    printers = tuple(each for each in settings.printers if each.name != name)
    left = printers[0].name if printers else ""
    routes = {kind.value: settings.printer_for(kind.value) for kind in PaperKind}
    kept = tuple((kind, left if now == name else now) for kind, now in routes.items()) if left else ()
    spare = "" if settings.spare_printer == name else settings.spare_printer
    return replace(settings, printers=printers, paper_printers=kept, spare_printer=spare)


def moves(before: Settings, after: Settings, renamed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Whose waiting paper has to go where, since no printer of the old name is left."""
    gone = _names(before) - _names(after)
    target = after.printer_for(PaperKind.LABEL.value) or BUILT_IN_PRINTER
    return tuple((name, renamed.get(name, target)) for name in sorted(gone))


def _names(settings: Settings) -> set[str]:
    return {printer.name for printer in settings.printers} or {BUILT_IN_PRINTER}


def taken_names(settings: Settings, but: str) -> Collection[str]:
    """Names that another printer has."""
    return {printer.name.casefold() for printer in settings.printers if printer.name != but} | {BUILT_IN_PRINTER}
