"""The picture of the rooms is one of this code."""

from pathlib import Path

from tests.house import rooms

DOMAIN = Path(rooms.__file__).parents[2] / "app" / "domain"


def test_the_picture_is_of_today() -> None:
    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.drawn(rooms.imports()), "make rooms draws it anew"


def test_every_room_is_in_it_and_no_arrow_leads_upwards() -> None:
    assert set(rooms.places()) == {path.parent.name for path in DOMAIN.glob("*/__init__.py")}
    assert len(rooms.imports()) > len(rooms.places())
    assert rooms.upwards(rooms.imports()) == []


def test_an_arrow_upwards_would_be_found() -> None:
    assert rooms.upwards({("agency", "lab"): 1, ("lab", "agency"): 1, ("journey", "game"): 1}) == [
        ("agency", "lab"),
        ("journey", "game"),
    ]
