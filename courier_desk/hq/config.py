"""What a headquarters service is told: environment variables COURIER_HQ_* over a TOML file over the defaults."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from courier_desk.hq.core.retention import LEAST_DAYS

PREFIX = "COURIER_HQ_"
FILE_VARIABLE = "COURIER_HQ_CONFIG"


class BadConfig(Exception):
    """A setting that is missing, unknown or of the wrong type; the text says which and what is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HqConfig:
    """All settings of the service; each may stand in the TOML file, or as COURIER_HQ_<NAME> in the environment."""

    # How PostgreSQL is reached, as libpq writes it: postgresql://user@host/database
    dsn: str
    host: str = "127.0.0.1"
    port: int = 8470
    # How far waybill numbers were ever taken, kept outside PostgreSQL: never restore an old copy of it.
    reserve_file: Path
    # Signs the sessions of headquarters' own people; made at the first start where it is missing.
    session_secret_file: Path
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    processes: int = 1
    # Connections to PostgreSQL, and requests worked on at once, of each process.
    connections: int = 8
    # Batches of operations worked on at once by each process; those that wait too long hear 429.
    pushes_at_once: int = 4
    # One-time codes that one address may get wrong in a minute before it hears 429.
    wrong_codes_a_minute: int = 10
    # The balancer whose X-Forwarded-For is believed, as an address or a list with commas; empty: nobody's.
    trusted_proxy: str = ""
    # How many days of the log of operations, and of the lives of parcels, stay on line; older ones are moved to the
    # schema past, from which they are copied and dropped by hand. 0: nothing ever leaves. Else at least 60.
    log_days: int = 0
    life_days: int = 0
    log_level: str = "info"


def load(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> HqConfig:
    """The settings from ``file`` (else the one that COURIER_HQ_CONFIG names, else none) and the environment.
    Errors: BadConfig."""
    named = environment.get(FILE_VARIABLE)
    place = file or (Path(named) if named else None)
    values = _from_file(place) if place else {}
    values |= {name: environment[PREFIX + name.upper()] for name in _names() if environment.get(PREFIX + name.upper())}
    return from_values(values)


def from_values(values: Mapping[str, Any]) -> HqConfig:
    """The settings of ``values``, texts read as what they have to be. Errors: BadConfig."""
    unknown = sorted(set(values) - _names())
    if unknown:
        raise BadConfig(f"There is no setting {', '.join(unknown)}.")
    missing = [name for name in ("dsn", "reserve_file", "session_secret_file") if not values.get(name)]
    if missing:
        raise BadConfig(f"Not set: {', '.join(missing)} (in the file, or as {PREFIX}{missing[0].upper()}).")
    config = HqConfig(**{name: _read(name, value) for name, value in values.items()})
    if (config.tls_certificate is None) != (config.tls_key is None):
        raise BadConfig("tls_certificate and tls_key go together.")
    return config


def as_environment(config: HqConfig) -> dict[str, str]:
    """The variables from which ``load`` makes the same settings."""
    values = {name: getattr(config, name) for name in _names()}
    return {PREFIX + name.upper(): str(value) for name, value in values.items() if value not in {None, ""}}


def _names() -> set[str]:
    return {field.name for field in fields(HqConfig)}


def _from_file(place: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfig(f"The settings file {place} cannot be read: {error}") from error


_WHOLE = {
    "port": (0, 65535),
    "processes": (1, 64),
    "connections": (2, 100),
    "pushes_at_once": (1, 100),
    "wrong_codes_a_minute": (1, 1_000_000),
    "log_days": (0, 36_500),
    "life_days": (0, 36_500),
}
_DAYS = {"log_days", "life_days"}
_FILES = {"reserve_file", "session_secret_file", "tls_certificate", "tls_key"}


def _read(name: str, value: Any) -> Any:
    if name in _WHOLE:
        least, most = _WHOLE[name]
        if isinstance(value, bool) or not str(value).isascii() or not str(value).isdigit():
            raise BadConfig(f"{name} is a whole number; this is {value!r}.")
        if not least <= int(value) <= most:
            raise BadConfig(f"{name} lies between {least} and {most}; this is {value}.")
        if name in _DAYS and 0 < int(value) < LEAST_DAYS:
            raise BadConfig(f"{name} is 0 (nothing ever leaves) or at least {LEAST_DAYS}; this is {value}.")
        return int(value)
    if not isinstance(value, str):
        raise BadConfig(f"{name} is a text; this is {value!r}.")
    return Path(value) if name in _FILES else value
