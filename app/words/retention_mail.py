"""Words of the warning to an owner: whose data end soon, until when they are kept, and what was asked."""

from app.domain.custody.retention_warning import EndingSoon, RetentionWarning
from app.language import day_and_month, ngettext
from app.language import gettext as _


def subject(found: RetentionWarning) -> str:
    """Who it is, or how many they are."""
    first = found.first[0]
    if found.number == 1:
        return _("The data of %(name)s end on %(day)s", name=first.candidate.name, day=day_and_month(first.ends))
    return ngettext(
        "The data of %(num)d candidate of yours end soon",
        "The data of %(num)d candidates of yours end soon",
        found.number,
    )


def preheader(found: RetentionWarning) -> str:
    """What a mail program shows beside the subject."""
    if found.number == 1:
        return asked(found.first[0])
    return _("%(name)s first, on %(day)s.", name=found.first[0].candidate.name, day=day_and_month(found.first[0].ends))


def ends(one: EndingSoon) -> str:
    """Until when somebody is kept."""
    return _("Kept until %(day)s.", day=day_and_month(one.ends))


def asked(one: EndingSoon) -> str:
    """What was asked of them, and that they said nothing."""
    if one.asked_at is None:
        return _("We could not ask by mail: only you can.")
    return _("Asked by mail on %(day)s, without an answer so far.", day=day_and_month(one.asked_at))


def what_to_do() -> str:
    """What an owner can do about it."""
    return _(
        "Ask whether we may keep their details, and record the answer on their page. Without an answer the details go "
        "on that day by themselves."
    )


def more(found: RetentionWarning) -> str:
    """How many are not named."""
    return ngettext("And %(num)d more.", "And %(num)d more.", found.others) if found.others else ""
