"""What SQLite says of the disk, in words of ours: disk faults and damaged files become EnvironmentFaults."""

from typing import NoReturn

from sqlalchemy.engine import ExceptionContext

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.translation import Message, message

_PRIMARY_CODE = 0xFF
_READONLY = 8
_DISK = {_READONLY, 10, 13, 14}  # and IOERR, FULL, CANTOPEN
_DAMAGED = {11, 26}  # CORRUPT, NOTADB
# A find table whose pages are damaged says only this.
_BROKEN_FIND_TABLE = "vtable constructor failed"
_BUSY = {5, 6}  # BUSY, LOCKED
_DAMAGED_TEXT = message("The database file is damaged. Stop working and restore the last backup.")


class DatabaseDamaged(EnvironmentFault):
    """A page of the file is not what was written: nothing of it is shown."""

    def __init__(self, text: Message | None = None) -> None:
        super().__init__(text or _DAMAGED_TEXT, retriable=False)


def disk_fault() -> EnvironmentFault:
    """A full disk and an I/O error are one to a person: nothing was saved, make room."""
    return EnvironmentFault(
        message("The disk is full or cannot be written. Nothing of this was saved; make room and try again.")
    )


def fault_of(error: BaseException | None) -> EnvironmentFault | None:
    """The fault behind an error of the driver, or None when it is a defect."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & _PRIMARY_CODE
    if primary in _DISK:
        return disk_fault()
    if primary in _DAMAGED or _BROKEN_FIND_TABLE in str(error):
        return DatabaseDamaged()
    if primary in _BUSY:
        return EnvironmentFault(message("The database is busy with another program. Try again."))
    return None


def translate(context: ExceptionContext) -> None:
    """SQLAlchemy's ``handle_error``: raise the fault instead of the driver's error."""
    fault = fault_of(context.original_exception)
    if fault is not None:
        raise fault from context.original_exception


def translate_reading(context: ExceptionContext) -> None:
    """The same for connections that only read: there, a refused write is a defect and no fault of the disk."""
    refused_write = getattr(context.original_exception, "sqlite_errorcode", None) == _READONLY
    fault = None if refused_write else fault_of(context.original_exception)
    if fault is not None:
        raise fault from context.original_exception


def raise_fault(error: BaseException) -> NoReturn:
    """For calls that go to the driver directly: raise the fault behind ``error``, or ``error`` itself."""
    fault = fault_of(error)
    if fault is not None:
        raise fault from error
    raise error
