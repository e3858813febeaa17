"""Badges in words: what each is called, what it is for, and what is still missing."""

from collections.abc import Collection

from app.domain.game.recognition.badges import Badge, Progress
from app.language import gettext as _
from app.language import ngettext

ICONS = {
    Badge.BREADTH: "target",
    Badge.KINDNESS: "hand-heart",
    Badge.RESCUE: "file-up",
    Badge.LISTENER: "message-circle",
    Badge.REDEPLOYER: "history",
    Badge.TEAM: "users",
}


def icon_of(badge: Badge) -> str:
    return ICONS[badge]


def badge_name(badge: Badge) -> str:
    """What a badge is called."""
    return {
        Badge.BREADTH: _("All-rounder"),
        Badge.KINDNESS: _("Fair to all"),
        Badge.RESCUE: _("Rescuer"),
        Badge.LISTENER: _("Listener"),
        Badge.REDEPLOYER: _("Door opener"),
        Badge.TEAM: _("Team player"),
    }[badge]


def badge_for(badge: Badge) -> str:
    """For what it is given."""
    return {
        Badge.BREADTH: _("Did everything that earns points at least once."),
        Badge.KINDNESS: _("Told ten candidates where they stand, also when it was a no."),
        Badge.RESCUE: _("Helped five candidates to complete their application."),
        Badge.LISTENER: _("Asked ten candidates how they like to be reached."),
        Badge.REDEPLOYER: _("Found three candidates again who had been silent for 60 days."),
        Badge.TEAM: _("Took part in a competition that the team won."),
    }[badge]


def missing(progress: Progress, kinds: Collection[str]) -> str:
    """What is still to be done; `kinds` are the names of the kinds that are missing."""
    left = progress.needed - progress.have
    if progress.badge is Badge.BREADTH:
        return ngettext("Still missing: %(kinds)s.", "Still missing: %(kinds)s.", left, kinds=", ".join(kinds))
    if progress.badge is Badge.TEAM:
        return _("The next competition of a team is a chance.")
    return ngettext("%(num)d more candidate.", "%(num)d more candidates.", left)
