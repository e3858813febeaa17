"""The way out to an address that somebody typed: in TLS, to public hosts only, five seconds, and nobody is followed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.web import fetching
from app.web.fetching import Answer, Bounds, NoAnswer, Question
from app.web.typed_address import LONGEST, TYPED
from jobs import public_host


class Refused(Exception):  # noqa: N818 - it says what became of it
    """Nothing is sent there: the address is not plain https, or it leads into our own network."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one gets out; others than this one are the tests'."""

    typed: re.Pattern[str] = TYPED
    bounds: Bounds = Bounds(public_host.resolve)  # noqa: RUF009 - it is frozen


WAY = Way()


def send(url: str, body: bytes, headers: Mapping[str, str], way: Way = WAY) -> Answer:
    """POST to an address that somebody typed; a redirect is an answer that nobody follows.

    Raises:
        Refused: it may not be sent there.
        NoAnswer: nobody there, or whoever is cannot prove it or takes too long.
    """
    if len(url) > LONGEST or not way.typed.fullmatch(url):
        raise Refused
    try:
        return fetching.ask(Question(url, headers, body), way.bounds)
    except NoAnswer as none:
        if isinstance(none.__cause__, public_host.Inside):
            raise Refused from none
        raise
