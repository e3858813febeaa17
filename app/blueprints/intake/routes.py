"""What comes in from elsewhere: batches of events, sources with their keys, files, and touchpoints by hand."""

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.blueprints.intake import batch, by_hand, explanation, files
from app.blueprints.intake.forms import SourceForm
from app.blueprints.intake.segment import Broken
from app.config import Settings
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.journey import source, touchpoint_kind
from app.domain.journey.source import Full
from app.language import gettext as _
from app.web import auth, errors
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words.intake import broken_sentence

bp = Blueprint("intake", __name__)


@bp.post("/v1/batch")
def take_in() -> Response:
    """Segment's batch: events of candidates, and actions of recruiters, each taken in once."""
    try:
        return make_response(batch.take_in(request).json())
    except Broken as broken:
        response = errors.answer(broken.status, broken_sentence(broken.status))
        if broken.status == 401:  # noqa: PLR2004 - unauthorised
            response.headers["WWW-Authenticate"] = 'Basic realm="write key"'
        return response


auth.csrf.exempt(take_in)  # a server sends it with its key: no browser's cookie opens anything here


@bp.get("/connections")
@auth.only(Role.ADMIN)
def sources() -> Response:
    """The systems that send us something, and what of it we do not know yet."""
    return _sources(SourceForm(), 200)


@bp.post("/connections")
@auth.only(Role.ADMIN)
def add_source() -> Response:
    """Make a source; its key is shown on this page and never again."""
    form, by_id = SourceForm(request.form), auth.person().id
    if not form.validate():
        return _sources(form, 422)
    write()
    try:
        row, key = source.make(form.name.data or "", by_id, clock.now())
    except Full:
        db.session.rollback()
        form.name.errors = [_("There are as many sources as we keep. Use one that is there.")]
        return _sources(form, 422)
    db.session.commit()
    return _sources(SourceForm(), 201, (row.name, key))


@bp.post("/connections/<int:source_id>/revocation")
@auth.only(Role.ADMIN)
def revoke(source_id: int) -> Response:
    """End a key at once; what came in by it stays."""
    write()
    row = found(source.revoke(source_id, clock.now()))
    db.session.commit()
    say(_("The key of %(name)s is revoked.", name=row.name))
    return go(url_for("intake.sources"))


def _sources(form: SourceForm, status: int, made: tuple[str, str] | None = None) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    html = render_template(
        "intake/sources.html",
        form=form,
        made=made,
        sources=source.listed(),
        unknown=touchpoint_kind.unknown(),
        address=f"{settings.public_url}/v1/batch",
    )
    return make_response(html, status)


bp.add_url_rule("/connections/import", "choose_file", files.choose)
bp.add_url_rule("/connections/import", "receive_file", files.receive, methods=["POST"])
bp.add_url_rule("/connections/import/<int:file_id>", "file", files.show)
bp.add_url_rule("/connections/import/<int:file_id>/rows", "take_in_file", files.take_in, methods=["POST"])
bp.add_url_rule("/candidates/<int:candidate_id>/touchpoints/new", "by_hand_form", by_hand.form_page)
bp.add_url_rule("/candidates/<int:candidate_id>/touchpoints", "by_hand", by_hand.record, methods=["POST"])
bp.add_url_rule("/candidates/<int:candidate_id>/score", "score", explanation.score)
bp.add_url_rule("/touchpoints/<int:touchpoint_id>/reversal", "take_back", by_hand.take_back, methods=["POST"])
