"""The candidates whose stories the demo plays on the star's first day: each shows one reason to be contacted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.db import db
from app.demo import applications
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person
from app.domain.candidates import candidate, preference, search
from app.domain.candidates.candidate import Candidate, Facts, Stage
from app.domain.candidates.identity import Channel, Identity
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.journey.touchpoint import Hit

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """`seen`: what the candidate did and how long ago; `done`: what the star did and how long ago."""

    name: str
    role: str
    stage: Stage
    channel: Channel
    seen: Sequence[tuple[str, timedelta]] = ()
    done: Sequence[tuple[Outcome, timedelta]] = ()
    promised: timedelta | None = None
    known_for: timedelta = field(default=120 * DAY)


SCENES = (
    Scene(
        "Bram Kuiper",
        "Elektromonteur",
        Stage.ENGAGE,
        Channel.PHONE,
        seen=(
            ("site_visit", 6 * DAY),
            ("job_view", 6 * DAY),
            ("form", 8 * DAY),
            ("event_attended", 12 * DAY),
            ("referral", 14 * DAY),
        ),
        done=((Outcome.SPOKE, 9 * DAY), (Outcome.NO_ANSWER, 4 * DAY)),
        promised=3 * DAY,
    ),
    Scene(
        "Aisha El Idrissi",
        "Administratief medewerker",
        Stage.ATTRACT,
        Channel.WHATSAPP,
        seen=(("application_started", 5 * HOUR), ("job_view", 6 * HOUR), ("site_visit", 6 * HOUR), ("ad_click", DAY)),
        known_for=2 * DAY,
    ),
    Scene(
        "Pieter Hoekstra",
        "Heftruckchauffeur",
        Stage.REDEPLOY,
        Channel.WHATSAPP,
        seen=(("site_visit", 9 * DAY), ("job_view", 9 * DAY), ("mail_click", 11 * DAY)),
        done=((Outcome.SPOKE, 19 * DAY),),
    ),
    Scene(
        "Noor van Leeuwen",
        "Planner",
        Stage.NURTURE,
        Channel.EMAIL,
        seen=tuple((kind, day * DAY) for day in (1, 2, 4) for kind in ("site_visit", "job_view", "mail_click")),
        done=((Outcome.MESSAGE_SENT, 33 * DAY),),
    ),
    Scene(
        "Chantal Bos",
        "Receptionist",
        Stage.CONVERT,
        Channel.PHONE,
        seen=(("application_completed", 8 * DAY), ("form", 3 * DAY), ("event_attended", 5 * DAY)),
        done=((Outcome.NO_ANSWER, 20 * HOUR),),
    ),
    Scene(
        "Youssef Amrani",
        "Orderpicker",
        Stage.ENGAGE,
        Channel.PHONE,
        seen=(("application_completed", 30 * DAY), ("site_visit", 9 * DAY)),
        done=((Outcome.SPOKE, 10 * DAY),),
    ),
    Scene(
        "Daan Veenstra",
        "Lasser",
        Stage.NURTURE,
        Channel.SMS,
        seen=(("site_visit", 80 * DAY),),
        done=((Outcome.SPOKE, 95 * DAY),),
    ),
)


def play(star: Person, now: datetime) -> list[Candidate]:
    """Give the star these candidates and what happened with them."""
    return [_play(scene, number, star, now) for number, scene in enumerate(SCENES)]


def _play(scene: Scene, number: int, star: Person, now: datetime) -> Candidate:
    facts = Facts(scene.name, role_sought=scene.role, region="Zwolle", stage=scene.stage, origin="Website",
                  external_id=f"VB-9000{number}", owner_id=star.id)  # fmt: skip
    row = candidate.add(star, facts, now - scene.known_for)
    db.session.add_all(_ways(row, number, now))
    search.refresh([row.id])
    said = now - min(30 * DAY, scene.known_for)
    preference.prefer(row.id, Wish((scene.channel,)), said_by=SaidBy.CANDIDATE, by_id=None, now=said)
    take_in_many([_hit(row, scene, number, kind, now - ago) for kind, ago in scene.seen], now)
    for outcome, ago in sorted(scene.done, key=lambda done: -done[1]):
        due = now - scene.promised if scene.promised and outcome is Outcome.SPOKE else None
        at = now - ago
        action.log(star, row, outcome, at=at, now=at, channel=Channel.PHONE, promise_at=due, source="import",
                   external_id=f"scene-{number}-{outcome}")  # fmt: skip
    return row


def _hit(row: Candidate, scene: Scene, number: int, kind: str, at: datetime) -> Hit:
    """Something that they did, with the vacancy when it is about one."""
    hit = Hit(row.id, kind, at, "demo", f"scene-{number}-{kind}-{at:%m%dT%H}")
    if kind not in applications.OF_A_VACANCY:
        return hit
    job = applications.for_role(scene.role)
    return hit._replace(vacancy=job.reference, payload=job.payload(1))


def _ways(row: Candidate, number: int, now: datetime) -> list[Identity]:
    """Numbers from a range that is in nobody's hands, and a mail address that reaches nobody."""
    mobile = f"+316898000{number:02d}"
    found = {
        Channel.PHONE: mobile,
        Channel.WHATSAPP: mobile,
        Channel.SMS: mobile,
        Channel.EMAIL: f"scene{number}@vasteband.example",
    }
    return [
        Identity(candidate_id=row.id, channel=channel, address=address, origin="demo", added_at=now)
        for channel, address in found.items()
    ]
