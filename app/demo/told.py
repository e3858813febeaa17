"""What candidates told the demo agency: availability, labels, wishes, consents, and how they came to their stage."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, insert, select, update

from app.db import db
from app.demo.names import ASPIRATIONS, CERTIFICATES, REASONS, SKILLS, TAGS
from app.demo.pool import ENDED, ENGAGED, NURTURED, PLACED, Somebody
from app.domain.candidates import label, privacy_terms, retention, search
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.consent import Consent, Via
from app.domain.candidates.label import CandidateLabel, LabelKind
from app.domain.candidates.preference import ChannelPreference
from app.domain.candidates.stage_move import StageMove

DAY = timedelta(days=1)
YEAR = 365 * DAY
JOURNEY = (Stage.ATTRACT, Stage.ENGAGE, Stage.NURTURE, Stage.CONVERT, Stage.REDEPLOY)
HOURS = (16, 20, 24, 32, 36, 40)
REFERRAL = "Doorverwezen"
KILOMETRES = (10, 20, 30, 50)
PORTION = 500
PLACED_AGAIN = 0.1
REFERRED = 0.5
"""Of those who were referred, how many by a candidate."""
Rows = Iterable[dict[str, Any]]


class Names(NamedTuple):
    """The ids of the labels, by kind."""

    skills: list[int]
    certificates: list[int]
    tags: list[int]


def tell(pool: Sequence[Somebody], star_id: int, rng: random.Random, now: datetime) -> None:
    """Let everybody in the pool have told something, and start their clocks; no consent of the star's ends soon."""
    terms_id, names = privacy_terms.on_record(now - 2 * YEAR).id, _names()
    _change(_facts(one.id, rng, now) for one in pool)
    _insert(CandidateLabel, (row for one in pool for row in _labels(one, names, rng, now)))
    _insert(StageMove, (row for one in pool for row in _moves(one, rng, now)))
    _insert(
        Consent,
        (row for one in pool for row in _consents(one, terms_id, 0.5 if one.owner_id == star_id else 1, rng, now)),
    )
    _insert(ChannelPreference, (row for one in pool for row in _wishes(one, rng, now)))
    _refer(pool, rng)
    ids = [one.id for one in pool]
    for start in range(0, len(ids), PORTION):
        search.refresh(ids[start : start + PORTION])
        retention.begin_many(ids[start : start + PORTION], now)


def _insert(row: type[object], values: Rows) -> None:
    db.session.connection().execute(insert(cast("Table", row.__table__)), list(values))  # type: ignore[attr-defined] # a mapped class


def _change(facts: Rows) -> None:
    table = cast("Table", Candidate.__table__)
    names = ("available_from", "hours_week", "travel_km", "aspiration")
    query = update(table).where(table.c.id == bindparam("this")).values({name: bindparam(name) for name in names})
    db.session.connection().execute(query, list(facts))


def _names() -> Names:
    kinds = ((LabelKind.SKILL, SKILLS), (LabelKind.CERTIFICATE, CERTIFICATES), (LabelKind.TAG, TAGS))
    return Names(*(sorted(label.ensure(kind, names).values()) for kind, names in kinds))


def _facts(candidate_id: int, rng: random.Random, now: datetime) -> dict[str, Any]:
    """Half are free now or soon; a third said where they want to go."""
    free = now.date() + DAY * rng.randrange(-40, 60)
    return {
        "this": candidate_id,
        "available_from": free if rng.random() < 0.5 else None,  # noqa: PLR2004 - half
        "hours_week": rng.choice(HOURS) if rng.random() < 0.7 else None,  # noqa: PLR2004 - seven in ten
        "travel_km": rng.choice(KILOMETRES) if rng.random() < 0.6 else None,  # noqa: PLR2004 - six in ten
        "aspiration": rng.choice(ASPIRATIONS) if rng.random() < 1 / 3 else "",
    }


