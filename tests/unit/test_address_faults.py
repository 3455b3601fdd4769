"""The check of an address that stands in the fields of a form, whoever filled them."""

from dataclasses import replace

import pytest

from courier_desk.domain.address_faults import DoubtKind, check_address
from courier_desk.domain.divisions import load_divisions
from courier_desk.domain.party import Address

K = DoubtKind
GOOD = Address("浙江省", "杭州市", "余杭区", "五常街道", "文一西路969号", "311121")


def _faults(address: Address) -> list[tuple[DoubtKind, str]]:
    return [(doubt.kind, doubt.field) for doubt in check_address(address, load_divisions())]


@pytest.mark.parametrize(
    "address",
    [
        GOOD,
        replace(GOOD, street="", postcode=""),
        Address("上海市", "上海市", "徐汇区", "", "虹漕路461号"),
        Address("广东省", "东莞市", "", "莞城街道", "东城路1号"),
        Address("湖北省", "", "仙桃市", "龙华山街道", "仙桃大道1号"),
        Address("台湾省", "", "", "", "台北市信义区市府路45号"),
        Address("香港特别行政区", "", "", "", "九龙旺角弥敦道700号", "999077"),
        Address("甘肃省", "天水市", "麦积区", "社棠镇", "下曲村"),
        Address(detail="1 Main Street", country="US"),
    ],
)
def test_a_good_address_has_no_fault(address: Address) -> None:
    assert _faults(address) == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        (replace(GOOD, province=""), (K.MISSING_PROVINCE, "province")),
        (replace(GOOD, province="浙江国"), (K.UNKNOWN_DIVISION, "province")),
        (replace(GOOD, city=""), (K.MISSING_CITY, "city")),
        (replace(GOOD, city="广州市"), (K.PROVINCE_CITY_MISMATCH, "city")),
        (replace(GOOD, city="杭城市"), (K.UNKNOWN_DIVISION, "city")),
        (replace(GOOD, district=""), (K.MISSING_DISTRICT, "district")),
        (replace(GOOD, district="徐汇区"), (K.CITY_DISTRICT_MISMATCH, "district")),
        (replace(GOOD, district="江干区"), (K.UNKNOWN_DIVISION, "district")),
        (replace(GOOD, street="临平街道"), (K.DISTRICT_STREET_MISMATCH, "street")),
        (replace(GOOD, detail=""), (K.MISSING_DETAIL, "detail")),
        (replace(GOOD, detail="文一西路"), (K.NO_HOUSE_NUMBER, "detail")),
        (replace(GOOD, detail="文一西路969号3号楼"), (K.NO_ROOM, "detail")),
        (replace(GOOD, postcode="200030"), (K.POSTCODE_MISMATCH, "postcode")),
        (replace(GOOD, postcode="325000"), (K.POSTCODE_MISMATCH, "postcode")),
        (replace(GOOD, postcode="31112"), (K.POSTCODE_MISMATCH, "postcode")),
    ],
)
def test_each_fault_stands_beside_its_field(address: Address, fault: tuple[DoubtKind, str]) -> None:
    assert fault in _faults(address)


@pytest.mark.parametrize(
    "detail", ["下曲村三组", "浙江大学紫金港校区", "二号楼三单元", "人民医院", "阳光花园A座", "甲12号"]
)
def test_a_place_that_finds_itself_needs_no_number(detail: str) -> None:
    assert (K.NO_HOUSE_NUMBER, "detail") not in _faults(replace(GOOD, detail=detail))


def test_a_doubt_says_what_is_wrong() -> None:
    doubt = check_address(replace(GOOD, city="广州市"), load_divisions())[0]
    assert str(doubt.message) == "广州市 does not lie in 浙江省."
