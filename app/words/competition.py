"""What is said of a competition to whoever takes part: where it is in its life, how it stands, what one may do."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.lists import format_list

from app.clock import Period
from app.domain.agency.agency import the_zone
from app.domain.game.competing.competition import Competition, Format, Metric, State
from app.domain.game.competing.finalising import TO_OBJECT
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.ranking import Ranking
from app.domain.game.fairness import HUNDREDTHS
from app.domain.program import season
from app.language import current, ngettext
from app.language import gettext as _
from app.words import board
from app.words.days import on_day
from app.words.times import when

OVER = frozenset({State.FINAL, State.REWARDED, State.ARCHIVED, State.CANCELLED})


def state_label(state: State) -> str:
    """Where it is in its life."""
    return {
        State.DRAFT: _("draft"),
        State.PUBLISHED: _("coming"),
        State.LIVE: _("running"),
        State.GRACE: _("being checked"),
        State.REVIEW: _("provisional result"),
        State.FINAL: _("final result"),
        State.REWARDED: _("final result"),
        State.ARCHIVED: _("final result"),
        State.CANCELLED: _("cancelled"),
    }[state]


def state_tone(state: State) -> str:
    """The tone of its chip."""
    tones = {State.LIVE: "brand", State.GRACE: "info", State.REVIEW: "info", State.PUBLISHED: "accent"}
    return tones.get(state, "")


def countdown(competition: Competition, state: State, today: date) -> str:
    """How long until what comes next."""
    match state:
        case State.DRAFT:
            return _("not published yet")
        case State.PUBLISHED:
            return _starts((competition.first - today).days)
        case State.LIVE:
            return board.days_left(dates_of(competition), today)
        case State.GRACE | State.REVIEW:
            return _soon(competition)
        case _:
            return _("ended %(day)s", day=on_day(competition.last, today))


def _starts(days: int) -> str:
    return _("starts tomorrow") if days == 1 else ngettext("starts in %(num)d day", "starts in %(num)d days", days)


def _soon(competition: Competition) -> str:
    """When the result comes, or becomes final."""
    if competition.reviewed_at:
        return _("objections until %(when)s", when=when(competition.reviewed_at + TO_OBJECT))
    return _("over; the provisional result comes on %(when)s", when=when(closes_at(competition)))


def closes_at(competition: Competition) -> datetime:
    """The end of grace; of a draft when it will be."""
    return competition.closes_at or season.grace_ends(competition.last, the_zone())


def days(competition: Competition) -> str:
    """As 16 t/m 20 november 2026."""
    dates: Period = dates_of(competition)
    if competition.first == competition.last:
        return format_date(competition.first, "d MMMM y", locale=current())
    return board.period_days("", dates)


def counted(competition: Competition, count: int) -> str:
    """As 340 punten; by the metric of the competition."""
    if competition.metric == Metric.HELPED:
        return ngettext("%(num)d candidate", "%(num)d candidates", count)
    if competition.metric == Metric.ANSWERED:
        return ngettext("%(num)d answered contact", "%(num)d answered contacts", count)
    return ngettext("%(num)d point", "%(num)d points", count)


def together(competition: Competition, count: int) -> str:
    """As 9.360 van 12.000 punten."""
    goal = counted(competition, competition.goal or 0)
    return _("%(count)s of %(goal)s", count=board.number(count), goal=goal)


def percent(count: int, goal: int | None) -> str:
    """How much of a goal is there, rounded down: a hundred per cent is the goal itself."""
    return board.percent(count * HUNDREDTHS // max(goal or 1, 1) * HUNDREDTHS)


def score_head(competition: Competition) -> str:
    """The head of the column with what people are ordered by."""
    if competition.format == Format.IMPROVEMENT:
        return board.metric_label("improvement")
    if competition.format == Format.FIRST:
        return _("At the target")
    return board.metric_label(Metric(competition.metric))


def score(competition: Competition, hundredths: int) -> str:
    """What somebody is ordered by: a score, a percentage, or the day on which they were there."""
    if competition.format == Format.IMPROVEMENT:
        return board.percent(hundredths)
    if competition.format == Format.FIRST:
        return format_date(dates_of(competition).end - timedelta(days=hundredths), "EEE d MMM", locale=current())
    return board.score(hundredths)


def brought(competition: Competition, count: int, *, ended: bool = False) -> str:
    """What only oneself sees: what one brought."""
    if not count:
        return "" if ended else _("Nothing of yours counts yet.")
    return _("You brought %(what)s.", what=counted(competition, count))


def place(number: int | None, *, shared: bool = False) -> str:
    """Where somebody stands."""
    if number is None:
        return _("no place yet")
    return _("shared place %(place)s", place=number) if shared else _("place %(place)s", place=number)


def mine(number: int) -> str:
    """Where somebody came in one that was."""
    return _("You came to place %(place)s", place=number)


def side_place(name: str, number: int | None, *, shared: bool = False) -> str:
    """Where one's own side stands."""
    return _("%(team)s: %(place)s", team=name, place=place(number, shared=shared))


