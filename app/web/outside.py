"""Draws what the program shows to the outside, for visitors and for whoever tries it out before it is open."""

from flask import Response, current_app, make_response, render_template, url_for

from app.domain.program.outside import Outside, Part
from app.language import in_language
from app.web.language import LANGUAGES
from app.words import outside as words

NAMES = {"nl": "Nederlands", "en": "English"}


def drawn(template: str, language: str, status: int = 200, **facts: object) -> Response:
    """A page of it in a language; the addresses of the same page in each language stand beside it."""
    with in_language(language):
        ours = current_app.config["SETTINGS"].public_url
        addresses = {code: f"{ours}{url_for('public.outside_in', language=code)}" for code in LANGUAGES}
        shown = {"addresses": addresses, "names": NAMES, "words": words, "Part": Part} | facts
        html = render_template(f"public/outside/{template}.html", **shown)
    response = make_response(html, status)
    response.content_language.add(language)
    return response


def page(seen: Outside, language: str, *, trying: bool = False) -> Response:
    """The page for everybody; `trying`: somebody of the agency looks at what it would be."""
    picture = seen.picture_id
    place = "public.picture" if trying else "public.outside_picture"
    picture_url = url_for(place, picture_id=picture) if picture else ""
    return drawn("page", language, seen=seen, picture_url=picture_url, trying=trying)


def closed(language: str, *, framed: bool = False) -> Response:
    """What stands there instead while it is switched off: a word, and nothing of the program."""
    return drawn("closed", language, 404, framed=framed)
