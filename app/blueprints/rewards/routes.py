"""Rewards: what one can have for one's coins, what one asked for and won, and where the coins came from."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.rewards import desk, looking
from app.blueprints.rewards.forms import RedeemForm
from app.db import db, write
from app.domain.game.adjustment import SentBefore
from app.domain.game.competing import handing, winnings
from app.domain.game.rewarding import catalogue, coin_rows, deciding, redemption, requesting, reward
from app.domain.game.rewarding.redemption import Redemption, RedemptionState
from app.domain.game.rewarding.requesting import Refused
from app.domain.game.rewarding.reward import Reward
from app.domain.game.running import RUNS
from app.domain.program.action_kind import kinds_of
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.words import reward as words

bp = Blueprint("rewards", __name__)
NEWEST = 5


@bp.context_processor
def _parts() -> dict[str, object]:
    """A page of refusal is shown to visitors as well."""
    person = auth.person_or_none()
    return {"words": words, "new_key": looking.new_key, "runs": person is not None and person.role in RUNS}


@bp.get("/rewards")
@auth.signed_in
def index() -> str:
    """The coins, the catalogue, and what one asked for and won."""
    means = looking.means()
    return render_template(
        "rewards/page.html",
        means=means,
        offered=looking.offered(means),
        lapses=looking.lapses() if means.balance else [],
        mine=looking.mine(),
        won=winnings.of_person(auth.person()),
        newest=NEWEST,
        **looking.surprises(),
    )


@bp.get("/rewards/<int:reward_id>")
@auth.signed_in
def one(reward_id: int) -> Answer:
    """One reward, with everything there is to know of it."""
    return _page(found(_find(reward_id)))


@bp.post("/rewards/<int:reward_id>/redemptions")
@auth.signed_in
def redeem(reward_id: int) -> Answer:
    """Ask for it; whoever comes too late is told why, and has lost nothing."""
    form, of = RedeemForm(request.form), found(_find(reward_id))
    if not form.validate():
        return _page(of, _sent_before(), 422)
    write()
    try:
        row = _ask(found(_find(reward_id)), form)
    except (Refused, SentBefore) as error:
        db.session.rollback()
        return _refused(found(_find(reward_id)), error)
    db.session.commit()
    return _asked(row)


@bp.post("/redemptions/<int:redemption_id>/cancellation")
@auth.signed_in
def cancel(redemption_id: int) -> Answer:
    """One's own request is not wanted any more; what it held comes back."""
    write()
    row = found(_own(redemption_id))
    cancelled = deciding.cancel(row, by=auth.person(), now=clock.now())
    db.session.commit()
    if cancelled:
        toast.say(_("Cancelled. Your coins are back."))
    else:
        toast.say(_("That came to an end before; nothing was changed."), category="error")
    return go(url_for("rewards.index"))


@bp.get("/rewards/requests")
@auth.signed_in
def requests() -> str:
    """Everything that one asked for."""
    return render_template("rewards/requests.html", mine=looking.mine())


@bp.get("/rewards/coins")
@auth.signed_in
def coins() -> str:
    """Every coin that came and went."""
    rows = coin_rows.of_person(auth.person().id, request.args.get("page", 1, int))
    kinds = {kind.id: kind for kind in kinds_of(looking.program().id)}
    means = looking.means()
    lapses = looking.lapses() if means.balance else []
    return render_template("rewards/coins.html", rows=rows, kinds=kinds, means=means, lapses=lapses)


@bp.post("/rewards/prizes/<int:award_id>/refusal")
@auth.signed_in
def decline_prize(award_id: int) -> Answer:
    """Somebody does not want the prize that they won; its money goes back to the budget."""
    write()
    award = found(winnings.own(auth.person(), award_id))
    declined = handing.decline(award, by=auth.person(), now=clock.now())
    db.session.commit()
    if declined:
        toast.say(_("The prize went back."))
    else:
        toast.say(_("That prize was handed over or given back before."), category="error")
    return go(url_for("rewards.index"))


def _find(reward_id: int) -> Reward | None:
    return reward.find(looking.program().id, reward_id)


def _own(redemption_id: int) -> Redemption | None:
    row = redemption.visible_to(auth.person(), redemption_id)
    return row if row and row.person_id == auth.person().id else None


def _ask(of: Reward, form: RedeemForm) -> Redemption:
    level, today, read = looking.level_of_viewer(), looking.today(), form.price.data or 0
    return requesting.request(of, auth.person(), key=form.uuid, now=clock.now(), today=today, level=level, price=read)


def _asked(row: Redemption) -> Answer:
    """Asking is undone by cancelling."""
    of = words.title(found(_find(row.reward_id)))
    undo = url_for("rewards.cancel", redemption_id=row.id)
    granted = row.state == RedemptionState.APPROVED
    said = _("%(what)s is yours.", what=of) if granted else _("You asked for: %(what)s.", what=of)
    toast.say(said, undo if row.state in redemption.OPEN else None)
    return go(url_for("rewards.index"))


def _refused(of: Reward, error: Refused | SentBefore) -> Answer:
    said = words.hindered(of, error.hindrance) if isinstance(error, Refused) else _sent_before()
    return _page(of, said, 409)


def _sent_before() -> str:
    return _("This form was sent before, for something else. Try once more.")


def _page(of: Reward, said: str = "", status: int = 200) -> Answer:
    """One reward; `said` is why it was refused just now."""
    means = looking.means()
    there = catalogue.Offered(of, catalogue.hindrance(of, means))
    html = render_template("rewards/reward.html", there=there, means=means, said=said)
    return make_response(html, status)


desk.add_to(bp)
