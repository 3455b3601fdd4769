"""Made from forms/close_list.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
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
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_CloseList:
    def setupUi(self, CloseList: QDialog) -> None:
        if not CloseList.objectName():
            CloseList.setObjectName(u"CloseList")
        CloseList.setMinimumSize(QSize(560, 0))
        self.column_7 = QVBoxLayout(CloseList)
        self.column_7.setSpacing(8)
        self.column_7.setObjectName(u"column_7")
        self.column_7.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(CloseList)
        self.title_label.setObjectName(u"title_label")

        self.column_7.addWidget(self.title_label)

        self.totals_label = Note(CloseList)
        self.totals_label.setObjectName(u"totals_label")
        self.totals_label.setWordWrap(True)

        self.column_7.addWidget(self.totals_label)

        self.row_3 = QHBoxLayout()
        self.row_3.setSpacing(16)
        self.row_3.setObjectName(u"row_3")
        self.row_3.setContentsMargins(0, 0, 0, 0)
        self.column_1 = QVBoxLayout()
        self.column_1.setSpacing(3)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(0, 0, 0, 0)
        self.plate_label = QLabel(CloseList)
        self.plate_label.setObjectName(u"plate_label")

        self.column_1.addWidget(self.plate_label)

        self.plate_edit = QLineEdit(CloseList)
        self.plate_edit.setObjectName(u"plate_edit")
        self.plate_edit.setMaxLength(20)

        self.column_1.addWidget(self.plate_edit)

        self.plate_error = FieldError(CloseList)
        self.plate_error.setObjectName(u"plate_error")

        self.column_1.addWidget(self.plate_error)

        self.row_3.addLayout(self.column_1)

        self.column_2 = QVBoxLayout()
        self.column_2.setSpacing(3)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.driver_label = QLabel(CloseList)
        self.driver_label.setObjectName(u"driver_label")

        self.column_2.addWidget(self.driver_label)

        self.driver_edit = QLineEdit(CloseList)
        self.driver_edit.setObjectName(u"driver_edit")
        self.driver_edit.setMaxLength(40)

        self.column_2.addWidget(self.driver_edit)

        self.driver_error = FieldError(CloseList)
        self.driver_error.setObjectName(u"driver_error")

        self.column_2.addWidget(self.driver_error)

        self.row_3.addLayout(self.column_2)

        self.row_3.setStretch(0, 1)
        self.row_3.setStretch(1, 1)

        self.column_7.addLayout(self.row_3)

        self.short_part = QWidget(CloseList)
        self.short_part.setObjectName(u"short_part")
        self.column_4 = QVBoxLayout(self.short_part)
        self.column_4.setSpacing(4)
        self.column_4.setObjectName(u"column_4")
        self.column_4.setContentsMargins(0, 0, 0, 0)
        self.short_label = QLabel(self.short_part)
        self.short_label.setObjectName(u"short_label")
        self.short_label.setWordWrap(True)

        self.column_4.addWidget(self.short_label)

        self.short_numbers = Note(self.short_part)
        self.short_numbers.setObjectName(u"short_numbers")
        self.short_numbers.setWordWrap(True)

        self.column_4.addWidget(self.short_numbers)

        self.short_check = QCheckBox(self.short_part)
        self.short_check.setObjectName(u"short_check")

        self.column_4.addWidget(self.short_check)

        self.short_error = FieldError(self.short_part)
        self.short_error.setObjectName(u"short_error")

        self.column_4.addWidget(self.short_error)

        self.column_7.addWidget(self.short_part)

        self.form_error = FieldError(CloseList)
        self.form_error.setObjectName(u"form_error")

        self.column_7.addWidget(self.form_error)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(8)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.space_5 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_6.addItem(self.space_5)

        self.cancel_button = QPushButton(CloseList)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_6.addWidget(self.cancel_button)

        self.ok_button = QPushButton(CloseList)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_6.addWidget(self.ok_button)

        self.column_7.addLayout(self.row_6)

        self.plate_label.setBuddy(self.plate_edit)
        self.driver_label.setBuddy(self.driver_edit)

        self.retranslateUi(CloseList)

    def retranslateUi(self, CloseList: QDialog) -> None:
        CloseList.setWindowTitle(_(u"Close the handover list"))
        self.plate_label.setText(_(u"Number plate"))
        self.driver_label.setText(_(u"Driver"))
        self.short_check.setText(_(u"Both sides have seen the difference"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Close the list"))
