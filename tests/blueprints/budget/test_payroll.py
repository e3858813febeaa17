"""What payroll must know: the page and the file say the same, and no cell is a formula."""

from collections.abc import Iterator

import pytest

from app.db import db
from app.domain.agency.person import Person
from tests.blueprints.budget.counter import URL, Counter, standing
from tests.people import Browser

PAYROLL = f"{URL}/payroll"
NOVEMBER = "from=2026-11-01&to=2026-11-30"


@pytest.fixture
def counter(browser: Browser) -> Iterator[Counter]:
    with standing(browser) as found:
        yield found


def handed(counter: Counter) -> None:
    number = counter.granted()
    counter.post(f"{URL}/requests/{number}/fulfilment")


def test_it_begins_with_last_month(counter: Counter) -> None:
    handed(counter)
    page = counter.get(PAYROLL)
    assert 'value="2026-10-01"' in page
    assert 'value="2026-10-31"' in page
    assert "Op deze dagen is niets uitgereikt" in page


def test_what_was_handed_over_stands_there_with_its_value(counter: Counter) -> None:
    handed(counter)
    page = counter.get(f"{PAYROLL}?{NOVEMBER}")
    assert "1 regel, samen €\xa025" in page
    assert "Boekenbon" in page


def test_the_file_is_for_a_spreadsheet_and_never_kept(counter: Counter) -> None:
    handed(counter)
    counter.behind(lambda: setattr(db.session.get_one(Person, counter.people.sanne.id), "name", "=1+1"))
    answer = counter.browser.sign_in(counter.people.ines).get(f"{PAYROLL}.csv?{NOVEMBER}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "payroll-2026-11-01-2026-11-30.csv" in answer.headers["Content-Disposition"]
    assert "'=1+1;20-11-2026;Bon;Boekenbon;25,00" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "from=2026-11-30&to=2026-11-01",
        "from=2020-01-01&to=2026-11-01",
        "from=gisteren",
        "from=0001-01-01&to=0001-01-02",
    ],
)
def test_days_that_cannot_be_are_said(counter: Counter, question: str) -> None:
    ines = counter.browser.sign_in(counter.people.ines)
    page = ines.get(f"{PAYROLL}?{question}")
    assert (page.status_code, 'role="alert"' in page.text) == (422, True)
    assert ines.get(f"{PAYROLL}.csv?{question}").status_code == 404
