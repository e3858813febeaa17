"""The rules of the score: looked at by who leads, changed by administrators, previewed before they are published."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Response, make_response, render_template, request

from app import clock
from app.db import db
from app.domain.agency.person import Role
from app.domain.candidates.candidate import Candidate, visible
from app.domain.journey import touchpoint_kind
from app.domain.scoring import preview, publication, versions
from app.domain.scoring.preview import Preview
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import Ruleset
from app.web import auth
from app.web.forms import submitted
from app.web.htmx import wants_part
from app.web.language import zone_name
from app.web.score_form import TODAY, ScoreForm, score_form
from app.words import score_rules as words
from app.words.score import kind_label

LOOKS = (Role.ADMIN, Role.SPONSOR, Role.LEAD)
NAMES_SHOWN = 20


class Flips(NamedTuple):
    """Who becomes or ceases to be a fan: how many, and the first of those whom the reader may see."""

    number: int
    named: Sequence[Candidate]


@auth.only(*LOOKS)
def show() -> Response:
    """The rules that count now; with a version's number its rules, to be taken up again."""
    earlier = _asked_for()
    return page(form_of(earlier or live().ruleset), again=request.args.get("version") if earlier else None)


@auth.only(Role.ADMIN)
def try_out() -> Response:
    """What the typed rules would do; nothing is written."""
    form = form_of(live().ruleset)
    if not form.validate():
        return page(form, 422)
    draft = _draft(form)
    kind = publication.too_strong(draft)
    return page(form, shown=preview.preview(draft, clock.now()), refused=words.too_strong(kind) if kind else "")


@auth.only(*LOOKS)
def history() -> Response:
    """Every version, and how far the one is that is being counted."""
    listed = versions.listed()
    codes = {change.kind for version in listed for change in version.changes if change.kind}
    html = render_template(
        "program/_score_versions.html" if wants_part() else "program/score_versions.html",
        versions=listed,
        kinds=touchpoint_kind.named(codes),
        check=versions.newest_check(),
        building=any(version.standing is versions.Standing.BUILDING for version in listed),
        may_change=_may_change(),
        words=words,
    )
    return make_response(html)


def _asked_for() -> Ruleset | None:
    number = request.args.get("version", "")
    return versions.numbered(int(number)) if number.isascii() and number.isdecimal() and len(number) < 7 else None  # noqa: PLR2004 - no database counts so far


def _may_change() -> bool:
    return auth.person().role == Role.ADMIN


def form_of(present: Ruleset) -> ScoreForm:
    return score_form(touchpoint_kind.known(), present, submitted())


def _draft(form: ScoreForm) -> Ruleset:
    draft = form.ruleset(touchpoint_kind.known(), live().ruleset)
    if form.when.data != TODAY:
        return draft
    return preview.from_today(draft, clock.now(), ZoneInfo(zone_name()))


def page(
    form: ScoreForm, status: int = 200, *, shown: Preview | None = None, refused: str = "", again: str | None = None
) -> Response:
    html = render_template(
        "program/score.html",
        form=form,
        rows=form.rows(touchpoint_kind.known()),
        preview=shown,
        becomes=_flips(shown.becomes) if shown else None,
        ceases=_flips(shown.ceases) if shown else None,
        refused=refused,
        again=again,
        may_change=_may_change(),
        version=live().version,
        facts=words.rule_facts(live().ruleset, touchpoint_kind.known()),
        words=words,
        kind_label=kind_label,
    )
    return make_response(html, status)


def _flips(ids: Sequence[int]) -> Flips:
    """The names keep the order: the warmest first."""
    first = ids[: 10 * NAMES_SHOWN]
    seen = {row.id: row for row in db.session.scalars(visible(auth.person()).where(Candidate.id.in_(first)))}
    return Flips(len(ids), [seen[each] for each in first if each in seen][:NAMES_SHOWN])
