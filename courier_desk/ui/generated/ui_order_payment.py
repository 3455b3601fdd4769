"""Made from forms/order_payment.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Card, Note
from courier_desk.ui.widgets.large_figure import LargeFigure
from courier_desk.ui.widgets.price_lines import PriceLines
from courier_desk.ui.widgets.quantity_fields import AmountField


class Ui_OrderPayment:
    def setupUi(self, OrderPayment: QWidget) -> None:
        if not OrderPayment.objectName():
            OrderPayment.setObjectName(u"OrderPayment")
        self.outer = QVBoxLayout(OrderPayment)
        self.outer.setSpacing(0)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(OrderPayment)
        self.card.setObjectName(u"card")
        self.column = QVBoxLayout(self.card)
        self.column.setSpacing(0)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(12, 8, 12, 10)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.title_label = QLabel(self.card)
        self.title_label.setObjectName(u"title_label")

        self.head.addWidget(self.title_label)

        self.space_6 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.space_6)

        self.weight_note = Note(self.card)
        self.weight_note.setObjectName(u"weight_note")
        self.weight_note.setTextFormat(Qt.TextFormat.PlainText)

        self.head.addWidget(self.weight_note)

        self.column.addLayout(self.head)

        self.price_lines = PriceLines(self.card)
        self.price_lines.setObjectName(u"price_lines")

        self.column.addWidget(self.price_lines)

        self.total_figure = LargeFigure(self.card)
        self.total_figure.setObjectName(u"total_figure")

        self.column.addWidget(self.total_figure)

        self.promise_note = Note(self.card)
        self.promise_note.setObjectName(u"promise_note")
        self.promise_note.setWordWrap(True)
        self.promise_note.setTextFormat(Qt.TextFormat.PlainText)

        self.column.addWidget(self.promise_note)

        self.space_7 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column.addItem(self.space_7)

        self.payer_row = QHBoxLayout()
        self.payer_row.setSpacing(8)
        self.payer_row.setObjectName(u"payer_row")
        self.payer_row.setContentsMargins(0, 0, 0, 0)
        self.payer_combo = QComboBox(self.card)
        self.payer_combo.setObjectName(u"payer_combo")

        self.payer_row.addWidget(self.payer_combo)

        self.pay_way_combo = QComboBox(self.card)
        self.pay_way_combo.setObjectName(u"pay_way_combo")

        self.payer_row.addWidget(self.pay_way_combo)

        self.payer_row.setStretch(0, 5)
        self.payer_row.setStretch(1, 4)

        self.column.addLayout(self.payer_row)

        self.pay_way_error = FieldError(self.card)
        self.pay_way_error.setObjectName(u"pay_way_error")

        self.column.addWidget(self.pay_way_error)

        self.tendered_part = QWidget(self.card)
        self.tendered_part.setObjectName(u"tendered_part")
        self.tendered_grid = QGridLayout(self.tendered_part)
        self.tendered_grid.setObjectName(u"tendered_grid")
        self.tendered_grid.setHorizontalSpacing(8)
        self.tendered_grid.setVerticalSpacing(0)
        self.tendered_grid.setContentsMargins(0, 0, 0, 0)
        self.tendered_label = QLabel(self.tendered_part)
        self.tendered_label.setObjectName(u"tendered_label")
        self.tendered_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.tendered_grid.addWidget(self.tendered_label, 0, 0, 1, 1)

        self.tendered_edit = AmountField(self.tendered_part)
        self.tendered_edit.setObjectName(u"tendered_edit")
        self.tendered_edit.setMaximumSize(QSize(110, 16777215))

        self.tendered_grid.addWidget(self.tendered_edit, 0, 1, 1, 1)

        self.change_figure = LargeFigure(self.tendered_part)
        self.change_figure.setObjectName(u"change_figure")

        self.tendered_grid.addWidget(self.change_figure, 0, 2, 1, 1)

        self.tendered_error = FieldError(self.tendered_part)
        self.tendered_error.setObjectName(u"tendered_error")

        self.tendered_grid.addWidget(self.tendered_error, 1, 0, 1, 3)

        self.tendered_grid.setColumnStretch(1, 2)
        self.tendered_grid.setColumnStretch(2, 3)

        self.column.addWidget(self.tendered_part)

        self.confirm_button = QPushButton(self.card)
        self.confirm_button.setObjectName(u"confirm_button")
        self.confirm_button.setAutoDefault(True)
        self.confirm_button.setMinimumSize(QSize(0, 38))
        self.confirm_button.setProperty(u"tone", u"primary")

        self.column.addWidget(self.confirm_button)

        self.column.setStretch(1, 1)

        self.outer.addWidget(self.card)

        self.tendered_label.setBuddy(self.tendered_edit)

        self.retranslateUi(OrderPayment)

    def retranslateUi(self, OrderPayment: QWidget) -> None:
        self.title_label.setText(_(u"Price"))
        self.tendered_label.setText(_(u"Cash given"))
        pass
