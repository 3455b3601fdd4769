"""The acceptance inspection beside the order: what the lists say, whose paper was seen, what the clerk vouches for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import Message, _
from courier_desk.domain.acceptance import IdentityProof, Inspection
from courier_desk.domain.contents import ContentFinding, Verdict
from courier_desk.domain.customer import Customer
from courier_desk.domain.identity import KIND_NAMES, IdentityKind
from courier_desk.services.acceptance import IdentityInput
from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.generated.ui_inspection_panel import Ui_InspectionPanel
from courier_desk.ui.keys import Keys
from courier_desk.ui.widgets.finding_list import Finding
from courier_desk.ui.widgets.paste_guard import PasteGuard

_TONES = {Verdict.FORBIDDEN: "bad", Verdict.RESTRICTED: "warn", Verdict.VAGUE: "info"}
_LONGEST_NUMBER = 40


class InspectionPanel(QWidget):
    """Holds the number of a paper only until it was checked; it is in no draft and no log.

    Signals:
        changed(): something that the clerk vouches for.
        identity_typed(IdentityInput): check this paper.
        same_asked(): it is the same person with the same paper as last time.
        noticed(str, Message, str): beside the field of this name, what, and in which tone.
    """

    changed = Signal()
    identity_typed = Signal(object)
    same_asked = Signal()
    noticed = Signal(str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_InspectionPanel()
        self.ui.setupUi(self)
        self._proof: IdentityProof | None = None
        self._known: Customer | None = None
        self._findings: tuple[ContentFinding, ...] = ()
        self._wants_other = False
        self._checking = False
        self.ui.title_label.setFont(text_font(bold=True))
        for part in (self.ui.kind_combo, self.ui.other_button):
            part.setFont(note_font())
        guard = PasteGuard(self.ui.identity_edit, _LONGEST_NUMBER, tidies=False)
        guard.noticed.connect(self._on_noticed)
        for kind in IdentityKind:
            self.ui.kind_combo.addItem(str(KIND_NAMES[kind]), kind.value)
        self._connect()
        self.refresh()

    def retranslate(self, keys: Keys) -> None:
        """The language or a key changed."""
        self.ui.retranslateUi(self)
        for place, kind in enumerate(IdentityKind):
            self.ui.kind_combo.setItemText(place, str(KIND_NAMES[kind]))
        self.ui.identity_edit.setPlaceholderText(_("Number of the paper"))
        self.ui.identity_edit.setAccessibleName(_("Number of the paper"))
        self.ui.kind_combo.setAccessibleName(_("Kind of paper"))
        self.ui.inspect_hint.setText(keys.text("order.inspect"))
        self.ui.same_button.setText(keys.hint(_("Same person, same paper"), "order.inspect"))
        self.ui.other_button.setText(keys.hint(_("Another paper"), "order.other_paper"))
        self.refresh()

    @property
    def proof(self) -> IdentityProof | None:
        """The paper that was seen in this visit."""
        return self._proof

    def set_proof(self, proof: IdentityProof | None) -> None:
        """The paper is checked, or there is none any more. The number that was typed is forgotten."""
        self._proof, self._checking, self._wants_other = proof, False, False
        if proof is not None:
            self.ui.identity_edit.clear()
        self.refresh()
        self.changed.emit()

    def set_known(self, customer: Customer | None) -> None:
        """Whose paper may have been seen before."""
        self._known = customer
        self.refresh()

    @property
    def knows_paper(self) -> bool:
        """True when one key is enough for the identity."""
        return self._known is not None and bool(self._known.identity_hash) and not self._wants_other

    def typed(self) -> IdentityInput | None:
        """The paper as it was typed, not checked yet."""
        number = self.ui.identity_edit.text().strip()
        if self._proof is not None or not number or not self.ui.typed_part.isVisibleTo(self):
            return None
        return IdentityInput(IdentityKind(self.ui.kind_combo.currentData()), number)

    @property
    def inspection(self) -> Inspection:
        """What the clerk vouches for."""
        return Inspection(
            contents_seen=self.ui.inspected_box.isChecked(),
            identity=self._proof,
            restricted_confirmed=self.ui.restricted_box.isChecked(),
        )

    @property
    def lacks_conditions(self) -> bool:
        """True while restricted goods are there and nobody has confirmed that their conditions are met."""
        return self._is_restricted() and not self.ui.restricted_box.isChecked()

    def vouch(self) -> bool:
        """One key: contents seen, and for a known customer the same person with the same paper. False when the paper
        still has to be typed."""
        self.ui.inspected_box.setChecked(True)
        if self._proof is None and self.knows_paper:
            self.same_asked.emit()
            return True
        return self._proof is not None

    def set_findings(self, findings: Sequence[ContentFinding]) -> None:
        """What the lists say about the goods now."""
        self._findings = tuple(findings)
        if not self._is_restricted():
            self.ui.restricted_box.setChecked(False)
        self.refresh()

    def forget_contents(self) -> None:
        """Other goods: look again."""
        self.ui.inspected_box.setChecked(False)
        self.ui.restricted_box.setChecked(False)

    def clear(self) -> None:
        """Another visit."""
        self._known, self._findings = None, ()
        self.forget_contents()
        self.ui.identity_edit.clear()
        self.ui.kind_combo.setCurrentIndex(0)
        self.set_proof(None)

    def state(self) -> dict[str, bool]:
        """For the draft: never a paper."""
        return {"inspected": self.ui.inspected_box.isChecked(), "restricted": self.ui.restricted_box.isChecked()}

    def set_state(self, body: dict[str, bool]) -> None:
        """Come back as ``state`` said."""
        self.ui.inspected_box.setChecked(bool(body.get("inspected")))
        self.ui.restricted_box.setChecked(bool(body.get("restricted")))

    def refresh(self) -> None:
        """Show what there is."""
        ui, proof = self.ui, self._proof
        ui.typed_part.setVisible(proof is None and not self.knows_paper)
        ui.known_part.setVisible(proof is None and self.knows_paper)
        ui.proof_chip.setVisible(proof is not None)
        ui.other_button.setVisible(proof is not None or self.knows_paper)
        if proof is not None:
            ui.proof_chip.set(_paper(proof.kind, proof.masked), "good", "identification-card")
        if self._known is not None:
            ui.known_note.setText(_paper(self._known.identity_kind, self._known.identity_masked))
        worst = sorted(self._findings, key=lambda found: list(Verdict).index(found.verdict))
        ui.findings.show_findings([Finding(str(found.rule), _TONES[found.verdict]) for found in worst])
        restricted = self._is_restricted()
        ui.restricted_box.setVisible(restricted)
        done = self.inspection.complete and (not restricted or ui.restricted_box.isChecked())
        ui.state_chip.set(_("Inspected") if done else _("To do"), "good" if done else "muted",
                          "check-circle" if done else "circle-dashed")  # fmt: skip

    def identity_fields(self) -> list[QWidget]:
        """What the way of the Enter key meets here, in order."""
        ui = self.ui
        return [ui.identity_edit, ui.same_button, ui.inspected_box, ui.restricted_box]

    def _is_restricted(self) -> bool:
        return any(found.verdict is Verdict.RESTRICTED for found in self._findings)

    def _connect(self) -> None:
        ui = self.ui
        ui.inspected_box.toggled.connect(self._on_toggled)
        ui.restricted_box.toggled.connect(self._on_toggled)
        ui.identity_edit.editingFinished.connect(self._on_identity_finished)
        ui.identity_edit.textEdited.connect(self._on_identity_edited)
        ui.kind_combo.currentIndexChanged.connect(self._on_identity_edited)
        ui.same_button.clicked.connect(self.same_asked)
        ui.other_button.clicked.connect(self.ask_other)

    def _on_toggled(self) -> None:
        self.refresh()
        self.changed.emit()

    def _on_identity_edited(self) -> None:
        self._checking = False

    def _on_identity_finished(self) -> None:
        typed = self.typed()
        if typed is not None and not self._checking:
            self._checking = True
            self.identity_typed.emit(typed)

    def mark(self, wrong: bool) -> None:
        """Mark what the clerk has not vouched for."""
        for box in (self.ui.inspected_box, self.ui.restricted_box):
            box.setProperty("wrong", wrong and not box.isHidden() and not box.isChecked())

    def ask_other(self) -> None:
        """It is another paper than the one seen before, or than the one just checked."""
        if not self.ui.other_button.isVisibleTo(self):
            return
        self._wants_other = True
        self._proof = None
        self.refresh()
        self.changed.emit()
        self.ui.identity_edit.setFocus()

    def _on_noticed(self, said: Message, tone: str) -> None:
        self.noticed.emit("identity", said, tone)


def _paper(kind: str, masked: str) -> str:
    return f"{KIND_NAMES[IdentityKind(kind)]} {masked}" if kind in set(IdentityKind) else masked
