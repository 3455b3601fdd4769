"""The help: every page has its chapter in both languages, keys in it exist, links lead somewhere, words are found."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.base.paths import asset
from courier_desk.base.translation import CHINESE
from courier_desk.ui import help_texts
from courier_desk.ui.help_texts import CHAPTERS, Chapter, read
from courier_desk.ui.main_window import MainWindow
from courier_desk.ui.navigation import Request
from courier_desk.ui.page_registry import PAGES, all_acts
from courier_desk.ui.pages.help import HelpPage
from tests.ui.kit import UiKit

FOLDERS = ("en", "zh")
# A key that stands in a text as it is would be wrong as soon as somebody changes it.
_PLAIN_KEY = re.compile(r"\bF\d{1,2}\b|\b(?:Ctrl|Alt|Shift)\+")


@pytest.fixture
def window(kit: UiKit, qtbot: QtBot) -> Iterator[MainWindow]:
    made = kit.window()
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.tabs.front is not None)
    yield made
    made.log_out()


def _page(window: MainWindow) -> HelpPage:
    assert isinstance(window.tabs.front, HelpPage)
    return window.tabs.front


def _headings(chapter: Chapter) -> list[int]:
    return [len(line.split(" ")[0]) for line in chapter.text.splitlines() if line.startswith("#")]


def test_every_page_has_its_chapter() -> None:
    assert [spec.key for spec in PAGES if not help_texts.has_chapter(spec.key)] == []
    assert {help_texts.chapter_of(spec.key) for spec in PAGES} <= set(CHAPTERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_a_chapter_with_a_title(folder: str) -> None:
    assert {path.stem for path in (asset("help") / folder).iterdir()} == set(CHAPTERS)
    for chapter in read(folder):
        assert chapter.text.startswith("# "), chapter.id
        assert _headings(chapter).count(1) == 1, chapter.id


@pytest.mark.parametrize("english", read("en"), ids=lambda chapter: chapter.id)
def test_both_languages_say_the_same_things(english: Chapter) -> None:
    chinese = next(chapter for chapter in read("zh") if chapter.id == english.id)
    assert _headings(chinese) == _headings(english)
    assert sorted(chinese.acts) == sorted(english.acts)
    assert chinese.text.count("\n- ") == english.text.count("\n- ")


@pytest.mark.parametrize("folder", FOLDERS)
def test_keys_and_links_in_the_texts_exist(folder: str) -> None:
    acts = {act.id for act in all_acts()}
    for chapter in read(folder):
        assert set(chapter.acts) <= acts, chapter.id
        assert not _PLAIN_KEY.search(chapter.text), chapter.id
        links = re.findall(r"\]\(([^)]*)\)", chapter.text)
        assert {link.removeprefix("chapter:") for link in links} <= set(CHAPTERS), chapter.id


def test_help_opens_at_the_chapter_of_the_page_in_front(kit: UiKit, window: MainWindow) -> None:
    window.open_page(Request("settings"))
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert _page(window).chapter == "settings"
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert _page(window).chapter == "settings"
    assert "Each setting is saved" in _page(window).ui.chapter_view.toPlainText()


def test_keys_in_the_text_are_those_in_use(kit: UiKit, window: MainWindow) -> None:
    page = window.open_page(Request("help", {"chapter": "log_in"}))
    assert isinstance(page, HelpPage)
    assert "F12 covers everything" in page.ui.chapter_view.toPlainText()
    kit.ctx.keys.set_overrides({"lock": "Ctrl+Shift+L"})
    assert "Ctrl+Shift+L covers everything" in page.ui.chapter_view.toPlainText()
    page.show_chapter("keys")
    assert "Ctrl+Shift+L Lock the desk" in page.ui.chapter_view.toPlainText()


def test_words_are_looked_for_in_all_chapters(window: MainWindow) -> None:
    page = window.open_page(Request("help"))
    assert isinstance(page, HelpPage)
    page.ui.search_edit.setText("Supplement")
    assert page.chapter == "handover"
    assert page.ui.found_note.text() == "1 place in this chapter"
    page.ui.search_edit.setText("cut-off amber")
    assert page.ui.found_note.text() == "3 places in this chapter"
    page.ui.search_edit.setText("no such word anywhere")
    assert page.ui.contents_list.count() == 0
    assert page.ui.found_note.text() == "Nothing found"
    page.ui.search_edit.clear()
    assert page.ui.contents_list.count() == len(CHAPTERS)


def test_links_lead_to_chapters_and_nowhere_else(window: MainWindow, qapp: QApplication) -> None:
    page = window.open_page(Request("help"))
    assert isinstance(page, HelpPage)
    view = page.ui.chapter_view
    view.anchorClicked.emit("chapter:bags")
    assert page.chapter == "bags"
    view.anchorClicked.emit("https://example.org/")
    view.anchorClicked.emit("chapter:nowhere")
    assert page.chapter == "bags"


def test_another_language_and_look_keep_the_chapter(kit: UiKit, window: MainWindow, qtbot: QtBot) -> None:
    page = window.open_page(Request("help", {"chapter": "bags"}))
    assert isinstance(page, HelpPage)
    kit.language.use(CHINESE)
    kit.theme.set_scheme("dark")
    qtbot.waitUntil(lambda: "新建总包" in page.ui.chapter_view.toPlainText())
    assert page.chapter == "bags"
    assert page.snapshot() == {"chapter": "bags"}
