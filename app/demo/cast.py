"""The people of the demo agency: 42 recruiters, 6 leads and 12 others in four branches."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from app import clock
from app.db import db
from app.demo.names import BRANCHES, FAMILY, GIVEN
from app.domain.agency import person
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Branch, Team

RECRUITERS_PER_TEAM = 7
STAR = "Sanne de Vries"
OTHERS = (
    ("Ines Visser", Role.SPONSOR, "ines"),
    ("Ada Smit", Role.ADMIN, "ada"),
    ("Olaf Prins", Role.MEMBER, "or"),
    ("Pien Koster", Role.MEMBER, "privacy"),
    ("Rosa Willems", Role.MEMBER, "receptie"),
    ("Tess Bakker", Role.MEMBER, "planning"),
    ("Vince Blom", Role.MEMBER, "marketing"),
    ("Wies Groen", Role.MEMBER, "backoffice"),
    ("Xander Vos", Role.MEMBER, "salaris"),
    ("Yvonne Bosch", Role.MEMBER, "planning2"),
    ("Zita Kaya", Role.MEMBER, "backoffice2"),
    ("Abel Postma", Role.MEMBER, "facilitair"),
)


@dataclass
class Cast:
    """Everybody by their part; `star` is the recruiter whose day the demo plays."""

    recruiters: list[Person] = field(default_factory=list)
    leads: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)

    @property
    def star(self) -> Person:
        return self.recruiters[0]

    def part(self, role: Role) -> Person:
        return next(one for one in (*self.others, *self.leads, *self.recruiters) if one.role == role)


def engage(agency: Agency, password_hash: str, rng: random.Random, at: datetime) -> Cast:
    """Hire everybody; each can sign in with the same password."""
    cast, names = Cast(), _names(rng)
    teams = [_team(team, branch) for branch in _branches() for team in BRANCHES[branch.name]]
    today = clock.local_day(at, agency.zone)

    def hire(name: str, role: Role, mail: str, team: Team | None) -> Person:
        team_id = team.id if team else None
        hired = person.add(name, f"{mail}@vasteband.example", role, team_id=team_id, today=today, at=at)
        hired.password_hash = password_hash
        return hired

    for number, team in enumerate(teams):
        cast.leads.append(hire(next(names), Role.LEAD, f"lead{number + 1}", team))
        for seat in range(RECRUITERS_PER_TEAM):
            first = number == seat == 0
            name = STAR if first else next(names)
            mail = "sanne" if first else f"{name.split()[0].lower()}.{len(cast.recruiters)}"
            cast.recruiters.append(hire(name, Role.RECRUITER, mail, team))
    cast.others = [hire(name, role, mail, None) for name, role, mail in OTHERS]
    db.session.flush()
    return cast


def _branches() -> list[Branch]:
    branches = [Branch(name=name) for name in BRANCHES]
    db.session.add_all(branches)
    db.session.flush()
    return branches


def _team(name: str, branch: Branch) -> Team:
    team = Team(name=name, branch_id=branch.id)
    db.session.add(team)
    db.session.flush()
    return team


def _names(rng: random.Random) -> Iterator[str]:
    taken = {STAR, *(name for name, _, _ in OTHERS)}
    while True:
        name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
        if name not in taken:
            taken.add(name)
            yield name
