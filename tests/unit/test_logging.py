"""The log says what happened on one line each and never who: canaries are looked for in every way in."""

import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.base.diagnostics import write_bundle
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.logging import LOG_FILE, LONGEST_LINE, configure, get_logger
from courier_desk.base.paths import DataFolder
from courier_desk.base.scrubbing import add_personal_keys, describe, place, scrub_text
from courier_desk.base.translation import message

pytestmark = pytest.mark.logs_freely

NAME, PHONE, LANDLINE, IDENTITY = "王小明", "13812345678", "021-58881234", "11010519491231002X"
CANARIES = (NAME, PHONE, LANDLINE, IDENTITY)


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    handler = configure(tmp_path / "logs")
    yield tmp_path / "logs" / LOG_FILE
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()
    structlog.reset_defaults()


def entries(log_file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log_file.read_text(encoding="ascii").splitlines()]


def leaks(text: str) -> list[str]:
    return [c for c in CANARIES if c in text or json.dumps(c)[1:-1] in text]


def test_an_entry_is_one_json_line_with_time_level_and_values(log_file: Path) -> None:
    get_logger("desk").info("order accepted", pieces=3)
    (entry,) = entries(log_file)
    assert (entry["event"], entry["pieces"], entry["level"], entry["logger"]) == ("order accepted", 3, "info", "desk")
    assert str(entry["timestamp"]).endswith("Z")


def test_line_breaks_and_terminal_commands_are_escaped(log_file: Path) -> None:
    get_logger("desk").warning("scan", text="A\r\nB\x1b[31m\u2028\u202e")
    raw = log_file.read_bytes()
    assert raw.count(b"\n") == 1
    assert not any(c < 32 for c in raw[:-1])
    assert raw.isascii()


@pytest.mark.parametrize("value", ["x" * 1_000_000, ["y" * 999] * 50, {"a\\" * 40: "\u4e2d" * 999, "b": '"' * 5000}])
def test_a_huge_entry_is_cut_at_four_kilobytes_and_is_still_json(log_file: Path, value: object) -> None:
    get_logger("desk").error("big" * 5000, value=value)
    assert len(log_file.read_bytes()) <= LONGEST_LINE + 1
    assert str(entries(log_file)[0]["event"]).startswith("big")


def test_personal_data_is_hidden_by_key_and_by_pattern(log_file: Path) -> None:
    add_personal_keys({"consignee"})
    log = get_logger("desk")
    log.info("looked up", name=NAME, consignee=NAME, number=f"call {PHONE} or +86 138 1234 5678", other=LANDLINE)
    log.info("nested", values=[{"phone": PHONE, "x": [IDENTITY, {"address": NAME}]}])
    text = log_file.read_text(encoding="ascii")
    assert leaks(text) == []
    assert "138 1234" not in text
    assert PHONE not in text
    assert "looked up" in text


def test_exceptions_leave_type_and_place_but_not_what_was_typed(log_file: Path) -> None:
    log = get_logger("desk")
    try:
        int(NAME)
    except ValueError:
        log.exception("failed")
        logging.getLogger("library").exception("library failed for %s", NAME)
    text = log_file.read_text(encoding="ascii")
    assert leaks(text) == []
    assert text.count("ValueError") == 2
    assert "test_logging.py" in text


def test_words_of_libraries_are_kept_without_their_values(log_file: Path) -> None:
    logging.getLogger("library").warning("no answer from %s after %d s", NAME, 30)
    (entry,) = entries(log_file)
    assert entry["event"] == "no answer from %s after %d s"
    assert entry["numbers"] == [30]
    assert leaks(log_file.read_text(encoding="ascii")) == []


def test_our_own_errors_are_described_by_their_words_only() -> None:
    assert describe(UserError(message("No such name: {text}", text=NAME))) == "UserError: No such name: {text}"
    assert describe(EnvironmentFault(message("The disk is full."))) == "EnvironmentFault: The disk is full."
    assert describe(FileNotFoundError(2, "No such file", f"/home/{NAME}")) == "FileNotFoundError: 2 No such file"
    assert describe(KeyError(NAME)) == "KeyError"


def test_the_place_of_an_error_names_its_causes() -> None:
    try:
        try:
            int(PHONE + "x")
        except ValueError as error:
            raise RuntimeError(NAME) from error
    except RuntimeError as error:
        lines = place(error)
    assert [line for line in lines if "Error" in line] == ["RuntimeError", "ValueError"]
    assert leaks("".join(lines)) == []


@given(
    st.text(max_size=20).filter(lambda t: not t or not (t[-1].isdigit() or t[-1] in "Xx+-")),
    st.sampled_from([PHONE, LANDLINE, IDENTITY]),
    st.text("：；、。, )电", max_size=3),
)
def test_numbers_are_found_inside_any_text(before: str, number: str, after: str) -> None:
    assert number not in scrub_text(f"{before}{number}{after}")


def test_waybill_numbers_and_amounts_stay_readable() -> None:
    for kept in ("XS0000000123456", "SF1234567890123", "4 000 000", "2026-11-22T05:10:45.123456Z", "12.50"):
        assert scrub_text(kept) == kept


def test_the_diagnostics_bundle_holds_the_log_and_no_canary(tmp_path: Path, log_file: Path) -> None:
    folder = DataFolder(tmp_path)
    get_logger("desk").info("order accepted", name=NAME)
    (folder.logs / "crash-1.txt").write_text(f"typed {PHONE}", encoding="utf-8")
    folder.settings_file.write_text('spare_printer = "13812345678"\n', encoding="utf-8")
    folder.key_file.write_text("secret", encoding="utf-8")
    bundle = write_bundle(tmp_path / "bundle.zip", folder, {"orders": 5, "phone": PHONE})
    with zipfile.ZipFile(bundle) as read:
        names = set(read.namelist())
        content = "".join(read.read(name).decode() for name in names)
    assert names == {"facts.json", "versions.json", LOG_FILE, "crash-1.txt", "station.toml"}
    assert leaks(content) == []
    assert "order accepted" in content
    assert "sqlcipher3" in content
