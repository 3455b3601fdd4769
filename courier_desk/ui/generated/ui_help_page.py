"""Made from forms/help_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.help_view import HelpView
from courier_desk.ui.widgets.labels import Note, Title


class Ui_HelpPage:
    def setupUi(self, HelpPage: QWidget) -> None:
        if not HelpPage.objectName():
            HelpPage.setObjectName(u"HelpPage")
        self.row_2 = QHBoxLayout(HelpPage)
        self.row_2.setSpacing(16)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(24, 20, 24, 20)
        self.contents_part = QWidget(HelpPage)
        self.contents_part.setObjectName(u"contents_part")
        self.contents_part.setMinimumSize(QSize(260, 0))
        self.contents_part.setMaximumSize(QSize(260, 16777215))
        self.column_1 = QVBoxLayout(self.contents_part)
        self.column_1.setSpacing(8)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(self.contents_part)
        self.title_label.setObjectName(u"title_label")

        self.column_1.addWidget(self.title_label)

        self.search_edit = QLineEdit(self.contents_part)
        self.search_edit.setObjectName(u"search_edit")
        self.search_edit.setClearButtonEnabled(True)

        self.column_1.addWidget(self.search_edit)

        self.found_note = Note(self.contents_part)
        self.found_note.setObjectName(u"found_note")

        self.column_1.addWidget(self.found_note)

        self.contents_list = QListWidget(self.contents_part)
        self.contents_list.setObjectName(u"contents_list")

        self.column_1.addWidget(self.contents_list)

        self.column_1.setStretch(3, 1)

        self.row_2.addWidget(self.contents_part)

        self.chapter_view = HelpView(HelpPage)
        self.chapter_view.setObjectName(u"chapter_view")

        self.row_2.addWidget(self.chapter_view)

        self.row_2.setStretch(1, 1)

        self.retranslateUi(HelpPage)

    def retranslateUi(self, HelpPage: QWidget) -> None:
        self.title_label.setText(_(u"Help"))
        self.search_edit.setPlaceholderText(_(u"Look for a word"))
        self.search_edit.setAccessibleName(_(u"Look for a word"))
        self.contents_list.setAccessibleName(_(u"Chapters"))
        self.chapter_view.setAccessibleName(_(u"Chapter"))
        pass
