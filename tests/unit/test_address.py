"""Pasted lines as they come from shops, chats and forms, each looked at by hand."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.domain.address import DoubtKind, ParsedAddress, load_divisions, parse_line
from courier_desk.domain.address_text import LONGEST
from courier_desk.domain.party import Address

K = DoubtKind
_WHERE = "浙江省杭州市余杭区"
_YUHANG = "浙江省 杭州市 余杭区 -"
_WUCHANG = "浙江省 杭州市 余杭区 五常街道"


def _read(line: str) -> ParsedAddress:
    return parse_line(line, load_divisions())


def _place(parsed: ParsedAddress) -> str:
    return " ".join(part or "-" for part in (parsed.province, parsed.city, parsed.district, parsed.street))


def _kinds(parsed: ParsedAddress) -> set[DoubtKind]:
    return {doubt.kind for doubt in parsed.doubts}


# Lines without a doubt, and what they say: name, phone, place, detail.
CLEAR = """
张三 13812345678 浙江省杭州市余杭区五常街道文一西路969号 311121
    张三 | 13812345678 | 浙江省 杭州市 余杭区 五常街道 | 文一西路969号
张三13812345678浙江省杭州市余杭区五常街道文一西路969号
    张三 | 13812345678 | 浙江省 杭州市 余杭区 五常街道 | 文一西路969号
张三浙江省杭州市余杭区五常街道文一西路969号13812345678
    张三 | 13812345678 | 浙江省 杭州市 余杭区 五常街道 | 文一西路969号
浙江省杭州市余杭区五常街道文一西路969号，张三，13812345678
    张三 | 13812345678 | 浙江省 杭州市 余杭区 五常街道 | 文一西路969号
张三/13812345678/浙江省/杭州市/余杭区/文一西路969号3幢402室
    张三 | 13812345678 | 浙江省 杭州市 余杭区 - | 文一西路969号3幢402室
张三,86-13812345678,浙江省 杭州市 余杭区 五常街道 文一西路969号
    张三 | 13812345678 | 浙江省 杭州市 余杭区 五常街道 | 文一西路969号
张 三，１３８１２３４５６７８，浙江省杭州市余杭区文一西路９６９号
    张三 | 13812345678 | 浙江省 杭州市 余杭区 - | 文一西路969号
张三 13812345678 浙江 杭州 余杭 文一西路969号
    张三 | 13812345678 | 浙江省 杭州市 余杭区 - | 文一西路969号
张三 13812345678 浙江杭州余杭五常文一西路969号
    张三 | 13812345678 | 浙江省 杭州市 余杭区 五常街道 | 文一西路969号
高明，13812345678，广东省佛山市高明区荷城街道文昌路1号
    高明 | 13812345678 | 广东省 佛山市 高明区 荷城街道 | 文昌路1号
浙江省杭州市西湖区文三路 90号 东部软件园 3号楼 203室 王小明 13812345678
    王小明 | 13812345678 | 浙江省 杭州市 西湖区 - | 文三路 90号 东部软件园 3号楼 203室
内蒙古呼和浩特市新城区新华大街1号 欧阳娜娜 15012345678
    欧阳娜娜 | 15012345678 | 内蒙古自治区 呼和浩特市 新城区 - | 新华大街1号
广西南宁市青秀区民族大道1号 韦明 13700001111
    韦明 | 13700001111 | 广西壮族自治区 南宁市 青秀区 - | 民族大道1号
新疆乌鲁木齐市天山区人民路2号 买买提·吐尔逊 13999999999
    买买提·吐尔逊 | 13999999999 | 新疆维吾尔自治区 乌鲁木齐市 天山区 - | 人民路2号
John Smith 13812345678 上海市静安区南京西路1266号恒隆广场
    John Smith | 13812345678 | 上海市 上海市 静安区 - | 南京西路1266号恒隆广场
北京北京市朝阳区望京街道阜通东大街6号 李丽 13812345678
    李丽 | 13812345678 | 北京市 北京市 朝阳区 望京街道 | 阜通东大街6号
