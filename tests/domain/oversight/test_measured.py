"""What goals and improvements learn is what the sponsor's page says, and before and after what each was then."""

from datetime import date, datetime, timedelta

import pytest

from app import clock
from app.domain.oversight import sponsor_page
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.measured import beside, measured
from app.domain.oversight.scope import Question
from app.domain.program.program import withdraw_consent
from tests.domain.oversight.scene import NOW, ZONE, Scene


@pytest.fixture
def made(session: None, three_months: Scene) -> Scene:
    return three_months.again()


def as_the_page_has_it(made: Scene, now: datetime) -> dict[str, float | None]:
    asked = sponsor_page.ask(made.people[0], Question(), now, ZONE)
    found = sponsor_page.figures_of(asked, sponsor_page.waiting(asked)).figures
    return {code: found[code].value for code in MEASURES}


def test_it_is_what_the_page_says(made: Scene) -> None:
    found = measured(MEASURES, NOW, ZONE)
    assert found == as_the_page_has_it(made, NOW)
    assert found["adoption"]
    assert found["coverage"]


def test_before_and_after_are_the_figures_of_those_weeks(made: Scene) -> None:
    today = clock.local_day(NOW, ZONE)
    begun = today - timedelta(days=21)
    found = beside("two_way", begun, today + clock.DAY, NOW, ZONE)
    then = datetime.combine(begun - clock.DAY, NOW.timetz())
    assert found == (measured(["two_way"], then, ZONE)["two_way"], measured(["two_way"], NOW, ZONE)["two_way"])


def test_of_few_people_nothing_is_told(made: Scene) -> None:
    withdraw_consent(made.program.id, NOW)
    for person in made.people[3:]:
        person.deactivated_at = datetime.combine(date(2026, 6, 1), NOW.timetz())
    assert measured(["adoption"], NOW, ZONE) == {"adoption": None}
