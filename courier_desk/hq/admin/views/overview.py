"""The first page: what needs somebody, and how the network stands."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.i18n import lazy_gettext as _
from starlette_admin.routing import route

from courier_desk.hq.admin.lists import link
from courier_desk.hq.admin.page import Page, in_thread
from courier_desk.hq.admin.sources import DESKS
from courier_desk.hq.admin.views.desks import STATES
from courier_desk.hq.core.past import Part, begins
from courier_desk.hq.tables.care import EPOCH, INCIDENT, PROOF
from courier_desk.hq.tables.log import FEED_PENDING, PARKED
from courier_desk.hq.tables.network import DESK, STATION
from courier_desk.hq.tables.numbers import NUMBER_SPACE

_UNSEEN = timedelta(days=1)
_WEEK = timedelta(days=7)
_DESKS = 15


class Overview(Page):
    """Counts, each leading to its list."""

    path = "/"
    menu_label = _("Overview")
    icon = "fa-solid fa-gauge"
    route_name = "index"
    add_to_menu = True

    @route("")
    async def index(self, request: Request) -> Response:
        """The tiles, and the desks that were heard last."""
        found = await in_thread(self._read)
        return self.render(
            request, "overview.html", heading=_("Overview"), tiles=_tiles(request, found), states=STATES, **found
        )

    def _read(self) -> dict[str, Any]:
        now = self.clock.now()
        desks = DESKS.subquery("listed")
        heard = desks.c.last_seen_at.desc().nulls_last()
        seen = sa.func.coalesce(DESK.c.last_seen_at, DESK.c.enrolled_at)
        with self.engine.connect() as connection:
            space = connection.execute(sa.select(NUMBER_SPACE)).first()
            listed = sa.select(desks).where(desks.c.state != "retired").order_by(heard, desks.c.pk).limit(_DESKS)
            return {
                "stations": _count(connection, STATION, STATION.c.active),
                "active": _count(connection, DESK, DESK.c.state == "active"),
                "diverged": _count(connection, DESK, DESK.c.state == "diverged"),
                "unseen": _count(connection, DESK, DESK.c.state == "active", seen < now - _UNSEEN),
                "parked": _count(connection, PARKED, PARKED.c.settled_at.is_(None)),
                "incidents": _count(connection, INCIDENT, INCIDENT.c.settled_at.is_(None)),
                "differing": _count(connection, PROOF, ~PROOF.c.agrees, PROOF.c.business_date > (now - _WEEK).date()),
                "pending": _count(connection, FEED_PENDING),
                "epoch": connection.execute(sa.select(sa.func.max(EPOCH.c.epoch))).scalar(),
                "next_number": space.next if space else 1,
                "reserved": space.upper if space else 1,
                "log_from": begins(connection, Part.LOG),
                "lives_from": begins(connection, Part.LIVES),
                "desks": connection.execute(listed).mappings().all(),
            }


def _count(connection: sa.Connection, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return int(connection.execute(counted).scalar_one())


def _tiles(request: Request, found: dict[str, Any]) -> list[dict[str, Any]]:
    def tile(name: str, label: object, path: str, bad: str = "") -> dict[str, Any]:
        return {"number": found[name], "label": label, "url": link(request, path), "bad": bad if found[name] else ""}

    return [
        tile("parked", _("Parked operations"), "/parked/list", "cd-bad"),
        tile("incidents", _("Open incidents"), "/incidents/list", "cd-bad"),
        tile("diverged", _("Diverged desks"), "/desks/list", "cd-bad"),
        tile("differing", _("Proofs that differ (7 days)"), "/proofs/list", "cd-bad"),
        tile("unseen", _("Not seen for a day"), "/desks/list", "cd-warn"),
        tile("active", _("Active desks"), "/desks/list"),
        tile("stations", _("Stations"), "/stations/list"),
        tile("pending", _("News not numbered yet"), "/desks/list"),
    ]
