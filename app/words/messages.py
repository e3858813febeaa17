"""Messages that are ready to be sent: the agency's phrase for the occasion, in the candidate's language and form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.actions.channel_choice import Choice
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.message_link import message_link
from app.domain.program import phrasebook
from app.domain.program.phrase import Said
from app.domain.program.phrase_text import fill
from app.domain.program.program import the_program
from app.words.own import language_of
from app.words.reasons import given_name


@dataclass(frozen=True, slots=True)
class Prepared:
    """What can be sent, and the link that opens the channel with it; a link to a phone or a profile takes no text."""

    subject: str
    text: str
    href: str | None
    language: str


def prepared(choice: Choice, person: Person, candidate: Candidate, occasions: Sequence[str]) -> Prepared:
    """The message for the first of the occasions that has one."""
    language = language_of(candidate)
    if choice.channel == Channel.PHONE:
        return Prepared("", "", choice.href, language)
    occasions = [*occasions, ""] if "" not in occasions else occasions
    found = phrasebook.message_for(said(), occasions, choice.channel, language)
    subject, text = spoken(found, person, candidate) if found else ("", "")
    return Prepared(subject, text, message_link(choice.channel, choice.address, subject, text), language)


def spoken(phrase: Said, person: Person, candidate: Candidate) -> tuple[str, str]:
    """The subject and the text of a phrase for one candidate, from one recruiter."""
    facts = facts_of(given_name(candidate)) | {"recruiter": person.name}
    formal = is_formal(phrase.language)
    return fill(phrase.subject, facts, formal=formal), fill(phrase.text, facts, formal=formal)


def facts_of(name: str) -> dict[str, str]:
    """What a phrase may name, but for who says it."""
    agency, program = the_agency(), the_program()
    return {
        "given_name": name,
        "agency": agency.name if agency else "",
        "program": program.name if program else "",
    }


def is_formal(language: str) -> bool:
    """Whether candidates are addressed as u; English has one form."""
    agency = the_agency()
    return language == "nl" and agency is not None and agency.address_form == "u"


def said() -> Iterable[Said]:
    """All phrases of the program; before there is one, what it will start with."""
    return phrasebook.all_of(the_program())
