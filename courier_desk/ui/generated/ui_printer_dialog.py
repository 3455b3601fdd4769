"""Made from forms/printer_dialog.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
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
from courier_desk.ui.widgets.labels import Note, SectionTitle, Title


class Ui_PrinterDialog:
    def setupUi(self, PrinterDialog: QDialog) -> None:
        if not PrinterDialog.objectName():
            PrinterDialog.setObjectName(u"PrinterDialog")
        PrinterDialog.setMinimumSize(QSize(620, 0))
        self.column_1 = QVBoxLayout(PrinterDialog)
        self.column_1.setSpacing(8)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(PrinterDialog)
        self.title_label.setObjectName(u"title_label")

        self.column_1.addWidget(self.title_label)

        self.grid_2 = QGridLayout()
        self.grid_2.setObjectName(u"grid_2")
        self.grid_2.setHorizontalSpacing(16)
        self.grid_2.setVerticalSpacing(2)
        self.grid_2.setContentsMargins(0, 0, 0, 0)
        self.name_label = QLabel(PrinterDialog)
        self.name_label.setObjectName(u"name_label")
        self.name_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_2.addWidget(self.name_label, 0, 0, 1, 1)

        self.name_edit = QLineEdit(PrinterDialog)
        self.name_edit.setObjectName(u"name_edit")
        self.name_edit.setMaxLength(60)

        self.grid_2.addWidget(self.name_edit, 0, 1, 1, 2)

        self.name_error = FieldError(PrinterDialog)
        self.name_error.setObjectName(u"name_error")

        self.grid_2.addWidget(self.name_error, 1, 1, 1, 2)

        self.kind_label = QLabel(PrinterDialog)
        self.kind_label.setObjectName(u"kind_label")
        self.kind_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_2.addWidget(self.kind_label, 2, 0, 1, 1)

        self.kind_combo = QComboBox(PrinterDialog)
        self.kind_combo.setObjectName(u"kind_combo")

        self.grid_2.addWidget(self.kind_combo, 2, 1, 1, 2)

        self.kind_error = FieldError(PrinterDialog)
        self.kind_error.setObjectName(u"kind_error")

        self.grid_2.addWidget(self.kind_error, 3, 1, 1, 2)

        self.address_label = QLabel(PrinterDialog)
        self.address_label.setObjectName(u"address_label")
        self.address_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_2.addWidget(self.address_label, 4, 0, 1, 1)

        self.address_edit = QLineEdit(PrinterDialog)
        self.address_edit.setObjectName(u"address_edit")
        self.address_edit.setMaxLength(300)

        self.grid_2.addWidget(self.address_edit, 4, 1, 1, 1)

        self.browse_button = QPushButton(PrinterDialog)
        self.browse_button.setObjectName(u"browse_button")

        self.grid_2.addWidget(self.browse_button, 4, 2, 1, 1)

        self.address_error = FieldError(PrinterDialog)
        self.address_error.setObjectName(u"address_error")

        self.grid_2.addWidget(self.address_error, 5, 1, 1, 2)

        self.language_label = QLabel(PrinterDialog)
        self.language_label.setObjectName(u"language_label")
        self.language_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_2.addWidget(self.language_label, 6, 0, 1, 1)

        self.language_combo = QComboBox(PrinterDialog)
        self.language_combo.setObjectName(u"language_combo")

        self.grid_2.addWidget(self.language_combo, 6, 1, 1, 2)

        self.language_error = FieldError(PrinterDialog)
        self.language_error.setObjectName(u"language_error")

        self.grid_2.addWidget(self.language_error, 7, 1, 1, 2)

        self.dpi_label = QLabel(PrinterDialog)
        self.dpi_label.setObjectName(u"dpi_label")
        self.dpi_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_2.addWidget(self.dpi_label, 8, 0, 1, 1)

        self.row_3 = QHBoxLayout()
        self.row_3.setSpacing(12)
        self.row_3.setObjectName(u"row_3")
        self.row_3.setContentsMargins(0, 0, 0, 0)
        self.dpi_combo = QComboBox(PrinterDialog)
        self.dpi_combo.setObjectName(u"dpi_combo")

        self.row_3.addWidget(self.dpi_combo)

        self.size_label = QLabel(PrinterDialog)
        self.size_label.setObjectName(u"size_label")
        self.size_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.row_3.addWidget(self.size_label)

        self.size_combo = QComboBox(PrinterDialog)
        self.size_combo.setObjectName(u"size_combo")

        self.row_3.addWidget(self.size_combo)

        self.row_3.setStretch(0, 2)
        self.row_3.setStretch(2, 3)

        self.grid_2.addLayout(self.row_3, 8, 1, 1, 2)

        self.grid_2.setColumnStretch(1, 1)
        self.grid_2.setColumnMinimumWidth(0, 140)

        self.column_1.addLayout(self.grid_2)

        self.papers_title = SectionTitle(PrinterDialog)
        self.papers_title.setObjectName(u"papers_title")

        self.column_1.addWidget(self.papers_title)

        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(16)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.label_check = QCheckBox(PrinterDialog)
        self.label_check.setObjectName(u"label_check")

        self.row_4.addWidget(self.label_check)

        self.bag_tag_check = QCheckBox(PrinterDialog)
        self.bag_tag_check.setObjectName(u"bag_tag_check")

        self.row_4.addWidget(self.bag_tag_check)

        self.handover_list_check = QCheckBox(PrinterDialog)
        self.handover_list_check.setObjectName(u"handover_list_check")

        self.row_4.addWidget(self.handover_list_check)

        self.space_5 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_4.addItem(self.space_5)

        self.spare_check = QCheckBox(PrinterDialog)
        self.spare_check.setObjectName(u"spare_check")

        self.row_4.addWidget(self.spare_check)

        self.column_1.addLayout(self.row_4)

        self.papers_error = FieldError(PrinterDialog)
        self.papers_error.setObjectName(u"papers_error")

        self.column_1.addWidget(self.papers_error)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(12)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.test_button = QPushButton(PrinterDialog)
        self.test_button.setObjectName(u"test_button")

        self.row_6.addWidget(self.test_button)

        self.test_note = Note(PrinterDialog)
        self.test_note.setObjectName(u"test_note")
        self.test_note.setWordWrap(True)

        self.row_6.addWidget(self.test_note)

        self.row_6.setStretch(1, 1)

        self.column_1.addLayout(self.row_6)

        self.row_7 = QHBoxLayout()
        self.row_7.setSpacing(8)
        self.row_7.setObjectName(u"row_7")
        self.row_7.setContentsMargins(0, 0, 0, 0)
        self.remove_button = QPushButton(PrinterDialog)
        self.remove_button.setObjectName(u"remove_button")

        self.row_7.addWidget(self.remove_button)

        self.space_8 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_7.addItem(self.space_8)

        self.cancel_button = QPushButton(PrinterDialog)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_7.addWidget(self.cancel_button)

        self.save_button = QPushButton(PrinterDialog)
        self.save_button.setObjectName(u"save_button")
        self.save_button.setProperty(u"tone", u"primary")

        self.row_7.addWidget(self.save_button)

        self.column_1.addLayout(self.row_7)

        self.name_label.setBuddy(self.name_edit)
        self.kind_label.setBuddy(self.kind_combo)
        self.address_label.setBuddy(self.address_edit)
        self.language_label.setBuddy(self.language_combo)
        self.dpi_label.setBuddy(self.dpi_combo)
        self.size_label.setBuddy(self.size_combo)

        self.retranslateUi(PrinterDialog)

    def retranslateUi(self, PrinterDialog: QDialog) -> None:
        PrinterDialog.setWindowTitle(_(u"Printer"))
        self.name_label.setText(_(u"Name of the printer"))
        self.kind_label.setText(_(u"Way to it"))
        self.address_label.setText(_(u"Folder"))
        self.browse_button.setText(_(u"Choose \u2026"))
        self.language_label.setText(_(u"Its language"))
        self.dpi_label.setText(_(u"Dots per inch"))
        self.size_label.setText(_(u"Labels in it, mm"))
        self.cancel_button.setText(_(u"Cancel"))
