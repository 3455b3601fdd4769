"""What a service is told: the file, the variables over it, and what cannot be meant."""

from pathlib import Path

import pytest

from courier_desk.hq import config as settings
from courier_desk.hq.config import BadConfig, HqConfig

LEAST = {"dsn": "dbname=hq", "reserve_file": "/var/lib/hq/reserve", "session_secret_file": "/var/lib/hq/secret"}
VARIABLES = {f"COURIER_HQ_{name.upper()}": value for name, value in LEAST.items()}
EXAMPLE = Path(__file__).parent.parent.parent / "installer" / "hq" / "courier-desk-hq.toml"


def test_variables_alone_are_enough() -> None:
    config = settings.load(VARIABLES | {"COURIER_HQ_PORT": "9000"})
    assert (config.dsn, config.port, config.reserve_file) == ("dbname=hq", 9000, Path("/var/lib/hq/reserve"))


def test_variables_go_over_the_file_that_a_variable_names(tmp_path: Path) -> None:
    file = tmp_path / "hq.toml"
    file.write_text('dsn = "dbname=file"\nport = 1\nprocesses = 3\n', encoding="utf-8")
    config = settings.load(VARIABLES | {"COURIER_HQ_CONFIG": str(file), "COURIER_HQ_PORT": "2"})
    assert (config.dsn, config.port, config.processes) == ("dbname=hq", 2, 3)


def test_what_is_handed_to_further_processes_is_read_as_the_same() -> None:
    config = HqConfig(
        dsn="dbname=a",
        reserve_file=Path("/r"),
        session_secret_file=Path("/s"),
        tls_certificate=Path("/c"),
        tls_key=Path("/k"),
        processes=4,
        trusted_proxy="10.0.0.1,10.0.0.2",
        log_days=90,
        life_days=0,
    )
    assert settings.load(settings.as_environment(config)) == config


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dsn": ""}, "Not set: dsn"),
        ({"port": "eighty"}, "port is a whole number"),
        ({"port": True}, "port is a whole number"),
        ({"port": "８０"}, "port is a whole number"),
        ({"port": 65536}, "between 0 and 65535"),
        ({"processes": 0}, "between 1 and 64"),
        ({"host": 1}, "host is a text"),
        ({"tls_key": "/k"}, "go together"),
        ({"prot": 1}, "no setting prot"),
        ({"log_days": 59}, "log_days is 0 .* or at least 60"),
        ({"life_days": "7"}, "life_days is 0"),
    ],
)
def test_what_cannot_be_meant_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BadConfig, match=said):
        settings.from_values(LEAST | changes)


@pytest.mark.parametrize("content", [b"dsn = ", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hq.toml"
    file.write_bytes(content)
    with pytest.raises(BadConfig, match=r"hq\.toml cannot be read"):
        settings.load({}, file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"no\.toml cannot be read"):
        settings.load({}, tmp_path / "no.toml")


def test_the_example_can_be_used_as_it_stands() -> None:
    assert settings.load({}, EXAMPLE).host == "127.0.0.1"
