"""Finding orders by any scrap, narrowed by filters: results follow each key, Enter opens the parcel (mission B12)."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from courier_desk.base.changes import Change
from courier_desk.base.errors import UserError
from courier_desk.base.translation import _, message, plural
from courier_desk.domain.user import Action
from courier_desk.services.rows import OrderRow
from courier_desk.ui.generated.ui_find_page import Ui_FindPage
from courier_desk.ui.page import Page
from courier_desk.ui.pages.find_columns import HEAD_SORTS, OrderWords, order_columns
from courier_desk.ui.pages.find_export import found_orders
from courier_desk.ui.pages.find_filters import Choices, FindFilters, look_up
from courier_desk.ui.pages.find_search import FindSearch, Found
from courier_desk.ui.pages.list_export import ListExport
from courier_desk.ui.table_model import RowTableModel
from courier_desk.ui.ui_context import UiContext
from courier_desk.ui.widgets.data_table import TablePanel
from courier_desk.ui.widgets.field_error import FieldErrors

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindPage(Page):
    """One box for everything; names and telephones are masked."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_FindPage()
        self.ui.setupUi(self)
        self._errors = FieldErrors.of_form(self.ui)
        self._today = ctx.app.clock.now().date()
        self._found: Found | None = None
        self._enter_waits = False
        self.words = OrderWords(ZoneInfo(ctx.services.station.zone))
        self.model = RowTableModel(order_columns(self.words), lambda row: row.order_id, sorts_itself=False)
        self.table = TablePanel(self.model, "find", self, filters_itself=False)
        self.filters = FindFilters(self.ui, self._day, self)
        self.search = FindSearch(ctx, self)
        self.export = ListExport(ctx, self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.run(partial(look_up, ctx), self._on_choices)
        self._ask_now()

    def activate(self) -> None:
        self.ui.text_edit.setFocus()
        self.ui.text_edit.selectAll()
        self._ask_now()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        blocker = QSignalBlocker(self.ui.text_edit)
        self.ui.text_edit.setText(arguments.get("text", ""))
        del blocker
        self.filters.clear(text=False)

    def snapshot(self) -> dict[str, Any]:
        return self.filters.state()

    def restore(self, state: Mapping[str, Any]) -> None:
        self.filters.restore(state)

    def show_user_error(self, error: UserError) -> bool:
        return self._errors.show(error)

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.filters.retranslate()
        hint = self.ctx.keys.hint
        self.ui.clear_button.setText(hint(_("Forget the filters"), "find.clear"))
        self.ui.export_button.setText(hint(_("Export to Excel"), "export"))
        self.ui.stop_button.setText(_("Stop"))
        self.ui.more_button.setText(hint(_("More"), "find.more"))
        self.model.retranslate()
        self._show_count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            taken = self._on_box_key(event) if watched is self.ui.text_edit else self._on_table_key(event)
            if taken:
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.ui.table_column.addWidget(self.table)
        self.table.filter_edit.hide()
        self.table.count_note.hide()
        self.table.empty.set_icon("magnifying-glass")
        self.table.set_empty_texts(self._empty_texts)
        self.ui.stop_button.hide()
        self.ui.export_button.setEnabled(self.ctx.session.may(Action.LIST_EXPORT))

    def _connect(self) -> None:
        ui, ctx, view = self.ui, self.ctx, self.table.table
        self.filters.changed.connect(self._on_typed)
        self.filters.chosen.connect(self._ask_now)
        self.search.found.connect(self._on_found)
        self.search.added.connect(self._on_added)
        self.search.failed.connect(self._on_failed)
        self.search.looking_on.connect(self._on_looking_on)
        self.export.progressed.connect(self._on_progress)
        self.export.ended.connect(self._on_export_ended)
        self.export.failed.connect(self._on_failed)
        view.row_activated.connect(self._on_row)
        view.horizontalHeader().sortIndicatorChanged.connect(self._on_head)
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        for edit in (ui.since_edit, ui.until_edit, ui.destination_edit):
            edit.returnPressed.connect(self._go_to_table)
        for watched in (ui.text_edit, view):
            watched.installEventFilter(self)
        self.table.empty.button.clicked.connect(self._on_empty_button)
        for button, act, slot in (
            (ui.clear_button, "find.clear", self._on_clear),
            (ui.export_button, "export", self._on_export),
            (ui.more_button, "find.more", self.search.ask_more),
        ):
            button.clicked.connect(slot)
            ctx.keys.bind(act, self, slot)
        ui.stop_button.clicked.connect(self.export.stop)
        ctx.keys.bind("filter", self, self._on_box)
        ctx.keys.bind("refresh", self, self._ask_now)
        ctx.keys.bind("find.copy", self, self._on_copy_number)
        ctx.keys.changed.connect(self.retranslate)
        ctx.changes.listen({"order"}, self, self._on_changed)

    def _day(self) -> date:
        return self._today

    def _on_choices(self, found: tuple[Choices, date]) -> None:
        choices, self._today = found
        self.words.services, self.words.stations = choices.services, choices.stations
        self.filters.set_choices(choices)
        self.model.retranslate()

    def _on_typed(self) -> None:
        self._enter_waits = False
        if self._question_is_right():
            self.search.ask(self.filters.spec())

    def _ask_now(self) -> None:
        if self._question_is_right():
            self.search.ask(self.filters.spec(), at_once=True)
        self._show_head()

    def _question_is_right(self) -> bool:
        """Say what is wrong beside its field; a wrong question is not asked, what was found stays."""
        ui = self.ui
        days = {"since": ui.since_edit.error(), "until": ui.until_edit.error()}
        wrong = {name: error for name, error in days.items() if error is not None}
        self._errors.mark_all(wrong)
        return not wrong

    def _on_found(self, found: Found) -> None:
        self._found = found
        self.table.set_rows(found.rows)
        self.table.table.scrollToTop()
        self.table.table.choose_first()
        self._show_count()
        self._enter()

    def _on_added(self, found: Found) -> None:
        self._found = found
        self.model.append(found.rows)
        self._show_count()

    def _on_looking_on(self) -> None:
        self.ui.count_note.setText(_("Looking through older orders …"))

    def _on_failed(self, error: Exception) -> None:
        self.ctx.notifier.error(error, self, self._ask_now)

    def _on_changed(self, _changes: tuple[Change, ...]) -> None:
        # A list one has paged through would jump back to its first page.
        if self.isVisible() and self.model.rowCount() <= len(self._found.rows if self._found else ()):
            self.search.ask(self.filters.spec())

    def _on_box_key(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._enter_waits = True
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Down:
            self._go_to_table()
            return True
        return False

    def _enter(self) -> None:
        """Open what was found; an Enter that comes before the answer waits for it."""
        if self._enter_waits and self.search.settled:
            self._enter_waits = False
            row = self.table.table.current_row()
            if row is not None:
                self._on_row(row)

    def _on_table_key(self, event: QKeyEvent) -> bool:
        at_top = self.table.table.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and at_top):
            self._on_box()
            return True
        return False

    def _on_box(self) -> None:
        self.ui.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ui.text_edit.selectAll()

    def _go_to_table(self) -> None:
        if self.model.rowCount():
            self.table.table.choose_first()
            self.table.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_row(self, row: OrderRow) -> None:
        self.ctx.navigator.open("parcel", number=row.number)

    def _on_copy_number(self) -> None:
        rows = self.table.table.chosen_rows()
        if rows:
            QGuiApplication.clipboard().setText("\n".join(row.number for row in rows))
            self.ctx.notifier.done(message("{n} waybill numbers are in the clipboard.", n=len(rows)))

    def _on_head(self, section: int, order: Qt.SortOrder) -> None:
        key = self.model.columns[section].key if 0 <= section < len(self.model.columns) else ""
        if key in HEAD_SORTS:
            self.filters.set_sort(HEAD_SORTS[key][int(order == Qt.SortOrder.DescendingOrder)])
        elif section < 0:
            self.filters.set_sort("newest")
        self._show_head()

    def _show_head(self) -> None:
        """The mark of the head follows the order of the list, also where that was chosen in its box."""
        wanted, head = self.filters.spec().sort, self.table.table.horizontalHeader()
        blocker = QSignalBlocker(head)
        for place, column in enumerate(self.model.columns):
            up_and_down = HEAD_SORTS.get(column.key, ())
            if wanted in up_and_down:
                descending = up_and_down.index(wanted) == 1
                order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
                head.setSortIndicator(place, order)
        del blocker

    def _on_scrolled(self, value: int) -> None:
        if value > 0 and value >= self.table.table.verticalScrollBar().maximum():
            self.search.ask_more()

    def _on_clear(self) -> None:
        self.filters.clear(text=not self.filters.narrowed)
        self._on_box()

    def _on_empty_button(self) -> None:
        if self._asked_nothing():
            self.ctx.navigator.open("order", fresh=True)
        else:
            self._on_clear()

    def _on_export(self) -> None:
        if not self.ctx.session.may(Action.LIST_EXPORT):
            self.ctx.notifier.say(message("Your role does not allow this function."), "warn")
        elif self.model.rowCount() and not self.export.running and self._question_is_right():
            self.export.ask_file(found_orders(self.ctx, self.words, self.filters.spec()))

    def _on_progress(self, count: int) -> None:
        self.ui.stop_button.show()
        self.ui.export_button.hide()
        self.ui.count_note.setText(plural("{n} row fetched", "{n} rows fetched", count))

    def _on_export_ended(self) -> None:
        self.ui.stop_button.hide()
        self.ui.export_button.show()
        self._show_count()

    def _show_count(self) -> None:
        shown, more = self.model.rowCount(), self._found is not None and self._found.more
        many = _("{n} shown, there are more").format(n=shown)
        self.ui.count_note.setText(many if more else plural("{n} order", "{n} orders", shown))
        self.ui.more_button.setVisible(more)

    def _asked_nothing(self) -> bool:
        return not self.ui.text_edit.text().strip() and not self.filters.narrowed

    def _empty_texts(self) -> tuple[str, str, str]:
        if self._found is None:
            return "", "", ""
        if self._asked_nothing():
            button = _("New order") if self.ctx.session.may(Action.ORDER_ACCEPT) else ""
            return _("No order yet"), _("Every order taken at this station is found here."), button
        if len(self.ui.text_edit.text().strip()) < 3 and not self.filters.narrowed:
            return _("Nothing found"), _("Letters and digits are found from three on, Chinese from one."), ""
        note = _("Fewer letters find more; a filter may hide what you look for.")
        return _("Nothing found"), note, _("Forget the filters") if self.filters.narrowed else ""
