"""Made from forms/amount_dialog.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title
from courier_desk.ui.widgets.quantity_fields import AmountField


class Ui_AmountDialog:
    def setupUi(self, AmountDialog: QDialog) -> None:
        if not AmountDialog.objectName():
            AmountDialog.setObjectName(u"AmountDialog")
        AmountDialog.setMinimumSize(QSize(400, 0))
        self.column_1 = QVBoxLayout(AmountDialog)
        self.column_1.setSpacing(8)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(AmountDialog)
        self.title_label.setObjectName(u"title_label")

        self.column_1.addWidget(self.title_label)

        self.text_label = Note(AmountDialog)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_1.addWidget(self.text_label)

        self.column_2 = QVBoxLayout()
        self.column_2.setSpacing(3)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.amount_label = QLabel(AmountDialog)
        self.amount_label.setObjectName(u"amount_label")

        self.column_2.addWidget(self.amount_label)

        self.amount_edit = AmountField(AmountDialog)
        self.amount_edit.setObjectName(u"amount_edit")

        self.column_2.addWidget(self.amount_edit)

        self.amount_error = FieldError(AmountDialog)
        self.amount_error.setObjectName(u"amount_error")

        self.column_2.addWidget(self.amount_error)

        self.column_1.addLayout(self.column_2)

        self.row_3 = QHBoxLayout()
        self.row_3.setSpacing(8)
        self.row_3.setObjectName(u"row_3")
        self.row_3.setContentsMargins(0, 0, 0, 0)
        self.space_4 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_3.addItem(self.space_4)

        self.cancel_button = QPushButton(AmountDialog)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_3.addWidget(self.cancel_button)

        self.ok_button = QPushButton(AmountDialog)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_3.addWidget(self.ok_button)

        self.column_1.addLayout(self.row_3)

        self.amount_label.setBuddy(self.amount_edit)

        self.retranslateUi(AmountDialog)

    def retranslateUi(self, AmountDialog: QDialog) -> None:
        AmountDialog.setWindowTitle(_(u"Amount"))
        self.amount_label.setText(_(u"Amount"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Go on"))
