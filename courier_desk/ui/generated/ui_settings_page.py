"""Made from forms/settings_page.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.labels import Card, Note, SectionTitle, Title


class Ui_SettingsPage:
    def setupUi(self, SettingsPage: QWidget) -> None:
        if not SettingsPage.objectName():
            SettingsPage.setObjectName(u"SettingsPage")
        self.column_49 = QVBoxLayout(SettingsPage)
        self.column_49.setSpacing(12)
        self.column_49.setObjectName(u"column_49")
        self.column_49.setContentsMargins(24, 20, 24, 20)
        self.row_27 = QHBoxLayout()
        self.row_27.setSpacing(8)
        self.row_27.setObjectName(u"row_27")
        self.row_27.setContentsMargins(0, 0, 0, 0)
        self.title_label = Title(SettingsPage)
        self.title_label.setObjectName(u"title_label")

        self.row_27.addWidget(self.title_label)

        self.space_26 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_27.addItem(self.space_26)

        self.saved_note = Note(SettingsPage)
        self.saved_note.setObjectName(u"saved_note")

        self.row_27.addWidget(self.saved_note)

        self.column_49.addLayout(self.row_27)

        self.row_48 = QHBoxLayout()
        self.row_48.setSpacing(16)
        self.row_48.setObjectName(u"row_48")
        self.row_48.setContentsMargins(0, 0, 0, 0)
        self.sections_list = QListWidget(SettingsPage)
        self.sections_list.setObjectName(u"sections_list")
        self.sections_list.setMinimumSize(QSize(180, 0))
        self.sections_list.setMaximumSize(QSize(200, 16777215))

        self.row_48.addWidget(self.sections_list)

        self.sections = QStackedWidget(SettingsPage)
        self.sections.setObjectName(u"sections")
        self.general_step = QWidget()
        self.general_step.setObjectName(u"general_step")
        self.column_21 = QVBoxLayout(self.general_step)
        self.column_21.setSpacing(12)
        self.column_21.setObjectName(u"column_21")
        self.column_21.setContentsMargins(0, 0, 0, 0)
        self.look_card = Card(self.general_step)
        self.look_card.setObjectName(u"look_card")
        self.column_17 = QVBoxLayout(self.look_card)
        self.column_17.setSpacing(8)
        self.column_17.setObjectName(u"column_17")
        self.column_17.setContentsMargins(20, 12, 20, 16)
        self.look_title = SectionTitle(self.look_card)
        self.look_title.setObjectName(u"look_title")

        self.column_17.addWidget(self.look_title)

        self.grid_16 = QGridLayout()
        self.grid_16.setObjectName(u"grid_16")
        self.grid_16.setHorizontalSpacing(16)
        self.grid_16.setVerticalSpacing(8)
        self.grid_16.setContentsMargins(0, 0, 0, 0)
        self.language_label = QLabel(self.look_card)
        self.language_label.setObjectName(u"language_label")
        self.language_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_16.addWidget(self.language_label, 0, 0, 1, 1)

        self.language_combo = QComboBox(self.look_card)
        self.language_combo.setObjectName(u"language_combo")

        self.grid_16.addWidget(self.language_combo, 0, 1, 1, 1)

        self.theme_label = QLabel(self.look_card)
        self.theme_label.setObjectName(u"theme_label")
        self.theme_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_16.addWidget(self.theme_label, 1, 0, 1, 1)

        self.theme_combo = QComboBox(self.look_card)
        self.theme_combo.setObjectName(u"theme_combo")

        self.grid_16.addWidget(self.theme_combo, 1, 1, 1, 1)

        self.idle_lock_minutes_label = QLabel(self.look_card)
        self.idle_lock_minutes_label.setObjectName(u"idle_lock_minutes_label")
        self.idle_lock_minutes_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_16.addWidget(self.idle_lock_minutes_label, 2, 0, 1, 1)

        self.idle_lock_minutes_spin = QSpinBox(self.look_card)
        self.idle_lock_minutes_spin.setObjectName(u"idle_lock_minutes_spin")
        self.idle_lock_minutes_spin.setMinimum(1)
        self.idle_lock_minutes_spin.setMaximum(120)

        self.grid_16.addWidget(self.idle_lock_minutes_spin, 2, 1, 1, 1)

        self.day_starts_label = QLabel(self.look_card)
        self.day_starts_label.setObjectName(u"day_starts_label")
        self.day_starts_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_16.addWidget(self.day_starts_label, 3, 0, 1, 1)

        self.day_starts_edit = QLineEdit(self.look_card)
        self.day_starts_edit.setObjectName(u"day_starts_edit")
        self.day_starts_edit.setMaxLength(5)

        self.grid_16.addWidget(self.day_starts_edit, 3, 1, 1, 1)

        self.day_starts_error = FieldError(self.look_card)
        self.day_starts_error.setObjectName(u"day_starts_error")

        self.grid_16.addWidget(self.day_starts_error, 4, 1, 1, 1)

        self.grid_16.setColumnStretch(1, 1)
        self.grid_16.setColumnMinimumWidth(0, 330)

        self.column_17.addLayout(self.grid_16)

        self.column_21.addWidget(self.look_card)

        self.paper_card = Card(self.general_step)
        self.paper_card.setObjectName(u"paper_card")
        self.column_19 = QVBoxLayout(self.paper_card)
        self.column_19.setSpacing(8)
        self.column_19.setObjectName(u"column_19")
        self.column_19.setContentsMargins(20, 12, 20, 16)
        self.paper_title = SectionTitle(self.paper_card)
        self.paper_title.setObjectName(u"paper_title")

        self.column_19.addWidget(self.paper_title)

        self.grid_18 = QGridLayout()
        self.grid_18.setObjectName(u"grid_18")
        self.grid_18.setHorizontalSpacing(16)
        self.grid_18.setVerticalSpacing(8)
        self.grid_18.setContentsMargins(0, 0, 0, 0)
        self.paper_language_label = QLabel(self.paper_card)
        self.paper_language_label.setObjectName(u"paper_language_label")
        self.paper_language_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_18.addWidget(self.paper_language_label, 0, 0, 1, 1)

        self.paper_language_combo = QComboBox(self.paper_card)
        self.paper_language_combo.setObjectName(u"paper_language_combo")

        self.grid_18.addWidget(self.paper_language_combo, 0, 1, 1, 1)

        self.label_size_label = QLabel(self.paper_card)
        self.label_size_label.setObjectName(u"label_size_label")
        self.label_size_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_18.addWidget(self.label_size_label, 1, 0, 1, 1)

        self.label_size_combo = QComboBox(self.paper_card)
        self.label_size_combo.setObjectName(u"label_size_combo")

        self.grid_18.addWidget(self.label_size_combo, 1, 1, 1, 1)

        self.label_dpi_label = QLabel(self.paper_card)
        self.label_dpi_label.setObjectName(u"label_dpi_label")
        self.label_dpi_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_18.addWidget(self.label_dpi_label, 2, 0, 1, 1)

        self.label_dpi_combo = QComboBox(self.paper_card)
        self.label_dpi_combo.setObjectName(u"label_dpi_combo")

        self.grid_18.addWidget(self.label_dpi_combo, 2, 1, 1, 1)

        self.label_hides_room_label = QLabel(self.paper_card)
        self.label_hides_room_label.setObjectName(u"label_hides_room_label")
        self.label_hides_room_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_18.addWidget(self.label_hides_room_label, 3, 0, 1, 1)

        self.label_hides_room_check = QCheckBox(self.paper_card)
        self.label_hides_room_check.setObjectName(u"label_hides_room_check")

        self.grid_18.addWidget(self.label_hides_room_check, 3, 1, 1, 1)

        self.grid_18.setColumnStretch(1, 1)
        self.grid_18.setColumnMinimumWidth(0, 330)

        self.column_19.addLayout(self.grid_18)

        self.column_21.addWidget(self.paper_card)

        self.space_20 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_21.addItem(self.space_20)

        self.sections.addWidget(self.general_step)
        self.scanning_step = QWidget()
        self.scanning_step.setObjectName(u"scanning_step")
        self.column_25 = QVBoxLayout(self.scanning_step)
        self.column_25.setSpacing(12)
        self.column_25.setObjectName(u"column_25")
        self.column_25.setContentsMargins(0, 0, 0, 0)
        self.scan_card = Card(self.scanning_step)
        self.scan_card.setObjectName(u"scan_card")
        self.column_23 = QVBoxLayout(self.scan_card)
        self.column_23.setSpacing(8)
        self.column_23.setObjectName(u"column_23")
        self.column_23.setContentsMargins(20, 12, 20, 16)
        self.scan_title = SectionTitle(self.scan_card)
        self.scan_title.setObjectName(u"scan_title")

        self.column_23.addWidget(self.scan_title)

        self.grid_22 = QGridLayout()
        self.grid_22.setObjectName(u"grid_22")
        self.grid_22.setHorizontalSpacing(16)
        self.grid_22.setVerticalSpacing(8)
        self.grid_22.setContentsMargins(0, 0, 0, 0)
        self.scanner_prefix_label = QLabel(self.scan_card)
        self.scanner_prefix_label.setObjectName(u"scanner_prefix_label")
        self.scanner_prefix_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_22.addWidget(self.scanner_prefix_label, 0, 0, 1, 1)

        self.scanner_prefix_edit = QLineEdit(self.scan_card)
        self.scanner_prefix_edit.setObjectName(u"scanner_prefix_edit")
        self.scanner_prefix_edit.setMaxLength(20)

        self.grid_22.addWidget(self.scanner_prefix_edit, 0, 1, 1, 1)

        self.scanner_prefix_error = FieldError(self.scan_card)
        self.scanner_prefix_error.setObjectName(u"scanner_prefix_error")

        self.grid_22.addWidget(self.scanner_prefix_error, 1, 1, 1, 1)

        self.scanner_burst_label = QLabel(self.scan_card)
        self.scanner_burst_label.setObjectName(u"scanner_burst_label")
        self.scanner_burst_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_22.addWidget(self.scanner_burst_label, 2, 0, 1, 1)

        self.scanner_burst_check = QCheckBox(self.scan_card)
        self.scanner_burst_check.setObjectName(u"scanner_burst_check")

        self.grid_22.addWidget(self.scanner_burst_check, 2, 1, 1, 1)

        self.scanner_repeat_ms_label = QLabel(self.scan_card)
        self.scanner_repeat_ms_label.setObjectName(u"scanner_repeat_ms_label")
        self.scanner_repeat_ms_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_22.addWidget(self.scanner_repeat_ms_label, 3, 0, 1, 1)

        self.scanner_repeat_ms_spin = QSpinBox(self.scan_card)
        self.scanner_repeat_ms_spin.setObjectName(u"scanner_repeat_ms_spin")
        self.scanner_repeat_ms_spin.setMinimum(0)
        self.scanner_repeat_ms_spin.setMaximum(5000)

        self.grid_22.addWidget(self.scanner_repeat_ms_spin, 3, 1, 1, 1)

        self.sounds_label = QLabel(self.scan_card)
        self.sounds_label.setObjectName(u"sounds_label")
        self.sounds_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_22.addWidget(self.sounds_label, 4, 0, 1, 1)

        self.sounds_check = QCheckBox(self.scan_card)
        self.sounds_check.setObjectName(u"sounds_check")

        self.grid_22.addWidget(self.sounds_check, 4, 1, 1, 1)

        self.sound_volume_label = QLabel(self.scan_card)
        self.sound_volume_label.setObjectName(u"sound_volume_label")
        self.sound_volume_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_22.addWidget(self.sound_volume_label, 5, 0, 1, 1)

        self.sound_volume_spin = QSpinBox(self.scan_card)
        self.sound_volume_spin.setObjectName(u"sound_volume_spin")
        self.sound_volume_spin.setMinimum(0)
        self.sound_volume_spin.setMaximum(100)

        self.grid_22.addWidget(self.sound_volume_spin, 5, 1, 1, 1)

        self.grid_22.setColumnStretch(1, 1)
        self.grid_22.setColumnMinimumWidth(0, 330)

        self.column_23.addLayout(self.grid_22)

        self.column_25.addWidget(self.scan_card)

        self.space_24 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_25.addItem(self.space_24)

        self.sections.addWidget(self.scanning_step)
        self.printers_step = QWidget()
        self.printers_step.setObjectName(u"printers_step")
        self.column_35 = QVBoxLayout(self.printers_step)
        self.column_35.setSpacing(12)
        self.column_35.setObjectName(u"column_35")
        self.column_35.setContentsMargins(0, 0, 0, 0)
        self.row_29 = QHBoxLayout()
        self.row_29.setSpacing(8)
        self.row_29.setObjectName(u"row_29")
        self.row_29.setContentsMargins(0, 0, 0, 0)
        self.printers_note = Note(self.printers_step)
        self.printers_note.setObjectName(u"printers_note")
        self.printers_note.setWordWrap(True)

        self.row_29.addWidget(self.printers_note)

        self.space_28 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_29.addItem(self.space_28)

        self.printers_add_button = QPushButton(self.printers_step)
        self.printers_add_button.setObjectName(u"printers_add_button")

        self.row_29.addWidget(self.printers_add_button)

        self.printers_remove_button = QPushButton(self.printers_step)
        self.printers_remove_button.setObjectName(u"printers_remove_button")

        self.row_29.addWidget(self.printers_remove_button)

        self.column_35.addLayout(self.row_29)

        self.row_34 = QHBoxLayout()
        self.row_34.setSpacing(16)
        self.row_34.setObjectName(u"row_34")
        self.row_34.setContentsMargins(0, 0, 0, 0)
        self.printers_list = QListWidget(self.printers_step)
        self.printers_list.setObjectName(u"printers_list")

        self.row_34.addWidget(self.printers_list)

        self.printers_card = Card(self.printers_step)
        self.printers_card.setObjectName(u"printers_card")
        self.column_33 = QVBoxLayout(self.printers_card)
        self.column_33.setSpacing(8)
        self.column_33.setObjectName(u"column_33")
        self.column_33.setContentsMargins(20, 16, 20, 16)
        self.printers_form = QWidget(self.printers_card)
        self.printers_form.setObjectName(u"printers_form")

        self.column_33.addWidget(self.printers_form)

        self.printers_error = FieldError(self.printers_card)
        self.printers_error.setObjectName(u"printers_error")

        self.column_33.addWidget(self.printers_error)

        self.row_31 = QHBoxLayout()
        self.row_31.setSpacing(8)
        self.row_31.setObjectName(u"row_31")
        self.row_31.setContentsMargins(0, 0, 0, 0)
        self.space_30 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_31.addItem(self.space_30)

        self.printers_save_button = QPushButton(self.printers_card)
        self.printers_save_button.setObjectName(u"printers_save_button")
        self.printers_save_button.setProperty(u"tone", u"primary")

        self.row_31.addWidget(self.printers_save_button)

        self.column_33.addLayout(self.row_31)

        self.space_32 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_33.addItem(self.space_32)

        self.row_34.addWidget(self.printers_card)

        self.row_34.setStretch(0, 2)
        self.row_34.setStretch(1, 3)

        self.column_35.addLayout(self.row_34)

        self.sections.addWidget(self.printers_step)
        self.devices_step = QWidget()
        self.devices_step.setObjectName(u"devices_step")
        self.column_43 = QVBoxLayout(self.devices_step)
        self.column_43.setSpacing(12)
        self.column_43.setObjectName(u"column_43")
        self.column_43.setContentsMargins(0, 0, 0, 0)
        self.row_37 = QHBoxLayout()
        self.row_37.setSpacing(8)
        self.row_37.setObjectName(u"row_37")
        self.row_37.setContentsMargins(0, 0, 0, 0)
        self.devices_note = Note(self.devices_step)
        self.devices_note.setObjectName(u"devices_note")
        self.devices_note.setWordWrap(True)

        self.row_37.addWidget(self.devices_note)

        self.space_36 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_37.addItem(self.space_36)

        self.devices_add_button = QPushButton(self.devices_step)
        self.devices_add_button.setObjectName(u"devices_add_button")

        self.row_37.addWidget(self.devices_add_button)

        self.devices_remove_button = QPushButton(self.devices_step)
        self.devices_remove_button.setObjectName(u"devices_remove_button")

        self.row_37.addWidget(self.devices_remove_button)

        self.column_43.addLayout(self.row_37)

        self.row_42 = QHBoxLayout()
        self.row_42.setSpacing(16)
        self.row_42.setObjectName(u"row_42")
        self.row_42.setContentsMargins(0, 0, 0, 0)
        self.devices_list = QListWidget(self.devices_step)
        self.devices_list.setObjectName(u"devices_list")

        self.row_42.addWidget(self.devices_list)

        self.devices_card = Card(self.devices_step)
        self.devices_card.setObjectName(u"devices_card")
        self.column_41 = QVBoxLayout(self.devices_card)
        self.column_41.setSpacing(8)
        self.column_41.setObjectName(u"column_41")
        self.column_41.setContentsMargins(20, 16, 20, 16)
        self.devices_form = QWidget(self.devices_card)
        self.devices_form.setObjectName(u"devices_form")

        self.column_41.addWidget(self.devices_form)

        self.devices_error = FieldError(self.devices_card)
        self.devices_error.setObjectName(u"devices_error")

        self.column_41.addWidget(self.devices_error)

        self.row_39 = QHBoxLayout()
        self.row_39.setSpacing(8)
        self.row_39.setObjectName(u"row_39")
        self.row_39.setContentsMargins(0, 0, 0, 0)
        self.space_38 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.row_39.addItem(self.space_38)

        self.devices_save_button = QPushButton(self.devices_card)
        self.devices_save_button.setObjectName(u"devices_save_button")
        self.devices_save_button.setProperty(u"tone", u"primary")

        self.row_39.addWidget(self.devices_save_button)

        self.column_41.addLayout(self.row_39)

        self.space_40 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_41.addItem(self.space_40)

        self.row_42.addWidget(self.devices_card)

        self.row_42.setStretch(0, 2)
        self.row_42.setStretch(1, 3)

        self.column_43.addLayout(self.row_42)

        self.sections.addWidget(self.devices_step)
        self.routes_step = QWidget()
        self.routes_step.setObjectName(u"routes_step")
        self.column_47 = QVBoxLayout(self.routes_step)
        self.column_47.setSpacing(16)
        self.column_47.setObjectName(u"column_47")
        self.column_47.setContentsMargins(0, 0, 0, 0)
        self.routes_card = Card(self.routes_step)
        self.routes_card.setObjectName(u"routes_card")
        self.column_45 = QVBoxLayout(self.routes_card)
        self.column_45.setSpacing(8)
        self.column_45.setObjectName(u"column_45")
        self.column_45.setContentsMargins(20, 12, 20, 16)
        self.routes_title = SectionTitle(self.routes_card)
        self.routes_title.setObjectName(u"routes_title")

        self.column_45.addWidget(self.routes_title)

        self.grid_44 = QGridLayout()
        self.grid_44.setObjectName(u"grid_44")
        self.grid_44.setHorizontalSpacing(16)
        self.grid_44.setVerticalSpacing(8)
        self.grid_44.setContentsMargins(0, 0, 0, 0)
        self.label_printer_label = QLabel(self.routes_card)
        self.label_printer_label.setObjectName(u"label_printer_label")
        self.label_printer_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_44.addWidget(self.label_printer_label, 0, 0, 1, 1)

        self.label_printer_combo = QComboBox(self.routes_card)
        self.label_printer_combo.setObjectName(u"label_printer_combo")

        self.grid_44.addWidget(self.label_printer_combo, 0, 1, 1, 1)

        self.bag_tag_printer_label = QLabel(self.routes_card)
        self.bag_tag_printer_label.setObjectName(u"bag_tag_printer_label")
        self.bag_tag_printer_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_44.addWidget(self.bag_tag_printer_label, 1, 0, 1, 1)

        self.bag_tag_printer_combo = QComboBox(self.routes_card)
        self.bag_tag_printer_combo.setObjectName(u"bag_tag_printer_combo")

        self.grid_44.addWidget(self.bag_tag_printer_combo, 1, 1, 1, 1)

        self.handover_list_printer_label = QLabel(self.routes_card)
        self.handover_list_printer_label.setObjectName(u"handover_list_printer_label")
        self.handover_list_printer_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_44.addWidget(self.handover_list_printer_label, 2, 0, 1, 1)

        self.handover_list_printer_combo = QComboBox(self.routes_card)
        self.handover_list_printer_combo.setObjectName(u"handover_list_printer_combo")

        self.grid_44.addWidget(self.handover_list_printer_combo, 2, 1, 1, 1)

        self.spare_printer_label = QLabel(self.routes_card)
        self.spare_printer_label.setObjectName(u"spare_printer_label")
        self.spare_printer_label.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid_44.addWidget(self.spare_printer_label, 3, 0, 1, 1)

        self.spare_printer_combo = QComboBox(self.routes_card)
        self.spare_printer_combo.setObjectName(u"spare_printer_combo")

        self.grid_44.addWidget(self.spare_printer_combo, 3, 1, 1, 1)

        self.grid_44.setColumnStretch(1, 1)
        self.grid_44.setColumnMinimumWidth(0, 330)

        self.column_45.addLayout(self.grid_44)

        self.column_47.addWidget(self.routes_card)

        self.space_46 = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column_47.addItem(self.space_46)

        self.sections.addWidget(self.routes_step)

        self.row_48.addWidget(self.sections)

        self.row_48.setStretch(1, 1)

        self.column_49.addLayout(self.row_48)

        self.retranslateUi(SettingsPage)

    def retranslateUi(self, SettingsPage: QWidget) -> None:
        self.title_label.setText(_(u"Settings"))
        self.printers_add_button.setText(_(u"Add"))
        self.printers_remove_button.setText(_(u"Remove"))
        self.printers_save_button.setText(_(u"Save"))
        self.devices_add_button.setText(_(u"Add"))
        self.devices_remove_button.setText(_(u"Remove"))
        self.devices_save_button.setText(_(u"Save"))
        pass
