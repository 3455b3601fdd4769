"""Made from forms/sync_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.fact_list import FactList
from courier_desk.ui.widgets.labels import Card, Chip, Note, SectionTitle, Title
from courier_desk.ui.widgets.tally import TallyStrip


class Ui_SyncPage:
    def setupUi(self, SyncPage: QWidget) -> None:
        if not SyncPage.objectName():
            SyncPage.setObjectName(u"SyncPage")
        self.page_column = QVBoxLayout(SyncPage)
        self.page_column.setSpacing(12)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(20, 14, 20, 14)
        self.head_row = QHBoxLayout()
        self.head_row.setSpacing(8)
        self.head_row.setObjectName(u"head_row")
        self.title_column = QVBoxLayout()
        self.title_column.setSpacing(2)
        self.title_column.setObjectName(u"title_column")
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(12)
        self.title_row.setObjectName(u"title_row")
        self.title_label = Title(SyncPage)
        self.title_label.setObjectName(u"title_label")

        self.title_row.addWidget(self.title_label)

        self.line_chip = Chip(SyncPage)
        self.line_chip.setObjectName(u"line_chip")

        self.title_row.addWidget(self.line_chip)

        self.title_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.title_row.addItem(self.title_space)

        self.title_column.addLayout(self.title_row)

        self.line_note = Note(SyncPage)
        self.line_note.setObjectName(u"line_note")

        self.title_column.addWidget(self.line_note)

        self.head_row.addLayout(self.title_column)

        self.head_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head_row.addItem(self.head_space)

        self.send_button = QPushButton(SyncPage)
        self.send_button.setObjectName(u"send_button")

        self.head_row.addWidget(self.send_button)

        self.diagnose_button = QPushButton(SyncPage)
        self.diagnose_button.setObjectName(u"diagnose_button")

        self.head_row.addWidget(self.diagnose_button)

        self.head_row.setStretch(1, 1)

        self.page_column.addLayout(self.head_row)

        self.code_card = Card(SyncPage)
        self.code_card.setObjectName(u"code_card")
        self.code_row = QHBoxLayout(self.code_card)
        self.code_row.setSpacing(16)
        self.code_row.setObjectName(u"code_row")
        self.code_row.setContentsMargins(16, 10, 16, 14)
        self.code_column = QVBoxLayout()
        self.code_column.setSpacing(6)
        self.code_column.setObjectName(u"code_column")
        self.code_chip = Chip(self.code_card)
        self.code_chip.setObjectName(u"code_chip")

        self.code_column.addWidget(self.code_chip)

        self.code_text = QLabel(self.code_card)
        self.code_text.setObjectName(u"code_text")
        self.code_text.setWordWrap(True)

        self.code_column.addWidget(self.code_text)

        self.code_row.addLayout(self.code_column)

        self.code_button = QPushButton(self.code_card)
        self.code_button.setObjectName(u"code_button")
        self.code_button.setProperty(u"tone", u"primary")

        self.code_row.addWidget(self.code_button)

        self.code_row.setStretch(0, 1)

        self.page_column.addWidget(self.code_card)

        self.tally_strip = TallyStrip(SyncPage)
        self.tally_strip.setObjectName(u"tally_strip")

        self.page_column.addWidget(self.tally_strip)

        self.parts_part = QWidget(SyncPage)
        self.parts_part.setObjectName(u"parts_part")
        self.parts_row = QHBoxLayout(self.parts_part)
        self.parts_row.setSpacing(6)
        self.parts_row.setObjectName(u"parts_row")
        self.parts_row.setContentsMargins(0, 0, 0, 0)
        self.overview_button = QPushButton(self.parts_part)
        self.overview_button.setObjectName(u"overview_button")
        self.overview_button.setCheckable(True)

        self.parts_row.addWidget(self.overview_button)

        self.refused_button = QPushButton(self.parts_part)
        self.refused_button.setObjectName(u"refused_button")
        self.refused_button.setCheckable(True)

        self.parts_row.addWidget(self.refused_button)

        self.aside_button = QPushButton(self.parts_part)
        self.aside_button.setObjectName(u"aside_button")
        self.aside_button.setCheckable(True)

        self.parts_row.addWidget(self.aside_button)

        self.proofs_button = QPushButton(self.parts_part)
        self.proofs_button.setObjectName(u"proofs_button")
        self.proofs_button.setCheckable(True)

        self.parts_row.addWidget(self.proofs_button)

        self.references_button = QPushButton(self.parts_part)
        self.references_button.setObjectName(u"references_button")
        self.references_button.setCheckable(True)

        self.parts_row.addWidget(self.references_button)

        self.latest_button = QPushButton(self.parts_part)
        self.latest_button.setObjectName(u"latest_button")
        self.latest_button.setCheckable(True)

        self.parts_row.addWidget(self.latest_button)

        self.parts_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.parts_row.addItem(self.parts_space)

        self.page_column.addWidget(self.parts_part)

        self.parts_stack = QStackedWidget(SyncPage)
        self.parts_stack.setObjectName(u"parts_stack")
        self.overview_step = QWidget()
        self.overview_step.setObjectName(u"overview_step")
        self.middle_row = QHBoxLayout(self.overview_step)
        self.middle_row.setSpacing(12)
        self.middle_row.setObjectName(u"middle_row")
        self.middle_row.setContentsMargins(0, 0, 0, 0)
        self.line_card = Card(self.overview_step)
        self.line_card.setObjectName(u"line_card")
        self.line_column = QVBoxLayout(self.line_card)
        self.line_column.setSpacing(6)
        self.line_column.setObjectName(u"line_column")
        self.line_column.setContentsMargins(16, 10, 16, 14)
        self.line_title = SectionTitle(self.line_card)
        self.line_title.setObjectName(u"line_title")

        self.line_column.addWidget(self.line_title)

        self.line_text = QLabel(self.line_card)
        self.line_text.setObjectName(u"line_text")
        self.line_text.setWordWrap(True)

        self.line_column.addWidget(self.line_text)

        self.line_facts = FactList(self.line_card)
        self.line_facts.setObjectName(u"line_facts")

        self.line_column.addWidget(self.line_facts)

        self.line_column.setStretch(2, 1)

        self.middle_row.addWidget(self.line_card)

        self.latest_card = Card(self.overview_step)
        self.latest_card.setObjectName(u"latest_card")
        self.latest_column = QVBoxLayout(self.latest_card)
        self.latest_column.setSpacing(6)
        self.latest_column.setObjectName(u"latest_column")
        self.latest_column.setContentsMargins(16, 10, 16, 14)
        self.latest_title = SectionTitle(self.latest_card)
        self.latest_title.setObjectName(u"latest_title")

        self.latest_column.addWidget(self.latest_title)

        self.middle_row.addWidget(self.latest_card)

        self.side_part = QWidget(self.overview_step)
        self.side_part.setObjectName(u"side_part")
        self.side_part.setMinimumSize(QSize(330, 0))
        self.side_part.setMaximumSize(QSize(330, 16777215))
        self.side_column = QVBoxLayout(self.side_part)
        self.side_column.setSpacing(12)
        self.side_column.setObjectName(u"side_column")
        self.side_column.setContentsMargins(0, 0, 0, 0)
        self.kinds_card = Card(self.side_part)
        self.kinds_card.setObjectName(u"kinds_card")
        self.kinds_column = QVBoxLayout(self.kinds_card)
        self.kinds_column.setSpacing(6)
        self.kinds_column.setObjectName(u"kinds_column")
        self.kinds_column.setContentsMargins(16, 10, 16, 14)
        self.kinds_title = SectionTitle(self.kinds_card)
        self.kinds_title.setObjectName(u"kinds_title")

        self.kinds_column.addWidget(self.kinds_title)

        self.kinds_facts = FactList(self.kinds_card)
        self.kinds_facts.setObjectName(u"kinds_facts")

        self.kinds_column.addWidget(self.kinds_facts)

        self.kinds_column.setStretch(1, 1)

        self.side_column.addWidget(self.kinds_card)

        self.record_card = Card(self.side_part)
        self.record_card.setObjectName(u"record_card")
        self.record_column = QVBoxLayout(self.record_card)
        self.record_column.setSpacing(6)
        self.record_column.setObjectName(u"record_column")
        self.record_column.setContentsMargins(16, 10, 16, 14)
        self.record_title = SectionTitle(self.record_card)
        self.record_title.setObjectName(u"record_title")

        self.record_column.addWidget(self.record_title)

        self.record_row = QHBoxLayout()
        self.record_row.setSpacing(8)
        self.record_row.setObjectName(u"record_row")
        self.record_chip = Chip(self.record_card)
        self.record_chip.setObjectName(u"record_chip")

        self.record_row.addWidget(self.record_chip)

        self.record_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.record_row.addItem(self.record_space)

        self.verify_button = QPushButton(self.record_card)
        self.verify_button.setObjectName(u"verify_button")

        self.record_row.addWidget(self.verify_button)

        self.record_column.addLayout(self.record_row)

        self.record_note = Note(self.record_card)
        self.record_note.setObjectName(u"record_note")
        self.record_note.setWordWrap(True)

        self.record_column.addWidget(self.record_note)

        self.side_column.addWidget(self.record_card)

        self.backup_card = Card(self.side_part)
        self.backup_card.setObjectName(u"backup_card")
        self.backup_column = QVBoxLayout(self.backup_card)
        self.backup_column.setSpacing(6)
        self.backup_column.setObjectName(u"backup_column")
        self.backup_column.setContentsMargins(16, 10, 16, 14)
        self.backup_title = SectionTitle(self.backup_card)
        self.backup_title.setObjectName(u"backup_title")

        self.backup_column.addWidget(self.backup_title)

        self.backup_row = QHBoxLayout()
        self.backup_row.setSpacing(8)
        self.backup_row.setObjectName(u"backup_row")
        self.backup_chip = Chip(self.backup_card)
        self.backup_chip.setObjectName(u"backup_chip")

        self.backup_row.addWidget(self.backup_chip)

        self.backup_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.backup_row.addItem(self.backup_space)

        self.back_up_button = QPushButton(self.backup_card)
        self.back_up_button.setObjectName(u"back_up_button")

        self.backup_row.addWidget(self.back_up_button)

        self.backup_column.addLayout(self.backup_row)

        self.backup_note = Note(self.backup_card)
        self.backup_note.setObjectName(u"backup_note")
        self.backup_note.setWordWrap(True)

        self.backup_column.addWidget(self.backup_note)

        self.side_column.addWidget(self.backup_card)

        self.side_column.setStretch(0, 1)

        self.middle_row.addWidget(self.side_part)

        self.middle_row.setStretch(0, 1)
        self.middle_row.setStretch(1, 1)
        self.parts_stack.addWidget(self.overview_step)

        self.page_column.addWidget(self.parts_stack)

        self.page_column.setStretch(4, 1)

        self.retranslateUi(SyncPage)

    def retranslateUi(self, SyncPage: QWidget) -> None:
        self.title_label.setText(_(u"Headquarters"))
        self.send_button.setText(_(u"Send now"))
        self.diagnose_button.setText(_(u"Diagnostics file \u2026"))
        self.code_button.setText(_(u"Enter a new code \u2026"))
        self.verify_button.setText(_(u"Check the record"))
        self.back_up_button.setText(_(u"Back up now"))
        pass
