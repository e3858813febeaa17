"""What a key costs: one press answers with the whole screen, from few questions."""

from tests import page
from tests.blueprints.block.scene import Block

MOST = 43
"""Logging holds, counts and writes in fifteen to twenty statements; the claim and the next card are the others."""


def test_a_press_asks_little(block: Block) -> None:
    block.begin()
    block.log(part=True)
    card = block.card()
    with page.counted() as statements:
        answer = block.log(card=card, part=True)
    assert "Dirk Smit" in answer.text
    assert 20 < len(statements) <= MOST, "\n".join(statements)
