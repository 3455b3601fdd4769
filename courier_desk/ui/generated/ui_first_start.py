"""Made from forms/first_start.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.brand_panel import BrandPanel
from courier_desk.ui.widgets.code_edit import CodeEdit
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Note, Title


class Ui_FirstStart:
    def setupUi(self, FirstStart: QWidget) -> None:
        if not FirstStart.objectName():
            FirstStart.setObjectName(u"FirstStart")
        FirstStart.setMinimumSize(QSize(960, 640))
        self.row_90 = QHBoxLayout(FirstStart)
        self.row_90.setSpacing(0)
        self.row_90.setObjectName(u"row_90")
        self.row_90.setContentsMargins(0, 0, 0, 0)
        self.brand_panel = BrandPanel(FirstStart)
        self.brand_panel.setObjectName(u"brand_panel")

        self.row_90.addWidget(self.brand_panel)

        self.steps = QStackedWidget(FirstStart)
        self.steps.setObjectName(u"steps")
        self.choose_step = QWidget()
        self.choose_step.setObjectName(u"choose_step")
        self.row_79 = QHBoxLayout(self.choose_step)
        self.row_79.setSpacing(8)
        self.row_79.setObjectName(u"row_79")
        self.row_79.setContentsMargins(32, 24, 32, 24)
        self.space_68 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_79.addItem(self.space_68)

        self.column_77 = QVBoxLayout()
        self.column_77.setSpacing(8)
        self.column_77.setObjectName(u"column_77")
        self.column_77.setContentsMargins(0, 0, 0, 0)
        self.space_69 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_77.addItem(self.space_69)

        self.choose_form = QWidget(self.choose_step)
        self.choose_form.setObjectName(u"choose_form")
        self.choose_form.setMinimumSize(QSize(420, 0))
        self.choose_form.setMaximumSize(QSize(420, 16777215))
        self.column_75 = QVBoxLayout(self.choose_form)
        self.column_75.setSpacing(8)
        self.column_75.setObjectName(u"column_75")
        self.column_75.setContentsMargins(0, 0, 0, 0)
        self.choose_title = Title(self.choose_form)
        self.choose_title.setObjectName(u"choose_title")

        self.column_75.addWidget(self.choose_title)

        self.choose_text = QLabel(self.choose_form)
        self.choose_text.setObjectName(u"choose_text")
        self.choose_text.setWordWrap(True)

        self.column_75.addWidget(self.choose_text)

        self.space_70 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_75.addItem(self.space_70)

        self.language_label = QLabel(self.choose_form)
        self.language_label.setObjectName(u"language_label")

        self.column_75.addWidget(self.language_label)

        self.language_part = QWidget(self.choose_form)
        self.language_part.setObjectName(u"language_part")
        self.row_72 = QHBoxLayout(self.language_part)
        self.row_72.setSpacing(24)
        self.row_72.setObjectName(u"row_72")
        self.row_72.setContentsMargins(0, 0, 0, 0)
        self.chinese_radio = QRadioButton(self.language_part)
        self.chinese_radio.setObjectName(u"chinese_radio")
        self.chinese_radio.setText(u"\u4e2d\u6587")

        self.row_72.addWidget(self.chinese_radio)

        self.english_radio = QRadioButton(self.language_part)
        self.english_radio.setObjectName(u"english_radio")
        self.english_radio.setText(u"English")

        self.row_72.addWidget(self.english_radio)

        self.space_71 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_72.addItem(self.space_71)

        self.column_75.addWidget(self.language_part)

        self.space_73 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_75.addItem(self.space_73)

        self.kind_label = QLabel(self.choose_form)
        self.kind_label.setObjectName(u"kind_label")

        self.column_75.addWidget(self.kind_label)

        self.sample_radio = QRadioButton(self.choose_form)
        self.sample_radio.setObjectName(u"sample_radio")
        self.sample_radio.setChecked(True)

        self.column_75.addWidget(self.sample_radio)

        self.live_radio = QRadioButton(self.choose_form)
        self.live_radio.setObjectName(u"live_radio")

        self.column_75.addWidget(self.live_radio)

        self.kind_note = Note(self.choose_form)
        self.kind_note.setObjectName(u"kind_note")
        self.kind_note.setMinimumSize(QSize(0, 54))
        self.kind_note.setAlignment(Qt.AlignmentFlag.AlignLeft|Qt.AlignmentFlag.AlignTop)
        self.kind_note.setWordWrap(True)

        self.column_75.addWidget(self.kind_note)

        self.space_74 = QSpacerItem(0, 12, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column_75.addItem(self.space_74)

        self.set_up_button = QPushButton(self.choose_form)
        self.set_up_button.setObjectName(u"set_up_button")
        self.set_up_button.setProperty(u"tone", u"primary")

        self.column_75.addWidget(self.set_up_button)

        self.column_77.addWidget(self.choose_form)

        self.space_76 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_77.addItem(self.space_76)

        self.row_79.addLayout(self.column_77)

        self.space_78 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_79.addItem(self.space_78)

        self.steps.addWidget(self.choose_step)
        self.join_step = QWidget()
        self.join_step.setObjectName(u"join_step")
        self.join_row = QHBoxLayout(self.join_step)
        self.join_row.setSpacing(8)
        self.join_row.setObjectName(u"join_row")
        self.join_row.setContentsMargins(32, 24, 32, 24)
        self.join_left = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.join_row.addItem(self.join_left)

        self.join_column = QVBoxLayout()
        self.join_column.setSpacing(8)
        self.join_column.setObjectName(u"join_column")
        self.join_above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.join_column.addItem(self.join_above)

        self.join_form = QWidget(self.join_step)
        self.join_form.setObjectName(u"join_form")
        self.join_form.setMinimumSize(QSize(420, 0))
        self.join_form.setMaximumSize(QSize(420, 16777215))
        self.join_form_column = QVBoxLayout(self.join_form)
        self.join_form_column.setSpacing(8)
        self.join_form_column.setObjectName(u"join_form_column")
        self.join_form_column.setContentsMargins(0, 0, 0, 0)
        self.join_title = Title(self.join_form)
        self.join_title.setObjectName(u"join_title")

        self.join_form_column.addWidget(self.join_title)

        self.join_text = QLabel(self.join_form)
        self.join_text.setObjectName(u"join_text")
        self.join_text.setWordWrap(True)

        self.join_form_column.addWidget(self.join_text)

        self.join_gap = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.join_form_column.addItem(self.join_gap)

        self.address_column = QVBoxLayout()
        self.address_column.setSpacing(3)
        self.address_column.setObjectName(u"address_column")
        self.address_label = QLabel(self.join_form)
        self.address_label.setObjectName(u"address_label")

        self.address_column.addWidget(self.address_label)

        self.address_edit = QLineEdit(self.join_form)
        self.address_edit.setObjectName(u"address_edit")
        self.address_edit.setMaxLength(300)

        self.address_column.addWidget(self.address_edit)

        self.address_error = FieldError(self.join_form)
        self.address_error.setObjectName(u"address_error")

        self.address_column.addWidget(self.address_error)

        self.join_form_column.addLayout(self.address_column)

        self.code_column = QVBoxLayout()
        self.code_column.setSpacing(3)
        self.code_column.setObjectName(u"code_column")
        self.code_label = QLabel(self.join_form)
        self.code_label.setObjectName(u"code_label")

        self.code_column.addWidget(self.code_label)

        self.code_edit = CodeEdit(self.join_form)
        self.code_edit.setObjectName(u"code_edit")

        self.code_column.addWidget(self.code_edit)

        self.code_error = FieldError(self.join_form)
        self.code_error.setObjectName(u"code_error")

        self.code_column.addWidget(self.code_error)

        self.join_form_column.addLayout(self.code_column)

        self.join_gap_2 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.join_form_column.addItem(self.join_gap_2)

        self.join_buttons = QHBoxLayout()
        self.join_buttons.setSpacing(8)
        self.join_buttons.setObjectName(u"join_buttons")
        self.back_button = QPushButton(self.join_form)
        self.back_button.setObjectName(u"back_button")

        self.join_buttons.addWidget(self.back_button)

        self.join_button = QPushButton(self.join_form)
        self.join_button.setObjectName(u"join_button")
        self.join_button.setProperty(u"tone", u"primary")
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sizePolicy.setHorizontalStretch(1)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.join_button.sizePolicy().hasHeightForWidth())
        self.join_button.setSizePolicy(sizePolicy)

        self.join_buttons.addWidget(self.join_button)

        self.join_form_column.addLayout(self.join_buttons)

        self.join_note = Note(self.join_form)
        self.join_note.setObjectName(u"join_note")
        self.join_note.setWordWrap(True)

        self.join_form_column.addWidget(self.join_note)

        self.join_column.addWidget(self.join_form)

        self.join_below = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.join_column.addItem(self.join_below)

        self.join_row.addLayout(self.join_column)

        self.join_right = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.join_row.addItem(self.join_right)

        self.steps.addWidget(self.join_step)
        self.progress_step = QWidget()
        self.progress_step.setObjectName(u"progress_step")
        self.row_86 = QHBoxLayout(self.progress_step)
        self.row_86.setSpacing(8)
        self.row_86.setObjectName(u"row_86")
        self.row_86.setContentsMargins(32, 24, 32, 24)
        self.space_80 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_86.addItem(self.space_80)

        self.column_84 = QVBoxLayout()
        self.column_84.setSpacing(8)
        self.column_84.setObjectName(u"column_84")
        self.column_84.setContentsMargins(0, 0, 0, 0)
        self.space_81 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_84.addItem(self.space_81)

        self.progress_form = QWidget(self.progress_step)
        self.progress_form.setObjectName(u"progress_form")
        self.progress_form.setMinimumSize(QSize(420, 0))
        self.progress_form.setMaximumSize(QSize(420, 16777215))
        self.column_82 = QVBoxLayout(self.progress_form)
        self.column_82.setSpacing(10)
        self.column_82.setObjectName(u"column_82")
        self.column_82.setContentsMargins(0, 0, 0, 0)
        self.progress_title = Title(self.progress_form)
        self.progress_title.setObjectName(u"progress_title")

        self.column_82.addWidget(self.progress_title)

        self.progress_bar = QProgressBar(self.progress_form)
        self.progress_bar.setObjectName(u"progress_bar")
        self.progress_bar.setTextVisible(False)

        self.column_82.addWidget(self.progress_bar)

        self.progress_note = Note(self.progress_form)
        self.progress_note.setObjectName(u"progress_note")
        self.progress_note.setWordWrap(True)

        self.column_82.addWidget(self.progress_note)

        self.setup_error = FieldError(self.progress_form)
        self.setup_error.setObjectName(u"setup_error")

        self.column_82.addWidget(self.setup_error)

        self.progress_buttons = QHBoxLayout()
        self.progress_buttons.setSpacing(8)
        self.progress_buttons.setObjectName(u"progress_buttons")
        self.retry_button = QPushButton(self.progress_form)
        self.retry_button.setObjectName(u"retry_button")
        self.retry_button.setVisible(False)

        self.progress_buttons.addWidget(self.retry_button)

        self.stop_button = QPushButton(self.progress_form)
        self.stop_button.setObjectName(u"stop_button")
        self.stop_button.setVisible(False)

        self.progress_buttons.addWidget(self.stop_button)

        self.progress_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.progress_buttons.addItem(self.progress_space)

        self.column_82.addLayout(self.progress_buttons)

        self.column_84.addWidget(self.progress_form)

        self.space_83 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_84.addItem(self.space_83)

        self.row_86.addLayout(self.column_84)

        self.space_85 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_86.addItem(self.space_85)

        self.steps.addWidget(self.progress_step)
        self.people_step = QWidget()
        self.people_step.setObjectName(u"people_step")
        self.column_89 = QVBoxLayout(self.people_step)
        self.column_89.setSpacing(12)
        self.column_89.setObjectName(u"column_89")
        self.column_89.setContentsMargins(40, 40, 40, 32)
        self.people_title = Title(self.people_step)
        self.people_title.setObjectName(u"people_title")

        self.column_89.addWidget(self.people_title)

        self.people_text = QLabel(self.people_step)
        self.people_text.setObjectName(u"people_text")
        self.people_text.setWordWrap(True)

        self.column_89.addWidget(self.people_text)

        self.people_table = QTableWidget(self.people_step)
        self.people_table.setObjectName(u"people_table")

        self.column_89.addWidget(self.people_table)

        self.row_88 = QHBoxLayout()
        self.row_88.setSpacing(8)
        self.row_88.setObjectName(u"row_88")
        self.row_88.setContentsMargins(0, 0, 0, 0)
        self.copy_button = QPushButton(self.people_step)
        self.copy_button.setObjectName(u"copy_button")

        self.row_88.addWidget(self.copy_button)

        self.print_button = QPushButton(self.people_step)
        self.print_button.setObjectName(u"print_button")

        self.row_88.addWidget(self.print_button)

        self.copied_note = Note(self.people_step)
        self.copied_note.setObjectName(u"copied_note")

        self.row_88.addWidget(self.copied_note)

        self.space_87 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_88.addItem(self.space_87)

        self.go_on_button = QPushButton(self.people_step)
        self.go_on_button.setObjectName(u"go_on_button")
        self.go_on_button.setProperty(u"tone", u"primary")

        self.row_88.addWidget(self.go_on_button)

        self.column_89.addLayout(self.row_88)

        self.column_89.setStretch(2, 1)
        self.steps.addWidget(self.people_step)

        self.row_90.addWidget(self.steps)

        self.row_90.setStretch(0, 9)
        self.row_90.setStretch(1, 11)
        self.address_label.setBuddy(self.address_edit)
        self.code_label.setBuddy(self.code_edit)

        self.retranslateUi(FirstStart)

    def retranslateUi(self, FirstStart: QWidget) -> None:
        FirstStart.setWindowTitle(_(u"Courier Desk"))
        self.choose_title.setText(_(u"Welcome to Courier Desk"))
        self.choose_text.setText(_(u"This desk is not set up yet. What it is for is chosen once and for ever; it stands on the screen and on every paper."))
        self.language_label.setText(_(u"Language"))
        self.kind_label.setText(_(u"What is this desk for?"))
        self.sample_radio.setText(_(u"Sample station: try everything out"))
        self.live_radio.setText(_(u"Real work: join headquarters"))
        self.set_up_button.setText(_(u"Set up the sample station"))
        self.join_title.setText(_(u"Join headquarters"))
        self.join_text.setText(_(u"The people of headquarters have entered this desk there and give you its address and a one-time code. Station, people, prices and waybill numbers then come from them."))
        self.address_label.setText(_(u"Address of headquarters"))
        self.code_label.setText(_(u"One-time code"))
        self.back_button.setText(_(u"Back"))
        self.join_button.setText(_(u"Join headquarters"))
        self.join_note.setText(_(u"The code holds for one desk, once, for seven days. It takes a minute or two, and the line must stand meanwhile."))
        self.progress_title.setText(_(u"Setting up"))
        self.retry_button.setText(_(u"Try again"))
        self.stop_button.setText(_(u"Stop"))
        self.people_title.setText(_(u"The people of the sample station"))
        self.people_text.setText(_(u"These first passwords are shown only now. Each has to be changed at the first log-in."))
        self.copy_button.setText(_(u"Copy"))
        self.print_button.setText(_(u"Print"))
        self.go_on_button.setText(_(u"Log in"))
