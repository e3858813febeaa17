"""What a candidate's page shows, put together in one place for the page and for the forms on it."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from flask import Response, make_response, render_template

from app.blueprints.candidates.forms import AddressForm, PreferenceForm
from app.blueprints.candidates.timeline import Timeline, timeline_of
from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates import identity, pool, preference
from app.domain.candidates.address import Channel, readable
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
    """`preference` is the newest one; `said_by` the person who recorded it."""

    candidate: Candidate
    person: Person
    glimpse: Glimpse
    score: Score
    identities: list[Identity]
    ways: dict[Channel, Way]
    preference: ChannelPreference | None
    recorded_by: str
    timeline: Timeline
    ats_url: str | None
    now: datetime


def shown_of(candidate: Candidate, person: Person, now: datetime, before: str = "") -> Shown:
    """Everything that the page of a candidate shows to a person."""
    glimpse = pool.glimpses([candidate.id])[candidate.id]
    identities = identity.identities_of(candidate.id)
    newest = next(iter(preference.preferences_of(candidate.id)), None)
    recorder = db.session.get(Person, newest.recorded_by_id) if newest and newest.recorded_by_id else None
    agency = the_agency()
    return Shown(
        candidate=candidate,
        person=person,
        glimpse=glimpse,
        score=score_at(glimpse.tau, now, rules.live()),
        identities=identities,
        ways=identity.ways(identities),
        preference=newest,
        recorded_by=recorder.name if recorder else "",
        timeline=timeline_of(candidate.id, before),
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
        words=SimpleNamespace(**vars(words), warm_until=warm_until, readable=readable),
    )
    return make_response(html, status)
