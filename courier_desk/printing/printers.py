"""A printer as the desk knows it, its condition in words, and the protocol that every way to a printer follows."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import CHINESE, Message, message
from courier_desk.domain.paper import LabelSize


class PrinterKind(StrEnum):
    """How the bytes reach it."""

    FOLDER = "folder"
    TCP = "tcp"
    RAW = "raw"
    SYSTEM = "system"


class PrinterLanguage(StrEnum):
    """What it understands."""

    PDF = "pdf"
    ZPL = "zpl"
    TSPL = "tspl"


@dataclass(frozen=True, slots=True)
class PrinterSpec:
    """One printer: where it is (a folder, ``host:port``, the name of a system queue), what it understands, its dots,
    the labels that lie in it, and how the print is moved (dots) and how dark it is (None: as the printer stands).

    ``answers`` is False for a network printer that never tells its state: what it got is then called sent.
    """

    name: str
    kind: PrinterKind
    address: str
    language: PrinterLanguage = PrinterLanguage.PDF
    dpi: int = 203
    size: LabelSize = LabelSize.MM_100X150
    paper_language: str = CHINESE
    right_dots: int = 0
    down_dots: int = 0
    density: int | None = None
    answers: bool = True

    @classmethod
    def from_setting(cls, setting: PrinterSetting, paper_language: str) -> "PrinterSpec":
        """The printer as it stands in the settings; ``paper_language`` is that of the station."""
        return cls(
            name=setting.name,
            kind=PrinterKind(setting.kind),
            address=setting.address,
            language=PrinterLanguage(setting.language),
            dpi=setting.dpi,
            size=LabelSize(setting.size),
            paper_language=paper_language,
        )


class Condition(StrEnum):
    """What a printer says of itself. CANNOT_SAY: it can take paper, but nobody tells us how it fares."""

    READY = "ready"
    BUSY = "busy"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    HEAD_OPEN = "head_open"
    PAUSED = "paused"
    JAM = "jam"
    SILENT = "silent"
    GONE = "gone"
    CANNOT_SAY = "cannot_say"


_WORDS = {
    Condition.READY: message("The printer is ready."),
    Condition.BUSY: message("The printer is printing."),
    Condition.PAPER_OUT: message("The printer is out of paper: put in a new roll."),
    Condition.RIBBON_OUT: message("The printer is out of ribbon: put in a new one."),
    Condition.HEAD_OPEN: message("The printer is open: close its cover."),
    Condition.PAUSED: message("The printer is paused: press its pause key."),
    Condition.JAM: message("Paper is jammed in the printer: open it and take the paper out."),
    Condition.SILENT: message("The printer does not answer: see whether it is on, closed and has paper."),
    Condition.GONE: message("The printer cannot be reached: see whether it is on and connected."),
    Condition.CANNOT_SAY: message("This printer does not tell its state."),
}
_ABLE = frozenset({Condition.READY, Condition.BUSY, Condition.CANNOT_SAY})


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The condition of a printer, and how many labels wait in its own memory."""

    condition: Condition
    labels_waiting: int = 0

    @property
    def able(self) -> bool:
        """It would print what it is given now."""
        return self.condition in _ABLE

    @property
    def text(self) -> Message:
        """What to tell the person, with what to do."""
        return _WORDS[self.condition]


class Sent(StrEnum):
    """How far we know: the bytes were taken, or the paper came out."""

    SENT = "sent"
    PRINTED = "printed"


class SendInterrupted(EnvironmentFault):
    """Bytes had left, and nobody can say whether the paper came out: never sent again without a person."""


Report = Callable[[PrinterStatus], None]


class PrinterBackend(Protocol):
    """One way to one printer. Used by one thread at a time; ``interrupt`` may come from any thread."""

    def send(self, data: bytes, title: str, report: Report | None = None) -> Sent:
        """Give one paper to the printer; ``report`` hears of troubles while it prints. Errors: EnvironmentFault when
        nothing was sent; SendInterrupted when something was and its fate is unknown."""
        ...

    def status(self) -> PrinterStatus:
        """How the printer fares. Raises nothing; a printer that is not there is GONE."""
        ...

    def interrupt(self) -> None:
        """End a wait that is under way, for good."""
        ...
