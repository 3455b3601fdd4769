"""One type family with Chinese, loaded from resources; its figures are all equally wide by design."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.paths import asset
from courier_desk.base.translation import message

FAMILY = "Noto Sans SC"
TEXT_PT = 10.5
NOTE_PT = 9.0
TITLE_PT = 13.0
_FILES = ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf")


def load_fonts(app: QApplication) -> None:
    """Make the family the font of the program. Errors: EnvironmentFault when a font file is missing or broken."""
    for name in _FILES:
        path = asset("fonts") / name
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise EnvironmentFault(message("The font {name} cannot be read.", name=name), retriable=False)
    app.setFont(text_font())


def text_font(*, points: float = TEXT_PT, bold: bool = False) -> QFont:
    """The family in ``points``; titles are bold."""
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def note_font() -> QFont:
    """For notes, keys and column heads."""
    return text_font(points=NOTE_PT)


def title_font() -> QFont:
    """For titles of pages and panels."""
    return text_font(points=TITLE_PT, bold=True)


def use_note(widget: QWidget) -> None:
    """Show ``widget`` in the size of notes."""
    widget.setFont(note_font())
