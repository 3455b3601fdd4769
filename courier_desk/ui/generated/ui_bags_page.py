"""Made from forms/bags_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
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
from courier_desk.ui.widgets.labels import Card, Chip, Note, Title


class Ui_BagsPage:
    def setupUi(self, BagsPage: QWidget) -> None:
        if not BagsPage.objectName():
            BagsPage.setObjectName(u"BagsPage")
        self.page_column = QVBoxLayout(BagsPage)
        self.page_column.setSpacing(10)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(20, 14, 20, 14)
        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(BagsPage)
        self.title_label.setObjectName(u"title_label")

        self.row_2.addWidget(self.title_label)

        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_1)

        self.here_button = QPushButton(BagsPage)
        self.here_button.setObjectName(u"here_button")
        self.here_button.setCheckable(True)

        self.row_2.addWidget(self.here_button)

        self.handed_over_button = QPushButton(BagsPage)
        self.handed_over_button.setObjectName(u"handed_over_button")
        self.handed_over_button.setCheckable(True)

        self.row_2.addWidget(self.handed_over_button)

        self.all_button = QPushButton(BagsPage)
        self.all_button.setObjectName(u"all_button")
        self.all_button.setCheckable(True)

        self.row_2.addWidget(self.all_button)

        self.new_button = QPushButton(BagsPage)
        self.new_button.setObjectName(u"new_button")
        self.new_button.setProperty(u"tone", u"primary")

        self.row_2.addWidget(self.new_button)

        self.page_column.addLayout(self.row_2)

        self.row_10 = QHBoxLayout()
        self.row_10.setSpacing(12)
        self.row_10.setObjectName(u"row_10")
        self.row_10.setContentsMargins(0, 0, 0, 0)
        self.table_column = QVBoxLayout()
        self.table_column.setSpacing(8)
        self.table_column.setObjectName(u"table_column")
        self.table_column.setContentsMargins(0, 0, 0, 0)

        self.row_10.addLayout(self.table_column)

        self.bag_card = Card(BagsPage)
        self.bag_card.setObjectName(u"bag_card")
        self.bag_card.setMinimumSize(QSize(372, 0))
        self.column_9 = QVBoxLayout(self.bag_card)
        self.column_9.setSpacing(8)
        self.column_9.setObjectName(u"column_9")
        self.column_9.setContentsMargins(16, 14, 16, 14)
        self.tag_label = QLabel(self.bag_card)
        self.tag_label.setObjectName(u"tag_label")

        self.column_9.addWidget(self.tag_label)

        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(8)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.state_chip = Chip(self.bag_card)
        self.state_chip.setObjectName(u"state_chip")

        self.row_4.addWidget(self.state_chip)

        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_4.addItem(self.space_3)

        self.column_9.addLayout(self.row_4)

        self.facts_label = Note(self.bag_card)
        self.facts_label.setObjectName(u"facts_label")
        self.facts_label.setWordWrap(True)

        self.column_9.addWidget(self.facts_label)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(8)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.content_button = QPushButton(self.bag_card)
        self.content_button.setObjectName(u"content_button")
        self.content_button.setCheckable(True)

        self.row_6.addWidget(self.content_button)

        self.life_button = QPushButton(self.bag_card)
        self.life_button.setObjectName(u"life_button")
        self.life_button.setCheckable(True)

        self.row_6.addWidget(self.life_button)

        self.space_5 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_6.addItem(self.space_5)

        self.column_9.addLayout(self.row_6)

        self.detail_stack = QStackedWidget(self.bag_card)
        self.detail_stack.setObjectName(u"detail_stack")

        self.column_9.addWidget(self.detail_stack)

        self.row_8 = QHBoxLayout()
        self.row_8.setSpacing(8)
        self.row_8.setObjectName(u"row_8")
        self.row_8.setContentsMargins(0, 0, 0, 0)
        self.seal_button = QPushButton(self.bag_card)
        self.seal_button.setObjectName(u"seal_button")
        self.seal_button.setProperty(u"tone", u"primary")

        self.row_8.addWidget(self.seal_button)

        self.unseal_button = QPushButton(self.bag_card)
        self.unseal_button.setObjectName(u"unseal_button")

        self.row_8.addWidget(self.unseal_button)

        self.space_7 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_8.addItem(self.space_7)

        self.reprint_button = QPushButton(self.bag_card)
        self.reprint_button.setObjectName(u"reprint_button")

        self.row_8.addWidget(self.reprint_button)

        self.column_9.addLayout(self.row_8)

        self.column_9.setStretch(4, 1)

        self.row_10.addWidget(self.bag_card)

        self.row_10.setStretch(0, 5)
        self.row_10.setStretch(1, 3)

        self.page_column.addLayout(self.row_10)

        self.page_column.setStretch(1, 1)

        self.retranslateUi(BagsPage)

    def retranslateUi(self, BagsPage: QWidget) -> None:
        self.title_label.setText(_(u"Bags"))
        self.new_button.setText(_(u"New bag"))
        self.seal_button.setText(_(u"Seal it"))
        self.unseal_button.setText(_(u"Open again"))
        self.reprint_button.setText(_(u"Tag again"))
        pass
