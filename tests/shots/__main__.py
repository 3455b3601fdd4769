"""Pictures of every page and dialog: ``python -m tests.shots [key ...] [--full] [--readme]``.

One contact sheet for each page goes to build/shots: Chinese and English, light and dark, the smallest and a large
window, empty, full, and with an error. With ``--full`` each picture is written in its own size too.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import tests.conftest  # noqa: F401  gives the run a home of its own
from courier_desk.base.translation import CHINESE, ENGLISH
from courier_desk.ui.page_registry import PAGES
from tests.shots import dialogs, joined_scene, scenes
from tests.shots.readme_scene import PICTURES
from tests.shots.sheets import Shot, by_page, save, save_small, small
from tests.shots.stage import LARGE, SMALL, Stage, stage

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "build" / "shots"
README = ROOT / "docs" / "pictures"
LOOKS = [(language, scheme) for language in (CHINESE, ENGLISH) for scheme in ("light", "dark")]
SIZES = (SMALL, LARGE)
# The least that the window takes, for pages of which there is much to say.
NARROW_TOO = (SMALL, (1024, 640))


class Album:
    """The pictures of a run; ``full`` keeps each in its own size too."""

    def __init__(self, *, full: bool) -> None:
        self.shots: dict[str, list[Shot]] = defaultdict(list)
        self._full = full

    def take(self, on: Stage, key: str, state: str) -> None:
        """The page as it stands, in every language, look and size."""
        for size in SIZES:
            on.resize(size)
            for language, scheme in LOOKS:
                on.say(language, scheme)
                self.put(on.picture(), key, state, size, language, scheme)

    def put(self, picture: QImage, key: str, state: str, size: tuple[int, int], language: str, scheme: str) -> None:
        """One picture."""
        caption = f"{key}  {state}  {size[0]}x{size[1]}  {language}  {scheme}"
        self.shots[key].append(Shot(caption, small(picture)))
        if self._full:
            save(FOLDER / key / f"{state}-{size[0]}-{language}-{scheme}.png", picture)


def take_pages(album: Album, keys: list[str]) -> None:
    """Every page, empty, full and with an error."""
    with stage(busy=False) as empty:
        for key in keys:
            scenes.show(empty, key)
            album.take(empty, key, "empty")
    with stage(busy=True) as busy:
        for key in keys:
            scenes.show(busy, key)
            album.take(busy, key, "full")
            scenes.spoil(busy, key)
            album.take(busy, key, "error")


def take_joined(album: Album) -> None:
    """A desk that has joined headquarters, in every state."""
    with joined_scene.joined_stage() as joined:
        for state, scene in joined_scene.SCENES.items():
            for size in NARROW_TOO:
                joined.on.resize(size)
                for language, scheme in LOOKS:
                    joined.on.say(language, scheme)
                    widget = scene(joined)
                    widget.show()
                    joined.on.settle()
                    album.put(dialogs.picture_of(joined.on, widget), joined_scene.KEY, state, size, language, scheme)
                    dialogs.put_away(joined.on, widget)


def take_readme() -> None:
    """The two pictures of the README."""
    with stage(busy=True) as busy:
        busy.resize(SMALL)
        for name, scene, language, scheme in PICTURES:
            scene(busy)
            busy.say(language, scheme)
            picture = save_small(README / f"{name}.png", busy.picture())
            _say(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} kB")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def main(arguments: list[str]) -> int:
    known = [spec.key for spec in PAGES]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("keys", nargs="*", help=f"some of {', '.join(known)}, joined, dialogs; all when none is named")
    parser.add_argument("--full", action="store_true", help="each picture in its own size too")
    parser.add_argument("--readme", action="store_true", help="only the two pictures of the README")
    options = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    application.setOrganizationName("courier-desk-tests")
    application.setApplicationName("courier-desk-tests")
    QLoggingCategory.setFilterRules("qt.qpa.*=false")
    if options.readme:
        take_readme()
        return 0
    wanted = options.keys or [*known, joined_scene.KEY, dialogs.KEY]
    album = Album(full=options.full)
    if pages := [key for key in wanted if key in known]:
        take_pages(album, pages)
    if joined_scene.KEY in wanted:
        take_joined(album)
    if dialogs.KEY in wanted:
        album.shots[dialogs.KEY] += dialogs.take(LOOKS)
    for path in by_page(album.shots, FOLDER):
        _say(str(path.relative_to(ROOT)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
