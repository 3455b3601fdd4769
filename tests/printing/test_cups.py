"""The system's print queues for real: a private CUPS of the test, with queues that write into a file."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.printing.backends import backend_for, render
from courier_desk.printing.preview import page_picture, read_back
from courier_desk.printing.printers import Condition, PrinterKind, PrinterLanguage, PrinterSpec, Sent
from courier_desk.printing.queue_printer import system_queues
from tests.fakes_printer import read_zpl
from tests.patience import PATIENCE_S, until
from tests.printing.papers import label

_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
_PROGRAMS = {name: shutil.which(name, path=_PATH) for name in ("cupsd", "lpadmin", "lp", "lpstat", "cupsdisable")}
_MISSING = sorted(name for name, path in _PROGRAMS.items() if path is None)

pytestmark = [
    pytest.mark.skipif(bool(_MISSING), reason=f"no CUPS on this machine: {', '.join(_MISSING)}"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a private CUPS is started as root"),
]

_CONF = """
Listen {socket}
LogLevel warn
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {root}/etc
ServerBin {root}/bin
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
"""
# A back end of CUPS: what the printer gets is put where the queue's address says.
_KEEP = """#!/bin/sh
[ $# -eq 0 ] && exit 0
cat "${6:--}" > "${DEVICE_URI#keep:}"
"""


def _run(name: str, *arguments: str) -> None:
    subprocess.run([str(_PROGRAMS[name]), *arguments], check=True, capture_output=True, timeout=PATIENCE_S)


@pytest.fixture(scope="module")
def cups() -> Iterator[Path]:
    """A CUPS of our own with two queues, ``labels`` (raw) and ``office``, that write into files of these names."""
    # Its jobs run as another user, who must be able to walk here.
    root = Path(tempfile.mkdtemp(prefix="courier-desk-cups-"))
    root.chmod(0o755)
    for folder in ("etc", "spool", "cache", "state", "tmp", "paper"):
        (root / folder).mkdir()
        (root / folder).chmod(0o777)
    (root / "bin" / "backend").mkdir(parents=True)
    (root / "bin" / "backend" / "keep").write_text(_KEEP)
    (root / "bin" / "backend" / "keep").chmod(0o755)
    (root / "bin" / "daemon").symlink_to("/usr/lib/cups/daemon")
    socket = root / "cups.sock"
    (root / "cupsd.conf").write_text(_CONF.format(socket=socket))
    (root / "cups-files.conf").write_text(_FILES.format(root=root))
    daemon = subprocess.Popen(
        [str(_PROGRAMS["cupsd"]), "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    patch = pytest.MonkeyPatch()
    patch.setenv("CUPS_SERVER", str(socket))
    try:
        until(socket.exists)
        for queue in ("labels", "office"):
            _run("lpadmin", "-p", queue, "-E", "-v", f"keep:{root}/paper/{queue}", "-m", "raw")
        yield root / "paper"
    finally:
        patch.undo()
        daemon.terminate()
        daemon.wait(PATIENCE_S)
        shutil.rmtree(root)


def _spec(kind: PrinterKind, queue: str, language: PrinterLanguage) -> PrinterSpec:
    return PrinterSpec("P", kind, queue, language)


def test_a_raw_queue_passes_the_label_on_untouched(cups: Path) -> None:
    spec = _spec(PrinterKind.RAW, "labels", PrinterLanguage.ZPL)
    data = render(label(), spec)
    way = backend_for(spec)
    assert way.status().condition is Condition.CANNOT_SAY
    assert way.send(data, "CD0000000001233") is Sent.SENT
    until(lambda: (cups / "labels").exists() and (cups / "labels").read_bytes() == data)
    (picture,) = read_zpl((cups / "labels").read_bytes())
    assert {code.text for code in read_back(picture)} == {label().number}


def test_a_system_printer_gets_the_pdf(cups: Path) -> None:
    spec = _spec(PrinterKind.SYSTEM, "office", PrinterLanguage.PDF)
    data = render(label(), spec)
    assert backend_for(spec).send(data, "-t ../x; rm") is Sent.SENT
    until(lambda: (cups / "office").exists() and (cups / "office").read_bytes() == data)
    codes = read_back(page_picture((cups / "office").read_bytes(), 0, 203.2))
    assert {code.text for code in codes} == {label().number}


def test_queues_are_offered_by_name(cups: Path) -> None:
    assert {"labels", "office"} <= set(system_queues())


def test_a_queue_that_was_stopped_or_is_unknown_gets_nothing(cups: Path) -> None:
    _run("cupsdisable", "office")
    way = backend_for(_spec(PrinterKind.SYSTEM, "office", PrinterLanguage.PDF))
    assert way.status().condition is Condition.PAUSED
    with pytest.raises(EnvironmentFault, match="no working print queue"):
        way.send(b"%PDF-1.4", "x")
    assert backend_for(_spec(PrinterKind.RAW, "nothing", PrinterLanguage.ZPL)).status().condition is Condition.GONE
