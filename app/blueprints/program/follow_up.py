"""The page of the follow-up block that everybody has, with the teams that have one of their own."""

from datetime import date

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField

from app import clock
from app.db import db, write
from app.domain.agency.agency import Agency, the_agency
from app.domain.agency.person import Role
from app.domain.agency.team import branches, teams
from app.domain.program import absence, block
from app.domain.program.block import Block, Scope
from app.domain.program.program import Program, the_program
from app.domain.program.reserving import reserve
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.web.program_forms import BlockForm
from app.words.program import reserved_sentence


class FollowUpForm(BlockForm):
    """The weekly time, and whether its reminder comes every week."""

    remind_when_empty = BooleanField(_l("Remind people also when nobody waits for them"))


@auth.only(Role.ADMIN)
def page() -> Answer:
    """The time that everybody without a nearer one has; saved, it holds from the first week that it does not upset."""
    program, agency = found(the_program()), found(the_agency())
    present = found(block.newest(Scope(program.id)))
    form = FollowUpForm(submitted(), data=_facts(present, program, agency))
    if request.method == "GET" or not form.validate():
        return _page(form, present, program, agency)
    write()
    agency.timezone, program.remind_when_empty = form.timezone.data, form.remind_when_empty.data
    kept = reserve([Scope(program.id)], form.time, auth.person(), clock.now())
    db.session.commit()
    _tell(kept, present, clock.local_day(clock.now(), agency.zone))
    return go(url_for("program.follow_up"))


def _facts(present: Block, program: Program, agency: Agency) -> dict[str, object]:
    facts = {"timezone": agency.timezone, "remind_when_empty": program.remind_when_empty}
    return BlockForm.facts(present) | facts


def _tell(kept: Block, before: Block, today: date) -> None:
    if kept is before:
        toast.say(_("Saved."))
    else:
        toast.say(reserved_sentence(kept, today), url_for("timetable.take_back", block_id=kept.id))


def _page(form: FollowUpForm, present: Block, program: Program, agency: Agency) -> Answer:
    today = clock.local_day(clock.now(), agency.zone)
    facts = {
        "reserved": present,
        "branches": branches(),
        "teams": teams(),
        "own_times": block.of_teams(program.id, today),
        "closures": absence.standing_of(absence.EVERYBODY, today),
        "today": today,
        "reserved_sentence": reserved_sentence,
    }
    status = 200 if request.method == "GET" else 422
    return make_response(render_template("program/block.html", form=form, **facts), status)
