"""Every text for people has its Chinese, with the same values in it, and the compiled catalogue is up to date."""

import ast
import gettext
from pathlib import Path

import pytest

import words
from courier_desk.base import translation
from tests.architecture.source import modules
from words import Places, Words


@pytest.fixture(scope="module")
def found() -> Words:
    return words.collect(Places())


def test_every_text_has_its_chinese(found: Words) -> None:
    assert found.problems == []


def test_no_text_hides_in_an_f_string() -> None:
    """The extractor does not look into f-strings: such a text would stay English."""
    found = [
        module.at(string)
        for module in modules("courier_desk")
        for string in ast.walk(module.tree)
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "N_", "message", "plural"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    assert found == []


def test_committed_catalogue_is_up_to_date(found: Words) -> None:
    assert list(words.outdated(Places(), found)) == []


def test_catalogue_is_what_the_program_reads(found: Words) -> None:
    for msgid, chinese in found.chinese.items():
        if isinstance(msgid, str):
            assert translation.in_language(msgid, translation.CHINESE) == chinese


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path)
    made.code.mkdir()
    made.parts.mkdir(parents=True)
    return made


def _write(places: Places, code: str, **parts: str) -> Words:
    (places.code / "page.py").write_text(code, encoding="utf-8")
    for name, text in parts.items():
        (places.parts / f"{name}.po").write_text(text, encoding="utf-8")
    return words.collect(places)


_BAGS = 'msgid "Bag {code}"\nmsgstr "袋 {code}"\n'


def test_a_text_from_a_part_reaches_the_compiled_catalogue(places: Places) -> None:
    plural = 'msgid "one bag"\nmsgid_plural "{n} bags"\nmsgstr[0] "{n} 个袋"\n'
    code = 'message("Bag {code}", code=1)\nplural("one bag", "{n} bags", 3)\n_("a "\n  "b")\n'
    found = _write(places, code, bags=_BAGS + "\n" + plural + '\nmsgid "a b"\nmsgstr "甲\\n“乙”"\n')

    words.update(places, found)

    assert found.problems == []
    with places.compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Bag {code}") == "袋 {code}"
    assert catalogue.ngettext("one bag", "{n} bags", 3) == "{n} 个袋"
    assert catalogue.gettext("a b") == "甲\n“乙”"
    assert words.outdated(places, words.collect(places)) == {}


def test_a_text_of_a_page_of_headquarters_is_found_in_its_template(places: Places) -> None:
    (places.code / "page.html").write_text('<h1 title="{{ _("Seal") }}">{% if a %}{{ _("Bag") }}{% endif %}</h1>')
    assert set(_write(places, "").places) == {"Seal", "Bag"}
    (places.code / "page.html").write_text("{% if %}")
    assert any("cannot be read" in problem for problem in _write(places, "").problems)


def test_a_text_without_chinese_is_a_problem(places: Places) -> None:
    assert _write(places, 'N_("Seal")').problems == ["courier_desk/page.py: no Chinese for 'Seal'"]


def test_a_value_lost_in_translation_is_a_problem(places: Places) -> None:
    found = _write(places, 'message("Bag {code}", code=1)', bags=_BAGS.replace("袋 {code}", "袋 {kode}"))
    assert len(found.problems) == 1
    assert "values differ: code in English, kode in" in found.problems[0]


def test_two_parts_that_disagree_are_a_problem_and_are_not_folded(places: Places) -> None:
    found = _write(places, '_("Bag {code}")', a=_BAGS, b=_BAGS.replace("袋", "包"))

    assert len(found.problems) == 1
    assert "a.po" in found.problems[0]
    assert "b.po" in found.problems[0]
    words.fold(places, found)
    assert len(list(places.parts.iterdir())) == 2


def test_two_entries_of_one_part_that_disagree_are_a_problem(places: Places) -> None:
    found = _write(places, '_("Bag {code}")', a=_BAGS + "\n" + _BAGS.replace("袋", "包"))
    assert len(found.problems) == 1


@pytest.mark.parametrize("call", ['message(f"Bag {code}")', '_("Bag " + code)', "N_(title)", '_("B {c}".format(c=1))'])
def test_a_text_the_catalogue_cannot_know_is_a_problem(places: Places, call: str) -> None:
    assert any("is not one plain string" in problem for problem in _write(places, call).problems)


def test_folded_parts_leave_their_texts_in_the_catalogue(places: Places) -> None:
    found = _write(places, '_("Bag {code}")', bags=_BAGS)
    words.update(places, found)

    words.fold(places, found)

    assert list(places.parts.iterdir()) == []
    assert words.collect(places).problems == []


def test_a_text_gone_from_the_code_is_named_and_leaves_the_catalogue(places: Places) -> None:
    words.update(places, _write(places, '_("Bag {code}")', bags=_BAGS))

    found = _write(places, "")
    words.update(places, found)

    assert len(found.obsolete) == 1
    assert "袋" not in places.catalogue.read_text(encoding="utf-8")


def test_a_broken_part_is_named_and_the_others_are_used(places: Places) -> None:
    found = _write(places, '_("Bag {code}")', a="msgid Bag\n", b=_BAGS)
    assert [problem.split(":")[0] for problem in found.problems] == ["a.po"]
    assert found.chinese == {"Bag {code}": "袋 {code}"}
