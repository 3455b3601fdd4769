"""One-time codes and the address of headquarters, as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base.errors import UserError
from courier_desk.domain.enrolment import CODE_ALPHABET, CODE_LENGTH, group_code, plain_code, read_address, read_code

CODES = st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@given(CODES, st.sampled_from(["", " ", "-", " - ", "–", "　", "\n"]), st.booleans())
def test_a_code_is_read_however_it_is_grouped(code: str, between: str, small: bool) -> None:
    typed = between.join((code[:4], code[4:8], code[8:]))
    assert read_code(typed.lower() if small else typed) == code
    assert read_code(group_code(code)) == code


def test_a_code_typed_through_an_input_method_is_the_same() -> None:
    assert read_code("ａｂｃｄ－ＥＦＧＨ－２３４５") == "ABCDEFGH2345"
    assert plain_code("ab\u200bcd") == "ABCD"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the one-time code"),
        ("ABCD-EFGH-JKO1", "No code holds O 1"),
        ("ABCD-EFGH", "these are 8"),
        ("ABCD-EFGH-JKMN-P", "these are 13"),
        ("总部总部", "No code holds"),
    ],
)
def test_what_is_no_code_is_told_in_words(typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        read_code(typed)
    assert caught.value.field == "code"


@given(st.text(max_size=300))
def test_any_text_gives_a_code_an_address_or_words(text: str) -> None:
    for read, field in ((read_code, "code"), (read_address, "address")):
        fields = {field}
        try:
            assert read(text)
        except UserError as error:
            fields.add(error.field or "")
        assert fields == {field}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("hq.example.org", "https://hq.example.org"),
        (" https://HQ.example.org/ \n", "https://hq.example.org"),
        ("<https://hq.example.org:8443/north/>", "https://hq.example.org:8443/north"),
        ("https://hq.example.org/admin/login?next=1#top", "https://hq.example.org"),
        ("ｈｔｔｐｓ：／／hq。example。org", "https://hq.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost:8000/admin", "http://localhost:8000"),
        ("总部.example.org", "https://总部.example.org"),
    ],
)
def test_an_address_is_read_as_it_is_pasted(typed: str, address: str) -> None:
    assert read_address(typed) == address
    assert read_address(address) == address


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the address"),
        ("http://hq.example.org", "only by https"),
        ("ftp://hq.example.org", "no address"),
        ("https://user:secret@hq.example.org", "no address"),
        ("https://hq.example.org:99999", "no address"),
        ("https://", "no address"),
        ("two words", "no address"),
        ("https://" + "a" * 300, "at most 200"),
    ],
)
def test_what_is_no_address_is_told_in_words(typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_address(typed)
