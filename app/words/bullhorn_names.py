"""What is said of names in Bullhorn: what they can be taken for, how many records wait for it, and what follows."""

from collections.abc import Iterable

from app.domain.actions.bullhorn.meaning import KIND, NOT_OFFERED, BullhornMeaning
from app.domain.actions.bullhorn.preset import Step
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.outcome import Outcome
from app.domain.program.kind_rule import KindRule
from app.language import gettext as _
from app.language import ngettext
from app.words.actions import outcome_label
from app.words.applications import state_label
from app.words.days import capital
from app.words.program import kind_label

PASS = "-"  # noqa: S105 - it is passed over
Choice = tuple[str, str]


def notes(kinds: Iterable[KindRule]) -> list[Choice]:
    """What a note can be taken for."""
    outcomes = [(str(each), outcome_label(each)) for each in Outcome if each not in NOT_OFFERED]
    named = [(f"{KIND}{rule.code}", _("Action: %(kind)s", kind=kind_label(rule))) for rule in kinds]
    return [*outcomes, *named, _nothing()]


def steps(offered: Iterable[Step]) -> list[Choice]:
    """What a status can be taken for."""
    return [*((str(each), _step(each)) for each in offered), _nothing()]


def _step(step: Step) -> str:
    return _("Falls through: nobody asks any more how it goes") if step is Step.OFF else capital(state_label(step))


def _nothing() -> Choice:
    return PASS, _("Pass over: it means nothing")


def chosen(row: BullhornMeaning) -> str:
    """Which of the choices it is."""
    return row.means or PASS


def title(entity: Entity) -> str:
    """Above the names of a sort."""
    return {
        Entity.NOTE: _("What notes in Bullhorn are"),
        Entity.SUBMISSION: _("What the statuses of submissions are"),
        Entity.PLACEMENT: _("What the statuses of placements are"),
    }[entity]


def lead(entity: Entity) -> str:
    """What follows from them."""
    return {
        Entity.NOTE: _(
            "A note there is an action here, of whoever wrote it and with the points that it earns."
            " Its text stays in Bullhorn."
        ),
        Entity.SUBMISSION: _("An application goes on with them, and never back: that is for people to tell."),
        Entity.PLACEMENT: _("Whoever is placed there is placed here, and asked how it goes from the first day on."),
    }[entity]


def asked(entity: Entity, name: str) -> str:
    """The label of a choice."""
    if entity is Entity.NOTE:
        return _("What a note “%(name)s” is", name=name)
    return _("What the status “%(name)s” is", name=name)


def waiting(entity: Entity, number: int) -> str:
    """How many records wait for a meaning."""
    return {
        Entity.NOTE: ngettext("%(num)d note waits", "%(num)d notes wait", number),
        Entity.SUBMISSION: ngettext("%(num)d submission waits", "%(num)d submissions wait", number),
        Entity.PLACEMENT: ngettext("%(num)d placement waits", "%(num)d placements wait", number),
    }[entity]


def mapped(name: str, number: int, *, is_on: bool) -> str:
    """What follows from saying what a name is, for the records that waited for it."""
    if not number:
        return _("“%(name)s” is mapped, and counts from now on.", name=name)
    if not is_on:
        return ngettext(
            "“%(name)s” is mapped. %(num)d record waits until Bullhorn is connected.",
            "“%(name)s” is mapped. %(num)d records wait until Bullhorn is connected.",
            number,
            name=name,
        )
    return ngettext(
        "“%(name)s” is mapped. %(num)d record that waited for it is looked at within a minute.",
        "“%(name)s” is mapped. %(num)d records that waited for it are looked at within a minute.",
        number,
        name=name,
    )
