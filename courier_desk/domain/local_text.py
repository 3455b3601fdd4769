"""Words that come with reference data and therefore stand in no catalogue: the company brings both languages."""

from dataclasses import dataclass

from courier_desk.base import translation


@dataclass(frozen=True, slots=True)
class LocalText:
    """A name in Chinese and English; ``str()`` gives the one for the language in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if translation.language() == translation.CHINESE else self.en
