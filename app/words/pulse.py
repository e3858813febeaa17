"""Words of the pulse: what is asked, what one can answer, and what was found."""

from app.domain.oversight.pulse import Question
from app.domain.oversight.pulse_answer import UNSURE, Asked
from app.domain.oversight.pulse_opening import quarter_of
from app.domain.oversight.pulse_result import Share
from app.language import gettext as _
from app.language import ngettext
from app.words.days import capital
from app.words.program import weekday_name


def question(of: Question) -> str:
    """As it is asked."""
    return {
        Question.PROGRAM: _("What is our program for candidates called?"),
        Question.SPONSOR: _("Who in the management answers for it?"),
        Question.BLOCK: _("On which day is your follow-up block?"),
        Question.HELP: _("Does it help you in your work?"),
    }[of]


def choices(asked: Asked) -> list[tuple[str, str]]:
    """What one can answer, and what it says."""
    if asked.question is Question.HELP:
        return [(each, help_label(int(each))) for each in asked.choices]
    if asked.question is Question.BLOCK:
        found = [(each, capital(weekday_name(int(each)))) for each in asked.choices]
    else:
        found = [(each, asked.names[each]) for each in asked.choices]
    return [*found, (UNSURE, _("I do not know"))]


def help_label(number: int) -> str:
    """From 1 to 5."""
    return {
        1: _("not at all"),
        2: _("a little"),
        3: _("somewhat"),
        4: _("much"),
        5: _("very much"),
    }[number]


def result_label(of: Question) -> str:
    """What a share says."""
    return {
        Question.PROGRAM: _("know what the program is called"),
        Question.SPONSOR: _("know who answers for it"),
        Question.BLOCK: _("know when their follow-up block is"),
        Question.HELP: _("say that it helps them much or very much"),
    }[of]


def change(share: Share) -> str:
    """Beside the quarter before."""
    if not share.change:
        return _("as the quarter before")
    sign, number = "+" if share.change > 0 else "\N{MINUS SIGN}", abs(share.change)
    points = sign + ngettext("%(num)d percentage point", "%(num)d percentage points", number)
    return _("%(points)s since the quarter before", points=points)


__all__ = ["change", "choices", "help_label", "quarter_of", "question", "result_label"]
