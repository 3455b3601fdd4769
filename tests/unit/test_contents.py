"""Whether what is declared may be sent."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base.errors import UserError
from courier_desk.base.paths import asset
from courier_desk.domain.contents import ContentFinding, ForbiddenList, Verdict, check_contents

SAMPLE: dict[str, Any] = json.loads((asset("reference") / "sample" / "forbidden.json").read_text(encoding="utf-8"))
RULES = ForbiddenList.from_data(SAMPLE)


def check(name: str) -> list[ContentFinding]:
    return list(check_contents([name], RULES))


def articles(name: str, verdict: Verdict) -> set[str]:
    return {each.article for each in check(name) if each.verdict is verdict}


# The published categories with their examples (domain.md 3.3), in both languages.
FORBIDDEN = {
    "firearms": "手枪 气枪 仿真枪 子弹 炮弹 pistol airgun replica_gun bullet",
    "controlled_tools": "匕首 弹簧刀 弓弩 电击器 催泪喷射器 dagger crossbow stun_gun tear_gas",
    "explosives": "雷管 烟花 鞭炮 黑火药 发射药 detonator fireworks black_powder propellant",
    "gases": "打火机 丁烷 氢气 氯气 氧气瓶 气雾剂 lighter butane oxygen_cylinder aerosols",
    "flammable_liquids": "汽油 稀释剂 油漆 酒精 丙酮 petrol paint_thinner paint alcohol acetone",
    "flammable_solids": "火柴 固体酒精 白磷 金属钠 锂金属 电石 matches solid_fuel lithium_metal calcium_carbide",
    "oxidisers": "高锰酸钾 氯酸钾 过氧化氢 双氧水 permanganate chlorate hydrogen_peroxide",
    "toxic": "砒霜 氰化钾 水银 剧毒农药 arsenic cyanide mercury pesticide",
    "infectious": "病菌 医疗废物 生兽皮 pathogen medical_waste untreated_hides",
    "radioactive": "铀 钴60 镭 uranium radium cobalt_60",
    "corrosive": "硫酸 盐酸 烧碱 蓄电池 sulfuric_acid caustic_soda wet_batteries",
    "drugs": "鸦片 氯胺酮 麻黄碱 吸毒工具 opium ketamine ephedrine drug_pipe",
    "illegal_media": "淫秽光盘 邪教书籍 obscene extremist_propaganda",
    "spy_devices": "窃听器 针孔摄像头 hidden_microphone hidden_cameras",
    "forgeries": "假币 假证件 假公章 counterfeit_money fake_passport fake_seal",
    "infringing": "盗版光盘 假烟 假药 pirated_DVD fake_medicine",
    "endangered": "象牙 虎骨 犀牛角 ivory tiger_bone rhino_horn",
    "border_banned": "国家秘密文件 疫区肉类 state_secrets",
    "other": "危险化学品 机关公文 hazardous_chemicals",
}


@pytest.mark.parametrize(
    ("article", "name"), [(key, name.replace("_", " ")) for key, names in FORBIDDEN.items() for name in names.split()]
)
def test_examples_of_the_catalogue_are_forbidden(article: str, name: str) -> None:
    assert article in articles(name, Verdict.FORBIDDEN)
    assert article in articles(f"2 {name.upper()}, 红色", Verdict.FORBIDDEN)


def test_the_catalogue_has_its_nineteen_categories() -> None:
    numbered = {each.number: each.key for each in RULES.articles if each.verdict is Verdict.FORBIDDEN}
    assert [numbered[number] for number in range(1, 20)] == list(FORBIDDEN)


@pytest.mark.parametrize("article", RULES.articles, ids=lambda each: each.key)
def test_every_word_of_the_list_is_found(article: Any) -> None:
    for phrase in article.words:
        assert article.key in {each.article for each in check(phrase.text)}, phrase.text


@pytest.mark.parametrize(
    "name",
    [
        "打火机形U盘",
        "打火机造型摆件",
        "火柴人T恤",
        "象牙白连衣裙",
        "玩具水枪",
        "手枪钻",
        "热熔胶枪",
        "汽油滤芯",
        "油漆刷",
        "不含酒精免洗凝露",
        "硫酸软骨素",
        "镭射打印机",
        "大麻布衣",
        "高仿真花",
        "手机壳",
        "手机 数据线",
        "充电宝保护套",
        "不含电池遥控车",
        "toy car without batteries",
        "toy car, no battery",
        "hot glue gun",
        "paint brush",
        "lighter weight jacket",
        "ivory white dress",
        "slighter",
        "纯棉T恤",
        "图书",
        "三七粉",
        "汽车配件",
        "cotton shirt",
        "coat",
    ],
)
def test_what_only_sounds_alike_is_no_alarm(name: str) -> None:
    assert check(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "打 火 机",
        "打-火·机",
        "打\u200b火机",
        "防风打火机2个",
        "打火机形状的打火机",
        "ＬＩＧＨＴＥＲ",
        "Lighters",
        "zippo lighter (new)",
        "红色lighter",
        "lighte\u0301r",
        "<b>lighter</b>",
    ],
)
def test_word_is_found_however_it_is_written(name: str) -> None:
    assert articles(name, Verdict.FORBIDDEN) == {"gases"}


def test_replica_counts_as_the_gun_itself() -> None:
    assert articles("手枪形水枪", Verdict.FORBIDDEN) == {"firearms"}


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("充电宝", "batteries"),
        ("power bank", "batteries"),
        ("蜂蜜", "liquids"),
        ("面粉", "powders"),
        ("香烟", "tobacco"),
        ("处方药", "medicine"),
        ("香水", "cosmetics_alcohol"),
        ("白酒", "cosmetics_alcohol"),
        ("磁铁", "magnets"),
        ("水果", "fresh_food"),
        ("绿植", "live_animals_plants"),
        ("菜刀", "knives"),
        ("代金券", "vouchers"),
    ],
)
def test_restricted_article_names_its_condition(name: str, article: str) -> None:
    found = check(name)
    assert [(each.article, each.verdict) for each in found] == [(article, Verdict.RESTRICTED)]
    condition = next(each.condition for each in RULES.articles if each.key == article)
    assert str(condition) in str(found[0].rule)


@pytest.mark.parametrize(
    "name",
    [
        "日用品",
        "其他",
        "礼品",
        "小礼品",
        "礼品3件",
        "一箱日用品等",
        "其他日用品",
        "日 用 品",
        "goods",
        "Gifts",
        "spare parts",
        "3 pcs of daily necessities",
        "gift 礼品",
        "一箱",
        "123",
        "。。。",
        "😀",
    ],
)
def test_vague_name_is_asked_for(name: str) -> None:
    assert [each.verdict for each in check(name)] == [Verdict.VAGUE]


def test_customs_refuse_more_vague_words() -> None:
    assert check_contents(["衣服", "clothes"], RULES) == ()
    assert [each.verdict for each in check_contents(["衣服", "clothes"], RULES, abroad=True)] == [Verdict.VAGUE] * 2
    assert check_contents(["men's cotton shirt"], RULES, abroad=True) == ()


def test_findings_name_their_line_the_gravest_first() -> None:
    found = check_contents(["图书", "", "充电宝和打火机", "  ", "礼品"], RULES)
    assert [(each.line, each.article) for each in found] == [(2, "gases"), (2, "batteries"), (4, "vague")]


def test_rule_cites_the_catalogue() -> None:
    assert "打火机" in str(check("打火机")[0].rule)
    assert "no. 4" in str(check("打火机")[0].rule)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"articles": [{"key": "x"}]}, "articles\\[1\\]"),
        ({"articles": [SAMPLE["articles"][0], SAMPLE["articles"][0]]}, "articles\\[2\\].key"),
        ({"vague": ["!!!"]}, "vague\\[1\\]"),
        ({"absent": None}, "forbidden"),
        ({"articles": [{**SAMPLE["articles"][-1], "condition": None}]}, "condition"),
    ],
)
def test_faulty_list_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(UserError, match=place):
        ForbiddenList.from_data({**SAMPLE, **change})


@given(st.text(max_size=200))
def test_any_text_is_judged(name: str) -> None:
    assert all(each.line == 0 for each in check(name))
