"""What a candidate's page shows, put together in one place for the page and for the forms on it."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from flask import Response, make_response, render_template

from app.blueprints.candidates.forms import AddressForm, PreferenceForm
from app.blueprints.candidates.timeline import Timeline, timeline_of
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates import identity, pool
from app.domain.candidates.address import Channel, href, readable
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Identity, Way
from app.domain.candidates.pool import Glimpse
from app.domain.candidates.preference import ChannelPreference
from app.domain.scoring import rules
from app.domain.scoring.engagement import Score, score_at
from app.words import candidates as words
from app.words.score import warm_until


@dataclass(frozen=True, slots=True)
class Shown:
    """`preference` is the newest one; `recorded_by` the name of the person who wrote it down."""

    candidate: Candidate
    person: Person
    glimpse: Glimpse
    score: Score
    identities: list[Identity]
    ways: dict[Channel, Way]
    preference: ChannelPreference | None
    recorded_by: str | None
    timeline: Timeline
    ats_url: str | None
    now: datetime


def shown_of(candidate: Candidate, person: Person, now: datetime, before: str = "") -> Shown:
    """Everything that the page of a candidate shows to a person."""
    standing = pool.standing_of(candidate.id)
    identities = identity.identities_of(candidate.id)
    agency = the_agency()
    return Shown(
        candidate=candidate,
        person=person,
        glimpse=standing.glimpse,
        score=score_at(standing.glimpse.tau, now, rules.live()),
        identities=identities,
        ways=identity.ways(identities),
        preference=standing.preference,
        recorded_by=standing.recorded_by,
        timeline=timeline_of(candidate.id, person, before),
        ats_url=agency.ats_url(candidate.external_id) if agency else None,
        now=now,
    )


def show(
    shown: Shown, address: AddressForm | None = None, preferred: PreferenceForm | None = None, status: int = 200
) -> Response:
    """The page, with forms that were filled in wrongly when there are any."""
    chosen = {"channel": shown.preference.channel} if shown.preference else {}
    html = render_template(
        "candidates/candidate.html",
        shown=shown,
        candidate=shown.candidate,
        person=shown.person,
        now=shown.now,
        timeline=shown.timeline,
        address=address or AddressForm().offer(),
        preferred=preferred or PreferenceForm(data=chosen).offer(list(shown.ways)),
        words=SimpleNamespace(**vars(words), warm_until=warm_until, readable=readable, href=href),
    )
    return make_response(html, status)
