"""How the style draws tabs, heads of tables, rows and menus."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionMenuItem, QStyleOptionTab, QStyleOptionViewItem, QWidget

from courier_desk.ui.style_frames import rounded
from courier_desk.ui.theme import tokens

_State = QStyle.StateFlag
_MENU_ICON = 16


def _rect(option: QStyleOption) -> QRect:
    rect: QRect = option.rect
    return rect


def _has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def tab_shape(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A tab: the chosen one joins the page below and has a bar of accent above."""
    if not isinstance(option, QStyleOptionTab):
        return
    now, rect = tokens(), QRectF(_rect(option))
    if _has(option, _State.State_Selected):
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(now.surface))
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), QColor(now.accent))
        painter.restore()
    elif _has(option, _State.State_MouseOver):
        painter.fillRect(rect.adjusted(0, 2, 0, -1), QColor(now.hover))
    painter.fillRect(QRectF(rect.right() - 1, rect.top() + 8, 1, rect.height() - 16), QColor(now.line))
    if _has(option, _State.State_HasFocus):
        rounded(painter, rect.adjusted(3, 4, -4, -3), fill="", line=now.accent, width=1.5, radius=4)


def tab_close(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The small cross of a tab."""
    now, rect = tokens(), QRectF(_rect(option))
    hovered = _has(option, _State.State_MouseOver)
    if hovered:
        rounded(painter, rect, fill=now.hover, line="", radius=3)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(now.text if hovered else now.muted), 1.3, c=Qt.PenCapStyle.RoundCap))
    centre, arm = rect.center(), 3.4
    painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
    painter.drawLine(centre + QPointF(arm, -arm), centre + QPointF(-arm, arm))
    painter.restore()


def header_section(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The head of a column: flat, with a line below."""
    now, rect = tokens(), _rect(option)
    painter.fillRect(rect, QColor(now.stripe))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(now.line))
    painter.fillRect(QRect(rect.right(), rect.top() + 7, 1, rect.height() - 14), QColor(now.line))


def view_row(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Every other row is a little darker."""
    alternate = QStyleOptionViewItem.ViewItemFeature.Alternate
    if isinstance(option, QStyleOptionViewItem) and option.features & alternate:
        painter.fillRect(_rect(option), QColor(tokens().stripe))


def menu_item(option: QStyleOptionMenuItem, painter: QPainter) -> None:
    """One line of a menu: icon or tick, name, key at the right."""
    now, rect = tokens(), _rect(option)
    kinds = QStyleOptionMenuItem.MenuItemType
    if option.menuItemType == kinds.Separator:
        painter.fillRect(QRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), QColor(now.line))
        return
    enabled = _has(option, _State.State_Enabled)
    if _has(option, _State.State_Selected) and enabled:
        rounded(painter, QRectF(rect), fill=now.accent_soft, line="", radius=4)
    _menu_mark(option, painter, QRect(rect.left() + 8, rect.center().y() - 8, _MENU_ICON, _MENU_ICON))
    name, _tab, key = option.text.partition("\t")
    place = rect.adjusted(34, 0, -12, 0)
    painter.save()
    painter.setPen(QColor(now.text if enabled else now.disabled))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic | Qt.TextFlag.TextSingleLine
    painter.drawText(place, flags | Qt.AlignmentFlag.AlignLeft, name)
    painter.setPen(QColor(now.muted))
    painter.drawText(place, flags | Qt.AlignmentFlag.AlignRight, key)
    painter.restore()


def _menu_mark(option: QStyleOptionMenuItem, painter: QPainter, place: QRect) -> None:
    sign: QIcon = option.icon
    if option.checkType != QStyleOptionMenuItem.CheckType.NotCheckable and option.checked:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        left, top = place.left(), place.top()
        corners = ((3.0, 8.0), (6.5, 11.5), (13.0, 4.5))
        painter.drawPolyline([QPointF(left + x, top + y) for x, y in corners])
        painter.restore()
    elif not sign.isNull():
        sign.paint(painter, place)
