"""Logging and undoing: points, places, promises and contact state move together."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.actions import action, alerting, promise
from app.domain.actions.action import EngagementAction, Logged
from app.domain.actions.contact import DateNeeded, InTheFuture, KeyReused, NotLoggable, TooOld, UnknownKind
from app.domain.actions.outcome import Outcome
from app.domain.actions.place import AwardDay, AwardPlace
from app.domain.actions.promise import Promise
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags, contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.game.ledger import LedgerEntry
from app.domain.notices import notice
from app.domain.notices.alert import AlertKind
from app.domain.notices.recipient import name_person
from app.domain.program import action_kind, season
from app.domain.program.program import the_program
from tests import make
from tests.people import People, make_people

NOW = datetime.fromisoformat("2026-03-04T10:00:00+00:00")  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Desk:
    """The people of the tests, a candidate, and a short way to log."""

    def __init__(self) -> None:
        self.people: People = make_people()
        self.candidate: Candidate = make.candidate(owner=self.people.sanne, at=NOW - timedelta(days=3))
        program = the_program()
        assert program
        self.program_id = program.id
        if not action_kind.kinds_of(program.id):
            action_kind.install_preset(program.id, None, make.START)

    def log(
        self,
        outcome: Outcome = Outcome.SPOKE,
        by: Person | None = None,
        of: Candidate | None = None,
        at: datetime = NOW,
        **facts: Any,  # noqa: ANN401 - whatever log() takes
    ) -> Logged:
        now = facts.pop("now", max(at, NOW))
        return action.log(by or self.people.sanne, of or self.candidate, outcome, at=at, now=now, **facts)

    def state(self) -> contact_state.ContactState:
        return contact_state.lock(self.candidate.id)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def total(person: Person | None = None) -> int:
    query = select(func.coalesce(func.sum(LedgerEntry.points), 0))
    return db.session.scalar(query.where(LedgerEntry.person_id == person.id) if person else query) or 0


def count(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("outcome", "kind", "points"),
    [
        (Outcome.SPOKE, "conversation", 30),
        (Outcome.MESSAGE_SENT, "message", 10),
        (Outcome.NO_ANSWER, "attempt", 10),
        (Outcome.APPOINTMENT, "appointment", 10),
        (Outcome.REPLIED, "inbound", 30),
        (Outcome.WRONG_NUMBER, "attempt", 10),
        (Outcome.HAS_WORK, "conversation", 30),
        (Outcome.DO_NOT_CONTACT, "refusal", 20),
    ],
)
def test_every_outcome_earns_what_its_kind_is_worth(desk: Desk, outcome: Outcome, kind: str, points: int) -> None:
    logged = desk.log(outcome)
    assert (logged.kind_code, logged.points, logged.reason, logged.fresh) == (kind, points, None, True)
    assert total(desk.people.sanne) == points


def test_done_says_its_kind(desk: Desk) -> None:
    assert desk.log(Outcome.DONE, kind="status_update").points == 30


@pytest.mark.parametrize("facts", [{}, {"kind": "no_such_kind"}])
def test_a_kind_that_is_not_there_is_refused(desk: Desk, facts: dict[str, Any]) -> None:
    with pytest.raises(UnknownKind):
        desk.log(Outcome.DONE, **facts)
    assert count(AwardDay) == 0


def test_a_retired_kind_is_refused(desk: Desk) -> None:
    kind = action_kind.add_kind(
        program_id=desk.program_id, label_nl="Koffie", label_en="Coffee", points=20, by_id=None, at=NOW
    )
    assert desk.log(Outcome.DONE, kind="coffee").points == 20
    action_kind.retire(kind, NOW)
    db.session.flush()
    with pytest.raises(UnknownKind):
        desk.log(Outcome.DONE, kind="coffee", of=make.candidate())


@pytest.mark.parametrize(
    ("ago", "refusal"),
    [(timedelta(days=7, seconds=1), TooOld), (timedelta(minutes=-5, seconds=-1), InTheFuture)],
)
def test_too_old_and_in_the_future_are_refused(desk: Desk, ago: timedelta, refusal: type[NotLoggable]) -> None:
    with pytest.raises(refusal):
        desk.log(at=NOW - ago, now=NOW)


@pytest.mark.parametrize("ago", [timedelta(days=7), timedelta(minutes=-5)])
def test_the_edges_of_backdating_are_allowed(desk: Desk, ago: timedelta) -> None:
    assert desk.log(at=NOW - ago, now=NOW).points == 30


def test_an_imported_log_may_be_old(desk: Desk) -> None:
    assert desk.log(at=NOW - 400 * DAY, now=NOW, source="import", external_id="a").points == 30


@pytest.mark.parametrize("promise_at", [None, NOW, NOW + 732 * DAY])
def test_later_needs_a_later_date(desk: Desk, promise_at: datetime | None) -> None:
    with pytest.raises(DateNeeded):
        desk.log(Outcome.LATER, promise_at=promise_at)


def test_the_same_kind_for_the_same_candidate_earns_once_a_day(desk: Desk) -> None:
    desk.log()
    second = desk.log(at=NOW + HOUR)
    assert (second.points, second.reason) == (0, "already_today")
    assert total() == 30


def test_a_week_has_two_pointed_attempts_over_all_recruiters(desk: Desk) -> None:
    people = desk.people
    rows = [desk.log(Outcome.NO_ANSWER, by) for by in (people.sanne, people.bram, people.tess)]
    assert [row.points for row in rows] == [10, 10, 0]
    assert rows[2].reason == "week_full"


def test_next_monday_has_places_again(desk: Desk) -> None:
    for by in (desk.people.sanne, desk.people.bram):
        desk.log(Outcome.NO_ANSWER, by)
    assert desk.log(Outcome.NO_ANSWER, at=NOW + 5 * DAY).points == 10


def test_after_twenty_a_day_half_and_after_forty_none(desk: Desk) -> None:
    rows = [desk.log(Outcome.NO_ANSWER, of=make.candidate()) for _ in range(41)]
    assert [row.points for row in rows] == [10] * 20 + [5] * 20 + [0]
    assert [row.reason for row in rows[19:]] == [None] + ["half"] * 20 + ["beyond_day"]


def test_a_sleeper_that_wakes_up_is_reengaged(desk: Desk) -> None:
    desk.log(at=NOW - 60 * DAY, now=NOW - 60 * DAY)
    assert desk.log().kind_code == "reengaged"


def test_fifty_nine_days_are_not_quiet_enough(desk: Desk) -> None:
    desk.log(at=NOW - 59 * DAY, now=NOW - 59 * DAY)
    assert desk.log().kind_code == "conversation"


def test_somebody_never_spoken_to_is_not_reengaged(desk: Desk) -> None:
    desk.log(Outcome.NO_ANSWER, at=NOW - 90 * DAY, now=NOW - 90 * DAY)
    assert desk.log().kind_code == "conversation"


def test_a_promise_kept_on_its_day_earns_more(desk: Desk) -> None:
    made = desk.log(Outcome.LATER, at=NOW - DAY, promise_at=NOW + HOUR)
    assert desk.state().promise_id == made.promise_id
    assert desk.log().kind_code == "promise_kept"
    assert desk.state().promise_id is None
    assert db.session.get_one(Promise, made.promise_id).kept_at == NOW


def test_a_promise_kept_late_is_kept_but_not_on_time(desk: Desk) -> None:
    desk.log(Outcome.LATER, at=NOW - 2 * DAY, promise_at=NOW - DAY)
    assert desk.log().kind_code == "conversation"
    assert desk.state().promise_id is None


def test_no_answer_keeps_no_promise(desk: Desk) -> None:
    made = desk.log(Outcome.LATER, at=NOW - DAY, promise_at=NOW - HOUR)
    desk.log(Outcome.NO_ANSWER)
    assert desk.state().promise_id == made.promise_id


def test_a_promise_for_next_week_is_not_kept_today(desk: Desk) -> None:
    made = desk.log(Outcome.LATER, at=NOW - DAY, promise_at=NOW + 5 * DAY)
    assert desk.log().kind_code == "conversation"
    assert desk.state().promise_id == made.promise_id


def test_a_new_date_replaces_what_was_due(desk: Desk) -> None:
    desk.log(Outcome.LATER, at=NOW - DAY, promise_at=NOW - HOUR)
    new = desk.log(Outcome.NO_ANSWER, promise_at=NOW + DAY)
    assert desk.state().promise_id == new.promise_id
    assert [one.id for one in promise.open_for(desk.people.sanne)] == [new.promise_id]


def test_undoing_a_new_date_opens_the_old_one_again(desk: Desk) -> None:
    old = desk.log(Outcome.LATER, at=NOW - DAY, promise_at=NOW - HOUR)
    new = desk.log(Outcome.NO_ANSWER, promise_at=NOW + DAY)
    action.undo(desk.people.sanne, new.action_id, NOW)
    assert desk.state().promise_id == old.promise_id


def test_undoing_a_kept_promise_opens_it_again(desk: Desk) -> None:
    made = desk.log(Outcome.LATER, at=NOW - DAY, promise_at=NOW + HOUR)
    kept = desk.log()
    action.undo(desk.people.sanne, kept.action_id, NOW)
    assert desk.state().promise_id == made.promise_id
    assert desk.log().kind_code == "promise_kept"


def test_a_reply_to_our_message_pays_the_message_once(desk: Desk) -> None:
    desk.log(Outcome.MESSAGE_SENT, by=desk.people.bram, at=NOW - 2 * DAY)
    reply = desk.log(Outcome.REPLIED)
    again = desk.log(Outcome.REPLIED, at=NOW + DAY)
    assert [(one.points, one.reason) for one in (reply, again)] == [(0, "reply")] * 2
    assert (total(desk.people.bram), total(desk.people.sanne)) == (30, 0)


def test_contact_after_fourteen_days_was_unprompted(desk: Desk) -> None:
    desk.log(Outcome.MESSAGE_SENT, at=NOW - 14 * DAY, now=NOW - 14 * DAY)
    assert desk.log(Outcome.REPLIED).points == 30


def test_undoing_the_reply_takes_the_bonus_back_and_the_right_reply_pays_it(desk: Desk) -> None:
    desk.log(Outcome.MESSAGE_SENT, at=NOW - DAY)
    wrong = desk.log(Outcome.REPLIED)
    action.undo(desk.people.sanne, wrong.action_id, NOW)
    assert total() == 10
    desk.log(Outcome.REPLIED, at=NOW + HOUR)
    assert total() == 30


def test_undoing_the_message_takes_its_bonus_too(desk: Desk) -> None:
    message = desk.log(Outcome.MESSAGE_SENT, at=NOW - HOUR)
    desk.log(Outcome.REPLIED)
    action.undo(desk.people.sanne, message.action_id, NOW)
    assert total() == 0


def test_a_message_without_points_gets_no_bonus(desk: Desk) -> None:
    for by in (desk.people.bram, desk.people.tess, desk.people.sanne):
        desk.log(Outcome.MESSAGE_SENT, by=by, at=NOW - HOUR)
    desk.log(Outcome.REPLIED)
    assert total() == 20


def test_do_not_contact_is_respected_until_undone(desk: Desk) -> None:
    refusal = desk.log(Outcome.DO_NOT_CONTACT)
    assert desk.state().do_not_contact_at == NOW
    action.undo(desk.people.sanne, refusal.action_id, NOW)
    assert desk.state().do_not_contact_at is None


def test_who_had_asked_it_themselves_is_still_left_alone_after_an_undo(desk: Desk) -> None:
    contact_flags.refused(desk.candidate.id, NOW - timedelta(days=1))
    logged = desk.log(Outcome.DO_NOT_CONTACT)
    action.undo(desk.people.sanne, logged.action_id, NOW)
    assert desk.state().do_not_contact_at == NOW - timedelta(days=1)


def test_earn_undo_and_log_right_earns_once(desk: Desk) -> None:
    wrong = desk.log()
    action.undo(desk.people.sanne, wrong.action_id, NOW)
    assert (total(), count(LedgerEntry)) == (0, 2)
    assert desk.log().points == 30
    assert total() == 30


def test_undo_gives_the_place_and_the_day_back(desk: Desk) -> None:
    logged = desk.log(Outcome.NO_ANSWER)
    action.undo(desk.people.sanne, logged.action_id, NOW)
    assert db.session.scalars(select(AwardDay.actions)).all() == [0]
    assert db.session.scalars(select(AwardPlace.freed_at)).all() == [NOW]
    assert [desk.log(Outcome.NO_ANSWER, by).points for by in (desk.people.bram, desk.people.tess)] == [10, 10]


def test_undo_takes_the_contact_back(desk: Desk) -> None:
    desk.log(Outcome.NO_ANSWER, at=NOW - DAY)
    action.undo(desk.people.sanne, desk.log().action_id, NOW)
    state = desk.state()
    assert (state.last_two_way_at, state.last_attempt_at) == (None, NOW - DAY)
    assert (state.attempts, state.answers, state.unanswered_1) == (1, 0, NOW - DAY)


def test_undoing_twice_is_undoing_once(desk: Desk) -> None:
    logged = desk.log()
    for _ in range(2):
        undone = action.undo(desk.people.sanne, logged.action_id, NOW)
        assert undone is not None
        assert undone.undone_by_id == desk.people.sanne.id
    assert (total(), count(LedgerEntry)) == (0, 2)


def test_only_one_s_own_and_only_for_a_day(desk: Desk) -> None:
    logged = desk.log()
    assert action.undo(desk.people.bram, logged.action_id, NOW) is None
    assert action.undo(desk.people.sanne, logged.action_id, NOW + DAY + HOUR) is None
    assert action.undo(desk.people.sanne, 10**6, NOW) is None
    assert total() == 30


def test_an_administrator_undoes_any(desk: Desk) -> None:
    logged = desk.log()
    assert action.undo(desk.people.ada, logged.action_id, NOW + 30 * DAY) is not None
    assert total() == 0


def test_the_same_key_is_the_same_action(desk: Desk) -> None:
    key = uuid4().bytes
    first = desk.log(Outcome.LATER, key=key, promise_at=NOW + DAY)
    again = desk.log(Outcome.LATER, key=key, promise_at=NOW + DAY)
    assert again == first._replace(fresh=False)
    assert (count(EngagementAction), count(Promise), total()) == (1, 1, 30)
    assert db.session.scalars(select(AwardDay.actions)).all() == [1]


def test_the_same_id_of_a_source_is_the_same_action(desk: Desk) -> None:
    ids = [desk.log(source="api", external_id="x-1").action_id for _ in range(2)]
    assert ids[0] == ids[1]
    assert desk.log(source="import", external_id="x-1").fresh


def test_a_key_of_another_action_is_refused(desk: Desk) -> None:
    key = uuid4().bytes
    desk.log(key=key)
    with pytest.raises(KeyReused):
        desk.log(Outcome.NO_ANSWER, key=key)


def test_a_person_s_action_worth_nothing_is_not_in_the_ledger(desk: Desk) -> None:
    action_kind.unknown_kind(desk.program_id, "Beoordelen fraude", NOW)
    logged = desk.log(Outcome.DONE, kind="Beoordelen fraude")
    assert (logged.points, count(LedgerEntry)) == (0, 0)


def test_the_note_and_the_channel_are_kept_with_the_action_only(desk: Desk) -> None:
    logged = desk.log(note="Belt morgen terug", channel="phone")
    row = db.session.get_one(EngagementAction, logged.action_id)
    assert (row.note, row.channel, row.source) == ("Belt morgen terug", "phone", "page")


def test_what_only_team_members_log_is_refused_to_others_and_capped_as_all_is(desk: Desk) -> None:
    labels = {"label_nl": "Dossier gecontroleerd", "label_en": "File checked"}
    kind = action_kind.add_kind(program_id=desk.program_id, **labels, points=20, by_id=None, at=NOW, for_members=True)
    with pytest.raises(UnknownKind):
        desk.log(Outcome.DONE, kind=kind.code)
    rows = [desk.log(Outcome.DONE, desk.people.tess, kind=kind.code) for _ in range(2)]
    assert [(row.points, row.reason) for row in rows] == [(20, None), (0, "already_today")]


def test_what_comes_too_late_for_a_season_is_said(desk: Desk) -> None:
    season.add(desk.program_id, "Winter", date(2026, 2, 2), date(2026, 3, 1), by_id=None, now=NOW)
    assert desk.log(at=NOW - 4 * DAY, now=NOW).too_late_for == "Winter"
    assert desk.log(of=make.candidate()).too_late_for is None


def test_what_one_was_told_of_a_candidate_is_read_by_being_in_touch(desk: Desk) -> None:
    for hours, period in ((-1, "before"), (1, "after")):
        at = NOW + hours * HOUR
        facts = {"at": at.isoformat()}
        alerting.tell_owner(desk.candidate.id, AlertKind.REPLY, period=period, facts=facts, now=at)
    bell = name_person(desk.people.sanne.id)
    desk.log(Outcome.NO_ANSWER, by=desk.people.bram)
    assert notice.unread(bell) == 2
    desk.log(Outcome.NO_ANSWER)
    assert notice.unread(bell) == 1
