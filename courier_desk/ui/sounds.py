"""Short sounds that answer a scan: played beside the program, never in it, and never waited for.

Files of resources/sounds, one for each ``Outcome`` and ``rescan``. On Windows the system plays them; elsewhere paplay,
pw-play or aplay in a child process, whichever is there and works. Where none does, the desk is silent.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

from courier_desk.base.paths import asset
from courier_desk.base.settings import Settings

RESCAN = "rescan"
FULL_VOLUME = 100
_LOOK_S = 0.02
_END_S = 2.0
# The thread goes when nothing was to be heard for so long; the next sound brings a new one.
_IDLE_S = 1.0


def players() -> tuple[tuple[str, ...], ...]:
    """The programs of this machine that can play a file, best first."""
    commands = (("paplay",), ("pw-play",), ("aplay", "-q"))
    return tuple(command for command in commands if shutil.which(command[0]))


class SoundPlayer:
    """Plays one sound at a time in a thread of its own; the newest cuts off what is sounding. ``volume`` is 0 to 100.
    Call ``play`` from any thread. The thread ends by itself; ``close`` ends it now and for good."""

    def __init__(
        self,
        *,
        on: bool = True,
        volume: int = FULL_VOLUME,
        folder: Path | None = None,
        commands: Sequence[Sequence[str]] | None = None,
    ) -> None:
        self._folder = folder or asset("sounds")
        self._commands = list(players() if commands is None else commands)
        self._news = threading.Condition()
        self._wanted: str | None = None
        self._closing = False
        self._on, self._volume = on, volume
        self._thread: threading.Thread | None = None

    def use(self, settings: Settings) -> None:
        """As the settings say from now on."""
        with self._news:
            self._on, self._volume = settings.sounds, settings.sound_volume

    def play(self, name: str) -> None:
        """Let the sound of this name be heard; returns at once."""
        with self._news:
            if not self._on or not self._volume or self._closing:
                return
            self._wanted = name
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sounds", daemon=True)
                self._thread.start()
            self._news.notify()

    def close(self) -> None:
        """Silence, and the end of the thread."""
        with self._news:
            self._closing = True
            self._news.notify()
            thread = self._thread
        if thread is not None:
            thread.join(_END_S)

    def _run(self) -> None:
        with tempfile.TemporaryDirectory(prefix="courier-desk-sounds-") as copies:
            while (name := self._next()) is not None:
                file = self._at_volume(name, Path(copies))
                if file is not None:
                    self._sound(file)

    def _next(self) -> str | None:
        with self._news:
            self._news.wait_for(lambda: self._wanted is not None or self._closing, _IDLE_S)
            name, self._wanted = self._wanted, None
            if name is None or self._closing:
                # Said under the lock: whoever plays from now on starts a thread of their own.
                self._thread = None
                return None
            return name

    def _at_volume(self, name: str, copies: Path) -> Path | None:
        """The file of a sound, or a copy that is less loud; None when there is no such sound."""
        source, volume = self._folder / f"{name}.wav", self._volume
        if not source.is_file() or volume == FULL_VOLUME:
            return source if source.is_file() else None
        copy = copies / f"{name}-{volume}.wav"
        if not copy.exists():
            quieter(source, copy, volume)
        return copy

    def _sound(self, file: Path) -> None:
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415  only there

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            return
        while self._commands:
            status = self._by_child([*self._commands[0], str(file)])
            if status == 0:
                return
            # This player has no sound card or no server to play to: it will not do better next time.
            self._commands.pop(0)

    def _by_child(self, command: Sequence[str]) -> int:
        """Play to the end or until something newer is wanted; 0 when it sounded."""
        try:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError:
            return -1
        with self._news:
            while child.poll() is None and self._wanted is None and not self._closing:
                self._news.wait(_LOOK_S)
        if child.poll() is not None:
            return child.returncode
        child.kill()
        child.wait()
        return 0


def quieter(source: Path, target: Path, volume: int) -> None:
    """Write ``source`` (16-bit WAV) with its loudness at ``volume`` percent."""
    with wave.open(str(source), "rb") as file:
        shape, frames = file.getparams(), file.readframes(file.getnframes())
    samples = array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    softer = array("h", (sample * volume // FULL_VOLUME for sample in samples))
    if sys.byteorder == "big":
        softer.byteswap()
    with wave.open(str(target), "wb") as file:
        file.setparams(shape)
        file.writeframes(softer.tobytes())
