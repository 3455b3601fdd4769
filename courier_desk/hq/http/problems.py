"""Every refusal leaves as a Problem with a stable code; whatever comes in, bad input never ends in a 5xx."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.logging import get_logger
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.http.bodies import said_of
from courier_desk.protocol.messages import Problem, ProblemCode

RETRY_AFTER_S = 5
STATUS: Mapping[ProblemCode, int] = {
    ProblemCode.BAD_MESSAGE: 400,
    ProblemCode.NOT_KNOWN: 401,
    ProblemCode.CODE_REFUSED: 403,
    ProblemCode.NOT_ALLOWED: 403,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.FENCED: 409,
    ProblemCode.DIVERGED: 409,
    ProblemCode.GAP: 409,
    ProblemCode.NEW_EPOCH: 409,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.BUSY: 429,
    ProblemCode.UNAVAILABLE: 503,
}
_OF_STATUS = {401: ProblemCode.NOT_KNOWN, 403: ProblemCode.NOT_ALLOWED, 404: ProblemCode.NOT_FOUND}
_LATER = {429, 503}


def answer(problem: Problem, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """``problem`` as a reply."""
    more = dict(headers or {})
    if status in _LATER:
        more.setdefault("Retry-After", str(RETRY_AFTER_S))
    if status == 401:
        more.setdefault("WWW-Authenticate", "Bearer")
    return Response(problem.model_dump_json(exclude_none=True), status, more, "application/json")


def refusal(code: ProblemCode, text: str, status: int | None = None) -> Response:
    """A refusal with nothing but code and words."""
    return answer(Problem(code=code, text=text), status or STATUS[code])


def install(app: FastAPI) -> None:
    """Make ``app`` answer every error as a Problem."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(EnvironmentFault, _environment)


async def _refused(request: Request, error: Any) -> Response:
    request.state.refusal = error.problem.code
    if error.code is ProblemCode.UNAVAILABLE:
        # A disk or a file of the service's own: people have to look, desks come again.
        get_logger("hq.http").error("the service cannot work", route=_route(request), error=error.__cause__ or error)
    return answer(error.problem, STATUS[ProblemCode(error.problem.code)])


async def _not_valid(request: Request, error: Any) -> Response:
    request.state.refusal = ProblemCode.BAD_MESSAGE.value
    return refusal(ProblemCode.BAD_MESSAGE, said_of(error.errors()))


async def _http(_request: Request, error: Any) -> Response:
    code = _OF_STATUS.get(error.status_code, ProblemCode.BAD_MESSAGE)
    return answer(Problem(code=code, text=str(error.detail)), error.status_code, error.headers)


async def _database(request: Request, error: Any) -> Response:
    """A database that is away or overloaded: later. Values that it cannot keep (NUL in a text): the sender's fault."""
    log = get_logger("hq.http")
    if isinstance(error, DataError):
        log.warning("the database refused a value", route=_route(request), error=error)
        return refusal(ProblemCode.BAD_MESSAGE, "A value in the message cannot be kept.")
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout) or _lost(error):
        log.warning("the database does not answer", route=_route(request), error=error)
        return refusal(ProblemCode.UNAVAILABLE, "The database does not answer.")
    raise error


async def _environment(request: Request, error: Any) -> Response:
    """A disk or a file of the service's own: people have to look, desks come again."""
    get_logger("hq.http").error("the service cannot work", route=_route(request), error=error)
    return refusal(ProblemCode.UNAVAILABLE, "Headquarters cannot do this now.")


def _route(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", "-"))


def _lost(error: Any) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated
