"""Where things lie: the program's own assets, and the data folder of one station."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


def asset(name: str) -> Path:
    """The path of a file or folder of ``resources/`` in a checkout, a wheel or a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "courier_desk" / "assets" / name
    packaged = Path(__file__).parent.parent / "assets" / name
    if packaged.exists():
        return packaged
    return Path(__file__).parent.parent.parent / "resources" / name


def default_data_folder() -> Path:
    """The folder of the one station on this machine; COURIER_DESK_DATA names another."""
    named = os.environ.get("COURIER_DESK_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir("courier-desk", appauthor=False))


def trial_folder() -> Path:
    """Where a headquarters that is only tried out keeps its data. Root's own folder is closed to others, and PostgreSQL
    does not run as root."""
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/courier-desk-hq-trial")
    return Path(platformdirs.user_data_dir("courier-desk-hq", appauthor=False))


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The files of one station. The anchor lies outside the database on purpose (reliability.md)."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "station.db"

    @property
    def anchor(self) -> Path:
        return self.root / "anchor" / "anchor.json"

    @property
    def key_file(self) -> Path:
        return self.root / "station.key"

    @property
    def lock_file(self) -> Path:
        return self.root / "desk.lock"

    @property
    def settings_file(self) -> Path:
        return self.root / "station.toml"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def paper(self) -> Path:
        """Where a printer that is a folder puts its PDF files."""
        return self.root / "paper"
