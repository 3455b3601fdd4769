"""Made from forms/approval_dialog.ui by installer/build_forms.py: change the form, never this file."""

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
from courier_desk.ui.widgets.labels import Card, Note, Title
from courier_desk.ui.widgets.password_edit import PasswordEdit


class Ui_ApprovalDialog:
    def setupUi(self, ApprovalDialog: QDialog) -> None:
        if not ApprovalDialog.objectName():
            ApprovalDialog.setObjectName(u"ApprovalDialog")
        ApprovalDialog.setMinimumSize(QSize(440, 0))
        self.column_59 = QVBoxLayout(ApprovalDialog)
        self.column_59.setSpacing(8)
        self.column_59.setObjectName(u"column_59")
        self.column_59.setContentsMargins(24, 20, 24, 20)
        self.row_52 = QHBoxLayout()
        self.row_52.setSpacing(8)
        self.row_52.setObjectName(u"row_52")
        self.row_52.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(ApprovalDialog)
        self.title_label.setObjectName(u"title_label")

        self.row_52.addWidget(self.title_label)

        self.space_51 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_52.addItem(self.space_51)

        self.column_59.addLayout(self.row_52)

        self.what_label = QLabel(ApprovalDialog)
        self.what_label.setObjectName(u"what_label")
        self.what_label.setWordWrap(True)

        self.column_59.addWidget(self.what_label)

        self.facts_card = Card(ApprovalDialog)
        self.facts_card.setObjectName(u"facts_card")
        self.column_53 = QVBoxLayout(self.facts_card)
        self.column_53.setSpacing(6)
        self.column_53.setObjectName(u"column_53")
        self.column_53.setContentsMargins(16, 12, 16, 12)
        self.facts_label = QLabel(self.facts_card)
        self.facts_label.setObjectName(u"facts_label")
        self.facts_label.setWordWrap(True)

        self.column_53.addWidget(self.facts_label)

        self.grade_note = Note(self.facts_card)
        self.grade_note.setObjectName(u"grade_note")
        self.grade_note.setWordWrap(True)

        self.column_53.addWidget(self.grade_note)

        self.column_59.addWidget(self.facts_card)

        self.space_54 = QSpacerItem(0, 2, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_59.addItem(self.space_54)

        self.column_55 = QVBoxLayout()
        self.column_55.setSpacing(3)
        self.column_55.setObjectName(u"column_55")
        self.column_55.setContentsMargins(0, 0, 0, 0)
        self.number_label = QLabel(ApprovalDialog)
        self.number_label.setObjectName(u"number_label")

        self.column_55.addWidget(self.number_label)

        self.number_edit = QLineEdit(ApprovalDialog)
        self.number_edit.setObjectName(u"number_edit")
        self.number_edit.setMaxLength(20)

        self.column_55.addWidget(self.number_edit)

        self.number_error = FieldError(ApprovalDialog)
        self.number_error.setObjectName(u"number_error")

        self.column_55.addWidget(self.number_error)

        self.column_59.addLayout(self.column_55)

        self.column_56 = QVBoxLayout()
        self.column_56.setSpacing(3)
        self.column_56.setObjectName(u"column_56")
        self.column_56.setContentsMargins(0, 0, 0, 0)
        self.password_label = QLabel(ApprovalDialog)
        self.password_label.setObjectName(u"password_label")

        self.column_56.addWidget(self.password_label)

        self.password_edit = PasswordEdit(ApprovalDialog)
        self.password_edit.setObjectName(u"password_edit")
        self.password_edit.setMaxLength(128)

        self.column_56.addWidget(self.password_edit)

        self.password_error = FieldError(ApprovalDialog)
        self.password_error.setObjectName(u"password_error")

        self.column_56.addWidget(self.password_error)

        self.column_59.addLayout(self.column_56)

        self.form_error = FieldError(ApprovalDialog)
        self.form_error.setObjectName(u"form_error")

        self.column_59.addWidget(self.form_error)

        self.row_58 = QHBoxLayout()
        self.row_58.setSpacing(8)
        self.row_58.setObjectName(u"row_58")
        self.row_58.setContentsMargins(0, 0, 0, 0)
        self.space_57 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_58.addItem(self.space_57)

        self.cancel_button = QPushButton(ApprovalDialog)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_58.addWidget(self.cancel_button)

        self.approve_button = QPushButton(ApprovalDialog)
        self.approve_button.setObjectName(u"approve_button")
        self.approve_button.setProperty(u"tone", u"primary")

        self.row_58.addWidget(self.approve_button)

        self.column_59.addLayout(self.row_58)

        self.number_label.setBuddy(self.number_edit)
        self.password_label.setBuddy(self.password_edit)

        self.retranslateUi(ApprovalDialog)

    def retranslateUi(self, ApprovalDialog: QDialog) -> None:
        ApprovalDialog.setWindowTitle(_(u"Approval"))
        self.title_label.setText(_(u"This needs an approval"))
        self.number_label.setText(_(u"Employee number of the approver"))
        self.password_label.setText(_(u"Password"))
        self.cancel_button.setText(_(u"Cancel"))
        self.approve_button.setText(_(u"Approve"))
