"""What names in Bullhorn mean as long as the agency says nothing else: only those that can mean one thing."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.outcome import Outcome
from app.domain.journey.application import ApplicationState

Names = Mapping[str | None, tuple[str, ...]]


class Step(StrEnum):
    """Where a status has an application go; OFF: whoever was placed does not begin, or works there no longer."""

    IN_PROCEDURE = str(ApplicationState.IN_PROCEDURE)
    INTERVIEWED = str(ApplicationState.INTERVIEWED)
    REJECTED = str(ApplicationState.REJECTED)
    WITHDRAWN = str(ApplicationState.WITHDRAWN)
    PLACED = str(ApplicationState.PLACED)
    OFF = "off"


NOTES: Names = MappingProxyType(
    {
        Outcome.SPOKE: (
            "Outbound Call",
            "Inbound Call",
            "Phone Call",
            "Call",
            "Prescreen",
            "Gesproken",
            "Telefonisch gesproken",
            "Telefoongesprek",
        ),
        Outcome.NO_ANSWER: (
            "Left Message",
            "No Answer",
            "Geen gehoor",
            "Niet bereikt",
            "Voicemail ingesproken",
        ),
        Outcome.MESSAGE_SENT: (
            "Email",
            "Text",
            "Text Message",
            "SMS",
            "WhatsApp",
            "LinkedIn",
            "E-mail",
            "E-mail verstuurd",
            "Mail verstuurd",
            "Sms verstuurd",
            "WhatsApp verstuurd",
        ),
        Outcome.APPOINTMENT: ("Appointment", "Afspraak", "Afspraak gemaakt"),
        None: ("Other", "Overig"),
    }
)
SUBMISSIONS: Names = MappingProxyType(
    {
        Step.IN_PROCEDURE: (
            "Submitted",
            "Internally Submitted",
            "Internal Submission",
            "Client Submission",
            "Submitted to Client",
            "CV Sent",
            "Shortlisted",
            "Interview Requested",
            "Interview Scheduled",
            "Offer Extended",
            "Offer Accepted",
            "In procedure",
            "Voorgesteld",
            "Voorgesteld aan klant",
            "Voorgesteld bij klant",
            "CV verstuurd",
            "Gesprek gepland",
            "Gesprek ingepland",
            "Aanbod gedaan",
            "Aanbod geaccepteerd",
        ),
        Step.INTERVIEWED: (
            "Interviewed",
            "Interview Completed",
            "Interview Held",
            "Gesprek gehad",
            "Gesprek gevoerd",
            "Op gesprek geweest",
        ),
        Step.REJECTED: (
            "Rejected",
            "Client Rejected",
            "Rejected by Client",
            "Client Declined",
            "Sales Rep Rejected",
            "Afgewezen",
            "Afgewezen door klant",
            "Afgewezen door opdrachtgever",
        ),
        Step.WITHDRAWN: (
            "Withdrawn",
            "Candidate Withdrew",
            "Candidate Withdrawn",
            "Candidate Declined",
            "Candidate Not Interested",
            "Offer Declined",
            "Offer Rejected",
            "Teruggetrokken",
            "Kandidaat teruggetrokken",
            "Kandidaat trekt zich terug",
            "Aanbod geweigerd",
        ),
        None: ("Placed", "Geplaatst"),
    }
)
"""An interview that is planned was not held. That somebody is placed is told by the placement, with its first day."""
PLACEMENTS: Names = MappingProxyType(
    {
        Step.PLACED: ("Approved", "Active", "Completed", "Goedgekeurd", "Actief", "Geplaatst"),
        Step.OFF: ("Cancelled", "Canceled", "Terminated", "Geannuleerd", "Voortijdig beëindigd"),
    }
)
"""Submitted and Rejected are for each agency to say: with approval or without, they are another thing."""
ALL: Mapping[Entity, Names] = MappingProxyType(
    {Entity.NOTE: NOTES, Entity.SUBMISSION: SUBMISSIONS, Entity.PLACEMENT: PLACEMENTS}
)
STEPS: Mapping[Entity, tuple[Step, ...]] = MappingProxyType(
    {
        Entity.SUBMISSION: (Step.IN_PROCEDURE, Step.INTERVIEWED, Step.REJECTED, Step.WITHDRAWN),
        Entity.PLACEMENT: (Step.PLACED, Step.OFF),
    }
)
"""What a status can be taken for."""
