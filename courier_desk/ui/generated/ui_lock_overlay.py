"""Made from forms/lock_overlay.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from courier_desk.base.translation import _
from courier_desk.ui.widgets.brand import BrandMark
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title
from courier_desk.ui.widgets.password_edit import PasswordEdit


class Ui_LockOverlay:
    def setupUi(self, LockOverlay: QWidget) -> None:
        if not LockOverlay.objectName():
            LockOverlay.setObjectName(u"LockOverlay")
        self.row_50 = QHBoxLayout(LockOverlay)
        self.row_50.setSpacing(8)
        self.row_50.setObjectName(u"row_50")
        self.row_50.setContentsMargins(0, 0, 0, 0)
        self.space_40 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_50.addItem(self.space_40)

        self.column_48 = QVBoxLayout()
        self.column_48.setSpacing(8)
        self.column_48.setObjectName(u"column_48")
        self.column_48.setContentsMargins(0, 0, 0, 0)
        self.space_41 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_48.addItem(self.space_41)

        self.lock_form = QWidget(LockOverlay)
        self.lock_form.setObjectName(u"lock_form")
        self.lock_form.setMinimumSize(QSize(340, 0))
        self.lock_form.setMaximumSize(QSize(340, 16777215))
        self.column_46 = QVBoxLayout(self.lock_form)
        self.column_46.setSpacing(6)
        self.column_46.setObjectName(u"column_46")
        self.column_46.setContentsMargins(0, 0, 0, 0)
        self.mark = BrandMark(self.lock_form)
        self.mark.setObjectName(u"mark")

        self.column_46.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)

        self.space_42 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_46.addItem(self.space_42)

        self.lock_title = Title(self.lock_form)
        self.lock_title.setObjectName(u"lock_title")
        self.lock_title.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.column_46.addWidget(self.lock_title)

        self.person_note = Note(self.lock_form)
        self.person_note.setObjectName(u"person_note")
        self.person_note.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.column_46.addWidget(self.person_note)

        self.space_43 = QSpacerItem(0, 12, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_46.addItem(self.space_43)

        self.column_44 = QVBoxLayout()
        self.column_44.setSpacing(3)
        self.column_44.setObjectName(u"column_44")
        self.column_44.setContentsMargins(0, 0, 0, 0)
        self.password_label = QLabel(self.lock_form)
        self.password_label.setObjectName(u"password_label")

        self.column_44.addWidget(self.password_label)

        self.password_edit = PasswordEdit(self.lock_form)
        self.password_edit.setObjectName(u"password_edit")
        self.password_edit.setMaxLength(128)

        self.column_44.addWidget(self.password_edit)

        self.password_error = FieldError(self.lock_form)
        self.password_error.setObjectName(u"password_error")

        self.column_44.addWidget(self.password_error)

        self.column_46.addLayout(self.column_44)

        self.unlock_button = QPushButton(self.lock_form)
        self.unlock_button.setObjectName(u"unlock_button")
        self.unlock_button.setProperty(u"tone", u"primary")

        self.column_46.addWidget(self.unlock_button)

        self.space_45 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_46.addItem(self.space_45)

        self.scan_note = Note(self.lock_form)
        self.scan_note.setObjectName(u"scan_note")
        self.scan_note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.scan_note.setWordWrap(True)

        self.column_46.addWidget(self.scan_note)

        self.take_over_button = QPushButton(self.lock_form)
        self.take_over_button.setObjectName(u"take_over_button")
        self.take_over_button.setProperty(u"tone", u"quiet")

        self.column_46.addWidget(self.take_over_button)

        self.column_48.addWidget(self.lock_form)

        self.space_47 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_48.addItem(self.space_47)

        self.row_50.addLayout(self.column_48)

        self.space_49 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_50.addItem(self.space_49)

        self.password_label.setBuddy(self.password_edit)

        self.retranslateUi(LockOverlay)

    def retranslateUi(self, LockOverlay: QWidget) -> None:
        self.lock_title.setText(_(u"The desk is locked"))
        self.password_label.setText(_(u"Password"))
        self.unlock_button.setText(_(u"Unlock"))
        self.take_over_button.setText(_(u"Somebody else: log out"))
        pass
