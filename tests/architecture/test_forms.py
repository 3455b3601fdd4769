"""The committed Python of the forms is what the forms compile to, whatever the compiler's version line says."""

from pathlib import Path

import pytest

import build_forms

_FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>TryPage</class>
<widget class="PageBase" name="TryPage"><layout class="QVBoxLayout" name="outer">
<item><widget class="QLabel" name="a_label">
<property name="text"><string>Say "a" u"b"</string></property></widget></item>
<item><widget class="ScanField" name="code_edit"/></item>
<item><widget class="QTableWidget" name="rows"><column><property name="text"><string>Col</string></property></column>
</widget></item></layout></widget><customwidgets>
<customwidget><class>ScanField</class><extends>QLineEdit</extends><header>courier_desk.ui.widgets.scan</header>
</customwidget>
<customwidget><class>PageBase</class><extends>QWidget</extends><header>courier_desk.ui.page</header></customwidget>
</customwidgets></ui>
"""


def test_committed_forms_are_up_to_date() -> None:
    assert build_forms.differences() == []


def test_a_form_becomes_typed_python_with_our_own_translation(tmp_path: Path) -> None:
    source = tmp_path / "try_page.ui"
    source.write_text(_FORM, encoding="utf-8")

    text = build_forms.compile_form(source)

    assert "def setupUi(self, TryPage: QWidget) -> None:" in text
    assert "from courier_desk.base.translation import _" in text
    assert "from courier_desk.ui.widgets.scan import ScanField" in text
    assert r'_(u"Say \"a\" u\"b\"")' in text
    assert "is not None" in text
    assert "version" not in text
    assert "QPixmap" not in text
    compile(text, str(source), "exec")


def test_a_broken_form_is_named_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.ui").write_text("<ui><widget", encoding="utf-8")
    monkeypatch.setattr(build_forms, "FORMS", tmp_path)
    monkeypatch.setattr(build_forms, "GENERATED", tmp_path)

    found = build_forms.differences(write=True)

    assert len(found) == 1
    assert found[0].startswith("broken.ui cannot be compiled")
    assert list(tmp_path.iterdir()) == [tmp_path / "broken.ui"]


def test_a_changed_form_is_noticed_and_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "try_page.ui").write_text(_FORM, encoding="utf-8")
    monkeypatch.setattr(build_forms, "FORMS", tmp_path)
    monkeypatch.setattr(build_forms, "GENERATED", tmp_path)

    assert build_forms.differences() == ["ui_try_page.py is out of date"]
    assert build_forms.differences(write=True) == ["ui_try_page.py written"]
    assert build_forms.differences() == []
    (tmp_path / "try_page.ui").unlink()
    assert build_forms.differences() == ["ui_try_page.py has no form"]
