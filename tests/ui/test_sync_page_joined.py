"""The page of headquarters at a desk that has joined: the line, what was refused and why, days, codes, by keys."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from courier_desk.base.errors import UserError
from courier_desk.base.translation import CHINESE, message
from courier_desk.domain.user import Role
from courier_desk.protocol.messages import HistoryReply
from courier_desk.services.exchange_state import LinkState, LinkTrouble, PastStanding
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.sync.station_sync import StationSync
from courier_desk.ui.dialogs.new_code import NewCode
from courier_desk.ui.navigation import Request
from courier_desk.ui.pages.sync import LATEST, OVERVIEW, PARTS, REFUSED, SyncPage
from tests.joined import ADDRESS, JoinedDesk, joined_in
from tests.services.hq_stub import NOW, send
from tests.ui.kit import UiKit, make_kit

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
IN_STEP = SyncState(SyncWord.IDLE, since=NOW)


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[JoinedDesk]:
    with joined_in(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def kit(joined: JoinedDesk, qtbot: QtBot) -> Iterator[UiKit]:
    made = make_kit(joined.desk, Role.SUPERVISOR)
    yield made
    qtbot.waitUntil(lambda: not made.ctx.tasks.busy)


@pytest.fixture
def page(kit: UiKit, qtbot: QtBot) -> SyncPage:
    kit.ctx.bridge.sync_changed.emit(IN_STEP)
    made = SyncPage(kit.ctx)
    qtbot.addWidget(made)
    made.resize(1064, 578)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    return made


def _settle(page: SyncPage, qtbot: QtBot) -> None:
    page._look()
    qtbot.waitUntil(lambda: not page.ctx.tasks.busy)


def _trouble(joined: JoinedDesk, state: LinkState, reason: LinkTrouble) -> None:
    def act() -> None:
        with joined.desk.app.desk.store.write(None) as work:
            work.link.change(state=state, reason=reason)
            work.commit()

    joined.desk.on_db(act)


def _facts(page: SyncPage) -> dict[str, str]:
    return {fact.name: fact.value for fact in page.ui.line_facts.facts}


def test_a_desk_in_step_says_so_with_its_numbers_and_days(page: SyncPage) -> None:
    assert page.ui.line_chip.accessibleName() == "In step"
    assert "Headquarters has everything" in page.ui.line_text.text()
    facts = _facts(page)
    assert facts["Headquarters"] == ADDRESS
    assert facts["Numbers"] == "700 left, for 14 busy days"
    assert facts["Agreed"] == "No day was compared yet"
    assert page.ui.code_card.isHidden()
    assert page.ui.latest_card.isHidden()
    assert [figure.text for figure in page.ui.tally_strip.figures] == ["0", "–", "0", "0", "14"]


def test_a_replaced_desk_says_how_much_of_its_past_is_back(page: SyncPage, joined: JoinedDesk) -> None:
    found = page._found
    assert found is not None
    for past, said in (
        (PastStanding(300, 2300, True, 0), "300 of 2,300 operations are back"),
        (PastStanding(20, 0, True, 0), "20 operations are back; more come"),
        (PastStanding(2300, 2300, False, 2), "all of it is back"),
        (
            PastStanding(300, 300, False, 0, date(2026, 9, 24)),
            "all of it is back, from 2026-09-24 on; older days are no longer on line",
        ),
    ):
        page._on_read(replace(found, standing=replace(found.standing, past=past)))
        assert _facts(page)["The past"] == said


def test_off_line_says_what_is_in_the_way_since_when_and_holds_nobody_up(
    page: SyncPage, joined: JoinedDesk, kit: UiKit, qtbot: QtBot
) -> None:
    joined.desk.accept()
    why = message("The network asks for its own log-in: open a web browser and log in there.")
    later = NOW + timedelta(minutes=1)
    state = SyncState(SyncWord.OFFLINE, 2, since=NOW, fault=why, contact_at=NOW, retry_at=later)
    kit.ctx.bridge.sync_changed.emit(state)
    assert page.ui.line_chip.accessibleName() == "Off line 2"
    assert "own log-in" in page.ui.line_text.text()
    assert "Nobody has to wait" in page.ui.line_text.text()
    assert page.ui.line_note.text() == "since 11-22 17:00:00  ·  last answer 11-22 17:00:00  ·  next try 11-22 17:01:00"
    qtbot.waitUntil(lambda: page.ui.tally_strip.figures[0].text != "0")
    assert page.ui.verify_button.isEnabled()
    kit.language.use(CHINESE)
    qtbot.waitUntil(lambda: page.ui.line_chip.accessibleName() == "离线 2")


def test_send_now_does_not_wait_for_the_next_try(page: SyncPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(StationSync, "retry", lambda _sync: asked.append(1))
    QTest.keyClick(page, Key.Key_S, ALT)
    assert asked == [1]


def test_what_was_refused_says_why_and_what_to_do_and_how_it_was_settled(
    page: SyncPage, joined: JoinedDesk, kit: UiKit, qtbot: QtBot
) -> None:
    joined.hq.parks["order.accepted"] = "number_used"
    order = joined.desk.accept()
    send(joined.desk, joined.hq)
    _settle(page, qtbot)
    QTest.keyClick(page, Key.Key_2, ALT)
    table = page._panels[REFUSED].table
    assert table.hasFocus()
    [cells] = [table.rows_model.texts(row) for row in table.rows_model.rows]
    assert cells[0] == "Not settled"
    assert cells[1].replace(" ", "") == order.number
    assert cells[2] == "Order accepted"
    assert "same number" in cells[4]
    assert "make the order void" in cells[5]
    told = {fact.name: fact.value for fact in page.refused_facts.facts}
    assert told["Headquarters says"] == "why"
    assert page.ui.refused_button.text().startswith("Refused 1")
    assert page.ui.line_chip.accessibleName() == "Refused 1"
    row = table.rows_model.rows[0]
    said = {"op_id": row.op_id, "how": "amended", "text": "A new label was made."}
    joined.hq.tell("operation.settled", row.op_id, said)
    joined.news()
    _settle(page, qtbot)
    cells = table.rows_model.texts(table.rows_model.rows[0])
    assert (cells[0], cells[5]) == ("Mended", "A new label was made.")
    assert page.ui.line_chip.accessibleName() == "In step"


def test_unknown_news_are_kept_aside_and_shown(page: SyncPage, joined: JoinedDesk, qtbot: QtBot) -> None:
    joined.hq.tell("desk.merge_proposed", "x", {"anything": 1})
    joined.news()
    _settle(page, qtbot)
    QTest.keyClick(page, Key.Key_3, ALT)
    table = page._panels["aside"].table
    [cells] = [table.rows_model.texts(row) for row in table.rows_model.rows]
    assert cells[2] == "desk.merge_proposed"
    assert "does not know it yet" in cells[4]
    assert _facts(page)["Kept aside"] == "1 for a newer program"


def test_the_past_of_a_replaced_desk_shows_how_much_is_back_and_what_did_not_fit(
    page: SyncPage, joined: JoinedDesk, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("operation kept aside")
    assert "The past" not in {name for name, value in _facts(page).items() if value}
    history = joined.desk.services.history
    history.admit(HistoryReply(operations=["{}"], mark="m", more=True, total=253000))
    _settle(page, qtbot)
    QTest.keyClick(page, Key.Key_3, ALT)
    table = page._panels["aside"].table
    [cells] = [table.rows_model.texts(row) for row in table.rows_model.rows]
    assert (cells[0], cells[4][:17]) == ("–", "It cannot be read")
    assert _facts(page)["The past"] == "1 of 253,000 operations are back"
    assert _facts(page)["Kept aside"] == "1 of the past"
    history.admit(HistoryReply(operations=[], mark="n", more=False))
    _settle(page, qtbot)
    assert _facts(page)["The past"] == "all of it is back"


def test_a_day_that_differs_shows_the_counts_of_both_sides(page: SyncPage, joined: JoinedDesk, qtbot: QtBot) -> None:
    ours = '[{"kind":"scan.recorded","count":7,"digest":"aa"},{"kind":"order.accepted","count":2,"digest":"cc"}]'
    theirs = '[{"kind":"scan.recorded","count":6,"digest":"bb"},{"kind":"order.accepted","count":2,"digest":"cc"}]'
    day = NOW.date() - timedelta(days=1)

    def act() -> None:
        with joined.desk.app.desk.store.write(None) as work:
            work.proofs.answer(day, False, ours, theirs, NOW)
            work.proofs.answer(day - timedelta(days=1), True, ours, ours, NOW)
            work.commit()

    joined.desk.on_db(act)
    _settle(page, qtbot)
    QTest.keyClick(page, Key.Key_4, ALT)
    table = page._panels["proofs"].table
    first, second = (table.rows_model.texts(row) for row in table.rows_model.rows)
    assert first[:3] == (day.isoformat(), "Different", "Scan: 7 here, 6 there")
    assert second[1] == "Agreed"
    assert _facts(page)["Agreed"] == f"{day.isoformat()}: both sides differ"


def test_reference_data_in_use_are_listed_by_key(page: SyncPage) -> None:
    QTest.keyClick(page, Key.Key_5, ALT)
    table = page._panels["references"].table
    shown = {table.rows_model.texts(row)[0]: table.rows_model.texts(row)[2] for row in table.rows_model.rows}
    assert shown["Price list"] == "In use"
    assert shown["People"] == "In use"


def test_every_part_opens_by_its_key_and_comes_back_with_the_tab(page: SyncPage, kit: UiKit, qtbot: QtBot) -> None:
    for place, part in enumerate(PARTS, start=1):
        QTest.keyClick(page, Key(Key.Key_0 + place), ALT)
        assert page.ui.parts_stack.currentIndex() == place - 1
        assert page._part_buttons[part].isChecked()
    assert page.snapshot() == {"part": LATEST}
    page.restore({"part": OVERVIEW})
    assert page.snapshot() == {"part": OVERVIEW}
    page.restore({"part": "nonsense"})
    assert page.snapshot() == {"part": OVERVIEW}


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (LinkTrouble.DIVERGED, "disk was cloned"),
        (LinkTrouble.SET_BACK, "old copy of the data"),
        (LinkTrouble.FENCED, "entered anew on another computer"),
        (LinkTrouble.OTHER_MACHINE, "moved to this computer"),
        (LinkTrouble.NOT_KNOWN, "does not know this desk"),
    ],
)
def test_a_desk_that_needs_a_code_says_why(
    page: SyncPage, joined: JoinedDesk, qtbot: QtBot, reason: LinkTrouble, said: str
) -> None:
    _trouble(joined, LinkState.NEEDS_CODE, reason)
    _settle(page, qtbot)
    assert page.ui.code_card.isVisible()
    assert said in page.ui.code_text.text()


def test_a_new_code_is_entered_by_keys_and_refused_at_its_field(
    page: SyncPage, joined: JoinedDesk, kit: UiKit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers: list[Future[None]] = [Future(), Future()]

    def rejoin(_sync: StationSync, code: str) -> "Future[None]":
        asked.append(code)
        return answers[len(asked) - 1]

    monkeypatch.setattr(StationSync, "rejoin", rejoin)
    QTest.keyClick(page, Key.Key_C, ALT)
    assert QApplication.activeModalWidget() is None
    _trouble(joined, LinkState.NEEDS_CODE, LinkTrouble.DIVERGED)
    _settle(page, qtbot)
    QTest.keyClick(page, Key.Key_C, ALT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewCode)
    assert "cloned" in dialog.ui.why_label.text()
    edit = dialog.ui.code_edit
    QTest.keyClicks(edit, "abcd")
    QTest.keyClick(edit, Key.Key_Return)
    assert "these are 4" in dialog.ui.code_error.toolTip()
    QTest.keyClicks(edit, "efghjkmn")
    QTest.keyClick(edit, Key.Key_Return)
    assert asked == ["ABCDEFGHJKMN"]
    QTest.keyClick(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    answers[0].set_exception(UserError(message("Headquarters does not take this code."), field="code"))
    qtbot.waitUntil(lambda: "does not take" in dialog.ui.code_error.toolTip())
    assert edit.selectedText() == edit.text()
    QTest.keyClick(edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answers[1].set_result(None)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert kit.reports == []


def test_the_status_bar_says_one_word_and_one_number_and_leads_to_the_page(
    joined: JoinedDesk, kit: UiKit, qtbot: QtBot
) -> None:
    window = kit.window()
    qtbot.addWidget(window)

    def said() -> tuple[str, str]:
        status = window.strip.status("sync")
        assert status is not None
        return str(status.text), status.tone

    for state, shown in (
        (IN_STEP, ("In step", "muted")),
        (SyncState(SyncWord.SENDING, 12), ("Waiting 12", "info")),
        (SyncState(SyncWord.OFFLINE, 12), ("Off line 12", "warn")),
        (SyncState(SyncWord.OFFLINE), ("Off line", "warn")),
        (SyncState(SyncWord.REFUSED, 3), ("Refused 3", "bad")),
        (SyncState(SyncWord.IDLE, clock_off_s=-1200), ("In step", "warn")),
    ):
        kit.ctx.bridge.sync_changed.emit(state)
        assert said() == shown
    assert window.strip.status("network") is None
    window.strip.pressed.emit("sync")
    qtbot.waitUntil(lambda: isinstance(window.tabs.front, SyncPage))
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    window.log_out()


def test_a_desk_that_needs_a_code_has_a_banner_that_leads_to_the_question_and_goes_by_itself(
    joined: JoinedDesk, kit: UiKit, qtbot: QtBot
) -> None:
    window = kit.window()
    qtbot.addWidget(window)
    _trouble(joined, LinkState.NEEDS_CODE, LinkTrouble.FENCED)
    kit.ctx.bridge.sync_changed.emit(SyncState(SyncWord.NEEDS_CODE, 4))
    [banner] = window.messages.banners
    assert "new one-time code" in str(banner.text)
    kit.ctx.bridge.sync_changed.emit(SyncState(SyncWord.NEEDS_CODE, 5))
    assert len(window.messages.banners) == 1
    assert banner.act is not None
    banner.act()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), NewCode))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewCode)
    dialog.reject()
    _trouble(joined, LinkState.JOINED, LinkTrouble.NONE)
    window.status.look()
    kit.ctx.bridge.sync_changed.emit(IN_STEP)
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy and not window.messages.banners)
    window.log_out()


def test_refused_operations_and_few_numbers_are_reminded_of(joined: JoinedDesk, kit: UiKit, qtbot: QtBot) -> None:
    joined.hq.parks["order.accepted"] = "bad_body"
    joined.desk.accept()
    send(joined.desk, joined.hq)
    window = kit.window()
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: any(each.request == _REFUSED_PAGE for each in window.reminders.open))
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    window.log_out()


_REFUSED_PAGE = Request("sync", {"part": REFUSED})


def test_a_low_window_keeps_the_line_and_the_question(joined: JoinedDesk, kit: UiKit, qtbot: QtBot) -> None:
    _trouble(joined, LinkState.NEEDS_CODE, LinkTrouble.DIVERGED)
    window = kit.window()
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.tabs.front is not None)
    page = window.open_page(Request("sync"))
    assert isinstance(page, SyncPage)
    qtbot.waitUntil(page.ui.code_card.isVisible)
    assert page.ui.side_part.isVisible()
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: not page.ui.side_part.isVisible())
    assert page.ui.line_card.isVisible()
    assert page.ui.code_button.isVisible()
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    window.log_out()


def test_personal_data_stand_nowhere_on_the_page(page: SyncPage, joined: JoinedDesk, qtbot: QtBot) -> None:
    order = joined.desk.accept()
    joined.hq.parks["order.accepted"] = "bad_body"
    send(joined.desk, joined.hq)
    _settle(page, qtbot)
    shown = [
        text
        for panel in page._panels.values()
        for row in panel.table.rows_model.rows
        for text in panel.table.rows_model.texts(row)
    ]
    assert any(order.number in text.replace(" ", "") for text in shown)
    for secret in ("13812345678", "李晓梅", "欧阳娜娜", "s" * 40):
        assert not any(secret in text for text in shown)


def test_a_standing_without_numbers_is_told_in_red(kit: UiKit, joined: JoinedDesk, qtbot: QtBot) -> None:
    window = kit.window()
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: not kit.ctx.tasks.busy)
    line = window.status._line
    assert line is not None
    standing = replace(joined.desk.services.exchange.standing(), numbers_left=0, numbers_days=0, numbers_low=True)
    line.show_standing(standing)
    status = window.strip.status("stock")
    assert status is not None
    assert status.tone == "bad"
    window.log_out()
