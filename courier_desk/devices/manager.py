"""All devices of one desk: started and stopped together, found again wherever they are plugged in."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from courier_desk.base.clock import Clock, SystemClock
from courier_desk.base.errors import UserError
from courier_desk.base.settings import DeviceSetting
from courier_desk.base.translation import message
from courier_desk.devices.ports import PortBook, PortInfo, system_ports
from courier_desk.devices.scales import HidScale, SerialScale
from courier_desk.devices.serial_scanner import SerialScanner
from courier_desk.devices.spec import HID_PROTOCOL, DeviceSpec, from_setting
from courier_desk.domain.device import DeviceKind, DeviceState, Presence
from courier_desk.domain.scan import RawScan
from courier_desk.domain.weighing import Weighing

# While a device is missing the ports are looked up often enough that it is back within three seconds.
LOOK_OFTEN_S = 1.0
LOOK_SELDOM_S = 5.0


class Device(Protocol):
    """What the manager needs of a device."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def wake(self) -> None: ...


class DeviceManager:
    """Owns the devices that the settings name. The callables get every device's news, in that device's thread.
    Keyboard scanners are the screen's matter and are left out here."""

    def __init__(
        self,
        on_scan: Callable[[RawScan], None],
        on_weighing: Callable[[Weighing], None],
        on_state: Callable[[DeviceState], None],
        *,
        clock: Clock | None = None,
        list_ports: Callable[[], Sequence[PortInfo]] = system_ports,
    ) -> None:
        self._on_scan = on_scan
        self._on_weighing = on_weighing
        self._on_state = on_state
        self._clock = clock or SystemClock()
        self._book = PortBook(list_ports)
        self._devices: dict[DeviceSpec, Device] = {}
        self._states: dict[str, DeviceState] = {}
        self._look = threading.Event()
        self._stopping = False
        self._watch = threading.Thread(target=self._run, name="device ports", daemon=True)

    def start(self, specs: Iterable[DeviceSpec] = ()) -> None:
        """Start the devices and the watch over the ports; returns at once. Once in a life."""
        self._watch.start()
        self.use(specs)

    def use(self, specs: Iterable[DeviceSpec]) -> None:
        """Devices as changed in the settings: the same go on, others stop, new ones start. Errors: UserError when two
        have one name, which would make their scans and ports indistinguishable."""
        wanted = [spec for spec in specs if spec.kind is not DeviceKind.KEYBOARD_SCANNER]
        for name, count in Counter(spec.name for spec in wanted).items():
            if count > 1:
                raise _same_name(name)
        for spec in [spec for spec in self._devices if spec not in wanted]:
            self._devices.pop(spec).stop()
            self._states.pop(spec.name, None)
        for spec in wanted:
            if spec not in self._devices:
                self._devices[spec] = self._make(spec)
                self._devices[spec].start()
        self._look.set()

    def use_settings(self, rows: Iterable[DeviceSetting]) -> None:
        """``use`` with the rows of the settings. A row that cannot be, or has the name of one before it, is told as a
        state of its device; the others work."""
        specs: dict[str, DeviceSpec] = {}
        for row in rows:
            try:
                if row.name in specs:
                    raise _same_name(row.name)
                specs[row.name] = from_setting(row)
            except UserError as error:
                kind = DeviceKind.SERIAL_SCALE if row.kind == "scale" else DeviceKind.SERIAL_SCANNER
                self._on_state(DeviceState(row.name, kind, Presence.ERROR, error.message))
        self.use(specs.values())

    def stop(self) -> None:
        """End every thread and wait for them; no callable is called afterwards."""
        self._stopping = True
        self._look.set()
        for device in self._devices.values():
            device.stop()
        if self._watch.is_alive():
            self._watch.join()

    def states(self) -> tuple[DeviceState, ...]:
        """How each device fares, in the order of the settings; one that was not heard of yet is left out."""
        known = dict(self._states)
        return tuple(known[spec.name] for spec in list(self._devices) if spec.name in known)

    def ports(self) -> tuple[PortInfo, ...]:
        """The ports of the machine as last looked up, for the settings page."""
        return self._book.ports

    def _make(self, spec: DeviceSpec) -> Device:
        if spec.kind is DeviceKind.SERIAL_SCANNER:
            return SerialScanner(spec, self._on_scan, self._heard, book=self._book, clock=self._clock)
        if spec.protocol == HID_PROTOCOL:
            return HidScale(spec, self._on_weighing, self._heard, clock=self._clock)
        return SerialScale(spec, self._on_weighing, self._heard, book=self._book, clock=self._clock)

    def _heard(self, state: DeviceState) -> None:
        if not state.rescan:
            self._states[state.name] = state
            if state.state is not Presence.PRESENT:
                self._look.set()
        self._on_state(state)

    def _run(self) -> None:
        while not self._stopping:
            if self._book.refresh():
                for device in list(self._devices.values()):
                    device.wake()
            missing = any(state.state is not Presence.PRESENT for state in list(self._states.values()))
            self._look.wait(LOOK_OFTEN_S if missing else LOOK_SELDOM_S)
            # Only now, with the look to come: cleared any earlier, the bell that ends the watch could go unheard.
            self._look.clear()


def _same_name(name: str) -> UserError:
    return UserError(message("Two devices have the name {name}", name=name), field="name")
