"""The pages of headquarters' own people, put together and mounted at /admin."""

import contextlib
import os
import secrets
from pathlib import Path

import sqlalchemy as sa
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette_admin import BaseAdmin, DropDown, I18nConfig, TimezoneConfig
from starlette_admin.i18n import gettext
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.views import BaseView

from courier_desk.base.clock import Clock
from courier_desk.base.quantities import amount_text
from courier_desk.domain.reference import ReferenceKind
from courier_desk.hq.admin.guard import Guard
from courier_desk.hq.admin.log_in import LogIns
from courier_desk.hq.admin.page import Page
from courier_desk.hq.admin.passwords import Passwords
from courier_desk.hq.admin.session import HqUser, Sessions
from courier_desk.hq.admin.views.announcements import AnnouncementsPage
from courier_desk.hq.admin.views.closures import ClosuresPage
from courier_desk.hq.admin.views.desks import CodeList, DeskCode, DeskForm, DeskList, DeskRetire
from courier_desk.hq.admin.views.drafts import DraftDrop, DraftPage, DraftPublish
from courier_desk.hq.admin.views.hq_people import ROLES, HqPeople, HqPersonForm, HqPersonPassword, OwnPassword
from courier_desk.hq.admin.views.overview import Overview
from courier_desk.hq.admin.views.parked import ParkedList, ParkedPage
from courier_desk.hq.admin.views.prices import ImportPage, SheetPage, TrialPage
from courier_desk.hq.admin.views.records import AuditList, IncidentList, IncidentSettle, NumberList, ProofList
from courier_desk.hq.admin.views.reference import (
    KINDS,
    KindLink,
    ReferenceBegin,
    ReferencePage,
    ReferenceVersionPage,
)
from courier_desk.hq.admin.views.staff import StaffForm, StaffPage, StaffPassword
from courier_desk.hq.admin.views.stations import StationForm, StationList
from courier_desk.hq.admin.words import CHINESE_HERE, LANGUAGES, bring_catalogue, moment_text, named, pretty, say
from courier_desk.hq.config import HqConfig
from courier_desk.hq.core.headquarters import Headquarters

BASE = "/admin"
_HERE = Path(__file__).parent


def mount_admin(app: FastAPI, headquarters: Headquarters, config: HqConfig, passwords: Passwords | None = None) -> None:
    """Add the pages to ``app``. They keep nothing in the process: any number of them may serve the same people."""
    bring_catalogue()
    engine, clock = headquarters.engine, headquarters.clock
    secret = secret_in(config.session_secret_file)
    known = passwords or Passwords()
    log_ins = LogIns(engine, clock, known)
    overview = Overview(engine, clock)
    admin = BaseAdmin(
        title=_("Courier Desk · Headquarters"),
        base_url=BASE,
        route_name="admin",
        templates_dir=str(_HERE / "templates"),
        static_dir=str(_HERE / "static"),
        index_view=overview,
        auth_provider=Sessions(log_ins, secret, BASE),
        secret_key=secret,
        middlewares=[Middleware(Guard)],
        i18n_config=I18nConfig(default_locale=CHINESE_HERE, language_switcher=LANGUAGES),
        timezone_config=TimezoneConfig(default_timezone="Asia/Shanghai", use_user_locale_timezone=False),
    )
    words = {
        "say": say,
        "named": named,
        "pretty": pretty,
        "moment": moment_text,
        "fen": amount_text,
        "role_word": _role_word,
    }
    admin.templates.env.globals.update(words)
    for view in _menu(engine, clock):
        admin.add_view(view)
    for page in _pages(engine, clock):
        admin.add_view(page)
    for guarded in (StaffForm, StaffPassword, HqPersonPassword):
        admin.add_view(guarded(engine, clock, known))
    admin.add_view(OwnPassword(engine, clock, log_ins))
    admin.add_view(ParkedPage(engine, clock, headquarters))
    app.add_api_route(BASE, _home, include_in_schema=False)
    admin.mount_to(app)


def _home() -> RedirectResponse:
    """What people type is the address without the stroke at its end."""
    return RedirectResponse(f"{BASE}/")


def _menu(engine: sa.Engine, clock: Clock) -> list[DropDown]:
    """What stands at the left, in groups."""
    kinds: list[type[BaseView] | BaseView] = [KindLink(kind) for kind in KINDS if kind is not ReferenceKind.PEOPLE]
    return [
        DropDown(_("Network"), icon="fa-solid fa-diagram-project", views=[
            StationList(engine), DeskList(engine), CodeList(engine), NumberList(engine)]),
        DropDown(_("Synchronisation"), icon="fa-solid fa-arrows-rotate", views=[
            ParkedList(engine), ProofList(engine), IncidentList(engine)]),
        DropDown(_("Reference data"), icon="fa-solid fa-book", views=kinds),
        DropDown(_("People"), icon="fa-solid fa-users", views=[
            StaffPage(engine, clock), HqPeople(engine), AuditList(engine)]),
    ]  # fmt: skip


def _pages(engine: sa.Engine, clock: Clock) -> list[Page]:
    """What is reached from a list."""
    kinds: tuple[type[Page], ...] = (
        StationForm, DeskForm, DeskCode, DeskRetire, HqPersonForm, IncidentSettle, ReferencePage, ReferenceVersionPage,
        ReferenceBegin, DraftPage, DraftDrop, DraftPublish, ImportPage, SheetPage, TrialPage, ClosuresPage,
        AnnouncementsPage,
    )  # fmt: skip
    return [kind(engine, clock) for kind in kinds]


def secret_in(place: Path) -> str:
    """The secret in the file, made where it is missing; of several that make it at once, one wins. Errors: OSError."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f".{place.name}.{os.getpid()}")
        fresh.touch(0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(fresh, place)
        fresh.unlink()
    return place.read_text(encoding="ascii").strip()


def _role_word(request: Request) -> str:
    user = request.state.admin_user
    return gettext(str(ROLES[user.role.value])) if isinstance(user, HqUser) else ""
