"""A small style over Fusion, drawn from the tokens: rounded, flat, 30 px controls, a clear ring of focus.

An application-wide style sheet would be shorter, but made a change of theme take 1.2 s (design.md).
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QWidget,
)

from courier_desk.ui import style_controls, style_frames, style_lists
from courier_desk.ui.theme import palette_of, tokens
from courier_desk.ui.tokens import CONTROL_HEIGHT

_PE = QStyle.PrimitiveElement
_CE = QStyle.ControlElement
_CC = QStyle.ComplexControl
_PM = QStyle.PixelMetric
_SH = QStyle.StyleHint
_CT = QStyle.ContentsType

_METRICS: dict[QStyle.PixelMetric, int] = {
    _PM.PM_ButtonMargin: 16,
    _PM.PM_ButtonDefaultIndicator: 0,
    _PM.PM_ButtonShiftHorizontal: 0,
    _PM.PM_ButtonShiftVertical: 0,
    _PM.PM_DefaultFrameWidth: 1,
    _PM.PM_ScrollBarExtent: 12,
    _PM.PM_ScrollBarSliderMin: 32,
    _PM.PM_ScrollView_ScrollBarSpacing: 0,
    _PM.PM_IndicatorWidth: 16,
    _PM.PM_IndicatorHeight: 16,
    _PM.PM_ExclusiveIndicatorWidth: 16,
    _PM.PM_ExclusiveIndicatorHeight: 16,
    _PM.PM_CheckBoxLabelSpacing: 8,
    _PM.PM_RadioButtonLabelSpacing: 8,
    _PM.PM_MenuPanelWidth: 1,
    _PM.PM_MenuVMargin: 5,
    _PM.PM_MenuHMargin: 5,
    _PM.PM_SmallIconSize: 16,
    _PM.PM_ButtonIconSize: 16,
    _PM.PM_TabBarTabHSpace: 28,
    _PM.PM_TabBarTabVSpace: 16,
    _PM.PM_TabBarTabShiftVertical: 0,
    _PM.PM_TabBarBaseOverlap: 0,
    _PM.PM_TabCloseIndicatorWidth: 16,
    _PM.PM_TabCloseIndicatorHeight: 16,
    _PM.PM_LayoutHorizontalSpacing: 8,
    _PM.PM_LayoutVerticalSpacing: 8,
    _PM.PM_HeaderMargin: 8,
    _PM.PM_ToolTipLabelFrameWidth: 6,
    _PM.PM_SplitterWidth: 5,
    _PM.PM_FocusFrameHMargin: 7,
}

_HINTS: dict[QStyle.StyleHint, int] = {
    _SH.SH_EtchDisabledText: 0,
    _SH.SH_DitherDisabledText: 0,
    _SH.SH_ItemView_ShowDecorationSelected: 1,
    _SH.SH_ScrollBar_LeftClickAbsolutePosition: 1,
    _SH.SH_ToolTipLabel_Opacity: 255,
    _SH.SH_ComboBox_Popup: 0,
    _SH.SH_UnderlineShortcut: 0,
    _SH.SH_Menu_MouseTracking: 1,
    _SH.SH_TabBar_ElideMode: 1,
    _SH.SH_DialogButtonBox_ButtonsHaveIcons: 0,
}

_FIELD_PAD = 8

_Draw = Callable[[QStyleOption, QPainter, QWidget | None], None]

_PRIMITIVES: dict[QStyle.PrimitiveElement, _Draw] = {
    _PE.PE_PanelLineEdit: style_frames.line_edit,
    _PE.PE_FrameLineEdit: style_frames.line_edit_frame,
    _PE.PE_PanelButtonCommand: style_controls.push_button,
    _PE.PE_PanelButtonTool: style_controls.tool_button,
    _PE.PE_IndicatorCheckBox: style_controls.check_box,
    _PE.PE_IndicatorItemViewItemCheck: style_controls.check_box,
    _PE.PE_IndicatorRadioButton: style_controls.radio_button,
    _PE.PE_FrameFocusRect: style_frames.focus_ring,
    _PE.PE_Frame: style_frames.frame,
    _PE.PE_FrameGroupBox: style_frames.group_box,
    _PE.PE_PanelMenu: style_frames.popup,
    _PE.PE_FrameMenu: style_frames.popup,
    _PE.PE_PanelTipLabel: style_frames.tip,
    _PE.PE_FrameTabWidget: style_frames.nothing,
    _PE.PE_FrameTabBarBase: style_frames.nothing,
    _PE.PE_IndicatorTabClose: style_lists.tab_close,
    _PE.PE_PanelItemViewRow: style_lists.view_row,
}

_CONTROLS: dict[QStyle.ControlElement, _Draw] = {
    _CE.CE_TabBarTabShape: style_lists.tab_shape,
    _CE.CE_HeaderSection: style_lists.header_section,
    _CE.CE_HeaderEmptyArea: style_lists.header_section,
    _CE.CE_ProgressBarGroove: style_controls.progress_groove,
    _CE.CE_ProgressBarContents: style_controls.progress_contents,
    _CE.CE_Splitter: style_frames.nothing,
}


class DeskStyle(QProxyStyle):
    """The look of the whole program."""

    def __init__(self) -> None:
        super().__init__("fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        fixed = _METRICS.get(metric)
        return fixed if fixed is not None else super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803  Qt's own name
    ) -> int:
        fixed = _HINTS.get(hint)
        return fixed if fixed is not None else super().styleHint(hint, option, widget, returnData)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        wanted = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # may be None in Qt
        if kind in (_CT.CT_PushButton, _CT.CT_LineEdit, _CT.CT_ComboBox, _CT.CT_SpinBox):
            wanted.setHeight(max(CONTROL_HEIGHT, size.height() + 6 if kind == _CT.CT_LineEdit else CONTROL_HEIGHT))
        elif kind == _CT.CT_MenuItem:
            separator = QStyleOptionMenuItem.MenuItemType.Separator
            is_separator = isinstance(option, QStyleOptionMenuItem) and option.menuItemType == separator
            wanted = QSize(wanted.width() + 24, 9 if is_separator else CONTROL_HEIGHT)
        elif kind in (_CT.CT_CheckBox, _CT.CT_RadioButton):
            wanted.setHeight(max(wanted.height(), 24))
        elif kind == _CT.CT_ItemViewItem:
            wanted.setHeight(max(wanted.height(), CONTROL_HEIGHT))
        elif kind == _CT.CT_HeaderSection:
            wanted.setHeight(CONTROL_HEIGHT)
        return wanted

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        draw = _PRIMITIVES.get(element)
        if draw is not None:
            draw(option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        draw = _CONTROLS.get(element)
        if draw is not None:
            draw(option, painter, widget)
        elif element == _CE.CE_MenuItem and isinstance(option, QStyleOptionMenuItem):
            style_lists.menu_item(option, painter)
        else:
            if element == _CE.CE_PushButtonLabel and isinstance(option, QStyleOptionButton):
                style_controls.colour_label(option, widget)
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            style_controls.scroll_bar(option, painter, self.scroll_slider(option, widget))
        elif control == _CC.CC_ComboBox:
            style_controls.combo_box(option, painter, widget)
        elif control == _CC.CC_SpinBox:
            style_controls.spin_box(option, painter, widget, self)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        sub: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return style_controls.scroll_part(option, sub, self.pixelMetric(_PM.PM_ScrollBarSliderMin))
        place = super().subControlRect(control, option, sub, widget)  # type: ignore[arg-type]  # may be None in Qt
        if sub == QStyle.SubControl.SC_ComboBoxEditField and control == _CC.CC_ComboBox:
            place.adjust(_FIELD_PAD - 3, 0, 0, 0)
        elif sub == QStyle.SubControl.SC_SpinBoxEditField and control == _CC.CC_SpinBox:
            place.adjust(_FIELD_PAD - 4, 0, 0, 0)
        return place

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        place = super().subElementRect(element, option, widget)  # type: ignore[arg-type]  # may be None in Qt
        if element == QStyle.SubElement.SE_LineEditContents and isinstance(widget, QLineEdit) and widget.hasFrame():
            place.adjust(_FIELD_PAD - 3, 0, 3 - _FIELD_PAD, 0)
        return place

    def scroll_slider(self, option: QStyleOptionSlider, widget: QWidget | None) -> QRect:
        """Where the slider of a scroll bar lies."""
        return self.subControlRect(_CC.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, widget)

    def standardPalette(self) -> QPalette:
        return palette_of(tokens())
