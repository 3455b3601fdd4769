"""The table of divisions: what it holds, how its odd corners are told, how it is packed and how fast it loads."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

import build_divisions
from courier_desk.domain.division_names import Wording, division_names
from courier_desk.domain.divisions import Divisions, Level, Packed, PathNames, load_divisions
from courier_desk.domain.old_divisions import gave_streets, renamed


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions()


def test_the_table_holds_the_whole_country(divisions: Divisions) -> None:
    levels = [node.level for node in divisions.upper]
    assert levels.count(Level.PROVINCE) == 34
    # 342 rows of the source, less four artificial ones of provinces and the second of 重庆.
    assert levels.count(Level.CITY) == 337
    # 2,978 rows of the source, less the four that repeat their city.
    assert levels.count(Level.DISTRICT) == 2974
    assert len(divisions.streets.names.values) == 41352
    assert divisions.state_date == "2023-06-30"


@pytest.mark.parametrize(
    ("code", "names", "line"),
    [
        ("330110005", PathNames("浙江省", "杭州市", "余杭区", "五常街道"), "浙江省杭州市余杭区五常街道"),
        ("110105", PathNames("北京市", "北京市", "朝阳区"), "北京市朝阳区"),
        ("500235", PathNames("重庆市", "重庆市", "云阳县"), "重庆市云阳县"),
        ("429004", PathNames("湖北省", None, "仙桃市"), "湖北省仙桃市"),
        ("441900", PathNames("广东省", "东莞市"), "广东省东莞市"),
        ("620201001", PathNames("甘肃省", "嘉峪关市", None, "雄关街道"), "甘肃省嘉峪关市雄关街道"),
        ("710000", PathNames("台湾省"), "台湾省"),
    ],
)
def test_names_by_code(divisions: Divisions, code: str, names: PathNames, line: str) -> None:
    assert divisions.names(code) == names
    assert divisions.full_name(code) == line


def test_unknown_codes_are_nothing(divisions: Divisions) -> None:
    assert divisions.get("999999") is None
    assert divisions.get("330110999") is None
    assert divisions.path("") == ()
    assert divisions.names("999999") == PathNames()


def test_climbing_and_descending(divisions: Divisions) -> None:
    assert divisions.is_within("330110005", "330000")
    assert divisions.is_within("330110", "330110")
    assert not divisions.is_within("330110", "310000")
    assert not divisions.is_within("999999", "310000")
    assert [node.name for node in divisions.children()][:3] == ["北京市", "天津市", "河北省"]
    assert "五常街道" in [node.name for node in divisions.children("330110")]
    assert {node.level for node in divisions.children("441900")} == {Level.STREET}
    assert divisions.lowest_certain("110000") == "110100"
    assert divisions.lowest_certain("330000") == "330000"


def test_hints_come_from_above_where_a_division_has_none(divisions: Divisions) -> None:
    assert divisions.area_code("330110005") == "0571"
    assert divisions.area_code("110105") == "010"
    assert divisions.postcode_hint("330110005") == "311100"
    assert divisions.postcode_hint("130100").startswith("0")


def test_a_path_of_names_leads_to_its_code(divisions: Divisions) -> None:
    def code(*names: str) -> str | None:
        found = divisions.find(*names)
        return found.code if found else None

    assert code("浙江省", "杭州市", "余杭区", "五常街道") == "330110005"
    assert code("上海市", "", "徐汇区") == "310104"
    assert code("湖北省", "", "仙桃市") == "429004"
    assert code("广东省", "东莞市", "", "莞城街道") is not None
    assert code("浙江省", "杭州市", "徐汇区") is None


def test_every_old_name_has_its_successors_in_the_table(divisions: Divisions) -> None:
    names = division_names(divisions)
    for place, old, successors in renamed():
        found = {name.division.name for name in names.at(old, 0) if name.text == old and name.wording == Wording.OLD}
        assert set(successors) <= found, (place, old)
    assert len(names.gave_streets) == len(list(gave_streets()))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("内蒙古", "内蒙古自治区"),
        ("广西", "广西壮族自治区"),
        ("新疆", "新疆维吾尔自治区"),
        ("延边州", "延边朝鲜族自治州"),
        ("恩施", "恩施土家族苗族自治州"),
        ("阿克苏", "阿克苏地区"),
        ("浦东", "浦东新区"),
        ("神农架", "神农架林区"),
        ("青龙县", "青龙满族自治县"),
        ("密云县", "密云区"),
        ("巴州", "巴音郭楞蒙古自治州"),
    ],
)
def test_other_ways_to_write_a_name(divisions: Divisions, text: str, meant: str) -> None:
    assert meant in {name.division.name for name in division_names(divisions).at(text, 0) if name.text == text}


def test_the_table_loads_fast_and_without_a_pinyin_library() -> None:
    """Both in a fresh process, as the desk starts: here the collector would walk what a thousand tests have left."""
    program = (
        "import sys, time; from courier_desk.domain.address import load_divisions, parse_line; "
        "from courier_desk.domain.division_search import suggest; "
        "begin = time.thread_time(); load_divisions(); took = time.thread_time() - begin; assert took < 0.15, took; "
        "parse_line('张三 13812345678 浙江杭州', load_divisions()); suggest('hz', load_divisions()); "
        "assert 'pypinyin' not in sys.modules and 'phonenumbers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


# A small country with every odd shape.
_TABLE = """code,name,level,parent,postcode,longitude,latitude,area_code
500000,重庆市,province,,400000,,,023
510000,四川省,province,,,,,
500100,市辖区,city,500000,,,,
500200,县,city,500000,,,,
429000,省直辖县级行政区划,city,510000,,,,
620200,嘉峪关市,city,510000,735100,,,0937
510100,成都市,city,510000,,,,028
500112,渝北区,district,500100,,,,
500235,云阳县,district,500200,404500,,,
429004,仙桃市,district,429000,433000,,,
620201,嘉峪关市,district,620200,,,,
510107,武侯区,district,510100,,,,
500112001,龙溪街道,street,500112,,,,
620201001,雄关街道,street,620201,,,,
429004001,单堡镇,street,429004,,,,
"""


def _rows(table: str = _TABLE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table)))


def test_packing_takes_artificial_levels_out() -> None:
    small = Divisions(Packed.read(build_divisions.pack(_rows(), "2026-01-01").write()))
    assert small.state_date == "2026-01-01"
    assert small.names("500112001") == PathNames("重庆市", "重庆市", "渝北区", "龙溪街道")
    assert small.names("500235") == PathNames("重庆市", "重庆市", "云阳县")
    assert small.names("429004001") == PathNames("四川省", None, "仙桃市", "单堡镇")
    assert small.names("620201001") == PathNames("四川省", "嘉峪关市", None, "雄关街道")
    assert [node.code for node in small.children("510100")] == ["510107"]


def test_packing_spells_names_as_the_places_call_themselves() -> None:
    packed = build_divisions.pack(_rows())
    assert "cheng du shi" in packed.upper
    assert "chong qing shi" in packed.upper
    assert sorted(packed.street_pinyin.split("\n")) == ["danbaozhen", "longxijiedao", "xiongguanjiedao"]
    assert build_divisions.syllables("乐亭县") == ["lao", "ting", "xian"]
    assert build_divisions.syllables("吕梁市") == ["lv", "liang", "shi"]


def test_packing_refuses_a_table_with_holes() -> None:
    with pytest.raises(ValueError, match="without a parent"):
        build_divisions.pack(_rows(_TABLE + "330110005,五常街道,street,330110,,,,\n"))
    with pytest.raises(ValueError, match="nine digits"):
        build_divisions.pack(_rows(_TABLE + "51010,五常街道,street,510107,,,,\n"))


def test_a_damaged_table_is_refused() -> None:
    data = build_divisions.pack(_rows()).write()
    with pytest.raises(ValueError, match="damaged"):
        Packed.read(data[:-20])
    with pytest.raises(ValueError, match="damaged"):
        Packed.read(b"")


def test_another_table_is_loaded_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "divisions.dat"
    file.write_bytes(build_divisions.pack(_rows()).write())
    assert [node.name for node in load_divisions(file).children()] == ["重庆市", "四川省"]
