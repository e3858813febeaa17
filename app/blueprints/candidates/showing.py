"""A candidate's page: what it shows, put together in one place for the page and for the forms on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

from flask import Blueprint, Response, make_response, render_template, request

from app import clock
from app.blueprints.candidates.application_cards import Card, in_short, last_placement
from app.blueprints.candidates.forms import AddressForm, PreferenceForm
from app.blueprints.candidates.timeline import Asked, Timeline, asked_of, timeline_of
from app.domain.actions import recovery
from app.domain.actions.channel_choice import Choice, choices_from
from app.domain.actions.recovery import Recovery
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person, Role
from app.domain.candidates import candidate as candidates
from app.domain.candidates import identity, label
from app.domain.candidates.address import Channel, href, readable
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Identity, Way
from app.domain.candidates.preference import ChannelPreference
from app.domain.candidates.standing import Seen, Standing, seen_by
from app.domain.custody import duplicate
from app.domain.journey import satisfaction
from app.domain.journey.feedback import Feedback, said_by
from app.domain.journey.satisfaction import Answer
from app.domain.scoring import rules
from app.domain.scoring.contact_next import Reachable
from app.domain.scoring.engagement import Score, score_at
from app.web import auth
from app.web.errors import found
from app.web.htmx import part, wants_part
from app.words import applications as application_words
from app.words import candidates as words
from app.words import feedback, profile
from app.words.score import warm_until

LEADS = (Role.LEAD, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Shown:
    """`twin` is who may be the same person."""

    candidate: Candidate
    person: Person
    standing: Standing
    score: Score
    identities: list[Identity]
    ways: dict[Channel, Way]
    choices: Sequence[Choice]
    labels: Sequence[label.Told]
    twin: Candidate | None
    answers: Sequence[Answer]
    said: Sequence[Feedback]
    recovery: Recovery | None
    timeline: Timeline
    applications: Sequence[Card]
    ats_url: str | None
    now: datetime
    today: date

    @property
    def reachable(self) -> Reachable:
        """What the card of why and how to contact them tells beside their place, without asking for it again."""
        best_first = (self.ways[one.channel] for one in self.choices if one.channel in self.ways)
        return Reachable(self.candidate, tuple(best_first), last_placement(self.applications))

    @property
    def forbidden(self) -> list[Channel]:
        """Channels that are closed at any hour: their addresses are told and open nothing."""
        return [one.channel for one in self.choices if one.is_forbidden]

    @property
    def leads(self) -> bool:
        """Whether this person may merge candidates, and read all that is known of one at once."""
        return self.person.role in LEADS

    @property
    def since(self) -> datetime:
        """From when the candidate has been in their stage."""
        return self.standing.since or self.candidate.registered_at

    @property
    def preference(self) -> ChannelPreference | None:
        return self.standing.preference

    @property
    def recorded_by(self) -> str | None:
        return self.standing.recorded_by


def shown_of(seen: Seen, person: Person, now: datetime, asked: Asked | None = None) -> Shown:
    """Everything that the page of a candidate shows to a person."""
    candidate, standing = seen
    identities = identity.identities_of(candidate.id)
    agency, answers = the_agency(), satisfaction.latest_of(candidate.id)
    return Shown(
        candidate=candidate,
        person=person,
        standing=standing,
        score=score_at(standing.state.tau, now, rules.live()),
        identities=identities,
        ways=identity.ways(identities),
        choices=choices_from(standing.state, identities, standing.preference, now),
        labels=label.of([candidate.id]).get(candidate.id, []) if standing.labelled else [],
        twin=_twin(candidate, person),
        answers=answers,
        said=said_by(candidate.id) if any(answer.ours for answer in answers) else (),
        recovery=recovery.open_of(candidate.id) if standing.state.recovery_due_at else None,
        timeline=timeline_of(candidate.id, person, asked or Asked()),
        applications=in_short(candidate.id, standing.state.application_owed_at),
        ats_url=agency.ats_url(candidate.external_id) if agency else None,
        now=now,
        today=clock.local_day(now, the_zone()),
    )


def _twin(candidate: Candidate, person: Person) -> Candidate | None:
    """Who may be the same person, for those who may decide about it."""
    couple = duplicate.proposed(person, candidate.id) if person.role in LEADS else None
    if couple is None:
        return None
    return couple.second if couple.first.id == candidate.id else couple.first


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
        applied=application_words,
        address=address or AddressForm().offer(),
        preferred=preferred or PreferenceForm(data=chosen).offer(list(shown.ways)),
        words=SimpleNamespace(
            **vars(words) | vars(profile) | vars(feedback), warm_until=warm_until, readable=readable, href=href
        ),
    )
    return make_response(html, status)


@auth.signed_in
def page(candidate_id: int) -> Response:
    """Everything about one candidate; `show` narrows the timeline and `before` opens an older page of it."""
    person, asked, now = auth.person(), asked_of(request.args), clock.now()
    if wants_part() and request.args.keys() & {"before", "show"}:
        row = found(candidates.visible_to(person, candidate_id))
        line = timeline_of(row.id, person, asked)
        return part(render_template("candidates/_timeline.html", candidate=row, timeline=line))
    return show(shown_of(found(seen_by(person, candidate_id, now)), person, now, asked))


def add_to(bp: Blueprint) -> None:
    """Where the page is."""
    bp.get("/<int:candidate_id>")(page)
