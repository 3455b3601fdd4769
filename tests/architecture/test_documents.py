"""What the documents say exists: commands, files, options, and settings that can be copied as they stand."""

import re
import tomllib
from pathlib import Path

import pytest

import dev
from courier_desk.base.settings import OPTIONS, DeviceSetting, PrinterSetting
from courier_desk.devices.spec import from_setting
from courier_desk.printing.printers import PrinterSpec

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
GUIDE = (ROOT / "docs" / "administrator.md").read_text(encoding="utf-8")
EXAMPLES = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_and_pictures_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in dev.COMMANDS if f"`make {name}`" not in text] == []


def test_the_guide_names_every_option() -> None:
    assert [option.name for option in OPTIONS if not re.search(rf"\b{option.name}\b", GUIDE)] == []


def test_options_of_the_examples_exist() -> None:
    known = {option.name: option for option in OPTIONS}
    read = {name: known[name].read(value) for example in EXAMPLES for name, value in example.items()}
    assert {"printers", "devices", "spare_printer"} <= set(read)
    assert all(read.values())


def test_printers_and_devices_of_the_examples_can_be_used() -> None:
    printers = [PrinterSetting(**row) for example in EXAMPLES for row in example.get("printers", ())]
    devices = [DeviceSetting(**row) for example in EXAMPLES for row in example.get("devices", ())]
    assert {PrinterSpec.from_setting(one, "zh_CN").kind.value for one in printers} == {"tcp", "raw", "system", "folder"}
    assert len([from_setting(one) for one in devices]) == 4
