"""How the style draws what is pressed, ticked, chosen or dragged."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from courier_desk.ui.style_frames import edge_colour, field_fill, rounded
from courier_desk.ui.theme import tokens

_State = QStyle.StateFlag
_Sub = QStyle.SubControl


def _has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _rect(option: QStyleOption) -> QRect:
    rect: QRect = option.rect
    return rect


def _tone(widget: QWidget | None) -> str:
    """``primary`` or ``danger`` or ``quiet`` as the form says, else empty."""
    return str(widget.property("tone") or "") if widget is not None else ""


def push_button(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A button; the one that leads on is filled."""
    now, tone, rect = tokens(), _tone(widget), QRectF(_rect(option))
    hovered, enabled = _has(option, _State.State_MouseOver), _has(option, _State.State_Enabled)
    pressed = _has(option, _State.State_Sunken) or _has(option, _State.State_On)
    if not enabled:
        if tone != "quiet":
            rounded(painter, rect, fill=now.surface, line=now.line)
        return
    if tone in ("primary", "danger"):
        colour = QColor(now.accent if tone == "primary" else now.bad)
        if hovered or pressed:
            colour = colour.darker(112 if now.name == "light" else 108)
        rounded(painter, rect, fill=colour.name(), line="")
    elif tone == "quiet":
        rounded(painter, rect, fill=now.hover if hovered or pressed else "", line="")
    else:
        rounded(painter, rect, fill=now.hover if hovered or pressed else now.raised, line=now.edge)
    if _has(option, _State.State_HasFocus):
        filled = tone in ("primary", "danger")
        ring = rect.adjusted(2.5, 2.5, -2.5, -2.5) if filled else rect
        rounded(
            painter, ring, fill="", line=now.on_fill if filled else now.accent, width=1.5 if filled else 2, radius=4
        )


def colour_label(option: QStyleOptionButton, widget: QWidget | None) -> None:
    """The text of a filled button is the one that is readable on its fill."""
    tone = _tone(widget)
    if tone in ("primary", "danger"):
        palette = QPalette(option.palette)
        palette.setColor(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText, QColor(tokens().on_fill))
        palette.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.ButtonText, QColor(tokens().on_fill))
        option.palette = palette


def tool_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A button of icons: flat until it is touched."""
    now, rect = tokens(), QRectF(_rect(option))
    on = _has(option, _State.State_On) or _has(option, _State.State_Sunken)
    if on:
        rounded(painter, rect, fill=now.accent_soft, line="")
    elif _has(option, _State.State_MouseOver) and _has(option, _State.State_Enabled):
        rounded(painter, rect, fill=now.hover, line="")
    if _has(option, _State.State_HasFocus):
        rounded(painter, rect, fill="", line=now.accent, width=2)


def check_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A box with a tick, or a bar when it stands between."""
    now, rect = tokens(), QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5)
    on, between = _has(option, _State.State_On), _has(option, _State.State_NoChange)
    fill, line = _indicator(option, on=on or between)
    rounded(painter, rect, fill=fill, line=line, radius=4, width=1.2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(now.on_fill), 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    width, left, top = rect.width(), rect.left(), rect.top()
    if on:
        points = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.32))
        painter.drawPolyline(QPolygonF([QPointF(left + x * width, top + y * width) for x, y in points]))
    elif between:
        painter.drawLine(
            QPointF(left + 0.28 * width, rect.center().y()), QPointF(left + 0.72 * width, rect.center().y())
        )
    painter.restore()


def radio_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A ring with a point."""
    rect = QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5)
    on = _has(option, _State.State_On)
    fill, line = _indicator(option, on=on)
    rounded(painter, rect, fill=fill, line=line, radius=rect.width() / 2, width=1.2)
    if on:
        inner = rect.adjusted(5, 5, -5, -5)
        rounded(painter, inner, fill=tokens().on_fill, line="", radius=inner.width() / 2)


def _indicator(option: QStyleOption, *, on: bool) -> tuple[str, str]:
    now = tokens()
    if not _has(option, _State.State_Enabled):
        return (now.disabled if on else now.surface), now.line
    if on:
        return now.accent, now.accent
    hovered = _has(option, _State.State_MouseOver) or _has(option, _State.State_HasFocus)
    return now.field, now.accent if hovered else now.edge


def chevron(painter: QPainter, centre: QPointF, size: float, colour: str, *, up: bool = False) -> None:
    """A small open arrow."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.5, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    rise = -size / 2 if up else size / 2
    painter.drawPolyline(
        QPolygonF([centre + QPointF(-size, -rise), centre + QPointF(0, rise), centre + QPointF(size, -rise)])
    )
    painter.restore()


