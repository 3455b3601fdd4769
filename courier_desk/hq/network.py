"""Setting up the network: what headquarters' people, tests and the demonstration call. All are plain functions that
take the engine first and run in a transaction of their own."""

from courier_desk.hq.core.access import make_code
from courier_desk.hq.core.new_epoch import begin as begin_epoch
from courier_desk.hq.core.references import EVERYWHERE, next_version
from courier_desk.hq.core.references import publish as publish_reference
from courier_desk.hq.core.stations import NewStation, add_desk, add_station
from courier_desk.hq.demo import DESKS, DemoNetwork, load_demo

__all__ = [
    "DESKS",
    "EVERYWHERE",
    "DemoNetwork",
    "NewStation",
    "add_desk",
    "add_station",
    "begin_epoch",
    "load_demo",
    "make_code",
    "next_version",
    "publish_reference",
]
