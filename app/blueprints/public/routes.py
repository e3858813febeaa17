"""What is open to everybody: the logo, and the program's colour. Other pictures are for those who are signed in."""

from flask import Blueprint, Response, abort, make_response

from app.domain.agency import picture as pictures
from app.domain.program import colour
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found

bp = Blueprint("public", __name__)
YEAR = "max-age=31536000, immutable"


@bp.get("/pictures/<int:picture_id>")
def picture(picture_id: int) -> Response:
    program = the_program()
    is_logo = program is not None and program.logo_id == picture_id
    if not is_logo and auth.person_or_none() is None:
        abort(404)
    kept = found(pictures.find(picture_id))
    response = make_response(kept.content)
    response.content_type = kept.content_type
    response.headers["Cache-Control"] = f"{'public' if is_logo else 'private'}, {YEAR}"
    return response


@bp.get("/brand/<int:hue>.css")
def brand(hue: int) -> Response:
    if hue not in range(360):
        abort(404)
    response = make_response(colour.stylesheet(hue))
    response.content_type = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = f"public, {YEAR}"
    return response
