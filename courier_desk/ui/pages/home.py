"""The first page: what counts today, where to begin, what was left half done, what wants to be thought of."""

from functools import partial
from zoneinfo import ZoneInfo

from courier_desk.base.changes import Change
from courier_desk.base.translation import _, plural
from courier_desk.domain.user import Action, Actor
from courier_desk.services.find import DayCounts
from courier_desk.services.rows import DraftRow
from courier_desk.ui.figures import moment_text
from courier_desk.ui.generated.ui_home_page import Ui_HomePage
from courier_desk.ui.navigation import Request
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import PAGES, PageSpec
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.suggestion_list import Suggestion
from courier_desk.ui.widgets.tiles import StartTile

_TABS = "tabs"
# Two rows at most: there is room for them in the smallest window, below messages too.
_MOST_IN_TWO_COLUMNS = 4
# Pages that are no work to begin with.
_NO_WORK = ("home", "sync", "keys", "settings", "help")


class HomePage(Page):
    """Looks again whenever it comes to the front and when something counted changed."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_HomePage()
        self.ui.setupUi(self)
        # A scroll area gives its widget a ground of its own; here the one of the page shows through.
        self.ui.scroll.viewport().setAutoFillBackground(False)
        self.ui.content.setAutoFillBackground(False)
        self.ui.drafts_empty.keep_low()
        self._zone = ZoneInfo(ctx.services.station.zone)
        self._counts: DayCounts | None = None
        self._day = ""
        self._drafts: list[DraftRow] = []
        self._tiles: list[StartTile] = []
        self._build_tiles()
        ctx.changes.listen({"order", "print_job", "draft"}, self, self._on_changed)
        ctx.keys.changed.connect(self.retranslate)
        self.ui.todo_list.chosen.connect(self._on_chosen)
        self.ui.drafts_list.chosen.connect(self._on_chosen)
        self.ui.orders_tile.clicked.connect(self._on_orders)
        self.ui.paper_tile.clicked.connect(self._on_paper)
        self.ui.unsent_tile.clicked.connect(self._on_headquarters)
        self.ui.numbers_tile.clicked.connect(self._on_headquarters)
        self.retranslate()

    def activate(self) -> None:
        self._look()
        if self._tiles:
            self._tiles[0].setFocus()

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.begin_title.setText(_("Begin"))
        self.ui.todo_title.setText(_("To be thought of"))
        self.ui.drafts_title.setText(_("Go on where you stopped"))
        hour = self.ctx.app.clock.now().astimezone(self._zone).hour
        self.ui.greeting_label.setText(
            _("{greeting}, {name}").format(greeting=_greeting(hour), name=self.ctx.actor.name)
        )
        self.ui.todo_empty.set_icon("check-circle")
        self.ui.todo_empty.set_texts(_("Nothing waits"), _("Paper, numbers and clocks that want you are shown here."))
        self.ui.drafts_empty.set_icon("note-pencil")
        self.ui.drafts_empty.set_texts(
            _("No half-filled form"), _("What you type is kept within a second; it waits here until it is confirmed.")
        )
        for tile, spec in zip(self._tiles, self._quick(), strict=True):
            tile.set_texts(str(spec.title), self.ctx.keys.text(spec.act))
        self._show()

    def _build_tiles(self) -> None:
        specs = self._quick()
        columns = 2 if len(specs) <= _MOST_IN_TWO_COLUMNS else 3
        for number, spec in enumerate(specs):
            tile = StartTile(spec.key, spec.icon, self)
            tile.clicked.connect(self._on_tile)
            self.ui.begin_grid.addWidget(tile, number // columns, number % columns)
            self._tiles.append(tile)

    def _quick(self) -> list[PageSpec]:
        return [spec for spec in PAGES if spec.listed and spec.key not in _NO_WORK and self.ctx.session.may(spec.right)]

    def _look(self) -> None:
        self.run(partial(self._count, self.ctx.actor), self._on_counted)
        if self.ctx.session.may(Action.ORDER_ACCEPT):
            self.run(partial(self.ctx.services.find.drafts, self.ctx.actor), self._on_drafts)

    def _count(self, actor: Actor) -> tuple[str, DayCounts]:
        """On the db lane."""
        day = self.ctx.app.desk.today()
        return day.isoformat(), self.ctx.services.find.counts(actor, day)

    def _on_counted(self, found: tuple[str, DayCounts]) -> None:
        self._day, self._counts = found
        self._show()

    def _on_drafts(self, rows: list[DraftRow]) -> None:
        self._drafts = [row for row in rows if row.page != _TABS]
        self._show()

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        if self.isVisible():
            self._look()

    def _show(self) -> None:
        counts = self._counts
        if self._day:
            station = self.ctx.services.station.name
            self.ui.day_note.setText(_("Business day {day}").format(day=self._day) + f"  ·  {station}")
        orders, paper, unsent, numbers = ("–",) * 4 if counts is None else _texts(counts)
        late = counts is not None and counts.unprinted > 0
        self.ui.orders_tile.show_count(orders, _("orders today"), "package")
        self.ui.paper_tile.show_count(paper, _("papers not out yet"), "printer", "warn" if late else "good")
        self.ui.unsent_tile.show_count(unsent, _("waiting for headquarters"), "cloud-arrow-up", "info")
        self.ui.numbers_tile.show_count(numbers, _("waybill numbers left"), "hash-straight", "accent")
        self._show_lists(late=late)

    def _show_lists(self, *, late: bool) -> None:
        todo = []
        if late and self._counts is not None:
            text = plural("{n} paper is not out", "{n} papers are not out", self._counts.unprinted)
            todo.append(Suggestion(text, icon="printer", value=Request("print_queue")))
        self.ui.todo_list.set_rows(todo, choose_first=False)
        self.ui.todo_stack.setCurrentIndex(1 if todo else 0)
        titles = {spec.key: spec for spec in PAGES}
        drafts = [
            Suggestion(
                row.title or str(titles[row.page].title),
                moment_text(row.saved_at, self._zone),
                titles[row.page].icon,
                value=Request(row.page, {"draft": row.draft_id}, fresh=True),
            )
            for row in self._drafts
            if row.page in titles
        ]
        self.ui.drafts_list.set_rows(drafts, choose_first=False)
        self.ui.drafts_stack.setCurrentIndex(1 if drafts else 0)
        self.ui.drafts_title.set_note(str(len(drafts)) if drafts else "")

    def _on_chosen(self, row: Suggestion) -> None:
        if isinstance(row.value, Request):
            self.ctx.navigator.requested.emit(row.value)

    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, StartTile):
            self.ctx.navigator.open(tile.page, fresh=True)

    def _on_orders(self) -> None:
        self.ctx.navigator.open("find")

    def _on_paper(self) -> None:
        self.ctx.navigator.open("print_queue")

    def _on_headquarters(self) -> None:
        self.ctx.navigator.open("sync")


def _texts(counts: DayCounts) -> tuple[str, str, str, str]:
    unsent = f"{counts.unsent}+" if counts.unsent >= 10_000 else str(counts.unsent)
    return str(counts.orders), str(counts.unprinted), unsent, str(counts.numbers_left)


def _greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
