"""Which PC this is: the same at each look, another for each installation, and never the machine's own id."""

from pathlib import Path

import pytest

from courier_desk.security import machine


def test_a_fingerprint_is_of_this_machine_and_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    own = machine.fingerprint("database-1")
    assert own == machine.fingerprint("database-1")
    assert own != machine.fingerprint("database-2")
    assert machine.machine_id()
    assert machine.machine_id() not in own
    assert len(bytes.fromhex(own)) == 32
    monkeypatch.setattr(machine, "machine_id", lambda: "another PC")
    assert machine.fingerprint("database-1") != own


def test_where_the_system_gives_no_id_there_is_one_all_the_same(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.write_text("\n")
    full.write_text("4f2b\n")
    assert machine._of_files((tmp_path / "none", empty, full)) == "4f2b"
    assert machine._of_files((empty,)) == ""
    assert machine._of_hardware() == machine._of_hardware() != ""
