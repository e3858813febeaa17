"""Words of the intake: whatever becomes of an event can be said, and what is refused says what to do."""

import pytest

from app.domain.actions.event import Fate, Refusal
from app.words import intake

SAY_ALL = {Fate.ACCEPTED, Fate.PASSED, "of a version to come"}


@pytest.mark.usefixtures("session")
def test_every_fate_has_its_words() -> None:
    for fate in (*Fate, *Refusal, "of a version to come"):
        assert intake.fate_label(fate)
        assert bool(intake.fate_sentence(fate)) == (fate not in SAY_ALL)
        assert (intake.fate_tone(fate) == "hot") == (fate not in set(Fate))
