"""What of a person may be seen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.domain.masking import (
    graphemes,
    mask_address_label,
    mask_id,
    mask_name,
    mask_phone_label,
    mask_phone_screen,
)
from courier_desk.domain.party import Address


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("欧阳娜娜", "欧***"),
        ("张", "*"),
        ("", ""),
        ("   ", ""),
        (" 张 三 ", "张 *"),
        ("John Smith", "J*** *****"),
        ("O'Neil-Smith Jr.", "O'****-***** **."),
        ("阿卜杜拉·买买提", "阿***·***"),
        ("Jose\u0301", "J***"),
        ("E\u0301lise", "É****"),
        ("邉\U000e0101太郎", "邉\U000e0101**"),
        ("👨‍👩‍👧‍👦家", "👨‍👩‍👧‍👦*"),
        ("👍🏽好", "👍🏽*"),
        ("🇨🇳人", "🇨🇳*"),
        ("\u200b王\u200b五", "王*"),
        ("𠮷田", "𠮷*"),
        ("A.", "**"),
    ],
)
def test_name_shows_its_first_character_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(max_size=40))
def test_at_least_one_character_of_any_name_is_hidden(name: str) -> None:
    masked = graphemes(mask_name(name))
    letters = [each for each in masked if each[0].isalnum()]
    assert not masked or "*" in masked
    assert len(letters) <= 1


@pytest.mark.parametrize(
    ("phone", "label", "screen"),
    [
        ("13812345678", "1******5678", "138****5678"),
        ("+86 138 1234 5678", "1******5678", "138****5678"),
        ("１３８１２３４５６７８", "1******5678", "138****5678"),
        ("13812345678-1234", "1******5678-1234", "138****5678-1234"),
        ("010-88886666", "010-****6666", "010-****6666"),
        ("0571-8888888-12", "0571-***8888-12", "0571-***8888-12"),
        ("400-800-1234", "******1234", "******1234"),
        ("+1 415 555 2671", "*********2671", "*********2671"),
        ("+852 9123 4567", "*********4567", "*********4567"),
        ("10086", "*****", "*****"),
        ("", "", ""),
        ("1381234567", "******4567", "******4567"),
        ("张三的电话", "*****", "*****"),
    ],
)
def test_phone(phone: str, label: str, screen: str) -> None:
    assert mask_phone_label(phone) == label
    assert mask_phone_screen(phone) == screen


@given(st.from_regex(r"1[3-9][0-9]{9}(-[0-9]{1,4})?", fullmatch=True))
def test_label_hides_six_digits_of_a_mobile_and_shows_the_last_four(phone: str) -> None:
    masked, _, extension = mask_phone_label(phone).partition("-")
    assert masked.count("*") == 6
    assert masked.endswith(phone[7:11])
    assert extension == phone[12:]


@given(st.text(max_size=40))
def test_no_text_as_phone_is_shown_whole(phone: str) -> None:
    assert not phone.split() or "*" in mask_phone_label(phone)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("110101202311012176", "110***********2176"),
        ("91110000600037341L", "911***********341L"),
        ("E12345678", "*****5678"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_id(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("detail", "masked"),
    [
        ("文一西路969号3幢2单元1501室", "文一西路969号3幢*单元****室"),
        ("虹漕路461号58号楼5楼", "虹漕路461号58号楼*楼"),
        ("祥园路300号", "祥园路300号"),
        ("红星大厦9楼2号", "红星大厦*楼*号"),
        ("3栋1501(放门口)", "3栋****(放门口)"),
        ("天河路12号12-3-501", "天河路12号12-*****"),
        ("中山路100-2号", "中山路100-2号"),
        ("幸福小区三单元四零二室", "幸福小区*单元***室"),
        ("科技园A座1203", "科技园A座****"),
        ("5号楼602", "5号楼***"),
        ("Room 1501, 12 Main St", "Room ****, 12 Main St"),
        ("350 Fifth Ave Apt A", "350 Fifth Ave Apt *"),
        ("12 Ste Marie", "12 Ste Marie"),
        ("3rd Floor, 5 King Rd", "*rd Floor, 5 King Rd"),
        ("塘西工业区", "塘西工业区"),
        ("放门口13812345678", "放门口*******5678"),
        ("", ""),
    ],
)
def test_address_on_a_label_hides_unit_and_room(detail: str, masked: str) -> None:
    address = Address("浙江省", "杭州市", "余杭区", "五常街道", detail)
    assert mask_address_label(address) == f"浙江省杭州市余杭区五常街道{masked}"


@given(st.integers(min_value=1, max_value=9999))
def test_room_number_never_reaches_the_label(room: int) -> None:
    for shape in ("{}室", "2幢{}室", "2单元{}", "A座{}"):
        masked = mask_address_label(Address(detail=shape.format(room)))
        assert not re.search(rf"(?<![0-9]){room}(室|$)", masked)
