"""Who asks: a signed cookie that is renewed with each request and ends after 15 idle minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import ClassVar
from urllib.parse import urlencode

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp
from starlette_admin.auth import AdminUser, BaseAuthProvider
from starlette_admin.auth.base import AuthMiddleware
from starlette_admin.helpers import safe_redirect_url

from courier_desk.base.errors import UserError
from courier_desk.hq.admin.audit import Who
from courier_desk.hq.admin.log_in import LoggedIn, LogIns
from courier_desk.hq.admin.rights import HqRole
from courier_desk.hq.admin.words import say

IDLE = timedelta(minutes=15)
COOKIE = "courier_hq_session"
PASSWORD_PATH = "/own-password"  # noqa: S105  a page
_SALT = "courier-hq-session"


@dataclass
class HqUser(AdminUser):
    """The person of a request."""

    role: HqRole = HqRole.VIEWER
    must_change: bool = False
    session: str = ""


def who_asks(request: Request) -> Who | None:
    """The person of the request; None for nobody, and for somebody who has to choose a password first."""
    user = getattr(request.state, "admin_user", None)
    if not isinstance(user, HqUser) or user.must_change:
        return None
    return Who(user.username, user.role)


class Sessions(BaseAuthProvider):
    """Reads and writes the cookie; what it names counts only while the database knows that log-in."""

    def __init__(self, log_ins: LogIns, secret: str, base: str, allow_routes: Sequence[str] = ()) -> None:
        super().__init__(login_path="/login", logout_path="/logout", allow_routes=list(allow_routes))
        self._log_ins = log_ins
        self._signer = URLSafeTimedSerializer(secret, salt=_SALT)
        self._base = base

    async def authenticate(self, request: Request) -> AdminUser | None:
        """The person whom the cookie names, if it is fresh and counts."""
        if request.scope["path"].startswith(f"{self._base}/static/"):
            return None
        logged_in = self._read(request.cookies.get(COOKIE, ""))
        if logged_in is None:
            return None
        row = await run_in_threadpool(self._log_ins.present, logged_in)
        if row is None:
            return None
        role = HqRole(row["role"])
        return HqUser(row["name"], role=role, must_change=row["must_change"], session=logged_in.session)

    def _read(self, cookie: str) -> LoggedIn | None:
        try:
            name, session = self._signer.loads(cookie, max_age=int(IDLE.total_seconds()))
        except (BadData, TypeError, ValueError):
            return None
        return LoggedIn(str(name), str(session))

    def write(self, response: Response, logged_in: LoggedIn, *, secure: bool) -> None:
        """Give the cookie, signed now."""
        value = self._signer.dumps([logged_in.name, logged_in.session])
        response.set_cookie(
            COOKIE, str(value), path=self._base, httponly=True, samesite="strict", secure=secure, max_age=None
        )

    def get_routes(self, templates: Jinja2Templates) -> list[Route]:
        """The pages for logging in and out."""
        return [
            Route(self.login_path, partial(self._log_in, templates), methods=["GET", "POST"], name="login"),
            Route(self.logout_path, self._log_out, methods=["POST"], name="logout"),
        ]

    def get_middleware(self) -> Middleware:
        """What asks for a log-in."""
        return Middleware(SessionMiddleware, provider=self)

    async def _log_in(self, templates: Jinja2Templates, request: Request) -> Response:
        home = str(request.url_for(f"{request.app.state.ROUTE_NAME}:index"))
        onward = safe_redirect_url(request.query_params.get("next") or home, request, home)
        if request.method == "GET":
            return templates.TemplateResponse(request, "login.html")
        form = await request.form()
        name, password = str(form.get("username") or ""), str(form.get("password") or "")
        try:
            logged_in = await run_in_threadpool(self._log_ins.log_in, name, password)
        except UserError as error:
            return templates.TemplateResponse(request, "login.html", {"error": say(error.message)}, status_code=400)
        response = RedirectResponse(onward, status_code=303)
        self.write(response, logged_in, secure=request.url.scheme == "https")
        return response

    async def _log_out(self, request: Request) -> Response:
        user = request.state.admin_user
        await run_in_threadpool(self._log_ins.log_out, user.username)
        response = RedirectResponse(request.url_for(f"{request.app.state.ROUTE_NAME}:login"), status_code=303)
        response.delete_cookie(COOKIE, path=self._base)
        return response


class SessionMiddleware(AuthMiddleware):
    """Nobody gets further without a log-in, and nobody with a first password before they have chosen their own."""

    provider: Sessions
    _open: ClassVar[frozenset[str]] = frozenset({PASSWORD_PATH, "/logout"})

    def __init__(self, app: ASGIApp, provider: Sessions) -> None:
        super().__init__(app, provider)

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Let the request through, or send it to the log-in; renew the cookie on the way back."""
        response = await super().dispatch(request, partial(self._onward, call_next))
        user = getattr(request.state, "admin_user", None)
        ends = any(name == b"set-cookie" and COOKIE.encode() in value for name, value in response.raw_headers)
        if isinstance(user, HqUser) and not ends:
            logged_in = LoggedIn(user.username, user.session)
            self.provider.write(response, logged_in, secure=request.url.scheme == "https")
        return response

    async def _onward(self, call_next: RequestResponseEndpoint, request: Request) -> Response:
        user = getattr(request.state, "admin_user", None)
        page = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        if isinstance(user, HqUser) and user.must_change and page not in self._open:
            own = request.url_for(request.app.state.ROUTE_NAME, path=PASSWORD_PATH)
            return RedirectResponse(f"{own}?{urlencode({'first': '1'})}", status_code=303)
        return await call_next(request)
