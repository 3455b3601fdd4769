"""No page cuts a text off, in either language, in the smallest window, with nothing in it and with the longest data."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.ui.page_registry import PAGES
from courier_desk.ui.pages.settings import SettingsPage
from tests.shots import dialogs, joined_scene, scenes
from tests.shots.fit import cut_while_painting, faults
from tests.shots.stage import LARGE, SMALL, Stage, stage

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
