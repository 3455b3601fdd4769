"""Made from forms/handovers_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Note, Title


class Ui_HandoversPage:
    def setupUi(self, HandoversPage: QWidget) -> None:
        if not HandoversPage.objectName():
            HandoversPage.setObjectName(u"HandoversPage")
        self.page_column = QVBoxLayout(HandoversPage)
        self.page_column.setSpacing(8)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(20, 14, 20, 14)
        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.lines_title = Title(HandoversPage)
        self.lines_title.setObjectName(u"lines_title")

        self.row_2.addWidget(self.lines_title)

        self.lines_note = Note(HandoversPage)
        self.lines_note.setObjectName(u"lines_note")

        self.row_2.addWidget(self.lines_note)

        self.space_1 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_1)

        self.load_button = QPushButton(HandoversPage)
        self.load_button.setObjectName(u"load_button")
        self.load_button.setProperty(u"tone", u"primary")

        self.row_2.addWidget(self.load_button)

        self.page_column.addLayout(self.row_2)

        self.lines_column = QVBoxLayout()
        self.lines_column.setSpacing(8)
        self.lines_column.setObjectName(u"lines_column")
        self.lines_column.setContentsMargins(0, 0, 0, 0)

        self.page_column.addLayout(self.lines_column)

        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(8)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.past_title = Title(HandoversPage)
        self.past_title.setObjectName(u"past_title")

        self.row_4.addWidget(self.past_title)

        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_4.addItem(self.space_3)

        self.look_button = QPushButton(HandoversPage)
        self.look_button.setObjectName(u"look_button")

        self.row_4.addWidget(self.look_button)

        self.supplement_button = QPushButton(HandoversPage)
        self.supplement_button.setObjectName(u"supplement_button")

        self.row_4.addWidget(self.supplement_button)

        self.page_column.addLayout(self.row_4)

        self.past_column = QVBoxLayout()
        self.past_column.setSpacing(8)
        self.past_column.setObjectName(u"past_column")
        self.past_column.setContentsMargins(0, 0, 0, 0)

        self.page_column.addLayout(self.past_column)

        self.page_column.setStretch(1, 3)
        self.page_column.setStretch(3, 2)

        self.retranslateUi(HandoversPage)

    def retranslateUi(self, HandoversPage: QWidget) -> None:
        self.lines_title.setText(_(u"Handover"))
        self.load_button.setText(_(u"Load this line"))
        self.past_title.setText(_(u"Lists of the last days"))
        self.look_button.setText(_(u"Look at it"))
        self.supplement_button.setText(_(u"Supplement"))
        pass
