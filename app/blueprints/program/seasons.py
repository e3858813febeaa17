"""A new season, another name or other days for one, and taking back one that has not begun."""

from datetime import date

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import DateField, Field, StringField, ValidationError
from wtforms.validators import Length

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.program import season
from app.domain.program.program import the_program
from app.domain.program.season import Overlaps, Season, SeasonOver
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, entered, filled, submitted, trimmed
from app.web.htmx import go
from app.web.program_forms import this_century
from app.words.comparing import overlaps

USUAL_WEEKS = 5


class SeasonForm(Form):
    """What it is called and its first and last day, both included."""

    name = StringField(_l("Name"), filters=[trimmed], validators=[filled(), Length(max=60)])
    first = DateField(_l("First day"), validators=[entered(), this_century])
    last = DateField(_l("Last day"), validators=[entered(), this_century])

    def validate_last(self, field: Field) -> None:
        if not (field.data and self.first.data):
            return
        if field.data < self.first.data:
            raise ValidationError(_("The last day is before the first."))
        if (field.data - self.first.data).days >= season.LONGEST:
            raise ValidationError(_("Use at most a year at a time."))

    @property
    def facts(self) -> tuple[str, date, date]:
        """What was typed."""
        return self.name.data or "", self.first.data or date.min, self.last.data or date.min


@auth.only(Role.ADMIN)
def new() -> Answer:
    """The form with the days that would come next."""
    return _page(SeasonForm(data=_suggested(found(the_program()).id)), None)


@auth.only(Role.ADMIN)
def add() -> Answer:
    """Make it, unless another season has some of its days."""
    form, program = SeasonForm(request.form), found(the_program())
    if not form.validate():
        return _page(form, None)
    write()
    try:
        made = season.add(program.id, *form.facts, by_id=auth.person().id, now=clock.now())
    except Overlaps as refusal:
        return _refused(form, None, refusal)
    db.session.commit()
    toast.say(_("The season is there."), url_for("program.drop_season", season_id=made.id) if _ahead(made) else None)
    return go(url_for("program.boards"))


@auth.only(Role.ADMIN)
def edit(season_id: int) -> Answer:
    """Another name or other days; of a season that is closed only the name."""
    row = found(db.session.get(Season, season_id))
    form = SeasonForm(submitted(), obj=row)
    if request.method == "GET" or not form.validate():
        return _page(form, row)
    write(row)
    try:
        season.change(row, *form.facts, clock.now())
    except (Overlaps, SeasonOver) as refusal:
        return _refused(form, row, refusal)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("program.boards"))


@auth.only(Role.ADMIN)
def drop(season_id: int) -> Answer:
    """Take back a season that has not begun."""
    row = found(db.session.get(Season, season_id))
    found(_ahead(row) or None)
    write(row)
    season.drop(row, _today())
    db.session.commit()
    toast.say(_("The season is taken back."))
    return go(url_for("program.boards"))


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


def _ahead(row: Season) -> bool:
    return row.first > _today()


def _suggested(program_id: int) -> dict[str, object]:
    """A name by its number, from a Monday on, with a week of pause after the season before it."""
    seasons = season.all_of(program_id)
    pause = clock.week_of(max(_today(), seasons[0].last if seasons else _today())).end
    first = pause + clock.WEEK if seasons else pause
    last = first + clock.WEEK * USUAL_WEEKS - clock.DAY
    return {"name": _("Season %(number)s", number=len(seasons) + 1), "first": first, "last": last}


def _refused(form: SeasonForm, row: Season | None, refusal: Overlaps | SeasonOver) -> Answer:
    db.session.rollback()
    closed = _("This season is closed: its days stay as they were.")
    form.first.errors = [closed if isinstance(refusal, SeasonOver) else overlaps(refusal.other)]
    return _page(form, row)


def _page(form: SeasonForm, row: Season | None) -> Answer:
    status = 200 if request.method == "GET" else 422
    ahead = row is not None and _ahead(row)
    return make_response(render_template("program/season.html", form=form, season=row, ahead=ahead), status)
