"""The program's own colour: from a hue to shades that can be read, on light and on dark pages.

The hue is an angle in OKLCH, where equal steps look equal; the arithmetic is Björn Ottosson's (2020).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from math import cos, radians, sin

Linear = tuple[float, float, float]

READABLE = 4.5
ROUNDING = 1e-4
DARKER, LIGHTER = -0.005, 0.005
WHITE = "#ffffff"
LIGHT_GROUNDS = ("#f7f6f3", WHITE, "#efede7")
DARK_GROUNDS = ("#121513", "#1a1f1c", "#0d0f0e")


class Unreadable(ValueError):  # noqa: N818 - it says what the colour would be
    """No shade of this hue can be read on what it would stand on."""


@dataclass(frozen=True, slots=True)
class Shades:
    """Hexadecimal colours, named as the tokens of the style sheet."""

    brand: str
    brand_hover: str
    on_brand: str
    brand_soft: str
    on_brand_soft: str


@cache
def light(hue: int) -> Shades:
    """Dark enough to carry white text, and to be text itself on a light page.

    Raises:
        Unreadable: there is no such shade.
    """
    soft = shade(0.945, 0.03, hue)
    lightness = readable(0.5, 0.13, hue, (*LIGHT_GROUNDS, soft), DARKER)
    on_soft = readable(0.38, 0.09, hue, (soft,), DARKER)
    return Shades(
        brand=shade(lightness, 0.13, hue),
        brand_hover=shade(lightness - 0.07, 0.13, hue),
        on_brand=WHITE,
        brand_soft=soft,
        on_brand_soft=shade(on_soft, 0.09, hue),
    )


@cache
def dark(hue: int) -> Shades:
    """Light enough to carry dark text, and to be text itself on a dark page.

    Raises:
        Unreadable: there is no such shade.
    """
    soft, on_brand = shade(0.32, 0.05, hue), shade(0.23, 0.04, hue)
    lightness = readable(0.77, 0.12, hue, (*DARK_GROUNDS, on_brand, soft), LIGHTER)
    on_soft = readable(0.88, 0.07, hue, (soft,), LIGHTER)
    return Shades(
        brand=shade(lightness, 0.12, hue),
        brand_hover=shade(lightness + 0.05, 0.12, hue),
        on_brand=on_brand,
        brand_soft=soft,
        on_brand_soft=shade(on_soft, 0.07, hue),
    )


def stylesheet(hue: int) -> str:
    """The rules that put a hue in the place of the house colour.

    Raises:
        Unreadable: a shade could not be read.
    """
    by_day, by_night = asdict(light(hue)), asdict(dark(hue))
    tokens = (f"--{name.replace('_', '-')}:light-dark({colour},{by_night[name]});" for name, colour in by_day.items())
    return f":root{{{''.join(tokens)}}}\n"


def readable(lightness: float, chroma: float, hue: int, grounds: Sequence[str], step: float) -> float:
    """The first lightness, going by steps from a given one, whose shade can be read on all grounds.

    Raises:
        Unreadable: black or white came first.
    """
    while 0 < lightness < 1:
        colour = shade(lightness, chroma, hue)
        if all(contrast(colour, ground) >= READABLE for ground in grounds):
            return lightness
        lightness += step
    raise Unreadable(f"hue {hue} on {', '.join(grounds)}")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 has it, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a hexadecimal colour as WCAG 2.2 has it, from 0 to 1."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shade(lightness: float, chroma: float, hue: int) -> str:
    """A colour in hexadecimal; one that no screen can show gets as much of its chroma as can be shown."""
    while chroma > 0 and not all(-ROUNDING <= part <= 1 + ROUNDING for part in _from_oklch(lightness, chroma, hue)):
        chroma -= 0.002
    parts = _from_oklch(lightness, max(chroma, 0), hue)
    return "#" + "".join(f"{round(_encoded(min(max(part, 0), 1)) * 255):02x}" for part in parts)


def _from_oklch(lightness: float, chroma: float, hue: int) -> Linear:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of sRGB


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 - of sRGB
