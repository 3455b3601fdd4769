"""Made from forms/print_queue_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Card, Note, SectionTitle, Title
from courier_desk.ui.widgets.paper_view import PaperView
from courier_desk.ui.widgets.printer_strip import PrinterStrip


class Ui_PrintQueuePage:
    def setupUi(self, PrintQueuePage: QWidget) -> None:
        if not PrintQueuePage.objectName():
            PrintQueuePage.setObjectName(u"PrintQueuePage")
        self.column_1 = QVBoxLayout(PrintQueuePage)
        self.column_1.setSpacing(12)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(24, 16, 24, 16)
        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(8)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(PrintQueuePage)
        self.title_label.setObjectName(u"title_label")

        self.row_2.addWidget(self.title_label)

        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_2.addItem(self.space_3)

        self.stop_button = QPushButton(PrintQueuePage)
        self.stop_button.setObjectName(u"stop_button")

        self.row_2.addWidget(self.stop_button)

        self.other_button = QPushButton(PrintQueuePage)
        self.other_button.setObjectName(u"other_button")

        self.row_2.addWidget(self.other_button)

        self.edit_button = QPushButton(PrintQueuePage)
        self.edit_button.setObjectName(u"edit_button")

        self.row_2.addWidget(self.edit_button)

        self.add_button = QPushButton(PrintQueuePage)
        self.add_button.setObjectName(u"add_button")

        self.row_2.addWidget(self.add_button)

        self.column_1.addLayout(self.row_2)

        self.printers_strip = PrinterStrip(PrintQueuePage)
        self.printers_strip.setObjectName(u"printers_strip")

        self.column_1.addWidget(self.printers_strip)

        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(12)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.column_5 = QVBoxLayout()
        self.column_5.setSpacing(8)
        self.column_5.setObjectName(u"column_5")
        self.column_5.setContentsMargins(0, 0, 0, 0)
        self.table_holder = QWidget(PrintQueuePage)
        self.table_holder.setObjectName(u"table_holder")
        self.table_column = QVBoxLayout(self.table_holder)
        self.table_column.setSpacing(8)
        self.table_column.setObjectName(u"table_column")
        self.table_column.setContentsMargins(0, 0, 0, 0)

        self.column_5.addWidget(self.table_holder)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(8)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.again_button = QPushButton(PrintQueuePage)
        self.again_button.setObjectName(u"again_button")

        self.row_6.addWidget(self.again_button)

        self.came_out_button = QPushButton(PrintQueuePage)
        self.came_out_button.setObjectName(u"came_out_button")

        self.row_6.addWidget(self.came_out_button)

        self.cancel_button = QPushButton(PrintQueuePage)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_6.addWidget(self.cancel_button)

        self.space_7 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_6.addItem(self.space_7)

        self.reprint_button = QPushButton(PrintQueuePage)
        self.reprint_button.setObjectName(u"reprint_button")

        self.row_6.addWidget(self.reprint_button)

        self.column_5.addLayout(self.row_6)

        self.column_5.setStretch(0, 1)

        self.row_4.addLayout(self.column_5)

        self.preview_card = Card(PrintQueuePage)
        self.preview_card.setObjectName(u"preview_card")
        self.preview_card.setMinimumSize(QSize(290, 0))
        self.preview_card.setMaximumSize(QSize(420, 16777215))
        self.column_8 = QVBoxLayout(self.preview_card)
        self.column_8.setSpacing(4)
        self.column_8.setObjectName(u"column_8")
        self.column_8.setContentsMargins(16, 8, 16, 12)
        self.preview_title = SectionTitle(self.preview_card)
        self.preview_title.setObjectName(u"preview_title")

        self.column_8.addWidget(self.preview_title)

        self.paper_view = PaperView(self.preview_card)
        self.paper_view.setObjectName(u"paper_view")

        self.column_8.addWidget(self.paper_view)

        self.preview_note = Note(self.preview_card)
        self.preview_note.setObjectName(u"preview_note")
        self.preview_note.setWordWrap(True)

        self.column_8.addWidget(self.preview_note)

        self.column_8.setStretch(1, 1)

        self.row_4.addWidget(self.preview_card)

        self.row_4.setStretch(0, 1)

        self.column_1.addLayout(self.row_4)

        self.column_1.setStretch(2, 1)

        self.retranslateUi(PrintQueuePage)

    def retranslateUi(self, PrintQueuePage: QWidget) -> None:
        self.title_label.setText(_(u"Print queue"))
        pass
