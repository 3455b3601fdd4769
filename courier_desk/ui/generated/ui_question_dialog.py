"""Made from forms/question_dialog.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Title


class Ui_QuestionDialog:
    def setupUi(self, QuestionDialog: QDialog) -> None:
        if not QuestionDialog.objectName():
            QuestionDialog.setObjectName(u"QuestionDialog")
        QuestionDialog.setMinimumSize(QSize(420, 0))
        self.column_63 = QVBoxLayout(QuestionDialog)
        self.column_63.setSpacing(8)
        self.column_63.setObjectName(u"column_63")
        self.column_63.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(QuestionDialog)
        self.title_label.setObjectName(u"title_label")
        self.title_label.setWordWrap(True)

        self.column_63.addWidget(self.title_label)

        self.text_label = QLabel(QuestionDialog)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_63.addWidget(self.text_label)

        self.space_60 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_63.addItem(self.space_60)

        self.row_62 = QHBoxLayout()
        self.row_62.setSpacing(8)
        self.row_62.setObjectName(u"row_62")
        self.row_62.setContentsMargins(0, 0, 0, 0)
        self.space_61 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_62.addItem(self.space_61)

        self.no_button = QPushButton(QuestionDialog)
        self.no_button.setObjectName(u"no_button")

        self.row_62.addWidget(self.no_button)

        self.yes_button = QPushButton(QuestionDialog)
        self.yes_button.setObjectName(u"yes_button")
        self.yes_button.setProperty(u"tone", u"primary")

        self.row_62.addWidget(self.yes_button)

        self.column_63.addLayout(self.row_62)

        self.retranslateUi(QuestionDialog)

    def retranslateUi(self, QuestionDialog: QDialog) -> None:
        QuestionDialog.setWindowTitle(_(u"Question"))
        self.no_button.setText(_(u"Cancel"))
        self.yes_button.setText(_(u"Yes"))
