"""Made from forms/login_window.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.brand_panel import BrandPanel
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Card, Note, Title
from courier_desk.ui.widgets.password_edit import PasswordEdit


class Ui_LoginWindow:
    def setupUi(self, LoginWindow: QWidget) -> None:
        if not LoginWindow.objectName():
            LoginWindow.setObjectName(u"LoginWindow")
        LoginWindow.setMinimumSize(QSize(960, 640))
        self.row_39 = QHBoxLayout(LoginWindow)
        self.row_39.setSpacing(0)
        self.row_39.setObjectName(u"row_39")
        self.row_39.setContentsMargins(0, 0, 0, 0)
        self.brand_panel = BrandPanel(LoginWindow)
        self.brand_panel.setObjectName(u"brand_panel")

        self.row_39.addWidget(self.brand_panel)

        self.column_38 = QVBoxLayout()
        self.column_38.setSpacing(0)
        self.column_38.setObjectName(u"column_38")
        self.column_38.setContentsMargins(0, 0, 0, 0)
        self.steps = QStackedWidget(LoginWindow)
        self.steps.setObjectName(u"steps")
        self.log_in_step = QWidget()
        self.log_in_step.setObjectName(u"log_in_step")
        self.row_23 = QHBoxLayout(self.log_in_step)
        self.row_23.setSpacing(8)
        self.row_23.setObjectName(u"row_23")
        self.row_23.setContentsMargins(32, 24, 32, 24)
        self.space_18 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_23.addItem(self.space_18)

        self.column_21 = QVBoxLayout()
        self.column_21.setSpacing(8)
        self.column_21.setObjectName(u"column_21")
        self.column_21.setContentsMargins(0, 0, 0, 0)
        self.space_19 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_21.addItem(self.space_19)

        self.log_in_step_form = QWidget(self.log_in_step)
        self.log_in_step_form.setObjectName(u"log_in_step_form")
        self.log_in_step_form.setMinimumSize(QSize(380, 0))
        self.log_in_step_form.setMaximumSize(QSize(380, 16777215))
        self.column_4 = QVBoxLayout(self.log_in_step_form)
        self.column_4.setSpacing(6)
        self.column_4.setObjectName(u"column_4")
        self.column_4.setContentsMargins(0, 0, 0, 0)
        self.log_in_title = Title(self.log_in_step_form)
        self.log_in_title.setObjectName(u"log_in_title")

        self.column_4.addWidget(self.log_in_title)

        self.log_in_note = Note(self.log_in_step_form)
        self.log_in_note.setObjectName(u"log_in_note")

        self.column_4.addWidget(self.log_in_note)

        self.space_1 = QSpacerItem(0, 12, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_4.addItem(self.space_1)

        self.column_2 = QVBoxLayout()
        self.column_2.setSpacing(3)
        self.column_2.setObjectName(u"column_2")
        self.column_2.setContentsMargins(0, 0, 0, 0)
        self.number_label = QLabel(self.log_in_step_form)
        self.number_label.setObjectName(u"number_label")

        self.column_2.addWidget(self.number_label)

        self.number_edit = QLineEdit(self.log_in_step_form)
        self.number_edit.setObjectName(u"number_edit")
        self.number_edit.setMaxLength(20)

        self.column_2.addWidget(self.number_edit)

        self.number_error = FieldError(self.log_in_step_form)
        self.number_error.setObjectName(u"number_error")

        self.column_2.addWidget(self.number_error)

        self.column_4.addLayout(self.column_2)

        self.column_3 = QVBoxLayout()
        self.column_3.setSpacing(3)
        self.column_3.setObjectName(u"column_3")
        self.column_3.setContentsMargins(0, 0, 0, 0)
        self.password_label = QLabel(self.log_in_step_form)
        self.password_label.setObjectName(u"password_label")

        self.column_3.addWidget(self.password_label)

        self.password_edit = PasswordEdit(self.log_in_step_form)
        self.password_edit.setObjectName(u"password_edit")
        self.password_edit.setMaxLength(128)

        self.column_3.addWidget(self.password_edit)

        self.password_error = FieldError(self.log_in_step_form)
        self.password_error.setObjectName(u"password_error")

        self.column_3.addWidget(self.password_error)

        self.column_4.addLayout(self.column_3)

        self.log_in_button = QPushButton(self.log_in_step_form)
        self.log_in_button.setObjectName(u"log_in_button")
        self.log_in_button.setProperty(u"tone", u"primary")

        self.column_4.addWidget(self.log_in_button)

        self.wait_error = FieldError(self.log_in_step_form)
        self.wait_error.setObjectName(u"wait_error")

        self.column_4.addWidget(self.wait_error)

        self.column_21.addWidget(self.log_in_step_form)

        self.space_20 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_21.addItem(self.space_20)

        self.row_23.addLayout(self.column_21)

        self.space_22 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_23.addItem(self.space_22)

        self.steps.addWidget(self.log_in_step)
        self.new_password_step = QWidget()
        self.new_password_step.setObjectName(u"new_password_step")
        self.row_29 = QHBoxLayout(self.new_password_step)
        self.row_29.setSpacing(8)
        self.row_29.setObjectName(u"row_29")
        self.row_29.setContentsMargins(32, 24, 32, 24)
        self.space_24 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_29.addItem(self.space_24)

        self.column_27 = QVBoxLayout()
        self.column_27.setSpacing(8)
        self.column_27.setObjectName(u"column_27")
        self.column_27.setContentsMargins(0, 0, 0, 0)
        self.space_25 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_27.addItem(self.space_25)

        self.new_password_step_form = QWidget(self.new_password_step)
        self.new_password_step_form.setObjectName(u"new_password_step_form")
        self.new_password_step_form.setMinimumSize(QSize(380, 0))
        self.new_password_step_form.setMaximumSize(QSize(380, 16777215))
        self.column_12 = QVBoxLayout(self.new_password_step_form)
        self.column_12.setSpacing(6)
        self.column_12.setObjectName(u"column_12")
        self.column_12.setContentsMargins(0, 0, 0, 0)
        self.new_title = Title(self.new_password_step_form)
        self.new_title.setObjectName(u"new_title")

        self.column_12.addWidget(self.new_title)

        self.new_note = Note(self.new_password_step_form)
        self.new_note.setObjectName(u"new_note")
        self.new_note.setWordWrap(True)

        self.column_12.addWidget(self.new_note)

        self.space_5 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_12.addItem(self.space_5)

        self.column_6 = QVBoxLayout()
        self.column_6.setSpacing(3)
        self.column_6.setObjectName(u"column_6")
        self.column_6.setContentsMargins(0, 0, 0, 0)
        self.new_password_label = QLabel(self.new_password_step_form)
        self.new_password_label.setObjectName(u"new_password_label")

        self.column_6.addWidget(self.new_password_label)

        self.new_password_edit = PasswordEdit(self.new_password_step_form)
        self.new_password_edit.setObjectName(u"new_password_edit")
        self.new_password_edit.setMaxLength(128)

        self.column_6.addWidget(self.new_password_edit)

        self.new_password_error = FieldError(self.new_password_step_form)
        self.new_password_error.setObjectName(u"new_password_error")

        self.column_6.addWidget(self.new_password_error)

        self.column_12.addLayout(self.column_6)

        self.column_7 = QVBoxLayout()
        self.column_7.setSpacing(3)
        self.column_7.setObjectName(u"column_7")
        self.column_7.setContentsMargins(0, 0, 0, 0)
        self.again_label = QLabel(self.new_password_step_form)
        self.again_label.setObjectName(u"again_label")

        self.column_7.addWidget(self.again_label)

        self.again_edit = PasswordEdit(self.new_password_step_form)
        self.again_edit.setObjectName(u"again_edit")
        self.again_edit.setMaxLength(128)

        self.column_7.addWidget(self.again_edit)

        self.again_error = FieldError(self.new_password_step_form)
        self.again_error.setObjectName(u"again_error")

        self.column_7.addWidget(self.again_error)

        self.column_12.addLayout(self.column_7)

        self.question_part = QWidget(self.new_password_step_form)
        self.question_part.setObjectName(u"question_part")
        self.column_10 = QVBoxLayout(self.question_part)
        self.column_10.setSpacing(8)
        self.column_10.setObjectName(u"column_10")
        self.column_10.setContentsMargins(0, 0, 0, 0)
        self.column_8 = QVBoxLayout()
        self.column_8.setSpacing(3)
        self.column_8.setObjectName(u"column_8")
        self.column_8.setContentsMargins(0, 0, 0, 0)
        self.question_label = QLabel(self.question_part)
        self.question_label.setObjectName(u"question_label")

        self.column_8.addWidget(self.question_label)

        self.question_combo = QComboBox(self.question_part)
        self.question_combo.setObjectName(u"question_combo")
        self.question_combo.setEditable(True)

        self.column_8.addWidget(self.question_combo)

        self.question_error = FieldError(self.question_part)
        self.question_error.setObjectName(u"question_error")

        self.column_8.addWidget(self.question_error)

        self.column_10.addLayout(self.column_8)

        self.column_9 = QVBoxLayout()
        self.column_9.setSpacing(3)
        self.column_9.setObjectName(u"column_9")
        self.column_9.setContentsMargins(0, 0, 0, 0)
        self.answer_label = QLabel(self.question_part)
        self.answer_label.setObjectName(u"answer_label")

        self.column_9.addWidget(self.answer_label)

        self.answer_edit = QLineEdit(self.question_part)
        self.answer_edit.setObjectName(u"answer_edit")
        self.answer_edit.setMaxLength(100)

        self.column_9.addWidget(self.answer_edit)

        self.answer_error = FieldError(self.question_part)
        self.answer_error.setObjectName(u"answer_error")

        self.column_9.addWidget(self.answer_error)

        self.column_10.addLayout(self.column_9)

        self.column_12.addWidget(self.question_part)

        self.row_11 = QHBoxLayout()
        self.row_11.setSpacing(8)
        self.row_11.setObjectName(u"row_11")
        self.row_11.setContentsMargins(0, 0, 0, 0)
        self.new_back_button = QPushButton(self.new_password_step_form)
        self.new_back_button.setObjectName(u"new_back_button")

        self.row_11.addWidget(self.new_back_button)

        self.new_button = QPushButton(self.new_password_step_form)
        self.new_button.setObjectName(u"new_button")
        self.new_button.setProperty(u"tone", u"primary")

        self.row_11.addWidget(self.new_button)

        self.row_11.setStretch(1, 1)

        self.column_12.addLayout(self.row_11)

        self.column_27.addWidget(self.new_password_step_form)

        self.space_26 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_27.addItem(self.space_26)

        self.row_29.addLayout(self.column_27)

        self.space_28 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_29.addItem(self.space_28)

        self.steps.addWidget(self.new_password_step)
        self.details_step = QWidget()
        self.details_step.setObjectName(u"details_step")
        self.row_35 = QHBoxLayout(self.details_step)
        self.row_35.setSpacing(8)
        self.row_35.setObjectName(u"row_35")
        self.row_35.setContentsMargins(32, 24, 32, 24)
        self.space_30 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_35.addItem(self.space_30)

        self.column_33 = QVBoxLayout()
        self.column_33.setSpacing(8)
        self.column_33.setObjectName(u"column_33")
        self.column_33.setContentsMargins(0, 0, 0, 0)
        self.space_31 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_33.addItem(self.space_31)

        self.details_step_form = QWidget(self.details_step)
        self.details_step_form.setObjectName(u"details_step_form")
        self.details_step_form.setMinimumSize(QSize(380, 0))
        self.details_step_form.setMaximumSize(QSize(380, 16777215))
        self.column_17 = QVBoxLayout(self.details_step_form)
        self.column_17.setSpacing(6)
        self.column_17.setObjectName(u"column_17")
        self.column_17.setContentsMargins(0, 0, 0, 0)
        self.details_title = Title(self.details_step_form)
        self.details_title.setObjectName(u"details_title")

        self.column_17.addWidget(self.details_title)

        self.details_note = Note(self.details_step_form)
        self.details_note.setObjectName(u"details_note")
        self.details_note.setWordWrap(True)

        self.column_17.addWidget(self.details_note)

        self.space_13 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_17.addItem(self.space_13)

        self.details_card = Card(self.details_step_form)
        self.details_card.setObjectName(u"details_card")
        self.grid_14 = QGridLayout(self.details_card)
        self.grid_14.setObjectName(u"grid_14")
        self.grid_14.setHorizontalSpacing(20)
        self.grid_14.setVerticalSpacing(10)
        self.grid_14.setContentsMargins(20, 16, 20, 16)
        self.details_number_label = Note(self.details_card)
        self.details_number_label.setObjectName(u"details_number_label")

        self.grid_14.addWidget(self.details_number_label, 0, 0, 1, 1)

        self.details_number = QLabel(self.details_card)
        self.details_number.setObjectName(u"details_number")

        self.grid_14.addWidget(self.details_number, 0, 1, 1, 1)

        self.details_name_label = Note(self.details_card)
        self.details_name_label.setObjectName(u"details_name_label")

        self.grid_14.addWidget(self.details_name_label, 1, 0, 1, 1)

        self.details_name = QLabel(self.details_card)
        self.details_name.setObjectName(u"details_name")

        self.grid_14.addWidget(self.details_name, 1, 1, 1, 1)

        self.details_role_label = Note(self.details_card)
        self.details_role_label.setObjectName(u"details_role_label")

        self.grid_14.addWidget(self.details_role_label, 2, 0, 1, 1)

        self.details_role = QLabel(self.details_card)
        self.details_role.setObjectName(u"details_role")

        self.grid_14.addWidget(self.details_role, 2, 1, 1, 1)

        self.details_station_label = Note(self.details_card)
        self.details_station_label.setObjectName(u"details_station_label")

        self.grid_14.addWidget(self.details_station_label, 3, 0, 1, 1)

        self.details_station = QLabel(self.details_card)
        self.details_station.setObjectName(u"details_station")

        self.grid_14.addWidget(self.details_station, 3, 1, 1, 1)

        self.grid_14.setColumnStretch(1, 1)

        self.column_17.addWidget(self.details_card)

        self.space_15 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_17.addItem(self.space_15)

        self.row_16 = QHBoxLayout()
        self.row_16.setSpacing(8)
        self.row_16.setObjectName(u"row_16")
        self.row_16.setContentsMargins(0, 0, 0, 0)
        self.details_wrong_button = QPushButton(self.details_step_form)
        self.details_wrong_button.setObjectName(u"details_wrong_button")

        self.row_16.addWidget(self.details_wrong_button)

        self.details_button = QPushButton(self.details_step_form)
        self.details_button.setObjectName(u"details_button")
        self.details_button.setProperty(u"tone", u"primary")

        self.row_16.addWidget(self.details_button)

        self.row_16.setStretch(1, 1)

        self.column_17.addLayout(self.row_16)

        self.column_33.addWidget(self.details_step_form)

        self.space_32 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_33.addItem(self.space_32)

        self.row_35.addLayout(self.column_33)

        self.space_34 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_35.addItem(self.space_34)

        self.steps.addWidget(self.details_step)

        self.column_38.addWidget(self.steps)

        self.row_37 = QHBoxLayout()
        self.row_37.setSpacing(8)
        self.row_37.setObjectName(u"row_37")
        self.row_37.setContentsMargins(16, 8, 16, 12)
        self.language_button = QToolButton(LoginWindow)
        self.language_button.setObjectName(u"language_button")

        self.row_37.addWidget(self.language_button)

        self.theme_button = QToolButton(LoginWindow)
        self.theme_button.setObjectName(u"theme_button")

        self.row_37.addWidget(self.theme_button)

        self.space_36 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_37.addItem(self.space_36)

        self.version_note = Note(LoginWindow)
        self.version_note.setObjectName(u"version_note")

        self.row_37.addWidget(self.version_note)

        self.column_38.addLayout(self.row_37)

        self.column_38.setStretch(0, 1)

        self.row_39.addLayout(self.column_38)

        self.row_39.setStretch(0, 9)
        self.row_39.setStretch(1, 11)
        self.number_label.setBuddy(self.number_edit)
        self.password_label.setBuddy(self.password_edit)
        self.new_password_label.setBuddy(self.new_password_edit)
        self.again_label.setBuddy(self.again_edit)
        self.question_label.setBuddy(self.question_combo)
        self.answer_label.setBuddy(self.answer_edit)

        self.retranslateUi(LoginWindow)

    def retranslateUi(self, LoginWindow: QWidget) -> None:
        LoginWindow.setWindowTitle(_(u"Courier Desk"))
        self.log_in_title.setText(_(u"Log in"))
        self.log_in_note.setText(_(u"With your employee number and password."))
        self.number_label.setText(_(u"Employee number"))
        self.password_label.setText(_(u"Password"))
        self.log_in_button.setText(_(u"Log in"))
        self.new_title.setText(_(u"Choose a new password"))
        self.new_note.setText(_(u"At least 8 characters, not your number, none you had before."))
        self.new_password_label.setText(_(u"New password"))
        self.again_label.setText(_(u"The same again"))
        self.question_label.setText(_(u"Security question"))
        self.answer_label.setText(_(u"Your answer"))
        self.new_back_button.setText(_(u"Back"))
        self.new_button.setText(_(u"Save and go on"))
        self.details_title.setText(_(u"Are these your details?"))
        self.details_note.setText(_(u"If something is wrong, tell your supervisor; you can still go on."))
        self.details_number_label.setText(_(u"Employee number"))
        self.details_name_label.setText(_(u"Name"))
        self.details_role_label.setText(_(u"Role"))
        self.details_station_label.setText(_(u"Station"))
        self.details_wrong_button.setText(_(u"Something is wrong"))
        self.details_button.setText(_(u"Yes, go on"))
