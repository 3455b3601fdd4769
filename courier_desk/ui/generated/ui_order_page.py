"""Made from forms/order_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.pages.order_goods import OrderGoods
from courier_desk.ui.pages.order_inspection import InspectionPanel
from courier_desk.ui.pages.order_party import OrderParty
from courier_desk.ui.pages.order_payment import OrderPayment
from courier_desk.ui.pages.order_pieces import OrderPieces
from courier_desk.ui.pages.order_result import OrderResult
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Card
from courier_desk.ui.widgets.quantity_fields import AmountField


class Ui_OrderPage:
    def setupUi(self, OrderPage: QWidget) -> None:
        if not OrderPage.objectName():
            OrderPage.setObjectName(u"OrderPage")
        self.outer = QVBoxLayout(OrderPage)
        self.outer.setSpacing(0)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(12, 10, 12, 10)
        self.content = QWidget(OrderPage)
        self.content.setObjectName(u"content")
        self.content.setMaximumSize(QSize(16777215, 820))
        self.content_row = QHBoxLayout(self.content)
        self.content_row.setSpacing(10)
        self.content_row.setObjectName(u"content_row")
        self.content_row.setContentsMargins(0, 0, 0, 0)
        self.left_part = QWidget(self.content)
        self.left_part.setObjectName(u"left_part")
        self.left_part.setMaximumSize(QSize(1600, 16777215))
        self.left_column = QVBoxLayout(self.left_part)
        self.left_column.setSpacing(10)
        self.left_column.setObjectName(u"left_column")
        self.left_column.setContentsMargins(0, 0, 0, 0)
        self.parties = QHBoxLayout()
        self.parties.setSpacing(10)
        self.parties.setObjectName(u"parties")
        self.parties.setContentsMargins(0, 0, 0, 0)
        self.sender = OrderParty(self.left_part)
        self.sender.setObjectName(u"sender")

        self.parties.addWidget(self.sender)

        self.recipient = OrderParty(self.left_part)
        self.recipient.setObjectName(u"recipient")

        self.parties.addWidget(self.recipient)

        self.parties.setStretch(0, 1)
        self.parties.setStretch(1, 1)

        self.left_column.addLayout(self.parties)

        self.parcel_card = Card(self.left_part)
        self.parcel_card.setObjectName(u"parcel_card")
        self.parcel_column = QVBoxLayout(self.parcel_card)
        self.parcel_column.setSpacing(2)
        self.parcel_column.setObjectName(u"parcel_column")
        self.parcel_column.setContentsMargins(12, 10, 12, 2)
        self.service_grid = QGridLayout()
        self.service_grid.setObjectName(u"service_grid")
        self.service_grid.setHorizontalSpacing(8)
        self.service_grid.setVerticalSpacing(0)
        self.service_grid.setContentsMargins(0, 0, 0, 0)
        self.service_label = QLabel(self.parcel_card)
        self.service_label.setObjectName(u"service_label")
        self.service_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.service_grid.addWidget(self.service_label, 0, 0, 1, 1)

        self.service_combo = QComboBox(self.parcel_card)
        self.service_combo.setObjectName(u"service_combo")

        self.service_grid.addWidget(self.service_combo, 0, 1, 1, 1)

        self.service_error = FieldError(self.parcel_card)
        self.service_error.setObjectName(u"service_error")

        self.service_grid.addWidget(self.service_error, 1, 1, 1, 1)

        self.marks_row = QHBoxLayout()
        self.marks_row.setSpacing(6)
        self.marks_row.setObjectName(u"marks_row")
        self.marks_row.setContentsMargins(0, 0, 0, 0)
        self.fragile_button = QPushButton(self.parcel_card)
        self.fragile_button.setObjectName(u"fragile_button")
        self.fragile_button.setCheckable(True)

        self.marks_row.addWidget(self.fragile_button)

        self.valuable_button = QPushButton(self.parcel_card)
        self.valuable_button.setObjectName(u"valuable_button")
        self.valuable_button.setCheckable(True)

        self.marks_row.addWidget(self.valuable_button)

        self.cold_button = QPushButton(self.parcel_card)
        self.cold_button.setObjectName(u"cold_button")
        self.cold_button.setCheckable(True)

        self.marks_row.addWidget(self.cold_button)

        self.this_side_up_button = QPushButton(self.parcel_card)
        self.this_side_up_button.setObjectName(u"this_side_up_button")
        self.this_side_up_button.setCheckable(True)

        self.marks_row.addWidget(self.this_side_up_button)

        self.service_grid.addLayout(self.marks_row, 0, 2, 1, 1)

        self.marks_error = FieldError(self.parcel_card)
        self.marks_error.setObjectName(u"marks_error")

        self.service_grid.addWidget(self.marks_error, 1, 2, 1, 1)

        self.service_grid.setColumnStretch(1, 1)

        self.parcel_column.addLayout(self.service_grid)

        self.tables = QHBoxLayout()
        self.tables.setSpacing(20)
        self.tables.setObjectName(u"tables")
        self.tables.setContentsMargins(0, 0, 0, 0)
        self.pieces = OrderPieces(self.parcel_card)
        self.pieces.setObjectName(u"pieces")

        self.tables.addWidget(self.pieces)

        self.goods = OrderGoods(self.parcel_card)
        self.goods.setObjectName(u"goods")

        self.tables.addWidget(self.goods)

        self.tables.setStretch(0, 1)
        self.tables.setStretch(1, 1)

        self.parcel_column.addLayout(self.tables)

        self.money_grid = QGridLayout()
        self.money_grid.setObjectName(u"money_grid")
        self.money_grid.setHorizontalSpacing(8)
        self.money_grid.setVerticalSpacing(0)
        self.money_grid.setContentsMargins(0, 0, 0, 0)
        self.declared_value_label = QLabel(self.parcel_card)
        self.declared_value_label.setObjectName(u"declared_value_label")
        self.declared_value_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.money_grid.addWidget(self.declared_value_label, 0, 0, 1, 1)

        self.declared_value_edit = AmountField(self.parcel_card)
        self.declared_value_edit.setObjectName(u"declared_value_edit")
        self.declared_value_edit.setProperty(u"optional", True)

        self.money_grid.addWidget(self.declared_value_edit, 0, 1, 1, 1)

        self.declared_value_error = FieldError(self.parcel_card)
        self.declared_value_error.setObjectName(u"declared_value_error")

        self.money_grid.addWidget(self.declared_value_error, 1, 1, 1, 1)

        self.cod_label = QLabel(self.parcel_card)
        self.cod_label.setObjectName(u"cod_label")
        self.cod_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.money_grid.addWidget(self.cod_label, 0, 2, 1, 1)

        self.cod_edit = AmountField(self.parcel_card)
        self.cod_edit.setObjectName(u"cod_edit")
        self.cod_edit.setProperty(u"optional", True)

        self.money_grid.addWidget(self.cod_edit, 0, 3, 1, 1)

        self.cod_error = FieldError(self.parcel_card)
        self.cod_error.setObjectName(u"cod_error")

        self.money_grid.addWidget(self.cod_error, 1, 3, 1, 1)

        self.note_label = QLabel(self.parcel_card)
        self.note_label.setObjectName(u"note_label")
        self.note_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.money_grid.addWidget(self.note_label, 0, 4, 1, 1)

        self.note_edit = QLineEdit(self.parcel_card)
        self.note_edit.setObjectName(u"note_edit")
        self.note_edit.setProperty(u"optional", True)

        self.money_grid.addWidget(self.note_edit, 0, 5, 1, 1)

        self.note_error = FieldError(self.parcel_card)
        self.note_error.setObjectName(u"note_error")

        self.money_grid.addWidget(self.note_error, 1, 5, 1, 1)

        self.money_grid.setColumnStretch(1, 1)
        self.money_grid.setColumnStretch(3, 1)
        self.money_grid.setColumnStretch(5, 3)

        self.parcel_column.addLayout(self.money_grid)

        self.parcel_column.setStretch(1, 1)

        self.left_column.addWidget(self.parcel_card)

        self.left_column.setStretch(1, 1)

        self.content_row.addWidget(self.left_part)

        self.right_part = QWidget(self.content)
        self.right_part.setObjectName(u"right_part")
        self.right_part.setMinimumSize(QSize(312, 0))
        self.right_part.setMaximumSize(QSize(400, 16777215))
        self.right_column = QVBoxLayout(self.right_part)
        self.right_column.setSpacing(10)
        self.right_column.setObjectName(u"right_column")
        self.right_column.setContentsMargins(0, 0, 0, 0)
        self.inspection = InspectionPanel(self.right_part)
        self.inspection.setObjectName(u"inspection")

        self.right_column.addWidget(self.inspection)

        self.money_stack = QStackedWidget(self.right_part)
        self.money_stack.setObjectName(u"money_stack")
        self.payment = OrderPayment()
        self.payment.setObjectName(u"payment")
        self.money_stack.addWidget(self.payment)
        self.result = OrderResult()
        self.result.setObjectName(u"result")
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        sizePolicy.setHorizontalStretch(0)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.result.sizePolicy().hasHeightForWidth())
        self.result.setSizePolicy(sizePolicy)
        self.money_stack.addWidget(self.result)

        self.right_column.addWidget(self.money_stack)

        self.right_column.setStretch(1, 1)

        self.content_row.addWidget(self.right_part)

        self.space_11 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.content_row.addItem(self.space_11)

        self.content_row.setStretch(0, 5)
        self.content_row.setStretch(1, 2)

        self.outer.addWidget(self.content)

        self.space_12 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.outer.addItem(self.space_12)

        self.outer.setStretch(0, 1)
        self.service_label.setBuddy(self.service_combo)
        self.declared_value_label.setBuddy(self.declared_value_edit)
        self.cod_label.setBuddy(self.cod_edit)
        self.note_label.setBuddy(self.note_edit)

        self.retranslateUi(OrderPage)

    def retranslateUi(self, OrderPage: QWidget) -> None:
        self.service_label.setText(_(u"Service"))
        self.declared_value_label.setText(_(u"Declared value"))
        self.cod_label.setText(_(u"COD"))
        self.note_label.setText(_(u"Note"))
        pass
