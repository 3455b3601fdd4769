"""Made from forms/manual_entry.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_ManualEntry:
    def setupUi(self, ManualEntry: QDialog) -> None:
        if not ManualEntry.objectName():
            ManualEntry.setObjectName(u"ManualEntry")
        ManualEntry.setMinimumSize(QSize(440, 0))
        self.column_5 = QVBoxLayout(ManualEntry)
        self.column_5.setSpacing(8)
        self.column_5.setObjectName(u"column_5")
        self.column_5.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(ManualEntry)
        self.title_label.setObjectName(u"title_label")

        self.column_5.addWidget(self.title_label)

        self.text_label = Note(ManualEntry)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_5.addWidget(self.text_label)

        self.column_1 = QVBoxLayout()
        self.column_1.setSpacing(3)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(0, 0, 0, 0)
        self.number_label = QLabel(ManualEntry)
        self.number_label.setObjectName(u"number_label")

        self.column_1.addWidget(self.number_label)

        self.number_edit = QLineEdit(ManualEntry)
        self.number_edit.setObjectName(u"number_edit")
        self.number_edit.setMaxLength(64)

        self.column_1.addWidget(self.number_edit)

        self.number_error = FieldError(ManualEntry)
        self.number_error.setObjectName(u"number_error")

        self.column_1.addWidget(self.number_error)

        self.column_5.addLayout(self.column_1)

        self.column_2 = QVBoxLayout()
        self.column_2.setSpacing(3)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.again_label = QLabel(ManualEntry)
        self.again_label.setObjectName(u"again_label")

        self.column_2.addWidget(self.again_label)

        self.again_edit = QLineEdit(ManualEntry)
        self.again_edit.setObjectName(u"again_edit")
        self.again_edit.setMaxLength(64)

        self.column_2.addWidget(self.again_edit)

        self.again_error = FieldError(ManualEntry)
        self.again_error.setObjectName(u"again_error")

        self.column_2.addWidget(self.again_error)

        self.column_5.addLayout(self.column_2)

        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(8)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_4.addItem(self.space_3)

        self.cancel_button = QPushButton(ManualEntry)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_4.addWidget(self.cancel_button)

        self.ok_button = QPushButton(ManualEntry)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_4.addWidget(self.ok_button)

        self.column_5.addLayout(self.row_4)

        self.number_label.setBuddy(self.number_edit)
        self.again_label.setBuddy(self.again_edit)

        self.retranslateUi(ManualEntry)

    def retranslateUi(self, ManualEntry: QDialog) -> None:
        ManualEntry.setWindowTitle(_(u"Type a number"))
        self.title_label.setText(_(u"Type a number"))
        self.number_label.setText(_(u"Number on the label"))
        self.again_label.setText(_(u"The same number once more"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Take this number"))
