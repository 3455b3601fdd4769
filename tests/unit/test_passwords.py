"""Password hashes: strong by default, the same answer for what is wrong, forgiving about the input method."""

import time

import pytest

from courier_desk.security.passwords import Argon2Hasher


@pytest.fixture
def cheap() -> Argon2Hasher:
    return Argon2Hasher(memory_kib=64, rounds=1)


def test_the_hash_that_is_kept_is_argon2id_of_64_mib_and_three_rounds() -> None:
    kept = Argon2Hasher().hash("Abc-123")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,")
    assert Argon2Hasher().verify(kept, "Abc-123")
    assert "Abc" not in kept


def test_only_the_same_secret_is_accepted(cheap: Argon2Hasher) -> None:
    kept = cheap.hash("correct")
    assert cheap.verify(kept, "correct")
    for wrong in ("Correct", "correct ", "", "correc"):
        assert not cheap.verify(kept, wrong)
    assert cheap.hash("correct") != kept


def test_full_width_typing_is_the_same_password(cheap: Argon2Hasher) -> None:
    assert cheap.verify(cheap.hash("Abc123"), "Ａｂｃ１２３")


@pytest.mark.parametrize("broken", ["", "plain", "$argon2id$v=19$m=65536", "\x00"])
def test_a_broken_or_missing_hash_is_never_accepted(cheap: Argon2Hasher, broken: str) -> None:
    assert not cheap.verify(broken, "nobody has this password")
    assert not cheap.verify(broken, "")


def test_nobody_takes_as_long_as_somebody() -> None:
    hasher = Argon2Hasher(memory_kib=16 * 1024, rounds=3)
    kept = hasher.hash("x")
    hasher.verify("", "x")

    def best(secret_hash: str) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            hasher.verify(secret_hash, "y")
            times.append(time.perf_counter() - started)
        return min(times)

    assert best("") > best(kept) / 3


def test_hashes_of_other_costs_are_named_outdated(cheap: Argon2Hasher) -> None:
    assert Argon2Hasher().outdated(cheap.hash("x"))
    assert not cheap.outdated(cheap.hash("x"))
