"""How the style draws what frames something: fields, cards, menus, tips, the ring of focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QStyle, QStyleOption, QWidget

from courier_desk.ui.theme import tokens
from courier_desk.ui.tokens import CARD_RADIUS, RADIUS

_State = QStyle.StateFlag


def rounded(painter: QPainter, rect: QRectF, *, fill: str, line: str, radius: float = RADIUS, width: float = 1) -> None:
    """A rounded rectangle with its line inside ``rect``; an empty colour leaves that part out."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2 if line else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def edge_colour(option: QStyleOption, widget: QWidget | None) -> tuple[str, float]:
    """The line of a field: bad when its content is wrong, accent in focus; and how wide it is."""
    now, state = tokens(), option.state
    focused = bool(state & _State.State_HasFocus) and bool(state & _State.State_Enabled)
    if widget is not None and widget.property("wrong"):
        return now.bad, 2 if focused else 1.5
    if focused:
        return now.accent, 2
    hovered = bool(state & _State.State_MouseOver) and bool(state & _State.State_Enabled)
    return (now.muted if hovered else now.edge), 1


def field_fill(option: QStyleOption, widget: QWidget | None) -> str:
    """What lies under the text of a field."""
    now = tokens()
    read_only = (
        widget is not None and (_is_text(widget) or isinstance(widget, QLineEdit)) and widget.property("readOnly")
    )
    enabled = bool(option.state & _State.State_Enabled)
    return now.field if enabled and not read_only else now.surface


# By name: naming these classes in Python makes the binding build their types, which the log-in page does not need.
def _is_text(widget: QWidget) -> bool:
    return widget.inherits("QPlainTextEdit") or widget.inherits("QTextEdit")


def _is_list(widget: QWidget) -> bool:
    return widget.inherits("QAbstractItemView")


def line_edit(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A field of one line. One without a frame lies in something that draws for it."""
    if isinstance(widget, QLineEdit) and not widget.hasFrame():
        return
    line, width = edge_colour(option, widget)
    rounded(painter, QRectF(option.rect), fill=field_fill(option, widget), line=line, width=width)


def line_edit_frame(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The frame alone."""
    line, width = edge_colour(option, widget)
    rounded(painter, QRectF(option.rect), fill="", line=line, width=width)


def frame(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A field of many lines, a list, or a card."""
    now, rect = tokens(), QRectF(option.rect)
    if widget is not None and _is_text(widget):
        line, width = edge_colour(option, widget)
        rounded(painter, rect, fill="", line=line, width=width)
    elif widget is not None and _is_list(widget) and option.state & _State.State_HasFocus:
        rounded(painter, rect, fill="", line=now.accent, radius=CARD_RADIUS - 2)
    elif widget is not None and widget.inherits("QAbstractScrollArea"):
        rounded(painter, rect, fill="", line=now.line, radius=CARD_RADIUS - 2)
    elif isinstance(widget, QFrame):
        rounded(painter, rect, fill=now.raised, line=now.line, radius=CARD_RADIUS)


def group_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A group is a card."""
    now = tokens()
    rounded(painter, QRectF(option.rect), fill=now.raised, line=now.line, radius=CARD_RADIUS)


def popup(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A menu."""
    now = tokens()
    painter.fillRect(option.rect, QColor(now.raised))
    rounded(painter, QRectF(option.rect), fill="", line=now.edge, radius=0)


def tip(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A tool tip."""
    popup(option, painter, widget)


def focus_ring(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ring around what has the focus, except where the control draws its own."""
    if widget is not None and _is_list(widget):
        return
    rounded(painter, QRectF(option.rect), fill="", line=tokens().accent, width=2, radius=4)


def nothing(_option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """What this look leaves out."""
