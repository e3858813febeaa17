"""Translated sentences: the one typed seam to Flask-Babel's catalogues. Message ids are English."""

from datetime import date
from typing import Any

import flask_babel
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

CATALOGUES: dict[str, Any] = {}


def _catalogue() -> Any:  # noqa: ANN401 - Babel's own type has no types
    """The sentences of the reader's language; a page asks for hundreds of them."""
    locale = flask_babel.get_locale()
    if locale is None:
        return flask_babel.get_translations()
    found = CATALOGUES.get(locale.language)
    if found is None:
        found = CATALOGUES[locale.language] = flask_babel.get_translations()
    return found


def gettext(message: str, **facts: object) -> str:
    """The sentence in the reader's language, with `%(name)s` filled in."""
    sentence = str(_catalogue().ugettext(message))
    return sentence % facts if facts else sentence


@pass_eval_context
def sentence(template: EvalContext, message: str, **facts: object) -> str:
    """The same for a template: the sentence is ours and stands as it is; in a page the facts are escaped."""
    ours = str(_catalogue().ugettext(message))
    if template.autoescape:
        return Markup(ours) % facts  # noqa: S704 - whoever writes the catalogues writes the templates
    return ours % facts


def ngettext(singular: str, plural: str, num: int, **facts: object) -> str:
    """The sentence for a number of things; `%(num)d` is that number, as 1.661."""
    sentence: str = _catalogue().ungettext(singular, plural, num)
    return sentence.replace("%(num)d", "%(num)s") % {"num": flask_babel.format_decimal(num), **facts}


def lazy_gettext(message: str) -> str:
    """A sentence that is translated when it is shown: for labels of forms."""
    lazy: str = flask_babel.lazy_gettext(message)
    return lazy


def current() -> str:
    """The two-letter language of this request, or of the surrounding `in_language`."""
    locale = flask_babel.get_locale()
    return str(locale.language) if locale else "nl"


def day_and_month(day: date) -> str:
    """As 14 maart; a moment is the day that it is in the reader's zone."""
    return str(flask_babel.format_date(day, "d MMMM"))


def short_day(day: date) -> str:
    """As 14 mrt, where there is little room."""
    return str(flask_babel.format_date(day, "d MMM"))


def decimal(value: float) -> str:
    """As 12,3: one digit after the comma at most."""
    return str(flask_babel.format_decimal(value, "#,##0.#"))


def tenths(value: float) -> str:
    """As 4,0: always one digit after the comma."""
    return str(flask_babel.format_decimal(value, "#,##0.0"))


def hundredths(value: float) -> str:
    """As 0,84: always two digits after the comma."""
    return str(flask_babel.format_decimal(value, "#,##0.00"))


in_language = flask_babel.force_locale
