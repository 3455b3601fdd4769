"""Papers to draw in tests: ordinary ones by the dozen, and the longest and strangest that real life has."""

import random
from datetime import date
from typing import Any

from courier_desk.domain.paper import (
    BagTag,
    HandoverPaper,
    HandoverRow,
    LabelParty,
    LabelSize,
    StationKind,
    WaybillLabel,
)
from courier_desk.printing.dots import LABEL_DPIS

SIZES_AND_DPIS = tuple((size, dpi) for size in LabelSize for dpi in LABEL_DPIS)

LONGEST_NAME = "买*******（新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民医院）"
LONGEST_FOREIGN_NAME = "Adolph Blaine Charles Wolfeschlegelsteinhausenbergerdorff-Müller Sebastián"
LONGEST_ADDRESS = (
    "新疆维吾尔自治区巴音郭楞蒙古自治州和静县巴音布鲁克镇巴西里克村委会东侧200米新疆生产建设兵团第二师二十一团"
    "机关家属院12号楼3单元****（请送至㙍𬒈䶮𠮷超市代收点，周末亦可）"
)
LONGEST_FOREIGN_ADDRESS = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, "
    "Friedrichshain-Kreuzberg Straße 128, 10999 Berlin, Germany ****"
)
RARE = "㙍𬒈䶮𠮷龘𣲗㵘"
LONGEST_GOODS = (
    "羽绒服 2件、儿童图书 12本、景德镇手工陶瓷茶具（一壶四杯）1套、宁夏枸杞 500g 3袋、笔记本电脑支架 1个、"
    "蓝牙耳机充电仓硅胶保护套 6个"
)
_SYLLABLES = "上海北京广州深圳杭浙江苏南新区路街道号弄村镇人民中山解放建设和平华长黄河西安东风朝阳文化科技创业滨湖"


def label(**changes: Any) -> WaybillLabel:
    """An ordinary label; keyword arguments replace its parts."""
    values: dict[str, Any] = {
        "number": "CD0000000001233",
        "waybill": "CD0000000001233",
        "piece": 1,
        "pieces": 1,
        "company": "捷达速递",
        "hotline": "400-820-1234",
        "station_kind": StationKind.LIVE,
        "service": "标准快递",
        "routing_code": "320-A12-007",
        "package_centre": "沪浦东集散中心",
        "recipient": LabelParty("张*", "1******5678", "上海市浦东新区张江镇碧波路690号****"),
        "sender": LabelParty("欧**", "010-****6666", "北京市朝阳区望京街道阜通东大街6号****"),
        "goods": "服装 2件、书籍 1本",
        "weight": "1.25 kg",
        "payment": "寄付现结",
        "cod": "",
        "declared": "¥500.00",
        "marks": (),
        "inspected": "已验视",
        "clerk": "1003",
        "printed_at": "2026-11-22 17:42",
        "reprint": "",
        "note": "",
    }
    return WaybillLabel(**{**values, **changes})


def longest_label(**changes: Any) -> WaybillLabel:
    """A label where every text is as long as real life makes it."""
    return label(
        **{
            "number": "CD0000000001233-012",
            "piece": 12,
            "pieces": 120,
            "company": "内蒙古自治区锡林郭勒盟捷达国际速递有限责任公司",
            "hotline": "400-820-1234 转 8888",
            "service": "国际特快专递冷链",
            "routing_code": "771AG-B12-007-13",
            "package_centre": "乌鲁木齐国际快件监管中心二号分拨场地",
            "recipient": LabelParty(LONGEST_NAME, "1******5678 转 123456", LONGEST_ADDRESS),
            "sender": LabelParty(LONGEST_FOREIGN_NAME, "+49 ** ****4567", LONGEST_FOREIGN_ADDRESS),
            "goods": LONGEST_GOODS,
            "weight": "12345.678 kg",
            "payment": "收件人到付（月结 7551234567）",
            "cod": "¥1,234,567.89",
            "declared": "¥9,999,999.99",
            "marks": ("易碎", "贵重", "冷藏", "向上"),
            "inspected": "已验视 已安检",
            "clerk": "买买提江·10031003",
            "reprint": "补打 第12次",
            "note": "周末送货，到前电话联系；门卫代收请拍照；不要放在快递柜，谢谢",
            **changes,
        }
    )


def random_label(seed: int) -> WaybillLabel:
    """A label with random data that the seed decides."""
    chance = random.Random(seed)
    serial = f"CD{chance.randrange(10**12):012d}{chance.randrange(10)}"
    pieces = chance.choice((1, 1, 1, 2, 12))
    piece = chance.randint(1, pieces)
    return label(
        number=serial if pieces == 1 else f"{serial}-{piece:02d}",
        waybill=serial,
        piece=piece,
        pieces=pieces,
        station_kind=chance.choice(list(StationKind)),
        service=chance.choice(("标准快递", "特快", "同城急送", "国际特快专递冷链", "Standard express")),
        routing_code=f"{chance.randrange(1000)}-{chance.choice('ABCD')}{chance.randrange(100):02d}-{chance.randrange(1000):03d}",
        recipient=_party(chance),
        sender=_party(chance),
        goods="、".join(_words(chance, 6) for _line in range(chance.randint(1, 5))),
        weight=f"{chance.randrange(60)}.{chance.randrange(100):02d} kg",
        cod=chance.choice(("", f"¥{chance.randrange(100_000)}.00")),
        marks=tuple(chance.sample(("易碎", "贵重", "冷藏", "向上"), chance.randrange(5))),
        reprint=chance.choice(("", "", "补打 1")),
        note=chance.choice(("", _words(chance, 40))),
    )


def _words(chance: random.Random, most: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _place in range(chance.randint(1, most)))


def _party(chance: random.Random) -> LabelParty:
    address = f"{_words(chance, 50)}{chance.randrange(1000)}号****"
    return LabelParty(f"{_words(chance, 1)}**", f"1******{chance.randrange(10_000):04d}", address)


def bag_tag(**changes: Any) -> BagTag:
    """An ordinary bag tag."""
    values: dict[str, Any] = {
        "number": "BAG20261122000123",
        "destination": "上海浦东",
        "line": "北京-上海 CD1203",
        "pieces": 37,
        "weight": "128.40 kg",
        "kind": "小件包",
        "seal": "SEAL00012345",
        "station": "北京望京营业部",
        "station_kind": StationKind.LIVE,
        "printed_at": "2026-11-22 18:05",
    }
    return BagTag(**{**values, **changes})


def handover(rows: int = 3, **changes: Any) -> HandoverPaper:
    """A handover list with so many rows."""
    made = tuple(
        HandoverRow(place, f"CD{place:013d}", "标准快递", "上海浦东集散中心", 1, 1200 + place, "")
        for place in range(1, rows + 1)
    )
    values: dict[str, Any] = {
        "number": "HO20261122000007",
        "title": "出港交接清单",
        "company": "捷达速递有限公司",
        "station": "北京望京营业部",
        "station_kind": StationKind.LIVE,
        "business_date": date(2026, 11, 22),
        "line": "北京-上海 夜班干线 CD1203",
        "plate": "京A·12345",
        "driver": "王师傅",
        "rows": made,
        "bags": 0,
        "loose": rows,
        "pieces": rows,
        "weight_g": sum(row.weight_g for row in made),
        "differences": (),
        "supplement_of": "",
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "closed_at": "2026-11-22 18:31",
    }
    return HandoverPaper(**{**values, **changes})
