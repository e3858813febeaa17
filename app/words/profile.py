"""Words for a candidate's page: since when in a stage, from when free, what they hold, what they consented to."""

from collections.abc import Iterable
from datetime import date, datetime

from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.consent import Consent
from app.domain.candidates.label import LabelKind, Told
from app.language import day_and_month, ngettext
from app.language import gettext as _
from app.words.candidates import stage_label


def stage_since(stage: Stage | str, day: str) -> str:
    """As "warmhouden sinds 3 maart 2026"."""
    return _("%(stage)s since %(day)s", stage=stage_label(stage), day=day)


def availability(from_day: date, today: date) -> str:
    """As "nu beschikbaar" or "beschikbaar vanaf 3 maart"."""
    if from_day <= today:
        return _("available now")
    return _("available from %(day)s", day=day_and_month(from_day))


def claimed(name: str) -> str:
    """As "Sanne is hiermee bezig"."""
    return _("%(name)s is busy with this", name=name)


def told(candidate: Candidate, today: date) -> list[tuple[str, str]]:
    """What is known of when, how much and how far; what nobody told is left out."""
    lines = []
    if candidate.available_from:
        lines.append((_("Availability"), availability(candidate.available_from, today)))
    if candidate.hours_week:
        lines.append((_("Hours"), ngettext("%(num)d hour a week", "%(num)d hours a week", candidate.hours_week)))
    if candidate.travel_km:
        lines.append((_("Travels"), _("up to %(km)s km", km=candidate.travel_km)))
    return lines


def grouped(labels: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """Certificates, skills and tags, each under its heading; what there is none of is left out."""
    kinds = {
        LabelKind.CERTIFICATE: _("Certificates"),
        LabelKind.SKILL: _("Skills"),
        LabelKind.TAG: _("Tags"),
    }
    all_ = list(labels)
    found = [(heading, [each for each in all_ if each.kind == kind]) for kind, heading in kinds.items()]
    return [(heading, each) for heading, each in found if each]


def label_text(label: Told, today: date, day: str) -> str:
    """As "VCA tot 31 december 2026"; one that ran out says so."""
    if label.until is None:
        return label.name
    if label.until < today:
        return _("%(name)s, expired on %(day)s", name=label.name, day=day)
    return _("%(name)s until %(day)s", name=label.name, day=day)


def satisfied(score: int) -> str:
    """As "4 van 5: tevreden"."""
    word = (_("very dissatisfied"), _("dissatisfied"), _("neutral"), _("satisfied"), _("very satisfied"))[score - 1]
    return _("%(score)s of 5: %(word)s", score=score, word=word)


def pool_consent(row: Consent | None, now: datetime) -> str:
    """Whether the candidate agreed to stay in the pool."""
    if row is None:
        return _("Nobody has recorded a consent to stay in the talent pool.")
    if not row.given:
        return _("Withdrew the consent to stay in the talent pool.")
    if not row.stands(now):
        return _("The consent to stay in the talent pool has ended.")
    return _("Consented to stay in the talent pool.")
