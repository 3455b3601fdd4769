"""A dressed application and a station with somebody before the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desk import desk_in
from tests.ui.kit import UiKit, dressed, make_kit


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    """Every test begins light and English, with no remembered geometry."""
    qapp.setApplicationName("courier-desk-tests")
    qapp.setOrganizationName("courier-desk-tests")
    QSettings().clear()
    dressed()
    yield
    dressed()


@pytest.fixture
def kit(qtbot: QtBot, tmp_path: Path) -> Iterator[UiKit]:
    """An agent before the screen of a sample station."""
    with desk_in(tmp_path / "station") as desk:
        made = make_kit(desk)
        yield made
        qtbot.waitUntil(lambda: not made.ctx.tasks.busy)
