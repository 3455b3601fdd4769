"""Made from forms/order_result.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.labels import Card, Chip, Note, Title
from courier_desk.ui.widgets.large_figure import LargeFigure


class Ui_OrderResult:
    def setupUi(self, OrderResult: QWidget) -> None:
        if not OrderResult.objectName():
            OrderResult.setObjectName(u"OrderResult")
        self.outer = QVBoxLayout(OrderResult)
        self.outer.setSpacing(0)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(OrderResult)
        self.card.setObjectName(u"card")
        self.column = QVBoxLayout(self.card)
        self.column.setSpacing(4)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(12, 10, 12, 10)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.state_chip = Chip(self.card)
        self.state_chip.setObjectName(u"state_chip")

        self.head.addWidget(self.state_chip)

        self.space_8 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.space_8)

        self.column.addLayout(self.head)

        self.number_note = Note(self.card)
        self.number_note.setObjectName(u"number_note")

        self.column.addWidget(self.number_note)

        self.number_label = Title(self.card)
        self.number_label.setObjectName(u"number_label")
        self.number_label.setTextFormat(Qt.TextFormat.PlainText)
        self.number_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        self.column.addWidget(self.number_label)

        self.space_9 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column.addItem(self.space_9)

        self.total_figure = LargeFigure(self.card)
        self.total_figure.setObjectName(u"total_figure")

        self.column.addWidget(self.total_figure)

        self.change_figure = LargeFigure(self.card)
        self.change_figure.setObjectName(u"change_figure")

        self.column.addWidget(self.change_figure)

        self.labels_note = Note(self.card)
        self.labels_note.setObjectName(u"labels_note")
        self.labels_note.setTextFormat(Qt.TextFormat.PlainText)
        self.labels_note.setWordWrap(True)

        self.column.addWidget(self.labels_note)

        self.promise_note = Note(self.card)
        self.promise_note.setObjectName(u"promise_note")
        self.promise_note.setTextFormat(Qt.TextFormat.PlainText)
        self.promise_note.setWordWrap(True)

        self.column.addWidget(self.promise_note)

        self.space_10 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space_10)

        self.new_button = QPushButton(self.card)
        self.new_button.setObjectName(u"new_button")
        self.new_button.setAutoDefault(True)
        self.new_button.setMinimumSize(QSize(0, 36))
        self.new_button.setProperty(u"tone", u"primary")

        self.column.addWidget(self.new_button)

        self.same_button = QPushButton(self.card)
        self.same_button.setObjectName(u"same_button")
        self.same_button.setAutoDefault(True)
        self.same_button.setMinimumSize(QSize(0, 36))

        self.column.addWidget(self.same_button)

        self.outer.addWidget(self.card)

        self.retranslateUi(OrderResult)

    def retranslateUi(self, OrderResult: QWidget) -> None:
        self.number_note.setText(_(u"Waybill"))
        pass
