"""Made from forms/new_code.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.code_edit import CodeEdit
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_NewCode:
    def setupUi(self, NewCode: QDialog) -> None:
        if not NewCode.objectName():
            NewCode.setObjectName(u"NewCode")
        NewCode.setMinimumSize(QSize(480, 0))
        self.whole_column = QVBoxLayout(NewCode)
        self.whole_column.setSpacing(8)
        self.whole_column.setObjectName(u"whole_column")
        self.whole_column.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(NewCode)
        self.title_label.setObjectName(u"title_label")

        self.whole_column.addWidget(self.title_label)

        self.why_label = QLabel(NewCode)
        self.why_label.setObjectName(u"why_label")
        self.why_label.setWordWrap(True)

        self.whole_column.addWidget(self.why_label)

        self.kept_note = Note(NewCode)
        self.kept_note.setObjectName(u"kept_note")
        self.kept_note.setWordWrap(True)

        self.whole_column.addWidget(self.kept_note)

        self.code_column = QVBoxLayout()
        self.code_column.setSpacing(3)
        self.code_column.setObjectName(u"code_column")
        self.code_column.setContentsMargins(-1, 8, -1, -1)
        self.code_label = QLabel(NewCode)
        self.code_label.setObjectName(u"code_label")

        self.code_column.addWidget(self.code_label)

        self.code_edit = CodeEdit(NewCode)
        self.code_edit.setObjectName(u"code_edit")

        self.code_column.addWidget(self.code_edit)

        self.code_error = FieldError(NewCode)
        self.code_error.setObjectName(u"code_error")

        self.code_column.addWidget(self.code_error)

        self.whole_column.addLayout(self.code_column)

        self.progress_bar = QProgressBar(NewCode)
        self.progress_bar.setObjectName(u"progress_bar")
        self.progress_bar.setTextVisible(False)

        self.whole_column.addWidget(self.progress_bar)

        self.button_row = QHBoxLayout()
        self.button_row.setSpacing(8)
        self.button_row.setObjectName(u"button_row")
        self.button_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.button_row.addItem(self.button_space)

        self.cancel_button = QPushButton(NewCode)
        self.cancel_button.setObjectName(u"cancel_button")

        self.button_row.addWidget(self.cancel_button)

        self.ok_button = QPushButton(NewCode)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.button_row.addWidget(self.ok_button)

        self.whole_column.addLayout(self.button_row)

        self.code_label.setBuddy(self.code_edit)

        self.retranslateUi(NewCode)

    def retranslateUi(self, NewCode: QDialog) -> None:
        NewCode.setWindowTitle(_(u"A new code"))
        self.title_label.setText(_(u"Enter a new one-time code"))
        self.kept_note.setText(_(u"Nothing is lost: what headquarters has not got is sent again, and numbers in doubt are not used any more."))
        self.code_label.setText(_(u"One-time code"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Join again"))
