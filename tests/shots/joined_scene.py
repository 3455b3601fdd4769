"""A desk that has joined headquarters, in every state that its people may find it in, with the longest data."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from courier_desk.base.translation import message
from courier_desk.services.exchange_state import Alarm, LinkState, LinkTrouble
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.ui.dialogs.new_code import NewCode
from courier_desk.ui.pages.sync import SyncPage
from courier_desk.ui.pages.sync_reasons import trouble_text
from tests.joined import JoinedDesk, joined_in, other_station
from tests.services.hq_stub import send
from tests.shots.busy import fill, longest_draft
from tests.shots.stage import Stage

KEY = "joined"
_LONG_AGO = timedelta(hours=27)
_TEXT = "The routing code 330110-05-A9 of the package centre is not known to headquarters since 2026-11-20."
_PARKED = {
    "order.voided": "number_not_leased",
    "bag.sealed": "unknown_kind",
    "handover.closed": "bad_body",
    "handover.opened": "something_new",
    "approval.given": "wrong_sender",
}


class JoinedStage:
    """A stage with the desk behind it; ``waybill`` is a parcel of another station."""

    def __init__(self, on: Stage, joined: JoinedDesk, waybill: str) -> None:
        self.on, self.joined, self.waybill = on, joined, waybill
        self.now = on.desk.app.clock.now()

    def say(self, word: SyncWord, waiting: int = 0, *, clock_off_s: int = 0) -> None:
        """The line is so."""
        why = message("Who answers cannot prove to be headquarters: the network may ask for its own log-in.")
        since = self.now - (_LONG_AGO if word is not SyncWord.IDLE else timedelta(minutes=4))
        state = SyncState(word, waiting, since, contact_at=since, clock_off_s=clock_off_s)
        if word in (SyncWord.OFFLINE, SyncWord.REFUSED):
            state = replace(state, fault=why, retry_at=self.now + timedelta(seconds=50))
        self.on.kit.ctx.bridge.sync_changed.emit(state)
        self.on.window.status.look()
        self.on.settle()

    def link(self, state: LinkState, reason: LinkTrouble) -> None:
        """What headquarters thinks of the desk."""
        desk = self.on.desk

        def act() -> None:
            with desk.app.desk.store.write(None) as work:
                work.link.change(state=state, reason=reason)
                work.commit()

        desk.on_db(act)


@contextmanager
def joined_stage() -> Iterator[JoinedStage]:
    """A busy evening at a desk that has joined."""
    QSettings().clear()
    with TemporaryDirectory(prefix="courier-desk-shots-") as folder, joined_in(Path(folder) / "desk") as joined:
        fill(joined.desk)
        with other_station(Path(folder) / "other") as other:
            waybill = joined.tell_order(other.take(longest_draft())[1])
        _fill_sync(joined, waybill)
        made = Stage(joined.desk)
        try:
            yield JoinedStage(made, joined, waybill)
        finally:
            made.close()


def _fill_sync(joined: JoinedDesk, waybill: str) -> None:
    joined.hq.parks |= _PARKED
    send(joined.desk, joined.hq)
    standing = joined.desk.services.exchange.standing()
    for row in standing.refused[2:4]:
        said = {"op_id": row.op_id, "how": "retried", "text": _TEXT}
        joined.hq.tell("operation.settled", row.op_id, said)
    piece = f"{waybill}-02"
    joined.tell_event(waybill, "dispatched", "HZ001", "杭州余杭仓前街道示例软件产业园营业部", number=piece)
    joined.tell_event(waybill, "arrived", "SHC", "上海集散中心", number=piece)
    joined.hq.tell("desk.merge_proposed", "x", {"anything": 1})
    joined.hq.tell("parcel.event", waybill, "not what it should be")
    joined.news()
    _answer_days(joined)
    joined.desk.accept()


def _answer_days(joined: JoinedDesk) -> None:
    desk, now = joined.desk, joined.desk.app.clock.now()
    ours = '[{"kind":"handover.closed","count":4,"digest":"a"},{"kind":"scan.recorded","count":1204,"digest":"b"}]'
    theirs = '[{"kind":"handover.closed","count":4,"digest":"c"},{"kind":"scan.recorded","count":1203,"digest":"d"}]'

    def act() -> None:
        with desk.app.desk.store.write(None) as work:
            for back in range(1, 15):
                agrees = back != 3
                work.proofs.answer(_day(now, back), agrees, ours, ours if agrees else theirs, now)
            work.link.change(alarm=Alarm.BROKEN, alarm_at=now - timedelta(hours=2))
            work.commit()

    desk.on_db(act)


def _day(now: datetime, back: int) -> date:
    return now.date() - timedelta(days=back)


def _page(on: JoinedStage, part: str = "overview") -> QWidget:
    page = on.on.open("sync")
    assert isinstance(page, SyncPage)
    page.show_part(part)
    on.on.settle()
    return on.on.window


def _in_step(on: JoinedStage) -> QWidget:
    on.say(SyncWord.IDLE)
    return _page(on)


def _off_line(on: JoinedStage) -> QWidget:
    on.say(SyncWord.OFFLINE, 23_412, clock_off_s=-1800)
    return _page(on)


def _refused(on: JoinedStage) -> QWidget:
    on.say(SyncWord.SENDING, 12)
    return _page(on, "refused")


def _aside(on: JoinedStage) -> QWidget:
    return _page(on, "aside")


def _days(on: JoinedStage) -> QWidget:
    return _page(on, "proofs")


def _references(on: JoinedStage) -> QWidget:
    return _page(on, "references")


def _latest(on: JoinedStage) -> QWidget:
    return _page(on, "latest")


def _parcel(on: JoinedStage) -> QWidget:
    on.on.open("parcel", number=on.waybill)
    return on.on.window


def _found(on: JoinedStage) -> QWidget:
    on.on.open("find", text=longest_draft().recipient.phone)
    on.on.settle()
    return on.on.window


def _needs_code(on: JoinedStage) -> QWidget:
    on.link(LinkState.NEEDS_CODE, LinkTrouble.DIVERGED)
    on.say(SyncWord.NEEDS_CODE, 23_412)
    return _page(on)


def _new_code(on: JoinedStage) -> QWidget:
    return NewCode(on.on.window, on.on.kit.ctx, trouble_text(LinkTrouble.DIVERGED))


SCENES: Mapping[str, Callable[[JoinedStage], QWidget]] = {
    "in step": _in_step,
    "off line": _off_line,
    "refused": _refused,
    "kept aside": _aside,
    "days": _days,
    "reference data": _references,
    "latest": _latest,
    "parcel of another station": _parcel,
    "found": _found,
    "needs a code": _needs_code,
    "new code": _new_code,
}
