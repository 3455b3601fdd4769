"""Fifty thousand pasted lines of random shape, read back."""

import sys

import pytest

from courier_desk.domain.address import load_divisions
from tests.unit.test_address_shapes import measure

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("seed", range(5))
def test_lines_of_any_shape_are_read_back_at_length(seed: int) -> None:
    sys.stdout.write(measure(load_divisions(), 10_000, seed) + "\n")
