"""Whether this process can work, for balancers and for people: no data of any station."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

import courier_desk
from courier_desk.hq.condition import condition
from courier_desk.hq.http.service import Serving

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """``ok`` is false when people have to look; the status is 503 only when nothing can be served."""

    ok: bool
    database: bool
    version: str
    epoch: int | None = None
    unnumbered_items: int | None = None
    sequencer_lag_s: float | None = None
    partitions_until: str | None = None
    numbers_left: int | None = None
    batches_waiting: int


@router.get("/health", response_model=Health, responses={503: {"model": Health, "description": "no database"}})
def health(service: Serving) -> Response:
    """The database, the sequencer's lag, partitions, numbers, the epoch."""
    waiting, version = service.places.waiting, courier_desk.__version__
    hq = service.headquarters
    try:
        found = condition(hq.engine, hq.clock.now())
    except SQLAlchemyError:
        down = Health(ok=False, database=False, version=version, batches_waiting=waiting)
        return Response(down.model_dump_json(exclude_none=True), 503, {"Retry-After": "5"}, "application/json")
    said = Health(
        ok=found.well,
        database=True,
        version=version,
        epoch=found.epoch,
        unnumbered_items=found.unnumbered,
        sequencer_lag_s=round(found.lag_s, 1),
        partitions_until=found.partitions_until,
        numbers_left=found.numbers_left,
        batches_waiting=waiting,
    )
    return Response(said.model_dump_json(), media_type="application/json")