北京市市辖区朝阳区阜通东大街6号 李丽 13812345678
    李丽 | 13812345678 | 北京市 北京市 朝阳区 - | 阜通东大街6号
上海徐汇区虹漕路461号 顾小姐 13812345678
    顾小姐 | 13812345678 | 上海市 上海市 徐汇区 - | 虹漕路461号
上海市徐汇区北京西路1号 顾小姐 13812345678
    顾小姐 | 13812345678 | 上海市 上海市 徐汇区 - | 北京西路1号
上海市徐汇区上海南站1号 顾小姐 13812345678
    顾小姐 | 13812345678 | 上海市 上海市 徐汇区 - | 上海南站1号
上海市上海市浦东新区浦东新区张江镇碧波路1号 13800001111 吴一帆
    吴一帆 | 13800001111 | 上海市 上海市 浦东新区 张江镇 | 碧波路1号
重庆市县云阳县双江街道杏花路1号 冉冉 13800001111
    冉冉 | 13800001111 | 重庆市 重庆市 云阳县 双江街道 | 杏花路1号
江苏省南京市鼓楼区中山路1号 王芳 025-83333333
    王芳 | 025-83333333 | 江苏省 南京市 鼓楼区 - | 中山路1号
陕西省西安市雁塔区小寨东路3号 北京银行 郭经理 029-88886666
    郭经理 | 029-88886666 | 陕西省 西安市 雁塔区 - | 小寨东路3号 北京银行
山东省青岛市市南区香港中路8号 杭州小笼包店 宋老板 13800001111
    宋老板 | 13800001111 | 山东省 青岛市 市南区 - | 香港中路8号 杭州小笼包店
四川乐山市中区嘉定中路1号 李强 13800001111
    李强 | 13800001111 | 四川省 乐山市 市中区 - | 嘉定中路1号
河南省郑州市金水区花园路街道花园路1号院 刘洋 13700001111
    刘洋 | 13700001111 | 河南省 郑州市 金水区 花园路街道 | 花园路1号院
江苏省苏州市工业园区星湖街328号 周杰 15512345678
    周杰 | 15512345678 | 江苏省 苏州市 苏州工业园区 - | 星湖街328号
广东省东莞市莞城街道东城路1号 赵六 13800001111
    赵六 | 13800001111 | 广东省 东莞市 - 莞城街道 | 东城路1号
广东省东莞市东莞市莞城街道东城路1号 赵六 13800001111
    赵六 | 13800001111 | 广东省 东莞市 - 莞城街道 | 东城路1号
海南省儋州市那大镇中兴大道1号 符大伟 13800001111
    符大伟 | 13800001111 | 海南省 儋州市 - 那大镇 | 中兴大道1号
甘肃嘉峪关雄关街道新华路1号 马明 13800001111
    马明 | 13800001111 | 甘肃省 嘉峪关市 - 雄关街道 | 新华路1号
湖北省仙桃市龙华山街道仙桃大道1号 赵六 13800001111
    赵六 | 13800001111 | 湖北省 - 仙桃市 龙华山街道 | 仙桃大道1号
湖北省省直辖县级行政区划仙桃市龙华山街道仙桃大道1号 赵六 13800001111
    赵六 | 13800001111 | 湖北省 - 仙桃市 龙华山街道 | 仙桃大道1号
吉林省吉林市船营区北京路1号 朴先生 13800001111
    朴先生 | 13800001111 | 吉林省 吉林市 船营区 - | 北京路1号
香港特别行政区中西区皇后大道中1号 陈大文 +852 9123 4567
    陈大文 | +852 9123 4567 | 香港特别行政区 - - - | 中西区皇后大道中1号
甘肃省天水市麦积区社棠镇下曲村三组 雷大爷 13800001111
    雷大爷 | 13800001111 | 甘肃省 天水市 麦积区 社棠镇 | 下曲村三组
