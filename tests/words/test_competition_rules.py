"""The rules of every format are written from its settings, and say what its prizes are."""

from itertools import chain

import pytest
from flask import Flask

from app.domain.game.competing.competition import Audience, Format, Metric
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind, prizes_of
from app.language import in_language
from app.words.competition_formats import format_sentence, metric_label
from app.words.competition_rules import rules_of
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import MONDAY, PLACES
from tests.domain.game.competing.test_planning import DAY

SAYS = {
    Format.TEAM_GOAL: "Samen gaan we voor 1.200 punten",
    Format.THRESHOLD: "elke 50 erbij",
    Format.TEAMS: "vanaf 3 mensen",
    Format.MOST: "De hoogste eerlijke score wint.",
    Format.FIRST: "Binnen een dag was niemand de eerste",
    Format.IMPROVEMENT: "alleen met jezelf vergeleken",
    Format.HEAD_TO_HEAD: "Wie overblijft",
    Format.BRACKET: "Bij een gelijke stand in een ronde",
}
PRIZES = (
    *PLACES,
    PrizePlan(PrizeKind.RAFFLE, "Bon", 5_00, number=3),
    PrizePlan(PrizeKind.SURPRISE, "Bloemen", number=2),
    PrizePlan(PrizeKind.TEAM, "Taart", 2_50, per_person=True),
    PrizePlan(PrizeKind.TEAM, "Medaille", per_person=True),
    PrizePlan(PrizeKind.TEAM, "Beker"),
)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("format_", list(Format))
def test_every_format_says_its_rules(app: Flask, format_: Format) -> None:
    row = arena.start().draft(format_, goal=1200, step=50, last=MONDAY + 13 * DAY, prizes=PRIZES)
    with app.test_request_context(), in_language("nl"):
        said = " ".join(chain.from_iterable(sentences for _, sentences in rules_of(row, prizes_of(row.id))))
        assert SAYS[format_] in said
        assert format_sentence(format_)
    for prize in (
        "Bon, 3 stuks van €\xa05",
        "Bloemen, 2 stuks",
        "Taart, €\xa02,50 per persoon",
        "Medaille, voor ieder",
    ):
        assert prize in said
    assert "Het team: Beker." in said


@pytest.mark.usefixtures("session")
def test_for_whom_and_without_prizes(app: Flask) -> None:
    here = arena.start()
    ids = [here.scene.team_id, here.scene.other_team_id]
    row = here.draft(audience=Audience.TEAM, audience_ids=ids, metric=Metric.HELPED, by_choice=True)
    with app.test_request_context(), in_language("en"):
        said = dict(rules_of(row, []))
        assert metric_label(row.metric) == "Candidates who were helped"
    assert "It is for Breda and Zwolle." in said["Who takes part"]
    assert said["The prizes"] == ["There are no prizes: it is for the fun of it."]
    assert "The raffle" not in said


@pytest.mark.usefixtures("session")
def test_who_was_chosen_is_not_named_so_that_nobody_is_seen_to_be_missing(app: Flask) -> None:
    here = arena.start()
    row = here.draft(audience=Audience.PEOPLE, audience_ids=[here.scene.person_id, here.scene.colleague_id])
    with app.test_request_context(), in_language("nl"):
        said = dict(rules_of(row, []))["Wie er meedoen"]
    assert said[0] == "De wedstrijd is voor 2 gekozen deelnemers."
    assert "Sanne" not in " ".join(said)
