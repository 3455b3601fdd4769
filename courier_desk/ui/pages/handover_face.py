"""What the head and the foot of a handover list say: line, cut-off, totals, the seal."""

from dataclasses import dataclass

from courier_desk.base.translation import _, plural
from courier_desk.domain.cut_off import urgency
from courier_desk.domain.manifest import Manifest, ManifestState
from courier_desk.domain.words import MANIFEST_WORDS
from courier_desk.services.floor import LineRow
from courier_desk.services.handovers import HandoverView
from courier_desk.ui.figures import kilograms, number_text
from courier_desk.ui.floor_words import LIST_TONES
from courier_desk.ui.generated.ui_handover_list_page import Ui_HandoverListPage
from courier_desk.ui.pages.handover_tables import URGENCY_SIGNS, URGENCY_TONES, expected_things, minutes_words
from courier_desk.ui.theme import set_tone
from courier_desk.ui.widgets.tally import Figure


@dataclass(frozen=True, slots=True)
class ListState:
    """What is looked up together: the list, its line this evening, whether its seal still fits."""

    view: HandoverView
    line: LineRow | None
    intact: bool

    @property
    def closed(self) -> bool:
        """True once both sides have signed."""
        return self.view.manifest.state is ManifestState.CLOSED


def show_state(ui: Ui_HandoverListPage, state: ListState | None) -> None:
    """Everything but the tables and the result of the last scan."""
    closed = state is not None and state.closed
    for button in (ui.print_button, ui.supplement_button):
        button.setVisible(closed)
    for button in (ui.close_button, ui.unload_button, ui.manual_button):
        button.setVisible(not closed)
    ui.expected_title.setText(_("Not loaded (as signed)") if closed else _("Expected"))
    ui.loaded_title.setText(_("On the list"))
    if state is None:
        return
    line = state.line
    ui.line_label.setText(f"{state.view.manifest.line}  {line.name if line else ''}")
    tone, sign = LIST_TONES[state.view.manifest.state]
    ui.state_chip.set(_(MANIFEST_WORDS[state.view.manifest.state]), tone, sign)
    ui.number_label.setText("  ·  ".join(_facts(state.view.manifest, line)))
    _show_cut_off(ui, line, closed=closed)
    _show_totals(ui, state)
    _show_digest(ui, state)


def _facts(manifest: Manifest, line: LineRow | None) -> list[str]:
    facts = [number_text(manifest.number), _("Business day {day}").format(day=manifest.business_date)]
    plate = manifest.plate or (line.plate if line else "")
    driver = manifest.driver or (line.driver if line else "")
    if plate or driver:
        facts.append(f"{plate} {driver}".strip())
    if manifest.supplement_of:
        facts.append(_("Supplement of {number}").format(number=number_text(manifest.supplement_of)))
    return facts


def _show_cut_off(ui: Ui_HandoverListPage, line: LineRow | None, *, closed: bool) -> None:
    ui.cut_off_chip.setVisible(line is not None and not closed)
    if line is not None:
        how = urgency(line.left_minutes)
        words = _("Cut-off {time}").format(time=f"{line.cut_off:%H:%M}") + "  " + minutes_words(line.left_minutes)
        ui.cut_off_chip.set(words, URGENCY_TONES[how], URGENCY_SIGNS[how])


def _show_totals(ui: Ui_HandoverListPage, state: ListState) -> None:
    waiting = expected_things(state.view)
    total, missing = state.view.totals, len(waiting)
    wanted = total.pieces + sum(thing.pieces for thing in waiting)
    share = total.pieces * 1000 // wanted if wanted else 0
    pieces = Figure(f"{total.pieces} / {wanted}", _("pieces"), "target", "accent" if missing else "good", share)
    if state.closed:
        # How many pieces the bags on the difference held is no longer known here.
        pieces = Figure(str(total.pieces), _("pieces"), "target", "accent")
    ui.totals_strip.show_figures([
        Figure(str(total.bags), _("bags"), "tote-simple", "accent"),
        Figure(str(total.loose), _("loose"), "package", "accent"),
        pieces,
        Figure(kilograms(total.weight_g), _("weight"), "scales", "text"),
        Figure(str(missing), _("not loaded"), "warning-circle", "warn" if missing else "muted"),
    ])  # fmt: skip
    unsealed = state.line.waiting.open_bags if state.line and not state.closed else 0
    notes = [plural("{n} bag not sealed", "{n} bags not sealed", unsealed)] if unsealed else []
    ui.expected_title.set_note("  ·  ".join([*notes, str(missing)]))
    ui.loaded_title.set_note(str(len(state.view.manifest.items)))


def _show_digest(ui: Ui_HandoverListPage, state: ListState) -> None:
    digest = state.view.manifest.digest
    if not digest:
        ui.digest_label.setText("")
        return
    words = _("unchanged since it was closed") if state.intact else _("CHANGED after it was closed")
    set_tone(ui.digest_label, "good" if state.intact else "bad")
    ui.digest_label.setText(_("Seal of the list {digest}").format(digest=f"{digest[:16]}…  {words}"))
    ui.digest_label.setToolTip(digest)
