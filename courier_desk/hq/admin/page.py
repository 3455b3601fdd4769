"""A page of ours: a right, a template, a thread for what takes time, and errors beside the field they belong to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView
from starlette_admin.flash import flash

from courier_desk.base.clock import Clock
from courier_desk.base.errors import NotAllowed, UserError
from courier_desk.hq.admin.audit import Who
from courier_desk.hq.admin.forms import Field, Filled, fill
from courier_desk.hq.admin.lists import allowed, link
from courier_desk.hq.admin.rights import Act
from courier_desk.hq.admin.session import who_asks
from courier_desk.hq.admin.words import say

T = TypeVar("T")


class Page(CustomView):
    """``act``: what opens it. A page that changes something asks for its right again, in the function that does it."""

    act: ClassVar[Act] = Act.LOOK
    add_to_menu = False

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        super().__init__()
        # Without a name of its own each page would be called "index", and be taken for the first one.
        self.route_name = self.route_name or self.path.strip("/")
        self.engine = engine
        self.clock = clock

    def is_accessible(self, request: Request) -> bool:
        """Whoever has the right sees it."""
        return allowed(request, self.act)

    def render(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        """The template within the frame of all pages."""
        if self._admin is None:
            raise RuntimeError("the page belongs to no admin")
        context.setdefault("title", say(self.title(request)))
        context["can"] = lambda act: allowed(request, Act(act))
        return self._admin._template_response(request, template, context, status)  # noqa: SLF001  its only way

    def show_form(
        self,
        request: Request,
        fields: Sequence[Field],
        filled: Filled | None = None,
        values: Mapping[str, str] | None = None,
        **context: Any,
    ) -> Response:
        """A form with what was typed (or ``values``) and what is wrong with it."""
        errors = {} if filled is None else {name: say(text) for name, text in filled.errors.items()}
        shown = {**(values or {}), **(filled.values if filled else {})}
        context.setdefault("template", "form.html")
        return self.render(
            request,
            context.pop("template"),
            422 if errors else 200,
            fields=fields,
            values=shown,
            errors=errors,
            **context,
        )

    async def typed(self, request: Request, fields: Sequence[Field]) -> Filled:
        """What the request's form holds, files read."""
        async with request.form() as form:
            filled = fill(form, fields)
            for name, upload in filled.uploads.items():
                filled.files[name] = await upload.read()
            filled.uploads.clear()
        return filled


def person(request: Request) -> Who:
    """The person of the request. Errors: HTTPException (403) for nobody."""
    who = who_asks(request)
    if who is None:
        raise HTTPException(403)
    return who


def said(request: Request, text: object) -> None:
    """A line above the next page."""
    flash(request, say(text), "success")


def go(request: Request, path: str, **query: str) -> RedirectResponse:
    """To another page, after something was done."""
    return RedirectResponse(link(request, path, **query), status_code=303)


async def in_thread(fn: Callable[[], T]) -> T:
    """Run what waits for the database or takes time. Errors: HTTPException: 403 for what is not allowed, 400 for what
    the person asked wrongly."""
    try:
        return await run_in_threadpool(fn)
    except NotAllowed as error:
        raise HTTPException(403, say(error.message)) from error
    except UserError as error:
        raise HTTPException(400, say(error.message)) from error


async def attempt(filled: Filled, fn: Callable[[], T]) -> T | None:
    """As ``in_thread``, but what a person can mend is noted beside its field, and None comes back."""
    try:
        return await run_in_threadpool(fn)
    except NotAllowed as error:
        raise HTTPException(403, say(error.message)) from error
    except UserError as error:
        field = error.field or ""
        filled.errors[field if field in filled.values else ""] = error.message
        return None
