"""The station's keys: found again wherever they were put, never replaced while there is a database, never shown."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.errors import PasswordSetError

from courier_desk.base.errors import EnvironmentFault
from courier_desk.security.keys import keyed_hash, load_keys


class MemoryStore:
    """A system key store as the tests need it."""

    def __init__(self, *, refuses: bool = False, forgets: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.refuses = refuses
        self.forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.refuses:
            raise PasswordSetError("locked")
        if not self.forgets:
            self.kept[service, username] = password


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "station.key"


def test_keys_are_random_long_different_and_come_back(key_file: Path, tmp_path: Path) -> None:
    keys = load_keys(key_file, tmp_path / "station.db", None)
    assert len(keys.database) == len(keys.identity) == 32
    assert keys.database != keys.identity
    assert load_keys(key_file, tmp_path / "station.db", None) == keys
    assert load_keys(tmp_path / "other.key", tmp_path / "other.db", None).database != keys.database


def test_with_a_system_store_the_file_holds_no_key(key_file: Path, tmp_path: Path) -> None:
    store = MemoryStore()
    keys = load_keys(key_file, tmp_path / "station.db", store)
    assert keys.in_system_store
    assert "keys" not in key_file.read_text()
    assert load_keys(key_file, tmp_path / "station.db", store) == keys
    with pytest.raises(EnvironmentFault):
        load_keys(key_file, tmp_path / "station.db", MemoryStore())
    with pytest.raises(EnvironmentFault):
        load_keys(key_file, tmp_path / "station.db", None)


@pytest.mark.logs_freely
@pytest.mark.parametrize("refuses", [True, False])
def test_a_store_that_does_not_give_back_is_not_trusted(
    key_file: Path, tmp_path: Path, refuses: bool, expect_log: Callable[[str], None]
) -> None:
    store = MemoryStore(refuses=refuses, forgets=not refuses)
    if refuses:
        expect_log("key store refused")
    keys = load_keys(key_file, tmp_path / "station.db", store)
    assert not keys.in_system_store
    assert load_keys(key_file, tmp_path / "station.db", store) == keys


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of files are another thing there")
def test_the_key_file_is_for_this_user_only_and_is_mended_when_it_is_not(key_file: Path, tmp_path: Path) -> None:
    load_keys(key_file, tmp_path / "station.db", None)
    assert key_file.stat().st_mode & 0o777 == 0o600
    key_file.chmod(0o644)
    load_keys(key_file, tmp_path / "station.db", None)
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_no_new_key_is_ever_made_beside_an_existing_database(key_file: Path, tmp_path: Path) -> None:
    database = tmp_path / "station.db"
    database.write_bytes(b"x")
    with pytest.raises(EnvironmentFault) as caught:
        load_keys(key_file, database, None)
    assert not caught.value.retriable
    assert not key_file.exists()


def test_a_key_file_cut_at_any_byte_is_refused_and_not_replaced(key_file: Path, tmp_path: Path) -> None:
    load_keys(key_file, tmp_path / "station.db", None)
    whole = key_file.read_bytes()
    for cut in range(len(whole) - 1):
        key_file.write_bytes(whole[:cut])
        with pytest.raises(EnvironmentFault):
            load_keys(key_file, tmp_path / "station.db", None)
        assert key_file.read_bytes() == whole[:cut]


def test_keys_do_not_show_themselves(key_file: Path, tmp_path: Path) -> None:
    keys = load_keys(key_file, tmp_path / "station.db", None)
    assert repr(keys.database) not in repr(keys)
    assert repr(keys) == "StationKeys(in_system_store=False)"


def test_the_keyed_hash_depends_on_key_and_text_and_is_the_standard_one() -> None:
    assert keyed_hash(b"key", "The quick brown fox jumps over the lazy dog") == (
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    )
    assert keyed_hash(b"a", "x") != keyed_hash(b"b", "x")
    assert keyed_hash(b"a", "x") != keyed_hash(b"a", "y")
