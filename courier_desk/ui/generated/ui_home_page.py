"""Made from forms/home_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from courier_desk.ui.widgets.labels import Card, Note, SectionTitle, Title
from courier_desk.ui.widgets.panels import EmptyState
from courier_desk.ui.widgets.suggestion_list import SuggestionList
from courier_desk.ui.widgets.tiles import StatTile


class Ui_HomePage:
    def setupUi(self, HomePage: QWidget) -> None:
        if not HomePage.objectName():
            HomePage.setObjectName(u"HomePage")
        self.column_9 = QVBoxLayout(HomePage)
        self.column_9.setObjectName(u"column_9")
        self.column_9.setContentsMargins(0, 0, 0, 0)
        self.scroll = QScrollArea(HomePage)
        self.scroll.setObjectName(u"scroll")
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidgetResizable(True)
        self.content = QWidget()
        self.content.setObjectName(u"content")
        self.column_8 = QVBoxLayout(self.content)
        self.column_8.setSpacing(16)
        self.column_8.setObjectName(u"column_8")
        self.column_8.setContentsMargins(24, 20, 24, 20)
        self.column_1 = QVBoxLayout()
        self.column_1.setSpacing(2)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(0, 0, 0, 0)
        self.greeting_label = Title(self.content)
        self.greeting_label.setObjectName(u"greeting_label")

        self.column_1.addWidget(self.greeting_label)

        self.day_note = Note(self.content)
        self.day_note.setObjectName(u"day_note")

        self.column_1.addWidget(self.day_note)

        self.column_8.addLayout(self.column_1)

        self.row_2 = QHBoxLayout()
        self.row_2.setSpacing(12)
        self.row_2.setObjectName(u"row_2")
        self.row_2.setContentsMargins(0, 0, 0, 0)
        self.orders_tile = StatTile(self.content)
        self.orders_tile.setObjectName(u"orders_tile")

        self.row_2.addWidget(self.orders_tile)

        self.paper_tile = StatTile(self.content)
        self.paper_tile.setObjectName(u"paper_tile")

        self.row_2.addWidget(self.paper_tile)

        self.unsent_tile = StatTile(self.content)
        self.unsent_tile.setObjectName(u"unsent_tile")

        self.row_2.addWidget(self.unsent_tile)

        self.numbers_tile = StatTile(self.content)
        self.numbers_tile.setObjectName(u"numbers_tile")

        self.row_2.addWidget(self.numbers_tile)

        self.row_2.setStretch(0, 1)
        self.row_2.setStretch(1, 1)
        self.row_2.setStretch(2, 1)
        self.row_2.setStretch(3, 1)

        self.column_8.addLayout(self.row_2)

        self.row_6 = QHBoxLayout()
        self.row_6.setSpacing(12)
        self.row_6.setObjectName(u"row_6")
        self.row_6.setContentsMargins(0, 0, 0, 0)
        self.begin_card = Card(self.content)
        self.begin_card.setObjectName(u"begin_card")
        self.column_4 = QVBoxLayout(self.begin_card)
        self.column_4.setSpacing(8)
        self.column_4.setObjectName(u"column_4")
        self.column_4.setContentsMargins(20, 12, 20, 16)
        self.begin_title = SectionTitle(self.begin_card)
        self.begin_title.setObjectName(u"begin_title")

        self.column_4.addWidget(self.begin_title)

        self.begin_holder = QWidget(self.begin_card)
        self.begin_holder.setObjectName(u"begin_holder")
        self.begin_grid = QGridLayout(self.begin_holder)
        self.begin_grid.setObjectName(u"begin_grid")
        self.begin_grid.setHorizontalSpacing(8)
        self.begin_grid.setVerticalSpacing(8)
        self.begin_grid.setContentsMargins(0, 0, 0, 0)

        self.column_4.addWidget(self.begin_holder)

        self.row_6.addWidget(self.begin_card)

        self.todo_card = Card(self.content)
        self.todo_card.setObjectName(u"todo_card")
        self.column_5 = QVBoxLayout(self.todo_card)
        self.column_5.setSpacing(8)
        self.column_5.setObjectName(u"column_5")
        self.column_5.setContentsMargins(20, 12, 20, 16)
        self.todo_title = SectionTitle(self.todo_card)
        self.todo_title.setObjectName(u"todo_title")

        self.column_5.addWidget(self.todo_title)

        self.todo_stack = QStackedWidget(self.todo_card)
        self.todo_stack.setObjectName(u"todo_stack")
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        sizePolicy.setHorizontalStretch(0)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.todo_stack.sizePolicy().hasHeightForWidth())
        self.todo_stack.setSizePolicy(sizePolicy)
        self.todo_empty = EmptyState()
        self.todo_empty.setObjectName(u"todo_empty")
        self.todo_stack.addWidget(self.todo_empty)
        self.todo_list = SuggestionList()
        self.todo_list.setObjectName(u"todo_list")
        self.todo_stack.addWidget(self.todo_list)

        self.column_5.addWidget(self.todo_stack)

        self.column_5.setStretch(1, 1)

        self.row_6.addWidget(self.todo_card)

        self.row_6.setStretch(0, 3)
        self.row_6.setStretch(1, 2)

        self.column_8.addLayout(self.row_6)

        self.drafts_card = Card(self.content)
        self.drafts_card.setObjectName(u"drafts_card")
        self.column_7 = QVBoxLayout(self.drafts_card)
        self.column_7.setSpacing(8)
        self.column_7.setObjectName(u"column_7")
        self.column_7.setContentsMargins(20, 12, 20, 16)
        self.drafts_title = SectionTitle(self.drafts_card)
        self.drafts_title.setObjectName(u"drafts_title")

        self.column_7.addWidget(self.drafts_title)

        self.drafts_stack = QStackedWidget(self.drafts_card)
        self.drafts_stack.setObjectName(u"drafts_stack")
        self.drafts_stack.setMinimumSize(QSize(0, 40))
        sizePolicy.setHeightForWidth(self.drafts_stack.sizePolicy().hasHeightForWidth())
        self.drafts_stack.setSizePolicy(sizePolicy)
        self.drafts_empty = EmptyState()
        self.drafts_empty.setObjectName(u"drafts_empty")
        self.drafts_stack.addWidget(self.drafts_empty)
        self.drafts_list = SuggestionList()
        self.drafts_list.setObjectName(u"drafts_list")
        self.drafts_stack.addWidget(self.drafts_list)

        self.column_7.addWidget(self.drafts_stack)

        self.column_7.setStretch(1, 1)

        self.column_8.addWidget(self.drafts_card)

        self.column_8.setStretch(3, 1)
        self.scroll.setWidget(self.content)

        self.column_9.addWidget(self.scroll)

        self.retranslateUi(HomePage)

    def retranslateUi(self, HomePage: QWidget) -> None:
        pass
