"""The one way from other threads to the screen: signals that adapters call as plain functions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from courier_desk.domain.device import DeviceState

if TYPE_CHECKING:  # the log-in page needs the bridge, and no service
    from courier_desk.services.sync_state import SyncState


class Bridge(QObject):
    """Made in the GUI thread; its bound ``emit`` methods are handed to devices, printers and sync as callbacks.

    Connect bound methods of QObjects to its signals, never lambdas: those would run in the thread of the sender.

    Signals:
        scanned(RawScan): a device delivered one code.
        device_changed(DeviceState): a device came, went or failed.
        weighed(object): a scale delivered a stable weight.
        print_job_changed(str): the id of a print job whose state changed.
        queue_changed(QueueStatus): a printer's queue goes, stands, or is held up.
        defect_met(Exception): a fault of our own in a thread of a printer.
        changed(tuple[Change, ...]): what a use case outside the screen changed.
        sync_changed(SyncState): the line to headquarters is another.
        number_stock_changed(int): numbers left in the block of this desk.
    """

    scanned = Signal(object)
    device_changed = Signal(object)
    weighed = Signal(object)
    print_job_changed = Signal(str)
    queue_changed = Signal(object)
    defect_met = Signal(object)
    changed = Signal(object)
    sync_changed = Signal(object)
    number_stock_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: dict[str, DeviceState] = {}
        self._sync: SyncState | None = None
        self.device_changed.connect(self._on_device)
        self.sync_changed.connect(self._on_sync)

    @property
    def devices(self) -> tuple[DeviceState, ...]:
        """What every device said last, for whoever begins to listen later."""
        return tuple(self._devices.values())

    @property
    def sync_state(self) -> "SyncState | None":
        """What was said last of the line to headquarters; None before anything was."""
        return self._sync

    def _on_sync(self, state: "SyncState") -> None:
        self._sync = state

    def _on_device(self, state: DeviceState) -> None:
        # A broken scan is news of a moment: it leaves the device as it was.
        if not state.rescan:
            self._devices[state.name] = state
