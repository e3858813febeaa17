"""Messages that are ready to be sent: the agency's phrase for the occasion, in the candidate's language and form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.actions.channel_choice import Choice, ChoiceState
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.message_link import message_link
from app.domain.program import phrasebook
from app.domain.program.phrase import Said
from app.domain.program.phrase_text import fill
from app.domain.program.program import the_program
from app.domain.scoring.contact_next import NextUp
from app.language import gettext as _
from app.words.candidates import channel_name
from app.words.days import from_moment
from app.words.own import language_of
from app.words.reasons import given_name


@dataclass(frozen=True, slots=True)
class Prepared:
    """What can be sent, and the link that opens the channel with it; a link to a phone or a profile takes no text."""

    subject: str
    text: str
    href: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A channel as a page shows it: a button when `closed` is empty, else these words. `hint`: why we suggest it."""

    choice: Choice
    prepared: Prepared
    closed: str
    hint: str

    @property
    def channel(self) -> Channel:
        return self.choice.channel

    @property
    def href(self) -> str | None:
        return None if self.closed else self.prepared.href


def ready(
    person: Person, candidate: Candidate, choices: Sequence[Choice], occasions: Sequence[str], now: datetime
) -> tuple[Ready, ...]:
    """Every channel with its message or with why it has to rest, in the order of the choices."""
    return tuple(
        Ready(one, prepared(one, person, candidate, occasions), closed_sentence(one, now), _hint(one, choices))
        for one in choices
    )


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
    """All phrases of the program."""
    program = the_program()
    return phrasebook.all_of(program.id) if program else ()


def aligned(next_up: NextUp, choices: Sequence[Choice]) -> NextUp:
    """The same with the channel that is best now, so that "Bel Bram" is never said beside another button."""
    best = next((one.channel for one in choices if one.is_open), None)
    return replace(next_up, channel=best)


def closed_sentence(choice: Choice, now: datetime) -> str:
    """Why a channel is no button now; empty when it is one."""
    if choice.state == ChoiceState.OPEN:
        return ""
    if choice.state == ChoiceState.QUIET:
        return _quiet(choice, now)
    return {
        ChoiceState.NO_CONSENT: _("no consent"),
        ChoiceState.OPTED_OUT: _("does not want this"),
        ChoiceState.TEMPLATE_ONLY: _("only with an approved template: they last wrote more than 24 hours ago"),
        ChoiceState.INVALID: _("does not work"),
    }[choice.state]


def _quiet(choice: Choice, now: datetime) -> str:
    if choice.opens_at is None:
        return _("not at this time")
    zone = the_zone()
    moment = from_moment(choice.opens_at.astimezone(zone), now.astimezone(zone).date())
    return _("not at this time; again from %(moment)s", moment=moment)


def _hint(choice: Choice, choices: Sequence[Choice]) -> str:
    if not choice.suggested:
        return ""
    tried = next(one for one in choices[1:] if one.is_open)
    return _(
        "The last %(num)s attempts by %(tried)s went unanswered: try %(channel)s.",
        num=tried.unanswered,
        tried=channel_name(tried.channel),
        channel=channel_name(choice.channel),
    )
