"""Taking part or not, and who is on which side; routes.py says at which addresses."""

from collections.abc import Mapping, Sequence

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contests.forms import SideForm
from app.blueprints.contests.showing import asked_for
from app.db import db, write
from app.domain.agency.naming import sort_name
from app.domain.agency.person import names_of
from app.domain.game.competing import publishing, taking_part
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.competition import State
from app.domain.game.competing.draft import may_run
from app.domain.game.competing.entrant import Entrant, Side, active, sides_of
from app.domain.game.competing.taking_part import Closed, TooMany
from app.domain.game.rewarding.pots import TooLittle
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go


@auth.signed_in
def join(competition_id: int) -> Answer:
    """Take part, on a side of one's choice when one has none yet."""
    competition = asked_for(competition_id).competition
    side_id = _side(competition_id, request.form.get("side", ""))
    write()
    try:
        taking_part.join(competition, auth.person(), clock.now(), side_id=side_id)
    except (Closed, TooMany, TooLittle, LookupError) as refused:
        db.session.rollback()
        toast.say(_why_not(refused), category="error")
        return _back(competition_id)
    db.session.commit()
    toast.say(_("You take part."), url_for("contests.decline", competition_id=competition_id))
    return _back(competition_id)


@auth.signed_in
def decline(competition_id: int) -> Answer:
    """Not take part, or no longer; joining again is the undo of it."""
    competition = asked_for(competition_id).competition
    write()
    said = taking_part.decline(competition, auth.person(), clock.now())
    db.session.commit()
    if said:
        undo = url_for("contests.join", competition_id=competition_id)
        toast.say(_("You do not take part. Your points stay yours, and nobody sees it."), undo)
    else:
        toast.say(_("It is over, or you were not in it."), category="error")
    return _back(competition_id)


def _back(competition_id: int) -> Answer:
    return go(url_for("contests.page", competition_id=competition_id))


def _why_not(refused: Exception) -> str:
    """Why somebody cannot take part, and what they can do."""
    if isinstance(refused, TooMany):
        return _("You are in two competitions in these days already. Leave one of them first.")
    if isinstance(refused, Closed):
        return _("The days of this competition are over.")
    if isinstance(refused, TooLittle):
        return _("The budget has too little for what everybody can win. Ask who runs the competition for more.")
    return _("This competition is for others.")


def _side(competition_id: int, sent: str) -> int | None:
    """The side that was chosen, when it is one of this competition."""
    known = {str(side.id): side.id for side in sides_of(competition_id)} if sent else {}
    return known.get(sent)


@auth.signed_in
def sides(competition_id: int) -> Answer:
    """Who is on which side, for who runs it; until it begins people can be moved."""
    asked = asked_for(competition_id)
    competition = asked.competition
    found((may_run(asked.viewer, competition) and competition.own_teams) or None)
    entrants, teams = active(competition_id), sides_of(competition_id)
    names = names_of({each.person_id for each in entrants})
    form = SideForm(submitted(), people=sorted(names.items(), key=lambda pair: sort_name(pair[1])), sides=teams)
    if request.method == "GET" or not form.validate():
        return _sides_page(asked, form, _by_side(entrants, teams, names))
    _move(asked, form.person_id.data, form.side_id.data)
    return go(url_for("contests.sides", competition_id=competition_id))


def _move(asked: Asked, person_id: int, side_id: int) -> None:
    now = clock.now()
    write()
    moved = publishing.put_on(asked.competition, person_id, side_id, by=asked.viewer, now=now, zone=asked.zone)
    db.session.commit()
    said = _("Moved.") if moved else _("It has begun: everybody stays on their side.")
    toast.say(said, category="ok" if moved else "error")


def _by_side(
    entrants: Sequence[Entrant], teams: Sequence[Side], names: Mapping[int, str]
) -> list[tuple[Side, list[str]]]:
    """The names on each side, in order."""
    return [
        (side, sorted((names[each.person_id] for each in entrants if each.side_id == side.id), key=sort_name))
        for side in teams
    ]


def _sides_page(asked: Asked, form: SideForm, by_side: Sequence[tuple[Side, Sequence[str]]]) -> Answer:
    facts = {"competition": asked.competition, "form": form, "by_side": by_side}
    html = render_template("contests/sides.html", **facts, movable=asked.state == State.PUBLISHED)
    return make_response(html, 422 if form.errors else 200)
