"""Pasted lines of many shapes, made from the division table, each with the parts that should come out."""

import random
from dataclasses import dataclass

from courier_desk.domain.division_names import stem
from courier_desk.domain.divisions import Division, Divisions, Level, PathNames

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟"
_COMPOUND = ("欧阳", "司马", "诸葛", "上官")
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红梅建国文志鹏晓东海波宁云飞雪莲子涵浩然雨欣一诺思远"
# Names of roads and estates that hold names of divisions, as real ones do.
_ROADS = (
    "中山路", "人民路", "解放路", "文一西路", "北京西路", "南京东路", "长江大道", "和平街", "新华大街", "幸福巷",
    "虹漕路", "天府大道", "解放南路", "胜利街", "滨江大道", "朝阳路", "西湖大道", "海南路", "上海路",
)  # fmt: skip
_ESTATES = (
    "", "阳光花园", "万科城", "金地国际", "恒大名都", "东方明珠小区", "海创园", "府前大厦", "杭州大厦", "学苑小区",
)  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789+-", "０１２３４５６７８９＋－")
_SEPARATORS = (" ", ",", "，", "\n", "；", "、", "\t", "  ", " / ")


@dataclass(frozen=True)
class Sample:
    """A line and what it says; None for a part that it does not have."""

    line: str
    name: str
    phone: str
    province: str | None
    city: str | None
    district: str | None
    street: str | None
    detail: str
    postcode: str | None


def samples(divisions: Divisions, count: int, seed: int) -> list[Sample]:
    """``count`` lines; the same ones for the same seed."""
    maker = _Maker(divisions, random.Random(seed))
    return [maker.sample() for _ in range(count)]


class _Maker:
    def __init__(self, divisions: Divisions, chance: random.Random) -> None:
        self._divisions = divisions
        self._chance = chance
        self._rows = range(len(divisions.streets.names.values))

    def sample(self) -> Sample:
        street = self._divisions.streets.at(self._chance.choice(self._rows))
        names = self._divisions.names(street.code)
        with_street = self._chance.random() < 0.6
        region, gap = self._region(street, names, with_street=with_street)
        name, detail, postcode = self._name(), self._detail(), self._divisions.postcode_hint(street.code)
        phone, typed = self._phone()
        line, has_postcode = self._line(region, gap, name, typed, detail, postcode)
        return Sample(
            line, name, phone, names.province, names.city, names.district, names.street if with_street else None,
            detail, postcode if has_postcode else None,
        )  # fmt: skip

    def _region(self, street: Division, names: PathNames, *, with_street: bool) -> tuple[str, str]:
        """The divisions as somebody writes them, and the gap before the street's name and number."""
        path = [node for node in self._divisions.path(street.code) if node.level < Level.STREET]
        municipal = names.province == names.city
        style = self._chance.choice(("full", "full", "no province", "short", "gaps", "said twice"))
        once = path[1:] if municipal else path
        parts = [node.name for node in once]
        if style == "short" and path[-1].code[4] != "7":
            parts = [stem(node) for node in once]
        elif style == "no province" and len(path) > 2:
            parts = [node.name for node in path[1:]]
        gap = self._chance.choice((" ", "/", "-", ",")) if style == "gaps" else ""
        region = gap.join(parts) + (gap + street.name if with_street else "")
        if style == "said twice":
            region = "".join(parts) + " " + region
        return region, gap if gap in ("", ",") else " "

    def _line(self, region: str, gap: str, name: str, phone: str, detail: str, postcode: str) -> tuple[str, bool]:
        whole = f"{region}{gap or self._chance.choice(('', ' '))}{detail}"
        by = self._chance.choice(_SEPARATORS)
        lines = (
            by.join((name, phone, whole)),
            by.join((whole, name, phone)),
            by.join((phone, name, whole)),
            by.join((whole, phone, name)),
            f"{name}{phone}{whole}",
            f"{whole}{name}{phone}",
            f"收件人：{name}\n手机号码：{phone}\n所在地区：{region}\n详细地址：{detail}",
            f"姓名:{name} 电话:{phone} 地址:{whole}",
            f"收货人: {name} {phone}\n收货地址: {whole}",
            f"【收货人】{name}【电话】{phone}【地址】{whole}",
            f"{name}收 {phone} {whole}",
            f"你好，麻烦寄到 {whole} {name}(收) {phone}",
            f"👍{name}\u200b {phone}\r\n{whole}",
            f"{name}，{phone}，{whole}，{postcode}",
            f"{postcode} {whole} {name} {phone}",
            f"{whole} 邮编：{postcode} {name} {phone}",
        )
        chosen = self._chance.randrange(len(lines) if postcode else len(lines) - 3)
        return lines[chosen], chosen >= len(lines) - 3

    def _name(self) -> str:
        if self._chance.random() < 0.05:
            return self._chance.choice(_COMPOUND) + self._chance.choice(_GIVEN)
        given = "".join(self._chance.choice(_GIVEN) for _ in range(self._chance.choice((1, 2, 2))))
        return self._chance.choice(_SURNAMES) + given

    def _phone(self) -> tuple[str, str]:
        """The number as it should come out, and as it was typed."""
        mobile = "1" + self._chance.choice("3456789") + self._digits(9)
        extension, local = self._digits(4), "8" + self._digits(7)
        return self._chance.choice(
            (
                (mobile, mobile),
                (mobile, mobile),
                (mobile, f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"),
                (mobile, f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"),
                (mobile, f"+86{mobile}"),
                (mobile, f"+86 {mobile[:3]} {mobile[3:7]} {mobile[7:]}"),
                (mobile, mobile.translate(_FULL_WIDTH)),
                (f"{mobile}-{extension}", f"{mobile}转{extension}"),
                (f"{mobile}-{extension}", f"{mobile}-{extension}"),
                (f"0571-{local}", f"0571-{local}"),
                (f"010-{local}", f"(010){local}"),
            )
        )

    def _digits(self, count: int) -> str:
        return "".join(self._chance.choice("0123456789") for _ in range(count))

    def _detail(self) -> str:
        number = self._chance.randint
        house = f"{self._chance.choice(_ROADS)}{number(1, 999)}号{self._chance.choice(_ESTATES)}"
        return house + self._chance.choice(
            (
                "",
                f"{number(1, 30)}幢{number(1, 4)}单元{number(1, 30)}0{number(1, 4)}室",
                f"{number(1, 30)}号楼{number(101, 2904)}",
                f"{number(1, 12)}-{number(1, 4)}-{number(101, 999)}",
                f"{self._chance.choice('ABC')}座{number(101, 2904)}室",
            )
        )
