"""Scales: readings in, weights out, each judged by the rule of domain.weighing."""

import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.translation import Message, message
from courier_desk.devices.device_thread import DeviceThread
from courier_desk.devices.ports import PortBook
from courier_desk.devices.scale_hid import USAGE_PAGE, read_report
from courier_desk.devices.scale_protocols import PROTOCOLS, ScaleFrames
from courier_desk.devices.serial_link import LinkedDevice, SerialLink
from courier_desk.devices.spec import DeviceSpec
from courier_desk.domain.device import DeviceState, Presence
from courier_desk.domain.weighing import Reading, ScaleCondition, Weighing, WeighingRule

ANSWER_WITHIN_S = 3.0
_REPORT_WAIT_MS = 200

_WORDS: Mapping[ScaleCondition, Message] = {
    ScaleCondition.OVERLOAD: message("Too heavy for this scale"),
    ScaleCondition.UNDERLOAD: message("Less than nothing on the scale: clear it and set it to zero"),
    ScaleCondition.NOT_ZEROED: message("The scale must be set to zero"),
    ScaleCondition.FAULT: message("The scale reports a fault"),
}


class _Judge:
    """Passes readings on: weights with the verdict of the rule, conditions as news of the device."""

    def __init__(self, on_weighing: Callable[[Weighing], None], say: Callable[[Presence, Message], None]) -> None:
        self._on_weighing = on_weighing
        self._say = say
        self._rule = WeighingRule()

    def hear(self, reading: Reading) -> None:
        accepted = self._rule.offer(reading)
        if isinstance(reading, Weighing):
            self._say(Presence.PRESENT, message("Ready"))
            self._on_weighing(replace(reading, accepted=accepted))
        elif reading in _WORDS:
            self._say(Presence.PRESENT, _WORDS[reading])

    def forget(self) -> None:
        self._rule.forget()


class SerialScale(LinkedDevice):
    """One named scale on a serial line. ``on_weighing`` gets every weight, moving ones too; take only what is
    ``accepted``. Both callables are called in the scale's own thread. Errors: KeyError for an unknown protocol."""

    def __init__(
        self,
        spec: DeviceSpec,
        on_weighing: Callable[[Weighing], None],
        on_state: Callable[[DeviceState], None],
        *,
        book: PortBook | None = None,
        clock: Clock | None = None,
    ) -> None:
        protocol = PROTOCOLS[spec.protocol]
        self._clock = clock or SystemClock()
        self._frames = ScaleFrames(protocol, spec.unit)
        self._asked = bool(protocol.request)
        self._heard_at = time.monotonic()
        self._link = SerialLink(spec, book or PortBook(), self, on_state, protocol.request)
        self._judge = _Judge(on_weighing, self._link.say)

    def opened(self) -> None:
        """For the link: the port is open."""
        self._heard_at = time.monotonic()

    def received(self, data: bytes) -> None:
        """For the link: bytes have come."""
        for reading in self._frames.feed(data, self._clock.now()):
            self._heard_at = time.monotonic()
            self._judge.hear(reading)

    def silence(self) -> None:
        """For the link: 50 ms without a byte."""
        self._frames.clear()
        if self._asked and time.monotonic() - self._heard_at > ANSWER_WITHIN_S:
            self._judge.forget()
            self._link.say(Presence.ERROR, message("The scale does not answer"))

    def lost(self) -> None:
        """For the link: the port died."""
        self._frames.clear()
        self._judge.forget()


class HidScale(DeviceThread):
    """One named scale on USB without a serial line. The library for it is optional: where it is missing, the state
    says so. ``spec.match`` (``VID:PID`` or serial number) chooses among several."""

    def __init__(
        self,
        spec: DeviceSpec,
        on_weighing: Callable[[Weighing], None],
        on_state: Callable[[DeviceState], None],
        *,
        clock: Clock | None = None,
        load: Callable[[], Any] = lambda: importlib.import_module("hid"),
    ) -> None:
        super().__init__(spec.name, spec.kind, on_state)
        self._match = spec.match.upper()
        self._clock = clock or SystemClock()
        self._load = load
        self._judge = _Judge(on_weighing, self._say)

    def _serve(self) -> bool:
        try:
            hid = self._load()
        except ImportError:
            self._say(Presence.ERROR, message("USB scales need the package hidapi"))
            return False
        path = next((row["path"] for row in hid.enumerate() if self._fits(row)), None)
        if path is None:
            self._say(Presence.LOST, message("Not connected"))
            return False
        device, opened = hid.device(), False
        try:
            device.open_path(path)
            opened = True
            self._say(Presence.PRESENT, message("Ready"))
            self._read(device)
        except OSError:
            self._judge.forget()
            self._say(Presence.LOST, message("Not connected"))
        finally:
            device.close()
        return opened

    def _read(self, device: Any) -> None:
        while not self._stopping.is_set():
            report = bytes(device.read(64, _REPORT_WAIT_MS))
            if report:
                self._judge.hear(read_report(report, self._clock.now()))

    def _fits(self, row: Mapping[str, Any]) -> bool:
        if row.get("usage_page") != USAGE_PAGE:
            return False
        identity = f"{row['vendor_id']:04X}:{row['product_id']:04X}"
        return self._match in {"", identity, str(row.get("serial_number") or "").upper()}
