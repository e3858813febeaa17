"""How competitions, rewards and kudos are held in bounds, for the works council: written from the settings."""

from app.domain.game.appearance import person_boards
from app.domain.game.competing.finalising import TO_OBJECT
from app.domain.game.competing.taking_part import AT_ONCE
from app.domain.game.competing.tally import LEAST_DAYS
from app.domain.game.recognition import giving, kudos
from app.domain.game.rewarding import lapse
from app.domain.program.program import Program
from app.language import gettext as _
from app.language import ngettext
from app.words.chapter import Chapter

HOUR = 3600


def prizes(program: Program) -> Chapter:
    """What everybody may count on."""
    points = [*_contests(program), *_rewards(), *_kudos(program)]
    return Chapter(_("Competitions, rewards and kudos"), [_compared(program)], points)


def _compared(program: Program) -> str:
    if person_boards(program):
        return _("There may be competitions between people as well as between teams; nobody has to take part.")
    return _("There are competitions of teams only; nobody has to take part.")


def _contests(program: Program) -> list[str]:
    return [
        _("Whoever declines is nowhere to be seen in a competition, and keeps their points."),
        _("Nobody is in more than %(most)s competitions at once.", most=AT_ONCE),
        _(
            "What people see of each other are fair scores; for a place prize %(least)s working days are enough.",
            least=LEAST_DAYS,
        ),
        _(
            "A result is provisional first: for %(hours)s hours whoever takes part can object, and gets an answer.",
            hours=int(TO_OBJECT.total_seconds()) // HOUR,
        ),
        _("A final result is kept as numbers with a hash, so that nobody can change it unseen."),
        _("Nobody is told that they were overtaken, and mails about competitions can be stopped by one click."),
        *([_("Levels are shown, to oneself only.")] if program.levels else []),
    ]


def _rewards() -> list[str]:
    return [
        _("Buying a reward never lowers a place: coins are another account than points."),
        _("Nobody decides on their own request, or hands over their own prize."),
        _("Coins lapse only when it was announced %(days)s days before.", days=lapse.NOTICE.days),
        _("Payroll gets the name, the day, the kind and the value of what was handed over, as tax law asks."),
    ]


def _kudos(program: Program) -> list[str]:
    if not program.kudos_a_month:
        return [_("Nobody can give kudos.")]
    return [
        ngettext(
            "Everybody may give kudos %(num)d time a month, to one person at most %(most)s times.",
            "Everybody may give kudos %(num)d times a month, to one person at most %(most)s times.",
            program.kudos_a_month,
            most=kudos.TO_ONE,
        ),
        _(
            "Kudos are worth %(points)s points, at most %(most)s a week, and never count in a competition.",
            points=giving.POINTS,
            most=giving.A_WEEK,
        ),
    ]
