"""Settings: what is saved comes back; a torn or wrong file never stops the desk and is always said."""

from dataclasses import replace
from pathlib import Path

import pytest

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.settings import END_LINE, OPTIONS, DeviceSetting, PrinterSetting, Settings, SettingsStore

FULL = Settings(
    language="zh_CN",
    theme="dark",
    sounds=False,
    idle_lock_minutes=15,
    day_starts="04:30",
    label_size="76x130",
    label_dpi=300,
    label_hides_room=False,
    paper_language="en",
    printers=(PrinterSetting("前台", "tcp", "10.0.0.7:9100", "zpl", 300), PrinterSetting("spare")),
    paper_printers=(("label", "前台"),),
    spare_printer="spare",
    devices=(DeviceSetting("gun 1", port="COM3", match="05F9:2216"), DeviceSetting("scale", "scale")),
    sound_volume=35,
    password_days=90,
    scanner_prefix="F8",
    scanner_burst=True,
    scanner_repeat_ms=0,
    hq_address="https://hq.example.org",
    hq_ca_file="/etc/company/authority.pem",
    keys=(("order", "F2"),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "station.toml"


def test_a_desk_without_a_file_has_the_defaults_and_nothing_to_say(path: Path) -> None:
    store = SettingsStore(path)
    assert store.load() == Settings()
    assert store.notices == ()


def test_every_option_comes_back_as_it_was_saved(path: Path) -> None:
    assert all(getattr(FULL, each.name) != each.default for each in OPTIONS)
    SettingsStore(path).save(FULL)
    store = SettingsStore(path)
    assert store.load() == FULL
    assert store.notices == ()
    store.save(Settings())
    assert store.load() == Settings()


def test_comments_and_options_of_another_version_stay_in_the_file(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'# the boss wants it dark\ntheme = "dark"\nfrom_the_future = 7\n' + END_LINE)
    store = SettingsStore(path)
    store.save(replace(store.load(), label_dpi=300))
    assert b"# the boss wants it dark" in path.read_bytes()
    assert b"from_the_future = 7" in path.read_bytes()
    assert store.load() == Settings(theme="dark", label_dpi=300)


def test_a_file_cut_at_any_byte_gives_the_previous_copy_and_says_so(path: Path) -> None:
    store = SettingsStore(path)
    previous, current = replace(FULL, theme="light"), FULL
    store.save(previous)
    store.save(current)
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        assert store.load() == previous, cut
        assert "copy before it" in store.notices[0].text
    path.write_bytes(whole)
    assert store.load() == current


def test_a_save_over_a_torn_file_does_not_spoil_the_previous_copy(path: Path) -> None:
    store = SettingsStore(path)
    store.save(replace(FULL, theme="light"))
    store.save(FULL)
    path.write_bytes(path.read_bytes()[:40])
    store.save(store.load())
    assert store.load().theme == "light"
    assert store.notices == ()


def test_with_both_copies_torn_the_desk_still_starts(path: Path) -> None:
    store = SettingsStore(path)
    store.save(FULL)
    store.save(FULL)
    path.write_bytes(b"\0" * 100)
    path.with_name("station.toml.previous").write_bytes(b"theme = ")
    assert store.load() == Settings()
    assert "built-in" in store.notices[0].text


@pytest.mark.parametrize(
    "line",
    [
        'theme = "pink"',
        "idle_lock_minutes = 0",
        "idle_lock_minutes = true",
        "idle_lock_minutes = 1e9",
        'day_starts = "25:00"',
        "label_dpi = 600",
        "sounds = 1",
        "printers = 3",
        'printers = [{kind = "tcp"}]',
        'printers = [{name = "a\\u0000b"}]',
        "devices = [7]",
        "keys = [1]",
        "paper_printers = {label = 5}",
    ],
)
def test_a_wrong_option_falls_back_to_its_default_and_is_named(path: Path, line: str) -> None:
    path.parent.mkdir()
    path.write_bytes(f"scanner_prefix = 'F7'\n{line}\n".encode() + END_LINE)
    store = SettingsStore(path)
    assert store.load() == Settings(scanner_prefix="F7")
    assert store.notices[0].values["name"] == line.split(maxsplit=1)[0]


def test_a_disk_that_refuses_is_a_fault_and_the_old_file_stays(path: Path) -> None:
    store = SettingsStore(path)
    store.save(FULL)
    (path.parent / "station.toml.previous.new").mkdir()
    with pytest.raises(EnvironmentFault):
        store.save(Settings())
    assert store.load() == FULL


def test_printer_and_key_fall_back_sensibly() -> None:
    assert FULL.printer_for("label") == "前台"
    assert FULL.printer_for("bag_tag") == "前台"
    assert Settings().printer_for("label") == ""
    assert FULL.key_for("order", "F1") == "F2"
    assert FULL.key_for("find", "F3") == "F3"


def test_every_option_has_help() -> None:
    assert all(each.help.text for each in OPTIONS)
