"""Pack a table of divisions (CSV) into the form that the program loads: ``build_divisions.py table.csv divisions.dat``.

The table has the columns code, name, level (province, city, district, street), parent, postcode, area_code. Artificial
levels are taken out (see courier_desk/domain/divisions.py) and pinyin is worked out here, so that the running program
does not load a pinyin library.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pypinyin import lazy_pinyin, load_phrases_dict, load_single_dict

from courier_desk.domain.divisions import FORMAT, Level, Packed

STATE_DATE = "2023-06-30"
LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "district": Level.DISTRICT, "street": Level.STREET}
MUNICIPAL_CITY = {"市辖区", "县"}
PROVINCE_RUN = "直辖县级行政区划"

# Local readings that the pinyin library does not know: the way the place calls itself.
_LOCAL_READINGS = """
涡阳 guo yang|单县 shan xian|洪洞 hong tong|大城县 dai cheng xian|乐亭 lao ting|浚县 xun xian|黄陂 huang pi
郫都 pi du|郫 pi|吴堡 wu bu|莘县 shen xian|繁峙 fan shi|乐陵 lao ling|穆棱 mu ling|百色 bai se|泌阳 bi yang
歙县 she xian|中牟 zhong mu|枞阳 zong yang|什邡 shi fang|牟平 mu ping|长阳 chang yang|长垣 chang yuan
曾都 zeng du|长治 chang zhi|都匀 du yun|武陟 wu zhi|蔚县 yu xian|尉犁 yu li|任丘 ren qiu|任泽 ren ze
监利 jian li|西藏 xi zang|荥阳 xing yang|荥经 ying jing|筠连 jun lian|覃塘 qin tang|行唐 xing tang|厦岗 xia gang
长顺 chang shun|长岛 chang dao|长岭 chang ling|长丰 chang feng|长汀 chang ting|长泰 chang tai|长葛 chang ge
长白 chang bai|长宁 chang ning|长寿 chang shou|长海 chang hai|长清 chang qing|长武 chang wu|长洲 chang zhou
朝阳 chao yang|朝天 chao tian|甪直 lu zhi|藏青 zang qing|珲春 hun chun|长子县 zhang zi xian|天长 tian chang
延长 yan chang|子长 zi chang|台州 tai zhou|番禺 pan yu|东莞 dong guan|回民区 hui min qu|大柴旦 da chai dan
兴安盟 xing an meng|兴县 xing xian
"""
# In names of places these are nearly always read so.
_USUAL_READINGS = {"都": "du", "长": "chang", "圩": "xu", "堡": "bao"}


def _teach_readings() -> None:
    load_single_dict({ord(character): reading for character, reading in _USUAL_READINGS.items()})
    readings = [entry.rsplit(" ") for line in _LOCAL_READINGS.strip().splitlines() for entry in line.split("|")]
    load_phrases_dict({name: [[syllable] for syllable in syllables] for name, *syllables in readings})


def syllables(name: str) -> list[str]:
    """Lower-case syllables without tones, ü as v; what is no Chinese character is left out."""
    return [part for part in lazy_pinyin(name, v_to_u=False, errors="ignore") if part.isascii()]


def _without_artificial_levels(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Rows with the municipalities' cities under their own name, and no level that is not real."""
    provinces: dict[str, str] = {}
    moved: dict[str, str] = {}  # the code of a level taken out -> what takes its children
    kept: dict[tuple[str, str], dict[str, str]] = {}
    for source in rows:
        row = dict(source, parent=moved.get(source["parent"], source["parent"]))
        if row["level"] == "province":
            provinces[row["code"]] = row["name"]
        if row["level"] == "city" and row["name"] in MUNICIPAL_CITY:
            row["name"] = provinces[row["parent"]]
            first = row["parent"][:2] + "0100"
            if row["code"] != first:
                moved[row["code"]] = first
                continue
        if row["level"] == "city" and row["name"].endswith(PROVINCE_RUN):
            moved[row["code"]] = row["parent"]
            continue
        city = kept.get((row["parent"], "city"))
        if row["level"] == "district" and city is not None and city["name"] == row["name"]:
            if row["code"] != row["parent"]:
                moved[row["code"]] = row["parent"]
            continue
        kept[row["code"], row["level"]] = row
    return list(kept.values())


def pack(rows: Iterable[dict[str, str]], state_date: str = STATE_DATE) -> Packed:
    """The packed form of a table. Rows stand after their parents; errors: ValueError for a row without one."""
    _teach_readings()
    upper: list[dict[str, str]] = []
    streets: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _without_artificial_levels(rows):
        (streets[row["parent"]] if row["level"] == "street" else upper).append(row)
    known = {row["code"] for row in upper} | {""}
    if strays := ({row["parent"] for row in upper} | set(streets)) - known:
        raise ValueError(f"divisions without a parent: {sorted(strays)[:5]}")
    in_order = [street for row in upper for street in streets[row["code"]]]
    spelt = [syllables(street["name"]) for street in in_order]
    return Packed(
        head=f"{FORMAT}\t{state_date}",
        upper="\n".join(_upper_line(row, streets[row["code"]]) for row in upper),
        street_names="\n".join(street["name"] for street in in_order),
        street_tails="".join(_tail(street) for street in in_order),
        street_pinyin="\n".join("".join(parts) for parts in spelt),
        street_initials="\n".join("".join(part[0] for part in parts) for parts in spelt),
    )


def _tail(street: dict[str, str]) -> str:
    """The last three digits of a street's code."""
    if len(street["code"]) != 9 or not street["code"].isdecimal():
        raise ValueError(f"a street's code has nine digits: {street['code']}")
    return street["code"][6:]


def _upper_line(row: dict[str, str], streets: list[dict[str, str]]) -> str:
    prefixes = {street["code"][:6] for street in streets}
    if len(prefixes) > 1:
        raise ValueError(f"the streets of {row['code']} do not share their first six digits: {sorted(prefixes)}")
    level = int(LEVELS[row["level"]])
    pinyin = " ".join(syllables(row["name"]))
    fields = (row["code"], level, row["name"], row["parent"], row["postcode"], row["area_code"], pinyin)
    return "\t".join(str(part) for part in (*fields, len(streets), *(prefixes or {""})))


def main() -> None:
    """Read the CSV, write the packed file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("packed", type=Path)
    parser.add_argument("--state-date", default=STATE_DATE)
    given = parser.parse_args()
    with given.table.open(encoding="utf-8-sig", newline="") as file:
        packed = pack(csv.DictReader(file), given.state_date)
    given.packed.write_bytes(packed.write())


if __name__ == "__main__":
    main()
