"""Made from forms/seal_bag.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
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
from courier_desk.ui.widgets.labels import Note, Title


class Ui_SealBag:
    def setupUi(self, SealBag: QDialog) -> None:
        if not SealBag.objectName():
            SealBag.setObjectName(u"SealBag")
        SealBag.setMinimumSize(QSize(460, 0))
        self.column_5 = QVBoxLayout(SealBag)
        self.column_5.setSpacing(8)
        self.column_5.setObjectName(u"column_5")
        self.column_5.setContentsMargins(24, 20, 24, 20)
        self.title_label = Title(SealBag)
        self.title_label.setObjectName(u"title_label")

        self.column_5.addWidget(self.title_label)

        self.text_label = Note(SealBag)
        self.text_label.setObjectName(u"text_label")
        self.text_label.setWordWrap(True)

        self.column_5.addWidget(self.text_label)

        self.column_1 = QVBoxLayout()
        self.column_1.setSpacing(3)
        self.column_1.setObjectName(u"column_1")
        self.column_1.setContentsMargins(0, 0, 0, 0)
        self.counted_label = QLabel(SealBag)
        self.counted_label.setObjectName(u"counted_label")

        self.column_1.addWidget(self.counted_label)

        self.counted_edit = QLineEdit(SealBag)
        self.counted_edit.setObjectName(u"counted_edit")
        self.counted_edit.setMaxLength(6)

        self.column_1.addWidget(self.counted_edit)

        self.counted_error = FieldError(SealBag)
        self.counted_error.setObjectName(u"counted_error")

        self.column_1.addWidget(self.counted_error)

        self.column_5.addLayout(self.column_1)

        self.column_2 = QVBoxLayout()
        self.column_2.setSpacing(3)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.seal_label = QLabel(SealBag)
        self.seal_label.setObjectName(u"seal_label")

        self.column_2.addWidget(self.seal_label)

        self.seal_edit = QLineEdit(SealBag)
        self.seal_edit.setObjectName(u"seal_edit")
        self.seal_edit.setMaxLength(48)

        self.column_2.addWidget(self.seal_edit)

        self.seal_error = FieldError(SealBag)
        self.seal_error.setObjectName(u"seal_error")

        self.column_2.addWidget(self.seal_error)

        self.column_5.addLayout(self.column_2)

        self.row_4 = QHBoxLayout()
        self.row_4.setSpacing(8)
        self.row_4.setObjectName(u"row_4")
        self.row_4.setContentsMargins(0, 0, 0, 0)
        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_4.addItem(self.space_3)

        self.cancel_button = QPushButton(SealBag)
        self.cancel_button.setObjectName(u"cancel_button")

        self.row_4.addWidget(self.cancel_button)

        self.ok_button = QPushButton(SealBag)
        self.ok_button.setObjectName(u"ok_button")
        self.ok_button.setProperty(u"tone", u"primary")

        self.row_4.addWidget(self.ok_button)

        self.column_5.addLayout(self.row_4)

        self.counted_label.setBuddy(self.counted_edit)
        self.seal_label.setBuddy(self.seal_edit)

        self.retranslateUi(SealBag)

    def retranslateUi(self, SealBag: QDialog) -> None:
        SealBag.setWindowTitle(_(u"Seal the bag"))
        self.text_label.setText(_(u"Count the pieces again, by hand or by scanning each; then scan the seal."))
        self.counted_label.setText(_(u"Pieces counted"))
        self.seal_label.setText(_(u"Seal number"))
        self.cancel_button.setText(_(u"Cancel"))
        self.ok_button.setText(_(u"Seal the bag"))
