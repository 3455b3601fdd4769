"""Made from forms/password_dialog.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title
from courier_desk.ui.widgets.password_edit import PasswordEdit


class Ui_PasswordDialog:
    def setupUi(self, PasswordDialog: QDialog) -> None:
        if not PasswordDialog.objectName():
            PasswordDialog.setObjectName(u"PasswordDialog")
        PasswordDialog.setMinimumSize(QSize(420, 0))
        self.column_7 = QVBoxLayout(PasswordDialog)
        self.column_7.setSpacing(6)
        self.column_7.setObjectName(u"column_7")
        self.column_7.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(PasswordDialog)
        self.title_label.setObjectName(u"title_label")

        self.column_7.addWidget(self.title_label)

        self.rule_note = Note(PasswordDialog)
        self.rule_note.setObjectName(u"rule_note")
        self.rule_note.setWordWrap(True)

        self.column_7.addWidget(self.rule_note)

        self.space_1 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_7.addItem(self.space_1)

        self.column_2 = QVBoxLayout()
        self.column_2.setSpacing(3)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.old_password_label = QLabel(PasswordDialog)
        self.old_password_label.setObjectName(u"old_password_label")

        self.column_2.addWidget(self.old_password_label)

        self.old_password_edit = PasswordEdit(PasswordDialog)
        self.old_password_edit.setObjectName(u"old_password_edit")
        self.old_password_edit.setMaxLength(128)

        self.column_2.addWidget(self.old_password_edit)

        self.old_password_error = FieldError(PasswordDialog)
        self.old_password_error.setObjectName(u"old_password_error")

        self.column_2.addWidget(self.old_password_error)

        self.column_7.addLayout(self.column_2)

        self.column_3 = QVBoxLayout()
        self.column_3.setSpacing(3)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(0, 0, 0, 0)
        self.new_password_label = QLabel(PasswordDialog)
        self.new_password_label.setObjectName(u"new_password_label")

        self.column_3.addWidget(self.new_password_label)

        self.new_password_edit = PasswordEdit(PasswordDialog)
        self.new_password_edit.setObjectName(u"new_password_edit")
        self.new_password_edit.setMaxLength(128)

        self.column_3.addWidget(self.new_password_edit)

        self.new_password_error = FieldError(PasswordDialog)
        self.new_password_error.setObjectName(u"new_password_error")

        self.column_3.addWidget(self.new_password_error)

        self.column_7.addLayout(self.column_3)

        self.column_4 = QVBoxLayout()
        self.column_4.setSpacing(3)
        self.column_4.setObjectName(u"column_4")
        self.column_4.setContentsMargins(0, 0, 0, 0)
        self.again_label = QLabel(PasswordDialog)
        self.again_label.setObjectName(u"again_label")

        self.column_4.addWidget(self.again_label)

        self.again_edit = PasswordEdit(PasswordDialog)
        self.again_edit.setObjectName(u"again_edit")
        self.again_edit.setMaxLength(128)

        self.column_4.addWidget(self.again_edit)

        self.again_error = FieldError(PasswordDialog)
        self.again_error.setObjectName(u"again_error")

        self.column_4.addWidget(self.again_error)

        self.column_7.addLayout(self.column_4)

        self.form_error = FieldError(PasswordDialog)
        self.form_error.setObjectName(u"form_error")

        self.column_7.addWidget(self.form_error)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(8)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.space_5 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_6.addItem(self.space_5)

        self.cancel_button = QPushButton(PasswordDialog)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_6.addWidget(self.cancel_button)

        self.save_button = QPushButton(PasswordDialog)
        self.save_button.setObjectName(u"save_button")
        self.save_button.setProperty(u"tone", u"primary")

        self.row_6.addWidget(self.save_button)

        self.column_7.addLayout(self.row_6)

        self.old_password_label.setBuddy(self.old_password_edit)
        self.new_password_label.setBuddy(self.new_password_edit)
        self.again_label.setBuddy(self.again_edit)

        self.retranslateUi(PasswordDialog)

    def retranslateUi(self, PasswordDialog: QDialog) -> None:
        PasswordDialog.setWindowTitle(_(u"Password"))
        self.title_label.setText(_(u"Change your password"))
        self.rule_note.setText(_(u"At least 8 characters, not your number, none you had before."))
        self.old_password_label.setText(_(u"Present password"))
        self.new_password_label.setText(_(u"New password"))
        self.again_label.setText(_(u"The same again"))
        self.cancel_button.setText(_(u"Cancel"))
        self.save_button.setText(_(u"Save"))
