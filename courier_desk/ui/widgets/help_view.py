"""Shows a chapter of the help: Markdown in our own type, keys as caps, links that lead to other chapters only."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextList,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from courier_desk.ui.fonts import FAMILY, TEXT_PT, text_font
from courier_desk.ui.theme import tokens

LINK = "chapter:"
_MARGIN = 28
_LINE = 118
_INDENT = 22
_HEADINGS = {1: 17.0, 2: 13.0, 3: 11.0}
_ABOVE = {1: 0, 2: 20, 3: 14}


class HelpView(QTextBrowser):
    """Signals:
    chapter_asked(str): a link to another chapter was followed.
    """

    chapter_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown, self._wanted = "", ""
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setIndentWidth(_INDENT)
        self.anchorClicked.connect(self._on_link)

    def show_text(self, markdown: str) -> None:
        """Show another chapter from its beginning."""
        self._markdown = markdown
        self._render()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def mark(self, wanted: str) -> int:
        """Mark each place of the words of ``wanted`` and go to the first; returns how many there are."""
        self._wanted = wanted
        marks = []
        colours = QTextCharFormat()
        colours.setBackground(QColor(tokens().warn_soft))
        colours.setForeground(QColor(tokens().warn))
        for word in wanted.split():
            for cursor in _found(self.document(), word):
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, colours
                marks.append(selection)
        self.setExtraSelections(marks)
        if marks:
            first = min((mark.cursor for mark in marks), key=QTextCursor.selectionStart)
            first.clearSelection()
            self.setTextCursor(first)
            self.ensureCursorVisible()
        return len(marks)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._markdown:
            self._render()
            self.mark(self._wanted)

    def _render(self) -> None:
        # Colours of a rendered text are fixed: another theme renders it anew.
        self.setMarkdown(self._markdown)
        self.document().setDefaultFont(text_font())
        for block in _blocks(self.document()):
            _dress_block(block)
            for fragment in _fragments(block):
                _dress_fragment(block, fragment)
        self.document().setModified(False)

    def _on_link(self, url: QUrl) -> None:
        address = url.toString()
        if address.startswith(LINK):
            self.chapter_asked.emit(address.removeprefix(LINK))


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """The runs of one look in ``block``; a list, since dressing them changes what one walks over."""
    return [run.fragment() for run in block]  # type: ignore[attr-defined]  # iterable, whatever the stubs say


def _dress_block(block: QTextBlock) -> None:
    cursor, look = QTextCursor(block), QTextBlockFormat(block.blockFormat())
    level = look.headingLevel()
    look.setLineHeight(_LINE if not level else 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    in_table, in_list = isinstance(cursor.currentTable(), QTextTable), isinstance(block.textList(), QTextList)
    look.setTopMargin(0 if in_table else _ABOVE.get(level, 0 if in_list else 4))
    look.setBottomMargin(0 if in_table else 3 if in_list else 6)
    cursor.setBlockFormat(look)


def _dress_fragment(block: QTextBlock, fragment: QTextFragment) -> None:
    now, level = tokens(), block.blockFormat().headingLevel()
    look = fragment.charFormat()
    is_key, bold = look.fontFixedPitch(), level or look.fontWeight() > QFont.Weight.Medium
    # Headings come with a size relative to the text, which would win over ours.
    look.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
    look.setFontFamilies([FAMILY])
    look.setFontFixedPitch(False)
    look.setFontPointSize(_HEADINGS.get(level, TEXT_PT))
    look.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    look.setForeground(QColor(now.accent if is_key or look.isAnchor() else now.text))
    look.setFontUnderline(False)
    if is_key:
        look.setBackground(QColor(now.sunken))
    cursor = QTextCursor(block)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(look)


def _found(document: QTextDocument, word: str) -> Iterator[QTextCursor]:
    cursor = document.find(word, 0)
    while not cursor.isNull():
        yield QTextCursor(cursor)
        cursor = document.find(word, cursor)
