"""Sounds: one for each answer, distinct, committed as made, and never in anybody's way."""

import sys
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import build_sounds
from courier_desk.base.paths import asset
from courier_desk.base.settings import Settings
from courier_desk.domain.scan import Outcome
from courier_desk.ui import sounds
from courier_desk.ui.sounds import RESCAN, SoundPlayer, quieter
from tests.patience import until

# A player that writes down what it is given, and sounds for as long as it is told.
_PLAYER = "import sys, time; open(sys.argv[1], 'a').write(sys.argv[3] + '\\n'); time.sleep(float(sys.argv[2]))"
Make = Callable[..., SoundPlayer]
Heard = Callable[[], list[str]]


def samples(file: Path) -> "array[int]":
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        return array("h", sound.readframes(sound.getnframes()))


@pytest.fixture
def heard(tmp_path: Path) -> Heard:
    """The names of the files that were played, as far as the player has begun them."""

    def heard() -> list[str]:
        diary = tmp_path / "heard"
        return [Path(line).stem for line in diary.read_text().splitlines()] if diary.exists() else []

    return heard


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes a player whose sounds last ``lasting_s``."""
    made: list[SoundPlayer] = []

    def make(lasting_s: float = 0.0, **options: object) -> SoundPlayer:
        command = [sys.executable, "-S", "-c", _PLAYER, str(tmp_path / "heard"), str(lasting_s)]
        made.append(SoundPlayer(**{"commands": [command], **options}))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for player in made:
        player.close()


def test_every_answer_to_a_scan_has_a_sound() -> None:
    assert {*Outcome, RESCAN} == set(build_sounds.SOUNDS) == {file.stem for file in asset("sounds").glob("*.wav")}


@pytest.mark.parametrize("name", sorted(build_sounds.SOUNDS))
def test_committed_sounds_are_what_the_script_makes(name: str) -> None:
    made, kept = build_sounds.sound(name), (asset("sounds") / f"{name}.wav").read_bytes()
    # The last digit of a sine may differ between machines.
    assert made[:44] == kept[:44]
    assert len(made) == len(kept)
    pairs = zip(array("h", made[44:]), array("h", kept[44:]), strict=True)
    assert all(abs(one - other) <= 1 for one, other in pairs)


def test_sounds_are_short_do_not_click_and_differ() -> None:
    assert len(set(build_sounds.SOUNDS.values())) == len(build_sounds.SOUNDS)
    for file in asset("sounds").glob("*.wav"):
        sound = samples(file)
        assert 0.05 < len(sound) / build_sounds.RATE <= 0.6, file
        assert max(map(abs, sound)) <= 0.75 * 32_767, file
        assert (sound[0], sound[-1]) == (0, 0), file


def test_a_sound_is_played_beside_the_program(make: Make, heard: Heard) -> None:
    player = make(lasting_s=30.0)
    began = time.monotonic()
    player.play(Outcome.ACCEPTED)
    assert time.monotonic() - began < 15
    until(lambda: heard() == ["accepted"])


def test_the_newest_sound_cuts_off_what_is_sounding(make: Make, heard: Heard) -> None:
    player = make(lasting_s=30.0)
    player.play(Outcome.ACCEPTED)
    until(lambda: heard() == ["accepted"])
    player.play(Outcome.WRONG_BAG)
    until(lambda: heard() == ["accepted", "wrong_bag"])


def test_of_sounds_that_pile_up_only_the_last_is_played(make: Make, heard: Heard) -> None:
    player = make(lasting_s=0.2)
    for _ in range(50):
        player.play(Outcome.REPEAT)
    player.play(Outcome.VOID_LABEL)
    until(lambda: heard()[-1:] == ["void_label"])
    # One may have begun before the others came; a machine that stalls in between lets one more begin.
    assert len(heard()) <= 5


def test_the_volume_is_that_of_the_settings(make: Make, heard: Heard, tmp_path: Path) -> None:
    player = make(volume=30)
    player.play(Outcome.ACCEPTED)
    until(lambda: heard() == ["accepted-30"])
    loud, soft = asset("sounds") / "accepted.wav", tmp_path / "soft.wav"
    quieter(loud, soft, 30)
    assert max(samples(soft)) == max(samples(loud)) * 30 // 100
    assert len(samples(soft)) == len(samples(loud))


def test_switched_off_is_silent(make: Make, heard: Heard) -> None:
    player = make(on=False)
    player.play(Outcome.ACCEPTED)
    player.use(Settings(sounds=True, sound_volume=0))
    player.play(Outcome.ACCEPTED)
    player.use(Settings(sounds=True, sound_volume=100))
    player.play(Outcome.REPEAT)
    until(lambda: heard() == ["repeat"])


@pytest.mark.parametrize("commands", [[], [["no-such-player"]], [["false"]]], ids=["none", "missing", "no sound card"])
def test_without_a_player_that_works_the_desk_is_silent(make: Make, heard: Heard, commands: list[list[str]]) -> None:
    player = make(commands=commands)
    for _ in range(3):
        player.play(Outcome.ACCEPTED)
        time.sleep(0.02)
    player.close()
    player.play(Outcome.ACCEPTED)
    assert heard() == []
    assert not any(thread.name == "sounds" for thread in threading.enumerate())


def test_a_player_that_fails_makes_room_for_the_next(make: Make, heard: Heard, tmp_path: Path) -> None:
    works = [sys.executable, "-S", "-c", _PLAYER, str(tmp_path / "heard"), "0"]
    player = make(commands=[["false"], works])
    player.play(Outcome.ACCEPTED)
    until(lambda: heard() == ["accepted"])


def test_the_thread_goes_by_itself_and_comes_back(make: Make, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "_IDLE_S", 0.02)
    player = make()
    for count in (1, 2):
        player.play(Outcome.ACCEPTED)
        until(lambda count=count: heard() == ["accepted"] * count)  # type: ignore[misc]
        until(lambda: not [thread for thread in threading.enumerate() if thread.name == "sounds"])


def test_a_sound_that_is_not_there_is_silent(make: Make, heard: Heard) -> None:
    player = make()
    player.play("no such sound")
    time.sleep(0.05)
    player.play(Outcome.REPEAT)
    until(lambda: heard() == ["repeat"])
