"""Addresses of other servers as people type them: plain https to a host by its name, and nothing else."""

import re

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = rf"(?=[a-z0-9.-]{{4,253}}(?:[:/?]|\Z))(?:{LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?"
TYPED = re.compile(rf"https://{HOST}(?::[1-9][0-9]{{0,4}})?(?:[/?][!$-;=?-\[\]_a-z~]*)?", re.IGNORECASE)
"""A host by its name, whose last part begins with a letter: no number, no user before an @, no backslash, no #."""
LONGEST = 2_000


def is_plain(url: str) -> bool:
    """Whether something may be sent there as far as can be read; where the name leads is looked at when it is."""
    return len(url) <= LONGEST and TYPED.fullmatch(url) is not None
