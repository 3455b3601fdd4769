"""Made from forms/scan_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Card, Chip, Note
from courier_desk.ui.widgets.large_figure import LargeFigure
from courier_desk.ui.widgets.panels import EmptyState, ResultPanel
from courier_desk.ui.widgets.tally import TallyStrip


class Ui_ScanPage:
    def setupUi(self, ScanPage: QWidget) -> None:
        if not ScanPage.objectName():
            ScanPage.setObjectName(u"ScanPage")
        self.page_column = QVBoxLayout(ScanPage)
        self.page_column.setSpacing(10)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(20, 14, 20, 14)
        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.collected_button = QPushButton(ScanPage)
        self.collected_button.setObjectName(u"collected_button")
        self.collected_button.setCheckable(True)

        self.row_2.addWidget(self.collected_button)

        self.bagged_button = QPushButton(ScanPage)
        self.bagged_button.setObjectName(u"bagged_button")
        self.bagged_button.setCheckable(True)

        self.row_2.addWidget(self.bagged_button)

        self.dispatched_button = QPushButton(ScanPage)
        self.dispatched_button.setObjectName(u"dispatched_button")
        self.dispatched_button.setCheckable(True)

        self.row_2.addWidget(self.dispatched_button)

        self.arrived_button = QPushButton(ScanPage)
        self.arrived_button.setObjectName(u"arrived_button")
        self.arrived_button.setCheckable(True)

        self.row_2.addWidget(self.arrived_button)

        self.signed_button = QPushButton(ScanPage)
        self.signed_button.setObjectName(u"signed_button")
        self.signed_button.setCheckable(True)

        self.row_2.addWidget(self.signed_button)

        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_1)

        self.device_chip = Chip(ScanPage)
        self.device_chip.setObjectName(u"device_chip")

        self.row_2.addWidget(self.device_chip)

        self.later_button = QPushButton(ScanPage)
        self.later_button.setObjectName(u"later_button")
        self.later_button.setProperty(u"tone", u"quiet")

        self.row_2.addWidget(self.later_button)

        self.page_column.addLayout(self.row_2)

        self.result_panel = ResultPanel(ScanPage)
        self.result_panel.setObjectName(u"result_panel")

        self.page_column.addWidget(self.result_panel)

        self.row_3 = QHBoxLayout()
        self.row_3.setSpacing(8)
        self.row_3.setObjectName(u"row_3")
        self.row_3.setContentsMargins(0, 0, 0, 0)
        self.tally_strip = TallyStrip(ScanPage)
        self.tally_strip.setObjectName(u"tally_strip")

        self.row_3.addWidget(self.tally_strip)

        self.next_button = QPushButton(ScanPage)
        self.next_button.setObjectName(u"next_button")

        self.row_3.addWidget(self.next_button)

        self.manual_button = QPushButton(ScanPage)
        self.manual_button.setObjectName(u"manual_button")

        self.row_3.addWidget(self.manual_button)

        self.row_3.setStretch(0, 1)

        self.page_column.addLayout(self.row_3)

        self.row_8 = QHBoxLayout()
        self.row_8.setSpacing(12)
        self.row_8.setObjectName(u"row_8")
        self.row_8.setContentsMargins(0, 0, 0, 0)
        self.recent_stack = QStackedWidget(ScanPage)
        self.recent_stack.setObjectName(u"recent_stack")
        self.recent_empty = EmptyState()
        self.recent_empty.setObjectName(u"recent_empty")
        self.recent_stack.addWidget(self.recent_empty)

        self.row_8.addWidget(self.recent_stack)

        self.bag_card = Card(ScanPage)
        self.bag_card.setObjectName(u"bag_card")
        self.bag_card.setMinimumSize(QSize(330, 0))
        self.bag_card.setMaximumSize(QSize(360, 16777215))
        self.column_7 = QVBoxLayout(self.bag_card)
        self.column_7.setSpacing(6)
        self.column_7.setObjectName(u"column_7")
        self.column_7.setContentsMargins(16, 12, 16, 12)
        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(8)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.bag_label = QLabel(self.bag_card)
        self.bag_label.setObjectName(u"bag_label")

        self.row_4.addWidget(self.bag_label)

        self.bag_combo = QComboBox(self.bag_card)
        self.bag_combo.setObjectName(u"bag_combo")

        self.row_4.addWidget(self.bag_combo)

        self.row_4.setStretch(1, 1)

        self.column_7.addLayout(self.row_4)

        self.bag_pieces = LargeFigure(self.bag_card)
        self.bag_pieces.setObjectName(u"bag_pieces")

        self.column_7.addWidget(self.bag_pieces)

        self.bag_note = Note(self.bag_card)
        self.bag_note.setObjectName(u"bag_note")
        self.bag_note.setWordWrap(True)

        self.column_7.addWidget(self.bag_note)

        self.space_5 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_7.addItem(self.space_5)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(8)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.new_bag_button = QPushButton(self.bag_card)
        self.new_bag_button.setObjectName(u"new_bag_button")

        self.row_6.addWidget(self.new_bag_button)

        self.seal_button = QPushButton(self.bag_card)
        self.seal_button.setObjectName(u"seal_button")
        self.seal_button.setProperty(u"tone", u"primary")

        self.row_6.addWidget(self.seal_button)

        self.column_7.addLayout(self.row_6)

        self.row_8.addWidget(self.bag_card)

        self.row_8.setStretch(0, 1)

        self.page_column.addLayout(self.row_8)

        self.page_column.setStretch(1, 11)
        self.page_column.setStretch(3, 9)
        self.bag_label.setBuddy(self.bag_combo)

        self.retranslateUi(ScanPage)

    def retranslateUi(self, ScanPage: QWidget) -> None:
        self.manual_button.setText(_(u"Type a number"))
        self.bag_label.setText(_(u"Open bag"))
        self.new_bag_button.setText(_(u"New bag"))
        self.seal_button.setText(_(u"Seal it"))
        pass
