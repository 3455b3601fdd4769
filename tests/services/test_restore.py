"""An old backup put back: the desk says what is missing, and gives no number, tag or list number a second time."""

import shutil
from collections.abc import Callable
from pathlib import Path

from courier_desk.domain.bag import Bag
from courier_desk.domain.own_number import serial_of
from tests.desk import TestDesk, make_desk, reopen_desk


def _bag(desk: TestDesk) -> Bag:
    return desk.on_db(lambda: desk.services.bags.open(desk.agent, "上海集散中心", "HZ-SH")).bag


def _list_number(desk: TestDesk) -> str:
    return desk.on_db(lambda: desk.services.handovers.open(desk.agent, "HZ-SH")).manifest.number


def _worked_on_after_a_backup(folder: Path) -> tuple[list[str], set[str]]:
    """A station with a backup and later work. Returns the waybill numbers, and the tags and list numbers."""
    desk = make_desk(folder)
    numbers = [desk.accept().number]
    on_paper = {_bag(desk).tag}
    desk.on_db(desk.app.desk.backup_job)()
    numbers += [desk.accept().number for _n in range(3)]
    on_paper |= {_bag(desk).tag, _bag(desk).tag, _list_number(desk)}
    desk.close()
    return numbers, on_paper


def _put_back(folder: Path) -> None:
    """As the administrator's guide says it."""
    for left in folder.glob("station.db*"):
        left.unlink()
    shutil.copy(max((folder / "backups").iterdir()), folder / "station.db")


def test_nothing_that_stands_on_paper_is_given_out_again(tmp_path: Path, expect_log: Callable[[str], None]) -> None:
    expect_log("incident")
    folder = tmp_path / "station"
    numbers, on_paper = _worked_on_after_a_backup(folder)
    _put_back(folder)
    desk = reopen_desk(folder)
    assert [incident.work_lost for incident in desk.app.desk.incidents] == [True]
    given = numbers + [text.lstrip("BAGHO") for text in on_paper]
    assert serial_of(desk.accept().number) == max(map(serial_of, given)) + 1
    assert {_bag(desk).tag, _bag(desk).tag, _list_number(desk)} & on_paper == set()
    desk.close()


def test_the_next_start_after_a_restore_is_an_ordinary_one(tmp_path: Path, expect_log: Callable[[str], None]) -> None:
    expect_log("incident")
    folder = tmp_path / "station"
    numbers, _on_paper = _worked_on_after_a_backup(folder)
    _put_back(folder)
    reopen_desk(folder).close()
    desk = reopen_desk(folder)
    assert desk.app.desk.incidents == ()
    assert desk.accept().number not in numbers
    desk.close()
