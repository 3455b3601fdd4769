"""Made from forms/order_party.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.address_area import AddressArea
from courier_desk.ui.widgets.address_box import AddressBox
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Card, Chip
from courier_desk.ui.widgets.phone_field import PhoneField


class Ui_OrderParty:
    def setupUi(self, OrderParty: QWidget) -> None:
        if not OrderParty.objectName():
            OrderParty.setObjectName(u"OrderParty")
        self.outer = QVBoxLayout(OrderParty)
        self.outer.setSpacing(0)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(OrderParty)
        self.card.setObjectName(u"card")
        self.column = QVBoxLayout(self.card)
        self.column.setSpacing(0)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(12, 10, 12, 2)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.title_label = QLabel(self.card)
        self.title_label.setObjectName(u"title_label")

        self.head.addWidget(self.title_label)

        self.box_edit = AddressBox(self.card)
        self.box_edit.setObjectName(u"box_edit")
        self.box_edit.setProperty(u"optional", True)

        self.head.addWidget(self.box_edit)

        self.head.setStretch(1, 1)

        self.column.addLayout(self.head)

        self.box_error = FieldError(self.card)
        self.box_error.setObjectName(u"box_error")

        self.column.addWidget(self.box_error)

        self.fields = QGridLayout()
        self.fields.setObjectName(u"fields")
        self.fields.setHorizontalSpacing(8)
        self.fields.setVerticalSpacing(0)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.phone_label = QLabel(self.card)
        self.phone_label.setObjectName(u"phone_label")
        self.phone_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.fields.addWidget(self.phone_label, 0, 0, 1, 1)

        self.phone_row = QHBoxLayout()
        self.phone_row.setSpacing(8)
        self.phone_row.setObjectName(u"phone_row")
        self.phone_row.setContentsMargins(0, 0, 0, 0)
        self.phone_edit = PhoneField(self.card)
        self.phone_edit.setObjectName(u"phone_edit")

        self.phone_row.addWidget(self.phone_edit)

        self.known_chip = Chip(self.card)
        self.known_chip.setObjectName(u"known_chip")

        self.phone_row.addWidget(self.known_chip)

        self.phone_row.setStretch(0, 1)

        self.fields.addLayout(self.phone_row, 0, 1, 1, 1)

        self.phone_error = FieldError(self.card)
        self.phone_error.setObjectName(u"phone_error")

        self.fields.addWidget(self.phone_error, 1, 1, 1, 1)

        self.name_label = QLabel(self.card)
        self.name_label.setObjectName(u"name_label")
        self.name_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.fields.addWidget(self.name_label, 2, 0, 1, 1)

        self.name_row = QHBoxLayout()
        self.name_row.setSpacing(8)
        self.name_row.setObjectName(u"name_row")
        self.name_row.setContentsMargins(0, 0, 0, 0)
        self.name_edit = QLineEdit(self.card)
        self.name_edit.setObjectName(u"name_edit")

        self.name_row.addWidget(self.name_edit)

        self.company_button = QPushButton(self.card)
        self.company_button.setObjectName(u"company_button")
        self.company_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.company_button.setProperty(u"tone", u"quiet")

        self.name_row.addWidget(self.company_button)

        self.name_row.setStretch(0, 1)

        self.fields.addLayout(self.name_row, 2, 1, 1, 1)

        self.name_error = FieldError(self.card)
        self.name_error.setObjectName(u"name_error")

        self.fields.addWidget(self.name_error, 3, 1, 1, 1)

        self.company_label = QLabel(self.card)
        self.company_label.setObjectName(u"company_label")
        self.company_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.fields.addWidget(self.company_label, 4, 0, 1, 1)

        self.company_edit = QLineEdit(self.card)
        self.company_edit.setObjectName(u"company_edit")
        self.company_edit.setProperty(u"optional", True)

        self.fields.addWidget(self.company_edit, 4, 1, 1, 1)

        self.company_error = FieldError(self.card)
        self.company_error.setObjectName(u"company_error")

        self.fields.addWidget(self.company_error, 5, 1, 1, 1)

        self.area_label = QLabel(self.card)
        self.area_label.setObjectName(u"area_label")
        self.area_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.fields.addWidget(self.area_label, 6, 0, 1, 1)

        self.area_edit = AddressArea(self.card)
        self.area_edit.setObjectName(u"area_edit")

        self.fields.addWidget(self.area_edit, 6, 1, 1, 1)

        self.area_error = FieldError(self.card)
        self.area_error.setObjectName(u"area_error")

        self.fields.addWidget(self.area_error, 7, 1, 1, 1)

        self.detail_label = QLabel(self.card)
        self.detail_label.setObjectName(u"detail_label")
        self.detail_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.fields.addWidget(self.detail_label, 8, 0, 1, 1)

        self.detail_edit = QLineEdit(self.card)
        self.detail_edit.setObjectName(u"detail_edit")

        self.fields.addWidget(self.detail_edit, 8, 1, 1, 1)

        self.detail_error = FieldError(self.card)
        self.detail_error.setObjectName(u"detail_error")

        self.fields.addWidget(self.detail_error, 9, 1, 1, 1)

        self.fields.setColumnStretch(1, 1)

        self.column.addLayout(self.fields)

        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space_1)

        self.outer.addWidget(self.card)

        self.phone_label.setBuddy(self.phone_edit)
        self.name_label.setBuddy(self.name_edit)
        self.company_label.setBuddy(self.company_edit)
        self.area_label.setBuddy(self.area_edit)
        self.detail_label.setBuddy(self.detail_edit)

        self.retranslateUi(OrderParty)

    def retranslateUi(self, OrderParty: QWidget) -> None:
        self.phone_label.setText(_(u"Telephone"))
        self.name_label.setText(_(u"Name"))
        self.company_label.setText(_(u"Company"))
        self.area_label.setText(_(u"Area"))
        self.detail_label.setText(_(u"Address"))
        pass
