"""Text in boxes: as large as possible, complete, inside; what has no glyph is still seen; what could act is gone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.printing.characters import LONGEST, cells
from courier_desk.printing.fitting import Fitted, fit
from courier_desk.printing.fonts import BOLD, EM, REGULAR, advances, glyph

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="上海市浦东新区（张江）A b-1，。", max_size=80),
    st.text(alphabet="abcdef ghij", max_size=120),
)
BOXES = st.tuples(st.integers(8, 800), st.integers(15, 200))


def _width(fitted: Fitted, line: str, face: str) -> float:
    known = advances(face)
    return sum(known.get(ord(char), EM) for char in line) * fitted.px / EM


def _squeezed(text: str) -> str:
    return text.replace(" ", "")


@given(TEXTS, BOXES, st.integers(1, 5))
def test_a_text_is_complete_and_inside_or_says_that_it_is_cut(text: str, box: tuple[int, int], lines: int) -> None:
    width, height = box
    fitted = fit(text, REGULAR, width, height, 30, 12, lines)
    wanted = cells(text, REGULAR).text
    shown = "".join(line.text for line in fitted.lines)
    assert len(fitted.lines) <= lines
    assert fitted.height <= height or fitted.cut
    assert all(_width(fitted, line.text, REGULAR) <= line.width <= width for line in fitted.lines) or fitted.cut
    if fitted.cut:
        assert not fitted.lines or shown.endswith("…")
        assert _squeezed(wanted).startswith(_squeezed(shown.removesuffix("…")))
    else:
        assert _squeezed(shown) == _squeezed(wanted)


@given(st.text(alphabet="上海市浦东新区张江路690号", min_size=1, max_size=60))
def test_a_larger_size_would_not_fit_or_would_leave_a_few_characters_alone(text: str) -> None:
    fitted = fit(text, REGULAR, 300, 80, 40, 10, 3)
    if fitted.px < 40 and not fitted.cut:
        larger = fit(text, REGULAR, 300, 80, fitted.px + 1, fitted.px + 1, 3)
        assert larger.cut or len(larger.lines) > len(fitted.lines)


def test_a_few_characters_do_not_stand_alone_on_the_last_line() -> None:
    fitted = fit("上海市浦东新区张江镇碧波路690号****", REGULAR, 500, 100, 30, 10, 3)
    assert [line.text for line in fitted.lines] == ["上海市浦东新区张江镇碧波路690号****"]
    assert fitted.px >= 25


def test_lines_break_between_words_and_never_before_a_comma() -> None:
    fitted = fit("Friedrichshain Kreuzberg Berlin", REGULAR, 200, 200, 24, 24, 5)
    assert [line.text for line in fitted.lines] == ["Friedrichshain", "Kreuzberg Berlin"]
    chinese = fit("浙江省杭州市，余杭区", REGULAR, 6 * 24, 100, 24, 24, 3)
    assert [line.text for line in chinese.lines] == ["浙江省杭州", "市，余杭区"]


def test_what_does_not_fit_even_at_the_smallest_size_ends_with_a_mark() -> None:
    fitted = fit("上海市" * 50, REGULAR, 120, 24, 20, 20, 1)
    assert fitted.cut
    assert fitted.lines[0].text == "上海市上海…"


@pytest.mark.parametrize("face", [REGULAR, BOLD])
@pytest.mark.parametrize("char", "㙍𬒈䶮龘𣲗㵘上A1¥①·éüß")
def test_rare_characters_of_names_have_their_own_glyph(face: str, char: str) -> None:
    assert not cells(char, face).boxed
    drawn = glyph(face, 40, char)
    assert drawn is not None
    assert drawn[0].getbbox() is not None


@pytest.mark.parametrize(
    ("char", "plain"),
    [("Ż", "Z"), ("𝐀", "A"), ("Ａ", "Ａ"), ("\u00a0a", "a"), ("a\u3000b", "a b"), ("\u0301", "")],
)
def test_a_character_without_glyph_takes_its_plainer_form(char: str, plain: str) -> None:
    assert cells(char, REGULAR).text == plain


@pytest.mark.parametrize("char", ["𠮷", "😀", "א", "\ue000", "\ud800"])
def test_a_character_that_no_face_has_is_never_dropped(char: str) -> None:
    content = cells(f"a{char}b", REGULAR)
    assert content.text == f"a{char}b"
    assert content.boxed == frozenset({1})


@given(st.text(max_size=80))
def test_nothing_that_acts_or_hides_is_left(text: str) -> None:
    for char in cells(text, REGULAR).text:
        assert unicodedata.category(char) not in {"Cc", "Cf", "Zl", "Zp"}


def test_a_text_of_ten_megabytes_costs_no_more_than_a_long_one() -> None:
    fitted = fit("万" * 10_000_000, REGULAR, 300, 80, 20, 12, 3)
    assert fitted.cut
    assert sum(len(line.text) for line in fitted.lines) < LONGEST
