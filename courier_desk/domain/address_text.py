"""First steps with a pasted text: make the characters plain and find the labels of shop platforms and forms.

What is found is replaced by a mark, a private character, so that later steps see where it stood: a name is likely
beside a telephone number. Nothing but marks and plain text leaves here.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from courier_desk.domain.person_names import HONORIFIC, starts_with_surname

LONGEST = 600  # characters; an address with everything around it has fewer than 200

PHONE_MARK = "\ue000"
POSTCODE_MARK = "\ue001"
# What a label says about the text after it.
NAME_MARK = "\ue002"
REGION_MARK = "\ue003"
DETAIL_MARK = "\ue004"
COMPANY_MARK = "\ue005"
NOTE_MARK = "\ue006"
DIGITS_MARK = "\ue007"  # of a telephone or postcode label, which has done its work already
MARKS = PHONE_MARK + POSTCODE_MARK + NAME_MARK + REGION_MARK + DETAIL_MARK + COMPANY_MARK + NOTE_MARK + DIGITS_MARK
# Between two parts of a line. "/" and "-" also stand inside house numbers and are looked at where they matter.
SEPARATORS = " \t\n,;、。|!"

_SPACED_NAME = re.compile(rf"(?<![\u4e00-\u9fff\d])([\u4e00-\u9fff]) ([\u4e00-\u9fff]|{HONORIFIC})(?![\u4e00-\u9fff])")
_QUOTES = str.maketrans(dict.fromkeys('"“”‘’「」『』《》', " "))
_POLITE = re.compile(
    r"(?:你好|您好|亲|麻烦|谢谢|感谢|辛苦|请|帮忙|帮我|给我)*(?:寄到|寄往|寄给|发到|发往|发给|送到|邮寄到|快递到)[:,]?"
    r"|(?:谢谢|感谢|辛苦)(?:了|你|您|啦)?[!。~]*$|^(?:你好|您好|亲)[,!。~ ]+"
)
# Levels of the official table that nobody lives in.
_ARTIFICIAL = re.compile(
    r"市辖区(?!划)|(?:省|自治区)直辖(?:县级)?(?:行政区划|行政单位|县)|(?<=重庆市)县(?=[\u4e00-\u9fff]{2,8}县)"
)


class LabelKind(StrEnum):
    """What the text after a label is."""

    NAME = NAME_MARK
    REGION = REGION_MARK
    DETAIL = DETAIL_MARK
    COMPANY = COMPANY_MARK
    NOTE = NOTE_MARK
    DIGITS = DIGITS_MARK


_WHO = "收件人|收货人|收信人|接收人|寄件人|寄货人|发件人|发货人|联系人|客户|买家"
_WORDS: dict[LabelKind, str] = {
    LabelKind.DETAIL: (
        rf"(?:(?:{_WHO}|收货|收件|联系|详细|寄件|发货|家庭|具体|街道|收货详细|邮寄|快递|公司)?地\s*址)(?:详情|信息)?"
        r"|address|addr"
    ),
    LabelKind.DIGITS: (
        rf"(?:{_WHO})?(?:的)?(?:手机号码|手机号|手\s*机|联系电话|联系方式|联系手机|联系号码|电话号码|电\s*话|座机|固话"
        r"|手机/电话|电话/手机)|telephone|tel|phone|mobile|邮政编码|邮\s*编|postcode|zip"
    ),
    LabelKind.REGION: (
        r"所在地区|所在区域|所在省市区?|所在地|所在街道|省市区县?|省/市/区|省份|城市|区县|区/县|乡镇|街道/乡镇|地区|区域"
        r"|街道"
    ),
    LabelKind.NAME: rf"(?:{_WHO})(?:的?姓名|名称|名字)?|(?:真实)?姓\s*名|名\s*字|名称|昵称|称呼|收件|收货|name",
    LabelKind.COMPANY: r"(?:公司|单位)(?:名称)?|收件公司|company",
    LabelKind.NOTE: r"备注|留言|买家留言|订单编?号|商品|货物|物品|品名|收货时间|快递",
}
_ONLY_WITH_COLON = r"省|市|区|县|镇|收|致|to"
_LABEL = re.compile(
    r"[\[【(]?(?:" + "|".join(f"(?P<{kind.name}>{words})" for kind, words in _WORDS.items()) + r")"
    r"(?:信息)?[\]】)]?[ \t]*(?:\(必填\)|\*)?[ \t]*:[ \t]*",
    re.IGNORECASE,
)
_SHORT_LABEL = re.compile(rf"(?:(?<=[{SEPARATORS}{MARKS}])|^)(?P<word>{_ONLY_WITH_COLON}) ?:[ \t]*", re.IGNORECASE)
# Without a colon a label must stand at the beginning of a part and be one that no address begins with.
_BARE_LABEL = re.compile(
    rf"(?:(?<=[{SEPARATORS}{MARKS}])|^)[\[【(]?(?:(?P<NAME>(?:{_WHO})(?:姓名)?|姓名)|(?P<REGION>所在地区|省市区)"
    rf"|(?P<DETAIL>(?:{_WHO}|收货|收件|联系|详细|寄件|家庭)?地址(?:是|为)?)"
    rf"|(?P<DIGITS>手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|邮政编码|邮编))[\]】)]?"
    rf"(?=[\s\u4e00-\u9fff{MARKS}])[ \t]*"
)
_DIGITS_LABEL_BEFORE_MARK = re.compile(
    rf"[\[【(]?(?:{_WHO})?(?:手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|邮政编码|邮编|tel|phone|mobile)"
    rf"[ :.\]】)]*(?=[{PHONE_MARK}{POSTCODE_MARK}])",
    re.IGNORECASE,
)


_SENDER_PART = re.compile(r"(?:寄件|寄货|发件|发货|寄方|发方)(?:人|方|信息)?[^\n:]{0,4}:")
_RECIPIENT_PART = re.compile(r"(?:收件|收货|收方|接收)(?:人|方|信息)?[^\n:]{0,4}:")


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text in plain characters, and what had to be left out."""

    text: str
    had_pictures: bool  # emoji and ornaments, now blanks
    was_cut: bool
    had_sender: bool = False  # sender and recipient in one text: the recipient's part was kept


