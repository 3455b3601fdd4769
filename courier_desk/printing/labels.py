"""Waybill labels and bag tags, as pictures and as PDF. Plain functions of plain data, for the work lane."""

from collections.abc import Sequence

from PIL import Image

from courier_desk.base.translation import CHINESE
from courier_desk.domain.paper import BagTag, LabelSize, WaybillLabel
from courier_desk.printing.composing import Plan, compose, plan
from courier_desk.printing.pdf import draw_pages
from courier_desk.printing.picture import draw_picture


def label_plan(label: WaybillLabel, size: LabelSize, dpi: int, language: str) -> Plan:
    """The layout of a waybill label, ready for this printer."""
    return plan(f"waybill_{size.value}", dpi, language, label.station_kind)


def tag_plan(tag: BagTag, size: LabelSize, dpi: int, language: str) -> Plan:
    """The layout of a bag tag on labels of this size, ready for this printer."""
    return plan(f"bag_tag_{size.value}", dpi, language, tag.station_kind)


def label_picture(label: WaybillLabel, size: LabelSize, dpi: int, language: str = CHINESE) -> Image.Image:
    """One label as a 1-bit picture in dots. Errors: UserError for a number that cannot be a bar code."""
    return draw_picture(label_plan(label, size, dpi, language), label, label.station_kind)


def label_pdf(labels: Sequence[WaybillLabel], size: LabelSize, dpi: int, language: str = CHINESE) -> bytes:
    """Labels as one PDF, a page each, bars in whole dots of ``dpi``; the same labels give the same bytes.
    Errors: UserError for a number that cannot be a bar code."""
    title = labels[0].number if len(labels) == 1 else ""
    return draw_pages(title, ((label_plan(label, size, dpi, language), label) for label in labels), dpi)


def bag_tag_picture(tag: BagTag, size: LabelSize, dpi: int, language: str = CHINESE) -> Image.Image:
    """One bag tag as a 1-bit picture in dots. Errors: UserError for a number that cannot be a bar code."""
    return draw_picture(tag_plan(tag, size, dpi, language), tag, tag.station_kind)


def bag_tag_pdf(tags: Sequence[BagTag], size: LabelSize, dpi: int, language: str = CHINESE) -> bytes:
    """Bag tags as one PDF, a page each. Errors: UserError for a number that cannot be a bar code."""
    title = tags[0].number if len(tags) == 1 else ""
    return draw_pages(title, ((tag_plan(tag, size, dpi, language), tag) for tag in tags), dpi)


def cut_fields(paper: WaybillLabel | BagTag, size: LabelSize, dpi: int, language: str = CHINESE) -> tuple[str, ...]:
    """The fields whose end does not fit even in the smallest print; they are printed with a mark at the cut."""
    ready = label_plan(paper, size, dpi, language) if isinstance(paper, WaybillLabel) else None
    if ready is None and isinstance(paper, BagTag):
        ready = tag_plan(paper, size, dpi, language)
    return tuple(compose(ready, paper).cut) if ready is not None else ()
