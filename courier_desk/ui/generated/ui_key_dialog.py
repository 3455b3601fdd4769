"""Made from forms/key_dialog.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.key_field import KeySequenceField
from courier_desk.ui.widgets.labels import Title


class Ui_KeyDialog:
    def setupUi(self, KeyDialog: QDialog) -> None:
        if not KeyDialog.objectName():
            KeyDialog.setObjectName(u"KeyDialog")
        KeyDialog.setMinimumSize(QSize(420, 0))
        self.column_15 = QVBoxLayout(KeyDialog)
        self.column_15.setSpacing(8)
        self.column_15.setObjectName(u"column_15")
        self.column_15.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(KeyDialog)
        self.title_label.setObjectName(u"title_label")
        self.title_label.setWordWrap(True)

        self.column_15.addWidget(self.title_label)

        self.text_label = QLabel(KeyDialog)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_15.addWidget(self.text_label)

        self.key_edit = KeySequenceField(KeyDialog)
        self.key_edit.setObjectName(u"key_edit")

        self.column_15.addWidget(self.key_edit)

        self.key_error = FieldError(KeyDialog)
        self.key_error.setObjectName(u"key_error")

        self.column_15.addWidget(self.key_error)

        self.row_14 = QHBoxLayout()
        self.row_14.setSpacing(8)
        self.row_14.setObjectName(u"row_14")
        self.row_14.setContentsMargins(0, 0, 0, 0)
        self.space_13 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_14.addItem(self.space_13)

        self.cancel_button = QPushButton(KeyDialog)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_14.addWidget(self.cancel_button)

        self.ok_button = QPushButton(KeyDialog)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_14.addWidget(self.ok_button)

        self.column_15.addLayout(self.row_14)

        self.retranslateUi(KeyDialog)

    def retranslateUi(self, KeyDialog: QDialog) -> None:
        KeyDialog.setWindowTitle(_(u"Keys"))
        self.text_label.setText(_(u"Press the new key. Backspace takes the key away, Esc leaves it as it is."))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Use this key"))
