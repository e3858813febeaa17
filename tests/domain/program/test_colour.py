"""Every hue gives shades that can be read, and a colour that cannot be read is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.program import colour

hues = st.integers(0, 359)
lightnesses = st.floats(0.05, 0.95)


@given(hues)
def test_text_on_the_brand_is_readable_by_day_and_by_night(hue: int) -> None:
    for shades in (colour.light(hue), colour.dark(hue)):
        assert colour.contrast(shades.brand, shades.on_brand) >= 4.5
        assert colour.contrast(shades.brand_hover, shades.on_brand) >= 4.5
        assert colour.contrast(shades.brand_soft, shades.on_brand_soft) >= 4.5


@pytest.mark.parametrize("hue", range(360))
def test_the_brand_itself_is_readable_as_text_on_every_ground(hue: int) -> None:
    by_day, by_night = colour.light(hue), colour.dark(hue)
    assert all(colour.contrast(by_day.brand, g) >= 4.5 for g in (*colour.LIGHT_GROUNDS, by_day.brand_soft))
    assert all(colour.contrast(by_night.brand, g) >= 4.5 for g in (*colour.DARK_GROUNDS, by_night.brand_soft))


@given(lightnesses, hues)
def test_a_shade_is_a_colour_that_a_screen_can_show(lightness: float, hue: int) -> None:
    found = colour.shade(lightness, 0.3, hue)
    assert len(found) == 7
    assert 0 <= colour.luminance(found) <= 1


@given(hues)
def test_more_lightness_is_never_darker(hue: int) -> None:
    assert colour.luminance(colour.shade(0.6, 0.1, hue)) > colour.luminance(colour.shade(0.4, 0.1, hue))


def test_contrast_is_that_of_wcag() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_known_colours() -> None:
    assert colour.shade(0.5, 0, 0) == "#636363"
    assert colour.shade(0.628, 0.2577, 29) == "#fe0708"


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(colour.Unreadable):
        colour.readable(0.3, 0.1, 200, ("#000000",), colour.DARKER)


def test_the_stylesheet_names_the_tokens_once_for_both_pages() -> None:
    sheet = colour.stylesheet(250)
    assert sheet.startswith(":root{--brand:light-dark(#")
    assert sheet.count("light-dark(") == 5
    assert "--on-brand-soft:" in sheet
