"""Scanners on a serial line, a USB port that looks like one, or a network socket."""

import time
from collections.abc import Callable

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.translation import Message, message
from courier_desk.devices.framing import Fault, Framer
from courier_desk.devices.ports import PortBook
from courier_desk.devices.serial_link import LinkedDevice, SerialLink
from courier_desk.devices.spec import DeviceSpec
from courier_desk.domain.device import DeviceState, Presence
from courier_desk.domain.scan import RawScan

# A line that chatters must not ask for a rescan all the time.
TELL_EVERY_S = 0.5


class SerialScanner(LinkedDevice):
    """One named scanner with a thread of its own. ``on_scan`` and ``on_state`` are called in that thread; a code that
    came broken is never delivered but told by a state with ``rescan``."""

    def __init__(
        self,
        spec: DeviceSpec,
        on_scan: Callable[[RawScan], None],
        on_state: Callable[[DeviceState], None],
        *,
        book: PortBook | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._name = spec.name
        self._on_scan = on_scan
        self._clock = clock or SystemClock()
        self._framer = Framer(spec.framing)
        self._told_at = -TELL_EVERY_S
        self._link = SerialLink(spec, book or PortBook(), self, on_state)

    def opened(self) -> None:
        """For the link: the port is open. Whatever was before ended with ``lost``."""

    def received(self, data: bytes) -> None:
        """For the link: bytes have come."""
        self._deliver(self._framer.feed(data), Presence.PRESENT)

    def silence(self) -> None:
        """For the link: 50 ms without a byte."""
        self._deliver(self._framer.silence(), Presence.PRESENT)

    def lost(self) -> None:
        """For the link: the port died."""
        self._deliver(self._framer.lost(), Presence.LOST)

    def _deliver(self, found: list[str | Fault], state: Presence) -> None:
        for item in found:
            if isinstance(item, str):
                self._on_scan(RawScan(item, self._name, self._clock.now()))
            elif time.monotonic() - self._told_at >= TELL_EVERY_S:
                self._told_at = time.monotonic()
                self._link.say(state, _told(item), rescan=True)


def _told(fault: Fault) -> Message:
    match fault:
        case Fault.HALF:
            return message("Only part of a code came: scan it again")
        case Fault.TOO_LONG:
            return message("More characters than any code has: check the scanner")
        case Fault.BAD_CHECK | Fault.NOT_TEXT:
            return message("A code came damaged: scan it again")
