"""The papers of the queue as a table, and the printers as cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from courier_desk.base.settings import PrinterSetting, Settings
from courier_desk.base.translation import N_, _, message, plural
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.print_job import PrintState
from courier_desk.domain.words import PAPER_WORDS
from courier_desk.services.rows import PrintJobRow
from courier_desk.ui.figures import BUILT_IN_PRINTER, moment, number_text, printer_title
from courier_desk.ui.status_signs import print_sign, print_word
from courier_desk.ui.table_model import Column
from courier_desk.ui.widgets.printer_strip import PrinterFace

RUNNING, STOPPED, HELD = "running", "stopped", "held"
_STATES: Mapping[str, tuple[str, str, str]] = {
    RUNNING: (N_("Running"), "good", "check-circle"),
    STOPPED: (N_("Stopped"), "warn", "pause-circle"),
    HELD: (N_("Held up"), "bad", "warning-circle"),
}
_SHORT: Mapping[PaperKind, str] = {
    PaperKind.LABEL: N_("labels"),
    PaperKind.BAG_TAG: N_("bag tags"),
    PaperKind.HANDOVER_LIST: N_("handover lists"),
}
UNFINISHED = frozenset({PrintState.WAITING, PrintState.SENDING, PrintState.FAILED, PrintState.UNKNOWN})


@dataclass(slots=True)
class QueueWords:
    """What the cells need beside the row."""

    zone: ZoneInfo
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the queue of one printer stands: running, stopped or held; ``why`` in words."""

    state: str = RUNNING
    why: str = ""


def paper_word(kind: str) -> str:
    """The name of a kind of paper."""
    return _(PAPER_WORDS[PaperKind(kind)])


def job_columns(words: QueueWords) -> tuple[Column, ...]:
    """The columns of the queue."""
    return (
        Column(
            "state",
            message("State"),
            lambda row: print_word(row.state, short=True),
            116,
            tone=lambda row: print_sign(row.state)[0],
            icon=lambda row: print_sign(row.state)[1],
        ),
        Column("number", message("Number"), lambda row: number_text(row.title), 190),
        Column("paper", message("Paper"), lambda row: paper_word(row.kind), 104),
        Column("printer", message("Printer"), lambda row: printer_title(row.printer), 130),
        Column("remark", message("Remark"), lambda row: row.error or copy_text(row), 180, tone=_error_tone),
        Column("asked", message("Asked for"), lambda row: moment(row.created_at, words.zone), 126),
        Column("person", message("Person"), lambda row: words.people.get(row.operator, ""), 80),
    )


def _error_tone(row: PrintJobRow) -> str:
    return print_sign(row.state)[0] if row.error else ""


def copy_text(row: PrintJobRow) -> str:
    """Which copy it is, and why it was asked for."""
    if not row.copy and not row.reason:
        return ""
    count = _("Copy {n}").format(n=row.copy) if row.copy else ""
    return ": ".join(part for part in (count, _(row.reason)) if part)


def printers_of(settings: Settings, folder: str) -> tuple[PrinterSetting, ...]:
    """The printers of the desk; where there is none, the folder that takes its place."""
    built_in = PrinterSetting(BUILT_IN_PRINTER, "folder", folder, "pdf", settings.label_dpi, settings.label_size)
    return settings.printers or (built_in,)


def faces(
    printers: Sequence[PrinterSetting],
    settings: Settings,
    standings: Mapping[str, Standing],
    waiting: Mapping[str, int],
) -> list[PrinterFace]:
    """The cards of the printers."""
    return [_face(printer.name, settings, standings, waiting) for printer in printers]


def _face(name: str, settings: Settings, standings: Mapping[str, Standing], waiting: Mapping[str, int]) -> PrinterFace:
    standing = standings.get(name, Standing())
    word, tone, sign = _STATES[standing.state]
    kinds = [_(word) for kind, word in _SHORT.items() if (settings.printer_for(kind.value) or BUILT_IN_PRINTER) == name]
    papers = _("Takes {papers}").format(papers=_(", ").join(kinds)) if kinds else _("Takes nothing now")
    if name == settings.spare_printer:
        papers = _("Spare printer") + ("  ·  " + papers if kinds else "")
    count = waiting.get(name, 0)
    left = plural("{n} paper is not out", "{n} papers are not out", count) if count else _("Nothing waits")
    return PrinterFace(name, printer_title(name), _(word), tone, sign, papers, standing.why, left)
