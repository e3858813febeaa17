"""Whom an event is about: by the agency's own number, by an address, or by the browser that they use."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.actions.event import Refusal, Sender, Subject
from app.domain.candidates import identity
from app.domain.candidates.identity import Known
from app.domain.journey import visitor


@dataclass
class Circle:
    """Who is known by what while a portion of events is taken in.

    `behind`: who sits behind a browser; `joined`: the browsers whose person named themselves in this portion, each
    with the candidate to whom it belonged until then.
    """

    trusted: bool
    known: Known
    behind: dict[str, int]
    joined: dict[str, int] = field(default_factory=dict)

    @property
    def everybody(self) -> set[int]:
        """Whoever may be meant."""
        return {*self.known.by_external_id.values(), *self.behind.values()}.union(*self.known.by_address.values())

    def who(self, subject: Subject) -> int | Refusal | None:
        """The candidate; None when it is a visitor whom nobody introduced yet.

        Only a trusted sender names people; whom it names and we do not know is nobody whom we know by their browser.
        """
        if self.trusted and subject.is_named:
            found = self.named(subject)
            is_stranger = found is Refusal.UNKNOWN_CANDIDATE and subject.anonymous_id
            return None if is_stranger and subject.anonymous_id not in self.behind else found
        if not subject.anonymous_id:
            return Refusal.NO_CANDIDATE
        return self.behind.get(subject.anonymous_id)

    def named(self, subject: Subject) -> int | Refusal:
        """By the agency's own number, else the only one with the address; a shared one is whoever uses the browser."""
        if subject.external_id in self.known.by_external_id:
            return self.known.by_external_id[subject.external_id]
        sharing = self.known.by_address.get(subject.email, set()) or self.known.by_address.get(subject.phone, set())
        if len(sharing) > 1:
            one = self.behind.get(subject.anonymous_id)
            return one if one in sharing else Refusal.AMBIGUOUS
        return next(iter(sharing), Refusal.UNKNOWN_CANDIDATE)

    def learn(self, subject: Subject, candidate_id: int) -> None:
        """Somebody new is known by their number and addresses from here on."""
        if subject.external_id:
            self.known.by_external_id[subject.external_id] = candidate_id
        for address in filter(None, (subject.email, subject.phone)):
            self.known.by_address.setdefault(address, set()).add(candidate_id)

    def meet(self, subject: Subject, candidate_id: int) -> None:
        """A trusted sender named who sits behind a browser: it is theirs from here on."""
        key = subject.anonymous_id
        if self.trusted and key and subject.is_named and self.behind.get(key) != candidate_id:
            self.joined.setdefault(key, self.behind.get(key, candidate_id))
            self.behind[key] = candidate_id


def circle(sender: Sender, subjects: Iterable[Subject]) -> Circle:
    """Look up everybody whom some hundreds of events may be about."""
    given = list(subjects)
    known = identity.find_known(
        {each.external_id for each in given if each.external_id and sender.trusted},
        {address for each in given for address in (each.email, each.phone) if address and sender.trusted},
    )
    return Circle(sender.trusted, known, visitor.behind({each.anonymous_id for each in given if each.anonymous_id}))
