"""The palette takes pinyin: every function's Chinese name can be typed by its sound or its initials."""

import pytest
from pypinyin import lazy_pinyin
from pytestqt.qtbot import QtBot

from courier_desk.base import translation
from courier_desk.ui.keys import SHELL_ACTS
from courier_desk.ui.page_registry import PAGES
from courier_desk.ui.spelling import has_sound, sounds, sounds_like
from tests.ui.kit import UiKit


def test_every_function_can_be_typed_by_its_sound() -> None:
    translation.set_language(translation.CHINESE)
    names = [str(spec.title) for spec in PAGES] + [str(act.label) for act in SHELL_ACTS]
    missing = {sign for name in names for sign in name if "\u4e00" <= sign <= "\u9fff" and not has_sound(sign)}
    assert not missing
    for name in names:
        assert sounds(name)[0] == "".join(lazy_pinyin(name)).casefold()


@pytest.mark.parametrize("typed", ["jiaojie", "cgjj", "chugang"])
def test_a_name_is_met_by_syllables_and_by_initials(typed: str) -> None:
    assert sounds_like("出港交接", typed)
    assert not sounds_like("打印队列", typed)


def test_the_palette_finds_a_function_by_pinyin(kit: UiKit, qtbot: QtBot) -> None:
    kit.language.use(translation.CHINESE)
    window = kit.window()
    qtbot.addWidget(window)
    window.palette_box.open("dyin")
    window.palette_box.edit.setText("dydl")
    rows = window.palette_box.list
    qtbot.waitUntil(lambda: "打印队列" in [rows.item(place).text() for place in range(rows.count())])
    window.log_out()
