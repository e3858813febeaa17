"""The demo agency changed the rules of the score once, and said why."""

from dataclasses import replace
from datetime import datetime

from app.domain.agency.person import Person
from app.domain.scoring import publication
from app.domain.scoring.ruleset import PRESET, KindRule


def change(by: Person, now: datetime) -> None:
    """Before anything came in, so that there is nothing to count anew."""
    draft = replace(PRESET, kinds={**PRESET.kinds, "survey_answered": KindRule(10)})
    publication.publish(draft, since=None, note="Wie een vragenlijst invult, denkt met ons mee.", by_id=by.id, now=now)
    while publication.progress():
        publication.advance(now)
