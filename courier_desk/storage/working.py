"""What a repository needs of the transaction it works in."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection


class Working(Protocol):
    """``house`` holds the columns every row carries: station_id, desk_id, row_version, business_date."""

    @property
    def connection(self) -> Connection: ...
    @property
    def house(self) -> dict[str, Any]: ...
    @property
    def now(self) -> datetime: ...
    @property
    def operator_id(self) -> str: ...
    @property
    def operator_name(self) -> str: ...
