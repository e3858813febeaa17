"""What we know of a candidate and how their score comes about, told to themselves, with what they can do about it."""

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, Response, make_response

from app import clock
from app.blueprints.public.own import Visit, act, page, show
from app.db import db
from app.domain.actions import own_data
from app.domain.candidates import erasure_wish
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import LinkPurpose
from app.domain.custody import access
from app.domain.journey import touchpoint_kind
from app.domain.scoring import engagement
from app.domain.scoring.engagement import Score
from app.language import gettext as _
from app.mail import candidate_sender
from app.web.htmx import go
from app.words.access import told
from app.words.deeds import deeds
from app.words.own import pronouns
from app.words.score import award_sentence, kind_label

MOST_EVENTS = 5_000
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Story:
    """How warm the contact is, what they did, and what each of it gives."""

    score: Score
    deeds: list[str]
    events: list[str]


@page(LinkPurpose.KNOWN)
def known(visit: Visit) -> Response:
    """Everything, to read: first how warm the contact is and why, then all that is kept."""
    candidate_id = visit.candidate.id
    return show(
        "known",
        visit,
        sections=told(access.facts_of(candidate_id)),
        objected_at=db.session.get_one(ContactState, candidate_id).objected_at,
        erasure_at=erasure_wish.asked_at(candidate_id),
        story=_story_of(candidate_id),
    )


def _story_of(candidate_id: int) -> Story:
    now = clock.now()
    awards = engagement.explain(candidate_id, now, MOST_EVENTS)
    kinds = touchpoint_kind.named({award.kind for award in awards})
    labels = {code: kind_label(kind) for code, kind in kinds.items()}
    return Story(
        score=engagement.score_of(candidate_id, now),
        deeds=deeds(Counter(award.kind for award in awards), kinds),
        events=[award_sentence(award, labels.get(award.kind, award.kind)) for award in awards[:SHOWN]],
    )


@page(LinkPurpose.KNOWN)
def known_file(visit: Visit) -> Response:
    """The same as a file for another system, with every row."""
    response = make_response(access.as_json(visit.candidate.id, clock.now()))
    response.content_type = "application/json"
    response.headers["Content-Disposition"] = "attachment; filename=what-we-know.json"
    return response


@page(LinkPurpose.KNOWN)
def object_to_score(visit: Visit) -> Response:
    """No score from now on."""
    done = _("%(You)s have no score from now on.", **pronouns())
    act(visit, lambda link, now: own_data.object_to_score(link, now, objects=True), done)
    return go(visit.url)


@page(LinkPurpose.KNOWN)
def allow_score(visit: Visit) -> Response:
    """A score again."""
    done = _("Thank you, %(you)s have a score again.", **pronouns())
    act(visit, lambda link, now: own_data.object_to_score(link, now, objects=False), done)
    return go(visit.url)


@page(LinkPurpose.KNOWN)
def ask_erasure(visit: Visit) -> Response:
    """Please forget me: somebody sees to it, because it cannot be undone."""
    host = candidate_sender().host
    done = _("We have %(your)s request. Somebody of us sees to it.", **pronouns())
    act(visit, lambda link, now: own_data.ask_erasure(link, now, host), done)
    return go(visit.url)


@page(LinkPurpose.KNOWN)
def take_erasure_back(visit: Visit) -> Response:
    """Keep me after all."""
    done = _("Good, we keep %(your)s details.", **pronouns())
    act(visit, own_data.take_erasure_back, done)
    return go(visit.url)


def add_to(bp: Blueprint) -> None:
    """Where the page is, and where its forms go."""
    bp.get("/me/known/<token>")(known)
    bp.get("/me/known/<token>/facts.json")(known_file)
    bp.post("/me/known/<token>/objection")(object_to_score)
    bp.post("/me/known/<token>/objection/end")(allow_score)
    bp.post("/me/known/<token>/erasure")(ask_erasure)
    bp.post("/me/known/<token>/erasure/end")(take_erasure_back)
