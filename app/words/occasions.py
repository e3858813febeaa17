"""Why one is in touch with a candidate: by which a prepared message and something to begin with are chosen."""

from app.domain.candidates.candidate import Stage
from app.domain.program.phrase import Occasion
from app.domain.scoring.contact_next import NextUp
from app.language import gettext as _
from app.words.candidates import stage_label

KNOWN = frozenset(Occasion)
STAGES = frozenset(Stage)
BY_COMPONENT = {
    "recovery": Occasion.RECOVERY,
    "answer_owed": Occasion.ANSWER_OWED,
    "consent": Occasion.CONSENT,
    "neglect": Occasion.NEGLECT,
}


def occasions_of(next_up: NextUp) -> list[Occasion]:
    """What the candidate expects first, then the other reasons in their order, their stage, and what always fits."""
    found = []
    for one in next_up.ranked.contributions:
        if one.hundredths > 0:
            told = BY_COMPONENT.get(one.component) or _told(one.facts.get(f"{one.component}_kind"), one.component)
            found += [told] if told else []
    return list(dict.fromkeys([*found, Occasion(next_up.candidate.stage), Occasion.ANY]))


def _told(kind: object, component: str) -> Occasion | None:
    """A promise that was agreed has no occasion of its own; a trigger that we do not know has none."""
    if kind in KNOWN:
        return Occasion(str(kind))
    return Occasion.PROMISE if component == "promise" else None


def occasion_label(occasion: Occasion | str) -> str:
    """An occasion as one chooses it."""
    if occasion in STAGES:
        return _("Stage: %(stage)s", stage=stage_label(occasion))
    return {
        Occasion.ANY: _("Always fits"),
        Occasion.PROMISE: _("As you agreed"),
        Occasion.ANSWER_OWED: _("Waits for our word"),
        Occasion.RECOVERY: _("Something went wrong"),
        Occasion.CALL_BACK: _("Asked to be called back"),
        Occasion.FORM: _("Sent a form"),
        Occasion.UNFINISHED: _("Unfinished application"),
        Occasion.CHECK_IN: _("Check-in at work"),
        Occasion.KEEPS_COMING_BACK: _("Keeps coming back"),
        Occasion.FAN: _("Became a fan"),
        Occasion.CONSENT: _("Details expire"),
        Occasion.NEGLECT: _("Waited long for us"),
    }[Occasion(occasion)]
