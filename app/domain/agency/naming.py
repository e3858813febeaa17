"""How names sort and shorten: Dutch prefixes step aside for the main part."""

PREFIXES = frozenset(
    ("van", "de", "der", "den", "het", "'t", "ten", "ter", "te", "von", "la", "le", "el", "al", "di", "du", "op", "in")
)
LONGEST = 160


def sort_name(name: str) -> str:
    """The main part first, as Dutch lists sort: 'Jan van der Berg' is 'berg, jan van der'.

    It can be longer than the name (a comma is added, ß becomes ss), and is cut to what a column holds.
    """
    words = name.split()
    for at, word in enumerate(words[1:], 1):
        if word.lower() not in PREFIXES:
            return f"{' '.join(words[at:])}, {' '.join(words[:at])}".casefold()[:LONGEST]
    return name.casefold()[:LONGEST]


def sort_name_of(given: str, prefix: str, family: str) -> str:
    """The same when somebody told the parts apart: no word of the family name is taken for a prefix."""
    before = " ".join(filter(None, (given, prefix)))
    return (f"{family}, {before}" if before else family).casefold()[:LONGEST]


def initials(name: str) -> str:
    """From the first and the main part: 'Jan van der Berg' is JB."""
    words = [word for word in name.split() if word.lower() not in PREFIXES]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"
