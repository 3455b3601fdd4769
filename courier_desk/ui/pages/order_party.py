"""Sender or recipient on the order form: one column, used twice."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, _
from courier_desk.domain.address import ParsedAddress, load_divisions, parse_line
from courier_desk.domain.party import Address, Party
from courier_desk.domain.phones import normalise_phone
from courier_desk.ui.fonts import note_font, text_font
from courier_desk.ui.generated.ui_order_party import Ui_OrderParty
from courier_desk.ui.keys import Keys
from courier_desk.ui.tasks import DB, TaskRunner
from courier_desk.ui.widgets.address_area import choices_of
from courier_desk.ui.widgets.paste_guard import PasteGuard

_PLACES = ("province", "city", "district", "street")
_FIELD_OF_DOUBT = {"name": "name", "phone": "phone", **dict.fromkeys(_PLACES, "area"), "detail": "detail"}
NAMES = ("phone", "name", "company", "area", "detail")


class OrderParty(QWidget):
    """Who sends, or who receives.

    Signals:
        changed(): any field.
        phone_entered(str): a complete telephone number was typed.
        doubts_changed(): a pasted text was read, or what it left in doubt was edited.
        left_to(QWidget): this field is done, on to the next.
        noticed(str, Message, str): beside the field of this name, what, and in which tone.
        failed(object): this error came from the lane.
    """

    changed = Signal()
    phone_entered = Signal(str)
    doubts_changed = Signal()
    left_to = Signal(object)
    noticed = Signal(str, object, str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_OrderParty()
        self.ui.setupUi(self)
        self._tasks: TaskRunner | None = None
        self._postcode = ""
        self._doubts: dict[str, Message] = {}
        self.fields: dict[str, QLineEdit] = {
            "phone": self.ui.phone_edit,
            "name": self.ui.name_edit,
            "company": self.ui.company_edit,
            "area": self.ui.area_edit,
            "detail": self.ui.detail_edit,
        }
        self.ui.title_label.setFont(text_font(bold=True))
        self.ui.company_button.setFont(note_font())
        self.ui.phone_edit.set_rule(_shown_phone)
        self.ui.box_edit.setProperty("keeps_enter", True)
        self.ui.known_chip.hide()
        self._show_company(shown=False)
        self._connect()

    def use(self, tasks: TaskRunner, near: str) -> None:
        """Look areas up and read texts on the db lane; ``near`` is the division code of where the station lies."""
        self._tasks = tasks
        self.ui.area_edit.use(tasks, near)

    def retranslate(self, title: str, box_hint: str, keys: Keys) -> None:
        """The language changed."""
        self.ui.retranslateUi(self)
        self.ui.title_label.setText(title)
        self.ui.box_edit.setPlaceholderText(box_hint)
        self.ui.box_edit.setAccessibleName(f"{title}: {box_hint}")
        self.ui.box_edit.setToolTip(keys.hint(_("Read the clipboard as an address"), "order.paste"))
        self.ui.company_button.setText(keys.hint(_("Company"), "order.company"))
        self.ui.area_edit.setPlaceholderText(_("Chinese, pinyin or initials"))
        for name, field in self.fields.items():
            label = getattr(self.ui, f"{name}_label").text()
            field.setAccessibleName(f"{title}: {label}")

    @property
    def party(self) -> Party:
        """What the fields say."""
        ui = self.ui
        address = replace(ui.area_edit.area, detail=ui.detail_edit.text().strip(), postcode=self._postcode)
        return Party(ui.name_edit.text().strip(), ui.phone_edit.text().strip(), ui.company_edit.text().strip(), address)

    def set_party(self, party: Party) -> None:
        """Fill everything."""
        self.ui.phone_edit.setText(_shown_or_typed(party.phone))
        self.fill(party)

    def fill(self, party: Party) -> None:
        """Fill everything but the telephone number."""
        ui = self.ui
        ui.name_edit.setText(party.name)
        ui.company_edit.setText(party.company)
        self._show_company(shown=bool(party.company))
        self._postcode = party.address.postcode
        ui.area_edit.set_area(party.address)
        ui.detail_edit.setText(party.address.detail)
        for field in (ui.name_edit, ui.company_edit, ui.area_edit, ui.detail_edit):
            field.setCursorPosition(0)
        self._doubts.clear()
        self.doubts_changed.emit()
        self.changed.emit()

    @property
    def is_empty(self) -> bool:
        """True while nothing was written."""
        return not any(field.text().strip() for field in self.fields.values())

    @property
    def lacks_all_but_phone(self) -> bool:
        """True while name and address may be filled without losing anything."""
        return not any(self.fields[name].text().strip() for name in NAMES if name != "phone")

    @property
    def unread(self) -> str:
        """What was typed into the box and is not read into the fields yet."""
        return self.ui.box_edit.text() if self.ui.box_edit.take_enter() else ""

    def clear(self) -> None:
        """Nothing written."""
        self.set_party(Party())
        self.ui.box_edit.clear()
        self.show_known("", "muted")

    def show_known(self, text: str, tone: str, icon: str = "") -> None:
        """What is known of this telephone number; empty for nothing."""
        self.ui.known_chip.set(text, tone, icon)
        self.ui.known_chip.setVisible(bool(text))

    def doubts(self) -> Mapping[str, Message]:
        """What the reading of a text left in doubt, by field; gone once the field is edited."""
        return dict(self._doubts)

    def read_text(self, text: str) -> None:
        """Read ``text`` into the fields; what it does not say stays as it is."""
        if self._tasks is not None:
            task = partial(_parse, text)
            self._tasks.run(DB, task, self, self._on_parsed, self.failed.emit)

    def open_company(self) -> None:
        """Show the company's field and go there."""
        self._show_company(shown=True)
        self.ui.company_edit.setFocus(Qt.FocusReason.TabFocusReason)

    def state(self) -> dict[str, Any]:
        """The texts as they were typed, for the draft."""
        area = self.ui.area_edit.area
        body: dict[str, Any] = {name: field.text() for name, field in self.fields.items()}
        body["division"] = [area.province, area.city, area.district, area.street, area.division]
        body["postcode"] = self._postcode
        body["box"] = self.unread
        return body

    def set_state(self, body: Mapping[str, Any]) -> None:
        """Come back as ``state`` said."""
        division = [str(part) for part in body.get("division", ())] or [""] * 5
        province, city, district, street, code = division
        area = Address(province, city, district, street, division=code)
        party = Party(
            str(body.get("name", "")),
            str(body.get("phone", "")),
            str(body.get("company", "")),
            replace(area, detail=str(body.get("detail", "")), postcode=str(body.get("postcode", ""))),
        )
        self.set_party(party)
        if not area.division:
            self.ui.area_edit.setText(str(body.get("area", "")))
        self.ui.box_edit.setText(str(body.get("box", "")))

    def _connect(self) -> None:
        ui = self.ui
        ui.phone_edit.phone_entered.connect(self.phone_entered)
        for name in ("name", "company", "detail"):
            guard = PasteGuard(self.fields[name])
            guard.setObjectName(name)
            guard.noticed.connect(self._on_noticed)
        for name, longest in (("phone", 60), ("area", 120)):
            guard = PasteGuard(self.fields[name], longest, tidies=False)
            guard.setObjectName(name)
            guard.noticed.connect(self._on_noticed)
        for field in self.fields.values():
            field.textChanged.connect(self._on_text_changed)
            field.textEdited.connect(self._on_text_edited)
        ui.area_edit.area_changed.connect(self.changed)
        ui.area_edit.area_taken.connect(self._on_area_taken)
        ui.area_edit.failed.connect(self.failed)
        ui.box_edit.textEdited.connect(self._on_text_changed)
        ui.box_edit.party_chosen.connect(self._on_party_chosen)
        ui.box_edit.text_given.connect(self.read_text)
        ui.box_edit.passed.connect(self._on_passed)
        ui.box_edit.noticed.connect(self._on_box_noticed)
        ui.company_button.clicked.connect(self.open_company)

    def _show_company(self, *, shown: bool) -> None:
        for part in (self.ui.company_label, self.ui.company_edit, self.ui.company_error):
            part.setVisible(shown)
        self.ui.company_button.setVisible(not shown)

    def _on_text_changed(self) -> None:
        self.changed.emit()

    def _on_text_edited(self) -> None:
        field = self.sender()
        for name, known in self.fields.items():
            if known is field and name == "area":
                self._postcode = ""
            if known is field and self._doubts.pop(name, None) is not None:
                self.doubts_changed.emit()

    def _on_noticed(self, said: Message, tone: str) -> None:
        guard = self.sender()
        if isinstance(guard, PasteGuard):
            self.noticed.emit(guard.objectName(), said, tone)

    def _on_box_noticed(self, said: Message, tone: str) -> None:
        self.noticed.emit("box", said, tone)

    def _on_area_taken(self) -> None:
        self._doubts.pop("area", None)
        self.doubts_changed.emit()
        self.left_to.emit(self.ui.area_edit)

    def _on_party_chosen(self, party: Party) -> None:
        self.set_party(party)
        self.left_to.emit(self.ui.box_edit)

    def _on_passed(self) -> None:
        self.left_to.emit(self.ui.box_edit)

    def _on_parsed(self, parsed: ParsedAddress) -> None:
        before = self.party
        address = parsed.address if parsed.address.line or parsed.postcode else before.address
        found = Party(
            parsed.name or before.name,
            parsed.phone or before.phone,
            parsed.company or before.company,
            replace(address, detail=parsed.detail or before.address.detail),
        )
        self.set_party(_settled(found))
        if not self.ui.area_edit.code and address.area:
            self.ui.area_edit.setText(Address(*(getattr(address, place) for place in _PLACES)).line)
        for doubt in parsed.doubts:
            name = _FIELD_OF_DOUBT.get(doubt.field, "detail")
            self._doubts.setdefault(name, doubt.message)
            if name == "area" and choices_of(doubt.choices) and not self.ui.area_edit.code:
                self.ui.area_edit.offer(doubt.choices)
        self.doubts_changed.emit()
        self.left_to.emit(self.ui.box_edit)


def _parse(text: str) -> ParsedAddress:
    return parse_line(text, load_divisions())


def _settled(party: Party) -> Party:
    """An area that ends above the district is not chosen yet: its text stands there, its code does not."""
    table = load_divisions()
    code = party.address.division
    if code and len(code) <= 6 and table.upper_below(code):
        return replace(party, address=Address(detail=party.address.detail, postcode=party.address.postcode))
    return party


def _shown_phone(text: str) -> str:
    return normalise_phone(text).display


def _shown_or_typed(phone: str) -> str:
    """A stored number in its form for the screen; what is no number stays as it was typed."""
    try:
        return _shown_phone(phone) if phone else ""
    except UserError:
        return phone
