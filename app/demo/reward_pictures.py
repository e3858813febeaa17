"""The demo's pictures: its sponsor; a clock, a plate, tickets, a heart, headphones, hills in the sun and a feather."""

from app.demo.drawing import Color, Disc, Polygon, Shape, box, draw

INK: Color = (18, 58, 48)
PAPER: Color = (255, 253, 247)
GREEN: Color = (11, 107, 87)
LIGHT: Color = (143, 205, 184)
GOLD: Color = (244, 180, 58)
CORAL: Color = (226, 110, 88)
SKY: Color = (196, 222, 240)
SAND: Color = (247, 232, 200)
MINT: Color = (214, 238, 229)
ROSE: Color = (250, 221, 213)
SKIN: Color = (224, 172, 140)
BLUE: Color = (62, 102, 178)

CLOCK: tuple[Shape, ...] = (
    Disc(GREEN, 80, 45, 31),
    Disc(PAPER, 80, 45, 26),
    *(box(LIGHT, x, y, 3, 3) for x, y in ((78.5, 22), (78.5, 65), (57, 43.5), (100, 43.5))),
    box(INK, 78.4, 28, 3.2, 18),
    Polygon(INK, ((79, 43.4), (95, 50.6), (93.8, 53.4), (77.8, 46.2))),
    Disc(GOLD, 80, 45, 3.2),
)
PLATE: tuple[Shape, ...] = (
    Disc(PAPER, 80, 45, 31),
    Disc(SAND, 80, 45, 22),
    Disc(CORAL, 73, 42, 8),
    Disc(GREEN, 88, 40, 7),
    Disc(GOLD, 82, 53, 8),
    *(box(INK, x, 18, 1.6, 16) for x in (34, 37.4, 40.8)),
    box(INK, 34, 33, 8.4, 3),
    box(INK, 36.6, 35, 3.2, 37),
    Polygon(INK, ((120, 18), (125, 24), (125, 46), (120, 46))),
    box(INK, 120, 44, 3.2, 28),
)
TICKETS: tuple[Shape, ...] = (
    Polygon(BLUE, ((40, 36), (108, 18), (117, 50), (49, 68))),
    Polygon(GOLD, ((44, 34), (118, 34), (118, 68), (44, 68))),
    Disc(SKY, 44, 51, 5),
    Disc(SKY, 118, 51, 5),
    *(box(PAPER, 96, y, 1.8, 4) for y in (37, 44, 51, 58)),
    Polygon(INK, ((62, 42), (82, 51), (62, 60))),
)
HEART: tuple[Shape, ...] = (
    Disc(CORAL, 67, 36, 17),
    Disc(CORAL, 93, 36, 17),
    Polygon(CORAL, ((52.4, 45), (80, 34), (107.6, 45), (80, 77))),
    Disc(ROSE, 61, 31, 4.5),
)
HEADPHONES: tuple[Shape, ...] = (
    Disc(INK, 80, 47, 32),
    Disc(LIGHT, 80, 47, 26),
    box(LIGHT, 44, 51, 72, 30),
    Disc(GREEN, 51, 56, 6),
    Disc(GREEN, 51, 68, 6),
    Disc(GREEN, 109, 56, 6),
    Disc(GREEN, 109, 68, 6),
    box(GREEN, 45, 56, 12, 12),
    box(GREEN, 103, 56, 12, 12),
    box(INK, 55, 50, 7, 24),
    box(INK, 98, 50, 7, 24),
)
HILLS: tuple[Shape, ...] = (
    Disc(GOLD, 112, 28, 13),
    Polygon(LIGHT, ((0, 74), (46, 30), (98, 90), (0, 90))),
    Polygon(GREEN, ((40, 90), (98, 42), (160, 86), (160, 90))),
    box(INK, 0, 84, 160, 6),
)
FEATHER: tuple[Shape, ...] = (
    Polygon(GREEN, ((52, 66), (60, 44), (84, 24), (110, 16), (104, 40), (86, 60), (64, 70))),
    Polygon(LIGHT, ((64, 70), (110, 16), (104, 40), (86, 60))),
    Polygon(INK, ((42, 78), (108, 17), (110, 19), (45, 80))),
)

PORTRAIT: tuple[Shape, ...] = (
    Disc(INK, 80, 36, 21),
    Disc(GREEN, 80, 96, 34),
    box(SKIN, 75, 46, 10, 20),
    Disc(SKIN, 80, 38, 15),
    Polygon(INK, ((63, 34), (68, 20), (92, 20), (97, 34), (82, 26))),
    Polygon(PAPER, ((72, 62), (80, 74), (88, 62), (84, 60), (80, 66), (76, 60))),
)


def portrait() -> bytes:
    """Of the sponsor."""
    return draw(MINT, PORTRAIT)


def pictures() -> dict[str, bytes]:
    """Each by its name, as PNG."""
    return {
        "clock": draw(MINT, CLOCK),
        "plate": draw(ROSE, PLATE),
        "tickets": draw(SKY, TICKETS),
        "heart": draw(SAND, HEART),
        "headphones": draw(LIGHT, HEADPHONES),
        "hills": draw(SKY, HILLS),
        "feather": draw(SAND, FEATHER),
    }
