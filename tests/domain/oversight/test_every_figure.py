"""Every measure in its three windows against a slow recount of half a year that was lived, merged and forgotten."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from app.db import db
from app.domain.candidates.candidate import Stage
from app.domain.oversight import sponsor_page
from app.domain.oversight.behind import candidates
from app.domain.oversight.day_figures import FigureMark
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.scope import Question, Span
from app.domain.oversight.sponsor_page import Asked
from tests.conftest import laid
from tests.domain.oversight.journeys import settle
from tests.domain.oversight.lived import DAY, PAUSES, Lived
from tests.domain.oversight.recount import Recount, Rows, Stood, Value, stand
from tests.domain.oversight.scene import NOW, ZONE, evening, last_seen

NOW_, BEFORE, PAUSE = range(3)
PER_DAY = {"rescued", "placements", "redeployments", "referrals"}
"""What is told of the pauses at the pace of the period."""
ROWS = ("late", "rescued", "placements", "redeployments", "referrals")
"""Of these there is a row behind each that is counted."""
OF_STAFF = {"adoption", "attendance"}
"""What is told of no part of the candidates."""
Told = dict[str, list[Value]]


def _live(seed: int) -> Lived:
    found = Lived(seed)
    settle(NOW - timedelta(minutes=4))
    found.put_right()
    settle()
    return found


@pytest.fixture(scope="module", params=[1, 2])
def half_a_year(shared_app: Flask, request: pytest.FixtureRequest) -> Iterator[Lived]:
    with laid(shared_app, lambda: _live(request.param)) as found:
        yield found


@pytest.fixture
def lived(session: None, half_a_year: Lived) -> Lived:
    db.session.add_all([half_a_year.ines, half_a_year.early, *half_a_year.teams])
    return half_a_year


def questions(lived: Lived) -> dict[str, Question]:
    team, branch, early = lived.teams[0].id, lived.teams[2].branch_id, str(lived.early.id)
    return {
        "four weeks": Question(),
        "twelve weeks": Question(Span.QUARTER),
        "a team": Question(team_id=team),
        "a branch": Question(Span.QUARTER, branch_id=branch),
        "a segment": Question(Span.QUARTER, segment=early),
        "a segment of a team": Question(Span.QUARTER, team_id=team, segment=early),
    }


def asked(lived: Lived, question: Question) -> Asked:
    return sponsor_page.ask(lived.ines, question, NOW, ZONE)


def told(which: Asked) -> Told:
    found = sponsor_page.figures_of(which, sponsor_page.waiting(which)).figures
    return {code: [figure.value, figure.before, figure.pause] for code, figure in found.items()}


class ByHand:
    """The same, counted slowly; `is_kept`: how the pool stood is known of the evenings on which somebody looked."""

    def __init__(self, lived: Lived, which: Asked, rows: Rows) -> None:
        self.lived, self.scope, self.rows = lived, which.scope, rows
        self.is_kept = which.known.since is not None and self.scope.whose is None
        early = {each.id for each in rows.present() if each.stage in (Stage.ATTRACT, Stage.ENGAGE)}
        whose = None if self.scope.whose is None else early
        self.windows = [
            Recount(rows, periods, self.stood(number), teams=self.scope.teams, whose=whose)
            for number, periods in enumerate(self.scope.windows)
        ]

    def stood(self, number: int) -> list[Stood] | None:
        """From the rows nothing is told of a pause, whose owners and stages are not known any more."""
        if number == NOW_:
            return stand(self.rows, NOW)
        end = self.scope.windows[number][-1].end
        if self.is_kept:
            return self.lived.stood[last_seen(end - DAY)]
        return stand(self.rows, evening(self.scope.windows[number][-1])) if number == BEFORE else None

    def told(self) -> Told:
        return {code: [self.value(code, number) for number in (NOW_, BEFORE, PAUSE)] for code in MEASURES}

    def value(self, code: str, number: int) -> Value:
        if code in OF_STAFF and self.scope.whose is not None:
            return None
        if code == "waiting" and number != NOW_ and not self.is_kept:
            return None
        if code == "satisfaction" and self.scope.teams is not None and self.windows[NOW_].is_of_few():
            return None
        found: Value = getattr(self.windows[number], code)()
        if code in PER_DAY and number == PAUSE and found is not None:
            return round(found * self.scope.length / sum((each.end - each.start).days for each in PAUSES), 1)
        return found


def differences(lived: Lived) -> dict[tuple[str, str], tuple[list[Value], list[Value]]]:
    rows, found = Rows(), dict[tuple[str, str], tuple[list[Value], list[Value]]]()
    for name, question in questions(lived).items():
        which = asked(lived, question)
        page, by_hand = told(which), ByHand(lived, which, rows).told()
        found |= {
            (name, code): (page[code], by_hand[code]) for code in MEASURES if page[code] != pytest.approx(by_hand[code])
        }
    return found


def test_every_figure(lived: Lived) -> None:
    which = asked(lived, Question(Span.QUARTER))
    assert which.known.since
    assert which.scope.pauses == PAUSES
    assert [code for code, values in told(which).items() if not any(values)] == [], "zeros would be held to zeros"
    assert differences(lived) == {}, "as days are kept"
    db.session.execute(delete(FigureMark))
    assert not asked(lived, Question()).known.since
    assert differences(lived) == {}, "as they are counted from the rows"


def behind(lived: Lived, question: Question, code: str) -> tuple[Value, int]:
    """The figure without whoever was forgotten, of whom no row is shown; and how many rows there are."""
    which, rows = asked(lived, question), Rows()
    gone = {each.id for each in rows.candidates.values() if each.anonymised_at}
    forgotten = Recount(rows, (which.scope.days,), [], teams=which.scope.teams, whose=gone)
    value = (told(which)[code][NOW_] or 0) - (getattr(forgotten, code)() if which.scope.whose is None else 0)
    return value, len(candidates(lived.ines, which.scope, code, size=1000).rows)


def test_behind_a_figure_there_are_as_many_rows(lived: Lived) -> None:
    found = {
        (name, code): behind(lived, question, code) for name, question in questions(lived).items() for code in ROWS
    }
    assert {key: pair for key, pair in found.items() if pair[0] != pair[1]} == {}
    assert {code for (_, code), (value, _) in found.items() if value} == set(ROWS)