def tickets(count: int) -> str:
    """How many chances somebody has."""
    return ngettext("%(num)d ticket", "%(num)d tickets", count)


def own_tickets(count: int, *, ended: bool) -> str:
    """With how many chances one is in the draw, or was."""
    if ended:
        return _("You were in the draw with %(tickets)s.", tickets=tickets(count))
    return _("You are in the draw with %(tickets)s.", tickets=tickets(count))


def in_draw(count: int, *, ended: bool = False) -> str:
    """How many reached the threshold."""
    if ended:
        return ngettext("%(num)d person reached the threshold", "%(num)d people reached the threshold", count)
    if not count:
        return _("Nobody is in the draw yet.")
    return ngettext("%(num)d person is in the draw.", "%(num)d people are in the draw.", count)


def taking_part(count: int, *, ended: bool = False) -> str:
    """How many are in it, or were."""
    if not count:
        return _("Nobody took part") if ended else _("Nobody takes part yet")
    if ended:
        return ngettext("%(num)d person took part", "%(num)d people took part", count)
    return ngettext("%(num)d person takes part", "%(num)d people take part", count)


def people(count: int) -> str:
    """How many are on a side."""
    return ngettext("%(num)d person", "%(num)d people", count)


def colleagues(count: int) -> str:
    """Those who do not appear by name."""
    return ngettext("%(num)d colleague", "%(num)d colleagues", count)


def upheld(decision: bool | None) -> str:  # noqa: FBT001 - the column's own three values
    """What was decided of an objection."""
    if decision is None:
        return _("waits for an answer")
    return _("upheld: the result was made anew") if decision else _("not upheld")


def object_until(reviewed_at: datetime) -> str:
    """Until when one may object."""
    until = when(reviewed_at + TO_OBJECT)
    return _("The result is provisional: until %(when)s whoever takes part can object.", when=until)


def outcome(competition: Competition, result: Ranking, names: Mapping[int, str]) -> str:
    """How one ended, in a sentence; `names` are those of its sides, or of its people, by their ids."""
    if competition.format == Format.TEAM_GOAL:
        said = together(competition, result.together)
        return _("Reached: %(together)s", together=said) if result.reached(competition) else said
    if competition.format == Format.THRESHOLD:
        return in_draw(sum(line.tickets > 0 for line in result.people), ended=True)
    first = [line.subject_id for line in (result.sides or result.people) if line.place == 1]
    won = [names.get(each) or board.nameless().lower() for each in first]
    return _("Won by %(names)s", names=format_list(won, locale=current())) if won else _("Without a winner")


def ended(competition: Competition, how: str) -> str:
    """As "Herfstduel: gewonnen door Zwolle"."""
    return f"{competition.name}: {how[:1].lower()}{how[1:]}"


def everybody(side: str) -> str:
    """Who won together."""
    return _("everybody of %(team)s", team=side) if side else _("everybody who took part")


def winner(name: str | None, *, me: bool = False) -> str:
    """Who won by themselves."""
    return board.own_name(name or "") if me else name or board.nameless()
