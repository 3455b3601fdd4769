"""Every pair of colours that carries words can be read in both sets."""

import pytest

from courier_desk.ui.tokens import DARK, LIGHT, TONES, Tokens, contrast, soft_colour, tone_colour

LEAST = 4.5


def test_contrast_of_black_and_white_is_the_known_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#777777", "#777777") == 1.0


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_words_are_readable_on_every_ground(tokens: Tokens) -> None:
    grounds = (
        tokens.surface, tokens.sunken, tokens.raised, tokens.field, tokens.stripe, tokens.hover, tokens.accent_soft
    )  # fmt: skip
    poor = [
        (ink, ground)
        for ground in grounds
        for ink in (tokens.text, tokens.muted, *(tone_colour(tokens, tone) for tone in TONES))
        if contrast(ink, ground) < LEAST
        and not (ground == tokens.accent_soft and ink not in (tokens.text, tokens.accent))
    ]
    assert poor == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_each_tone_is_readable_on_its_pale_patch_and_words_on_its_full_one(tokens: Tokens) -> None:
    for tone in TONES:
        assert contrast(tone_colour(tokens, tone), soft_colour(tokens, tone)) >= LEAST
        assert contrast(tokens.text, soft_colour(tokens, tone)) >= LEAST
        if tone != "muted":
            assert contrast(tokens.on_fill, tone_colour(tokens, tone)) >= LEAST
    for ground in (tokens.brand, tokens.brand_deep):
        assert contrast(tokens.on_brand, ground) >= LEAST
        assert contrast(tokens.on_brand_muted, ground) >= LEAST


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_controls_stand_out_from_their_ground(tokens: Tokens) -> None:
    assert contrast(tokens.accent, tokens.raised) >= 3
    assert contrast(tokens.accent, tokens.surface) >= 3
