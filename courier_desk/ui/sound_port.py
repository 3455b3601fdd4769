"""How pages ask for a sound, whoever plays it."""

from typing import Protocol


class PlaysSounds(Protocol):
    """Plays the sound of an ``Outcome`` by its value; returns at once."""

    def play(self, name: str) -> None: ...


class Silence:
    """Where nothing is to be heard."""

    def play(self, name: str) -> None:
        """Nothing."""
