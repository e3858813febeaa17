"""What chats are told: asked again at the last moment, a given name at most, and in shared ones of no candidate."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.chat import Message
from app.db import db
from app.domain.actions import alert_mail, reachable, reminder_in_chat
from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.competing import announcing, taking_part
from app.domain.game.competing.competition import Audience, Format
from app.domain.notices import catalogue, chat_address, chat_target, chat_trial, delivery_times, preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.delivery_times import Times
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.domain.notices.quiet import Quiet
from app.domain.program import block_starting
from app.domain.program.program import the_program
from jobs import chat_letters
from jobs.unsent import Later, Skip
from tests import make
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FINAL, Arena
from tests.domain.game.competing.test_announcing import at
from tests.jobs.desk import HOUR, MINUTE, TUESDAY, Desk, make_desk, plan, tell
from tests.jobs.test_contest_letters import goal
from tests.jobs.waiting import FRIDAY, NAMES, people_with_waiting

pytestmark = pytest.mark.usefixtures("session")
ADDRESS = chat_address.read("jsons://chat.example.com/x")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def chat_of(person: Person, *, own: bool = True, team_id: int | None = None) -> ChatTarget:
    return chat_target.add(person, "Chat", ADDRESS, make.START, own=own, team_id=team_id)


def rows(target: ChatTarget) -> list[OutboxRow]:
    mine = select(OutboxRow).where(OutboxRow.recipient == target.recipient)
    return list(db.session.scalars(mine.order_by(OutboxRow.id)))


def said(row: OutboxRow, now: datetime) -> Message:
    found = chat_letters.compose(row, now)
    assert isinstance(found, tuple), found
    return found[1]


def alerted(desk: Desk, now: datetime = TUESDAY) -> tuple[ChatTarget, OutboxRow]:
    target = chat_of(desk.sanne)
    tell(desk.aisha, now=now)
    plan(now)
    (row,) = rows(target)
    return target, row


def test_an_alert_says_a_given_name_and_where_to_look(desk: Desk) -> None:
    message = said(alerted(desk)[1], TUESDAY + MINUTE)
    assert message.title == "Aisha heeft gereageerd"
    assert "El Amrani" not in message.title + message.body
    assert f"/candidates/{desk.aisha.id})" in message.body


def test_it_comes_by_mail_as_well_at_the_same_pace(desk: Desk) -> None:
    target, told = chat_of(desk.sanne), []
    for number in range(5):
        tell(make.candidate(f"Kandidaat {number}", owner=desk.sanne), now=TUESDAY + number * MINUTE)
        told.append(len(plan(TUESDAY + number * MINUTE)))
    assert told == [2, 2, 2, 0, 0]
    assert len(rows(target)) == 3
    (bundled, _) = sorted(plan(TUESDAY + 5 * HOUR), key=lambda row: row.recipient)
    message = said(bundled, TUESDAY + 5 * HOUR)
    assert (message.title, len(message.links)) == ("2 kandidaten vragen nu om jou", 2)


@pytest.mark.parametrize(("way", "left"), [(Way.MAIL, "chat"), (Way.CHAT, "person")])
def test_each_way_is_a_choice_of_its_own(desk: Desk, way: Way, left: str) -> None:
    chat_of(desk.sanne)
    preference.unsubscribe(f"person:{desk.sanne.id}", catalogue.alert(AlertKind.REPLY), TUESDAY, way)
    tell(desk.aisha)
    assert [row.recipient.partition(":")[0] for row in plan(TUESDAY)] == [left]


def test_a_no_between_planning_and_sending_is_a_no(desk: Desk) -> None:
    row = alerted(desk)[1]
    preference.unsubscribe(f"person:{desk.sanne.id}", catalogue.alert(AlertKind.REPLY), TUESDAY, Way.CHAT)
    assert chat_letters.compose(row, TUESDAY) == Skip("it is no longer so")


def test_a_chat_that_is_removed_or_paused_is_told_nothing(desk: Desk) -> None:
    target, row = alerted(desk)
    chat_target.pause(target, TUESDAY)
    assert chat_letters.compose(row, TUESDAY) == Skip("the chat is paused")
    db.session.expunge(row)
    chat_target.remove(target)
    assert (rows(target), chat_letters.compose(row, TUESDAY)) == ([], Skip("the chat was removed"))


def test_who_left_is_told_nothing(desk: Desk) -> None:
    row = alerted(desk)[1]
    desk.sanne.deactivated_at = TUESDAY
    assert chat_letters.compose(row, TUESDAY) == Skip("the recipient has left")


def test_quiet_hours_and_the_night_put_it_off(desk: Desk) -> None:
    row = alerted(desk)[1]
    assert chat_letters.compose(row, TUESDAY + 10 * HOUR) == Later(datetime(2026, 3, 4, 8, tzinfo=UTC))
    times = Times(quiet=Quiet(10 * 60, 13 * 60))
    delivery_times.choose(f"person:{desk.sanne.id}", times, TUESDAY)
    assert chat_letters.compose(row, TUESDAY) == Later(TUESDAY + 2 * HOUR)


def test_away_until_it_is_no_news_is_not_told(desk: Desk) -> None:
    row = alerted(desk)[1]
    away = Times(away_until=TUESDAY.date() + timedelta(days=30))
    delivery_times.choose(f"person:{desk.sanne.id}", away, TUESDAY)
    assert chat_letters.compose(row, TUESDAY) == Skip(reachable.Why.OFF)


def test_the_weekly_reminder_is_numbers_and_a_button() -> None:
    sanne = people_with_waiting().sanne
    target = chat_of(sanne)
    assert [reminder_in_chat.plan_due(FRIDAY + after, "x.nl") for after in (-HOUR, MINUTE, 2 * MINUTE)] == [0, 1, 0]
    message = said(rows(target)[0], FRIDAY + MINUTE)
    assert message.title == "4 kandidaten wachten vandaag om 14:30 op je"
    assert [each.url.rpartition("/")[2] for each in message.links] == ["block"]
    assert not any(name.split()[0] in message.title + message.body for name in NAMES)


def test_nor_does_it_come_to_who_does_not_want_it_there() -> None:
    sanne = people_with_waiting().sanne
    target = chat_of(sanne)
    reminder_in_chat.plan_due(FRIDAY + MINUTE, "x.nl")
    preference.unsubscribe(f"person:{sanne.id}", "weekly_reminder", FRIDAY, Way.CHAT)
    assert chat_letters.compose(rows(target)[0], FRIDAY + MINUTE) == Skip("unsubscribed")
    chat_target.remove(target)
    assert reminder_in_chat.plan_due(FRIDAY + MINUTE, "x.nl") == 0


def all_chats(here: Arena) -> list[ChatTarget]:
    people = here.scene.people
    return [
        chat_of(people.sanne),
        chat_of(people.ada, own=False),
        chat_of(people.ada, own=False, team_id=people.sanne.team_id),
    ]


def told_of_it(here: Arena, now: datetime, targets: list[ChatTarget]) -> list[list[str]]:
    db.session.commit()
    announcing.plan_due(now, "x.nl")
    newest = [found[-1] for target in targets if (found := rows(target))]
    messages = [said(row, now) for row in newest]
    return [[message.title, *message.lines] for message in messages]


def test_a_competition_is_told_in_all_that_it_is_for() -> None:
    here = arena.start()
    targets = all_chats(here)
    goal(here)
    own, everybody, team = told_of_it(here, at(18), targets)
    assert own == [
        "Samen naar 200 is halverwege",
        "Samen 240 van 200 punten.",
        "Nog 3 dagen, tot en met vrijdag 20 november.",
    ]
    assert everybody == team == ["Samen naar 200 is halverwege", "Nog 3 dagen, tot en met vrijdag 20 november."]


def test_how_it_ended_is_said_when_it_is_final() -> None:
    here = arena.start()
    targets = all_chats(here)
    here.finish(goal(here))
    own, everybody, _ = told_of_it(here, FINAL, targets)
    assert "Je hebt gewonnen: Taart voor iedereen. Gefeliciteerd!" in own
    assert "Gehaald: 240 van 200 punten." in everybody


@pytest.mark.parametrize(
    ("format_", "choice", "says"),
    [
        (Format.MOST, "named", "Gewonnen door Sanne de Vries."),
        (Format.MOST, "", "Gewonnen door een collega."),
        (Format.TEAMS, "hidden", "Gewonnen door Zwolle."),
    ],
)
def test_who_won_is_named_as_on_a_screen(format_: Format, choice: str, says: str) -> None:
    here = arena.start()
    people, program = here.scene.people, the_program()
    assert program
    target = chat_of(people.ada, own=False)
    appearance.set_mode(program, "names", all_time=False)
    if choice:
        appearance.choose(people.sanne, choice, at(16))
    row = here.publish(format_)
    here.scene.earn(100, source_id=1)
    here.finish(row)
    (everybody,) = told_of_it(here, FINAL, [target])
    assert says in everybody
    row.cancelled_at = FINAL
    assert chat_letters.compose(rows(target)[-1], FINAL) == Skip("it is no longer so")


def test_one_for_a_few_is_told_to_them_alone() -> None:
    here = arena.start()
    targets = all_chats(here)
    row = goal(here)
    row.audience, row.audience_ids = Audience.PEOPLE, [here.scene.person_id]
    assert len(told_of_it(here, at(18), targets)) == 1
    taking_part.decline(row, here.scene.people.sanne, at(18))
    assert chat_letters.compose(rows(targets[0])[-1], at(18)) == Skip("it is no longer so")


def test_that_the_block_begins_is_told_a_quarter_before() -> None:
    people = people_with_waiting()
    targets = [chat_of(people.ada, own=False), chat_of(people.ada)]
    starts = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
    planned = [block_starting.plan_due(starts - minutes * MINUTE, "x.nl") for minutes in (16, 15, 10)]
    assert planned == [0, 1, 0]
    message = said(rows(targets[0])[0], starts - 11 * MINUTE - MINUTE / 2)
    assert message.title == "Over 12 minuten: het opvolgmoment"
    assert not any(name.split()[0] in message.title + message.body for name in NAMES)
    assert chat_letters.compose(rows(targets[0])[0], starts) == Skip("the block is another one by now")


def test_a_trial_says_what_it_is_at_any_hour(desk: Desk) -> None:
    target, night = chat_of(desk.sanne), TUESDAY + 14 * HOUR
    chat_target.pause(target, TUESDAY)
    chat_trial.plan(target, night, "x.nl")
    assert said(rows(target)[0], night).title == "Vaste Band is hier te horen"


def test_no_candidate_is_ever_named_in_a_shared_chat() -> None:
    """One whose name is like no other asks for attention: their owner's chat says so, that of everybody never."""
    here = arena.start()
    own, everybody, team = all_chats(here)
    make.candidate("Kanarie Zangvogel", owner=here.scene.people.sanne)
    goal(here)
    tell(make.candidate("Kanarie Zangvogel", owner=here.scene.people.sanne), now=at(18))
    told = [told_of_it(here, moment, [own, everybody, team]) for moment in (at(16), at(18), at(20))]
    alert_mail.plan_due(at(18), "x.nl")
    reminder_in_chat.plan_due(at(20), "x.nl")
    shared = [said(row, row.due_at) for each in (everybody, team) for row in rows(each)]
    assert len(shared) == len(told) * 2
    assert not any("Kanarie" in message.title + message.body for message in shared)
    assert any("Kanarie" in said(row, at(18)).title for row in rows(own) if row.kind == "alert")
