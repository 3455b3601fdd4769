"""A draft of reference data: edited as a checked text, given up, or published."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.base.errors import UserError
from courier_desk.base.translation import Message, message
from courier_desk.domain.reference import ReferenceKind, ReferenceSet
from courier_desk.hq import network
from courier_desk.hq.admin import acts_reference
from courier_desk.hq.admin.acts_reference import Draft
from courier_desk.hq.admin.forms import Field
from courier_desk.hq.admin.lists import link
from courier_desk.hq.admin.page import Page, attempt, go, in_thread, person, said
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.admin.views.reference import KINDS

_FIELDS = (Field("document", _("Document"), kind="document", longest=acts_reference.LONGEST),)


def draft_of(request: Request) -> int:
    """The number of the draft that the address names. Errors: HTTPException (404)."""
    asked = request.query_params.get("draft", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        raise HTTPException(404)
    return int(asked)


class DraftPage(Page):
    """The text of a draft, with what is wrong with it."""

    act = Act.REFERENCE_DRAFT
    path = "/reference-draft"
    menu_label = _("Draft")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Shows it, checked; keeps what is sent, sound or not."""
        number = draft_of(request)
        if request.method == "POST":
            filled = await self.typed(request, _FIELDS)
            text = filled.values["document"]
            if not filled.errors and await attempt(filled, lambda: self._keep(request, number, text)):
                return go(request, "/reference-draft", draft=str(number))
            raise HTTPException(400)
        draft, version = await in_thread(lambda: self._read(number))
        fault, found = _checked(draft, version)
        return self.show_form(
            request,
            _FIELDS,
            values={"document": draft.text},
            template="draft.html",
            heading=KINDS[draft.kind],
            subject=draft.scope or _("Whole network"),
            draft=draft,
            version=version,
            fault=fault,
            found=found,
            tariff=draft.kind is ReferenceKind.TARIFF,
            back=link(request, "/reference", kind=draft.kind.value),
        )

    def _read(self, number: int) -> tuple[Draft, int]:
        with self.engine.connect() as connection:
            draft = acts_reference.draft(connection, number)
        return draft, network.next_version(self.engine, draft.kind, draft.scope)

    def _keep(self, request: Request, number: int, text: str) -> bool:
        with self.engine.begin() as connection:
            acts_reference.change_draft(connection, person(request), self.clock.now(), number, text)
        return True


def _checked(draft: Draft, version: int) -> tuple[Message | None, ReferenceSet | None]:
    try:
        return None, acts_reference.sound(draft.text, draft.kind, version)
    except UserError as error:
        return error.message, None


class DraftDrop(Page):
    """Gives a draft up."""

    act = Act.REFERENCE_DRAFT
    path = "/reference-drop"
    menu_label = _("Draft")

    @route("", methods=["POST"])
    async def index(self, request: Request) -> Response:
        """Does it."""
        kind = await in_thread(lambda: self._drop(request, draft_of(request)))
        said(request, message("The draft is given up."))
        return go(request, "/reference", kind=kind.value)

    def _drop(self, request: Request, number: int) -> ReferenceKind:
        with self.engine.begin() as connection:
            kind = acts_reference.draft(connection, number).kind
            acts_reference.drop_draft(connection, person(request), self.clock.now(), number)
        return kind


class DraftPublish(Page):
    """Asks once more, then publishes a draft."""

    act = Act.REFERENCE_PUBLISH
    path = "/reference-publish"
    menu_label = _("Publish")

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        """Asks, then does it."""
        number = draft_of(request)
        if request.method == "GET":
            draft, reference = await in_thread(lambda: self._read(number))
            text = message(
                "Version {n} holds from {first} to {last}. What is published never changes; desks are told at once.",
                n=reference.version,
                first=reference.valid_from,
                last=reference.valid_until or message("further notice"),
            )
            shown: dict[str, Any] = {"heading": KINDS[draft.kind], "subject": draft.scope or _("Whole network")}
            back = link(request, "/reference-draft", draft=str(number))
            return self.render(request, "ask.html", text=text, yes=_("Publish"), back=back, **shown)
        published = await in_thread(lambda: self._publish(request, number))
        said(request, message("Version {n} is published.", n=published.version))
        return go(request, "/reference", kind=published.kind.value)

    def _read(self, number: int) -> tuple[Draft, ReferenceSet]:
        with self.engine.connect() as connection:
            draft = acts_reference.draft(connection, number)
        version = network.next_version(self.engine, draft.kind, draft.scope)
        return draft, acts_reference.sound(draft.text, draft.kind, version)

    def _publish(self, request: Request, number: int) -> ReferenceSet:
        with self.engine.begin() as connection:
            return acts_reference.publish(connection, person(request), self.clock.now(), number)
