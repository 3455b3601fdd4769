"""Made from forms/handover_list_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Chip, Note, SectionTitle, Title
from courier_desk.ui.widgets.panels import ResultPanel
from courier_desk.ui.widgets.tally import TallyStrip


class Ui_HandoverListPage:
    def setupUi(self, HandoverListPage: QWidget) -> None:
        if not HandoverListPage.objectName():
            HandoverListPage.setObjectName(u"HandoverListPage")
        self.page_column = QVBoxLayout(HandoverListPage)
        self.page_column.setSpacing(8)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(20, 14, 20, 14)
        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(8)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.column_3 = QVBoxLayout()
        self.column_3.setSpacing(2)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(0, 0, 0, 0)
        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.line_label = Title(HandoverListPage)
        self.line_label.setObjectName(u"line_label")

        self.row_2.addWidget(self.line_label)

        self.state_chip = Chip(HandoverListPage)
        self.state_chip.setObjectName(u"state_chip")

        self.row_2.addWidget(self.state_chip)

        self.cut_off_chip = Chip(HandoverListPage)
        self.cut_off_chip.setObjectName(u"cut_off_chip")

        self.row_2.addWidget(self.cut_off_chip)

        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_1)

        self.column_3.addLayout(self.row_2)

        self.number_label = Note(HandoverListPage)
        self.number_label.setObjectName(u"number_label")

        self.column_3.addWidget(self.number_label)

        self.row_4.addLayout(self.column_3)

        self.export_button = QPushButton(HandoverListPage)
        self.export_button.setObjectName(u"export_button")

        self.row_4.addWidget(self.export_button)

        self.print_button = QPushButton(HandoverListPage)
        self.print_button.setObjectName(u"print_button")

        self.row_4.addWidget(self.print_button)

        self.supplement_button = QPushButton(HandoverListPage)
        self.supplement_button.setObjectName(u"supplement_button")

        self.row_4.addWidget(self.supplement_button)

        self.close_button = QPushButton(HandoverListPage)
        self.close_button.setObjectName(u"close_button")
        self.close_button.setProperty(u"tone", u"primary")

        self.row_4.addWidget(self.close_button)

        self.row_4.setStretch(0, 1)

        self.page_column.addLayout(self.row_4)

        self.result_panel = ResultPanel(HandoverListPage)
        self.result_panel.setObjectName(u"result_panel")

        self.page_column.addWidget(self.result_panel)

        self.totals_strip = TallyStrip(HandoverListPage)
        self.totals_strip.setObjectName(u"totals_strip")

        self.page_column.addWidget(self.totals_strip)

        self.row_7 = QHBoxLayout()
        self.row_7.setSpacing(16)
        self.row_7.setObjectName(u"row_7")
        self.row_7.setContentsMargins(0, 0, 0, 0)
        self.column_5 = QVBoxLayout()
        self.column_5.setSpacing(4)
        self.column_5.setObjectName(u"column_5")
        self.column_5.setContentsMargins(0, 0, 0, 0)
        self.expected_title = SectionTitle(HandoverListPage)
        self.expected_title.setObjectName(u"expected_title")

        self.column_5.addWidget(self.expected_title)

        self.expected_column = QVBoxLayout()
        self.expected_column.setSpacing(8)
        self.expected_column.setObjectName(u"expected_column")
        self.expected_column.setContentsMargins(0, 0, 0, 0)

        self.column_5.addLayout(self.expected_column)

        self.column_5.setStretch(1, 1)

        self.row_7.addLayout(self.column_5)

        self.column_6 = QVBoxLayout()
        self.column_6.setSpacing(4)
        self.column_6.setObjectName(u"column_6")
        self.column_6.setContentsMargins(0, 0, 0, 0)
        self.loaded_title = SectionTitle(HandoverListPage)
        self.loaded_title.setObjectName(u"loaded_title")

        self.column_6.addWidget(self.loaded_title)

        self.loaded_column = QVBoxLayout()
        self.loaded_column.setSpacing(8)
        self.loaded_column.setObjectName(u"loaded_column")
        self.loaded_column.setContentsMargins(0, 0, 0, 0)

        self.column_6.addLayout(self.loaded_column)

        self.column_6.setStretch(1, 1)

        self.row_7.addLayout(self.column_6)

        self.row_7.setStretch(0, 1)
        self.row_7.setStretch(1, 1)

        self.page_column.addLayout(self.row_7)

        self.row_9 = QHBoxLayout()
        self.row_9.setSpacing(8)
        self.row_9.setObjectName(u"row_9")
        self.row_9.setContentsMargins(0, 0, 0, 0)
        self.digest_label = Note(HandoverListPage)
        self.digest_label.setObjectName(u"digest_label")

        self.row_9.addWidget(self.digest_label)

        self.space_8 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_9.addItem(self.space_8)

        self.next_button = QPushButton(HandoverListPage)
        self.next_button.setObjectName(u"next_button")

        self.row_9.addWidget(self.next_button)

        self.manual_button = QPushButton(HandoverListPage)
        self.manual_button.setObjectName(u"manual_button")

        self.row_9.addWidget(self.manual_button)

        self.unload_button = QPushButton(HandoverListPage)
        self.unload_button.setObjectName(u"unload_button")

        self.row_9.addWidget(self.unload_button)

        self.page_column.addLayout(self.row_9)

        self.page_column.setStretch(1, 5)
        self.page_column.setStretch(3, 8)

        self.retranslateUi(HandoverListPage)

    def retranslateUi(self, HandoverListPage: QWidget) -> None:
        self.export_button.setText(_(u"Excel"))
        self.print_button.setText(_(u"Print again"))
        self.supplement_button.setText(_(u"Supplement"))
        self.close_button.setText(_(u"Close the list"))
        self.manual_button.setText(_(u"Type a number"))
        self.unload_button.setText(_(u"Unload"))
        pass