"""


def _clear_lines() -> list[tuple[str, list[str]]]:
    lines = CLEAR.strip().splitlines()
    return [(line, says.strip().split(" | ")) for line, says in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize(("line", "says"), _clear_lines())
def test_a_clear_line_is_taken_apart_without_a_doubt(line: str, says: list[str]) -> None:
    parsed = _read(line)
    assert [parsed.name, parsed.phone, _place(parsed), parsed.detail] == says
    assert parsed.doubts == ()


# Forms of shop platforms: all say the same.
FORMS = [
    (
        "收件人: 张三\n手机号码: 138-1234-5678\n"
        "所在地区: 浙江省 杭州市 余杭区 五常街道\n详细地址: 文一西路969号\n邮编: 311121"
    ),
    "姓名：张三 电话：13812345678 地址：浙江省杭州市余杭区五常街道文一西路969号 邮编：311121",
    "地址:浙江省杭州市余杭区五常街道文一西路969号,收货人:张三,电话:13812345678,邮政编码311121",
    "【收货人】张三【电话】13812345678【地址】浙江省杭州市余杭区五常街道文一西路969号【邮编】311121",
    "省：浙江省 市：杭州市 区：余杭区 街道：五常街道 地址：文一西路969号 姓名：张三 电话：13812345678 邮编：311121",
    "收件人张三电话13812345678地址浙江省杭州市余杭区五常街道文一西路969号 311121",
    (
        "姓 名:张三\n电 话:+86 13812345678\n"
        "所在地区:浙江省杭州市余杭区五常街道\n地 址:浙江省杭州市余杭区五常街道文一西路969号,311121"
    ),
    "(311121)浙江省-杭州市-余杭区-五常街道 文一西路969号 张三(收) 13812345678",
    "张三先生 13812345678311121浙江省杭州市余杭区五常街道文一西路969号",
]


@pytest.mark.parametrize("line", FORMS)
def test_the_forms_of_shops_are_understood(line: str) -> None:
    parsed = _read(line)
    assert (parsed.name, parsed.phone, parsed.postcode) == ("张三", "13812345678", "311121")
    assert (_place(parsed), parsed.detail) == (_WUCHANG, "文一西路969号")
    assert parsed.division == "330110005"
    assert parsed.doubts == ()


# Published pairs (domain facts, section 7): text, place, detail.
PUBLISHED = [
    ("徐汇区虹漕路461号58号楼5楼", "上海市 上海市 徐汇区 -", "虹漕路461号58号楼5楼", "310104"),
    ("泉州市洛江区万安塘西工业区", "福建省 泉州市 洛江区 -", "万安塘西工业区", "350504"),
    ("北京朝阳区北苑华贸城", "北京市 北京市 朝阳区 -", "北苑华贸城", "110105"),
    ("浙江省杭州市拱墅区祥园路300号", "浙江省 杭州市 拱墅区 -", "祥园路300号", "330105"),
    ("四川省成都市武侯区红牌楼街19号红星大厦9楼2号", "四川省 成都市 武侯区 -", "红牌楼街19号红星大厦9楼2号", "510107"),
    ("深圳南山科技园", "广东省 深圳市 - -", "南山科技园", "440300"),
]


@pytest.mark.parametrize(("line", "place", "detail", "code"), PUBLISHED)
def test_published_pairs_come_out(line: str, place: str, detail: str, code: str) -> None:
    parsed = _read(line)
    assert (_place(parsed), parsed.detail, parsed.division) == (place, detail, code)


# Doubtful lines: line, place, kinds that must be among the doubts.
DOUBTFUL = [
    ("余杭区文一西路969号", _YUHANG, {K.MISSING_PROVINCE, K.MISSING_CITY}),
    ("浙江省余杭区文一西路969号", _YUHANG, {K.MISSING_CITY}),
    ("杭州市五常街道文一西路969号", _WUCHANG, {K.MISSING_PROVINCE, K.MISSING_DISTRICT}),
    ("义乌市北苑街道雪峰西路1号", "浙江省 金华市 义乌市 北苑街道", {K.MISSING_PROVINCE, K.MISSING_CITY}),
    ("朝阳区北苑路1号", "- - 朝阳区 -", {K.DISTRICT_AMBIGUOUS, K.MISSING_PROVINCE, K.MISSING_CITY}),
    ("朝阳建国路1号", "- - - -", {K.CITY_AMBIGUOUS}),
    ("江苏省鼓楼区中山路1号", "江苏省 - 鼓楼区 -", {K.DISTRICT_AMBIGUOUS, K.MISSING_CITY}),
    ("鼓楼区湖南路街道中山路1号", "江苏省 南京市 鼓楼区 湖南路街道", {K.MISSING_PROVINCE, K.MISSING_CITY}),
    ("福建省鼓楼区五一北路1号", "福建省 福州市 鼓楼区 -", {K.MISSING_CITY}),
    ("浙江省宁波市余杭区文一西路1号", "浙江省 宁波市 余杭区 -", {K.CITY_DISTRICT_MISMATCH}),
    ("江苏省杭州市余杭区文一西路1号", "江苏省 杭州市 余杭区 -", {K.PROVINCE_CITY_MISMATCH}),
    ("浙江省杭州市滨江区五常街道文一西路1号", "浙江省 杭州市 滨江区 -", {K.DISTRICT_STREET_MISMATCH}),
    ("杭州文三路90号", "浙江省 杭州市 - -", {K.MISSING_PROVINCE, K.MISSING_DISTRICT}),
    ("北京朝阳门内大街8号", "北京市 北京市 - -", {K.MISSING_DISTRICT}),
    ("重庆江北机场路1号", "重庆市 重庆市 - -", {K.MISSING_DISTRICT}),
    ("广州白云机场2号楼", "广东省 广州市 - -", {K.MISSING_DISTRICT}),
    ("杭州市余杭文一西路969号", _YUHANG, {K.SHORT_NAME}),
    ("杭州市余航区文一西路969号", _YUHANG, {K.MISSPELT}),
    ("浙江省杭州市西湖区文三路", "浙江省 杭州市 西湖区 -", {K.NO_HOUSE_NUMBER}),
    ("浙江省杭州市西湖区文三路90号3幢", "浙江省 杭州市 西湖区 -", {K.NO_ROOM}),
    ("浙江省杭州市西湖区", "浙江省 杭州市 西湖区 -", {K.MISSING_DETAIL}),
    ("江苏省南京市鼓楼区湖南路1号 310000", "江苏省 南京市 鼓楼区 -", {K.POSTCODE_MISMATCH}),
    ("江苏省南京市鼓楼区湖南路1号 225000", "江苏省 南京市 鼓楼区 -", {K.POSTCODE_MISMATCH}),
    ("文一西路969号", "- - - -", {K.MISSING_PROVINCE, K.MISSING_CITY, K.MISSING_DISTRICT}),
    ("杭州银行滨江支行3号", "- - - -", {K.MISSING_PROVINCE}),
    ("", "- - - -", {K.MISSING_DETAIL, K.MISSING_PROVINCE, K.MISSING_NAME, K.MISSING_PHONE}),
]


@pytest.mark.parametrize(("line", "place", "kinds"), DOUBTFUL)
def test_what_is_doubtful_is_marked(line: str, place: str, kinds: set[DoubtKind]) -> None:
    parsed = _read(line)
    assert _place(parsed) == place
    assert kinds <= _kinds(parsed)


# Old names: line, the district of today, whether it is certain.
RENAMED = [
    ("杭州市下城区体育场路1号", "拱墅区"),
    ("杭州市江干区九堡街道1号", "上城区"),
    ("杭州市江干区下沙街道2号大街1号", "钱塘区"),
    ("杭州市江干区白杨街道1号", "钱塘区"),
    ("杭州市余杭区临平街道南大街1号", "临平区"),
    ("北京市崇文区珠市口东大街1号", "东城区"),
    ("北京市宣武区广安门内大街1号", "西城区"),
    ("上海市卢湾区淮海中路1号", "黄浦区"),
    ("上海市闸北区天目西路1号", "静安区"),
    ("上海市南汇区惠南镇1号", "浦东新区"),
    ("北京密云县鼓楼东大街1号", "密云区"),
    ("北京市延庆县东外大街1号", "延庆区"),
    ("广西南宁市横县横州镇1号", "横州市"),
    ("广州市东山区文明路1号", "越秀区"),
    ("山东省莱芜市莱城区文化路1号", "莱芜区"),
    ("天津市塘沽区解放路1号", "滨海新区"),
]


@pytest.mark.parametrize(("line", "today"), RENAMED)
def test_an_old_name_becomes_the_one_of_today_with_a_doubt(line: str, today: str) -> None:
    parsed = _read(line)
    assert parsed.district == today
    assert K.OLD_NAME in _kinds(parsed)


def test_a_district_that_was_split_is_asked_for_when_the_street_does_not_tell() -> None:
    parsed = _read("杭州市江干区钱江路1号")
    assert (parsed.city, parsed.district) == ("杭州市", None)
    doubt = next(doubt for doubt in parsed.doubts if doubt.kind == K.DISTRICT_AMBIGUOUS)
    assert [load_divisions().names(code).district for code in doubt.choices] == ["上城区", "钱塘区"]


def test_a_city_renamed_keeps_its_districts() -> None:
    parsed = _read("湖北省襄樊市樊城区长虹路1号")
    assert _place(parsed) == "湖北省 襄阳市 樊城区 -"
    assert [doubt.field for doubt in parsed.doubts if doubt.kind == K.OLD_NAME] == ["city"]


def test_the_digits_of_a_platform_are_taken_off_name_and_address() -> None:
    parsed = _read("王五[1234] 18412345678-1234 上海市徐汇区虹漕路1号[1234]")
    assert (parsed.name, parsed.phone, parsed.detail) == ("王五", "18412345678-1234", "虹漕路1号")


def test_a_name_glued_to_the_house_number_is_asked_for() -> None:
    parsed = _read(f"{_WHERE}文一西路969号张三13812345678")
    assert (parsed.name, parsed.detail) == ("张三", "文一西路969号")
    assert K.NAME_UNSURE in _kinds(parsed)


def test_a_road_that_sounds_like_a_person_stays_in_the_address() -> None:
    parsed = _read("北京市东城区王府井大街138号 13812345678")
    assert (parsed.name, parsed.detail) == (None, "王府井大街138号")
    assert K.MISSING_NAME in _kinds(parsed)


def test_a_lone_name_that_is_also_a_district_is_the_person() -> None:
    parsed = _read("高明 13812345678 文一西路969号")
    assert (parsed.name, _place(parsed)) == ("高明", "- - - -")


def test_two_names_are_said() -> None:
    parsed = _read(f"张三 李四 13812345678 {_WHERE}文一西路969号")
    assert parsed.name in ("张三", "李四")
    assert {K.SECOND_NAME, K.NAME_UNSURE} <= _kinds(parsed)


def test_a_company_before_the_address_is_told_from_the_person() -> None:
    parsed = _read(f"阿里巴巴（中国）有限公司 张三收 0571-88886666 {_WHERE}文一西路969号")
    assert (parsed.name, parsed.company, parsed.detail) == ("张三", "阿里巴巴(中国)有限公司", "文一西路969号")


def test_of_sender_and_recipient_the_recipient_is_taken() -> None:
    parsed = _read(f"寄件人：李四 13900001111 上海市徐汇区虹漕路1号\n收件人：张三 13812345678 {_WHERE}文一西路969号")
    assert (parsed.name, parsed.phone, parsed.district) == ("张三", "13812345678", "余杭区")
    assert K.SECOND_ADDRESS in _kinds(parsed)


def test_two_addresses_are_said() -> None:
    parsed = _read(f"张三 13812345678 {_WHERE}文一西路969号 或者 上海市徐汇区虹漕路1号")
    assert (parsed.district, K.SECOND_ADDRESS in _kinds(parsed)) == ("余杭区", True)


def test_the_address_may_stand_before_its_city() -> None:
    parsed = _read(f"文一西路969号 {_WHERE} 张三 13812345678")
    assert (parsed.name, parsed.detail, _place(parsed)) == ("张三", "文一西路969号", _YUHANG)


def test_what_has_no_place_is_shown_not_dropped() -> None:
    parsed = _read(f"备注：易碎\n张三\n13812345678\n{_WHERE}文一西路969号")
    assert (parsed.name, parsed.left_over) == ("张三", "易碎")
    assert K.LEFT_OVER in _kinds(parsed)


def test_emoji_and_invisible_characters_are_left_out() -> None:
    parsed = _read(f"👍🏻张三\u200b\u2067 138\u200b1234\u200b5678\r\n{_WHERE}\ufeff文一西路969号🎉")
    assert (parsed.name, parsed.phone, parsed.detail) == ("张三", "13812345678", "文一西路969号")
    assert _kinds(parsed) == {K.ODD_CHARACTERS}


@pytest.mark.parametrize(
    "line",
    [
        f'"张三","13812345678","{_WHERE}文一西路969号"',
        f"【张三】13812345678 {_WHERE}文一西路969号",
        f"1. 张三 13812345678 {_WHERE}文一西路969号",
        f"@张三 13812345678 #{_WHERE}文一西路969号#",
        f"张三(13812345678) {_WHERE}文一西路969号",
        f"张三，男，13812345678，{_WHERE}文一西路969 号",
    ],
)
def test_quotes_and_ornaments_do_not_stay(line: str) -> None:
    parsed = _read(line)
    assert (parsed.name, parsed.phone, parsed.detail) == ("张三", "13812345678", "文一西路969号")
    assert parsed.doubts == ()


def test_a_title_alone_is_joined_to_its_surname() -> None:
    parsed = _read(f"{_WHERE}文一西路969号 孙 经理 13812345678")
    assert (parsed.name, parsed.detail) == ("孙经理", "文一西路969号")


def test_a_walk_named_like_a_street_stays_in_the_address() -> None:
    parsed = _read("重庆市渝中区解放碑步行街1号 马超 13988887777")
    assert (parsed.street, parsed.detail, parsed.doubts) == (None, "解放碑步行街1号", ())


def test_a_very_long_text_is_cut_and_says_so() -> None:
    parsed = _read(f"张三 13812345678 {_WHERE}文一西路969号" + "很长" * LONGEST)
    assert (parsed.name, parsed.district, K.TOO_LONG in _kinds(parsed)) == ("张三", "余杭区", True)


def test_the_address_in_standard_form() -> None:
    address = _read("张三 13812345678 浙江杭州余杭五常文一西路969号 311121").address
    assert address == Address("浙江省", "杭州市", "余杭区", "五常街道", "文一西路969号", "311121", "330110005")


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    parsed = _read(text)
    assert parsed.detail == parsed.detail.strip()
    assert all(str(doubt.message) and doubt.field for doubt in parsed.doubts)


@given(st.text(alphabet="张三浙江省杭州市余杭区五常街道1234567890 ,，:：收件人电话地址/-\n", max_size=60))
def test_pieces_of_addresses_in_any_order_are_taken(text: str) -> None:
    parsed = _read(text)
    divisions = load_divisions()
    assert not parsed.division or divisions.names(parsed.division).province == parsed.province


@pytest.mark.parametrize("piece", ["上海市", "吉林市吉林省", "朝阳", "张三 ", "(", "1", "收件人:", "-(.)", f"{_WHERE}"])
def test_a_text_that_repeats_itself_does_not_take_long(piece: str) -> None:
    begin = time.thread_time()
    _read(piece * (LONGEST // len(piece)))
    assert time.thread_time() - begin < 1.0
