"""A candidate's link in a browser, for tests of candidates' own pages."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions.time_offer import TimeOffer
from app.domain.candidates import identity, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.journey import feedback
from tests import make, page
from tests.people import Browser, People, make_people

# What is known of somebody stands in many tables, and each is asked once.
BUDGETS = {LinkPurpose.KNOWN: 50}
MAIL, MOBILE = "pieter@voorbeeld.nl", "+31612345678"


class OwnPage:
    """Pieter's browser, and the page that a link of his opens."""

    def __init__(self, browser: Browser, purpose: LinkPurpose) -> None:
        self.browser, self.purpose = browser, purpose
        with browser.app.app_context():
            self.people: People = make_people()
            them = make.candidate("Pieter Post", owner=self.people.sanne, at=clock.now())
            them.language = "nl"
            identity.add(them, Channel.EMAIL, MAIL, clock.now())
            identity.add(them, Channel.PHONE, MOBILE, clock.now())
            self.id = them.id
            made = link.make(them.id, purpose, by_id=None, now=clock.now())
            self.url = f"/me/{purpose}/{made.token}"
            if purpose == LinkPurpose.FEEDBACK:
                feedback.ask(them.id, "engage", at_the_end=False, team_id=None, person_id=None, now=made.row.made_at)
            if purpose == LinkPurpose.TIMES:
                _offer(made.row, self.people.sanne.id)
            db.session.commit()

    def get(self, way: str = "") -> TestResponse:
        return self.browser.get(self.url + way, budget=BUDGETS.get(self.purpose, page.BUDGET))

    def post(self, way: str = "", data: Mapping[str, object] | None = None) -> TestResponse:
        return self.browser.post(self.url + way, data, at=self.url)

    def state(self) -> ContactState:
        with self.browser.app.app_context():
            return db.session.get_one(ContactState, self.id)

    def change(self, **facts: object) -> None:
        """Give the candidate other facts."""
        with self.browser.app.app_context():
            them = db.session.get_one(Candidate, self.id)
            for name, value in facts.items():
                setattr(them, name, value)
            db.session.commit()

    def links(self, purpose: LinkPurpose) -> int:
        with self.browser.app.app_context():
            return len(db.session.scalars(select(CandidateLink.id).where(CandidateLink.purpose == purpose)).all())


def _offer(row: CandidateLink, person_id: int) -> None:
    """A time in two days on this link."""
    start = row.made_at + timedelta(days=2)
    db.session.add(
        TimeOffer(
            candidate_id=row.candidate_id,
            person_id=person_id,
            link_id=row.id,
            channel=Channel.PHONE,
            minutes=30,
            starts=[start.isoformat()],
            made_at=row.made_at,
            expires_at=start,
        )
    )
