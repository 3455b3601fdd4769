"""Make resources/sounds: one short tone for each answer to a scan, each told from all others with closed eyes.

Good news is one clear high note. What needs a look is soft notes in the middle; what is wrong buzzes low. The number
and direction of the notes tell the kinds apart. ``python installer/build_sounds.py`` makes them; a test compares.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE = 16_000
_PEAK = 0.6 * 32_767
_RAMP_S = 0.005

Notes = tuple[tuple[int, int], ...]


def _clear(phase: float) -> float:
    return math.sin(phase)


def _soft(phase: float) -> float:
    return 0.8 * math.sin(phase) + 0.2 * math.sin(3 * phase)


def _buzz(phase: float) -> float:
    return sum(math.sin(odd * phase) / odd for odd in (1, 3, 5, 7)) / 1.2


_LOOK: Mapping[str, Notes] = {
    "repeat": ((700, 70), (0, 40), (700, 70)),
    "which_piece": ((600, 80), (900, 140)),
    "other_carrier": ((900, 80), (700, 80), (600, 120)),
    "not_inspected": ((800, 70), (600, 70), (800, 70), (600, 70)),
    "bag_not_sealed": ((600, 180), (0, 40), (800, 60)),
    "no_bag_open": ((900, 60), (0, 40), (600, 180)),
    "out_of_order": ((600, 70), (800, 70), (1000, 70), (600, 120)),
    "rescan": ((1000, 50), (0, 50), (1000, 50), (0, 50), (1000, 50)),
}
_WRONG: Mapping[str, Notes] = {
    "unknown_number": ((220, 400),),
    "void_label": ((330, 150), (220, 150), (165, 250)),
    "wrong_bag": ((220, 140), (0, 60), (220, 140), (0, 60), (220, 140)),
    "in_other_bag": ((220, 120), (330, 120), (220, 120), (330, 120)),
    "wrong_line": ((330, 120), (0, 60), (165, 300)),
    "unreadable": ((165, 200), (0, 80), (165, 200)),
}
SOUNDS: Mapping[str, tuple[Callable[[float], float], Notes]] = {
    "accepted": (_clear, ((1760, 90),)),
    **{name: (_soft, notes) for name, notes in _LOOK.items()},
    **{name: (_buzz, notes) for name, notes in _WRONG.items()},
}


def sound(name: str) -> bytes:
    """The WAV file of one sound."""
    shape, notes = SOUNDS[name]
    samples = array("h", (sample for hertz, length_ms in notes for sample in _note(shape, hertz, length_ms)))
    if sys.byteorder == "big":
        samples.byteswap()
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def _note(shape: Callable[[float], float], hertz: int, length_ms: int) -> Iterator[int]:
    """Samples of one note, or of a rest for 0 Hz; faded at both ends, so that it does not click."""
    count = RATE * length_ms // 1000
    ramp = RATE * _RAMP_S
    for place in range(count):
        fade = min(1.0, place / ramp, (count - 1 - place) / ramp)
        yield round(_PEAK * fade * shape(2 * math.pi * hertz * place / RATE)) if hertz else 0


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in SOUNDS:
        (FOLDER / f"{name}.wav").write_bytes(sound(name))


if __name__ == "__main__":
    main()
