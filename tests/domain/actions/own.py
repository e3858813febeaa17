"""A candidate with an owner and a link, for tests of what they do on pages of their own."""

from sqlalchemy import select

from app.db import db
from app.domain.candidates import identity, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.journey.touchpoint import Touchpoint
from tests import make
from tests.domain.scoring.scene import NOW
from tests.people import People, make_people

MAIL, MOBILE = "pieter@voorbeeld.nl", "+31612345678"


class Own:
    """Pieter, whom Sanne looks after, reachable by mail and phone."""

    def __init__(self) -> None:
        self.people: People = make_people()
        self.pieter: Candidate = make.candidate("Pieter Post", owner=self.people.sanne)
        identity.add(self.pieter, Channel.EMAIL, MAIL, NOW)
        identity.add(self.pieter, Channel.PHONE, MOBILE, NOW)

    def visit(self, purpose: LinkPurpose = LinkPurpose.REACH) -> CandidateLink:
        return link.make(self.pieter.id, purpose, by_id=None, now=NOW).row

    def state(self) -> ContactState:
        db.session.expire_all()
        return db.session.get_one(ContactState, self.pieter.id)

    def touchpoints(self) -> list[str]:
        query = select(Touchpoint.kind).where(
            Touchpoint.candidate_id == self.pieter.id, Touchpoint.source == "own-page"
        )
        return list(db.session.scalars(query.order_by(Touchpoint.id)))
