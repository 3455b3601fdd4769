"""Functions found by how they sound: the palette takes pinyin or its initials for their Chinese names."""

# Each sound with the characters of the functions' names that have it; a test says which are missing.
_TABLE = (
    "bang:帮 bao:包 bi:闭 biao:标表 bu:步部 cha:查 che:撤 chu:出 da:打 dan:单 dao:到导 deng:登 die:叠 "
    "ding:定订 dui:队 gai:改 gang:港 ge:个格 gen:跟 geng:更 gong:功工 guan:关观 guo:裹 ji:机 jian:建键 jiao:交 "
    "jie:捷接 ju:据 kuai:快 lan:栏 lie:列 ling:另 lu:录 ma:码 mi:密 miao:描 neng:能 qian:浅签 qie:切 qing:清 "
    "quan:全 que:确 ren:人认 sao:扫 se:色 shai:筛 shang:上 she:设 shen:深 shi:试 shou:首 shua:刷 sui:随 "
    "suo:锁 tai:台 ti:提 tong:同统 tui:退 wai:外 wei:位 wen:文 xi:系 xia:下 xiao:销 xin:新 xing:醒 xuan:选 "
    "yan:言 ye:页 yi:一 yin:印 yu:与语 zhao:找 zhe:折 zhi:置 zhong:中重 zhu:助 zhuan:转 zong:总 zuo:作 "
)
_SOUNDS = {sign: sound for sound, _, signs in (entry.partition(":") for entry in _TABLE.split()) for sign in signs}


def sounds(text: str) -> tuple[str, str]:
    """The syllables of ``text`` without blanks, and their initials; anything that is not Chinese stays as it is."""
    syllables = [_SOUNDS.get(sign, sign) for sign in text.casefold()]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def has_sound(sign: str) -> bool:
    """True when a Chinese character is known here."""
    return sign in _SOUNDS


def sounds_like(text: str, wanted: str) -> bool:
    """True when ``wanted`` (no blanks) is part of how ``text`` sounds: ``jiaojie`` or ``jj`` for 交接."""
    return any(wanted in spelt for spelt in sounds(text))
