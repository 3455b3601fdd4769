"""Lists and details of tables. They only show: what changes anything is a page of its own, behind its own right.

The toolkit's own views for SQLAlchemy import its asyncio half, which needs a package that nothing else here does; and
they can write. These read a select in one statement on a worker thread.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NoReturn
from urllib.parse import urlencode

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette_admin import RequestAction, RowActionsDisplayType, RowActionsPosition
from starlette_admin.fields import BaseField, DateTimeField, EnumField, StringField
from starlette_admin.filters import FilterGroup
from starlette_admin.i18n import gettext
from starlette_admin.views import BaseModelView

from courier_desk.hq.admin.rights import Act, may
from courier_desk.hq.admin.session import who_asks
from courier_desk.hq.admin.sources import Source
from courier_desk.hq.admin.words import named

TAB = "tab"


def link(request: Request, path: str, **query: str) -> str:
    """The address of a page."""
    url = request.url_for(request.app.state.ROUTE_NAME, path=path)
    return f"{url}?{urlencode(query)}" if query else str(url)


def allowed(request: Request, act: Act) -> bool:
    """True when the person of the request has the right."""
    who = who_asks(request)
    return who is not None and may(who.role, act)


class ReadOnly(BaseModelView):
    """A list that nobody can change, seen by those who have ``act``."""

    source: ClassVar[Source]
    act: ClassVar[Act] = Act.LOOK
    # Row actions that need a right of their own.
    row_rights: ClassVar[Mapping[str, Act]] = {}
    # Parts of the list, by the word in the address: label and what they hold; the first is shown first.
    tabs: ClassVar[Mapping[str, tuple[str, Callable[[Any], sa.ColumnElement[bool]]]]] = {}
    pk_attr = "pk"
    page_size = 25
    page_size_options = (25, 50, 100)
    actions = ()
    exporters = ()
    importers = ()
    column_visibility = False
    search_highlight = False
    row_actions_display_type = RowActionsDisplayType.INLINE_LINKS
    row_actions_position = RowActionsPosition.AFTER_COLUMNS

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self.engine = engine
        self._rows = self.source.subquery("listed")

    def is_accessible(self, request: Request) -> bool:
        """Whoever has the right sees it."""
        return allowed(request, self.act)

    async def find_all(
        self,
        request: Request,
        skip: int = 0,
        limit: int = 100,
        q: str | None = None,
        sorts: Sequence[tuple[str, str]] | None = None,
        filters: FilterGroup | None = None,
    ) -> Sequence[Any]:
        """One page of the rows."""
        found = sa.select(self._rows).where(*self._conditions(request, q)).offset(skip)
        for name, direction in sorts or ():
            column = self._rows.c[name]
            found = found.order_by(column.desc().nulls_last() if direction == "desc" else column.asc().nulls_first())
        found = found.order_by(self._rows.c.pk)
        return await self._fetch(found.limit(limit) if limit > 0 else found)

    async def count(self, request: Request, q: str | None = None, filters: FilterGroup | None = None) -> int:
        """How many rows there are."""
        counted = sa.select(sa.func.count()).select_from(self._rows).where(*self._conditions(request, q))
        return int((await self._fetch(counted))[0][0])

    async def find_by_pk(self, request: Request, pk: Any) -> Any:
        """The row; None when there is none."""
        found = await self.find_by_pks(request, [pk])
        return found[0] if found else None

    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[Any]:
        """The rows of those keys."""
        wanted = [str(pk).replace("\0", "") for pk in pks]
        return await self._fetch(sa.select(self._rows).where(self._rows.c.pk.in_(wanted)))

    async def create(self, request: Request, data: dict[str, Any]) -> NoReturn:
        """Never."""
        raise HTTPException(403)

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> NoReturn:
        """Never."""
        raise HTTPException(403)

    async def delete(self, request: Request, pks: list[Any]) -> NoReturn:
        """Never."""
        raise HTTPException(403)

    def can_create(self, request: Request) -> bool:
        return False

    def can_edit(self, request: Request) -> bool:
        return False

    def can_delete(self, request: Request) -> bool:
        return False

    def can_export(self, request: Request) -> bool:
        return False

    def can_import(self, request: Request) -> bool:
        return False

    async def is_row_action_allowed(self, request: Request, name: str) -> bool:
        """By the table of rights; a click on the row shows it, which needs no link."""
        if name in self.row_rights:
            return allowed(request, self.row_rights[name])
        return name != "view" and await super().is_row_action_allowed(request, name)

    def toolbar(self, request: Request) -> list[tuple[str, str, str]]:
        """Buttons above the list: address, text, icon."""
        return []

    def tab(self, request: Request) -> str:
        """The part of the list that is shown."""
        asked = request.query_params.get(TAB, "")
        return asked if asked in self.tabs else next(iter(self.tabs), "")

    def _conditions(self, request: Request, q: str | None) -> list[sa.ColumnElement[bool]]:
        found = []
        tab = self.tab(request)
        if tab and request.state.action == RequestAction.LIST:
            found.append(self.tabs[tab][1](self._rows.c))
        for word in (q or "").replace("\0", "").split()[:5]:
            columns = [self._rows.c[name] for name in self.searchable_fields or ()]
            found.append(sa.or_(*(sa.cast(column, sa.Text).icontains(word, autoescape=True) for column in columns)))
        return found

    async def _fetch(self, statement: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        def read() -> Sequence[sa.Row[Any]]:
            with self.engine.connect() as connection:
                return connection.execute(statement).all()

        return await run_in_threadpool(read)


def both_names(name: str, label: str) -> StringField:
    """A column with a name in both languages."""
    return StringField(name, label=label, formatter=everywhere(named))


def moment(name: str, label: str, **more: Any) -> DateTimeField:
    """A column with a time."""
    return DateTimeField(name, label=label, output_format="yyyy-MM-dd HH:mm:ss", **more)


def words(name: str, label: str, choices: Mapping[str, str]) -> EnumField:
    """A column of stable words, shown as people say them."""
    return EnumField(name, label=label, choices=list(choices.items()))


def data(name: str, label: str) -> BaseField:
    """Something structured, shown on the page of the row alone."""
    return BaseField(name, label=label, exclude_from_list=True, detail_template="fields/detail/data.html")


def everywhere(show: Callable[[Any], Any]) -> dict[RequestAction, Callable[[Request, Any], Any]]:
    """Shown by ``show`` wherever it is seen."""

    def formatted(_request: Request, value: Any) -> Any:
        return show(value)

    return {RequestAction.LIST: formatted, RequestAction.DETAIL: formatted}


def yes_if(value: Any) -> str:
    """Yes, or nothing."""
    return gettext("Yes") if value else ""


def everything(_columns: Any) -> sa.ColumnElement[bool]:
    """A part of a list that is all of it."""
    return sa.true()
