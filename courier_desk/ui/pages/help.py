"""The help: contents at the left, a chapter at the right, a box that looks for words in all chapters."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from courier_desk.base.translation import _, plural
from courier_desk.ui.generated.ui_help_page import Ui_HelpPage
from courier_desk.ui.help_texts import CHAPTERS, FIRST, Chapter, chapter_of, chapters
from courier_desk.ui.page import Page
from courier_desk.ui.ui_context import UiContext

_ID = Qt.ItemDataRole.UserRole


class HelpPage(Page):
    """Opens at the chapter of the page it was called from (``page``), or at ``chapter``."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.ui = Ui_HelpPage()
        self.ui.setupUi(self)
        self._chapter = FIRST
        self._filling = False
        self.ui.search_edit.textChanged.connect(self._on_search)
        self.ui.search_edit.returnPressed.connect(self._on_search_entered)
        self.ui.contents_list.currentItemChanged.connect(self._on_chosen)
        self.ui.chapter_view.chapter_asked.connect(self.show_chapter)
        ctx.keys.changed.connect(self.retranslate)
        self.retranslate()

    def activate(self) -> None:
        self.ui.contents_list.setFocus()

    def open_with(self, arguments: Mapping[str, str]) -> None:
        if "page" in arguments:
            self.show_chapter(chapter_of(arguments["page"]))
        elif "chapter" in arguments:
            self.show_chapter(arguments["chapter"])

    def snapshot(self) -> dict[str, Any]:
        return {"chapter": self._chapter}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.show_chapter(str(state.get("chapter", FIRST)))

    def retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._fill()
        self._show()

    @property
    def chapter(self) -> str:
        """The chapter that is shown."""
        return self._chapter

    def show_chapter(self, chapter: str) -> None:
        """Show one chapter, whatever is being looked for; one that does not exist is passed over."""
        if chapter not in CHAPTERS:
            return
        self._chapter = chapter
        if chapter not in {one.id for one in self._passing()}:
            self.ui.search_edit.clear()
        self._fill()
        self._show()

    def _wanted(self) -> str:
        return self.ui.search_edit.text().strip()

    def _passing(self) -> list[Chapter]:
        wanted = self._wanted()
        return [chapter for chapter in chapters() if chapter.holds(wanted)]

    def _fill(self) -> None:
        """The contents: every chapter that holds what is looked for, the shown one chosen."""
        self._filling = True
        self.ui.contents_list.clear()
        for chapter in self._passing():
            item = QListWidgetItem(chapter.title)
            item.setToolTip(chapter.title)
            item.setData(_ID, chapter.id)
            self.ui.contents_list.addItem(item)
            if chapter.id == self._chapter:
                self.ui.contents_list.setCurrentItem(item)
        self._filling = False

    def _show(self) -> None:
        chapter = next(one for one in chapters() if one.id == self._chapter)
        self.ui.chapter_view.show_text(chapter.shown(self.ctx.keys))
        wanted = self._wanted()
        places = self.ui.chapter_view.mark(wanted)
        if not wanted:
            self.ui.found_note.setText("")
        elif not self.ui.contents_list.count():
            self.ui.found_note.setText(_("Nothing found"))
        else:
            self.ui.found_note.setText(plural("{n} place in this chapter", "{n} places in this chapter", places))

    def _on_search(self) -> None:
        passing = [chapter.id for chapter in self._passing()]
        if passing and self._chapter not in passing:
            self._chapter = passing[0]
        self._fill()
        self._show()

    def _on_search_entered(self) -> None:
        if self.ui.contents_list.count():
            self.ui.contents_list.setFocus()

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self._chapter = str(item.data(_ID))
            self._show()
