"""The text of a phrase: names in braces are filled in, {je|u} speaks as the agency does; and what it may not say."""

import re
from collections.abc import Mapping

IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
NAMES = {
    "given_name": "given_name",
    "voornaam": "given_name",
    "recruiter": "recruiter",
    "agency": "agency",
    "bureau": "agency",
    "program": "program",
    "programma": "program",
}
WATCHING = re.compile(
    r"""
    \b(?: (?:ik|we|wij)\s+(?:zag(?:en)?|zie(?:n)?|merk(?:te|ten)?|kon(?:den)?\s+zien)\s+(?:\w+\s+)?(?:dat|hoe)
      | (?:zag|zagen|zie|zien|merkte|merkten)\s+(?:ik|we|wij)\s+(?:dat|hoe|je|jou|u)
      | (?:viel|valt)\s+(?:me|mij|ons)\s+op
      | (?:mail|mailtje|bericht|link|nieuwsbrief)\s+(?:hebt\s+|heeft\s+|is\s+)?(?:geopend|aangeklikt|bekeken)
      | (?:site|website|vacatures?|pagina)\s+(?:hebt\s+|heeft\s+)?(?:bezocht|bekeken|bekeek|bezoekt)
      | (?:op|naar)\s+(?:onze|de)\s+(?:site|website)\s+(?:was|waren|keek|geweest|gekeken|rondgekeken|rondkeek|kijkt)
      | (?:was|waren|keek|kijkt|surfte)\s+(?:\w+\s+)?(?:op|naar)\s+(?:onze|de)\s+(?:site|website|vacature)
      | (?:I|we)(?:\s+have|\s+can|['\u2019]ve)?\s+(?:saw|seen|see|notice[ds]?)\s+
        (?:that|how|you['\u2019]?(?:ve|re)?\s+(?:are|were|have|looked|visited|opened|clicked|viewed|browsed))
      | (?:opened|clicked|viewed|visited|looked\s+at|looking\s+at|browsed|browsing)\s+(?:on\s+)?(?:our|the|my|this)\s+
        (?:e-?mail|mail|message|link|site|website|page|job|vacanc|newsletter)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""How one gives away that somebody was watched; what they told us themselves is no watching."""


def fill(text: str, facts: Mapping[str, str], *, formal: bool) -> str:
    """The text for one candidate; a name that nobody knows stays as it was typed."""

    def _said(found: re.Match[str]) -> str:
        inner = found[1]
        if inner.count("|") == 1:
            informal, _bar, polite = inner.partition("|")
            return polite if formal else informal
        name = NAMES.get(inner.strip().lower())
        return facts.get(name, found[0]) if name else found[0]

    return IN_BRACES.sub(_said, text)


def unknown_names(text: str) -> list[str]:
    """What stands in braces and means nothing to us, each once."""
    found = (inner for inner in IN_BRACES.findall(text) if inner.count("|") != 1)
    return list(dict.fromkeys(inner for inner in found if inner.strip().lower() not in NAMES))


def reveals_watching(text: str) -> str:
    """The words that tell somebody that we saw what they did; empty when there are none."""
    found = WATCHING.search(" ".join(text.split()))
    return found[0] if found else ""
