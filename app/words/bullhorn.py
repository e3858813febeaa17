"""What is said of Bullhorn and Carerix: how it goes with them, and why a record became nothing here."""

from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.language import gettext as _

BRINGS_NOTES = "flask import-bullhorn"
"""What whoever looks after the server types when notes are missing."""


def record_label(row: BullhornRecord) -> str:
    """What it is there, by its number."""
    return {
        Entity.CANDIDATE: _("Candidate %(number)s", number=row.number),
        Entity.NOTE: _("Note %(number)s", number=row.number),
        Entity.SUBMISSION: _("Submission %(number)s", number=row.number),
        Entity.PLACEMENT: _("Placement %(number)s", number=row.number),
    }[Entity(row.entity)]


def shared_name(row: BullhornRecord) -> str:
    """What all are called that became nothing for the same reason, when that is the reason; else empty."""
    return row.name if row.reason == Reason.UNKNOWN_KIND else ""


def reason_sentence(row: BullhornRecord) -> str:
    """Why it became nothing, and what one can do."""
    reason = Reason(row.reason)
    if reason is Reason.UNKNOWN_RECRUITER:
        return _unknown_recruiter(row.who)
    if reason is Reason.MISSING:
        return _missing(row)
    if reason is Reason.IN_THE_FUTURE:
        return _in_the_future(waits=row.again_at is not None)
    return (_of_people() | _of_actions()).get(reason) or _fault(row)


def _fault(row: BullhornRecord) -> str:
    if row.again_at:
        return _("Bullhorn could not show it. It is tried again by itself.")
    if row.tries:
        return _("Bullhorn could not show it for a day. Try it again once it can.")
    return _("Something went wrong with it here, and the log says what. Try it again.")


def _missing(row: BullhornRecord) -> str:
    if row.again_at:
        return _(
            "Bullhorn says that it is not there, and did not tell that it was deleted. It is tried again by itself;"
            " until then what it became here stays."
        )
    return _(
        "For a day Bullhorn said that it is not there, and never told that it was deleted. What it became here stays."
        " If it is gone there, decide here what becomes of it."
    )


def _unknown_recruiter(who: str) -> str:
    if not who:
        return _("Bullhorn does not say who wrote it. Give the user an email address there, and try again.")
    return _("Nobody who works here has the address %(who)s. Add them under People, and try again.", who=who)


def _in_the_future(*, waits: bool) -> str:
    if not waits:
        return _("It would happen in the future. Correct its date in Bullhorn.")
    return _(
        "By our clock it has yet to happen. It is looked at again when it has. If its date is wrong, correct it in"
        " Bullhorn."
    )


def _of_people() -> dict[Reason, str]:
    return {
        Reason.UNKNOWN_CANDIDATE: _(
            "Nobody here is this candidate. Unless they were forgotten here: add them with the email address that they"
            " have in Bullhorn, and try again."
        ),
        Reason.NOT_THEIRS: _(
            "Whoever wrote it may not see this candidate here: they are of another branch. Move one of them, and try"
            " again."
        ),
        Reason.SHARED: _(
            "More than one candidate here has this address. Merge them, or add the Bullhorn number to one of them."
        ),
        Reason.ANOTHER_NAME: _(
            "Somebody here has this phone number under another name. If it is them, give them the Bullhorn number."
            " If not, add this candidate here with that number."
        ),
        Reason.SOMEBODY_ELSE: _(
            "Whoever has this number here has another name and other addresses than in Bullhorn. If the number is not"
            " theirs, remove it. If it is, correct the name here, and try again."
        ),
        Reason.GONE_THERE: _(
            "Deleted in Bullhorn and still here. Whether they are to be forgotten here too is for you to decide."
        ),
    }


def _of_actions() -> dict[Reason, str]:
    return {
        Reason.UNKNOWN_KIND: _("What it was mapped to is not logged any more. Map the name to something else."),
        Reason.TOO_OLD: _(
            "It happened more than seven days before we heard of it. Whoever looks after the server can bring it by a"
            " file: %(command)s.",
            command=BRINGS_NOTES,
        ),
        Reason.NO_START: _("It has no first day yet. Fill it in in Bullhorn."),
        Reason.TOLD_HERE: _(
            "It goes on in Bullhorn, and somebody here told otherwise. Tell on the page of the candidate what holds,"
            " and put this away."
        ),
        Reason.CALLED_OFF: _(
            "No longer a placement in Bullhorn, and placed here. Nobody is reminded any more to ask how it goes. Tell"
            " on the page of the candidate what became of it, and put this away."
        ),
        Reason.UNREADABLE: _("It does not have the form that Bullhorn describes."),
        Reason.FORBIDDEN: _("Our user in Bullhorn may not see it. Ask Bullhorn for that right, and try again."),
    }


def fault_sentence(fault: str) -> str:
    """Why the other system was not heard, and what one can do."""
    return {
        "refused": _("It does not let us in. Look at the client id, the secret, the user and the password."),
        "forbidden": _("Our user there may not see what we ask for. Ask for that right there."),
        "busy": _("It has too much to do at the moment. We ask again in a minute."),
        "broken": _("Something is wrong there. We ask again in a minute, and nothing is lost."),
        "silent": _("It did not answer in time. We ask again in a minute, and nothing is lost."),
        "unknown": _("There is no server of this name. Look at the address in the settings."),
        "untrusted": _("The server could not show who it is: its certificate is not valid."),
        "elsewhere": _(
            "It sent us to a server of somebody else, and we did not go. Look at the address in the settings."
        ),
        "other_corporation": _(
            "It answers for another company than the one whose numbers are here, a sandbox perhaps. We take in nothing:"
            " put the settings back, or connect it to an installation of its own."
        ),
        "forgotten": _("It says that it keeps nothing for us any more. We ask for five minutes before we believe it."),
        "unreadable": _("It answered something that is not described. We ask again in a minute."),
    }.get(fault.partition(":")[0], _("It could not be reached. We ask again in a minute, and nothing is lost."))
