"""The work in the middle: several pages at once; a dot on what is unsaved; everything comes back after a restart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from courier_desk.ui.icons import icon
from courier_desk.ui.navigation import Request
from courier_desk.ui.page import Page
from courier_desk.ui.page_registry import PageSpec
from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens
from courier_desk.ui.tips import plain_tip
from courier_desk.ui.ui_context import UiContext

_LONGEST_TITLE = 26
_DOT = 8
_DOTS_MS = 80


@dataclass(slots=True)
class _Open:
    """One open tab."""

    spec: PageSpec
    page: Page


class _Bar(QTabBar):
    """Draws the dot of unsaved work over the corner of a tab's icon, so that the icon stays known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dirty: set[int] = set()
        self._painted: frozenset[int] = frozenset()
        self._dots_timer = QTimer(self, singleShot=True, interval=_DOTS_MS)
        self._dots_timer.timeout.connect(self._on_dots)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mark(self, dirty: set[int]) -> None:
        """These tabs carry the dot. A dot that goes again at once, as with each scan, is not worth a frame."""
        self.dirty = dirty
        if dirty != self._painted and not self._dots_timer.isActive():
            self._dots_timer.start()

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(min(super().tabSizeHint(index).width(), 260), 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self)
        ground.fillRect(self.rect(), QColor(tokens().sunken))
        ground.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().line))
        ground.end()
        super().paintEvent(event)
        self._painted = frozenset(self.dirty)
        painter = QPainter(self)
        for index in self.dirty:
            rect = QRectF(self.tabRect(index))
            place = QRectF(rect.left() + 24, rect.center().y() - 11, _DOT, _DOT)
            rounded(painter, place, fill=tokens().warn, line="", radius=_DOT / 2)
        painter.end()


    def _on_dots(self) -> None:
        if self.dirty != self._painted:
            self.update()


class DeskTabs(QTabWidget):
    """Opens pages by request and hands them the front.

    Signals:
        front_changed(str): the key of the page in front, empty for none.
        arrangement_changed(): tabs were opened, closed, moved or renamed: worth keeping.
    """

    front_changed = Signal(str)
    arrangement_changed = Signal()

    def __init__(self, ctx: UiContext, specs: Mapping[str, PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._specs = specs
        self._open: dict[Page, _Open] = {}
        self._front: Page | None = None
        self._bar = _Bar(self)
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self.setMovable(True)
        self.setIconSize(QSize(18, 18))
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabCloseRequested.connect(self.close_tab)
        self.currentChanged.connect(self._on_current_changed)
        self._bar.tabMoved.connect(self._on_moved)

    @property
    def front(self) -> Page | None:
        """The page in front."""
        return self._front

    @property
    def front_key(self) -> str:
        """The key of the page in front, empty for none."""
        return self._open[self._front].spec.key if self._front in self._open else ""

    def open_page(self, request: Request) -> Page | None:
        """Bring the page to the front, in a new tab where needed. None when the person may not use it."""
        spec = self._specs[request.page]
        if not self._ctx.session.may(spec.right):
            return None
        page = None if request.fresh and spec.several else self._find(spec, request.arguments)
        if page is None:
            page = self._add(spec)
        self.setCurrentWidget(page)
        if request.arguments:
            page.open_with(request.arguments)
        return page

    def close_tab(self, index: int) -> bool:
        """Close one tab if its page lets itself be closed."""
        page = self.widget(index)
        if not isinstance(page, Page) or not page.can_close():
            return False
        if page is self._front:
            page.deactivate()
            self._front = None
        self.removeTab(index)
        del self._open[page]
        page.deleteLater()
        self._mark_dirty()
        self.arrangement_changed.emit()
        return True

    def close_current(self) -> None:
        """Close the tab in front."""
        if self.currentIndex() >= 0:
            self.close_tab(self.currentIndex())

    def close_all(self) -> None:
        """Take all tabs away; the person logs out, their drafts are kept."""
        self.blockSignals(True)
        if self._front is not None:
            self._front.deactivate()
            self._front = None
        for page in tuple(self._open):
            self.removeTab(self.indexOf(page))
            page.deleteLater()
        self._open.clear()
        self._bar.dirty.clear()
        self.blockSignals(False)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) tab, round the ends."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + step) % self.count())

    def arrangement(self) -> dict[str, Any]:
        """All tabs as plain values, for the next start."""
        pages = [page for page in (self.widget(index) for index in range(self.count())) if isinstance(page, Page)]
        rows = [{"page": self._open[page].spec.key, "state": page.snapshot()} for page in pages]
        kept: dict[str, Any] = json.loads(json.dumps({"tabs": rows, "front": self.currentIndex()}))
        return kept

    def restore(self, kept: Mapping[str, Any]) -> int:
        """Bring the tabs back; pages that are gone or not allowed are left out. Returns how many came back."""
        rows = [row for row in kept.get("tabs", ()) if self._allowed(row.get("page", ""))]
        for row in rows:
            page = self._add(self._specs[row["page"]])
            page.restore(row.get("state", {}))
        if rows:
            self.setCurrentIndex(max(0, min(int(kept.get("front", 0)), self.count() - 1)))
        return len(rows)

    def retranslate(self) -> None:
        """The language or a title changed."""
        for page in self._open:
            self._show_title(page)

    def _allowed(self, key: str) -> bool:
        return key in self._specs and self._ctx.session.may(self._specs[key].right)

    def _find(self, spec: PageSpec, arguments: Mapping[str, str]) -> Page | None:
        """An open tab of this page: for a page with several tabs the one that already shows these arguments."""
        for page, entry in self._open.items():
            if entry.spec is spec and (not spec.several or not arguments or page.shows(arguments)):
                return page
        return None

    def _add(self, spec: PageSpec) -> Page:
        page = spec.factory(self._ctx)
        self._open[page] = _Open(spec, page)
        self.addTab(page, icon(spec.icon, "muted"), str(spec.title))
        page.dirty_changed.connect(self._mark_dirty)
        page.title_changed.connect(self._on_title_changed)
        page.close_requested.connect(self._on_close_requested)
        self._show_title(page)
        self.arrangement_changed.emit()
        return page

    def _show_title(self, page: Page) -> None:
        entry = self._open[page]
        title = page.tab_title() or str(entry.spec.title)
        index = self.indexOf(page)
        short = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
        self.setTabText(index, short.replace("&", "&&"))
        self.setTabToolTip(index, plain_tip(title))

    def _mark_dirty(self) -> None:
        self._bar.mark({self.indexOf(page) for page in self._open if page.dirty})

    def _on_title_changed(self) -> None:
        page = self.sender()
        if isinstance(page, Page) and page in self._open:
            self._show_title(page)
            self.arrangement_changed.emit()

    def _on_close_requested(self) -> None:
        page = self.sender()
        if isinstance(page, Page):
            self.close_tab(self.indexOf(page))

    def _on_moved(self, _from: int, _to: int) -> None:
        self._mark_dirty()
        self.arrangement_changed.emit()

    def _on_current_changed(self, index: int) -> None:
        page = self.widget(index) if index >= 0 else None
        if page is self._front:
            return
        if self._front is not None and self._front in self._open:
            self._front.deactivate()
        self._front = page if isinstance(page, Page) else None
        if self._front is not None:
            self._front.activate()
        self.front_changed.emit(self.front_key)
        self.arrangement_changed.emit()
