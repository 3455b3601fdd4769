"""What is cut off, hangs over its parent, or needs scrolling: found by measuring, not by looking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

# What rounding of fonts may cost.
_SLACK = 2
_BUTTON_MARGIN = 8


def faults(root: QWidget, *, may_scroll: frozenset[str] = frozenset()) -> list[str]:
    """Everything in ``root`` whose text is cut off or that does not fit, each with where and what.

    Scroll areas named in ``may_scroll`` may need scrolling; lists and tables always may."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisibleTo(root) and not widget.visibleRegion().isEmpty():
            found += [f"{_path(widget, root)}: {fault}" for fault in _faults(widget, may_scroll)]
    return found


@contextmanager
def cut_while_painting() -> Iterator[set[str]]:
    """Collects the texts that painted widgets had to cut while this is open."""
    cut: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for metrics in (QFontMetrics, QFontMetricsF):
            patch.setattr(metrics, "elidedText", _noting(metrics.elidedText, cut))
        yield cut


def _noting(elided_text: Callable[..., str], cut: set[str]) -> Callable[..., str]:
    def noted(metrics: object, text: str, *arguments: object) -> str:
        shown = elided_text(metrics, text, *arguments)
        if shown != text:
            cut.add(text)
        return shown

    return noted


def _faults(widget: QWidget, may_scroll: frozenset[str]) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs(widget)
    elif isinstance(widget, QHeaderView):
        yield from _heads(widget)
    elif isinstance(widget, QComboBox):
        yield from _combo(widget)
    elif isinstance(widget, QLineEdit):
        yield from _edit(widget)
    elif isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton):
        yield from _button(widget)
    elif isinstance(widget, QAbstractButton) and widget.text() and widget.sizeHint().isValid():
        # One that paints itself says how much room its words need; a tip does not stand for them.
        yield from _smaller(widget, widget.sizeHint(), widget.text())
    elif isinstance(widget, QListWidget):
        yield from _list(widget)
    elif isinstance(widget, QScrollArea) and widget.objectName() not in may_scroll:
        yield from _scrolled(widget)
    yield from _outside(widget)


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or _told(label, text):
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + _SLACK:
            yield f"needs {needed} px, has {label.height()} px of height: {text!r}"
        return
    yield from _smaller(label, label.sizeHint(), text)


def _button(button: QAbstractButton) -> Iterator[str]:
    text = button.text()
    icon_only = isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    if not text or icon_only or _told(button, text):
        return
    if isinstance(button, QCheckBox | QRadioButton):
        yield from _smaller(button, button.sizeHint(), text)
        return
    needed = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, text)
    if not button.icon().isNull():
        needed.setWidth(needed.width() + button.iconSize().width() + 4)
    yield from _smaller(button, QSize(needed.width() + _BUTTON_MARGIN, needed.height()), text)


def _tabs(bar: QTabBar) -> Iterator[str]:
    for index in range(bar.count()):
        text, rect = bar.tabText(index), bar.tabRect(index)
        if bar.isTabVisible(index) and not bar.tabToolTip(index):
            needed = bar.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, text).width() + 12
            if needed > rect.width():
                yield f"tab {text!r} needs {needed} px, has {rect.width()} px"


def _heads(head: QHeaderView) -> Iterator[str]:
    model = head.model()
    if head.orientation() is not Qt.Orientation.Horizontal or model is None:
        return
    for section in range(head.count()):
        text = str(model.headerData(section, head.orientation()) or "")
        tip = model.headerData(section, head.orientation(), Qt.ItemDataRole.ToolTipRole)
        needed = QFontMetrics(head.font()).horizontalAdvance(text) + 12
        if text and tip != text and not head.isSectionHidden(section) and needed > head.sectionSize(section):
            yield f"column {text!r} needs {needed} px, has {head.sectionSize(section)} px"


def _combo(combo: QComboBox) -> Iterator[str]:
    text = combo.currentText()
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    needed = combo.fontMetrics().horizontalAdvance(text)
    if needed > field.width() + _SLACK and not _told(combo, text):
        yield f"choice {text!r} needs {needed} px, has {field.width()} px"


def _edit(edit: QLineEdit) -> Iterator[str]:
    text = "" if edit.text() else edit.placeholderText()
    needed, room = edit.fontMetrics().horizontalAdvance(text), edit.width() - 12
    if text and needed > room and not _told(edit, text):
        yield f"placeholder {text!r} needs {needed} px, has {room} px"


def _list(view: QListWidget) -> Iterator[str]:
    if view.wordWrap() or type(view) is not QListWidget:
        return
    for row in range(view.count()):
        item = view.item(row)
        needed = view.sizeHintForIndex(view.indexFromItem(item)).width()
        if needed > view.viewport().width() + _SLACK and item.text() not in item.toolTip():
            yield f"row {item.text()!r} needs {needed} px, has {view.viewport().width()} px"


def _scrolled(area: QScrollArea) -> Iterator[str]:
    for bar, way in ((area.verticalScrollBar(), "down"), (area.horizontalScrollBar(), "sideways")):
        if bar.maximum() > 0:
            yield f"has to be scrolled {way} by {bar.maximum()} px"


def _outside(widget: QWidget) -> Iterator[str]:
    """Whatever is in a scroll area may lie outside; a widget squeezed below its least size does not fit either."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QAbstractScrollArea) or _is_viewport(parent):
        return
    if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        yield f"at {_said(widget.geometry())} hangs over its parent {_said(parent.rect())}"
    least = widget.minimumSizeHint()
    if (
        widget.layout() is not None
        and not isinstance(widget, QAbstractItemView)
        and widget.height() < least.height() - 1
    ):
        yield f"needs {least.height()} px of height, has {widget.height()} px"


def _is_viewport(widget: QWidget) -> bool:
    above = widget.parentWidget()
    return isinstance(above, QAbstractScrollArea) and above.viewport() is widget


def _smaller(widget: QWidget, needed: QSize, text: str) -> Iterator[str]:
    if needed.width() > widget.width() + _SLACK or needed.height() > widget.height() + _SLACK:
        yield f"needs {needed.width()} x {needed.height()}, has {widget.width()} x {widget.height()}: {text!r}"


def _told(widget: QWidget, text: str) -> bool:
    """True when the tool tip holds the whole text."""
    return text.replace("&", "") in widget.toolTip()


def _path(widget: QWidget, root: QWidget) -> str:
    names: list[str] = []
    step: QWidget | None = widget
    while step is not None and step is not root and len(names) < 3:
        names.append(step.objectName() or type(step).__name__)
        step = step.parentWidget()
    place = widget.mapTo(root, QPoint(0, 0))
    return "/".join(reversed(names)) + f" at {place.x()},{place.y()}"


def _said(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
