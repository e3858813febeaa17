"""The lab: what is drafted, what was tried with it, and who did what."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as Answer

from app.blueprints.lab import drafts, runs
from app.domain.agency.person import Role
from app.domain.journey import touchpoint_kind
from app.domain.lab import draft, logbook, model_card, run
from app.web import auth
from app.web.htmx import wants_part
from app.words import lab as words
from app.words import score_rules

bp = Blueprint("lab", __name__, url_prefix="/lab")
bp.context_processor(lambda: {"words": words})
allowed = auth.only(Role.SPONSOR, Role.ADMIN)


@bp.get("")
@allowed
def page() -> str:
    """Drafts and the newest runs; htmx asks for the runs alone while one is going on."""
    listed = run.newest()
    busy = any(not each.is_over for each in listed)
    if wants_part():
        return render_template("lab/_runs.html", runs=listed, busy=busy, names=draft.names_of(listed))
    names = draft.names_of(listed)
    return render_template("lab/page.html", runs=listed, busy=busy, names=names, drafts=draft.open_ones())


@bp.get("/logbook")
@allowed
def log() -> str:
    found = logbook.listed(request.args.get("page", 1, int))
    return render_template("lab/logbook.html", page=found, lines=logbook.named(found))


@bp.get("/model-card")
@allowed
def card() -> str | Answer:
    """What the score is, what it is made of and never made of, and how well it does."""
    found = model_card.of_live()
    facts = score_rules.rule_facts(found.rules.ruleset, touchpoint_kind.known())
    return render_template("lab/model_card.html", card=found, facts=facts)


drafts.add_to(bp)
runs.add_to(bp)
