"""Every field with huge and odd text: digits become plain, the rest is said beside the field, nothing is lost."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.ui.kit import commit
from tests.ui.order_screen import CONTROL, ENTER, TAB, Screen, known_draft, screen_on

TEXTS = ("sender_name", "sender_company", "sender_detail", "recipient_name", "recipient_detail", "goods", "note")
NUMBERS = ("pieces", "declared_value", "cod", "tendered")
OTHERS = ("sender_phone", "recipient_phone", "sender_area", "recipient_area", "identity", "recipient_box")
ODD = (
    "😀👨\u200d👩\u200d👧",
    'Robert\'); DROP TABLE "orders";--',
    "<b>bold</b><img src=x>",
    "\u202etxet\u202c\u200b",
    "\x00\x07\x1b[31m",
    "{name} %s &amp; &x",
    "一" * 300,
)


@pytest.fixture(scope="module")
def screen(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """One screen for all of them; each test begins with a new order."""
    with screen_on(tmp_path_factory.mktemp("odd") / "station", known_draft()) as made:
        yield made


@pytest.fixture(autouse=True)
def _fresh(screen: Screen) -> None:
    screen.page._on_new()
    screen.page.ui.sender.open_company()
    screen.settle()


def _paste(screen: Screen, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    screen.press(Qt.Key.Key_V, CONTROL)


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_in_every_field_is_said_or_shown_plainly_and_breaks_nothing(screen: Screen, odd: str) -> None:
    for name in (*TEXTS, *NUMBERS, *OTHERS):
        field = screen.field(name)
        if not field.isVisibleTo(screen.page):
            continue
        field.setFocus()
        commit(field, odd)
        screen.settle()
    screen.press(ENTER, CONTROL)
    screen.page.grab()
    assert screen.page.accepted is None
    said = screen.said()
    assert {"sender_phone", "recipient_phone", "sender_area", *NUMBERS} <= set(said)
    for name in TEXTS[:1]:
        assert screen.field(name).text() or name in said


@pytest.mark.parametrize("name", [*TEXTS, *OTHERS, *NUMBERS])
def test_ten_megabytes_are_refused_whole_with_a_clear_word(screen: Screen, name: str) -> None:
    field = screen.field(name)
    field.setFocus()
    _paste(screen, "运" * 3_500_000)
    assert field.text() == ""
    said = screen.said().get(name, "")
    assert "3,500,000" in said
    assert "Nothing was put in" in said
    assert len(QGuiApplication.clipboard().text()) == 3_500_000


@pytest.mark.parametrize("name", ["sender_name", "recipient_detail", "goods", "note"])
def test_a_text_that_is_too_long_stays_and_is_counted(screen: Screen, name: str) -> None:
    screen.field(name).setFocus()
    _paste(screen, "长" * 700)
    screen.press(TAB)
    assert screen.said()[name].endswith("this has 700.")
    assert len(screen.field(name).text()) == 700


def test_full_width_digits_and_stops_of_an_input_method_are_numbers(screen: Screen) -> None:
    for name, typed in (
        ("pieces", "３。２"),
        ("declared_value", "１，２００"),
        ("cod", "８８．５"),
        ("tendered", "１００"),
    ):
        screen.field(name).setFocus()
        commit(screen.field(name), typed)
    screen.field("sender_phone").setFocus()
    commit(screen.field("sender_phone"), "０５７１－８８８８６６６６")
    screen.press(TAB)
    draft = screen.page.form.draft(None, "")
    assert draft.pieces[0].weight_g == 3200
    assert (draft.declared_value_fen, draft.cod_fen, draft.tendered_fen) == (120000, 8850, 10000)
    assert screen.field("sender_phone").text() == "0571-88886666"


def test_full_width_letters_and_digits_in_an_address_become_plain(screen: Screen) -> None:
    screen.field("recipient_detail").setFocus()
    commit(screen.field("recipient_detail"), "　虹漕路４６１号Ｂ座（东）　")
    screen.press(TAB)
    assert screen.field("recipient_detail").text() == "虹漕路461号B座（东）"


def test_what_cannot_be_printed_is_left_out_and_said(screen: Screen) -> None:
    screen.field("sender_name").setFocus()
    _paste(screen, "李\u200b晓\x07梅\r\n")
    assert screen.field("sender_name").text() == "李晓梅"
    assert screen.said()["sender_name"] == "Characters that cannot be printed were left out."


def test_weight_size_and_money_need_the_number_pad_only(screen: Screen) -> None:
    pad = {**{str(number): Qt.Key(int(Qt.Key.Key_0) + number) for number in range(10)}, ".": Qt.Key.Key_Period}
    screen.field("pieces").setFocus()
    for sign in "12.5":
        screen.press(pad[sign], Qt.KeyboardModifier.KeypadModifier)
    screen.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert screen.page.ui.pieces.pieces()[0].weight_g == 12500
    assert screen.focus is not screen.field("pieces")


def test_mark_up_is_shown_as_it_was_typed(screen: Screen) -> None:
    """A finding, an error and a name with mark-up in it are plain text everywhere."""
    screen.field("goods").setFocus()
    commit(screen.field("goods"), "<b>打火机</b>")
    screen.press(ENTER, CONTROL)
    tip = screen.page.ui.inspection.ui.findings.toolTip()
    assert "<b>" not in tip.removeprefix("<p>")
