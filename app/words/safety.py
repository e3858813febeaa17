"""Words of signing in safely: who must, and what happened to what somebody signs in with."""

from app.domain.agency.factors import Rule
from app.domain.notices.safety import Change
from app.language import gettext as _


def rule_label(rule: Rule) -> str:
    """Who must have a second factor, as a choice."""
    return {
        Rule.FREE: _("nobody: everybody chooses for themselves"),
        Rule.MANAGERS: _("team leads, the sponsor and administrators"),
        Rule.EVERYBODY: _("everybody"),
    }[rule]


def happened(change: str) -> str:
    """What happened to whose account it is, as a sentence."""
    return {
        Change.APP_ADDED: _("From now on you are asked for a code of the app on your telephone when you sign in."),
        Change.APP_ENDED: _("You are no longer asked for a code of the app on your telephone when you sign in."),
        Change.PASSKEY_ADDED: _("A passkey was added with which you can sign in."),
        Change.PASSKEY_ENDED: _("A passkey was removed: you can no longer sign in with it."),
        Change.CODES_MADE: _("New codes on paper were made; the old ones work no more."),
        Change.CODE_USED: _("Somebody signed in with one of your codes on paper; it works no more."),
        Change.TAKEN_AWAY: _(
            "An administrator of your agency took away the second step of your signing in. You are signed out"
            " everywhere."
        ),
        Change.OUTSIDE_LINKED: _(
            "An account of your agency was linked: whoever proves there to be you is let in here."
        ),
        Change.OUTSIDE_ENDED: _(
            "The link with an account of your agency was ended: you can no longer sign in with it."
        ),
        Change.PASSWORD: _("Your password was changed."),
        Change.GUESSED: _(
            "Somebody who knows your password typed ten wrong codes for your second step. Nobody was let in, and codes"
            " have to wait for an hour."
        ),
        Change.TOKEN_MADE: _("A token was made with which software may act for you, until it ends."),
    }[Change(change)]


def headline(change: str, program: str) -> str:
    """What a mail about it is called."""
    if change == Change.GUESSED:
        return _("Somebody tries to sign in to %(program)s as you", program=program)
    if change == Change.TOKEN_MADE:
        return _("Software may act for you in %(program)s", program=program)
    return _("How you sign in to %(program)s was changed", program=program)
