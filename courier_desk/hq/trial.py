"""``make hq``: headquarters for trying out, with a sample network, and a PostgreSQL of its own if none is named."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa

from courier_desk.base.clock import SystemClock
from courier_desk.base.paths import trial_folder
from courier_desk.hq import config as settings
from courier_desk.hq.config import PREFIX, HqConfig
from courier_desk.hq.database import migrate, open_engine
from courier_desk.hq.demo import load_demo
from courier_desk.hq.embedded import embedded_postgres
from courier_desk.hq.people import add_person
from courier_desk.hq.serve import serve
from courier_desk.hq.tables.network import STATION

_ADMINISTRATOR = "admin"


def run(file: Path | None, say: Callable[..., None], *, codes: bool = False) -> None:
    """Serve until told to end; the first time the sample network is loaded and its codes are shown, with ``codes`` new
    ones later too. Errors: those of the settings and of the embedded server."""
    folder = trial_folder()
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    defaults = {
        "reserve_file": str(folder / "number-reserve.json"),
        "session_secret_file": str(folder / "session.secret"),
        # Whoever tries it out looks at the codes above, not at each request.
        "log_level": "warning",
    }
    with _database(folder, say) as dsn:
        environment = {f"{PREFIX}{name.upper()}": value for name, value in (defaults | {"dsn": dsn}).items()}
        config = settings.load(environment | {name: value for name, value in os.environ.items() if value}, file)
        for line in prepare(config, codes=codes):
            say(line)
        say(f"\nHeadquarters listens at http://{config.host}:{config.port} (its people: /admin). Ctrl+C ends it.")
        serve(config)


@contextlib.contextmanager
def _database(folder: Path, say: Callable[..., None]) -> Iterator[str]:
    named = os.environ.get(f"{PREFIX}DSN")
    if named:
        yield named
        return
    say(f"PostgreSQL for trying out, with its data in {folder}; COURIER_HQ_DSN names another one.")
    with embedded_postgres(folder) as dsn:
        yield dsn


def prepare(config: HqConfig, *, codes: bool = False) -> Iterator[str]:
    """Tables, sample network, first administrator; what was made, in lines, and nothing where all was there."""
    engine = open_engine(config.dsn, connections=2)
    try:
        migrate(engine)
        with engine.connect() as connection:
            empty = connection.execute(sa.select(sa.func.count()).select_from(STATION)).scalar_one() == 0
        if empty or codes:
            yield from load_network(engine)
        if empty:
            password = add_person(engine, _ADMINISTRATOR, "administrator", SystemClock().now())
            yield f"Headquarters' first administrator: {_ADMINISTRATOR}, first password {password}"
    finally:
        engine.dispose()


def load_network(engine: sa.Engine) -> Iterator[str]:
    """Load the sample network, or only make new codes where it is there; what to type at the desks, in lines."""
    codes = load_demo(engine, SystemClock().now()).codes
    yield "One-time codes of the sample network, valid for seven days:"
    for desk_id, code in codes.items():
        yield f"  {desk_id}: {code}"
