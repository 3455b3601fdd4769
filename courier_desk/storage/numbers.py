"""The repositories of number blocks, and of the print queue."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, insert, select, update

from courier_desk.base.clock import from_text, to_text
from courier_desk.domain.number_block import NumberBlock
from courier_desk.domain.paper import PaperKind
from courier_desk.domain.print_job import PrintJob, PrintState
from courier_desk.storage.rows_of_orders import Row
from courier_desk.storage.schema_floor import print_job
from courier_desk.storage.schema_people import number_block
from courier_desk.storage.working import Working

_BLOCK = (
    select(number_block)
    .where(number_block.c.next <= number_block.c.last, number_block.c.prefix == bindparam("wanted"))
    .order_by(number_block.c.first)
    .limit(1)
)
_SAVE_BLOCK = (
    update(number_block)
    .where(number_block.c.id == bindparam("key"))
    .values(next=bindparam("new_next"), row_version=number_block.c.row_version + 1)
)
_STOCK = select(func.coalesce(func.sum(number_block.c.last - number_block.c.next + 1), 0)).where(
    number_block.c.next <= number_block.c.last
)
_PASS_OVER = (
    update(number_block)
    .where(number_block.c.first <= bindparam("highest"), number_block.c.next <= bindparam("highest"))
    .values(next=func.min(number_block.c.last, bindparam("highest")) + 1, row_version=number_block.c.row_version + 1)
)
_ADD_JOB = insert(print_job)
_SAVE_JOB = (
    update(print_job)
    .where(print_job.c.id == bindparam("key"))
    .values(
        state=bindparam("new_state"),
        error=bindparam("new_error"),
        copy=bindparam("new_copy"),
        printer=bindparam("new_printer"),
        changed_at=bindparam("new_changed_at"),
        row_version=print_job.c.row_version + 1,
    )
)
# A paper whose fate is open holds back those behind it: strict order for each printer.
_HEAD = (
    select(print_job)
    .where(
        print_job.c.printer == bindparam("printer_name"),
        print_job.c.state.in_(("waiting", "sending", "failed", "unknown")),
    )
    .order_by(print_job.c.seq)
    .limit(1)
)


class NumberRepository:
    """The desk's number blocks, used in order."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def block(self, prefix: str) -> NumberBlock | None:
        """The first block of this prefix with numbers left."""
        row = self._work.connection.execute(_BLOCK, {"wanted": prefix}).mappings().first()
        return NumberBlock(row["id"], row["prefix"], row["first"], row["last"], row["next"]) if row else None

    def save(self, block: NumberBlock) -> None:
        """Keep how far it is used."""
        self._work.connection.execute(_SAVE_BLOCK, {"key": block.id, "new_next": block.next})

    def add(self, block: NumberBlock) -> None:
        """A fresh block."""
        values = {
            "id": block.id,
            "prefix": block.prefix,
            "first": block.first,
            "last": block.last,
            "next": block.next,
        }
        self._work.connection.execute(insert(number_block), values | self._work.house)

    def pass_over(self, highest: int) -> None:
        """Give no serial up to ``highest`` again."""
        self._work.connection.execute(_PASS_OVER, {"highest": highest})

    def stock(self) -> int:
        """Numbers left in all blocks."""
        return int(self._work.connection.execute(_STOCK).scalar_one())


class PrintJobRepository:
    """The print queue: papers in the order they were asked for."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, job: PrintJob) -> PrintJob:
        """Put a paper at the end of its printer's queue; returns it with its place."""
        values = {
            "id": job.id,
            "kind": job.kind.value,
            "subject": job.subject,
            "printer": job.printer,
            "state": job.state.value,
            "copy": job.copy,
            "reason": job.reason,
            "error": job.error,
            "operator_id": job.operator_id,
            "created_at": to_text(job.created_at),
            "changed_at": to_text(job.changed_at),
        }
        done = self._work.connection.execute(_ADD_JOB, values | self._work.house)
        return job_of(values | {"seq": done.lastrowid})

    def get(self, job_id: str) -> PrintJob | None:
        """The paper with this id."""
        row = self._work.connection.execute(select(print_job).where(print_job.c.id == job_id)).mappings().first()
        return job_of(row) if row else None

    def save(self, job: PrintJob) -> None:
        """Keep its state, printer and error."""
        values = {
            "key": job.id,
            "new_state": job.state.value,
            "new_error": job.error,
            "new_copy": job.copy,
            "new_printer": job.printer,
            "new_changed_at": to_text(job.changed_at),
        }
        self._work.connection.execute(_SAVE_JOB, values)

    def head(self, printer: str) -> PrintJob | None:
        """The first paper of this printer that is not over."""
        row = self._work.connection.execute(_HEAD, {"printer_name": printer}).mappings().first()
        return job_of(row) if row else None

    def copies_of(self, kind: str, subject: str) -> int:
        """How often this paper was asked for before."""
        found = select(func.count()).select_from(print_job)
        found = found.where(print_job.c.subject == subject, print_job.c.kind == kind)
        return int(self._work.connection.execute(found).scalar_one())

    def next_copy(self, kind: str, subject: str) -> int:
        """The mark of the next copy: each number once, and papers that are no copies (the tag of a bag is printed when
        it is opened and when it is sealed) do not count."""
        highest = select(func.coalesce(func.max(print_job.c.copy), 0))
        highest = highest.where(print_job.c.subject == subject, print_job.c.kind == kind)
        return int(self._work.connection.execute(highest).scalar_one()) + 1

    def move_waiting(self, from_printer: str, to_printer: str) -> int:
        """All that waits goes to another printer; returns how many."""
        done = self._work.connection.execute(
            update(print_job)
            .where(print_job.c.printer == from_printer, print_job.c.state.in_(("waiting", "failed")))
            .values(printer=to_printer, state="waiting", row_version=print_job.c.row_version + 1)
        )
        return done.rowcount

    def waiting_for(self, subjects: Sequence[str]) -> Sequence[PrintJob]:
        """Papers of these subjects that have not begun to come out."""
        found = select(print_job).where(print_job.c.subject.in_(subjects), print_job.c.state.in_(("waiting", "failed")))
        return [job_of(row) for row in self._work.connection.execute(found).mappings()]


def job_of(row: Row) -> PrintJob:
    """A PrintJob from its row."""
    return PrintJob(
        id=row["id"],
        kind=PaperKind(row["kind"]),
        subject=row["subject"],
        printer=row["printer"],
        state=PrintState(row["state"]),
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        operator_id=row["operator_id"],
        copy=row["copy"],
        reason=row["reason"],
        error=row["error"],
        seq=row["seq"],
    )
