"""The list of the pool: what the address asks for, as a page or as its part, with filters that can be taken off."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from app import clock
from app.domain.agency.person import Person, Role
from app.domain.candidates import label, pool, segment, wanted
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import SEES_ALL, Candidate, Stage, possible_owners
from app.domain.candidates.label import OFFERED
from app.domain.candidates.narrowing import values_of
from app.domain.candidates.wanted import Agreed, AsOf, Order, Owned, Signal, Spoken, Wanted, Warmth
from app.domain.oversight import quiet
from app.domain.scoring import rules
from app.domain.scoring.engagement import score_at
from app.language import gettext as _
from app.web import auth
from app.web.filters import day
from app.web.htmx import part, wants_part
from app.web.language import zone_name
from app.words import pool as words
from app.words.candidates import channel_label, stage_label, warmth_label

IMPORTS = frozenset({Role.LEAD, Role.ADMIN})
EXPORTS = frozenset({Role.LEAD, Role.SPONSOR, Role.ADMIN})


def add_to(bp: Blueprint) -> None:
    """The list and how many it holds."""
    bp.add_url_rule("", view_func=index)
    bp.add_url_rule("/count", view_func=count)


def as_of() -> AsOf:
    """The moment for which a list is asked."""
    return quiet.as_of(clock.now(), ZoneInfo(zone_name()))


def asked(address: Mapping[str, Sequence[str]] | None = None) -> Wanted:
    """What an address asks of the pool; without one, that of this request."""
    return wanted.read(request.args.to_dict(flat=False) if address is None else address, as_of())


def address_of(question: Wanted) -> str:
    """The list's address with this question."""
    told = urlencode(wanted.told(question), doseq=True)
    return f"{url_for('candidates.index')}?{told}" if told else url_for("candidates.index")


@auth.signed_in
def index() -> Response:
    """The pool, as the address asks for it; what is as usual stays out of the address that is shown."""
    person, question = auth.person(), asked()
    if wants_part():
        return part(render_template("candidates/_list.html", **_listed(person, question)), url=address_of(question))
    facts = _listed(person, question) | _choices(person)
    return make_response(render_template("candidates/page.html", **facts))


def _listed(person: Person, question: Wanted) -> dict[str, object]:
    """One page of the list, and what can be done with it."""
    page = pool.listed(person, question, request.args.get("page", 1, int))
    owners = _owners() if person.role in IMPORTS or question.owner_id else {}
    now, live = clock.now(), rules.live()
    return {
        "page": page,
        "wanted": question,
        "query": wanted.told(question),
        "on": _on(question, owners),
        "glimpses": pool.glimpses([row.id for row in page.rows]),
        "warmth": lambda tau: warmth_label(score_at(tau, now, live).shown),
        "stage_label": stage_label,
        "owners": owners,
        "may_assign": person.role in IMPORTS,
        "may_export": person.role in EXPORTS,
    }


def _on(question: Wanted, owners: Mapping[int, str]) -> list[tuple[str, str]]:
    """The filters that are on, each with the address of the list without it."""
    facts = wanted.narrowing(question)
    return [(words.told(each, question, owners, day), address_of(wanted.without(question, each))) for each in facts]


def _owners() -> dict[int, str]:
    """Who may look after candidates, by id; asked once in a request."""
    if "owners" not in g:
        g.owners = {each.id: each.name for each in possible_owners()}
    found: dict[int, str] = g.owners
    return found


@auth.signed_in
def count() -> str:
    """How many there would be, while filters are being chosen."""
    return render_template("candidates/_count.html", total=pool.count(auth.person(), asked()))


def _choices(person: Person) -> dict[str, object]:
    """What the filters offer, in the reader's words."""
    return {
        "stages": [(str(each), stage_label(each)) for each in Stage],
        "owned": [(str(each), words.owned_label(each)) for each in Owned]
        + [(str(each), name) for each, name in _owners().items()],
        "orders": [(str(each), words.order_label(each)) for each in Order],
        "bands": [(str(each), words.warmth_band(each)) for each in Warmth],
        "signals": [(str(each), words.signal_label(each)) for each in Signal],
        "spoken": [("", _("whenever")), *((str(each), words.spoken_label(each)) for each in Spoken)],
        "channels": [("", _("any channel")), *((str(each), channel_label(each)) for each in Channel)],
        "agreed": [("", _("whatever they said")), *((str(each), words.agreed_label(each)) for each in Agreed)],
        "known": {str(kind): names for kind, names in label.offered().items()} | _places(person),
        "built_in": [(words.segment_label(name), address) for name, address in segment.BUILT_IN.items()],
        "segments": segment.seen_by(person),
        "may_import": person.role in IMPORTS,
    }


def _places(person: Person) -> dict[str, list[str]]:
    """Regions and origins that there are, only for whoever sees the whole agency."""
    known = {"region": Candidate.region, "origin": Candidate.origin}
    return {name: values_of(fact, OFFERED) if person.role in SEES_ALL else [] for name, fact in known.items()}
