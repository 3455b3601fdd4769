"""Python's collector of reference cycles, kept to the GUI thread.

Left to itself it runs in whichever thread happens to allocate, and then takes windows apart in the thread of the
database, where Qt forbids it: a crash now and then, far from its cause.
"""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD_MS = 250


def collect_what_is_due() -> None:
    """Collect the oldest generation that has reached Python's own threshold; nothing if none has."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return


class Collector(QObject):
    """From its making on cycles are collected here and nowhere else. Lives in the GUI thread until the process ends."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()

    def settle(self) -> None:
        """What stands now stands until the end: it need not be walked again in the middle of a scan."""
        gc.freeze()
