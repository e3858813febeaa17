"""What the demo agency keeps and let go: files that came in, who may be one person, saved segments, one forgotten."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.db import db
from app.demo.cast import Cast
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person, Role
from app.domain.candidates import candidate, consent, identity, label, privacy_terms, retention, segment
from app.domain.candidates.candidate import Candidate, Facts, Stage
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.identity import Channel
from app.domain.candidates.importing import candidate_import, steps
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.pace import Pace
from app.domain.candidates.label import LabelKind
from app.domain.custody import duplicate
from app.domain.custody.likeness import Alike, Reason
from app.domain.journey.touchpoint import Hit

DAY = timedelta(days=1)
Work = Callable[[CandidateImport, Person, ZoneInfo, Pace], Iterator[steps.Step]]
FILE = """Kandidaatnummer;Naam;E-mail;Functie;Plaats
VB-95001;Jet van der Laan;jet@vasteband.example;Kok;Zwolle
VB-95002;Karim Haddad;karim@vasteband.example;Lasser;Deventer
VB-95003;;els@vasteband.example;Planner;Zwolle
VB-95004;Lena Nowak;geen;Orderpicker;Assen
"""
COLUMNS = (Column.EXTERNAL_ID, Column.NAME, Column.EMAIL, Column.ROLE_SOUGHT, Column.REGION)
SEGMENTS = (
    ("VCA en nu beschikbaar", {"certificate": ["VCA"], "available": ["today"]}, True),
    ("Warm in Zwolle", {"region": ["Zwolle"], "warmth": ["warm", "very-warm"]}, False),
)


class Profile(NamedTuple):
    """What somebody of the scenes told; in how many days free, and for how many the consent holds."""

    hours: int
    free_in: int
    aspiration: str
    skills: tuple[str, ...]
    certificates: tuple[str, ...] = ()
    agreed_for: int = 300
    scores: tuple[int, ...] = ()


PROFILES = {
    "Aisha El Idrissi": Profile(32, 0, "Wil doorgroeien naar office manager.", ("Excel", "klantcontact"), scores=(4,)),
    "Pieter Hoekstra": Profile(40, 14, "Wil vast in de logistiek.", ("heftruck rijden",), ("VCA", "code 95")),
    "Daan Veenstra": Profile(36, 30, "Wil een vakdiploma halen.", ("lassen",), ("VCA",), agreed_for=9),
    "Chantal Bos": Profile(24, 0, "Zoekt afwisseling.", ("klantcontact", "Engels"), scores=(2, 5)),
}


def play(people: Cast, scenes: list[Candidate], now: datetime, zone: ZoneInfo) -> Candidate:
    """Let it all have happened; answers who is to be forgotten."""
    retention.begin_many([row.id for row in scenes], now)
    for row in scenes:
        if row.name in PROFILES:
            _tell(row, PROFILES[row.name], people.star, now)
    _look_alike(next(row for row in scenes if row.name == "Noor van Leeuwen"), people.recruiters[1], now)
    for name, query, shared in SEGMENTS:
        segment.save(people.star, name, query, shared=shared, now=now - 20 * DAY)
    _bring(people.leads[0], now - 3 * DAY, zone)
    _keep_applicants(now)
    return _leaver(people.part(Role.ADMIN), now)


def _tell(row: Candidate, told: Profile, star: Person, now: datetime) -> None:
    row.hours_week, row.travel_km, row.aspiration = told.hours, 30, told.aspiration
    row.available_from = now.date() + DAY * told.free_in
    label.put(row.id, LabelKind.SKILL, dict.fromkeys(told.skills), now)
    label.put(row.id, LabelKind.CERTIFICATE, dict.fromkeys(told.certificates, now.date() + 500 * DAY), now)
    terms, until = privacy_terms.on_record(now), now + told.agreed_for * DAY
    at = max(row.registered_at, until - 365 * DAY)
    pool = ConsentPurpose.POOL
    consent.give(row.id, pool, via=Via.RECRUITER, by_id=star.id, now=at, terms_id=terms.id, until=until)
    retention.reckon(row.id, now)
    hits = [
        Hit(row.id, "survey_answered", max(now - (30 + number) * DAY, row.registered_at + DAY), "demo",
            f"survey-{row.id}-{number}",
            payload={"score": score, "question": "Was duidelijk wat je kon verwachten?"})
        for number, score in enumerate(told.scores)
    ]  # fmt: skip
    take_in_many(hits, now)


def _look_alike(row: Candidate, colleague: Person, now: datetime) -> None:
    """A colleague added somebody anew who left the same address."""
    facts = Facts("N. van Leeuwen", role_sought=row.role_sought, region=row.region, owner_id=colleague.id)
    other = candidate.add(colleague, facts, now - 10 * DAY)
    address = next(each for each in identity.identities_of(row.id) if each.channel == Channel.EMAIL)
    identity.add(other, Channel.EMAIL, address.address, now - 10 * DAY)
    first_id, second_id = sorted((row.id, other.id))
    duplicate.add([Alike(first_id, second_id, Reason.EMAIL, 100)], now - DAY)


def _keep_applicants(now: datetime) -> None:
    """Whoever applied so long ago that they would be forgotten by now was asked in time, and said yes."""
    over = db.session.scalars(select(Candidate.id).where(Candidate.keep_until <= now)).all()
    terms = privacy_terms.on_record(now)
    for candidate_id in over:
        consent.give(candidate_id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=now - 30 * DAY,
                     terms_id=terms.id, until=now + 335 * DAY)  # fmt: skip
    retention.reckon_many(over, now)


def _bring(lead: Person, now: datetime, zone: ZoneInfo) -> None:
    """A file from Excel with two rows that could not be taken over."""
    brought = candidate_import.read(FILE.encode("cp1252"), 100)
    row = candidate_import.receive(lead, "kandidaten beurs.csv", brought, now)
    candidate_import.rehearse(row.id, COLUMNS)
    _work(row, steps.rehearsal, lead, zone, now)
    candidate_import.go_on(row.id)
    _work(row, steps.writing, lead, zone, now)


def _work(row: CandidateImport, work: Work, lead: Person, zone: ZoneInfo, now: datetime) -> None:
    db.session.refresh(row)
    for step in work(row, lead, zone, Pace()):
        step(now)


def _leaver(admin: Person, now: datetime) -> Candidate:
    row = candidate.add(admin, Facts("Vera Stil", role_sought="Planner", stage=Stage.NURTURE), now - 90 * DAY)
    identity.add(row, Channel.EMAIL, "vera@vasteband.example", now - 90 * DAY)
    return row
