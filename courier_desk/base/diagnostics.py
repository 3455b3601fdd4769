"""The diagnostics bundle: what support needs to help, with no personal data and no secret in it."""

import json
import platform
import sys
import zipfile
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path

from courier_desk import __version__
from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.paths import DataFolder
from courier_desk.base.scrubbing import scrub_text, scrub_value
from courier_desk.base.translation import message


def write_bundle(target: Path, folder: DataFolder, facts: Mapping[str, object]) -> Path:
    """A zip file at ``target`` with logs, crash files, settings, versions and ``facts`` (counts, states).

    All of it is scrubbed once more on the way in. Errors: EnvironmentFault when the disk refuses."""
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("facts.json", json.dumps(_facts(facts), ensure_ascii=False, indent=1))
            bundle.writestr("versions.json", json.dumps(_versions(), indent=1))
            for path in [*sorted(folder.logs.glob("*")), folder.settings_file]:
                if path.is_file() and not path.is_symlink():
                    bundle.writestr(path.name, _scrubbed(path))
    except OSError as error:
        raise EnvironmentFault(message("The diagnostics file cannot be written to the disk.")) from error
    return target


def _facts(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: scrub_value(name, value) for name, value in facts.items()}


def _versions() -> dict[str, object]:
    packages = {dist.metadata["Name"]: dist.version for dist in distributions()}
    return {
        "courier-desk": __version__,
        "python": sys.version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": dict(sorted(packages.items())),
    }


def _scrubbed(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    return "\n".join(
        scrub_text(line[start : start + 1000]) for line in text.splitlines() for start in range(0, len(line) or 1, 1000)
    )
