"""The page of the program for everybody: it knows nobody, keeps no cookie, and is gone once it is switched off."""

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from app import clock
from app.blueprints.public.own_forms import FriendForm
from app.db import db, write
from app.domain.actions import referral
from app.domain.actions.referral import TooManyFriends
from app.domain.agency import picture as pictures
from app.domain.agency.agency import the_agency
from app.domain.program import outside
from app.domain.program.outside import Outside, Part
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import in_language
from app.web.errors import found
from app.web.headers import POLICY
from app.web.language import LANGUAGES
from app.web.outside import closed, drawn, page

NOBODY = "frame-ancestors 'none'"
HIDDEN = {"X-Robots-Tag": "noindex"}


def outside_page() -> Response:
    """In the language of the visitor's browser, else in the agency's."""
    agency = the_agency()
    response = _page(request.accept_languages.best_match(LANGUAGES) or (agency.language if agency else "nl"))
    response.vary.add("Accept-Language")
    return response


def outside_in(language: str) -> Response:
    """In one language."""
    return _page(_known(language))


def outside_frame(language: str) -> Response:
    """A small one, for a frame on a website that the administrator named."""
    seen = outside.seen_now()
    if seen and seen.page.has(Part.FRAME):
        response = _kept(drawn("embed", _known(language), seen=seen))
    else:
        response = closed(_known(language), framed=True)
    response.headers["Content-Security-Policy"] = POLICY.replace(NOBODY, f"frame-ancestors {_framing()}")
    response.headers.update(HIDDEN)
    return response


def outside_picture(picture_id: int) -> Response:
    """The sponsor's, as long as they want it there; asked for anew each time, so that it is gone at once."""
    seen = outside.seen_now()
    if seen is None or seen.picture_id != picture_id:
        abort(404)
    kept = found(pictures.find(picture_id))
    response = make_response(kept.content)
    response.content_type = kept.content_type
    return _kept(response)


def friend_page(language: str) -> Response:
    """The form by which a friend is referred, or a word of thanks after it; it needs a cookie, the page does not."""
    seen = _referring()
    if seen is None:
        return closed(_known(language))
    return _form(FriendForm(), _known(language), seen, thanks="thanks" in request.args)


def send_friend(language: str) -> Response:
    """Take a friend in; whether we knew them already is nobody else's business, so the answer is always the same."""
    seen = _referring()
    if seen is None:
        return closed(_known(language))
    with in_language(_known(language)):
        form = FriendForm(request.form)
        taken = form.validate() and _taken_in(form)
    if not taken:
        return _form(form, language, seen, 422)
    there = url_for("public.friend_page", language=language, thanks=1)
    return make_response(redirect(there, 303))


def _taken_in(form: FriendForm) -> bool:
    """Whether it could be done; what fills in a field that nobody sees is software, and is thanked as well."""
    if form.homepage.data:
        return True
    write()
    try:
        referral.refer_from_outside(form.friend, clock.now())
    except TooManyFriends:
        db.session.rollback()
        form.name.errors = [_("So many friends were referred today that this form rests. Try again tomorrow.")]
        return False
    db.session.commit()
    return True


def _form(form: FriendForm, language: str, seen: Outside, status: int = 200, *, thanks: bool = False) -> Response:
    response = drawn("refer", language, status, form=form, seen=seen, thanks=thanks)
    response.headers.update(HIDDEN)
    return response


def _page(language: str) -> Response:
    seen = outside.seen_now()
    response = _kept(page(seen, language)) if seen else closed(language)
    if seen is None or not seen.page.has(Part.SEARCH):
        response.headers.update(HIDDEN)
    return response


def _kept(response: Response) -> Response:
    """Browsers keep it and ask each time whether it is still so."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _known(language: str) -> str:
    if language not in LANGUAGES:
        abort(404)
    return language


def _referring() -> Outside | None:
    seen = outside.seen_now()
    return seen if seen and seen.page.has(Part.REFERRAL) else None


def _framing() -> str:
    """The websites that may frame it, also while it is switched off: there it says so."""
    program = the_program()
    row = outside.page_of(program) if program else None
    return (row.framed_by if row else "").replace("\n", " ") or "'none'"


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/about")(outside_page)
    bp.get("/about/<language>")(outside_in)
    bp.get("/about/<language>/frame")(outside_frame)
    bp.get("/about/sponsor/<int:picture_id>")(outside_picture)
    bp.get("/about/<language>/friend")(friend_page)
    bp.post("/about/<language>/friend")(send_friend)
