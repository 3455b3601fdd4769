"""Changes reach those who listen for their kind; scans reach whoever is in front, and are never silently dropped."""

from datetime import timedelta

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from courier_desk.base.changes import Change
from courier_desk.domain.scan import RawScan
from courier_desk.ui.change_bus import ChangeBus, Changes
from courier_desk.ui.scan_hub import ScanHub, Scanned
from tests.ui.kit import NOW, plain_code


def _raw(text: str, after_ms: int = 0) -> RawScan:
    return RawScan(text, "gun", NOW + timedelta(milliseconds=after_ms))


class _Taker(QObject):
    def __init__(self, *, takes: bool = True) -> None:
        super().__init__()
        self.takes = takes
        self.got: list[Scanned] = []

    def handle_scan(self, scan: Scanned) -> bool:
        self.got.append(scan)
        return self.takes


def test_a_listener_hears_its_kinds_only(qtbot: QtBot) -> None:
    bus, owner, heard = ChangeBus(), QObject(), list[Changes]()
    bus.listen({"order"}, owner, heard.append)
    bus.publish([Change("order", "1"), Change("bag", "2")])
    bus.publish([Change("bag", "3")])
    assert heard == [(Change("order", "1"),)]


def test_a_listener_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    bus, owner, heard = ChangeBus(), QObject(), list[Changes]()
    bus.listen({"order"}, owner, heard.append)
    shiboken6.delete(owner)
    bus.publish([Change("order", "1")])
    assert heard == []


def test_the_page_in_front_gets_the_scan_then_the_fallback(qtbot: QtBot) -> None:
    hub, page, fallback = ScanHub(plain_code), _Taker(takes=False), _Taker()
    hub.set_front(lambda: page)
    hub.set_fallback(fallback.handle_scan)
    hub.take(_raw("XS1"))
    assert [scan.code.number for scan in page.got] == ["XS1"]
    assert len(fallback.got) == 1


def test_a_dialog_in_front_owns_the_scans_until_it_is_gone(qtbot: QtBot) -> None:
    hub, page, dialog = ScanHub(plain_code), _Taker(), _Taker()
    hub.set_front(lambda: page)
    hub.claim(dialog, dialog)
    hub.take(_raw("XS1"))
    hub.release(dialog)
    hub.take(_raw("XS2"))
    assert [len(dialog.got), len(page.got)] == [1, 1]


def test_what_nobody_takes_is_refused_aloud(qtbot: QtBot) -> None:
    hub, refused = ScanHub(plain_code), []
    hub.refused.connect(lambda scan, locked: refused.append((scan.raw.text, locked)))
    hub.take(_raw("XS1"))
    hub.set_front(_Taker)
    hub.set_locked(True)
    hub.take(_raw("XS2"))
    assert refused == [("XS1", False), ("XS2", True)]


def test_the_same_code_within_the_window_is_a_repeat_and_still_offered(qtbot: QtBot) -> None:
    hub, page = ScanHub(plain_code), _Taker()
    hub.set_front(lambda: page)
    for text, after in (("A", 0), ("A", 300), ("B", 350), ("A", 900)):
        hub.take(_raw(text, after))
    assert [scan.repeat for scan in page.got] == [False, True, False, False]