def combo_box(option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None) -> None:
    """A field to choose from."""
    rect = QRectF(_rect(option))
    line, width = edge_colour(option, widget)
    rounded(painter, rect, fill=field_fill(option, widget), line=line, width=width)
    colour = tokens().muted if _has(option, _State.State_Enabled) else tokens().disabled
    chevron(painter, QPointF(rect.right() - 14, rect.center().y() + 0.5), 4, colour)


def spin_box(option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None, style: QProxyStyle) -> None:
    """A field with two small arrows."""
    rect = QRectF(_rect(option))
    line, width = edge_colour(option, widget)
    rounded(painter, rect, fill=field_fill(option, widget), line=line, width=width)
    for part, up in ((_Sub.SC_SpinBoxUp, True), (_Sub.SC_SpinBoxDown, False)):
        place = QRectF(style.subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, widget))  # type: ignore[arg-type]  # may be None in Qt
        if not place.isEmpty():
            chevron(painter, place.center(), 3, tokens().muted, up=up)


def progress_groove(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The bed of a progress bar."""
    rounded(painter, _bar(option), fill=tokens().sunken, line="", radius=3)


def progress_contents(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """How far it is; with no known end the bar is half full and pale."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    low, high, at = option.minimum, option.maximum, option.progress
    bar = _bar(option)
    share = (at - low) / (high - low) if high > low else 0.5
    bar.setWidth(bar.width() * max(0.0, min(1.0, share)))
    rounded(painter, bar, fill=tokens().accent, line="", radius=3)


def _bar(option: QStyleOption) -> QRectF:
    rect = QRectF(_rect(option))
    return QRectF(rect.left(), rect.center().y() - 3, rect.width(), 6)


def scroll_part(option: QStyleOptionSlider, sub: QStyle.SubControl, least: int) -> QRect:
    """Where a part of a scroll bar lies: no arrows, the slider over the whole length."""
    rect = _rect(option)
    if sub in (_Sub.SC_ScrollBarAddLine, _Sub.SC_ScrollBarSubLine, _Sub.SC_ScrollBarFirst, _Sub.SC_ScrollBarLast):
        return QRect()
    if sub == _Sub.SC_ScrollBarGroove:
        return rect
    flat = option.orientation == Qt.Orientation.Horizontal
    length = rect.width() if flat else rect.height()
    span = option.maximum - option.minimum
    size = length if span <= 0 else max(least, length * option.pageStep // (span + option.pageStep))
    size = min(size, length)
    at = QStyle.sliderPositionFromValue(
        option.minimum,
        option.maximum,
        option.sliderPosition,
        length - size,
        option.upsideDown,
    )
    if sub == _Sub.SC_ScrollBarSlider:
        start, extent = at, size
    elif sub == _Sub.SC_ScrollBarSubPage:
        start, extent = 0, at
    else:
        start, extent = at + size, length - at - size
    if flat:
        return QRect(rect.left() + start, rect.top(), extent, rect.height())
    return QRect(rect.left(), rect.top() + start, rect.width(), extent)


def scroll_bar(option: QStyleOptionSlider, painter: QPainter, slider: QRect) -> None:
    """A thin bar with a rounded slider."""
    if option.maximum <= option.minimum:
        return
    active = _has(option, _State.State_MouseOver) or _has(option, _State.State_Sunken)
    colour = tokens().muted if active else tokens().edge
    place = QRectF(slider).adjusted(3, 3, -3, -3)
    rounded(painter, place, fill=colour, line="", radius=min(place.width(), place.height()) / 2)
