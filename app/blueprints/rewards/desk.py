"""The desk of the catalogue: the sponsor and administrators add, change and retire what can be had."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.rewards import looking
from app.blueprints.rewards.forms import RewardForm, form_of
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.game.rewarding import examples, reward
from app.domain.game.rewarding.reward import Reward, StockMoved
from app.language import gettext as _
from app.language import ngettext
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.words import reward as words

keeper = auth.only(Role.SPONSOR, Role.ADMIN)


@keeper
def page() -> str:
    """Everything in the catalogue, and what was."""
    program = looking.program()
    there, gone = (reward.of_program(program.id, retired=retired) for retired in (False, True))
    return render_template("rewards/desk.html", there=there, gone=gone, levels=program.levels)


@keeper
def new() -> Answer:
    """An empty form."""
    return _form(RewardForm(approval=True), None)


@keeper
def add() -> Answer:
    """Put a reward into the catalogue."""
    form = RewardForm(request.form)
    if not form.validate():
        return _form(form, None, 422)
    write()
    by, now = auth.person(), clock.now()
    row = reward.add(looking.program().id, stock=form.stock.data, by=by, now=now, **form.offer)
    _illustrate(row, form)
    db.session.commit()
    toast.say(_("%(title)s is in the catalogue.", title=words.title(row)), url_for("rewards.retire", reward_id=row.id))
    return go(url_for("rewards.desk"))


@keeper
def edit(reward_id: int) -> Answer:
    """The form of a reward."""
    row = found(_find(reward_id))
    return _form(form_of(row), row)


@keeper
def change(reward_id: int) -> Answer:
    """Say it differently from now on; who asked before keeps the price of then."""
    form, row = RewardForm(request.form), found(_find(reward_id))
    if not form.validate():
        return _form(form, row, 422)
    write()
    try:
        _save(found(_find(reward_id)), form)
    except StockMoved as moved:
        db.session.rollback()
        form.look_again(moved.stock)
        return _form(form, found(_find(reward_id)), 422)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("rewards.desk"))


@keeper
def retire(reward_id: int) -> Answer:
    """Nobody can ask for it any more; whoever did still gets it."""
    write()
    row = found(_find(reward_id))
    reward.retire(row, by=auth.person(), now=clock.now())
    db.session.commit()
    undo = url_for("rewards.bring_back", reward_id=row.id)
    toast.say(_("%(title)s is not offered any more.", title=words.title(row)), undo)
    return go(url_for("rewards.desk"))


@keeper
def bring_back(reward_id: int) -> Answer:
    """It can be asked for again."""
    write()
    row = found(_find(reward_id))
    reward.bring_back(row, by=auth.person())
    db.session.commit()
    toast.say(_("%(title)s is in the catalogue.", title=words.title(row)))
    return go(url_for("rewards.desk"))


@keeper
def begin() -> Answer:
    """Three examples for an empty catalogue; each can be changed."""
    write()
    made = examples.start(looking.program().id, by=auth.person(), now=clock.now())
    db.session.commit()
    toast.say(
        ngettext("%(num)d reward is in the catalogue.", "%(num)d rewards are in the catalogue.", len(made))
        if made
        else _("There is something in the catalogue already.")
    )
    return go(url_for("rewards.desk"))


def _find(reward_id: int) -> Reward | None:
    return reward.find(looking.program().id, reward_id)


def _save(row: Reward, form: RewardForm) -> None:
    by, seen = auth.person(), form.seen_stock
    reward.change(row, by=by, **form.offer)
    if form.stock.data != seen:
        reward.restock(row, form.stock.data, seen=seen, by=by)
    _illustrate(row, form)


def _illustrate(row: Reward, form: RewardForm) -> None:
    if form.picture.content:
        reward.illustrate(row, form.picture.content, by=auth.person(), now=clock.now())
    elif form.plain.data:
        reward.take_picture_off(row, by=auth.person())


def _form(form: RewardForm, row: Reward | None, status: int = 200) -> Answer:
    html = render_template("rewards/form.html", form=form, reward=row, levels=looking.program().levels)
    return make_response(html, status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    at = "/rewards/desk"
    bp.add_url_rule(at, "desk", page)
    bp.add_url_rule(at, "add", add, methods=["POST"])
    bp.add_url_rule(f"{at}/new", "new", new)
    bp.add_url_rule(f"{at}/examples", "begin", begin, methods=["POST"])
    bp.add_url_rule(f"{at}/<int:reward_id>", "edit", edit)
    bp.add_url_rule(f"{at}/<int:reward_id>", "change", change, methods=["POST"])
    bp.add_url_rule(f"{at}/<int:reward_id>/retirement", "retire", retire, methods=["POST"])
    bp.add_url_rule(f"{at}/<int:reward_id>/return", "bring_back", bring_back, methods=["POST"])
