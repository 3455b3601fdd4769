"""Paper for the screen: previews of what is in the queue, trials of a printer that is being set up.

What is heavy or waits for a printer comes back as a function of plain data, for the work lane.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.settings import PrinterSetting
from courier_desk.base.translation import N_, in_language, message
from courier_desk.domain.paper import LabelParty, StationKind, WaybillLabel
from courier_desk.printing.backends import backend_for, paper_picture, render
from courier_desk.printing.printers import PrinterBackend, PrinterKind, PrinterLanguage, PrinterSpec, Sent
from courier_desk.printing.queue_printer import system_queues
from courier_desk.printing.tcp_printer import Patience, TcpPrinter, parse_address
from courier_desk.services.papers import PaperService
from courier_desk.services.printing_ports import Paper

PREVIEW_DPI = 130
TRIAL_NUMBER = "TEST0000000000"
# Somebody stands there and looks: no quarter of an hour for a new roll.
_TRIAL_PATIENCE = Patience(stall_s=10.0, print_s=12.0, repair_s=12.0)


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of a paper as PNG, and how many pages it has."""

    png: bytes
    pages: int


def paper_preview(paper: Paper, spec: PrinterSpec, page: int) -> Preview:
    """The paper as this printer would print it. Errors: UserError for a paper that it cannot print."""
    # In the child process only: the one with the window does not carry the drawing libraries.
    from courier_desk.printing.preview import page_count, picture_png, preview_png  # noqa: PLC0415

    if spec.language is not PrinterLanguage.PDF:
        return Preview(picture_png(paper_picture(paper, spec)), 1)
    pdf = render(paper, spec)
    return Preview(preview_png(pdf, page, PREVIEW_DPI), page_count(pdf))


def print_trial(spec: PrinterSpec, label: WaybillLabel) -> Sent:
    """Print one label that belongs to no parcel. Errors: EnvironmentFault with what is in the way."""
    backend: PrinterBackend = backend_for(spec)
    if spec.kind is PrinterKind.TCP:
        backend = TcpPrinter(spec, _TRIAL_PATIENCE)
    return backend.send(render(label, spec), TRIAL_NUMBER)


class DeskPaper:
    """``printers`` gives the printers in use, ``spec_of`` a printer that is being set up."""

    def __init__(
        self,
        papers: PaperService,
        printers: Callable[[], Sequence[PrinterSpec]],
        spec_of: Callable[[PrinterSetting], PrinterSpec],
    ) -> None:
        self._papers, self._printers, self._spec_of = papers, printers, spec_of

    def preview(self, job_id: str, page: int = 0) -> Callable[[], Preview]:
        """On the db lane: what draws a paper of the queue, for the work lane. Errors: UserError when it is gone."""
        job, paper = self._papers.of_job(job_id)
        known = {spec.name: spec for spec in self._printers()}
        spec = known.get(job.printer) or next(iter(known.values()))
        return partial(paper_preview, paper, spec, page)

    def trial(self, setting: PrinterSetting) -> Callable[[], Sent]:
        """What prints a test label on this printer, for the work lane. Errors: as ``check``."""
        self.check(setting)
        spec = self._spec_of(setting)
        return partial(print_trial, spec, _trial_label(spec.paper_language))

    def check(self, setting: PrinterSetting) -> None:
        """Errors: UserError beside the field that cannot be right."""
        if not setting.address.strip():
            raise UserError(message("Say where the printer is."), field="address")
        if setting.kind == PrinterKind.TCP:
            try:
                parse_address(setting.address)
            except EnvironmentFault as fault:
                raise UserError(fault.message, field="address") from fault

    @property
    def queues(self) -> Callable[[], tuple[str, ...]]:
        """What names the print queues of this machine, for the work lane."""
        return system_queues


def _trial_label(language: str) -> WaybillLabel:
    def say(text: str) -> str:
        return in_language(text, language)

    word = say(N_("Test print"))
    party = LabelParty(word, "0000", say(N_("No parcel belongs to this label; throw it away.")))
    return WaybillLabel(
        number=TRIAL_NUMBER, waybill=TRIAL_NUMBER, piece=1, pieces=1, company="Courier Desk", hotline="",
        station_kind=StationKind.LIVE, service=word, routing_code="000-000-000", package_centre=word, recipient=party,
        sender=party, goods=word, weight="", payment="", cod="", declared="", marks=(), inspected="", clerk="",
        printed_at="", reprint=word,
    )  # fmt: skip
