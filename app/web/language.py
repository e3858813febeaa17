"""Which language and which zone a request is answered in."""

from flask import Flask, current_app, g, request
from flask_babel import Babel

from app.config import Settings
from app.domain.agency.agency import the_agency
from app.web import by_token
from app.web.auth import person_or_none

LANGUAGES = ("nl", "en")


def chosen() -> str:
    """What software asks for; else the language of the person, of their cookie, of their browser, or ours."""
    if by_token.asked() and (wished := request.accept_languages.best_match(LANGUAGES)):
        return wished
    person = person_or_none()
    if person and person.language:
        return person.language
    cookie = request.cookies.get("language", "")
    settings: Settings = current_app.config["SETTINGS"]
    return cookie if cookie in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or settings.language


def zone_name() -> str:
    """The agency's zone; before setup the installation's."""
    if "zone_name" not in g:
        g.agency = agency = the_agency()  # held, because the session forgets rows that nobody holds and asks again
        g.zone_name = agency.timezone if agency else current_app.config["SETTINGS"].timezone
    return str(g.zone_name)


def register(app: Flask) -> None:
    """Select language and zone per request."""
    Babel(app, locale_selector=chosen, timezone_selector=zone_name, default_translation_directories="translations")
