"""Made from forms/reason_dialog.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_ReasonDialog:
    def setupUi(self, ReasonDialog: QDialog) -> None:
        if not ReasonDialog.objectName():
            ReasonDialog.setObjectName(u"ReasonDialog")
        ReasonDialog.setMinimumSize(QSize(460, 0))
        self.column_67 = QVBoxLayout(ReasonDialog)
        self.column_67.setSpacing(8)
        self.column_67.setObjectName(u"column_67")
        self.column_67.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(ReasonDialog)
        self.title_label.setObjectName(u"title_label")

        self.column_67.addWidget(self.title_label)

        self.text_label = Note(ReasonDialog)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_67.addWidget(self.text_label)

        self.reasons_list = QListWidget(ReasonDialog)
        self.reasons_list.setObjectName(u"reasons_list")
        self.reasons_list.setMinimumSize(QSize(0, 180))

        self.column_67.addWidget(self.reasons_list)

        self.column_64 = QVBoxLayout()
        self.column_64.setSpacing(3)
        self.column_64.setObjectName(u"column_64")
        self.column_64.setContentsMargins(0, 0, 0, 0)
        self.other_label = QLabel(ReasonDialog)
        self.other_label.setObjectName(u"other_label")

        self.column_64.addWidget(self.other_label)

        self.other_edit = QLineEdit(ReasonDialog)
        self.other_edit.setObjectName(u"other_edit")
        self.other_edit.setMaxLength(200)

        self.column_64.addWidget(self.other_edit)

        self.other_error = FieldError(ReasonDialog)
        self.other_error.setObjectName(u"other_error")

        self.column_64.addWidget(self.other_error)

        self.column_67.addLayout(self.column_64)

        self.row_66 = QHBoxLayout()
        self.row_66.setSpacing(8)
        self.row_66.setObjectName(u"row_66")
        self.row_66.setContentsMargins(0, 0, 0, 0)
        self.space_65 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_66.addItem(self.space_65)

        self.cancel_button = QPushButton(ReasonDialog)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_66.addWidget(self.cancel_button)

        self.ok_button = QPushButton(ReasonDialog)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_66.addWidget(self.ok_button)

        self.column_67.addLayout(self.row_66)

        self.other_label.setBuddy(self.other_edit)

        self.retranslateUi(ReasonDialog)

    def retranslateUi(self, ReasonDialog: QDialog) -> None:
        ReasonDialog.setWindowTitle(_(u"Reason"))
        self.title_label.setText(_(u"Why?"))
        self.other_label.setText(_(u"Another reason"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Take this reason"))
