"""The demo agency as browsers see it: built once, at one moment, with an example of everything that has a page."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from app import clock
from app.db import db
from app.demo.build import build
from app.domain.actions import action, log_link, proposing, time_offer
from app.domain.actions.bullhorn import alike
from app.domain.actions.outcome import Outcome
from app.domain.actions.time_offer import Proposed
from app.domain.agency import invitation, sign_in_link
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.agency.sign_in_link import Purpose
from app.domain.candidates import exporting, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.exporting import Format
from app.domain.candidates.link import LinkPurpose
from app.domain.custody import duplicate
from app.domain.custody.likeness import Alike, Reason
from app.domain.game.competing import disputing, draft, finalising, pairing, publishing
from app.domain.game.competing.competition import Audience, Competition, State
from app.domain.game.competing.competition import Format as Kind
from app.domain.game.competing.draft import Plan
from app.domain.game.competing.life import state_of
from app.domain.journey import feedback
from app.domain.journey.application import Application
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight.anomaly import Anomaly
from app.domain.program.program import the_program
from app.mail import candidate_sender, choices_url, unsubscribe_url
from tests.conftest import make_app
from tests.house.matrix import EXPORTS
from tests.people import Browser

MOMENT = datetime(2026, 11, 19, 9, 40, tzinfo=UTC)
LONG_TOURS = timedelta(hours=6)
"""By so much later the links of the examples are made, because looking at every page takes longer than they last."""
MAILS = {
    Role.RECRUITER: "sanne@vasteband.example",
    Role.MEMBER: "planning@vasteband.example",
    Role.LEAD: "lead1@vasteband.example",
    Role.SPONSOR: "ines@vasteband.example",
    Role.ADMIN: "ada@vasteband.example",
}
POOL = """Kandidaatnummer;Naam;Telefoon;E-mail;Functie;Plaats;Eigenaar
9101;Jan van der Berg;0612345678;jan@kandidaat.example;Lasser;Zwolle;sanne@vasteband.example
9102;Fatima El Amrani;06-12345679;fatima@kandidaat.example;Planner;Breda;niemand@vasteband.example
9103;;abc;;Kok;Assen;
"""
SIGNALS = """candidate;kind;occurred_at
VB-00001;site_visit;18-11-2026 10:00
VB-00002;raadsel;18-11-2026 10:00
bestaat-niet;site_visit;gisteren
"""
COLUMNS = ("external_id", "name", "phone", "email", "role_sought", "region", "owner")


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """The clock shows this moment and runs on from there."""
    real = clock.now
    offset = moment - real()
    with patch.object(clock, "now", lambda: real() + offset):
        yield


def migrated(folder: Path, *, demo: bool = False) -> Path:
    """A migrated SQLite file, empty or with the demo agency at MOMENT."""
    app = make_app(folder)
    with standing_at(MOMENT), app.app_context():
        upgrade()
        if demo:
            build(clock.now(), "Europe/Amsterdam")
        db.session.remove()
        db.engine.dispose()
    return folder / "fanfare.sqlite"


def build_demo(folder: Path) -> Path:
    """The SQLite file of the demo agency at MOMENT."""
    return migrated(folder, demo=True)


@dataclass(frozen=True)
class Examples:
    """Something to open for every page that shows one of many."""

    people: Mapping[Role, Person]
    candidate: int
    colleague: int
    invitation: str
    entering: Mapping[Purpose, str]
    unsubscribe: str
    choices: str
    imports: Mapping[str, str]
    signals: str
    notes: Mapping[Role, int]
    own: Mapping[LinkPurpose, str]
    exports: Mapping[Role, int]
    twin: int
    application: int
    placed: int
    done: str
    contests: Mapping[str, int]
    contest_idea: int
    contest_told: int
    contest_sides: int
    refused_mail: int
    stood_out: Mapping[str, int]
    unplaced: int

    @property
    def team(self) -> int:
        return self.people[Role.RECRUITER].team_id or 0


def make_examples(app: Flask) -> Examples:
    """Invite somebody and bring files, as people do; call it while the clock stands."""
    with app.test_request_context():
        people = {role: db.session.scalars(select(Person).where(Person.email == MAILS[role])).one() for role in Role}
        candidate = db.session.scalars(select(Candidate.id).where(Candidate.name == "Aisha El Idrissi")).one()
        team_id = people[Role.RECRUITER].team_id
        colleague = db.session.scalars(
            select(Person).where(Person.team_id == team_id).order_by(Person.id.desc())
        ).first()
        assert colleague is not None
        issued = invitation.issue(colleague, people[Role.ADMIN], clock.now())
        later = clock.now() + LONG_TOURS
        entering = {each: sign_in_link.issue(colleague, each, "", later).token for each in Purpose}
        left_url = unsubscribe_url(f"person:{people[Role.RECRUITER].id}", "weekly_reminder")
        choices = choices_url(f"person:{people[Role.RECRUITER].id}").rpartition("/")[2]
        colleague_id, token = colleague.id, issued.token
        notes = {role: _noted(person) for role, person in people.items()}
        exports = {role: exporting.ask(people[role], [candidate], Format.CSV, "nl", clock.now()).id for role in EXPORTS}
        moment = clock.now()
        own = {purpose: link.make(candidate, purpose, by_id=None, now=moment).token for purpose in LinkPurpose}
        own[LinkPurpose.TIMES] = _offered(people[Role.RECRUITER], candidate)
        feedback.ask(candidate, "engage", at_the_end=True, team_id=team_id, person_id=None, now=moment)
        twin = _proposed(people[Role.LEAD], candidate)
        application = db.session.scalars(select(Application.id).where(Application.candidate_id == candidate)).one()
        placed = db.session.scalars(select(Candidate.id).where(Candidate.name == "Pieter Hoekstra")).one()
        done = log_link.make(people[Role.RECRUITER].id, candidate, moment)
        contests = _contests(people)
        refused = db.session.scalars(select(OutboxRow.id).where(OutboxRow.state == "failed")).first() or 0
        idea, told = (_contest(people[Role.LEAD], publish=each) for each in (False, True))
        sides = _contest(people[Role.LEAD], weeks=6, sides=("Rood", "Blauw"))
        rows = db.session.execute(select(Anomaly.settled_as, Anomaly.id)).all()
        stood_out = {"closed" if settled else "": each for settled, each in rows}
        unplaced = next(each.newest.id for each in alike.listed(moment).rows if each.times > 1)
        db.session.commit()
        for person in people.values():
            db.session.refresh(person)
        db.session.expunge_all()
    admin, lead = Browser(app).sign_in(people[Role.ADMIN]), Browser(app).sign_in(people[Role.LEAD])
    signals = _bring(admin, "/connections/import", SIGNALS)
    left, imports = left_url.rpartition("/")[2], _imports(admin, lead)
    return Examples(
        people,
        candidate,
        colleague_id,
        token,
        entering,
        left,
        choices,
        imports,
        signals,
        notes,
        own,
        exports,
        twin,
        application,
        placed,
        done,
        contests,
        idea,
        told,
        sides,
        refused,
        stood_out,
        unplaced,
    )


def _contests(people: Mapping[Role, Person]) -> dict[str, int]:
    """One in each state of its life, those of the demo first, and those that are won in pairs."""
    now, zone = clock.now(), the_zone()
    rows = db.session.scalars(select(Competition).where(Competition.published_at.is_not(None))).all()
    known = {state_of(row, now, zone): row.id for row in rows}
    found = {"": known[State.LIVE], "coming": known[State.PUBLISHED], "ended": known[State.REWARDED]}
    today = clock.local_day(now, zone)
    found["pairs"] = _paired(people, Kind.HEAD_TO_HEAD, today - clock.DAY, today + clock.DAY).id
    rounds = _paired(people, Kind.BRACKET, today - 4 * clock.WEEK, today - 2 * clock.WEEK)
    finalising.review(rounds, now)
    disputing.object_to(rounds, people[Role.RECRUITER], "Mijn gesprek van vrijdag ontbreekt.", now)
    return found | {"rounds": rounds.id}


def _paired(people: Mapping[Role, Person], kind: Kind, first: date, last: date) -> Competition:
    """One for the recruiter's team, with the pairs drawn."""
    program, before = the_program(), clock.midnight(first, the_zone()) - clock.DAY
    assert program is not None
    mine = [people[Role.RECRUITER].team_id or 0]
    plan = Plan("Twee aan twee", kind, first, last, audience=Audience.TEAM, audience_ids=mine, by_choice=False)
    row = draft.make(program.id, plan, by=people[Role.SPONSOR], now=before)
    publishing.publish(row, by=people[Role.SPONSOR], now=before, zone=the_zone())
    pairing.seat(row)
    return row


