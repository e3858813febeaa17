"""The invented people, candidates and moments of the mails to look at."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from app.domain.agency.agency import Agency
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.notices import catalogue
from app.domain.program.placing import Occurrence
from app.domain.program.program import Program
from app.mail import Mail, public_url, render
from app.words import mails

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""A Friday, nine o'clock where the agency is."""

DAY = timedelta(days=1)
TODAY = date(2026, 11, 20)
BLOCK = Occurrence(datetime(2026, 11, 20, 13, 30, tzinfo=UTC), 45, date(2026, 11, 16))
LONG_NAME = "Maximiliaan-Alexander van den Heuvel tot Oosterwijck"
NAMES = (
    "Bram Kuiper",
    "Aïsha el Idrissi",
    "Pieter Hoekstra",
    "Noor van Leeuwen",
    "Chantal Bos",
    "Youssef Amrani",
    "Daan Veenstra",
    LONG_NAME,
)


class Sample(NamedTuple):
    """A mail to look at: its kind, which of its variants, and what makes its facts in the language of the moment."""

    kind: str
    variant: str
    facts: Callable[[], Mapping[str, object]]
    formal: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.variant}"

    def written(self, language: str) -> Mail:
        """As it reads in a language."""
        return render(self.kind, language, **self.facts())


def agency(*, formal: bool = False) -> Agency:
    """Where it all happens; `formal`: its candidates are addressed as u."""
    return Agency(
        name="Uitzendbureau Voorbeeld",
        timezone="Europe/Amsterdam",
        address_form="u" if formal else "je",
        created_at=NOW,
    )


def program(name: str = "Vaste Band") -> Program:
    """What it is called."""
    made = Program(name=name, started_on=date(2026, 1, 5))
    made.id = 0
    return made


def person(name: str = "Sanne de Vries", number: int = 1, role: Role = Role.RECRUITER) -> Person:
    """Somebody who works there."""
    made = Person(name=name, sort_name=name, role=role, joined_on=date(2026, 1, 5), created_at=NOW)
    made.id = number
    return made


def candidate(number: int = 0, stage: Stage = Stage.ENGAGE, ends: timedelta | None = None) -> Candidate:
    """One of the candidates, by their place among the names; their data end after `ends`."""
    name = NAMES[number]
    made = Candidate(
        name=name,
        sort_name=name,
        given_name=name.split()[0],
        stage=stage,
        keep_until=NOW + ends if ends is not None else None,
        registered_at=NOW - 40 * DAY,
        updated_at=NOW,
    )
    made.id = number + 1
    return made


def around(kind: str) -> dict[str, object]:
    """What stands at the foot of a mail to somebody who works there."""
    return {
        "reason": mails.reason(kind, "Vaste Band"),
        "profile_url": public_url("/account"),
        "unsubscribe_url": public_url("/unsubscribe/voorbeeld") if catalogue.told(kind).optional else "",
    }
