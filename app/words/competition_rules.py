"""The rules of a competition in words, written from its settings: for whoever makes it and for whoever takes part."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from babel.lists import format_list
from flask_babel import format_date

from app.domain.agency.agency import the_zone
from app.domain.game import fairness
from app.domain.game.competing.audience import names_of_audience
from app.domain.game.competing.awarding import least_days
from app.domain.game.competing.competition import Audience, Competition, Format, Metric
from app.domain.game.competing.draft import TEAM_FORMATS
from app.domain.game.competing.drawing import MOST_TICKETS
from app.domain.game.competing.life import IN_PAIRS
from app.domain.game.competing.prize import Prize, PrizeKind
from app.domain.game.competing.prize_money import FOR_SURPRISES
from app.domain.game.competing.taking_part import AT_ONCE
from app.domain.program import season
from app.language import current, decimal, ngettext
from app.language import gettext as _
from app.words.competition_prizes import prize_line
from app.words.times import when

Rule = tuple[str, list[str]]


def rules_of(competition: Competition, prizes: Sequence[Prize]) -> list[Rule]:
    """Headings with their sentences, in the reader's language; what is not said there is not a rule."""
    chapters = [
        (_("What this is about"), [_about(competition), _days(competition)]),
        (_("Who takes part"), list(_who(competition))),
        (_("What counts"), list(_counts(competition))),
        (_("How it is fair"), list(_fair(competition, prizes))),
        (_("The prizes"), list(_prizes(prizes))),
        (_("The raffle"), list(_raffle(competition, prizes))),
        (_("The result"), list(_result(competition))),
    ]
    return [(heading, sentences) for heading, sentences in chapters if sentences]


def _about(competition: Competition) -> str:
    goal = competition.goal or 0
    return {
        Format.TEAM_GOAL: _(
            "Together we go for %(goal)s %(what)s. When that is reached everybody wins.",
            goal=decimal(goal),
            what=_unit(competition.metric),
        ),
        Format.THRESHOLD: _("Everybody with a fair score of %(goal)s or more is in the raffle.", goal=decimal(goal)),
        Format.TEAMS: _("The teams race each other; the highest team score wins."),
        Format.MOST: _("The highest fair score wins."),
        Format.FIRST: _("Whoever is at a fair score of %(goal)s on the earliest day wins.", goal=decimal(goal)),
        Format.IMPROVEMENT: _("Whoever improves most on their own average wins; it counts up to twice that average."),
        Format.HEAD_TO_HEAD: _("Everybody meets somebody who is about as good; the higher fair score of the two wins."),
        Format.BRACKET: _("Pairs meet for a week; the higher fair score of that week goes on to the next round."),
    }[Format(competition.format)]


def _unit(metric: str) -> str:
    return {
        Metric.POINTS: _("points"),
        Metric.HELPED: _("candidates who are helped"),
        Metric.ANSWERED: _("contacts in which the candidate takes part"),
    }[Metric(metric)]


def _days(competition: Competition) -> str:
    first, last = (format_date(day, "EEEE d MMMM y") for day in (competition.first, competition.last))
    return _("It runs from %(first)s to %(last)s, both days included.", first=first, last=last)


def _who(competition: Competition) -> Iterator[str]:
    names, chosen = list(names_of_audience(competition)), len(competition.audience_ids)
    if names:
        yield _("It is for %(names)s.", names=format_list(names, locale=current()))
    elif competition.audience == Audience.PEOPLE:
        yield ngettext("It is for %(num)d person who was chosen.", "It is for %(num)d people who were chosen.", chosen)
    else:
        yield _("It is for everybody in the program.")
    if competition.by_choice:
        yield _("You choose yourself: without 'Take part' you are not in it.")
    else:
        yield _("You take part unless you say that you would rather not.")
    if competition.format in IN_PAIRS:
        yield _("You can join until it begins.")
    else:
        yield _("You can join until the last day is over.")
    yield _("Whoever joins the agency meanwhile can take part as well; their days count from then on.")
    if competition.format not in TEAM_FORMATS:
        yield _("Whoever is not on the leaderboard takes part only after having chosen to, and is not named.")
    yield _("You can stop until the result is made up. It has no disadvantage, and nobody sees that you are not in it.")
    if competition.own_teams or competition.format == Format.TEAMS:
        yield _("Whoever changes teams meanwhile stays on the side of the start.")
    yield _("Nobody is in more than %(number)s competitions at a time.", number=AT_ONCE)


