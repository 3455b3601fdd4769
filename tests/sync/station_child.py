"""A desk of a station as a process of its own, with both threads of its exchange, driven by lines of JSON.

``python -m tests.sync.station_child <folder> <address> <code>`` joins and says its first line; each line that comes in
is a list, the name of one of the acts below and what it wants; what the act gives goes back as a line.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from courier_desk.base.logging import configure_stream
from courier_desk.domain.party import Address, Party
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.services.find import OrderView
from courier_desk.services.scans import ScanCommand
from courier_desk.services.sync_state import SyncWord
from courier_desk.sync.loop import Rhythm
from tests.desk import TestDesk, ordinary_draft
from tests.live_desk import PATIENCE, join_desk, start_talking

IN_BEIJING = Party(
    "欧阳娜娜", "13987654321", "", Address("北京市", "北京市", "朝阳区", "", "样例路9号", "100020", "110105000000")
)


class Acts:
    """What the station is told to do."""

    def __init__(self, desk: TestDesk) -> None:
        self._desk = desk

    def ready(self) -> bool:
        """In step, with numbers to give."""
        standing = self._desk.on_db(self._desk.services.exchange.standing)
        return self._desk.app.sync.state.word is SyncWord.IDLE and standing.numbers_left > 0

    def word(self) -> str:
        """What the status bar says."""
        return self._desk.app.sync.state.word.value

    def retry(self) -> None:
        """The line is back: as the button beside the word, or another way out of the house."""
        self._desk.app.sync.retry()

    def send_away(self) -> str:
        """An order to Beijing that leaves with a handover list; its number."""
        desk, services, agent = self._desk, self._desk.services, self._desk.agent
        number = desk.accept(replace(ordinary_draft(), recipient=IN_BEIJING)).number
        self.scan(number, Operation.COLLECTED)
        handover = desk.on_db(lambda: services.handovers.open(agent, "HZ-NORTH")).manifest
        load = ScanCommand(RawScan(number, "gun", datetime.now(UTC)), Operation.LOADED)
        desk.on_db(lambda: services.handovers.load(agent, handover.id, load))
        desk.on_db(lambda: services.handovers.close(agent, handover.id, "浙A12345", "王师傅", short_confirmed=False))
        return number

    def scan(self, number: str, operation: str) -> str:
        """What the desk says to it."""
        command = ScanCommand(RawScan(number, "gun", datetime.now(UTC)), Operation(operation))
        return self._desk.on_db(lambda: self._desk.services.scans.record(self._desk.agent, command)).outcome.value

    def life(self, number: str) -> list[str]:
        """What the screen shows of the parcel, oldest first."""
        view = self._desk.on_db(lambda: self._view(number))
        return [row.kind for row in view.life] if view is not None else []

    def _view(self, number: str) -> OrderView | None:
        services, agent = self._desk.services, self._desk.agent
        order_id = services.find.by_number(agent, number)
        return services.find.order(agent, order_id) if order_id else services.inbound.view(agent, number)


def main(folder: str, address: str, code: str) -> None:
    """Until the input ends."""
    configure_stream(sys.stderr, "warning")
    desk = join_desk(Path(folder), address, code)
    try:
        heard = start_talking(desk, Rhythm(), PATIENCE)
        acts = Acts(desk)
        _say(True)
        for line in sys.stdin:
            name, *given = json.loads(line)
            act: Callable[..., Any] = getattr(acts, name)
            _say(act(*given))
        assert heard.defects == [], heard.defects
    finally:
        desk.app.sync.stop()
        desk.close()


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
