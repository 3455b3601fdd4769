"""Made from forms/open_bag.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title
from courier_desk.ui.widgets.suggestion_list import SuggestionList


class Ui_OpenBag:
    def setupUi(self, OpenBag: QDialog) -> None:
        if not OpenBag.objectName():
            OpenBag.setObjectName(u"OpenBag")
        OpenBag.setMinimumSize(QSize(600, 0))
        self.column_3 = QVBoxLayout(OpenBag)
        self.column_3.setSpacing(8)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(OpenBag)
        self.title_label.setObjectName(u"title_label")

        self.column_3.addWidget(self.title_label)

        self.text_label = Note(OpenBag)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_3.addWidget(self.text_label)

        self.destination_edit = QLineEdit(OpenBag)
        self.destination_edit.setObjectName(u"destination_edit")

        self.column_3.addWidget(self.destination_edit)

        self.centres_list = SuggestionList(OpenBag)
        self.centres_list.setObjectName(u"centres_list")
        self.centres_list.setMinimumSize(QSize(0, 272))

        self.column_3.addWidget(self.centres_list)

        self.destination_error = FieldError(OpenBag)
        self.destination_error.setObjectName(u"destination_error")

        self.column_3.addWidget(self.destination_error)

        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_1)

        self.cancel_button = QPushButton(OpenBag)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_2.addWidget(self.cancel_button)

        self.ok_button = QPushButton(OpenBag)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_2.addWidget(self.ok_button)

        self.column_3.addLayout(self.row_2)

        self.retranslateUi(OpenBag)

    def retranslateUi(self, OpenBag: QDialog) -> None:
        OpenBag.setWindowTitle(_(u"Open a bag"))
        self.title_label.setText(_(u"Open a bag"))
        self.text_label.setText(_(u"For which package centre? The tag is printed at once."))
        self.destination_edit.setPlaceholderText(_(u"Filter by centre or line"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Open the bag"))