def _counts(competition: Competition) -> Iterator[str]:
    yield {
        Metric.POINTS: _("Points count, by the same rules and with the same limits per day as on the leaderboard."),
        Metric.HELPED: _("Each candidate for whom you earned points counts once."),
        Metric.ANSWERED: _("Each contact counts in which the candidate took part, a conversation for instance."),
    }[Metric(competition.metric)]
    yield _("What was done in these days counts when it is logged before %(when)s.", when=when(_closes(competition)))
    yield _("What is taken back later does not count, and kudos never do.")
    yield _("Whoever leaves the agency wins nothing; what they brought still counts for their side.")


def _fair(competition: Competition, prizes: Sequence[Prize]) -> Iterator[str]:
    match competition.format:
        case Format.TEAM_GOAL:
            yield _("What everybody brings is added up; whoever works fewer days brings what they can.")
        case Format.TEAMS:
            yield _(
                "A team's score is what it brings, divided by the days that its people could work, from %(least)s "
                "people on.",
                least=fairness.SMALLEST_TEAM,
            )
        case Format.IMPROVEMENT:
            yield _(
                "You are compared with yourself only. Without four weeks behind you there is nothing to compare yet."
            )
        case _:
            yield _("The fair score is that of the leaderboard: two days have the same chance as five.")
    yield from _ties(competition)
    least = least_days(competition)
    if least > 1 and any(prize.kind == PrizeKind.PLACE for prize in prizes):
        yield _("A prize for a place needs %(days)s days on which you could work.", days=least)


def _ties(competition: Competition) -> Iterator[str]:
    if competition.format == Format.BRACKET:
        yield _("At a tie in a round whoever did better in the weeks before goes on.")
    elif competition.format == Format.HEAD_TO_HEAD:
        yield _("Whoever is left over meets the middle score of all.")
    elif competition.format not in (Format.TEAM_GOAL, Format.THRESHOLD, Format.FIRST):
        yield _("At an equal score whoever helped more candidates per day stands higher, then the place is shared.")
    if competition.format == Format.FIRST:
        yield _("Within a day nobody was first: the same day is a shared place.")


def _prizes(prizes: Sequence[Prize]) -> Iterator[str]:
    yield from (_("%(prize)s.", prize=prize_line(prize)) for prize in prizes)
    if not prizes:
        yield _("There are no prizes: it is for the fun of it.")
    elif any(prize.kind == PrizeKind.PLACE for prize in prizes):
        yield _("Who share a place share its money in equal parts; of what cannot be divided a recorded draw decides.")
    if any(prize.kind == PrizeKind.SURPRISE for prize in prizes):
        yield ngettext(
            "Until %(num)d day after the result the sponsor can surprise people who take part with what is kept.",
            "Until %(num)d days after the result the sponsor can surprise people who take part with what is kept.",
            FOR_SURPRISES.days,
        )
    if any(prize.cents for prize in prizes):
        yield _("The money is held in the budget from the start. Whoever does not want a prize may decline it.")


def _raffle(competition: Competition, prizes: Sequence[Prize]) -> Iterator[str]:
    if competition.format != Format.THRESHOLD or not any(prize.kind == PrizeKind.RAFFLE for prize in prizes):
        return
    yield _(
        "The threshold gives one ticket and each %(step)s more another one, up to %(most)s.",
        step=competition.step,
        most=MOST_TICKETS,
    )
    yield _("Nobody wins more than one prize of the raffle.")
    yield _(
        "The secret of the draw is fixed before the start: its code is on the page of the raffle, and afterwards "
        "anybody can do the draw again."
    )


def _result(competition: Competition) -> Iterator[str]:
    yield _("The provisional result comes on %(when)s.", when=when(_closes(competition)))
    yield _(
        "Whoever takes part can object within two days; the sponsor or an administrator answers, never about "
        "themselves."
    )
    yield _("Then it is final and does not change any more; what is corrected later is written beside it.")


def _closes(competition: Competition) -> datetime:
    return competition.closes_at or season.grace_ends(competition.last, the_zone())
