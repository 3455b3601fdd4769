"""The spooler: strict order, nothing lost, nothing twice without a mark and a person, whatever the printer does."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace

import pytest

from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.lanes import WorkLane
from courier_desk.base.translation import message
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.print_job import PrintState
from courier_desk.printing.backends import render
from courier_desk.printing.printer_thread import QueueState
from courier_desk.printing.printers import PrinterSpec
from courier_desk.services.printing_ports import Job, Paper
from tests.fakes_printer import read_zpl
from tests.patience import until
from tests.printing.papers import handover, label
from tests.printing.spooler_desk import QUICK, TIMING, Desk, at_once, done, job, numbers
from tests.printing.spooler_person import Person


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()
    assert [error for printer in made.printers.values() for error in printer.errors] == []


def test_papers_come_out_in_order_and_each_step_is_told(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", *(job(serial) for serial in range(5)))
    desk.start()
    until(lambda: done(desk))
    assert numbers(printer) == [f"CD{serial:013d}" for serial in range(5)]
    steps = [state for job_id, state in desk.queue.history if job_id == "j3"]
    assert steps == [PrintState.SENDING, PrintState.PRINTED]
    # A step is told after it was recorded.
    until(lambda: desk.changed == [job_id for job_id, _state in desk.queue.history])


def test_a_new_paper_is_printed_when_the_spooler_is_told(desk: Desk) -> None:
    printer = desk.printer("L1")
    spooler = desk.start()
    time.sleep(0.1)
    desk.queue.add("L1", job(1))
    spooler.wake("L1")
    until(lambda: len(printer.printed) == 1)


def test_an_idle_queue_is_looked_at_now_and_then_without_being_told(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.start(timing=replace(TIMING, idle_s=0.05))
    time.sleep(0.1)
    desk.queue.add("L1", job(1))
    until(lambda: len(printer.printed) == 1)


def test_a_printer_without_paper_holds_its_queue_and_goes_on_by_itself(desk: Desk) -> None:
    printer = desk.printer("L1")
    printer.troubles.paper_out = True
    desk.queue.add("L1", job(1), job(2))
    desk.start()
    until(lambda: desk.status().state is QueueState.HELD)
    assert desk.queue.states() == {"j1": PrintState.FAILED, "j2": PrintState.WAITING}
    assert "out of paper" in desk.status().text
    assert desk.status().job_id == "j1"
    printer.load_paper()
    until(lambda: done(desk))
    assert numbers(printer) == [f"CD{1:013d}", f"CD{2:013d}"]
    until(lambda: desk.status().state is QueueState.RUNNING)


def test_paper_out_under_a_label_is_told_while_it_waits_in_the_printer(desk: Desk) -> None:
    printer = desk.printer("L1")
    printer.troubles.ends_under_label = True
    desk.queue.add("L1", job(1), job(2))
    desk.start()
    until(lambda: desk.status().state is QueueState.HELD)
    assert desk.queue.states()["j1"] is PrintState.SENDING
    printer.load_paper()
    until(lambda: done(desk))
    assert numbers(printer) == [f"CD{1:013d}", f"CD{2:013d}"]
    until(lambda: desk.status().state is QueueState.RUNNING)


def test_a_cut_off_label_is_unknown_holds_the_queue_and_is_never_sent_again_by_itself(desk: Desk) -> None:
    printer = desk.printer("L1")
    printer.troubles.reset_after_bytes = 1500
    desk.queue.add("L1", job(1), job(2))
    spooler = desk.start()
    until(lambda: desk.queue.states()["j1"] is PrintState.UNKNOWN and desk.status().state is QueueState.HELD)
    spooler.resume("L1")
    until(lambda: desk.status().state is QueueState.HELD)
    assert printer.printed == []
    assert desk.queue.history.count(("j1", PrintState.SENDING)) == 1
    assert "Look whether" in desk.status().text
    desk.queue.settle("j1", PrintState.WAITING)
    spooler.resume("L1")
    until(lambda: done(desk))
    assert numbers(printer) == [f"CD{1:013d}", f"CD{2:013d}"]
    marked, plain = (read_zpl(render(paper, desk.spec("L1")))[0] for paper in (_marked(job(1)), job(1).paper))
    assert printer.printed[0].tobytes() == marked.tobytes() != plain.tobytes()


def _marked(one: Job) -> Paper:
    return label(number=one.title, waybill=one.title, reprint="补打")


def test_a_label_that_was_seen_to_come_out_is_not_printed_again(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1, PrintState.UNKNOWN), job(2))
    spooler = desk.start()
    until(lambda: desk.status().state is QueueState.HELD)
    desk.queue.settle("j1", PrintState.PRINTED)
    spooler.resume("L1")
    until(lambda: done(desk))
    assert numbers(printer) == [f"CD{2:013d}"]


def test_a_decision_of_a_person_is_enough_to_go_on(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1, PrintState.UNKNOWN), job(2))
    spooler = desk.start()
    until(lambda: len(desk.heard) == 1)
    assert desk.status().state is QueueState.HELD
    spooler.wake()
    time.sleep(0.1)
    assert len(desk.heard) == 1
    desk.queue.settle("j1", PrintState.CANCELLED)
    spooler.wake()
    until(lambda: desk.queue.states()["j2"] is PrintState.PRINTED)
    until(lambda: desk.status().state is QueueState.RUNNING)
    assert numbers(printer) == [f"CD{2:013d}"]


def test_waking_does_not_try_again_what_failed(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", Job("h", PaperKind.HANDOVER_LIST, "HO1", handover(), PrintState.WAITING), job(2))
    spooler = desk.start()
    until(lambda: desk.status().state is QueueState.HELD)
    steps = list(desk.queue.history)
    for _time in range(5):
        spooler.wake()
        time.sleep(0.03)
    assert desk.queue.history == steps
    assert "another printer" in desk.status().text
    assert printer.printed == []


def test_a_paper_whose_subject_is_gone_holds_the_queue_in_words(desk: Desk) -> None:
    desk.printer("L1")

    def next_job(printer: str) -> Job | None:
        raise UserError(message("There is no such parcel."))

    desk.queue.next = next_job  # type: ignore[method-assign]  # what the real queue says then
    desk.start()
    until(lambda: desk.status().text == "There is no such parcel.")
    assert desk.defects == []


def test_what_a_dead_process_was_sending_asks_and_is_not_sent(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1, PrintState.SENDING), job(2))
    desk.start()
    until(lambda: desk.queue.states()["j1"] is PrintState.UNKNOWN)
    assert "ended" in desk.queue.texts["j1"]
    time.sleep(0.2)
    assert printer.printed == []


def test_a_result_that_could_not_be_recorded_asks_later(desk: Desk) -> None:
    """The disk fills up between the last byte and the record: the label lies there, and nobody prints it again."""
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1), job(2))
    mark = desk.queue.mark

    def fills_up(job_id: str, state: PrintState, text: str) -> None:
        mark(job_id, state, text)
        desk.queue.broken = state is PrintState.SENDING

    desk.queue.mark = fills_up  # type: ignore[method-assign]  # a fault at the very edge
    spooler = desk.start()
    # Held, and looked at again now and then.
    until(lambda: "disk is full" in desk.status().text)
    desk.queue.broken = False
    spooler.resume("L1")
    until(lambda: desk.queue.states()["j1"] is PrintState.UNKNOWN)
    assert numbers(printer) == [f"CD{1:013d}"]


def test_nothing_is_sent_that_cannot_be_recorded(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1))
    desk.queue.broken = True
    desk.start()
    until(lambda: desk.status().state is QueueState.HELD)
    time.sleep(0.2)
    assert printer.printed == []
    desk.queue.broken = False
    until(lambda: done(desk))


def test_a_paper_that_this_printer_cannot_print_stands_as_failed(desk: Desk) -> None:
    desk.printer("L1")
    desk.queue.add("L1", Job("h", PaperKind.HANDOVER_LIST, "HO1", handover(), PrintState.WAITING), job(2))
    desk.start()
    until(lambda: desk.queue.states()["h"] is PrintState.FAILED)
    assert "another printer" in desk.queue.texts["h"]
    time.sleep(0.2)
    assert desk.queue.states()["j2"] is PrintState.WAITING
    assert desk.defects == []


def test_a_defect_while_drawing_is_told_and_stops_this_queue_only(desk: Desk) -> None:
    desk.printer("L1")
    other = desk.printer("L2")
    desk.queue.add("L1", job(1))
    desk.queue.add("L2", job(2))

    def fails(fn: Callable[[Paper, PrinterSpec], bytes], paper: Paper, spec: PrinterSpec) -> "Future[bytes]":
        if spec.name == "L1":
            return at_once(lambda _paper, _spec: bytes(1 // 0), paper, spec)
        return at_once(fn, paper, spec)

    desk.start(fails)
    until(lambda: desk.queue.states() == {"j1": PrintState.FAILED, "j2": PrintState.PRINTED})
    until(lambda: len(desk.defects) == 1)
    assert isinstance(desk.defects[0], ZeroDivisionError)
    until(lambda: desk.status("L1").state is QueueState.HELD)
    assert len(other.printed) == 1


def test_stop_and_resume(desk: Desk) -> None:
    printer = desk.printer("L1", print_s=0.05)
    desk.queue.add("L1", *(job(serial) for serial in range(10)))
    mark = desk.queue.mark

    def stops(job_id: str, state: PrintState, text: str) -> None:
        mark(job_id, state, text)
        if (job_id, state) == ("j2", PrintState.SENDING) and desk.spooler is not None:
            desk.spooler.stop("L1")

    desk.queue.mark = stops  # type: ignore[method-assign]  # somebody presses the key at that moment
    spooler = desk.start()
    # The paper under way comes out, and no other.
    until(lambda: desk.queue.states()["j2"] is PrintState.PRINTED)
    time.sleep(0.3)
    assert len(printer.printed) == 3
    assert desk.status().state is QueueState.STOPPED
    spooler.resume("L1")
    until(lambda: done(desk))
    assert numbers(printer) == [f"CD{serial:013d}" for serial in range(10)]


def test_all_paper_goes_to_the_other_printer_by_one_call(desk: Desk) -> None:
    broken, other = desk.printer("L1"), desk.printer("L2")
    broken.troubles.head_open = True
    desk.queue.add("L1", job(1), job(2), job(3))
    spooler = desk.start()
    until(lambda: desk.status("L1").state is QueueState.HELD)
    assert spooler.move_all("L1", "L2") == 3
    until(lambda: done(desk))
    assert numbers(other) == [f"CD{serial:013d}" for serial in (1, 2, 3)]
    assert broken.printed == []
    with pytest.raises(KeyError):
        spooler.move_all("L1", "no such printer")


def test_a_paper_of_unknown_fate_does_not_move(desk: Desk) -> None:
    desk.printer("L1")
    other = desk.printer("L2")
    desk.queue.add("L1", job(1, PrintState.UNKNOWN), job(2))
    spooler = desk.start()
    until(lambda: desk.status("L1").state is QueueState.HELD)
    assert spooler.move_all("L1", "L2") == 1
    until(lambda: len(other.printed) == 1)
    assert numbers(other) == [f"CD{2:013d}"]
    assert desk.queue.states()["j1"] is PrintState.UNKNOWN


def test_a_job_that_was_cancelled_meanwhile_is_not_printed(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1), job(2))

    def cancels(fn: Callable[[Paper, PrinterSpec], bytes], paper: Paper, spec: PrinterSpec) -> "Future[bytes]":
        if desk.queue.states()["j1"] is PrintState.WAITING:
            desk.queue.settle("j1", PrintState.CANCELLED)
        return at_once(fn, paper, spec)

    desk.start(cancels)
    until(lambda: desk.queue.states()["j2"] is PrintState.PRINTED)
    assert numbers(printer) == [f"CD{2:013d}"]


def test_other_printers_in_the_settings_are_taken_over_while_running(desk: Desk) -> None:
    desk.printer("L1")
    spooler = desk.start()
    second = desk.printer("L2")
    desk.queue.add("L2", job(1))
    spooler.use([desk.spec("L2")])
    until(lambda: len(second.printed) == 1)
    assert [status.printer for status in spooler.statuses()] == ["L2"]


def test_closing_lets_the_label_under_way_come_out(desk: Desk) -> None:
    printer = desk.printer("L1", print_s=0.4)
    desk.queue.add("L1", job(1), job(2))
    spooler = desk.start()
    until(lambda: desk.queue.states()["j1"] is PrintState.SENDING)
    spooler.close()
    assert desk.queue.states() == {"j1": PrintState.PRINTED, "j2": PrintState.WAITING}
    assert len(printer.printed) == 1


def test_labels_are_drawn_on_the_work_lane(desk: Desk) -> None:
    printer = desk.printer("L1")
    desk.queue.add("L1", job(1))
    lane = WorkLane()
    try:
        desk.start(lane.submit)
        until(lambda: done(desk))
    finally:
        desk.close()
        lane.close()
    assert numbers(printer) == [f"CD{1:013d}"]


def _endure(desk: Desk, jobs: int, seed: int) -> None:
    """All jobs come out in order; a second label of a job is always marked, and there is no first one missing."""
    printer = desk.printer("L1")
    desk.queue.add("L1", *(job(serial) for serial in range(jobs)))
    desk.start(patience=QUICK)
    person = Person(desk, printer, seed)
    try:
        until(lambda: done(desk), patience_s=120 + jobs)
    finally:
        person.close()
    assert desk.defects == []
    spec = desk.spec("L1")
    seen: dict[str, int] = {}
    for picture, number in zip(printer.printed, numbers(printer), strict=True):
        plain = read_zpl(render(label(number=number, waybill=number), spec))[0]
        if number in seen:
            assert picture.tobytes() != plain.tobytes(), f"{number} came out twice without a mark"
        seen[number] = seen.get(number, 0) + 1
    assert list(seen) == [f"CD{serial:013d}" for serial in range(jobs)]


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_the_printer_does_nothing_is_lost_and_no_second_label_is_unmarked(desk: Desk, seed: int) -> None:
    _endure(desk, 40, seed)


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_a_thousand_jobs_on_a_bad_printer(desk: Desk) -> None:
    _endure(desk, 1000, 20261122)


def test_a_source_that_is_broken_for_good_does_not_end_the_thread(desk: Desk) -> None:
    printer = desk.printer("L1")
    original = desk.queue.next
    faults = iter([ValueError("defect"), EnvironmentFault(message("gone"), retriable=False)])

    def next_job(printer: str) -> Job | None:
        for fault in faults:
            raise fault
        return original(printer)

    desk.queue.next = next_job  # type: ignore[method-assign]  # a fault at the very edge
    desk.queue.add("L1", job(1))
    spooler = desk.start()
    until(lambda: desk.status().state is QueueState.HELD)
    assert [str(error) for error in desk.defects] == ["defect"]
    spooler.resume("L1")
    until(lambda: desk.status().text == "gone")
    spooler.resume("L1")
    until(lambda: len(printer.printed) == 1)
