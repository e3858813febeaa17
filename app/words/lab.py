"""The words of the lab: what a draft is of, how a run fares, what the logbook tells, figures with their interval."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.journey import touchpoint_kind
from app.domain.lab import points_draft, score_draft
from app.domain.lab.draft import POINTS, LabDraft
from app.domain.lab.logbook import LabEntry
from app.domain.lab.run import PROPOSAL, LabRun
from app.domain.program.program import the_program
from app.domain.scoring import versions
from app.domain.scoring.rules import live
from app.language import decimal, hundredths, ngettext
from app.language import gettext as _
from app.words import score_rules
from app.words.program import kind_label as action_label
from app.words.score import kind_label

NONE = "\u2013"
TONES = {"done": "ok", "failed": "hot", "running": "info", "waiting": "info"}


def subject_label(subject: str) -> str:
    """Of what rules a draft is."""
    return _("Points") if subject == POINTS else _("Score")


def run_title(row: LabRun, names: Mapping[int, str]) -> str:
    """What was tried."""
    if row.kind == PROPOSAL:
        return _("A proposal from the past")
    return names.get(row.draft_id or 0, "") or subject_label(row.subject)


def title_of(row: LabRun, draft: LabDraft | None) -> str:
    """The same where the draft is at hand."""
    return run_title(row, {draft.id: draft.name} if draft else {})


def state_label(state: str) -> str:
    """How a run fares."""
    return {
        "waiting": _("waits"),
        "running": _("is being counted"),
        "done": _("ready"),
        "failed": _("went wrong"),
        "stopped": _("stopped"),
    }[state]


def state_tone(state: str) -> str:
    """The tone of its chip."""
    return TONES.get(state, "")


def entry_sentence(entry: LabEntry, by: str | None) -> str:
    """What somebody did, for the logbook."""
    facts: dict[str, Any] = {"who": by or _("The lab"), "name": entry.facts.get("name", "")}
    facts["version"] = entry.facts.get("version", "")
    told = {
        "drafted": _("%(who)s made the draft “%(name)s”.", **facts),
        "changed": _("%(who)s changed the draft “%(name)s”.", **facts),
        "discarded": _("%(who)s threw the draft “%(name)s” away.", **facts),
        "published": _("%(who)s accepted the draft “%(name)s”: it is version %(version)s now.", **facts),
        "asked": _("%(who)s asked for a run.", **facts),
        "stopped": _("%(who)s stopped a run.", **facts),
        "finished": _("%(who)s brought a run to its end.", **facts),
        "failed": _("A run went wrong."),
        "again": _("A run was begun anew, because whoever worked on it was gone."),
    }
    return told[entry.what]


def ranker_label(name: str) -> str:
    """By what people were put in order."""
    return {
        "present": _("The present rules"),
        "draft": _("The draft"),
        "random": _("A random slot"),
        "longest": _("Longest not contacted first"),
        "plain": _("Most heard of in 30 days first"),
    }[name]


def period_label(period: str) -> str:
    """The kind of a board."""
    return {"week": _("Week"), "month": _("Month"), "season": _("Season")}[period]


def winners(names: Sequence[str | None]) -> str:
    """Who would have won; those who are not named are colleagues."""
    known, others = [name for name in names if name], sum(not name for name in names)
    colleagues = [ngettext("%(num)d colleague", "%(num)d colleagues", others)] if others else []
    return ", ".join([*known, *colleagues]) or _("nobody")


def figure(estimate: Sequence[float] | None) -> str:
    """As 0,84 and in brackets from 0,81 to 0,87."""
    if estimate is None:
        return NONE
    value, low, high = (hundredths(each) for each in estimate)
    return value if low == high else f"{value} {_between(low, high)}"


def percentage(estimate: Sequence[float] | None) -> str:
    """As 41% and in brackets from 35 to 47."""
    if estimate is None:
        return NONE
    value, low, high = (str(round(100 * each)) for each in estimate)
    return f"{value}% {_between(low, high)}"


def _between(low: str, high: str) -> str:
    """An interval that stands on one line, however narrow the screen."""
    return f"({low}\u2060\u2013\u2060{high})"


def share(part: float) -> str:
    """As "41%"."""
    return f"{round(100 * part)}%"


def signed(change: int) -> str:
    """As "+120"."""
    return f"+{decimal(change)}" if change > 0 else decimal(change)


def better_sentence(better: Sequence[float]) -> str:
    """Whether a draft tells better than the present rules who answers."""
    value, low, high = better
    if low > 0:
        return _("The draft tells better who answers: the difference is more than chance.")
    if high < 0:
        return _("The draft tells worse who answers: the difference is more than chance.")
    if value > 0:
        return _("The draft does not clearly tell better who answers: the difference may be chance.")
    return _("The draft does not beat the present rules.")


def proposal_sentence(result: Mapping[str, Any]) -> str:
    """What a proposal comes to."""
    if "judged" not in result:
        return _("Not enough data.")
    if not result["foretells"]:
        return _("There is nothing to learn: the score tells no better than chance who answers.")
    if not result["is_better"]:
        return _("This does not beat the present rules on the newest contacts: keep what you have.")
    return _("This would have told better who answers on the newest contacts, which it had not seen.")


def proposal_facts(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a proposal would change, and how well each told who answers on the newest contacts."""
    kinds = touchpoint_kind.named(result["points"])
    was, then = (decimal(days) for days in result["half_life"])
    changes = [(_("Half-life in days"), _told(was, then))]
    for code, (before, after) in result["points"].items():
        changes.append((kind_label(kinds[code]) if code in kinds else code, _told(decimal(before), decimal(after))))
    present, proposed = result["judged"]
    auc = _told(*(hundredths(each[0]) for each in (present, proposed)))
    top = _told(*(share(each[1]) for each in (present, proposed)))
    return [*changes, (_("Right order (AUC)"), auc), (_("Answered, of the first tenth"), top)]


def _told(was: str, then: str) -> str:
    return was if was == then else _("from %(before)s to %(after)s", before=was, after=then)


def draft_changes(draft: LabDraft) -> list[str]:
    """What would be otherwise than in the rules that hold, when a draft is accepted now."""
    return _changed_points(draft) if draft.subject == POINTS else _changed_score(draft)


def _changed_score(draft: LabDraft) -> list[str]:
    changes = versions.differences(live().ruleset, score_draft.read(draft.rules))
    kinds = {kind.code: kind for kind in touchpoint_kind.known()}
    return [score_rules.change_sentence(each, kinds) for each in changes]


def _changed_points(draft: LabDraft) -> list[str]:
    program = the_program()
    if program is None:
        return []
    wanted, present = (points_draft.read(each) for each in (draft.rules, points_draft.present(program.id)))
    rows = [(kind, present[kind.id], wanted.get(kind.id, present[kind.id])) for kind in points_draft.kinds(program.id)]
    return [f"{action_label(kind)}: {_told(decimal(was), decimal(then))}" for kind, was, then in rows if was != then]


def never_used() -> list[str]:
    """What the score is never made of."""
    return [
        _("age"),
        _("gender"),
        _("nationality or place of birth"),
        _("postcode"),
        _("photo"),
        _("the text of a cv"),
        _("health, origin or religion"),
    ]
