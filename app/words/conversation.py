"""What to begin a conversation with: the agency's own sentences, which never tell what the score has seen."""

from app.domain.program import phrasebook
from app.domain.program.phrase_text import fill
from app.domain.scoring.contact_next import NextUp
from app.language import current
from app.words.messages import facts_of, said
from app.words.occasions import occasions_of
from app.words.reasons import given_name

MOST = 3


def talking_points(next_up: NextUp) -> list[str]:
    """At most three ways to begin, in the recruiter's language; what the candidate expects comes first."""
    facts = facts_of(given_name(next_up.candidate))
    found = phrasebook.openings_for(said(), occasions_of(next_up), current())
    return [fill(each.text, facts, formal=False) for each in found[:MOST]]
