"""Why a card of the queue was passed over, in one sentence: a colleague has them, or they want to be left alone."""

from app.domain.actions.queue_cards import CLAIMED, CONTACTED, Gone
from app.language import gettext as _


def passed_over(gone: Gone) -> str:
    """As "Bram is overgeslagen: Sanne is hiermee bezig."."""
    name = gone.name or _("A candidate")
    if gone.by and gone.reason == CLAIMED:
        return _("%(name)s was passed over: %(colleague)s is busy with this one.", name=name, colleague=gone.by)
    if gone.by and gone.reason == CONTACTED:
        return _("%(name)s was passed over: %(colleague)s has just been in touch.", name=name, colleague=gone.by)
    sentences = {
        CLAIMED: _("%(name)s was passed over: a colleague is busy with this one.", name=name),
        CONTACTED: _("%(name)s was passed over: there has just been contact.", name=name),
        "do_not_contact": _("%(name)s was passed over: they do not want to be contacted any more.", name=name),
        "consent_withdrawn": _("%(name)s was passed over: they do not want to be contacted any more.", name=name),
        "paused": _("%(name)s was passed over: they want to be left alone for a while.", name=name),
        "resting": _("%(name)s was passed over: they want to be left alone for a while.", name=name),
        "just_tried": _("%(name)s was passed over: there has just been contact.", name=name),
        "unanswered": _("%(name)s was passed over: three attempts went unanswered.", name=name),
        "no_channel": _("%(name)s was passed over: there is no address left.", name=name),
        "retention_over": _("A candidate was passed over: the data are not ours to use any more."),
    }
    return sentences.get(gone.reason, _("%(name)s was passed over for now.", name=name))


def done_already(name: str) -> str:
    """For a card that was logged in another tab, or by a press that came twice."""
    return _("%(name)s was logged already; nothing was logged twice.", name=name)
