"""Publishing a draft: the rules as everybody will read them, what it costs, how it would have gone, and yes."""

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contest_desk.wizard import a_draft, allowed, mine, today
from app.db import db, write
from app.domain.agency import team
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, names_of
from app.domain.game import appearance
from app.domain.game.competing import dry_run as trying
from app.domain.game.competing import publishing
from app.domain.game.competing.amending import amendments_of
from app.domain.game.competing.audience import invited
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import NotADraft, cost
from app.domain.game.competing.dry_run import DryRun
from app.domain.game.competing.life import state_of
from app.domain.game.competing.planned import fingerprint
from app.domain.game.competing.prize import prizes_of
from app.domain.game.competing.publishing import NotYet
from app.domain.game.competing.taking_part import TooMany
from app.domain.game.rewarding import budget
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.running import RUNS, NotAllowed
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.words import contest_desk as words
from app.words.competition import days, state_label, state_tone
from app.words.competition_formats import format_label
from app.words.competition_rules import rules_of


@allowed
def preview(competition_id: int) -> Answer:
    """The rules as text, the money, and what can be done with it in its state."""
    return _page(mine(competition_id))


@allowed
def dry_run(competition_id: int) -> Answer:
    """How it would have gone in the weeks that were; nothing of it is kept."""
    row = a_draft(competition_id)
    if row.published_at or row.cancelled_at:
        return _page(row, refusal=NotADraft())
    if not appearance.tells_of(row.program_id, len(invited(row))):
        return _page(row, refusal=NotYet("few"))
    return _page(row, tried=trying.dry_run(row, today()))


@allowed
def publish(competition_id: int) -> Answer:
    """From now on the rules are locked; a refusal says what is in the way and what to do."""
    row, seen = mine(competition_id), request.form.get("seen", "")
    write()
    try:
        publishing.publish(row, by=auth.person(), now=clock.now(), zone=the_zone(), seen=seen)
    except (NotADraft, NotAllowed, NotYet, TooMany, TooLittle) as refusal:
        db.session.rollback()
        if not _published_by(auth.person(), row):
            return _page(row, refusal=refusal)
    db.session.commit()
    toast.say(_("It is published: everybody for whom it is can see it."))
    return go(url_for("contest_desk.preview", competition_id=row.id))


def _published_by(person: Person, row: Competition) -> bool:
    """Whether somebody did it themselves, and pressed twice."""
    return row.published_by_id == person.id and row.cancelled_at is None


def _page(row: Competition, *, tried: DryRun | None = None, refusal: Exception | None = None) -> Answer:
    prizes = prizes_of(row.id)
    program_id = found(the_program()).id
    page = render_template(
        "contest_desk/preview.html",
        competition=row,
        state=state_of(row, clock.now(), the_zone()),
        rules=rules_of(row, prizes),
        prizes=prizes,
        cost=cost(row),
        seen=fingerprint(row),
        runs=auth.person().role in RUNS,
        people=len(invited(row)),
        budget=budget.find(program_id, row.budget_id) if row.budget_id else None,
        tried=_tried(row, tried) if tried else None,
        refusal=_refused(refusal) if refusal else None,
        amendments=amendments_of(row.id),
        words={"days": days, "state": state_label, "tone": state_tone, "format": format_label},
    )
    return make_response(page, 422 if refusal else 200)


def _tried(row: Competition, dry: DryRun) -> words.Tried:
    teams = {each.team.id: each.team.name for sizes in team.teams().values() for each in sizes}
    names = appearance.names_for(found(the_program()), auth.person(), dry.winners)
    return words.tried(row, dry, names, teams)


def _refused(refusal: Exception) -> words.Refusal:
    names = names_of(refusal.people) if isinstance(refusal, TooMany) else {}
    return words.refused(refusal, sorted(names.values()))
