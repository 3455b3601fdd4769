"""The one thread that every device has: finds it, serves it, looks for it again when it is gone."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable

from courier_desk.base.translation import Message, message
from courier_desk.domain.device import DeviceKind, DeviceState, Presence

# A device that was plugged in again is back within the longest of these, well under three seconds.
BACK_OFF_S = (0.1, 0.2, 0.4, 0.8, 1.0)
JOIN_S = 3.0


class DeviceThread(ABC):
    """Serves one device until ``stop``. Callbacks come in this thread; after ``stop`` none comes."""

    def __init__(self, name: str, kind: DeviceKind, on_state: Callable[[DeviceState], None]) -> None:
        self.name = name
        self._kind = kind
        self._on_state = on_state
        self._said: DeviceState | None = None
        self._stopping = threading.Event()
        self._again = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device {name}", daemon=True)

    def start(self) -> None:
        """Begin to look for the device; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self._again.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def wake(self) -> None:
        """A port has come: try now instead of after the pause."""
        self._again.set()

    @abstractmethod
    def _serve(self) -> bool:
        """Open the device and serve it until it is lost or ``_stopping`` is set; False when it could not be opened.
        What went wrong is said by ``_say``."""

    def _say(self, state: Presence, text: Message, *, rescan: bool = False) -> None:
        """Tell of a change: the same news is told once. A broken code is an event beside it, told each time."""
        news = DeviceState(self.name, self._kind, state, text, rescan)
        if self._stopping.is_set() or news == self._said:
            return
        if not rescan:
            self._said = news
        self._on_state(news)

    def _run(self) -> None:
        tries = 0
        try:
            while not self._stopping.is_set():
                self._again.clear()
                tries = 0 if self._serve() else tries + 1
                if not self._stopping.is_set():
                    self._again.wait(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
        except BaseException:
            # A defect of ours ends the thread, by way of threading.excepthook; the person must not trust the device.
            self._say(Presence.ERROR, message("Stopped by a fault in the program; start it again"))
            raise
