"""The OpenAPI description: the schemas of the bodies, which are read by hand, are added to what FastAPI finds."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from courier_desk.protocol import messages

TITLE = "Courier Desk headquarters"
_TAKEN: tuple[type[BaseModel], ...] = (
    messages.EnrolRequest,
    messages.RenewRequest,
    messages.PushRequest,
    messages.LeaseRequest,
    messages.ProofRequest,
    messages.Operation,
)
_ABOUT = """What the desks of the stations and headquarters say to each other, version 1.

A desk sends its operations in order and asks for its feed; both are safe to repeat after a reply was lost. Times are
UTC, bytes lower-case hexadecimal. Unknown members are ignored. Bodies may be compressed with zstd. Every refusal is a
`Problem` with a stable code; 429 and 503 say in `Retry-After` when to come again. All replies carry `Courier-HQ: 1`.
"""


def describe(app: FastAPI) -> None:
    """Make ``app`` describe its bodies too."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=TITLE, version=app.version, description=_ABOUT, routes=app.routes)
    _, taken = models_json_schema(
        [(kind, "validation") for kind in _TAKEN], ref_template="#/components/schemas/{model}"
    )
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    components.update(taken["$defs"])
    for unused in ("HTTPValidationError", "ValidationError"):
        components.pop(unused, None)
    for path in schema["paths"].values():
        for operation in path.values():
            # FastAPI's own refusal of parameters; here it is a 400 with a Problem.
            operation["responses"].pop("422", None)
    return schema
