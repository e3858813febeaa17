"""Translated sentences: the one typed seam to Flask-Babel's catalogues. Message ids are English."""

import flask_babel


def gettext(message: str, **facts: object) -> str:
    """The sentence in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(message, **facts))


def ngettext(singular: str, plural: str, num: int, **facts: object) -> str:
    """The sentence for a number of things; `%(num)d` is that number."""
    return str(flask_babel.ngettext(singular, plural, num, **facts))


def lazy_gettext(message: str) -> str:
    """A sentence that is translated when it is shown: for labels of forms."""
    lazy: str = flask_babel.lazy_gettext(message)
    return lazy


def current() -> str:
    """The two-letter language of this request, or of the surrounding `in_language`."""
    locale = flask_babel.get_locale()
    return str(locale.language) if locale else "nl"


in_language = flask_babel.force_locale
