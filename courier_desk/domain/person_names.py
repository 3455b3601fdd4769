"""How much a piece of text looks like the name of a person; by surname, length and the words around it."""

import re

_SURNAMES_USUAL = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏"
    "付傅方邹熊白孟秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
    "关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车"
    "项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_SURNAMES_RARE = (
    "封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初"
    "门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀"
    "衣信展阴昝智幸奉植衡富尧闭由"
)
_COMPOUND_NAMES = """
欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 长孙 宇文 端木 南宫 轩辕 独孤 西门 呼延 百里 东郭 太史
申屠 公羊 赫连 澹台 司空 钟离 濮阳 淳于 单于 闻人 第五 拓跋 完颜 叶赫 那拉 纳兰 万俟
"""
_COMPOUND = frozenset(_COMPOUND_NAMES.split())
_USUAL = frozenset(_SURNAMES_USUAL)
_RARE = frozenset(_SURNAMES_RARE)

HONORIFIC = (
    r"(?:先生|女士|小姐|老师|师傅|总经理|经理|主任|医生|大夫|同学|老板|阿姨|大姐|大哥|总监|总|姐|哥|叔|婶|律师|教授"
    r"|工程师|警官|班长|店长|会计|工)"
)
_CALLED = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,4}}?){HONORIFIC}")
_JUST_POLITE = re.compile(rf"(?:{HONORIFIC}|男|女|收|启)*")
_FORMAL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:先生|女士|小姐)$")
_RECEIVES = re.compile(r"\s*[(\[【]?\s*(?:亲?收|启|亲启|收件|签收|转交|本人)\s*[)\]】]?[。.!]?$")
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_WITH_DOT = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·.•‧][\u4e00-\u9fff]{1,8}){1,3}")
_LATIN = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Miss)\.? ?)?[A-Za-z][A-Za-z'.-]{1,19}(?: [A-Za-z][A-Za-z'.-]{0,19}){0,3}")
_NICKNAME = re.compile(r"[小阿老大][\u4e00-\u9fff]{1,2}")
_COMPANY = re.compile(
    r"(?:公司|集团|商行|厂|事务所|工作室|经营部|商贸|研究院|研究所|委员会|合作社|学校|中学|小学|大学|医院|银行|支行|酒店|超市|药房|门市部|服务部|办事处)(?:\([^)]*\))?$"
)
_PLACE_END = re.compile(
    r"(?:路|街|道|巷|弄|号|室|楼|栋|幢|座|层|单元|村|组|队|庄|镇|乡|区|县|市|省|园|苑|城|府|厦|场|店|院|校|站|厂|公司|中心|广场|公寓|门口|旁|内|对面|附近|侧|部"
    r"|所|局|馆|库|港|湾|里|桥|口|门|东|南|西|北|家园|驿站|柜|丰巢|菜鸟|快递|收发室|保安|物业|前台|代收|自提)$"
)
_BUILDING_END = re.compile(r"[室楼栋幢座层园苑城厦店院校站厂馆库号]$")
_PLACE_WITHIN = re.compile(r"\d|(?:路|街道|大道|巷|弄|号楼|小区|花园|大厦|广场|新村|单元|公寓|工业|科技|国际)")
PLATFORM_TAIL = re.compile(r"\s*[\[(](\d{3,6})[\])]$")


def starts_with_surname(text: str) -> bool:
    """True when the first character or two are a surname."""
    return text[:1] in _USUAL or text[:1] in _RARE or text[:2] in _COMPOUND


def is_company(text: str) -> bool:
    """True for 某某有限公司 and other bodies that receive parcels."""
    return len(text) >= 4 and _COMPANY.search(text) is not None


def bare_name(text: str) -> str:
    """The name without 收, platform digits, and 先生 behind a full name; 王先生 stays as it is."""
    name = _RECEIVES.sub("", PLATFORM_TAIL.sub("", text.strip(" ,;:.。、()-/"))).strip(" ,;:.。、()-/")
    name = PLATFORM_TAIL.sub("", name)
    formal = _FORMAL.search(name)
    if formal is not None and name[: formal.start()] not in _COMPOUND:
        name = name[: formal.start()]
    return name


def likeness(text: str) -> float:
    """From 0 (no name) to 1 (surely one). The text is one part, without separators."""
    if _JUST_POLITE.fullmatch(text):
        return 0.0
    if _RECEIVES.search(text) and len(text) > 2:
        return min(1.0, likeness(_RECEIVES.sub("", text)) + 0.3)
    name = PLATFORM_TAIL.sub("", text)
    if _CHINESE.fullmatch(name) and not _is_called(name):
        return _chinese_likeness(name)
    clear = ((_is_called(name), 0.95), (_WITH_DOT.fullmatch(name), 0.9), (_LATIN.fullmatch(name), 0.7))
    nickname = 0.0 if _PLACE_WITHIN.search(name) or not 2 <= len(name) <= 12 else 0.15
    return next((value for found, value in clear if found), nickname)


def _is_called(name: str) -> bool:
    """True for 王先生, 刘姐, 李建国老师."""
    called = _CALLED.fullmatch(name)
    return called is not None and (starts_with_surname(called["name"]) or len(called["name"]) == 1)


def _chinese_likeness(name: str) -> float:
    usual = 0.9 if name[0] in _USUAL else 0.6 if name[0] in _RARE else 0.0
    if name[:2] in _COMPOUND and len(name) >= 3:
        value = 0.95
    elif len(name) == 4:
        value = 0.55 if name[0] in _USUAL and name[1] in _USUAL else 0.25
    elif usual:
        value = usual if len(name) == 3 else usual - 0.05
    else:
        value = 0.5 if _NICKNAME.fullmatch(name) else 0.2
    if _PLACE_WITHIN.search(name) or (_PLACE_END.search(name) and len(name) > 3):
        return 0.0
    if _BUILDING_END.search(name):
        return value - 0.6
    return value - 0.45 if _PLACE_END.search(name) else value
