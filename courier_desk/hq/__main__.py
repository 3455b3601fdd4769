"""``python -m courier_desk.hq``: run headquarters, and what has to be done from a shell (settings: ``config.py``)."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from courier_desk.base.clock import SystemClock
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.hq import config as settings
from courier_desk.hq.config import BadConfig, HqConfig
from courier_desk.hq.database import migrate, open_engine
from courier_desk.hq.embedded import CannotStart

ROLES = ("viewer", "operator", "administrator")


def say(*lines: str) -> None:
    """Lines for whoever called the command."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _serve(config: HqConfig, _given: argparse.Namespace) -> None:
    from courier_desk.hq.serve import serve  # noqa: PLC0415 - half a second that the other commands need not wait

    serve(config)


@contextmanager
def _database(config: HqConfig) -> Iterator[sa.Engine]:
    engine = open_engine(config.dsn, connections=1)
    try:
        yield engine
    finally:
        engine.dispose()


def _migrate(config: HqConfig, _given: argparse.Namespace) -> None:
    with _database(config) as engine:
        migrate(engine)
    say("The tables are up to date.")


def _new_epoch(config: HqConfig, given: argparse.Namespace) -> None:
    from courier_desk.hq import network  # noqa: PLC0415
    from courier_desk.hq.core.reserve import NumberReserve  # noqa: PLC0415

    with _database(config) as engine:
        reserve = NumberReserve(config.reserve_file)
        epoch = network.begin_epoch(engine, reserve, given.reason, SystemClock().now(), given.upper)
    say(f"Epoch {epoch} has begun. Desks will send again what this database does not have.")


def _demo(config: HqConfig, _given: argparse.Namespace) -> None:
    from courier_desk.hq.trial import load_network  # noqa: PLC0415

    with _database(config) as engine:
        say(*load_network(engine))


def _add_person(config: HqConfig, given: argparse.Namespace) -> None:
    from courier_desk.hq.people import add_person  # noqa: PLC0415

    with _database(config) as engine:
        password = add_person(engine, given.name, given.role, SystemClock().now())
    say(f"{given.name} ({given.role}), first password: {password}", "It is shown this once, and has to be changed.")


def _code(config: HqConfig, given: argparse.Namespace) -> None:
    from courier_desk.hq import network  # noqa: PLC0415

    with _database(config) as engine:
        code = network.make_code(engine, given.station, given.desk, "shell", SystemClock().now())
    say(f"{given.desk}: {code}", "Valid once, for seven days. Codes that this desk had before are void.")


def _past(config: HqConfig, _given: argparse.Namespace) -> None:
    from courier_desk.hq.core.bring_back import lying  # noqa: PLC0415
    from courier_desk.hq.core.past import Part, begins  # noqa: PLC0415

    with _database(config) as engine, engine.connect() as connection:
        for part in Part:
            first = begins(connection, part)
            say(f"{part.value} is on line from {first or 'its beginning'}.")
        say(*(f"past.{name}" for name in lying(connection)))


def _bring_back(config: HqConfig, given: argparse.Namespace) -> None:
    from courier_desk.hq.core.bring_back import bring_back  # noqa: PLC0415

    with _database(config) as engine:
        back = bring_back(engine, given.day)
    say(f"{len(back)} days are on line again.", "They leave with the next upkeep unless the settings keep them.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m courier_desk.hq", description="Courier Desk headquarters.")
    parser.add_argument("--config", type=Path, metavar="FILE", help="a TOML file; else COURIER_HQ_CONFIG names it")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[HqConfig, argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run, name_of_command=name)
        return made

    command("serve", _serve, "listen until told to end")
    command("migrate", _migrate, "bring the tables up to date")
    epoch = command("new-epoch", _new_epoch, "after the database was set back, before it is served again")
    epoch.add_argument("--reason", required=True, help="why, for those who read it later")
    epoch.add_argument("--upper", type=int, help="only when the number reserve is lost: above every serial ever leased")
    command("demo", _demo, "load the sample network of two stations and show its one-time codes")
    person = command("add-person", _add_person, "add one of headquarters' own people and show the first password")
    person.add_argument("name")
    person.add_argument("--role", choices=ROLES, default="viewer")
    code = command("code", _code, "make a one-time code for a desk")
    code.add_argument("station")
    code.add_argument("desk")
    command("past", _past, "say from which day on the log is on line, and what lies in the schema past")
    back = command("bring-back", _bring_back, "put days back on line, from the schema past")
    back.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="this one and all after it")
    trial = command("try", _serve, "try it out: the sample network, on an embedded PostgreSQL if none is named")
    trial.add_argument("--codes", action="store_true", help="make new one-time codes for the sample network's desks")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what it should, 2 with a line on stderr when it could not."""
    given = _parser().parse_args(arguments)
    try:
        if given.name_of_command == "try":
            from courier_desk.hq.trial import run  # noqa: PLC0415

            run(given.config, say, codes=given.codes)
        else:
            given.run(settings.load(file=given.config), given)
    except (BadConfig, CannotStart, UserError, EnvironmentFault) as error:
        return _fail(str(error))
    except OperationalError as error:
        return _fail(f"PostgreSQL does not answer: {str(error.orig).strip()}")
    except KeyboardInterrupt:
        return 130
    return 0


def _fail(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
