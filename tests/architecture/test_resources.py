"""Files that the program reads at run time are there and are what the code takes them for."""

import struct
from pathlib import Path

import pytest
from PIL import ImageFont

from courier_desk.base.paths import asset

FONTS = ["NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"]


def _tables(font: Path) -> set[str]:
    with font.open("rb") as file:
        version, count = struct.unpack(">IH6x", file.read(12))
        assert version == 0x00010000, "TrueType outlines"
        return {file.read(16)[:4].decode("ascii") for _ in range(count)}


@pytest.mark.parametrize("name", FONTS)
def test_font_is_static_truetype_with_chinese_and_digits(name: str) -> None:
    """reportlab takes neither CFF outlines nor the variable file, which it prints as Thin."""
    font = asset("fonts") / name
    assert "glyf" in _tables(font)
    assert not _tables(font) & {"fvar", "CFF "}
    face = ImageFont.truetype(str(font), 40)
    missing = bytes(face.getmask("\U0010fffd"))
    for character in "0Aa¥①中国㙍𬒈":
        assert bytes(face.getmask(character)) != missing, character


def test_fonts_come_with_their_licence() -> None:
    assert "SIL Open Font License, Version 1.1" in (asset("fonts") / "OFL.txt").read_text(encoding="utf-8")
