"""Why a record of Bullhorn's became nothing here."""

from enum import StrEnum

from app.domain.actions.event import Refusal


class Reason(StrEnum):
    """Those of the intake keep their names; UNMAPPED: nobody said what this name means.

    MISSING: there is no such record there, and nobody told that it was deleted.
    ANOTHER_NAME: the phone number is known here under another name. SOMEBODY_ELSE: whoever has the Bullhorn number here
    has neither the name nor an address of whoever has it there. NOT_THEIRS: its author may not see the candidate.
    BEFORE_US: it was begun before we listened, or is over. TOLD_HERE: it goes on there, and somebody here told
    otherwise. CALLED_OFF: no placement there any more, and placed here. FORGOTTEN: whoever it is about was forgotten
    here after it.
    """

    UNMAPPED = "unmapped"
    PASSED = "passed"
    DELETED = "deleted"
    MISSING = "missing"
    NOT_A_CANDIDATE = "not_a_candidate"
    UNREADABLE = "unreadable"
    FORBIDDEN = "forbidden"
    FAULT = "fault"
    SHARED = "ambiguous_candidate"
    ANOTHER_NAME = "another_name"
    SOMEBODY_ELSE = "somebody_else"
    GONE_THERE = "deleted_there"
    UNKNOWN_RECRUITER = str(Refusal.UNKNOWN_RECRUITER)
    UNKNOWN_CANDIDATE = str(Refusal.UNKNOWN_CANDIDATE)
    UNKNOWN_KIND = str(Refusal.UNKNOWN_KIND)
    TOO_OLD = str(Refusal.TOO_OLD)
    IN_THE_FUTURE = str(Refusal.IN_THE_FUTURE)
    NO_START = "no_start"
    BEFORE_US = "before_us"
    TOLD_HERE = "told_here"
    CALLED_OFF = "called_off"
    NOT_THEIRS = "not_theirs"
    FORGOTTEN = "forgotten"


TO_DECIDE = (
    Reason.UNKNOWN_RECRUITER,
    Reason.UNKNOWN_CANDIDATE,
    Reason.SHARED,
    Reason.ANOTHER_NAME,
    Reason.SOMEBODY_ELSE,
    Reason.GONE_THERE,
    Reason.UNKNOWN_KIND,
    Reason.TOO_OLD,
    Reason.IN_THE_FUTURE,
    Reason.NO_START,
    Reason.TOLD_HERE,
    Reason.CALLED_OFF,
    Reason.NOT_THEIRS,
    Reason.UNREADABLE,
    Reason.FORBIDDEN,
    Reason.MISSING,
    Reason.FAULT,
)
"""What somebody may want to do something about."""
WORTH_ANOTHER_TRY = (
    Reason.UNKNOWN_RECRUITER,
    Reason.UNKNOWN_CANDIDATE,
    Reason.SHARED,
    Reason.ANOTHER_NAME,
    Reason.SOMEBODY_ELSE,
    Reason.UNKNOWN_KIND,
    Reason.TOO_OLD,
    Reason.IN_THE_FUTURE,
    Reason.NO_START,
    Reason.TOLD_HERE,
    Reason.CALLED_OFF,
    Reason.NOT_THEIRS,
    Reason.UNREADABLE,
    Reason.FORBIDDEN,
    Reason.MISSING,
    Reason.FAULT,
)
"""Something may have changed here or there since, and be it that a clock was put right."""
FOR_A_NUMBER = (Reason.SHARED, Reason.ANOTHER_NAME, Reason.PASSED)
"""Why a candidate there is nobody here, as long as nobody here has their number."""
FOR_A_MEANING = (Reason.UNMAPPED, Reason.UNKNOWN_KIND)
"""What saying what a name means may help."""
FOR_ANOTHER_MEANING = (*FOR_A_MEANING, Reason.PASSED)
"""The same, when it means something: then what was passed over is so no more."""