def _labels(one: Somebody, names: Names, rng: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
    """One to three skills, often a certificate that ends some day, now and then a tag."""
    skills = rng.sample(names.skills, rng.randint(1, 3))
    certificates = rng.sample(names.certificates, rng.choice((0, 0, 1, 1, 2)))
    tags = rng.sample(names.tags, rng.choice((0, 0, 0, 1)))
    ends: dict[int, date] = {id_: now.date() + DAY * rng.randrange(-60, 1500) for id_ in certificates}
    for id_ in (*skills, *certificates, *tags):
        yield {"candidate_id": one.id, "label_id": id_, "until": ends.get(id_), "added_at": one.registered_at}


def _moves(one: Somebody, rng: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
    """The way to their stage, a step at a time; whoever is placed again was placed before."""
    days = (now - one.registered_at) / DAY
    steps = _way(one.stage, days, rng)
    moments = [one.registered_at + DAY * after for after in _lengths(len(steps) - 1, days, rng)]
    before: Stage | None = None
    for to, at in zip(steps, (one.registered_at, *moments), strict=True):
        yield {
            "candidate_id": one.id,
            "from_stage": before,
            "to_stage": to,
            "reason": REASONS[JOURNEY.index(to)] if before else "",
            "moved_by_id": one.owner_id if before else None,
            "moved_at": at,
        }
        before = to


def _way(stage: Stage, days: float, rng: random.Random) -> Sequence[Stage]:
    """From the first stage to this one; some of the placed were placed twice."""
    again = stage == Stage.CONVERT and days > ENDED and rng.random() < PLACED_AGAIN
    return (*JOURNEY, Stage.CONVERT) if again else JOURNEY[: JOURNEY.index(stage) + 1]


def _lengths(steps: int, days: float, rng: random.Random) -> Iterator[float]:
    """After how many days each step was taken: the first three within their usual time, what follows whenever."""
    after = 0.0
    for first, last in ((0, ENGAGED), (0, NURTURED), PLACED)[:steps]:
        after = rng.uniform(max(first, after), max(min(last, days), after))
        yield after
    yield from sorted(rng.uniform(after, days) for _ in range(steps - 3))


def _refer(pool: Sequence[Somebody], rng: random.Random) -> None:
    """By a candidate of the same recruiter, who was there before."""
    came = set(db.session.scalars(select(Candidate.id).where(Candidate.origin == REFERRAL)))
    by_owner = defaultdict[int, list[int]](list)
    for one in sorted(pool, key=lambda each: each.registered_at):
        earlier = by_owner[one.owner_id]
        if one.id in came and earlier and rng.random() < REFERRED:
            db.session.execute(
                update(Candidate).where(Candidate.id == one.id).values(referred_by_id=rng.choice(earlier))
            )
        earlier.append(one.id)


def _consents(
    one: Somebody, terms_id: int, years: float, rng: random.Random, now: datetime
) -> Iterator[dict[str, Any]]:
    """Most agreed within so many years to stay for one; a few took it back."""
    row = {"candidate_id": one.id, "purpose": "pool", "channel": None, "terms_id": terms_id, "recorded_by_id": None}
    asked = max(one.registered_at, now - YEAR * rng.uniform(0.02, years))
    if rng.random() < 0.7:  # noqa: PLR2004 - seven in ten agreed
        yield row | {"given": True, "via": Via.FORM, "at": asked, "until": asked + YEAR}
        if rng.random() < 0.03:  # noqa: PLR2004 - a few took it back
            later = asked + (now - asked) * rng.random()
            yield row | {"given": False, "via": Via.OWN_PAGE, "at": later, "until": None}


def _wishes(one: Somebody, rng: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
    """One in five said how they like planning and forms, some of them twice."""
    if rng.random() > 0.2:  # noqa: PLR2004 - one in five
        return
    said = now - DAY * rng.randrange(60, 300)
    row = {"candidate_id": one.id, "days": "", "from_minute": None, "until_minute": None, "language": None,
           "arrangement": "", "note": "", "recorded_by_id": one.owner_id, "no_voicemail": False}  # fmt: skip
    for purpose, channels, at in (
        ("planning", ["phone"], said),
        ("planning", ["whatsapp", "phone"], said + 30 * DAY),
        ("forms", ["email"], said + 30 * DAY),
    ):
        facts = {"purpose": purpose, "channel": channels[0], "channels": channels, "said_by": "candidate"}
        yield row | facts | {"recorded_at": at}
