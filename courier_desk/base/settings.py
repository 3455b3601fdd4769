"""The settings of one desk: each option declared once with its default and help, kept in ``station.toml``.

Secrets are never here (they are in the system's key store), nor is reference data (it comes from headquarters).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from pathlib import Path
from typing import Any

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import write_atomically
from courier_desk.base.options import Option, declared, flag, one_of, option, pairs, whole, words
from courier_desk.base.translation import Message, message

# A file that was cut anywhere lacks this last line, even where the rest would still parse.
END_LINE = b"# end of settings\n"


@dataclass(frozen=True, slots=True)
class PrinterSetting:
    """One printer: ``kind`` folder, tcp, raw or system; ``address`` a folder, ``host:port`` or the queue's name."""

    name: str
    kind: str = "folder"
    address: str = ""
    language: str = "pdf"
    dpi: int = 203
    size: str = "100x150"


@dataclass(frozen=True, slots=True)
class DeviceSetting:
    """One serial device: ``kind`` scanner or scale; ``match`` (``VID:PID`` or serial) finds it on another port."""

    name: str
    kind: str = "scanner"
    port: str = ""
    baud: int = 9600
    protocol: str = ""
    match: str = ""


_SIZES = ("76x130", "100x150", "100x180")
_PRINTER_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": words(60),
    "kind": one_of("folder", "tcp", "raw", "system"),
    "address": words(),
    "language": one_of("pdf", "zpl", "tspl"),
    "dpi": one_of(203, 300),
    "size": one_of(*_SIZES),
}
_DEVICE_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": words(60),
    "kind": one_of("scanner", "scale"),
    "port": words(),
    "baud": whole(300, 4_000_000),
    "protocol": words(40),
    "match": words(80),
}


def _table_of(kind: type[Any], checks: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise TypeError(value)
        return tuple(kind(**{key: checks[key](item) for key, item in row.items() if key in checks}) for row in value)

    return read


def _rows(value: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [asdict(row) for row in value]


def _clock_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    time.fromisoformat(value)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """What this desk has chosen. Pairs are (key, value); use ``printer_for`` and ``key_for`` to look them up."""

    language: str = option("", message("Language; empty: the system's"), one_of("", "zh_CN", "en"))
    theme: str = option("system", message("Light, dark, or as the system"), one_of("system", "light", "dark"))
    sounds: bool = option(True, message("Sounds for scan results"), flag)
    sound_volume: int = option(80, message("Loudness of the sounds, percent"), whole(0, 100))
    idle_lock_minutes: int = option(5, message("Minutes without a key until the desk locks"), whole(1, 120))
    password_days: int = option(0, message("Days until a password must be changed; 0: never"), whole(0, 3650))
    day_starts: str = option("05:00", message("When the business day begins, local time"), _clock_text)
    label_size: str = option("100x150", message("Size of waybill labels in millimetres"), one_of(*_SIZES))
    label_dpi: int = option(203, message("Dots per inch of the label printer"), one_of(203, 300))
    label_hides_room: bool = option(True, message("Leave unit and room out of the addresses on labels"), flag)
    paper_language: str = option("zh_CN", message("Language of the paper"), one_of("zh_CN", "en"))
    printers: tuple[PrinterSetting, ...] = option(
        (), message("Printers of this desk"), _table_of(PrinterSetting, _PRINTER_CHECKS), _rows
    )
    paper_printers: tuple[tuple[str, str], ...] = option(
        (), message("The printer for each kind of paper: label, bag_tag, handover_list"), pairs, dict
    )
    spare_printer: str = option("", message("The printer that all paper moves to by one key"), words(60))
    devices: tuple[DeviceSetting, ...] = option(
        (), message("Serial scanners and scales"), _table_of(DeviceSetting, _DEVICE_CHECKS), _rows
    )
    scanner_prefix: str = option("F9", message("The key that a keyboard scanner sends before a code"), words(20))
    scanner_burst: bool = option(False, message("Also take scans without that key, by their speed"), flag)
    scanner_repeat_ms: int = option(
        400, message("Milliseconds within which the same code counts as one scan"), whole(0, 5000)
    )
    hq_address: str = option("", message("Address of headquarters, as it was last typed"), words())
    hq_ca_file: str = option(
        "", message("File of certificates to believe beside the system's, for a company's own headquarters"), words()
    )
    keys: tuple[tuple[str, str], ...] = option((), message("Keys that were changed: function and key"), pairs, dict)

    def printer_for(self, paper: str) -> str:
        """The name of the printer for a kind of paper; empty when none is chosen."""
        return dict(self.paper_printers).get(paper, self.printers[0].name if self.printers else "")

    def key_for(self, function: str, default: str) -> str:
        """The key of ``function``: the changed one, or ``default``."""
        return dict(self.keys).get(function, default)


OPTIONS: tuple[Option, ...] = declared(fields(Settings))


class SettingsStore:
    """``station.toml`` and the copy before it. ``notices`` says after ``load`` what was not as it should be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._previous = path.with_name(path.name + ".previous")
        self.notices: tuple[Message, ...] = ()

    def load(self) -> Settings:
        """The settings; of a torn file the previous copy's, of a wrong option its default: ``notices`` says so.

        Errors: EnvironmentFault when the file is there and cannot be read."""
        self.notices = ()
        document = self._whole(self._path)
        if document is None and (self._path.exists() or self._previous.exists()):
            self.notices = (message("The settings file was damaged; the copy before it is in use."),)
            document = self._whole(self._previous)
            if document is None:
                self.notices = (message("The settings file was damaged; the built-in settings are in use."),)
        return self._settings(document or {})

    def save(self, settings: Settings) -> None:
        """Write the settings, keeping comments and options of other versions. Errors: EnvironmentFault."""
        try:
            current = self._path.read_bytes() if self._whole(self._path) is not None else None
            text = _updated((current or b"").replace(b"\r\n", b"\n").removesuffix(END_LINE).decode(), settings)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if current is not None:
                write_atomically(self._previous, current)
            write_atomically(self._path, text.encode() + END_LINE)
        except OSError as error:
            raise EnvironmentFault(message("The settings cannot be written to the disk.")) from error

    def _whole(self, path: Path) -> dict[str, Any] | None:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise EnvironmentFault(message("The settings cannot be read from the disk.")) from error
        if not content.replace(b"\r\n", b"\n").endswith(END_LINE):
            return None
        try:
            return tomllib.loads(content.decode())
        except (UnicodeDecodeError, tomllib.TOMLDecodeError):
            return None

    def _settings(self, document: Mapping[str, Any]) -> Settings:
        chosen: dict[str, Any] = {}
        for each in OPTIONS:
            if each.name in document:
                try:
                    chosen[each.name] = each.read(document[each.name])
                except (ValueError, TypeError, KeyError, AttributeError):
                    notice = message("The setting {name} is not valid; its default is in use.", name=each.name)
                    self.notices = (*self.notices, notice)
        return replace(Settings(), **chosen)


def _updated(text: str, settings: Settings) -> str:
    """``text`` with the options of ``settings`` set; what is at its default and not in ``text`` stays out."""
    import tomlkit  # noqa: PLC0415  only needed when something is saved

    document = tomlkit.parse(text)
    for each in OPTIONS:
        value = each.write(getattr(settings, each.name))
        known = each.name in document
        if (known and document[each.name] != value) or (not known and value != each.write(each.default)):
            document[each.name] = value
    return tomlkit.dumps(document)
