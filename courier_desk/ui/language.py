"""Changing the language without a restart: our catalogue first, then Qt's own words, then everybody says it anew."""

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from courier_desk.base import translation


class Language(QObject):
    """Lives in the GUI thread.

    Signals:
        changed(): every later text is in the new language; widgets have got a LanguageChange event.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._words_of_qt = QTranslator(self)

    def use(self, language: str) -> None:
        """Speak ``language`` (one of translation.LANGUAGES); empty: the system's, Chinese for any Chinese."""
        chosen = language or system_language()
        translation.set_language(chosen)
        QLocale.setDefault(QLocale(chosen))
        self._app.removeTranslator(self._words_of_qt)
        if chosen == translation.CHINESE:
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._words_of_qt.load("qtbase_zh_CN", folder):
                self._app.installTranslator(self._words_of_qt)
        for window in self._app.topLevelWidgets():
            QCoreApplication.postEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.changed.emit()


def system_language() -> str:
    """Chinese on a system that speaks any Chinese, else English."""
    speaks_chinese = QLocale.system().language() == QLocale.Language.Chinese
    return translation.CHINESE if speaks_chinese else translation.ENGLISH
