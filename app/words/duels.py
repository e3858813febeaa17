"""How a pair stands in words: in which round somebody meets whom, and who of the two is ahead or won."""

from app.domain.game.competing.competition import Format
from app.language import gettext as _
from app.words.days import capital


def own_duel(format_: str, name: str, ahead: int, *, over: bool) -> str:
    """How somebody's own pair stands; without a name they are left over.

    `ahead` is 1 where they are ahead themselves, or won when it is `over`, -1 where the other is, 0 at a tie.
    """
    if not name and format_ == Format.BRACKET:
        return _("You meet nobody in this round, and go on")
    name = name or _("the middle of all")
    if not ahead:
        return _("Equal with %(name)s", name=name)
    if ahead > 0:
        return _("You beat %(name)s", name=name) if over else _("You are ahead of %(name)s", name=name)
    return _("%(name)s won", name=capital(name)) if over else _("%(name)s is ahead", name=capital(name))


def round_name(number: int, rounds: int) -> str:
    """As Kwartfinale, by how many rounds are still to come; `number` is from nought."""
    left = rounds - number
    return {1: _("Final"), 2: _("Semi-finals"), 3: _("Quarter-finals")}.get(
        left, _("Round %(number)s", number=number + 1)
    )
