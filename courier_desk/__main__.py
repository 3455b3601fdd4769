"""``python -m courier_desk``: the desk itself, or its self-test."""

import argparse
import sys
from pathlib import Path

from courier_desk import __version__
from courier_desk.base.paths import DataFolder, default_data_folder


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("courier_desk", description="Courier Desk, the program of a courier's station.")
    parser.add_argument("--data", type=Path, default=None, help="data folder of the station")
    parser.add_argument("--self-test", action="store_true", help="do the whole journey on a temporary station")
    parser.add_argument("--version", action="version", version=__version__)
    return parser.parse_args(words)


def main() -> int:
    """Run, and return the exit status."""
    chosen = _arguments(sys.argv[1:])
    if chosen.self_test:
        from courier_desk.self_test import run_self_test  # noqa: PLC0415  the desk does not wait for it

        return run_self_test()
    from courier_desk.app import run_desk  # noqa: PLC0415

    return run_desk(DataFolder(chosen.data or default_data_folder()))


if __name__ == "__main__":
    sys.exit(main())
