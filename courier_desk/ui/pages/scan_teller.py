"""Says the result of a scan: in the large panel, by its sound, with its next step; and again in another language."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from courier_desk.base.translation import _
from courier_desk.domain.scan import Outcome
from courier_desk.services.scans import ScanResult
from courier_desk.ui.figures import number_text
from courier_desk.ui.floor_words import Said, result_said
from courier_desk.ui.pages.scan_line import ScanEntry
from courier_desk.ui.pages.scan_next import NextAct
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.panels import ResultPanel


class ResultTeller:
    """``hint`` may add one detail to a result."""

    def __init__(
        self, ctx: UiContext, panel: ResultPanel, next_act: NextAct, hint: Callable[[ScanResult], str] | None = None
    ) -> None:
        self._ctx, self._panel, self._next, self._hint = ctx, panel, next_act, hint
        self._zone = ZoneInfo(ctx.services.station.zone)
        self.shown: ScanEntry | None = None

    def say(self, said: Said) -> None:
        """Something that is no result of a scan."""
        self.shown = None
        self._next.clear()
        self._show(said)

    def refuse(self, said: Said) -> None:
        """Likewise, aloud: a scan led to nothing."""
        self._ctx.sounds.play(Outcome.UNREADABLE)
        self.say(said)

    def held(self, count: int) -> None:
        """So many scans could not be saved."""
        if count:
            text = _("They are kept here in their order. Try again when the fault is mended.")
            self.refuse(Said("bad", _("Not saved"), _("{n} scans wait").format(n=count), next_step=text))

    def answer(self, entry: ScanEntry) -> None:
        """What became of a scan."""
        self._ctx.sounds.play(entry.result.outcome if entry.result else Outcome.UNREADABLE)
        self.shown = entry
        self._next.offer(entry)
        self._show(self._said(entry))

    def again(self, waiting: Said) -> None:
        """In the language in use now; ``waiting`` when there is no result."""
        self._show(self._said(self.shown) if self.shown else waiting)

    def _said(self, entry: ScanEntry) -> Said:
        if entry.result is None:
            return Said("bad", _("Not kept"), number_text(entry.code.text)[:60], str(entry.problem or ""))
        said = result_said(entry.result, entry.code, entry.operation, self._zone, self._ctx.app.clock.now())
        hint = self._hint(entry.result) if self._hint else ""
        return replace(said, detail=hint) if hint else said

    def _show(self, said: Said) -> None:
        self._panel.show_result(
            said.tone,
            said.word,
            number=said.number,
            detail=said.detail,
            place=said.place,
            place_name=said.place_name,
            next_step=said.next_step,
        )