def _contest(lead: Person, *, publish: bool = True, weeks: int = 3, sides: Sequence[str] = ()) -> int:
    """A team goal of a lead for the own team, as a draft or told to them, when the others of the demo are over."""
    program, first = the_program(), clock.week_of(clock.now().date()).end + weeks * clock.WEEK
    assert program is not None
    facts = {"audience": Audience.TEAM, "audience_ids": [lead.team_id], "goal": 800, "sides": sides}
    plan = Plan("Samen verder", Kind.TEAM_GOAL, first, first + 2 * clock.WEEK, **facts)  # type: ignore[arg-type]
    row = draft.make(program.id, plan, by=lead, now=clock.now())
    if publish:
        publishing.publish(row, by=lead, now=clock.now(), zone=the_zone())
    return row.id


def _proposed(lead: Person, candidate_id: int) -> int:
    """Somebody who may be the same person as this candidate."""
    others = visible(lead).where(Candidate.id > candidate_id, Candidate.role_sought != "").order_by(Candidate.id)
    twin = db.session.scalars(others.limit(1)).one()
    duplicate.add([Alike(candidate_id, twin.id, Reason.EMAIL, 92)], clock.now())
    return twin.id


def _offered(person: Person, candidate_id: int) -> str:
    """The link with three times to choose from."""
    now = clock.now()
    proposed = Proposed(tuple(proposing.free_for(person, candidate_id, now)), Channel.PHONE)
    them = db.session.get_one(Candidate, candidate_id)
    url = time_offer.hand(them, person, proposed, now, candidate_sender(), by_mail=False)
    return url.rpartition("/")[2]


