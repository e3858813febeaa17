"""Candidates of the demo whom nobody looks after yet, though they show that they want to work with us."""

from datetime import datetime, timedelta

from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person
from app.domain.candidates import candidate, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Facts, Stage
from app.domain.journey.touchpoint import Hit

DAY = timedelta(days=1)
NOBODYS = (
    ("Farah Yilmaz", "Teamleider logistiek", (("application_completed", 2), ("form", 1), ("job_view", 1))),
    ("Joris van Beek", "Servicemonteur", (("site_visit", 0.2), ("job_view", 2), ("site_visit", 4))),
)


def play(near: Person, now: datetime) -> None:
    """Let them come in through the website, in the branch of somebody who could take them over."""
    for number, (name, role, seen) in enumerate(NOBODYS):
        facts = Facts(name, role_sought=role, region="Zwolle", stage=Stage.ATTRACT, origin="Website")
        row = candidate.add(near, facts, now - 5 * DAY)
        identity.add(row, Channel.PHONE, f"061200010{number}", now)
        hits = [Hit(row.id, kind, now - ago * DAY, "demo", f"nobodys-{number}-{kind}-{ago}") for kind, ago in seen]
        take_in_many(hits, now)
