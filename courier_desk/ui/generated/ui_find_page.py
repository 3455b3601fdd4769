"""Made from forms/find_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.day_field import DayField
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_FindPage:
    def setupUi(self, FindPage: QWidget) -> None:
        if not FindPage.objectName():
            FindPage.setObjectName(u"FindPage")
        self.column_1 = QVBoxLayout(FindPage)
        self.column_1.setSpacing(8)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(24, 16, 24, 12)
        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(FindPage)
        self.title_label.setObjectName(u"title_label")

        self.row_2.addWidget(self.title_label)

        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_3)

        self.clear_button = QPushButton(FindPage)
        self.clear_button.setObjectName(u"clear_button")
        self.clear_button.setProperty(u"tone", u"quiet")

        self.row_2.addWidget(self.clear_button)

        self.export_button = QPushButton(FindPage)
        self.export_button.setObjectName(u"export_button")

        self.row_2.addWidget(self.export_button)

        self.stop_button = QPushButton(FindPage)
        self.stop_button.setObjectName(u"stop_button")

        self.row_2.addWidget(self.stop_button)

        self.column_1.addLayout(self.row_2)

        self.text_edit = QLineEdit(FindPage)
        self.text_edit.setObjectName(u"text_edit")
        self.text_edit.setMaxLength(200)
        self.text_edit.setMinimumSize(QSize(0, 40))

        self.column_1.addWidget(self.text_edit)

        self.grid_4 = QGridLayout()
        self.grid_4.setObjectName(u"grid_4")
        self.grid_4.setHorizontalSpacing(10)
        self.grid_4.setVerticalSpacing(2)
        self.grid_4.setContentsMargins(0, 0, 0, 0)
        self.since_label = Note(FindPage)
        self.since_label.setObjectName(u"since_label")

        self.grid_4.addWidget(self.since_label, 0, 0, 1, 1)

        self.until_label = Note(FindPage)
        self.until_label.setObjectName(u"until_label")

        self.grid_4.addWidget(self.until_label, 0, 1, 1, 1)

        self.status_label = Note(FindPage)
        self.status_label.setObjectName(u"status_label")

        self.grid_4.addWidget(self.status_label, 0, 2, 1, 1)

        self.service_label = Note(FindPage)
        self.service_label.setObjectName(u"service_label")

        self.grid_4.addWidget(self.service_label, 0, 3, 1, 1)

        self.destination_label = Note(FindPage)
        self.destination_label.setObjectName(u"destination_label")

        self.grid_4.addWidget(self.destination_label, 0, 4, 1, 1)

        self.operator_label = Note(FindPage)
        self.operator_label.setObjectName(u"operator_label")

        self.grid_4.addWidget(self.operator_label, 0, 5, 1, 1)

        self.void_label = Note(FindPage)
        self.void_label.setObjectName(u"void_label")

        self.grid_4.addWidget(self.void_label, 0, 6, 1, 1)

        self.sort_label = Note(FindPage)
        self.sort_label.setObjectName(u"sort_label")

        self.grid_4.addWidget(self.sort_label, 0, 7, 1, 1)

        self.since_edit = DayField(FindPage)
        self.since_edit.setObjectName(u"since_edit")
        self.since_edit.setMaxLength(20)

        self.grid_4.addWidget(self.since_edit, 1, 0, 1, 1)

        self.until_edit = DayField(FindPage)
        self.until_edit.setObjectName(u"until_edit")
        self.until_edit.setMaxLength(20)

        self.grid_4.addWidget(self.until_edit, 1, 1, 1, 1)

        self.status_combo = QComboBox(FindPage)
        self.status_combo.setObjectName(u"status_combo")

        self.grid_4.addWidget(self.status_combo, 1, 2, 1, 1)

        self.service_combo = QComboBox(FindPage)
        self.service_combo.setObjectName(u"service_combo")

        self.grid_4.addWidget(self.service_combo, 1, 3, 1, 1)

        self.destination_edit = QLineEdit(FindPage)
        self.destination_edit.setObjectName(u"destination_edit")
        self.destination_edit.setMaxLength(60)

        self.grid_4.addWidget(self.destination_edit, 1, 4, 1, 1)

        self.operator_combo = QComboBox(FindPage)
        self.operator_combo.setObjectName(u"operator_combo")

        self.grid_4.addWidget(self.operator_combo, 1, 5, 1, 1)

        self.void_combo = QComboBox(FindPage)
        self.void_combo.setObjectName(u"void_combo")

        self.grid_4.addWidget(self.void_combo, 1, 6, 1, 1)

        self.sort_combo = QComboBox(FindPage)
        self.sort_combo.setObjectName(u"sort_combo")

        self.grid_4.addWidget(self.sort_combo, 1, 7, 1, 1)

        self.since_error = FieldError(FindPage)
        self.since_error.setObjectName(u"since_error")

        self.grid_4.addWidget(self.since_error, 2, 0, 1, 4)

        self.until_error = FieldError(FindPage)
        self.until_error.setObjectName(u"until_error")

        self.grid_4.addWidget(self.until_error, 2, 4, 1, 4)

        self.grid_4.setColumnStretch(0, 10)
        self.grid_4.setColumnStretch(1, 10)
        self.grid_4.setColumnStretch(2, 11)
        self.grid_4.setColumnStretch(3, 12)
        self.grid_4.setColumnStretch(4, 14)
        self.grid_4.setColumnStretch(5, 12)
        self.grid_4.setColumnStretch(6, 9)
        self.grid_4.setColumnStretch(7, 13)

        self.column_1.addLayout(self.grid_4)

        self.table_holder = QWidget(FindPage)
        self.table_holder.setObjectName(u"table_holder")
        self.table_column = QVBoxLayout(self.table_holder)
        self.table_column.setSpacing(8)
        self.table_column.setObjectName(u"table_column")
        self.table_column.setContentsMargins(0, 0, 0, 0)

        self.column_1.addWidget(self.table_holder)

        self.row_5 = QHBoxLayout()
        self.row_5.setSpacing(8)
        self.row_5.setObjectName(u"row_5")
        self.row_5.setContentsMargins(0, 0, 0, 0)
        self.count_note = Note(FindPage)
        self.count_note.setObjectName(u"count_note")

        self.row_5.addWidget(self.count_note)

        self.space_6 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_5.addItem(self.space_6)

        self.more_button = QPushButton(FindPage)
        self.more_button.setObjectName(u"more_button")
        self.more_button.setProperty(u"tone", u"quiet")

        self.row_5.addWidget(self.more_button)

        self.column_1.addLayout(self.row_5)

        self.column_1.setStretch(3, 1)
        self.since_label.setBuddy(self.since_edit)
        self.until_label.setBuddy(self.until_edit)
        self.status_label.setBuddy(self.status_combo)
        self.service_label.setBuddy(self.service_combo)
        self.destination_label.setBuddy(self.destination_edit)
        self.operator_label.setBuddy(self.operator_combo)
        self.void_label.setBuddy(self.void_combo)
        self.sort_label.setBuddy(self.sort_combo)

        self.retranslateUi(FindPage)

    def retranslateUi(self, FindPage: QWidget) -> None:
        self.title_label.setText(_(u"Find"))
        self.text_edit.setPlaceholderText(_(u"Waybill, telephone, name, piece of an address, contents \u2026"))
        self.since_label.setText(_(u"From"))
        self.until_label.setText(_(u"To"))
        self.status_label.setText(_(u"Status"))
        self.service_label.setText(_(u"Service"))
        self.destination_label.setText(_(u"Destination"))
        self.operator_label.setText(_(u"Operator"))
        self.void_label.setText(_(u"Void"))
        self.sort_label.setText(_(u"Order of the list"))
        pass
