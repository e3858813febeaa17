"""Makes and prints what opens the doors of a demo that need no password: `python -m tests.scan.keys`."""

import json
import sys

from flask import current_app
from sqlalchemy import select

from app import clock, create_app
from app.db import db, write
from app.demo import walls
from app.domain.agency import api_token, provisioning_token
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person
from app.domain.candidates import link
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.link import LinkPurpose
from app.domain.journey import source
from app.mail import choices_url, unsubscribe_url

PURPOSES = (LinkPurpose.REACH, LinkPurpose.KNOWN, LinkPurpose.REFER, LinkPurpose.STOP, LinkPurpose.RENEW)
DAY = clock.DAY


def keys(domain: str = "vasteband.example") -> dict[str, str]:
    """By the names that tests/scan/asked.py has for them; call it inside an application context."""
    write()
    now, mails = clock.now(), [f"{name}@{domain}" for name in ("ada", "sanne")]
    ada, sanne = db.session.scalars(select(Person).where(Person.email.in_(mails)).order_by(Person.email)).all()
    owned = visible(sanne).where(Candidate.owner_id == sanne.id).order_by(Candidate.id).limit(1)
    candidate_id = db.session.scalars(owned).one().id
    links = {str(each): link.make(candidate_id, each, by_id=None, now=now).token for each in PURPOSES}
    recipient = f"person:{sanne.id}"
    found = {
        **links,
        "candidate": str(candidate_id),
        "screen": walls.KEY,
        "choices": choices_url(recipient).rpartition("/")[2],
        "unsubscribe": unsubscribe_url(recipient, "weekly_reminder").rpartition("/")[2],
        "api": api_token.make(sanne, "Scan", list(Scope), now + DAY, now)[1],
        "scim": provisioning_token.make(ada, now)[1],
        "source": source.make("Scan", ada.id, now)[1],
        "postmark": current_app.config["SETTINGS"].postmark_secret,
    }
    db.session.commit()
    return found


if __name__ == "__main__":
    with create_app().app_context():
        sys.stdout.write(json.dumps(keys()))
