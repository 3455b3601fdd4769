"""Made from forms/without_order.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Note, Title


class Ui_WithoutOrder:
    def setupUi(self, WithoutOrder: QDialog) -> None:
        if not WithoutOrder.objectName():
            WithoutOrder.setObjectName(u"WithoutOrder")
        WithoutOrder.setMinimumSize(QSize(640, 400))
        self.column_3 = QVBoxLayout(WithoutOrder)
        self.column_3.setSpacing(8)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(WithoutOrder)
        self.title_label.setObjectName(u"title_label")

        self.column_3.addWidget(self.title_label)

        self.text_label = Note(WithoutOrder)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_3.addWidget(self.text_label)

        self.table_column = QVBoxLayout()
        self.table_column.setSpacing(8)
        self.table_column.setObjectName(u"table_column")
        self.table_column.setContentsMargins(0, 0, 0, 0)

        self.column_3.addLayout(self.table_column)

        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_1)

        self.close_button = QPushButton(WithoutOrder)
        self.close_button.setObjectName(u"close_button")

        self.row_2.addWidget(self.close_button)

        self.enter_button = QPushButton(WithoutOrder)
        self.enter_button.setObjectName(u"enter_button")
        self.enter_button.setProperty(u"tone", u"primary")

        self.row_2.addWidget(self.enter_button)

        self.column_3.addLayout(self.row_2)

        self.column_3.setStretch(2, 1)

        self.retranslateUi(WithoutOrder)

    def retranslateUi(self, WithoutOrder: QDialog) -> None:
        WithoutOrder.setWindowTitle(_(u"Parcels without an order"))
        self.title_label.setText(_(u"Parcels without an order"))
        self.close_button.setText(_(u"Close"))
        self.enter_button.setText(_(u"Enter its order"))
