"""Visits and the word of who the visitor is, at the same moment: nothing is lost, and nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db, write
from app.domain.actions import joining
from app.domain.actions.incoming import Event, Happened, Introduced, Sender, Subject, take_in_events
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import source
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from app.domain.scoring.engagement import tau_as_of
from tests import make

NOW = clock.now()
VISITORS = 6
EACH = 10


def visits(turn: int) -> list[Event]:
    return [
        Happened(
            f"{who}-{turn}-{number}", Subject(anonymous_id=f"v-{who}"), "Job Viewed", NOW - timedelta(hours=number)
        )
        for number in range(EACH)
        for who in range(VISITORS)
    ]


def introductions() -> list[Event]:
    return [
        Introduced(f"who-{who}", Subject(f"c-{who}", name="Iemand", anonymous_id=f"v-{who}", consent=True))
        for who in range(VISITORS)
    ]


def test_whoever_is_introduced_while_they_look_around(real_app: Flask) -> None:
    with real_app.app_context():
        make.agency()
        website, server = (source.make("Bron", None, NOW, trusted=trusted)[0] for trusted in (False, True))
        senders = Sender(website.id, "Website", trusted=False), Sender(server.id, "Server", trusted=True)
        db.session.commit()

    def send(turn: int) -> None:
        with real_app.app_context():
            write()
            take_in_events(senders[turn == 1], introductions() if turn == 1 else visits(turn), NOW)
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    with real_app.app_context():
        write()
        joining.catch_up(NOW)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Visit)) == 0
        assert db.session.scalar(select(func.count()).select_from(Touchpoint)) == 3 * VISITORS * EACH
        stored = dict(db.session.execute(select(ContactState.candidate_id, ContactState.tau)).all())
        replayed = tau_as_of(list(stored), NOW)
        assert all(abs((tau or 0) - replayed[each]) < 0.01 for each, tau in stored.items())


def test_whoever_is_introduced_by_mail_at_once_is_one_candidate(real_app: Flask) -> None:
    """Two with one address would be nobody's: all that is told of it afterwards would be refused."""
    with real_app.app_context():
        make.agency()
        sender = Sender(source.make("Server", None, NOW)[0].id, "Server", trusted=True)
        db.session.commit()
    people = [Subject(email=f"nieuw{who}@voorbeeld.nl", consent=True) for who in range(5)]

    def send(turn: int) -> None:
        with real_app.app_context():
            write()
            take_in_events(sender, [Introduced(f"{turn}", each) for each in people[:: 1 if turn % 2 else -1]], NOW)
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Candidate)) == len(people)
