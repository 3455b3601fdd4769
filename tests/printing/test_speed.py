"""How fast labels are drawn, beside a bare loop of the library that draws no 2-D code. On an idle machine."""

import io
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from courier_desk.domain.paper import LabelSize, WaybillLabel
from courier_desk.printing.code128 import bars
from courier_desk.printing.composing import compose
from courier_desk.printing.fonts import BOLD, REGULAR, pdf_font
from courier_desk.printing.labels import label_pdf, label_picture, label_plan
from courier_desk.printing.tspl import tspl
from courier_desk.printing.zpl import zpl
from tests.printing.papers import random_label

SIZE = LabelSize.MM_100X150
DPI = 203
POINTS_PER_DOT = 72 / 203.2
RUNS = 5
PDF_A_SECOND = 300
PDF_TO_BARE = 0.7
ZPL_A_SECOND = 50


def bare_loop(labels: Sequence[WaybillLabel]) -> bytes:
    """The same texts and bars by plain calls of reportlab, as one would write it first: no fitting, no 2-D code."""
    for face in (REGULAR, BOLD):
        pdf_font(face)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(100 * mm, 150 * mm), invariant=1)
    for paper in labels:
        for place, text in enumerate(_texts(paper)):
            canvas.setFont(BOLD if place % 2 else REGULAR, 9)
            canvas.drawString(8, 420 - place * 11, text)
        for top in (220, 120):
            for first, width in bars(paper.number, 760, DPI).stretches:
                canvas.rect(20 + first * POINTS_PER_DOT, top, width * POINTS_PER_DOT, 36, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _texts(paper: WaybillLabel) -> list[str]:
    """Every run of text that our label has, captions too, so that both loops write as much."""
    ready = label_plan(paper, SIZE, DPI, "zh_CN")
    return _TEXTS.setdefault(paper, [run.text for run in (*ready.fixed.runs, *compose(ready, paper).runs)])


_TEXTS: dict[WaybillLabel, list[str]] = {}


def rate(work: Callable[[], object], count: int) -> float:
    """Labels a second."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def measure() -> dict[str, float]:
    """Medians of RUNS runs, labels a second, each run with labels that were never drawn before."""
    rates: dict[str, list[float]] = {"bare": [], "pdf": [], "zpl": [], "tspl": []}
    for run in range(RUNS):
        known, fresh = _labels(run * 1000, 500), _labels(run * 1000 + 500, 500)
        for paper in known:
            _texts(paper)
        rates["bare"].append(rate(partial(bare_loop, known), 500))
        rates["pdf"].append(rate(partial(label_pdf, fresh, SIZE, DPI), 500))
        rates["zpl"].append(rate(partial(_zpls, _labels(100_000 + run * 100, 100)), 100))
        rates["tspl"].append(rate(partial(_tspls, _labels(200_000 + run * 100, 100)), 100))
    return {name: statistics.median(values) for name, values in rates.items()}


def _labels(first: int, count: int) -> list[WaybillLabel]:
    return [random_label(seed) for seed in range(first, first + count)]


def _zpls(labels: Sequence[WaybillLabel]) -> list[bytes]:
    return [zpl(label_picture(paper, SIZE, DPI)) for paper in labels]


def _tspls(labels: Sequence[WaybillLabel]) -> list[bytes]:
    return [tspl(label_picture(paper, SIZE, DPI), SIZE) for paper in labels]


@pytest.mark.bench
@pytest.mark.timeout(300)
def test_labels_a_second() -> None:
    medians = measure()
    assert medians["pdf"] >= PDF_A_SECOND, medians
    assert medians["pdf"] >= PDF_TO_BARE * medians["bare"], medians
    assert medians["zpl"] >= ZPL_A_SECOND, medians
    assert medians["tspl"] >= ZPL_A_SECOND, medians
