"""Contact sheets: all pictures of one page side by side, small, each with what it shows written over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from courier_desk.ui.fonts import note_font

_CELL = QSize(640, 360)
_CAPTION = 18
_GAP = 6
_GROUND, _INK = "#6b7280", "#ffffff"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a sheet."""

    caption: str
    picture: QImage


def small(picture: QImage) -> QImage:
    """``picture`` as it stands on a sheet."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture if picture.width() <= _CELL.width() else picture.scaled(_CELL, keep, smooth)


def save_sheet(path: Path, shots: Sequence[Shot], columns: int = 4) -> Path:
    """Write one sheet."""
    rows = -(-len(shots) // columns)
    width = columns * (_CELL.width() + _GAP) + _GAP
    height = rows * (_CELL.height() + _CAPTION + _GAP) + _GAP
    sheet = QImage(width, height, QImage.Format.Format_RGB32)
    sheet.fill(QColor(_GROUND))
    painter = QPainter(sheet)
    painter.setFont(note_font())
    painter.setPen(QColor(_INK))
    for place, shot in enumerate(shots):
        left = _GAP + place % columns * (_CELL.width() + _GAP)
        top = _GAP + place // columns * (_CELL.height() + _CAPTION + _GAP)
        painter.drawText(QRectF(left, top, _CELL.width(), _CAPTION), Qt.AlignmentFlag.AlignVCenter, shot.caption)
        painter.drawImage(left, top + _CAPTION, shot.picture)
    painter.end()
    return save(path, sheet)


def save(path: Path, picture: QImage) -> Path:
    """Write one picture. Errors: OSError when it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(path)):
        raise OSError(f"{path} cannot be written")
    return path


def save_small(path: Path, picture: QImage, colours: int = 128) -> Path:
    """A PNG of few colours and so of few bytes: a screen has no more."""
    from PIL import Image  # noqa: PLC0415  needed for the pictures of the README only

    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    bits = bytes(plain.constBits())[: plain.bytesPerLine() * plain.height()]
    image = Image.frombytes("RGB", (plain.width(), plain.height()), bits, "raw", "RGB", plain.bytesPerLine())
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def by_page(shots: Mapping[str, Sequence[Shot]], folder: Path) -> list[Path]:
    """One sheet for each key."""
    return [save_sheet(folder / f"{key}.png", these) for key, these in shots.items()]
