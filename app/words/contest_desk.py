"""What the desk of competitions says: why a draft is not published yet, and how it would have gone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from babel.lists import format_list

from app import clock
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.dry_run import DryRun, Run
from app.domain.game.competing.publishing import NotYet
from app.domain.game.competing.taking_part import TooMany
from app.domain.game.fairness import HUNDREDTHS
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.running import NotAllowed
from app.language import current, decimal, ngettext, short_day
from app.language import gettext as _
from app.words.competition import colleagues
from app.words.money import euros

Names = Mapping[int, str | None]
NAMED = 4
FEW = 3
OFTEN = 0.6
A_THIRD = 3


class Refusal(NamedTuple):
    """Why not, with what to do; `step` is the step of the wizard where that is, if it is anywhere."""

    said: str
    step: str | None


class Told(NamedTuple):
    """One time that it would have been held, as a row of a table; `reach` is how many were out of it."""

    days: str
    winners: str
    spread: str
    cost: str
    reach: str


class Tried(NamedTuple):
    """The rows, and what one could learn of them."""

    rows: Sequence[Told]
    advice: Sequence[str]


def refused(refusal: Exception, names: Sequence[str]) -> Refusal:
    """A refusal in words; `names` are those of the people who are in too many."""
    if isinstance(refusal, NotYet):
        return _not_yet(refusal.why)
    if isinstance(refusal, TooMany):
        said = _(
            "In two other competitions already in these days: %(names)s. Choose other days, or other people.",
            names=_listed(names),
        )
        return Refusal(said, "days")
    if isinstance(refusal, TooLittle):
        said = _(
            "The budget is %(missing)s short. Take out prizes, make them smaller, or ask for more.",
            missing=euros(refusal.missing),
        )
        return Refusal(said, "prizes")
    if isinstance(refusal, NotAllowed):
        return Refusal(_("There is money in it: the sponsor or an administrator publishes this one."), None)
    return Refusal(_("Somebody published or cancelled it meanwhile."), None)


def _not_yet(why: str) -> Refusal:
    return {
        "past": Refusal(_("Its first day is past. Choose other days."), "days"),
        "nobody": Refusal(_("There is nobody for whom it is. Choose other teams or people."), "who"),
        "names": Refusal(
            _(
                "This kind, or a prize for a place, shows who stands where, and people are not compared now. Choose a "
                "team goal or team against team, without prizes for places."
            ),
            "who",
        ),
        "few": Refusal(
            _(
                "Of so few people it would show what one of them did, and the works council has not agreed to that. "
                "Choose more people."
            ),
            "who",
        ),
        "sides": Refusal(
            _("Team against team needs two teams or more. Choose more of them, or make teams for it."), "who"
        ),
        "prizes": Refusal(_("A prize is in it that nobody can win in this kind. Choose another one."), "prizes"),
        "changed": Refusal(_("It was changed since you looked at it. Read it once more, and publish it then."), None),
        "budget": Refusal(
            _("There is money to win and nothing that pays for it in these days. Choose a budget."), "prizes"
        ),
    }[why]


def closed(days: Sequence[date]) -> str:
    """On which days of a week nobody works."""
    return _("closed on %(days)s", days=_listed([short_day(day) for day in days]))


def tried(competition: Competition, dry: DryRun, people: Names, teams: Mapping[int, str]) -> Tried:
    """How it would have gone, the latest first; `people` and `teams` are the names of whoever would have won.

    A person without a name is a colleague who does not appear by one.
    """
    rows = [_told(competition, run, people, teams) for run in dry.runs]
    return Tried(rows, list(_advice(competition, dry, people)))


def _told(competition: Competition, run: Run, people: Names, teams: Mapping[int, str]) -> Told:
    scores = [decimal(each // HUNDREDTHS) for each in (run.best, run.middle, run.last)]
    return Told(
        days=f"{short_day(run.dates.start)} – {short_day(run.dates.end - clock.DAY)}",  # noqa: RUF001 - from one day to another
        winners=_winners(competition, run, people, teams),
        spread=" · ".join(scores) if run.best else _("nothing logged"),
        cost=euros(run.cents),
        reach=_("%(count)s of %(people)s", count=run.out_of_reach, people=run.people) if run.out_of_reach else "",
    )


def _winners(competition: Competition, run: Run, people: Names, teams: Mapping[int, str]) -> str:
    sides = {row.side_id for row in run.winners if row.side_id is not None}
    alone = {row.person_id for row in run.winners if row.side_id is None and row.person_id is not None}
    names = [name for each, name in teams.items() if each in sides]
    if competition.format == Format.TEAM_GOAL:
        goal = _("reached") if run.reached else _("not reached")
        names = [_("%(goal)s, with %(count)s", goal=goal, count=decimal(run.together))]
        alone = alone if len(alone) < run.people else set()
    names += _known(people, alone)
    return _listed(names) if names else _("nobody")


def _known(people: Names, which: Collection[int]) -> list[str]:
    """Some of them by name, and how many there are besides."""
    names = [people.get(each) for each in which]
    nameless = names.count(None)
    return sorted(name for name in names if name) + ([colleagues(nameless)] if nameless else [])


def _listed(names: Sequence[str]) -> str:
    """A few by name, the others by their number."""
    more = len(names) - NAMED
    said = list(names[:NAMED])
    if more > 0:
        said.append(ngettext("%(num)d other", "%(num)d others", more))
    return str(format_list(said, locale=current()))


def _advice(competition: Competition, dry: DryRun, people: Names) -> Iterator[str]:
    runs = [run for run in dry.runs if run.best]
    if not runs:
        yield _("Nothing was logged in these weeks by those for whom it is, so nothing can be said of it.")
        return
    if dry.held_for_pairs:
        yield _("Who would have met whom is not known: here the highest score wins.")
    yield from _same_winners(competition, dry, people, len(runs))
    lost = sum(run.out_of_reach for run in runs) * A_THIRD
    if lost > sum(run.people for run in runs):
        yield _("After three days more than a third could not win any more: make it shorter, or choose a threshold.")
    yield from _goal(competition, runs)


def _same_winners(competition: Competition, dry: DryRun, people: Names, times: int) -> Iterator[str]:
    often = [each for each, won in dry.winners.most_common() if won >= OFTEN * times]
    if competition.format in (Format.TEAM_GOAL, Format.TEAMS, Format.THRESHOLD) or times < FEW:
        return
    if 0 < len(often) <= FEW:
        yield _(
            "Mostly the same win: %(names)s. Choose a threshold with a raffle, or most improved.",
            names=_listed(_known(people, often)),
        )


def _goal(competition: Competition, runs: Sequence[Run]) -> Iterator[str]:
    if competition.format == Format.TEAM_GOAL:
        reached = sum(run.reached for run in runs)
    elif competition.format in (Format.THRESHOLD, Format.FIRST):
        reached = sum(run.best >= (competition.goal or 0) * HUNDREDTHS for run in runs)
    else:
        return
    if reached == 0:
        yield _("The goal was never reached: make it smaller.")
    elif competition.format == Format.TEAM_GOAL and reached == len(runs):
        yield _("The goal was reached every time: it may be larger.")
    else:
        yield _("The goal was reached in %(reached)s of %(times)s times.", reached=reached, times=len(runs))
