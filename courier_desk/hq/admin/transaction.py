"""One transaction for an act and its line in the audit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import sqlalchemy as sa


class _Joined:
    """Looks like an engine to a function that opens its own transaction, and hands it the one that is open."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """The open transaction, which whoever opened it ends."""
        yield self._connection

    connect = begin


def joined(connection: sa.Connection) -> sa.Engine:
    """``connection`` for functions of headquarters that take an engine: what they do is kept together with what else
    is done in this transaction, or not at all."""
    return cast("sa.Engine", _Joined(connection))
