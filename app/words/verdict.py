"""The verdict as one sentence: is the program used, and who waits."""

from app.domain.oversight.verdict import Use, Verdict, Waiting
from app.language import gettext as _
from app.language import ngettext


def verdict_sentence(verdict: Verdict) -> str:
    """As "Ja, 35 van de 42 doen mee; 61 kandidaten wachten te lang op ons."."""
    return f"{_use(verdict)}; {_waiting(verdict)}."


def verdict_tone(verdict: Verdict) -> str:
    """How the sentence looks: ok, accent (look at it) or hot."""
    if verdict.use == Use.NO:
        return "hot"
    settled = verdict.waiting in (Waiting.NOBODY, Waiting.SOME)
    return "ok" if verdict.use == Use.YES and settled else "accent"


def _use(verdict: Verdict) -> str:
    who = {"active": verdict.active, "expected": verdict.expected}
    if verdict.last_week:
        return {
            Use.YES: _("Yes, last week %(active)s of %(expected)s took part", **who),
            Use.PARTLY: _("Partly, last week %(active)s of %(expected)s took part", **who),
            Use.NO: _("No, last week only %(active)s of %(expected)s took part", **who),
        }[verdict.use]
    return {
        Use.YES: _("Yes, %(active)s of %(expected)s take part", **who),
        Use.PARTLY: _("Partly, %(active)s of %(expected)s take part", **who),
        Use.NO: _("No, only %(active)s of %(expected)s take part", **who),
        Use.NOT_BEGUN: _("Not yet, nobody has logged an action so far"),
        Use.NO_RECRUITERS: _("Not yet, there are no recruiters here"),
        Use.WITHHELD: _("How many take part is shown from five people on"),
    }[verdict.use]


def _waiting(verdict: Verdict) -> str:
    return {
        Waiting.SOME: ngettext(
            "%(num)d candidate waits too long for us", "%(num)d candidates wait too long for us", verdict.late
        ),
        Waiting.NOBODY: _("nobody waits too long for us"),
        Waiting.NO_OWNERS: _("nobody looks after a candidate yet"),
        Waiting.NO_CANDIDATES: _("there are no candidates yet"),
    }[verdict.waiting]
