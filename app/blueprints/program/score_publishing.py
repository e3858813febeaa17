"""Publishing the rules of the score, and stopping a version that is being counted."""

from zoneinfo import ZoneInfo

from flask import Response, url_for

from app import clock
from app.blueprints.program.score import form_of, page
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.journey import touchpoint_kind
from app.domain.scoring import publication
from app.domain.scoring.publication import AlreadyBuilding, NothingChanged, TooStrong
from app.domain.scoring.rules import RulesetRow, live
from app.language import gettext as _
from app.web import auth, toast
from app.web.htmx import go
from app.web.language import zone_name
from app.web.score_form import TODAY, ScoreForm
from app.words import score_rules as words


@auth.only(Role.ADMIN)
def publish() -> Response:
    """Make the typed rules a version; they count when everything was counted by them."""
    form = form_of(live().ruleset)
    if not form.validate() or not form.has_note():
        return page(form, 422)
    write()
    try:
        row = _publish(form)
    except (AlreadyBuilding, NothingChanged, TooStrong) as refused:
        db.session.rollback()
        return page(form, 422, refused=_refusal(refused))
    db.session.commit()
    toast.say(_("Version %(number)s is being counted. Until it is ready, the present one counts.", number=row.version))
    return go(url_for("program.score_versions"))


def _publish(form: ScoreForm) -> RulesetRow:
    draft, now = form.ruleset(touchpoint_kind.known(), live().ruleset), clock.now()
    since = clock.local_day(now, ZoneInfo(zone_name())) if form.when.data == TODAY else None
    return publication.publish(draft, since=since, note=form.note.data or "", by_id=auth.person().id, now=now)


@auth.only(Role.ADMIN)
def give_up() -> Response:
    """Stop counting; the present version goes on counting."""
    write()
    publication.give_up(auth.person().id, clock.now())
    db.session.commit()
    toast.say(_("Stopped; the present rules stay."))
    return go(url_for("program.score_versions"))


def _refusal(refused: Exception) -> str:
    if isinstance(refused, AlreadyBuilding):
        return _("A version is being counted already. Wait until it is ready, or stop it.")
    if isinstance(refused, TooStrong):
        return words.too_strong(refused.kind)
    return _("Nothing was changed: these are the rules that count now.")
