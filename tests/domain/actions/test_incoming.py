"""Events from other systems, where two tell the same or where one tells too much."""

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.incoming import Event, Fate, Introduced, Logged, Refusal, Sender, Subject, take_in_events
from app.domain.actions.outcome import Outcome
from app.domain.candidates import identity
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.candidates.identity import Known
from tests import make
from tests.domain.scoring.scene import NOW
from tests.people import make_people

AISHA = Introduced("1", Subject("a-1", "aisha@example.com", name="Aisha", consent=True))


def take(*events: Event) -> list[Fate | Refusal]:
    return [became.fate for became in take_in_events(Sender(1, "Website", trusted=True), events, NOW)]


def candidates() -> int:
    return db.session.scalar(select(func.count()).select_from(Candidate)) or 0


@pytest.mark.usefixtures("session")
def test_introduced_by_two_at_once_is_one_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    make_people()
    assert take(AISHA) == [Fate.ACCEPTED]
    seen = [Known({}, {})]
    look = identity.find_known
    monkeypatch.setattr(identity, "find_known", lambda *asked: seen.pop() if seen else look(*asked))
    assert take(AISHA, AISHA) == [Fate.ACCEPTED, Fate.ACCEPTED]
    assert candidates() == 1


@pytest.mark.usefixtures("session")
def test_a_mail_address_will_do_as_a_name() -> None:
    make_people()
    take(Introduced("1", Subject(email="aisha@example.com", consent=True)))
    assert db.session.scalars(select(Candidate.name)).all() == ["aisha"]


@pytest.mark.usefixtures("session")
def test_a_recruiter_logs_only_for_whom_they_may_see() -> None:
    people = make_people()
    elsewhere = branch_of(people.otto.id)
    make.candidate(external_id="z-1", branch_id=elsewhere)
    logged = Logged("1", Subject("z-1"), NOW, "sanne@voorbeeld.nl", Outcome.SPOKE)
    assert take(logged) == [Refusal.UNKNOWN_CANDIDATE]
