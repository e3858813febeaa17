"""What a key costs: one press answers with the whole screen, from few questions."""

import re

from tests import page
from tests.blueprints.block.scene import Block


def test_a_press_asks_little(block: Block) -> None:
    """Logging, with a promise that is kept and a bonus, takes two thirds; the claim and the next card the rest."""
    block.begin()
    block.log(part=True)
    card = block.card()
    with page.counted() as statements:
        answer = block.log(card=card, part=True)
    assert "Dirk Smit" in answer.text
    assert 20 < len(statements) <= page.PRESS, "\n".join(statements)


def test_what_was_drawn_before_is_filled_in_and_nothing_more(block: Block) -> None:
    block.begin()
    said = '<b>--day--</b> & "--ids--"'
    html = block.log(outcome="later", part=True, note=said, promise_on="2026-03-20", promise_time="14:30").text
    assert "&lt;b&gt;--day--&lt;/b&gt; &amp; &#34;--ids--&#34;</textarea>" in html
    assert 'value="2026-03-20"' in html
    assert 'value="14:30"' in html
    assert "<b>" not in html
    assert not page.faults(block.log(part=True))
    assert "--" not in re.sub(
        r"--day--|--ids--|<textarea.*?</textarea>", "", block.log(part=True).text, flags=re.DOTALL
    )
