"""Made from forms/parcel_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import Qt
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
from courier_desk.ui.widgets.fact_list import FactList
from courier_desk.ui.widgets.labels import Card, Chip, Note, SectionTitle
from courier_desk.ui.widgets.large_figure import LargeFigure
from courier_desk.ui.widgets.life_list import LifeList
from courier_desk.ui.widgets.panels import EmptyState
from courier_desk.ui.widgets.party_card import PartyCard
from courier_desk.ui.widgets.price_lines import PriceLines


class Ui_ParcelPage:
    def setupUi(self, ParcelPage: QWidget) -> None:
        if not ParcelPage.objectName():
            ParcelPage.setObjectName(u"ParcelPage")
        self.column_1 = QVBoxLayout(ParcelPage)
        self.column_1.setSpacing(0)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(24, 16, 24, 16)
        self.stack = QStackedWidget(ParcelPage)
        self.stack.setObjectName(u"stack")
        self.order_step = QWidget()
        self.order_step.setObjectName(u"order_step")
        self.column_2 = QVBoxLayout(self.order_step)
        self.column_2.setSpacing(12)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.head_card = Card(self.order_step)
        self.head_card.setObjectName(u"head_card")
        self.row_3 = QHBoxLayout(self.head_card)
        self.row_3.setSpacing(8)
        self.row_3.setObjectName(u"row_3")
        self.row_3.setContentsMargins(20, 12, 16, 12)
        self.column_4 = QVBoxLayout()
        self.column_4.setSpacing(2)
        self.column_4.setObjectName(u"column_4")
        self.column_4.setContentsMargins(0, 0, 0, 0)
        self.row_5 = QHBoxLayout()
        self.row_5.setSpacing(14)
        self.row_5.setObjectName(u"row_5")
        self.row_5.setContentsMargins(0, 0, 0, 0)
        self.number_label = QLabel(self.head_card)
        self.number_label.setObjectName(u"number_label")
        self.number_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        self.row_5.addWidget(self.number_label)

        self.status_chip = Chip(self.head_card)
        self.status_chip.setObjectName(u"status_chip")

        self.row_5.addWidget(self.status_chip)

        self.origin_chip = Chip(self.head_card)
        self.origin_chip.setObjectName(u"origin_chip")

        self.row_5.addWidget(self.origin_chip)

        self.space_6 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_5.addItem(self.space_6)

        self.column_4.addLayout(self.row_5)

        self.line_note = Note(self.head_card)
        self.line_note.setObjectName(u"line_note")

        self.column_4.addWidget(self.line_note)

        self.row_3.addLayout(self.column_4)

        self.space_7 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_3.addItem(self.space_7)

        self.reprint_button = QPushButton(self.head_card)
        self.reprint_button.setObjectName(u"reprint_button")

        self.row_3.addWidget(self.reprint_button)

        self.refund_button = QPushButton(self.head_card)
        self.refund_button.setObjectName(u"refund_button")

        self.row_3.addWidget(self.refund_button)

        self.void_button = QPushButton(self.head_card)
        self.void_button.setObjectName(u"void_button")

        self.row_3.addWidget(self.void_button)

        self.row_3.setStretch(0, 1)

        self.column_2.addWidget(self.head_card)

        self.row_8 = QHBoxLayout()
        self.row_8.setSpacing(12)
        self.row_8.setObjectName(u"row_8")
        self.row_8.setContentsMargins(0, 0, 0, 0)
        self.column_9 = QVBoxLayout()
        self.column_9.setSpacing(12)
        self.column_9.setObjectName(u"column_9")
        self.column_9.setContentsMargins(0, 0, 0, 0)
        self.row_10 = QHBoxLayout()
        self.row_10.setSpacing(12)
        self.row_10.setObjectName(u"row_10")
        self.row_10.setContentsMargins(0, 0, 0, 0)
        self.sender_card = PartyCard(self.order_step)
        self.sender_card.setObjectName(u"sender_card")

        self.row_10.addWidget(self.sender_card)

        self.recipient_card = PartyCard(self.order_step)
        self.recipient_card.setObjectName(u"recipient_card")

        self.row_10.addWidget(self.recipient_card)

        self.row_10.setStretch(0, 1)
        self.row_10.setStretch(1, 1)

        self.column_9.addLayout(self.row_10)

        self.pieces_card = Card(self.order_step)
        self.pieces_card.setObjectName(u"pieces_card")
        self.column_11 = QVBoxLayout(self.pieces_card)
        self.column_11.setSpacing(4)
        self.column_11.setObjectName(u"column_11")
        self.column_11.setContentsMargins(20, 8, 20, 10)
        self.pieces_title = SectionTitle(self.pieces_card)
        self.pieces_title.setObjectName(u"pieces_title")

        self.column_11.addWidget(self.pieces_title)

        self.pieces_column = QVBoxLayout()
        self.pieces_column.setSpacing(8)
        self.pieces_column.setObjectName(u"pieces_column")
        self.pieces_column.setContentsMargins(0, 0, 0, 0)

        self.column_11.addLayout(self.pieces_column)

        self.column_9.addWidget(self.pieces_card)

        self.facts_card = Card(self.order_step)
        self.facts_card.setObjectName(u"facts_card")
        self.column_12 = QVBoxLayout(self.facts_card)
        self.column_12.setSpacing(4)
        self.column_12.setObjectName(u"column_12")
        self.column_12.setContentsMargins(20, 8, 20, 10)
        self.facts_title = SectionTitle(self.facts_card)
        self.facts_title.setObjectName(u"facts_title")

        self.column_12.addWidget(self.facts_title)

        self.facts_list = FactList(self.facts_card)
        self.facts_list.setObjectName(u"facts_list")

        self.column_12.addWidget(self.facts_list)

        self.column_12.setStretch(1, 1)

        self.column_9.addWidget(self.facts_card)

        self.column_9.setStretch(2, 1)

        self.row_8.addLayout(self.column_9)

        self.column_13 = QVBoxLayout()
        self.column_13.setSpacing(12)
        self.column_13.setObjectName(u"column_13")
        self.column_13.setContentsMargins(0, 0, 0, 0)
        self.life_card = Card(self.order_step)
        self.life_card.setObjectName(u"life_card")
        self.column_14 = QVBoxLayout(self.life_card)
        self.column_14.setSpacing(4)
        self.column_14.setObjectName(u"column_14")
        self.column_14.setContentsMargins(20, 8, 8, 10)
        self.life_title = SectionTitle(self.life_card)
        self.life_title.setObjectName(u"life_title")

        self.column_14.addWidget(self.life_title)

        self.life_list = LifeList(self.life_card)
        self.life_list.setObjectName(u"life_list")

        self.column_14.addWidget(self.life_list)

        self.column_14.setStretch(1, 1)

        self.column_13.addWidget(self.life_card)

        self.price_card = Card(self.order_step)
        self.price_card.setObjectName(u"price_card")
        self.column_15 = QVBoxLayout(self.price_card)
        self.column_15.setSpacing(2)
        self.column_15.setObjectName(u"column_15")
        self.column_15.setContentsMargins(20, 6, 20, 10)
        self.total_figure = LargeFigure(self.price_card)
        self.total_figure.setObjectName(u"total_figure")

        self.column_15.addWidget(self.total_figure)

        self.price_lines = PriceLines(self.price_card)
        self.price_lines.setObjectName(u"price_lines")

        self.column_15.addWidget(self.price_lines)

        self.column_13.addWidget(self.price_card)

        self.column_13.setStretch(0, 1)

        self.row_8.addLayout(self.column_13)

        self.row_8.setStretch(0, 66)
        self.row_8.setStretch(1, 34)

        self.column_2.addLayout(self.row_8)

        self.column_2.setStretch(1, 1)
        self.stack.addWidget(self.order_step)
        self.empty_step = QWidget()
        self.empty_step.setObjectName(u"empty_step")
        self.column_16 = QVBoxLayout(self.empty_step)
        self.column_16.setSpacing(8)
        self.column_16.setObjectName(u"column_16")
        self.column_16.setContentsMargins(0, 0, 0, 0)
        self.empty_state = EmptyState(self.empty_step)
        self.empty_state.setObjectName(u"empty_state")

        self.column_16.addWidget(self.empty_state)

        self.stack.addWidget(self.empty_step)

        self.column_1.addWidget(self.stack)

        self.retranslateUi(ParcelPage)

    def retranslateUi(self, ParcelPage: QWidget) -> None:
        pass
