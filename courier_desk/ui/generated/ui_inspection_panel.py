"""Made from forms/inspection_panel.ui by installer/build_forms.py: change the form, never this file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)
from courier_desk.base.translation import _
from courier_desk.ui.widgets.field_error import FieldError
from courier_desk.ui.widgets.finding_list import FindingList
from courier_desk.ui.widgets.labels import Card, Chip, KeyHint, Note


class Ui_InspectionPanel:
    def setupUi(self, InspectionPanel: QWidget) -> None:
        if not InspectionPanel.objectName():
            InspectionPanel.setObjectName(u"InspectionPanel")
        self.outer = QVBoxLayout(InspectionPanel)
        self.outer.setSpacing(0)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(InspectionPanel)
        self.card.setObjectName(u"card")
        self.column = QVBoxLayout(self.card)
        self.column.setSpacing(0)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(12, 8, 12, 0)
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.title_label = QLabel(self.card)
        self.title_label.setObjectName(u"title_label")

        self.head.addWidget(self.title_label)

        self.space_3 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.space_3)

        self.other_button = QPushButton(self.card)
        self.other_button.setObjectName(u"other_button")
        self.other_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.other_button.setProperty(u"tone", u"quiet")

        self.head.addWidget(self.other_button)

        self.state_chip = Chip(self.card)
        self.state_chip.setObjectName(u"state_chip")

        self.head.addWidget(self.state_chip)

        self.column.addLayout(self.head)

        self.space_4 = QSpacerItem(0, 2, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column.addItem(self.space_4)

        self.findings = FindingList(self.card)
        self.findings.setObjectName(u"findings")

        self.column.addWidget(self.findings)

        self.space_5 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column.addItem(self.space_5)

        self.typed_part = QWidget(self.card)
        self.typed_part.setObjectName(u"typed_part")
        self.typed_row = QHBoxLayout(self.typed_part)
        self.typed_row.setSpacing(6)
        self.typed_row.setObjectName(u"typed_row")
        self.typed_row.setContentsMargins(0, 0, 0, 0)
        self.kind_combo = QComboBox(self.typed_part)
        self.kind_combo.setObjectName(u"kind_combo")
        self.kind_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind_combo.setMinimumContentsLength(6)

        self.typed_row.addWidget(self.kind_combo)

        self.identity_edit = QLineEdit(self.typed_part)
        self.identity_edit.setObjectName(u"identity_edit")
        self.identity_edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData|Qt.InputMethodHint.ImhNoPredictiveText)

        self.typed_row.addWidget(self.identity_edit)

        self.typed_row.setStretch(0, 6)
        self.typed_row.setStretch(1, 7)

        self.column.addWidget(self.typed_part)

        self.proof_chip = Chip(self.card)
        self.proof_chip.setObjectName(u"proof_chip")

        self.column.addWidget(self.proof_chip)

        self.known_part = QWidget(self.card)
        self.known_part.setObjectName(u"known_part")
        self.known_column = QVBoxLayout(self.known_part)
        self.known_column.setSpacing(4)
        self.known_column.setObjectName(u"known_column")
        self.known_column.setContentsMargins(0, 0, 0, 0)
        self.known_note = Note(self.known_part)
        self.known_note.setObjectName(u"known_note")
        self.known_note.setTextFormat(Qt.TextFormat.PlainText)

        self.known_column.addWidget(self.known_note)

        self.same_button = QPushButton(self.known_part)
        self.same_button.setObjectName(u"same_button")
        self.same_button.setAutoDefault(True)

        self.known_column.addWidget(self.same_button)

        self.column.addWidget(self.known_part)

        self.identity_error = FieldError(self.card)
        self.identity_error.setObjectName(u"identity_error")

        self.column.addWidget(self.identity_error)

        self.checks = QVBoxLayout()
        self.checks.setSpacing(0)
        self.checks.setObjectName(u"checks")
        self.checks.setContentsMargins(0, 0, 0, 0)
        self.inspected_row = QHBoxLayout()
        self.inspected_row.setSpacing(8)
        self.inspected_row.setObjectName(u"inspected_row")
        self.inspected_row.setContentsMargins(0, 0, 0, 0)
        self.inspected_box = QCheckBox(self.card)
        self.inspected_box.setObjectName(u"inspected_box")

        self.inspected_row.addWidget(self.inspected_box)

        self.space_2 = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.inspected_row.addItem(self.space_2)

        self.inspect_hint = KeyHint(self.card)
        self.inspect_hint.setObjectName(u"inspect_hint")

        self.inspected_row.addWidget(self.inspect_hint)

        self.checks.addLayout(self.inspected_row)

        self.restricted_box = QCheckBox(self.card)
        self.restricted_box.setObjectName(u"restricted_box")

        self.checks.addWidget(self.restricted_box)

        self.inspected_error = FieldError(self.card)
        self.inspected_error.setObjectName(u"inspected_error")

        self.checks.addWidget(self.inspected_error)

        self.column.addLayout(self.checks)

        self.outer.addWidget(self.card)

        self.retranslateUi(InspectionPanel)

    def retranslateUi(self, InspectionPanel: QWidget) -> None:
        self.title_label.setText(_(u"Inspection"))
        self.inspected_box.setText(_(u"Contents seen, as declared"))
        self.restricted_box.setText(_(u"The conditions are met"))
        pass
