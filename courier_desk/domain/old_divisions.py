"""Names of divisions that were merged, renamed or split; people go on using them for decades.

A change of the last character only (密云县 -> 密云区, 萧山市 -> 萧山区) is not listed: ``division_names`` works it out.
A name with one successor is an alias, with a doubt that names the old one. A name with several was split: the street
decides, or the person is asked.
"""

from collections.abc import Iterator

# A line for each city (or province, for its cities): old name > successors, "/" between those of a split.
_RENAMED = """
北京市: 崇文区>东城区, 宣武区>西城区, 通县>通州区
天津市: 塘沽区>滨海新区, 汉沽区>滨海新区, 大港区>滨海新区, 蓟县>蓟州区
上海市: 卢湾区>黄浦区, 南市区>黄浦区, 闸北区>静安区, 南汇区>浦东新区, 南汇县>浦东新区, 川沙县>浦东新区
重庆市: 双桥区>大足区, 万盛区>綦江区, 开县>开州区, 巴县>巴南区
石家庄市: 桥东区>长安区/桥西区
邢台市: 桥东区>襄都区, 桥西区>信都区, 邢台县>信都区, 任县>任泽区
保定市: 新市区>竞秀区, 北市区>莲池区, 南市区>莲池区
邯郸市: 邯郸县>丛台区/邯山区
大同市: 城区>平城区, 南郊区>平城区/云冈区, 矿区>云冈区, 大同县>云州区
长治市: 城区>潞州区, 郊区>潞州区, 长治县>上党区
沈阳市: 东陵区>浑南区, 新城子区>沈北新区
哈尔滨市: 动力区>香坊区, 太平区>道外区
伊春市: 伊春区>伊美区, 美溪区>伊美区, 乌马河区>乌翠区, 翠峦区>乌翠区, 上甘岭区>友好区, 西林区>金林区, 金山屯区>金林区
南京市: 白下区>秦淮区, 下关区>鼓楼区, 大厂区>六合区, 江浦县>浦口区, 江宁县>江宁区
无锡市: 崇安区>梁溪区, 南长区>梁溪区, 北塘区>梁溪区, 郊区>滨湖区
徐州市: 九里区>鼓楼区/泉山区/铜山区
常州市: 戚墅堰区>武进区
苏州市: 沧浪区>姑苏区, 平江区>姑苏区, 金阊区>姑苏区, 吴县市>吴中区/相城区
南通市: 港闸区>崇川区
连云港市: 新浦区>海州区
淮安市: 清河区>清江浦区, 清浦区>清江浦区, 楚州区>淮安区
江苏省: 淮阴市>淮安市
扬州市: 维扬区>邗江区, 郊区>邗江区
杭州市: 下城区>拱墅区, 江干区>上城区/钱塘区
宁波市: 江东区>鄞州区
绍兴市: 绍兴县>柯桥区
芜湖市: 三山区>弋江区, 新芜区>镜湖区, 芜湖县>湾沚区
马鞍山市: 金家庄区>花山区
铜陵市: 铜官山区>铜官区, 狮子山区>铜官区, 铜陵县>义安区
三明市: 梅列区>三元区
南昌市: 湾里区>新建区
九江市: 庐山区>濂溪区, 九江县>柴桑区, 星子县>庐山市
上饶市: 上饶县>广信区
济南市: 莱城区>莱芜区
青岛市: 四方区>市北区, 胶南市>黄岛区
烟台市: 长岛县>蓬莱区
德州市: 陵县>陵城区
山东省: 莱芜市>济南市
开封市: 开封县>祥符区, 金明区>龙亭区
洛阳市: 吉利区>孟津区
许昌市: 许昌县>建安区
三门峡市: 陕县>陕州区
湖北省: 襄樊市>襄阳市
襄阳市: 襄阳区>襄州区
十堰市: 郧县>郧阳区
株洲市: 株洲县>渌口区
衡阳市: 江东区>珠晖区, 城南区>雁峰区, 城北区>石鼓区
广州市: 东山区>越秀区, 芳村区>荔湾区, 萝岗区>黄埔区
汕头市: 达濠区>濠江区, 河浦区>濠江区, 金园区>金平区, 升平区>金平区
韶关市: 北江区>浈江区
南宁市: 横县>横州市, 城北区>西乡塘区, 新城区>青秀区, 邕宁县>邕宁区
梧州市: 蝶山区>万秀区
海口市: 振东区>美兰区, 新华区>龙华区
绵阳市: 安县>安州区
达州市: 达县>达川区
宜宾市: 宜宾县>叙州区
成都市: 郫县>郫都区
贵阳市: 小河区>花溪区
遵义市: 遵义县>播州区
六盘水市: 盘县>盘州市
云南省: 思茅市>普洱市
德宏傣族景颇族自治州: 潞西市>芒市
迪庆藏族自治州: 中甸县>香格里拉市
昌都市: 昌都县>卡若区
林芝市: 林芝县>巴宜区
那曲市: 那曲县>色尼区
西安市: 户县>鄠邑区
渭南市: 华县>华州区
咸阳市: 彬县>彬州市
乌鲁木齐市: 东山区>米东区, 米泉市>米东区
"""

# Districts that still exist but gave away streets: city, district > those that took them.
_GAVE_STREETS = """
杭州市: 余杭区>临平区, 萧山区>钱塘区
深圳市: 宝安区>光明区/龙华区, 龙岗区>坪山区
"""


def _entries(table: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for line in table.strip().splitlines():
        place, _colon, changes = line.partition(":")
        for change in changes.split(","):
            old, _arrow, successors = change.strip().partition(">")
            yield place, old, tuple(successors.split("/"))


def renamed() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """City or province, the old name below it, and the full names of its successors there."""
    return _entries(_RENAMED)


def gave_streets() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """City, a district of today, and the districts that took streets from it."""
    return _entries(_GAVE_STREETS)
