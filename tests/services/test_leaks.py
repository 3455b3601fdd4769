"""The leak hunt (X21): canaries go through the use cases, then every byte on the disk is searched for them."""

import base64
import json
import logging
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from courier_desk.base.crashes import CrashFiles
from courier_desk.base.errors import UserError
from courier_desk.base.logging import configure, get_logger
from courier_desk.base.settings import SettingsStore
from courier_desk.domain.acceptance import Inspection
from courier_desk.domain.approval import RequestKind
from courier_desk.domain.identity import IdentityKind
from courier_desk.domain.order import GoodsLine
from courier_desk.domain.party import Party
from courier_desk.domain.scan import Operation, RawScan
from courier_desk.services.acceptance import IdentityInput
from courier_desk.services.find import FindSpec
from courier_desk.services.scans import ScanCommand
from tests.desk import PASSWORD, TestDesk, make_desk, ordinary_draft

pytestmark = pytest.mark.logs_freely

SENDER, RECIPIENT = "欧阳金丝雀", "Kanarienvogel"
PHONES = ("13877776666", "13955554444")
IDENTITY = "110101202311012176"
ROOM, GOODS, NOTE, GUESS = "金丝雀路77号502室", "金丝雀羽毛", "Ring the canary twice", "canary-guess-1"
CANARIES = (SENDER, RECIPIENT, *PHONES, IDENTITY, ROOM, GOODS, NOTE, PASSWORD, GUESS)


def _forms(word: str) -> Iterator[bytes]:
    """However a careless writer may have put it down."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield word.encode(encoding)
    yield json.dumps(word)[1:-1].encode()
    yield base64.b64encode(word.encode()).rstrip(b"=")[:-1]


NEEDLES = tuple({form: word for word in CANARIES for form in _forms(word)}.items())


def _found(folder: Path) -> list[str]:
    hits = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        hits += [f"{path.name}: {word}" for form, word in NEEDLES if form in content]
        hits += [f"name of {path.name}: {word}" for word in CANARIES if word in path.name]
    return hits


@pytest.fixture
def log(tmp_path: Path) -> Iterator[None]:
    root = logging.getLogger()
    level = root.level
    handler = configure(tmp_path / "logs", logging.DEBUG)
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()
    structlog.reset_defaults()


def _inspection(desk: TestDesk) -> Inspection:
    typed = IdentityInput(IdentityKind.RESIDENT_ID, IDENTITY)
    proof = desk.on_db(lambda: desk.services.acceptance.check_identity(desk.agent, typed, "visit"))
    return Inspection(contents_seen=True, identity=proof, remark=NOTE)


def _a_day(desk: TestDesk) -> None:
    """The main use cases with canaries in every field that takes words, refusals and defects among them."""
    services, agent = desk.services, desk.agent
    plain = ordinary_draft()
    draft = replace(
        plain,
        sender=Party(SENDER, PHONES[0], SENDER, replace(plain.sender.address, detail=ROOM)),
        recipient=Party(RECIPIENT, PHONES[1], "", replace(plain.recipient.address, detail=ROOM)),
        goods=(GoodsLine(GOODS, 1, 100),),
        note=NOTE,
    )
    desk.on_db(lambda: services.drafts.keep(agent, "form", "order", SENDER, {"phone": PHONES[0], "note": NOTE}))
    inspection = _inspection(desk)
    accepted = desk.on_db(lambda: services.orders.accept(agent, draft, inspection, "form"))
    bad = replace(draft, sender=replace(draft.sender, phone=f"{PHONES[0]}x"))
    with pytest.raises(UserError):
        desk.on_db(lambda: services.orders.accept(agent, bad, inspection))
    wrong = IdentityInput(IdentityKind.RESIDENT_ID, IDENTITY[:-1] + "1")
    with pytest.raises(UserError):
        desk.on_db(lambda: services.acceptance.check_identity(agent, wrong, "visit"))
    for word in CANARIES:
        desk.on_db(lambda word=word: services.find.orders(agent, FindSpec(text=word)))  # type: ignore[misc]
        scanned = ScanCommand(RawScan(word, "gun", datetime.now(UTC)), Operation.COLLECTED, reason=NOTE)
        desk.on_db(lambda scanned=scanned: services.scans.record(agent, scanned))  # type: ignore[misc]
    desk.on_db(lambda: services.find.look(agent, accepted.order_id, NOTE))
    desk.on_db(lambda: services.papers.label(accepted.number))
    with pytest.raises(UserError):
        desk.on_db(lambda: services.auth.log_in(agent.number, GUESS))
    request = desk.on_db(lambda: services.cancelling.ask(agent, RequestKind.VOID, accepted.order_id, NOTE))
    word = desk.on_db(lambda: services.approvals.give(agent, request, agent.number, PASSWORD))
    desk.on_db(lambda: services.cancelling.void(agent, request, word))
    desk.on_db(lambda: services.acceptance.refuse(agent, "other", "held", NOTE))
    desk.on_db(desk.app.desk.backup_job)()


def _defects(folder: Path) -> None:
    """What a programmer's slip would log, and a crash with everything in its local variables."""
    crashes = CrashFiles(folder)
    person = {"name": SENDER, "phone": PHONES[0], "identity": IDENTITY}
    try:
        person[ROOM]
    except KeyError as error:
        crashes.write(error, "here")
        get_logger("desk").error("defect", error=error, recipient_phone=PHONES[1], note=NOTE)


def test_no_canary_is_on_the_disk_outside_the_encrypted_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: None
) -> None:
    desk = make_desk(tmp_path / "station")
    spare = tmp_path / "temporary"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    monkeypatch.setenv("TMPDIR", str(spare))
    try:
        _a_day(desk)
        _defects(tmp_path / "logs")
        settings = SettingsStore(desk.app.folder.settings_file)
        settings.save(settings.load())
        alive = _found(tmp_path)
    finally:
        desk.close()
    assert alive == []
    assert _found(tmp_path) == []
    assert list(desk.app.folder.backups.iterdir())
    assert list(desk.app.folder.anchor.parent.iterdir())
    assert "defect" in "".join(p.read_text(encoding="ascii") for p in (tmp_path / "logs").glob("*.log"))




def test_the_hunt_finds_what_is_there(tmp_path: Path) -> None:
    """Switched off, every way of hiding would be seen."""
    (tmp_path / "a.log").write_text(json.dumps({"name": SENDER}), encoding="ascii")
    (tmp_path / "b.db").write_bytes(b"\x00" + SENDER.encode("utf-16-le"))
    (tmp_path / "c.txt").write_bytes(zlib.compress(b"x") + PHONES[0].encode())
    (tmp_path / f"{RECIPIENT}.pdf").write_bytes(b"")
    assert len(_found(tmp_path)) == 4
