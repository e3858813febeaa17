"""What a token may, in words."""

from app.domain.agency.api_token import Scope
from app.language import gettext as _


def scope_label(scope: str) -> str:
    """What a scope opens."""
    return {
        Scope.CANDIDATES_READ: _("read candidates, and how they want to be reached"),
        Scope.CANDIDATES_WRITE: _("add and change candidates"),
        Scope.TOUCHPOINTS_READ: _("read what candidates did"),
        Scope.TOUCHPOINTS_WRITE: _("tell what candidates did, and take it back"),
        Scope.ACTIONS_READ: _("read actions and promises"),
        Scope.ACTIONS_WRITE: _("log actions, and take them back"),
        Scope.BOARDS_READ: _("read the leaderboard and competitions"),
        Scope.REWARDS_READ: _("read the rewards, your coins, and the requests that you may see"),
        Scope.REWARDS_WRITE: _("ask for rewards, and cancel that"),
        Scope.FIGURES_READ: _("read the figures of the sponsor's page"),
    }[Scope(scope)]


def scopes_line(scopes: str) -> str:
    """What a token may, in one line."""
    return "; ".join(scope_label(scope) for scope in scopes.split())


def first_call(base: str, token: str) -> str:
    """A command that shows that a token works."""
    return f'curl -H "Authorization: Bearer {token}" "{base}/candidates?limit=5"'
