"""Words of privacy: what candidates consent to, why and until when we keep their data, and what a night did."""

from collections.abc import Mapping

from app.domain.candidates.candidate import Retention
from app.domain.candidates.consent import Consent, ConsentPurpose, Via
from app.domain.candidates.privacy_terms import PrivacyTerms
from app.domain.custody.erasure import Reason
from app.language import gettext as _
from app.language import in_language, ngettext
from app.words.candidates import channel_label
from app.words.own import JE, YOU, U


def consent_text(terms: PrivacyTerms, language: str, address_form: str) -> str:
    """What a candidate reads before they say yes: the agency's own text, else the house's. Paragraphs, plain text."""
    own = terms.text_nl if language == "nl" else terms.text_en
    return own or house_text(terms.pool_days, language, address_form)


def house_text(pool_days: int, language: str, address_form: str) -> str:
    """The text for an agency that has none of its own."""
    you = YOU if language != "nl" else U if address_form == "u" else JE
    with in_language(language):
        return "\n\n".join((_why(you), _how_long(pool_days, you), _rights(you)))


def _why(you: Mapping[str, str]) -> str:
    return _(
        "We would like to keep %(your)s details, so that we can be in touch when there is work that suits %(to_you)s: "
        "%(your)s name, how to reach %(to_you)s, the work that %(you)s seek, and what we discussed. We also see what "
        "%(you)s look at on our site and in our mails, and our staff earn points for contact with %(to_you)s.",
        **you,
    )


def _how_long(days: int, you: Mapping[str, str]) -> str:
    return ngettext(
        "We do so for %(num)d day, and again whenever %(you)s are in touch. Before the end we ask once more; without "
        "an answer we erase %(your)s details.",
        "We do so for %(num)d days, and again whenever %(you)s are in touch. Before the end we ask once more; without "
        "an answer we erase %(your)s details.",
        days,
        **you,
    )


def _rights(you: Mapping[str, str]) -> str:
    return _(
        "%(You)s may always take this consent back, see %(your)s details or have them erased, and say that we may "
        "keep no score. That has no disadvantage.",
        **you,
    )


def purpose_label(purpose: ConsentPurpose | str) -> str:
    """For what consent was asked."""
    return {
        ConsentPurpose.POOL: _("stay in the talent pool"),
        ConsentPurpose.CONTACT: _("be contacted"),
        ConsentPurpose.TRACKING: _("have visits and clicks recorded"),
    }[ConsentPurpose(purpose)]


def via_label(via: str) -> str:
    """How we heard of it."""
    labels: dict[str, str] = {
        Via.OWN_PAGE: _("on a page of their own"),
        Via.RECRUITER: _("told to us"),
        Via.FORM: _("in a form"),
        Via.IMPORT: _("brought by an import"),
        Via.MAIL_PROGRAM: _("in their mail program"),
        Via.MESSAGE: _("in a message"),
    }
    return labels.get(via, via)


def consent_sentence(row: Consent) -> str:
    """As "Ja: benaderd worden (WhatsApp)"."""
    what = purpose_label(row.purpose)
    if row.channel:
        what = f"{what} ({channel_label(row.channel)})"
    return _("Yes: %(what)s", what=what) if row.given else _("No: %(what)s", what=what)


def ground_label(category: Retention | str) -> str:
    """Why somebody's data may be kept."""
    return {
        Retention.APPLICANT: _("applied, without consent to be kept longer"),
        Retention.POOL: _("consented to stay in the talent pool"),
        Retention.REGISTERED: _("is registered"),
        Retention.PLACED: _("works or worked for us: tax records"),
    }[Retention(category)]


def reason_label(reason: Reason | str) -> str:
    """Why somebody was erased."""
    return {
        Reason.ASKED: _("the candidate asked for it"),
        Reason.OBJECTED: _("the candidate objects to our keeping it"),
        Reason.UNLAWFUL: _("we had no ground to keep it"),
    }[Reason(reason)]


def night_sentence(counts: Mapping[str, int]) -> str:
    """What a night did."""
    said = [
        ngettext("%(num)d end was set anew", "%(num)d ends were set anew", counts.get("moved", 0)),
        ngettext("%(num)d mail went out", "%(num)d mails went out", counts.get("mailed", 0)),
        ngettext("%(num)d candidate was anonymised", "%(num)d candidates were anonymised", counts.get("anonymised", 0)),
    ]
    return ", ".join(said)
