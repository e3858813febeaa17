"""A message to a chat: in it nothing that somebody typed calls anybody, leads anywhere or draws anything."""

import pytest

from app.chat import Link, Message, plain


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Anne-Fleur O'Neil", "Anne-Fleur O'Neil"),
        ("<!channel> @everyone @here", "!channel everyone here"),
        ("[Kijk](https://evil.example/x)", "Kijk (https: //evil. example/x)"),
        ("**vet** _schuin_ `code` ~weg~ # kop", "vet schuin code weg kop"),
        ("www.evil.example", "www. evil. example"),
        ("a\nb\u202ec\u2028d", "a b c d"),
        ("Samen 1.240 van 2.000 punten (62%), om 14:30", "Samen 1.240 van 2.000 punten (62%), om 14:30"),
        ("x" * 500, "x" * 240),
    ],
)
def test_what_was_typed_stands_for_itself(typed: str, stands: str) -> None:
    assert plain(typed) == stands


def test_links_are_ours() -> None:
    message = Message("<!here> Wedstrijd", ["*Nog* 3 dagen."], [Link("Naar [de] wedstrijd", "https://x.nl/contests/1")])
    assert message.title == "!here Wedstrijd"
    assert message.body == "Nog 3 dagen.\n\n[Naar de wedstrijd](https://x.nl/contests/1)"
