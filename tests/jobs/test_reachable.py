"""Whether somebody may be told now: quiet hours, days off and one mail a day, asked once more at sending."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import alerting, reachable
from app.domain.actions.reachable import Why
from app.domain.agency.person import Role
from app.domain.notices import alert, delivery_times, notice, outbox
from app.domain.notices.delivery_times import Times
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.quiet import Quiet
from app.domain.program import absence, contract
from jobs import letters
from jobs.unsent import Later, Skip
from tests import make
from tests.jobs.desk import HOUR, MINUTE, TUESDAY, Desk, make_desk, plan, tell

WEDNESDAY = date(2026, 3, 4)
IN_THREE_DAYS = TUESDAY + timedelta(days=3)
ALL_DAY, MORNING = Quiet(8 * 60, 20 * 60), Quiet(8 * 60, 12 * 60)


@pytest.fixture
def desk(session: None) -> Desk:
    return make_desk()


def wants(desk: Desk, times: Times) -> None:
    delivery_times.choose(f"person:{desk.sanne.id}", times, TUESDAY)


def off(desk: Desk, last: date = date(2026, 3, 3)) -> None:
    absence.record(desk.sanne.id, TUESDAY.date(), last, by_id=None, now=TUESDAY)


def when(desk: Desk, kind: str, now: datetime = TUESDAY) -> datetime | Why:
    return reachable.when(desk.sanne.id, kind, now, IN_THREE_DAYS)


@pytest.mark.parametrize("kind", ["competition", "weekly_reminder", "alert", "unusual"])
def test_nothing_comes_in_quiet_hours(desk: Desk, kind: str) -> None:
    assert when(desk, kind) == TUESDAY
    wants(desk, Times(MORNING))
    assert when(desk, kind) == TUESDAY + HOUR


def test_what_somebody_waits_for_comes_at_any_hour(desk: Desk) -> None:
    wants(desk, Times(MORNING, once_a_day=True, away_until=date(2026, 4, 1)))
    assert [when(desk, kind) for kind in ("invitation", "sign_in", "password")] == [TUESDAY] * 3


def test_on_a_day_off_it_waits_for_the_next_day_of_work_unless_it_must_be_known(desk: Desk) -> None:
    off(desk)
    contract.set_days(desk.sanne, {0, 1, 3, 4}, date(2026, 1, 1), by_id=None, now=TUESDAY)
    assert when(desk, "competition") == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert when(desk, "unusual") == TUESDAY


def test_what_is_no_news_after_a_day_off_is_not_told(desk: Desk) -> None:
    off(desk, last=date(2026, 3, 20))
    assert when(desk, "competition") == Why.OFF


def test_what_is_no_news_after_quiet_hours_is_not_told(desk: Desk) -> None:
    wants(desk, Times(MORNING))
    assert reachable.when(desk.sanne.id, "weekly_reminder", TUESDAY, TUESDAY + HOUR - MINUTE) == Why.QUIET


def test_whoever_is_away_hears_it_when_they_are_back(desk: Desk) -> None:
    wants(desk, Times(MORNING, away_until=WEDNESDAY))
    assert when(desk, "surprise") == datetime(2026, 3, 4, 11, tzinfo=UTC)


def test_with_one_mail_a_day_only_what_belongs_to_its_moment_comes_by_itself(desk: Desk) -> None:
    wants(desk, Times(once_a_day=True))
    assert [when(desk, kind) for kind in ("competition", "reward_decided", "surprise")] == [Why.DAILY] * 3
    assert [when(desk, kind) for kind in ("weekly_reminder", "unusual", "alert")] == [TUESDAY] * 3


def test_it_is_asked_once_more_at_sending(desk: Desk) -> None:
    tell(desk.aisha)
    (row,) = plan(TUESDAY)
    wants(desk, Times(MORNING))
    assert letters.compose(row, TUESDAY) == Later(TUESDAY + HOUR)
    wants(desk, Times(away_until=date(2026, 5, 1)))
    assert letters.compose(row, TUESDAY) == Skip(Why.OFF)


def test_an_alert_waits_for_the_end_of_quiet_hours(desk: Desk) -> None:
    wants(desk, Times(MORNING))
    tell(desk.aisha)
    assert [len(plan(TUESDAY + minutes)) for minutes in (0 * MINUTE, HOUR - MINUTE, HOUR)] == [0, 0, 1]


def test_quiet_hours_over_the_whole_day_lose_no_alert(desk: Desk) -> None:
    wants(desk, Times(ALL_DAY))
    tell(desk.aisha)
    assert [row for day in range(9) for row in plan(TUESDAY + timedelta(days=day))] == []
    assert [row.kind for row in notice.of_page(f"person:{desk.sanne.id}").rows] == ["alert:reply"]
    assert alert.due(TUESDAY + timedelta(days=9)) == []


def bells(*people: int) -> list[int]:
    return [notice.unread(f"person:{each}") for each in people]


def test_on_a_day_off_who_leads_the_team_hears_it_and_the_owner_has_it_under_the_bell(desk: Desk) -> None:
    off(desk)
    tell(desk.aisha)
    (row,) = plan(TUESDAY)
    letter = letters.compose(row, TUESDAY)
    assert isinstance(letter, tuple)
    assert letter[1].to == "lea@voorbeeld.nl"
    assert "Sanne de Vries heeft vrij; jij neemt waar." in letter[0].text
    assert bells(desk.sanne.id, desk.lead.id) == [1, 1]


def test_while_the_lead_is_off_too_colleagues_cover_for_leave(desk: Desk) -> None:
    bram = make.person("Bram Jansen")
    bram.team_id = desk.sanne.team_id
    absence.record(desk.lead.id, TUESDAY.date(), TUESDAY.date(), by_id=None, now=TUESDAY)
    off(desk)
    assert alerting.listeners(desk.aisha.id, TUESDAY) == [bram.id]


def test_without_anybody_who_covers_the_leads_of_the_branch_do_and_then_it_waits(desk: Desk) -> None:
    desk.sanne.team_id = None
    off(desk)
    assert alerting.listeners(desk.aisha.id, TUESDAY) == [desk.lead.id]
    desk.lead.role = Role.MEMBER
    assert alerting.listeners(desk.aisha.id, TUESDAY) == [desk.sanne.id]


def test_what_waits_when_the_day_off_begins_goes_to_who_covers(desk: Desk) -> None:
    monday_night = TUESDAY - 14 * HOUR
    tell(desk.aisha, now=monday_night)
    off(desk)
    assert plan(TUESDAY) == []
    assert [row.recipient for row in plan(TUESDAY + MINUTE)] == [f"person:{desk.lead.id}"]
    assert bells(desk.sanne.id, desk.lead.id) == [1, 1]


def test_a_mail_that_comes_with_the_rest_of_the_day_says_so(desk: Desk) -> None:
    wants(desk, Times(once_a_day=True))
    times: dict[str, datetime] = {"due_at": TUESDAY, "not_after": IN_THREE_DAYS, "now": TUESDAY}
    whom = f"person:{desk.sanne.id}"
    outbox.plan(kind="competition", recipient=whom, period="1", payload={}, host="voorbeeld.nl", **times)
    row = db.session.scalars(select(OutboxRow)).one()
    assert letters.compose(row, TUESDAY) == Skip(Why.DAILY)
