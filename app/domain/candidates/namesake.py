"""Whether two names may be one person's: words such as "van" and "de", which half of the country has, say nothing."""

from app.domain.agency.naming import PREFIXES
from app.domain.candidates.folding import fold


def is_same(one: str, other: str) -> bool:
    """Whether they are the same name, or have the first word and the last one of it in common."""
    if fold(one) == fold(other):
        return bool(one.strip())
    mine, theirs = _words(one), _words(other)
    return len(mine) > 1 and len(theirs) > 1 and (mine[0], mine[-1]) == (theirs[0], theirs[-1])


def is_akin(one: str, other: str) -> bool:
    """Whether they have a word in common: a household shares its phone, a person seldom changes every name."""
    return bool({*_words(one)} & {*_words(other)})


def _words(name: str) -> list[str]:
    """As people say it, also when it is written "Vries, Jan de"."""
    family, _, given = name.partition(",")
    words = fold(f"{given} {family}").replace(",", " ").replace("-", " ").split()
    return [word for word in words if word not in PREFIXES]
