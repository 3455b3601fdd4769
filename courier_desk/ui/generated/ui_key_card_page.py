"""Made from forms/key_card_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_KeyCardPage:
    def setupUi(self, KeyCardPage: QWidget) -> None:
        if not KeyCardPage.objectName():
            KeyCardPage.setObjectName(u"KeyCardPage")
        self.column_12 = QVBoxLayout(KeyCardPage)
        self.column_12.setSpacing(12)
        self.column_12.setObjectName(u"column_12")
        self.column_12.setContentsMargins(24, 20, 24, 20)
        self.row_11 = QHBoxLayout()
        self.row_11.setSpacing(8)
        self.row_11.setObjectName(u"row_11")
        self.row_11.setContentsMargins(0, 0, 0, 0)
        self.column_9 = QVBoxLayout()
        self.column_9.setSpacing(2)
        self.column_9.setObjectName(u"column_9")
        self.column_9.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(KeyCardPage)
        self.title_label.setObjectName(u"title_label")

        self.column_9.addWidget(self.title_label)

        self.title_note = Note(KeyCardPage)
        self.title_note.setObjectName(u"title_note")

        self.column_9.addWidget(self.title_note)

        self.row_11.addLayout(self.column_9)

        self.space_10 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_11.addItem(self.space_10)

        self.reset_button = QPushButton(KeyCardPage)
        self.reset_button.setObjectName(u"reset_button")

        self.row_11.addWidget(self.reset_button)

        self.copy_button = QPushButton(KeyCardPage)
        self.copy_button.setObjectName(u"copy_button")

        self.row_11.addWidget(self.copy_button)

        self.column_12.addLayout(self.row_11)

        self.conflict_error = FieldError(KeyCardPage)
        self.conflict_error.setObjectName(u"conflict_error")

        self.column_12.addWidget(self.conflict_error)

        self.table_holder = QWidget(KeyCardPage)
        self.table_holder.setObjectName(u"table_holder")
        self.table_column = QVBoxLayout(self.table_holder)
        self.table_column.setSpacing(8)
        self.table_column.setObjectName(u"table_column")
        self.table_column.setContentsMargins(0, 0, 0, 0)

        self.column_12.addWidget(self.table_holder)

        self.column_12.setStretch(2, 1)

        self.retranslateUi(KeyCardPage)

    def retranslateUi(self, KeyCardPage: QWidget) -> None:
        self.title_label.setText(_(u"Keys"))
        self.title_note.setText(_(u"Choose a line and press Enter to give it another key."))
        self.reset_button.setText(_(u"All as delivered"))
        self.copy_button.setText(_(u"Copy the key card"))
        pass
