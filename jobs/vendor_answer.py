"""What the API of another company's software answers: an object, or one word for why there is none."""

import re
from collections.abc import Callable
from typing import Any

import orjson

from app.web import fetching
from app.web.fetching import Answer, Bounds, NoAnswer, Question, Trouble

OK, UNAUTHORIZED, MISSING, BUSY, FAULT = 200, 401, 404, 429, 500
FORBIDDEN, REFUSED, BROKEN, UNREADABLE = "forbidden", "refused", "broken", "unreadable"
TOO_MUCH = "busy"
BLANK = re.compile(rb"\s*")
Failure = Callable[[str], Exception]


def ask(question: Question, bounds: Bounds, failure: Failure) -> Answer:
    """Its answer, whatever it says; the `failure` of that word when there is none, or not the whole of it."""
    try:
        answer = fetching.ask(question, bounds)
    except NoAnswer as none:
        raise failure(str(none.trouble)) from none
    if not answer.whole:
        raise failure(str(Trouble.AWAY))
    return answer


def read(answer: Answer, failure: Failure, refusal: str = REFUSED) -> dict[str, Any]:
    """The object in it, `{}` when it says nothing; the `failure` of a word when it is none, `refusal` when not OK."""
    if word := trouble_in(answer, refusal):
        raise failure(word)
    if BLANK.fullmatch(answer.body):
        return {}
    try:
        told = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise failure(UNREADABLE) from error
    if not isinstance(told, dict):
        raise failure(UNREADABLE)
    return told


def trouble_in(answer: Answer, refusal: str = REFUSED) -> str:
    """One word for a status that is not good; empty for one that is."""
    if answer.status == OK:
        return ""
    if answer.status == BUSY:
        return TOO_MUCH
    return BROKEN if answer.status >= FAULT else refusal
