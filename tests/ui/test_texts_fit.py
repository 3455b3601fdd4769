"""No page cuts a text off, in either language, in the smallest window, with nothing in it and with the longest data."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.ui.page_registry import PAGES
from courier_desk.ui.pages.settings import SettingsPage
from courier_desk.ui.top_bar import QuickButton
from tests.shots import dialogs, joined_scene, scenes
from tests.shots.fit import cut_while_painting, faults
from tests.shots.stage import LARGE, SMALL, Stage, stage

# The least the window lets itself be made.
NARROWEST = (1024, 640)
KEYS = [spec.key for spec in PAGES]


@pytest.fixture(scope="module", params=[False, True], ids=["empty", "full"])
def shown(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Stage]:
    with stage(busy=request.param) as made:
        yield made


@pytest.mark.parametrize("key", KEYS)
def test_no_text_of_a_page_is_cut_off(shown: Stage, key: str) -> None:
    shown.resize(LARGE)
    scenes.show(shown, key)
    shown.resize(SMALL)
    found = []
    for language in (ENGLISH, CHINESE):
        shown.say(language)
        found += [f"{language}: {fault}" for fault in faults(shown.window, may_scroll=scenes.MAY_SCROLL)]
        with cut_while_painting() as cut:
            shown.picture()
        # The longest data may be cut where they are painted; words of ours, which are all there is at first, may not.
        found += [f"{language}: {text!r} is cut while it is painted" for text in cut if not shown.numbers]
    assert not found, "\n".join(found)


def test_no_quick_action_loses_letters_where_the_window_is_narrowest(shown: Stage) -> None:
    shown.resize(NARROWEST)
    shown.open("home")
    assert shown.window.width() == NARROWEST[0]
    top = shown.window.top
    for language in (ENGLISH, CHINESE):
        shown.say(language)
        assert faults(top) == [], language
        named = [button.quick.title for button in top.findChildren(QuickButton) if button.isVisible()]
        assert [*named, *(quick.title for quick in top.more.entries)] == _quick_titles(shown)
        assert top.more.isVisible() == bool(top.more.entries)
    shown.resize(LARGE)
    shown.settle()
    assert not top.more.isVisible()


@pytest.mark.parametrize("shown", [False], ids=["empty"], indirect=True)
def test_a_quick_action_without_room_is_chosen_from_the_list(shown: Stage) -> None:
    shown.resize(NARROWEST)
    shown.say(ENGLISH)
    shown.open("home")
    more = shown.window.top.more
    assert more.entries
    QTest.keyClick(more, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    shown.settle()
    assert shown.window.tabs.front is not None
    assert shown.window.tabs.front_key == more.entries[0].key


def _quick_titles(shown: Stage) -> list[str]:
    may = shown.kit.ctx.session.may
    return [str(spec.title) for spec in PAGES if spec.quick and (spec.right is None or may(spec.right))]


@pytest.mark.parametrize("section", range(4))
def test_no_text_of_the_settings_is_cut_off(shown: Stage, section: int) -> None:
    shown.resize(SMALL)
    page = shown.open("settings")
    assert isinstance(page, SettingsPage)
    page.ui.sections_list.setCurrentRow(section)
    for language in (ENGLISH, CHINESE):
        shown.say(language)
        assert faults(shown.window, may_scroll=scenes.MAY_SCROLL) == []


@pytest.fixture(scope="module")
def joined(qapp: QApplication) -> Iterator[joined_scene.JoinedStage]:
    with joined_scene.joined_stage() as made:
        yield made


@pytest.mark.parametrize(("name", "scene"), joined_scene.SCENES.items(), ids=list(joined_scene.SCENES))
def test_no_text_is_cut_off_at_a_desk_that_has_joined(
    joined: joined_scene.JoinedStage, name: str, scene: Callable[[joined_scene.JoinedStage], QWidget]
) -> None:
    for size, language in ((SMALL, ENGLISH), (SMALL, CHINESE)):
        joined.on.resize(size)
        joined.on.say(language)
        widget = scene(joined)
        widget.show()
        joined.on.settle()
        found = faults(widget)
        dialogs.put_away(joined.on, widget)
        assert found == [], f"{name} {language}"


@pytest.mark.parametrize("shown", [True], ids=["full"], indirect=True)
@pytest.mark.parametrize(("name", "scene"), dialogs.SCENES, ids=[name for name, _scene in dialogs.SCENES])
def test_no_text_of_a_dialog_is_cut_off(shown: Stage, name: str, scene: dialogs.Scene) -> None:
    for language in (ENGLISH, CHINESE):
        shown.say(language)
        widget = dialogs.shown(shown, scene)
        found = faults(widget)
        dialogs.put_away(shown, widget)
        assert found == []


def test_what_does_not_fit_is_noticed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(200, 100)
    label, button, outside = (
        QLabel("A text that needs room", holder),
        QPushButton("Confirm", holder),
        QLabel("x", holder),
    )
    label.setGeometry(0, 0, 40, 20)
    button.setGeometry(0, 30, 30, 30)
    outside.setGeometry(190, 80, 40, 20)
    holder.show()
    found = faults(holder)
    assert len(found) == 3
    label.setToolTip("A text that needs room")
    button.resize(120, 30)
    outside.move(150, 80)
    assert faults(holder) == []
