"""Words of the scan: its questions, what an answer means, and what to do next where there is most to win."""

from typing import NamedTuple

from app.domain.oversight.scan import Question
from app.language import gettext as _

NEXT = {
    Question.COMMITMENT: "sponsor.meeting",
    Question.OWNER: "sponsor.deeds",
    Question.NAME: "sponsor.pulses",
    Question.TIME: "program.about",
    Question.INCENTIVES: "kudos.page",
    Question.CHANNELS: "sponsor.plan",
    Question.PREFERENCES: "candidates.index",
    Question.FOLLOW_UP: "sponsor.page",
    Question.REDEPLOYMENT: "sponsor.improvements",
    Question.MEASURING: "sponsor.plan",
}
"""The page on which it begins to get better."""


class Advice(NamedTuple):
    """What to do next, and the page on which it begins."""

    text: str
    endpoint: str
    label: str


def label(question: Question) -> str:
    """What it is about, in a word or two."""
    return {
        Question.COMMITMENT: _("Commitment"),
        Question.OWNER: _("An owner"),
        Question.NAME: _("A name"),
        Question.TIME: _("Reserved time"),
        Question.INCENTIVES: _("Something to win"),
        Question.CHANNELS: _("Channels"),
        Question.PREFERENCES: _("Preferences"),
        Question.FOLLOW_UP: _("Following up applications"),
        Question.REDEPLOYMENT: _("Placing again"),
        Question.MEASURING: _("Measuring"),
    }[question]


def statement(question: Question) -> str:
    """With what one agrees, or not."""
    return {
        Question.COMMITMENT: _("The management speaks of candidates as often as of clients."),
        Question.OWNER: _("One person in the management answers for how we treat candidates."),
        Question.NAME: _("What we do for candidates has a name that everybody knows."),
        Question.TIME: _("Every recruiter has fixed time in the week for candidates who are not placed now."),
        Question.INCENTIVES: _("Who keeps contact with candidates well is seen and rewarded for it."),
        Question.CHANNELS: _("We reach candidates where they like it best: by phone, WhatsApp, mail or in person."),
        Question.PREFERENCES: _("We know of candidates how and when they want to hear from us, and keep to it."),
        Question.FOLLOW_UP: _("Everybody who applies hears from us within two working days, also when it is a no."),
        Question.REDEPLOYMENT: _("Who finishes an assignment has spoken with us about the next one before it ends."),
        Question.MEASURING: _("We know every week who waits, who was spoken to, and what candidates think of us."),
    }[question]


def degree(number: int) -> str:
    """What an answer says."""
    return {
        1: _("not at all"),
        2: _("a little"),
        3: _("partly"),
        4: _("mostly"),
        5: _("wholly"),
    }[number]


def advice(question: Question) -> Advice:
    """What to do next about it."""
    endpoint = NEXT[question]
    return Advice(_to_do(question), endpoint, _place(endpoint))


def _to_do(question: Question) -> str:
    return {
        Question.COMMITMENT: _(
            "Put the five slides in the next company meeting, and tell there what you did yourself."
        ),
        Question.OWNER: _("Say in public that you answer for it: write down what you did this month."),
        Question.NAME: _("Use the program's name in every meeting and mail, and see in the pulse whether it is known."),
        Question.TIME: _("Ask of every team when its follow-up block is, and keep other meetings out of it."),
        Question.INCENTIVES: _("Give a compliment this week for something that is not in the figures."),
        Question.CHANNELS: _("Make it a goal that more contacts have an answer: the right channel brings it."),
        Question.PREFERENCES: _("Let the teams ask for the preference in every conversation of this season."),
        Question.FOLLOW_UP: _("Look today who waits for our word, and agree who gives it before the weekend."),
        Question.REDEPLOYMENT: _("Raise an improvement: a conversation four weeks before the end of every assignment."),
        Question.MEASURING: _("Choose three figures with a target and a day, and look at them every week."),
    }[question]


def _place(endpoint: str) -> str:
    return {
        "sponsor.meeting": _("To the slides"),
        "sponsor.deeds": _("Write it down"),
        "sponsor.pulses": _("To the pulse"),
        "program.about": _("See the block"),
        "kudos.page": _("Give kudos"),
        "sponsor.plan": _("To the goals"),
        "candidates.index": _("To the candidates"),
        "sponsor.page": _("See who waits"),
        "sponsor.improvements": _("To the improvements"),
    }[endpoint]
