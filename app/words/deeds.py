"""What a candidate did, told to themselves: how often they looked, wrote, came or applied."""

from collections.abc import Iterable, Mapping

from app.domain.journey.touchpoint_kind import TouchpointKind
from app.language import ngettext
from app.words.own import pronouns
from app.words.score import kind_label


def deeds(counts: Mapping[str, int], kinds: Mapping[str, TouchpointKind]) -> list[str]:
    """What somebody did and how often, most often first: "Je bekeek 3 keer een vacature"."""
    most_first: Iterable[tuple[str, int]] = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [_deed(code, count, kinds) for code, count in most_first]


def _deed(code: str, num: int, kinds: Mapping[str, TouchpointKind]) -> str:
    sentence = _known_deed(code, num)
    what = kind_label(kinds[code]) if code in kinds else code
    return sentence or ngettext("%(what)s: %(num)d time", "%(what)s: %(num)d times", num, what=what)


def _known_deed(code: str, num: int) -> str:
    """The sentence for a kind that the house knows."""
    you = {"You": pronouns()["You"]}
    return {
        "ad_click": lambda: ngettext(
            "%(You)s followed an advertisement once", "%(You)s followed an advertisement %(num)d times", num, **you
        ),
        "application_completed": lambda: ngettext(
            "%(You)s applied for a job once", "%(You)s applied for a job %(num)d times", num, **you
        ),
        "application_started": lambda: ngettext(
            "%(You)s began to apply for a job once", "%(You)s began to apply for a job %(num)d times", num, **you
        ),
        "event_attended": lambda: ngettext(
            "%(You)s came to a meeting once", "%(You)s came to a meeting %(num)d times", num, **you
        ),
        "form": lambda: ngettext("%(You)s sent a form once", "%(You)s sent a form %(num)d times", num, **you),
        "inbound_reply": lambda: ngettext("%(You)s answered us once", "%(You)s answered us %(num)d times", num, **you),
        "job_view": lambda: ngettext("%(You)s viewed a job once", "%(You)s viewed a job %(num)d times", num, **you),
        "mail_click": lambda: ngettext(
            "%(You)s followed a link once", "%(You)s followed a link %(num)d times", num, **you
        ),
        "mail_open": lambda: ngettext("%(You)s opened a mail once", "%(You)s opened a mail %(num)d times", num, **you),
        "referral": lambda: ngettext(
            "%(You)s referred somebody once", "%(You)s referred somebody %(num)d times", num, **you
        ),
        "site_visit": lambda: ngettext(
            "%(You)s visited our site once", "%(You)s visited our site %(num)d times", num, **you
        ),
        "survey_answered": lambda: ngettext(
            "%(You)s filled in a page once", "%(You)s filled in a page %(num)d times", num, **you
        ),
    }.get(code, lambda: "")()
