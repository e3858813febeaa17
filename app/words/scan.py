"""Words of the scan: its questions, what an answer means, and what to do next where there is most to win."""

from typing import NamedTuple

from app.domain.oversight.scan import Question
from app.language import gettext as _


class Advice(NamedTuple):
    """What to do next, and the page on which it begins; no page: outside of Fanfare."""

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
    plan, about = "sponsor.plan", "program.about"
    return {
        Question.COMMITMENT: Advice(
            _("Put the five slides in the next company meeting, and tell there what you did yourself."),
            "sponsor.meeting",
            _("To the slides"),
        ),
        Question.OWNER: Advice(
            _("Say in public that you answer for it: write down what you did this month, for everybody to read."),
            "sponsor.deeds",
            _("Write it down"),
        ),
        Question.NAME: Advice(
            _("Use the program's name in every meeting and mail, and see in the pulse whether it is known."),
            "sponsor.pulses",
            _("To the pulse"),
        ),
        Question.TIME: Advice(
            _("Ask of every team when its follow-up block is, and keep other meetings out of it."),
            about,
            _("See the block"),
        ),
        Question.INCENTIVES: Advice(
            _("Give a compliment this week for something that is not in the figures, and look what there is to win."),
            "kudos.page",
            _("Give kudos"),
        ),
        Question.CHANNELS: Advice(
            _("Make it a goal that more contacts have an answer: that follows when the channel suits the candidate."),
            plan,
            _("To the goals"),
        ),
        Question.PREFERENCES: Advice(
            _("Let the teams ask for the preference in every conversation of this season."),
            "candidates.index",
            _("To the candidates"),
        ),
        Question.FOLLOW_UP: Advice(
            _("Look today who waits for our word, and agree who gives it before the weekend."),
            "sponsor.page",
            _("See who waits"),
        ),
        Question.REDEPLOYMENT: Advice(
            _("Raise it as an improvement: a conversation four weeks before the end of every assignment."),
            "sponsor.improvements",
            _("To the improvements"),
        ),
        Question.MEASURING: Advice(
            _("Choose three figures with a target and a day, and look at them every week for five minutes."),
            plan,
            _("To the goals"),
        ),
    }[question]
