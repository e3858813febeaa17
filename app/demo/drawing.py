"""Plain pictures for the demo: a few flat shapes on a colour, written as PNG."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

WIDE, HIGH = 160, 90
"""What shapes are measured in."""
SCALE = 5
SIGNATURE = b"\x89PNG\r\n\x1a\n"
Color = tuple[int, int, int]
Point = tuple[float, float]
Span = tuple[int, float, float]


class Shape(Protocol):
    """What has a colour and lies on some lines of the picture."""

    @property
    def color(self) -> Color: ...

    def spans(self) -> Iterator[Span]:
        """For each line of dots from where to where."""
        ...


class Disc(NamedTuple):
    color: Color
    x: float
    y: float
    radius: float

    def spans(self) -> Iterator[Span]:
        for line in _lines(self.y - self.radius, self.y + self.radius):
            half = max(0.0, self.radius**2 - (_middle(line) - self.y) ** 2) ** 0.5
            yield line, self.x - half, self.x + half


class Polygon(NamedTuple):
    color: Color
    points: Sequence[Point]

    def spans(self) -> Iterator[Span]:
        heights = [y for _, y in self.points]
        for line in _lines(min(heights), max(heights)):
            crossings = sorted(self._crossings(_middle(line)))
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                yield line, left, right

    def _crossings(self, y: float) -> Iterator[float]:
        for (x1, y1), (x2, y2) in pairwise([*self.points, self.points[0]]):
            if (y1 <= y) != (y2 <= y):
                yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def box(color: Color, x: float, y: float, wide: float, high: float) -> Polygon:
    """A rectangle from its upper left corner."""
    return Polygon(color, ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)))


def draw(ground: Color, shapes: Sequence[Shape]) -> bytes:
    """The shapes one over the other, as a PNG."""
    colors = list(dict.fromkeys([ground, *(shape.color for shape in shapes)]))
    rows = [bytearray(WIDE * SCALE) for _ in range(HIGH * SCALE)]
    for shape in shapes:
        dot = bytes([colors.index(shape.color)])
        for line, left, right in shape.spans():
            first, last = max(0, round(left * SCALE)), min(WIDE * SCALE, round(right * SCALE))
            rows[line][first:last] = dot * max(0, last - first)
    return _png(colors, rows)


def _lines(top: float, bottom: float) -> range:
    return range(max(0, round(top * SCALE)), min(HIGH * SCALE, round(bottom * SCALE)))


def _middle(line: int) -> float:
    return (line + 0.5) / SCALE


def _png(colors: Sequence[Color], rows: Sequence[bytearray]) -> bytes:
    head = struct.pack(">IIBBBBB", WIDE * SCALE, HIGH * SCALE, 8, 3, 0, 0, 0)
    palette = b"".join(bytes(color) for color in colors)
    dots = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return SIGNATURE + b"".join(
        _chunk(kind, body) for kind, body in ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", dots), (b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
