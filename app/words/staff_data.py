"""What is recorded of staff, for the works council: written from the settings as they are, for page, print and file."""

from datetime import datetime

from app.domain.game.appearance import TEAM, person_boards
from app.domain.oversight import anomaly
from app.domain.oversight.anomaly import KINDS
from app.domain.program.program import Program, consent_of
from app.language import day_and_month
from app.language import gettext as _
from app.words.chapter import Chapter
from app.words.comparing import mode_labels
from app.words.staff_categories import kept
from app.words.staff_prizes import prizes
from app.words.unusual import kind_name, limit_sentence


def chapters(program: Program) -> list[Chapter]:
    """The whole text."""
    return [
        _purpose(program),
        _consent(program),
        _recorded(),
        _never(),
        _compared(program),
        prizes(program),
        _standing_out(),
        _rights(),
        _risks(),
    ]


def _purpose(program: Program) -> Chapter:
    return Chapter(
        _("What it is for"),
        [
            _(
                "%(program)s helps colleagues to keep in touch with candidates, and makes a game of it.",
                program=program.name,
            ),
            _(
                "Points are no measure of how somebody performs. They are for a game, and are not used for assessment, "
                "pay or dismissal."
            ),
        ],
    )


def _consent(program: Program) -> Chapter:
    consent = consent_of(program.id)
    if consent is None:
        said = _(
            "No consent is recorded. Until then every view of single persons is off: people see themselves, and teams."
        )
    elif consent.exists:
        said = _("The works council agreed; recorded on %(day)s.", day=_day(consent.recorded_at))
    else:
        said = _(
            "There is no works council (%(reason)s); recorded on %(day)s.",
            reason=consent.reason,
            day=_day(consent.recorded_at),
        )
    return Chapter(
        _("Works council"),
        [said, _("Consent can be withdrawn at any time; views of single persons then go off at once.")],
    )


def _recorded() -> Chapter:
    columns = [_("What"), _("What for"), _("Who sees it"), _("How long")]
    rows = [[each.title, each.why, each.seen_by, each.how_long] for each in kept().values()]
    return Chapter(_("What is recorded"), columns=columns, rows=rows)


def _never() -> Chapter:
    return Chapter(
        _("What is not recorded"),
        points=[
            _("No keys, no screens, no time spent on a page, no place and no phone calls."),
            _("Not why somebody has a day off: illness is a day off like any other."),
            _("Not what candidates thought of one person: answers are told of five together at least, by team."),
        ],
    )


def _compared(program: Program) -> Chapter:
    now = dict(mode_labels())[program.board_mode if person_boards(program) else _without(program)]
    return Chapter(
        _("How people are compared"),
        [_("Now: %(mode)s.", mode=now[:1].lower() + now[1:])],
        [
            _("It is one's own choice to appear by name, without any disadvantage; points still count for the team."),
            _("Who works part-time or was away is weighed by the days that they could work."),
            _("The bottom of the leaderboard is shown to nobody, and no screen marks who lost a place."),
            _("Figures for the sponsor are of five people together at least."),
        ],
    )


def _without(program: Program) -> str:
    """Without consent it is as if there were boards of teams only."""
    return program.board_mode if program.board_mode == "off" else TEAM


def _standing_out() -> Chapter:
    return Chapter(
        _("What stands out in logging"),
        [
            _("Once a week the last four weeks are looked at, as long as the works council agrees."),
            _(
                "Limits follow what is usual here: they rise, twofold at most, where more than one in a hundred "
                "reached them in the twelve weeks before."
            ),
            _(
                "It has no consequences by itself. The person hears first, and has %(days)s days to answer.",
                days=anomaly.TO_ANSWER.days,
            ),
        ],
        [f"{kind_name(kind)}: {limit_sentence(kind)}" for kind in KINDS],
    )


def _rights() -> Chapter:
    return Chapter(
        _("What everybody can do"),
        points=[
            _("See everything that is recorded about themselves, and take it along as a file, from their profile."),
            _("Open every total down to the rows behind it, and read the reason of every adjustment."),
            _("Choose whether to appear, what to be mailed, and when their block is."),
            _("Answer to what stood out before anybody else sees it."),
        ],
    )


def _risks() -> Chapter:
    measures = {
        _("Pressure by comparison"): _(
            "Own choice to appear, no bottom, seasons with a pause, boards of teams only if you like."
        ),
        _("A score that works against part-timers"): _("Weighed by the days that somebody could work."),
        _("Pressure by prizes"): _(
            "Taking part is one's own choice; prizes by draw and for a team come before prizes for a place."
        ),
        _("Points for quantity"): _("Limits per candidate, week and day; what is worth much is paid on proof."),
        _("A decision by a machine"): _("None is taken: points, figures and what stands out are looked at by people."),
        _("Use for another end"): _("Access by role, and this page that says what it is for."),
    }
    columns = [_("Risk"), _("What is done about it")]
    return Chapter(_("Risks and measures"), columns=columns, rows=[list(each) for each in measures.items()])


def _day(moment: datetime) -> str:
    return f"{day_and_month(moment)} {moment.year}"