def _noted(person: Person) -> int:
    """An action of somebody's own, with a note that they may still change."""
    row = db.session.scalars(visible(person).order_by(Candidate.id.desc()).limit(1)).one()
    now = clock.now()
    return action.log(person, row, Outcome.NO_ANSWER, at=now, now=now, note="Belt zelf terug.").action_id


def _imports(admin: Browser, lead: Browser) -> dict[str, str]:
    """An import of candidates in each of its states; everybody sees their own."""
    found = {}
    for state, browser in (("done", admin), ("rehearsed", admin), ("columns", admin), ("lead", lead)):
        found[state] = url = _bring(browser, "/candidates/import", POOL)
        if state in {"rehearsed", "done"}:
            browser.post(f"{url}/columns", {"column": list(COLUMNS)}, at=url)
        if state == "done":
            browser.post(f"{url}/rows", at=url)
    return found


def _bring(browser: Browser, url: str, content: str) -> str:
    """The address of the page on which a file is looked at."""
    file = (BytesIO(content.encode("cp1252")), "bestand uit excel.csv")
    answer = browser.post(url, {"file": file}, at=url)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def person_of(app: Flask, mail: str) -> Person:
    """Somebody of the demo agency, to sign in as."""
    with app.app_context():
        found = db.session.scalars(select(Person).where(Person.email == mail)).one()
        db.session.expunge(found)
        return found
