"""The ways to a candidate as a page shows them: a button with its message, or in words why it has to rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.actions.channel_choice import Choice, ChoiceState, choices
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.message_link import TAKES_TEXT
from app.domain.scoring.contact_next import NextUp
from app.language import gettext as _
from app.words.candidates import channel_name
from app.words.days import from_moment
from app.words.messages import Prepared, prepared
from app.words.occasions import occasions_of


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
    def is_open(self) -> bool:
        return not self.closed

    @property
    def href(self) -> str | None:
        return None if self.closed else self.prepared.href

    @property
    def to_copy(self) -> str:
        """The message, where the link cannot take it along."""
        return "" if self.closed or self.channel in TAKES_TEXT else self.prepared.text


def ways_of(
    person: Person, next_up: NextUp, chosen: Sequence[Choice] | None = None, *, most: int | None = None
) -> tuple[Ready, ...]:
    """Every channel of somebody with a place in the ranking, which tells the occasion; `chosen` when that is known."""
    them, now = next_up.candidate, next_up.asked_at
    found = choices(them, now) if chosen is None else chosen
    return ready(person, them, found, occasions_of(next_up), now, most=most)


def ready(
    person: Person,
    candidate: Candidate,
    chosen: Sequence[Choice],
    occasions: Sequence[str],
    now: datetime,
    *,
    most: int | None = None,
) -> tuple[Ready, ...]:
    """Every channel, or the first few, with its message or why it has to rest, in the order of the choices."""
    return tuple(
        Ready(one, prepared(one, person, candidate, occasions), closed_sentence(one, now), _hint(one, chosen))
        for one in chosen[:most]
    )


def aligned(next_up: NextUp, ways: Iterable[Choice | Ready]) -> NextUp:
    """The same with the channel that is best now, so that "Bel Bram" is never said beside another button."""
    best = next((one.channel for one in ways if one.is_open), None)
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


def _hint(choice: Choice, chosen: Sequence[Choice]) -> str:
    if not choice.suggested:
        return ""
    tried = next(one for one in chosen[1:] if one.is_open)
    return _(
        "The last %(num)s attempts by %(tried)s went unanswered: try %(channel)s.",
        num=tried.unanswered,
        tried=channel_name(tried.channel),
        channel=channel_name(choice.channel),
    )
