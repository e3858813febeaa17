"""Words for applications."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.domain.actions.promise import Promise, PromiseKind
from app.domain.journey.application import Application, ApplicationState
from app.domain.journey.vacancy import Vacancy
from app.language import in_language
from app.words import applications as words

NOW = datetime(2026, 3, 6, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def applied(
    state: ApplicationState = ApplicationState.STARTED, *, stopped: bool = False, step: str = ""
) -> Application:
    row = Application(candidate_id=1, vacancy_id=1, state=state, state_at=NOW, started_at=NOW, active_at=NOW, step=step)
    row.stopped_at = NOW if stopped else None
    return row


@pytest.mark.parametrize(
    ("reference", "title", "said"),
    [("V-1", "Lasser", "Lasser"), ("V-1", "", "V-1"), ("", "", "Open sollicitatie")],
)
def test_what_an_application_is_for(reference: str, title: str, said: str) -> None:
    assert words.vacancy_title(Vacancy(reference=reference, title=title)) == said


@pytest.mark.parametrize(
    ("stopped", "step", "said"),
    [
        (True, "", "Halverwege gestopt."),
        (True, "cv", "Gestopt bij “cv”."),
        (False, "cv", "Nu bij “cv”."),
        (False, "", ""),
    ],
)
def test_where_somebody_stopped(step: str, said: str, *, stopped: bool) -> None:
    assert words.stopped_sentence(applied(stopped=stopped, step=step)) == said


@pytest.mark.parametrize("state", ApplicationState)
def test_every_state_has_a_word_and_a_colour(state: ApplicationState) -> None:
    assert words.standing(applied(state))
    assert words.tone(applied(state)) in {"ok", "outline", "info", "brand"}


def test_an_unfinished_one_stands_out() -> None:
    row = applied(stopped=True)
    assert (words.standing(row), words.tone(row)) == ("niet afgerond", "hot")


@pytest.mark.parametrize(
    ("state", "said"), [("completed", "de sollicitatie"), ("interviewed", "het gesprek"), (None, "een bericht")]
)
def test_about_what_somebody_waits(state: str | None, said: str) -> None:
    assert words.waits_about(state) == said


def test_days_of_a_placement() -> None:
    start, end = date(2026, 3, 9), date(2026, 5, 1)
    assert words.placement_sentence(start, None) == "Werkt vanaf 9 maart."
    assert words.placement_sentence(start, end) == "Werkt van 9 maart tot en met 1 mei."


def test_when_they_hear_from_us() -> None:
    assert words.owed_sentence(NOW, NOW) == "Wacht sinds 6 maart op bericht van ons."
    assert words.owed_sentence(NOW.replace(day=9), NOW) == "Hoort uiterlijk 9 maart van ons."


@pytest.mark.parametrize("kind", PromiseKind)
def test_every_promise_has_a_word(kind: PromiseKind) -> None:
    assert words.planned_label(Promise(candidate_id=1, person_id=1, due_at=NOW, made_at=NOW, kind=kind))


def test_a_move_reads_from_where_to_where() -> None:
    assert words.moved("Lasser", None, "in_procedure") == "Lasser: in procedure"
    assert words.moved("Lasser", "in_procedure", "placed") == "Lasser: van in procedure naar geplaatst"


@pytest.mark.parametrize("kept", [True, False])
def test_what_they_said_of_being_kept_in_mind(*, kept: bool) -> None:
    assert ("mogen" in words.kept_sentence(kept=kept)) is kept
