"""Price lists and areas from and to Excel, and a price list tried on last month's orders."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import xlsxwriter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.tariff_data import Tariff
from courier_desk.hq import network
from courier_desk.hq.admin import acts_reference, area_sheet, price_sheet
from courier_desk.hq.admin.forms import Field, Filled
from courier_desk.hq.admin.lists import link
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.price_sheet import Imported
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.admin.sheet import read_rows
from courier_desk.hq.admin.trial import Trial, try_prices
from courier_desk.hq.admin.views.drafts import draft_of
from courier_desk.hq.admin.views.reference import KINDS, SHEETS, kind_of, scopes
from courier_desk.hq.admin.words import in_chinese
from courier_desk.hq.tables.log import OP_LOG

TRIED_DAYS = timedelta(days=31)
MOST_TRIED = 10_000


def _sheet_kind(request: Request) -> ReferenceKind:
    kind = kind_of(request)
    if kind not in SHEETS:
        raise HTTPException(404)
    return kind


class ImportPage(Page):
    """A workbook becomes a draft, or a list of its faults."""

    act = Act.REFERENCE_DRAFT
    path = "/reference-import"
    menu_label = _("Import from Excel")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        kind = _sheet_kind(request)
        fields = (
            Field(
                "scope",
                _("Meant for"),
                kind="select",
                needed=False,
                choices=await in_thread(lambda: scopes(self.engine, kind)),
            ),
            Field("file", _("Excel file"), kind="file"),
            Field("valid_from", _("First day"), kind="date"),
            Field("valid_until", _("Last day"), kind="date", needed=False, note=_("Empty: until another version.")),
            Field("note", _("Note"), needed=False),
        )
        shown: dict[str, Any] = {"heading": _("Import from Excel"), "subject": KINDS[kind], "upload": True}
        shown |= {"submit": _("Read the file"), "template": "import.html", "kind": kind.value}
        shown["back"] = link(request, "/reference", kind=kind.value)
        if request.method == "GET":
            first = (self.clock.now() + timedelta(days=7)).date().isoformat()
            return self.show_form(request, fields, values={"valid_from": first}, faults=(), **shown)
        filled = await self.typed(request, fields)
        filled.day("valid_from")
        filled.day("valid_until")
        imported = await self._import(kind, filled) if not filled.errors else None
        document = imported.document if imported else None
        if imported is None or document is None:
            faults = imported.faults if imported else ()
            if faults:
                filled.errors[""] = message("Nothing was imported: {n} cells have to be mended.", n=len(faults))
            return self.show_form(request, fields, filled, faults=faults, **shown)
        number = await in_thread(lambda: self._draft(request, kind, filled, document))
        said(request, message("Read: {n} changes. Try it, then publish it.", n=imported.changed))
        return go(request, "/reference-draft", draft=str(number))

    async def _import(self, kind: ReferenceKind, filled: Filled) -> Imported | None:
        data, scope = filled.files["file"], filled.values["scope"]
        return await attempt(filled, lambda: self._read(kind, scope, data))

    def _read(self, kind: ReferenceKind, scope: str, data: bytes) -> Imported:
        with self.engine.connect() as connection:
            base = acts_reference.newest(connection, kind, scope)
            tariff = acts_reference.newest(connection, ReferenceKind.TARIFF, scope)
        if base is None or tariff is None:
            raise UserError(message("There is no version yet that the file could change."))
        rows = read_rows(data)
        if kind is ReferenceKind.TARIFF:
            return price_sheet.import_prices(rows, base)
        return area_sheet.import_areas(rows, base, list(tariff["services"]))

    def _draft(self, request: Request, kind: ReferenceKind, filled: Filled, document: dict[str, Any]) -> int:
        typed, now = filled.values, self.clock.now()
        head = {name: typed[name] for name in ("valid_from", "valid_until", "note") if typed[name]}
        rest = {key: value for key, value in document.items() if key not in {"valid_from", "valid_until", "note"}}
        with self.engine.begin() as connection:
            contents = {"kind": kind.value, **head, **rest}
            return acts_reference.add_draft(connection, person(request), now, kind, typed["scope"], contents)


class SheetPage(Page):
    """What is newest as an Excel file that can be changed and imported again."""

    path = "/reference-sheet"
    menu_label = _("Excel")

    @route("")
    async def index(self, request: Request) -> Response:
        """The file."""
        kind, scope = _sheet_kind(request), request.query_params.get("scope", "")
        data = await in_thread(lambda: self._file(kind, scope))
        name = f"{kind.value}{'-' + scope if scope.isalnum() else ''}.xlsx"
        return Response(
            data,
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _file(self, kind: ReferenceKind, scope: str) -> bytes:
        with self.engine.connect() as connection:
            document = acts_reference.newest(connection, kind, scope)
        if document is None:
            raise UserError(message("There is no version yet that the file could change."))
        module = price_sheet if kind is ReferenceKind.TARIFF else area_sheet
        spelling = 1 if in_chinese() else 0
        return _workbook(module.rows_of(document, lambda name: module.HEADINGS[name][spelling]))


def _workbook(rows: Iterator[list[str]]) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, text, bold = book.add_worksheet(), book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        for position, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(position, column, cell, text if position else bold)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


class TrialPage(Page):
    """What last month's orders would cost by a draft."""

    act = Act.REFERENCE_DRAFT
    path = "/reference-trial"
    menu_label = _("Try on last month")

    @route("")
    async def index(self, request: Request) -> Response:
        """Counts and differences."""
        number = draft_of(request)
        trial, tariff, scope = await in_thread(lambda: self._try(number))
        return self.render(
            request,
            "trial.html",
            heading=_("Tried on last month's orders"),
            subject=scope or _("Whole network"),
            trial=trial,
            services=tariff.services,
            currency=tariff.currency,
            most=MOST_TRIED,
            number=number,
            back=link(request, "/reference-draft", draft=str(number)),
        )

    def _try(self, number: int) -> tuple[Trial, Tariff, str]:
        with self.engine.connect() as connection:
            draft = acts_reference.draft(connection, number)
            if draft.kind is not ReferenceKind.TARIFF:
                raise UserError(message("Only a price list can be tried on orders."))
            today = self.clock.now().date()
            before = acts_reference.newest(connection, draft.kind, draft.scope, today)
            before = before or acts_reference.newest(connection, draft.kind, draft.scope)
            bodies = self._orders(connection, draft.scope)
        if before is None:
            raise UserError(message("There is no price list to compare with."))
        version = network.next_version(self.engine, draft.kind, draft.scope)
        new = Tariff.from_data(acts_reference.sound(draft.text, draft.kind, version).payload)
        return try_prices(bodies, Tariff.from_data(before), new), new, draft.scope

    def _orders(self, connection: sa.Connection, scope: str) -> list[bytes]:
        """The orders of the last month, those of one station for its own list; at most MOST_TRIED."""
        today = self.clock.now().date()
        found = sa.select(OP_LOG.c.body).where(
            OP_LOG.c.day.between(today - TRIED_DAYS, today), OP_LOG.c.kind == "order.accepted", ~OP_LOG.c.parked
        )
        if scope:
            found = found.where(OP_LOG.c.station_id == scope)
        return [bytes(body) for body in connection.scalars(found.limit(MOST_TRIED))]