def plain_text(text: str) -> PlainText:
    """Full-width forms made plain, line ends made one kind, invisible characters and emoji taken out."""
    normal = unicodedata.normalize("NFKC", text[: LONGEST * 4]).replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []
    pictures = False
    for character in normal:
        kind = unicodedata.category(character)
        if character in "\n\t":
            kept.append(character)
        elif kind in ("So", "Sk") and character not in "^`":
            pictures = True
            kept.append(" ")
        elif kind not in ("Cf", "Co", "Cs", "Cn", "Mn", "Me"):
            kept.append(" " if kind in ("Cc", "Zs", "Zl", "Zp") else character)
    plain = re.sub(r"[ \t]+", " ", "".join(kept).translate(_QUOTES)).strip()
    plain = _ARTIFICIAL.sub(" ", _POLITE.sub(" ", plain))
    kept_part = _recipient_part(plain)
    shown = _SPACED_NAME.sub(_joined, kept_part[:LONGEST]).strip()
    return PlainText(shown, pictures, len(kept_part) > LONGEST, had_sender=kept_part != plain)


def _joined(spaced: re.Match[str]) -> str:
    """张 三 and 孙 经理 made one; 号 孙 left as it is."""
    return spaced[1] + spaced[2] if starts_with_surname(spaced[1]) else spaced[0]


def _recipient_part(text: str) -> str:
    """The part of the recipient where a sender's part is marked as well."""
    sender, recipient = _SENDER_PART.search(text), _RECIPIENT_PART.search(text)
    if sender is None or recipient is None:
        return text
    return text[recipient.start() :] if sender.start() < recipient.start() else text[: sender.start()]


def mark_labels(text: str) -> str:
    """``text`` with every label replaced by its mark."""
    text = _DIGITS_LABEL_BEFORE_MARK.sub(DIGITS_MARK, text)
    text = _LABEL.sub(_mark_of, text)
    text = _SHORT_LABEL.sub(_mark_of_short, text)
    return _BARE_LABEL.sub(_mark_of, text)


def _mark_of(found: re.Match[str]) -> str:
    return str(LabelKind[found.lastgroup or "NOTE"])


def _mark_of_short(found: re.Match[str]) -> str:
    return NAME_MARK if found["word"].lower() in ("收", "致", "to") else REGION_MARK
