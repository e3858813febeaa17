"""What is said of events and rows that come in from elsewhere and cannot be taken in, and why."""

from app.domain.actions.event import Fate, Refusal
from app.domain.actions.touchpoint_file import Fault, Problem
from app.domain.journey.touchpoint_kind import KindRole
from app.language import gettext as _


def refusal_sentence(refusal: Refusal) -> str:
    """Why an event was not taken in, and what its sender can do."""
    return {
        Refusal.NOT_AN_EVENT: _("An event must be a JSON object."),
        Refusal.TOO_LARGE: _("An event may be 32 KB at most."),
        Refusal.NO_MESSAGE_ID: _("An event needs a messageId of 1 to 100 characters."),
        Refusal.UNSUPPORTED_TYPE: _("Only track, page, screen, identify, alias and group are taken in."),
        Refusal.NO_NAME: _("A track event needs a name of 1 to 80 characters."),
        Refusal.BAD_TIME: _("The timestamp must be ISO 8601 and after 1990."),
        Refusal.NO_CANDIDATE: _(
            "There is no userId, no email or phone in the traits, and no anonymousId of a browser."
        ),
        Refusal.UNKNOWN_CANDIDATE: _("No candidate has this userId, email or phone. Send an identify first."),
        Refusal.AMBIGUOUS: _("More than one candidate has this email or phone. Send the userId."),
        Refusal.NO_TRAITS: _("A new candidate needs a name or an email in the traits."),
        Refusal.NO_CONSENT: _("Nobody new comes in without their consent. Send “consent”: true in the traits."),
        Refusal.NOT_TRUSTED: _("A browser key tells nothing of people. Let your server send this with its own key."),
        Refusal.TOO_MANY: _("So much waits of visitors whom nobody introduced that no more is kept."),
        Refusal.KEY_IN_BROWSER: _("This key belongs on a server, and a browser sent it. Make a browser key."),
        Refusal.UNKNOWN_RECRUITER: _("Nobody who works here has this mail address."),
        Refusal.UNKNOWN_OUTCOME: _("An action needs an outcome or a kind that exists."),
        Refusal.UNKNOWN_KIND: _("The program has no such action kind."),
        Refusal.TOO_OLD: _("An action can be sent until seven days after it happened."),
        Refusal.IN_THE_FUTURE: _("An action cannot happen in the future."),
        Refusal.DATE_NEEDED: _("This outcome needs a promise_at after the action itself."),
        Refusal.MESSAGE_ID_REUSED: _("This messageId was used for another action."),
    }[refusal]


def fate_label(fate: str) -> str:
    """What became of an event, in a word or two."""
    return (
        {
            Fate.ACCEPTED: _("taken in"),
            Fate.DUPLICATE: _("known already"),
            Fate.WAITING: _("waits"),
            Fate.PASSED: _("passed over"),
            Fate.UNFOLLOWED: _("not kept"),
            Fate.TESTED: _("test arrived"),
        }.get(Fate(fate), "")
        if fate in set(Fate)
        else _("refused")
    )


def fate_tone(fate: str) -> str:
    """The colour of the chip that says so."""
    tones = {Fate.ACCEPTED: "ok", Fate.TESTED: "ok", Fate.WAITING: "info"}
    return tones.get(Fate(fate), "outline") if fate in set(Fate) else "hot"


def fate_sentence(fate: str) -> str:
    """What became of an event and, when it was refused, what to do; nothing where the label says it all."""
    if fate in set(Refusal):
        return refusal_sentence(Refusal(fate))
    return (
        {
            Fate.DUPLICATE: _("It came before, so nothing changed."),
            Fate.WAITING: _(
                "Of a visitor whom we do not know yet. It joins the candidate once your server says who it is."
            ),
            Fate.UNFOLLOWED: _("This candidate does not want to be followed, so what they look at is not kept."),
            Fate.TESTED: _("The connection works. A test is not kept."),
        }.get(Fate(fate), "")
        if fate in set(Fate)
        else ""
    )


def place_label(*, trusted: bool) -> str:
    """Where a key is kept, and what that means, for whoever chooses."""
    if trusted:
        return _("On a server, where it stays secret")
    return _("In the website, where everybody can read it")


def place_name(*, trusted: bool) -> str:
    """The same in two words."""
    return _("server key") if trusted else _("browser key")


def role_label(role: KindRole | str) -> str:
    """What a signal means for contact."""
    return {
        KindRole.INBOUND: _("They turn to us: a message, a call, somebody they refer"),
        KindRole.FORM: _("They send something in, and expect to hear from us"),
        KindRole.VISIT: _("They look at something"),
        KindRole.OTHER: _("Something else"),
    }[KindRole(role)]


def broken_sentence(status: int) -> str:
    """Why a batch as a whole cannot be read."""
    return {
        400: _("The body must be a JSON object: an event, or a list of events in “batch”."),
        401: _("This write key is not known, or it was revoked."),
        403: refusal_sentence(Refusal.KEY_IN_BROWSER),
        413: _("A batch may be 500 KB and 2,500 events at most. Split it."),
    }[status]


def problem_sentence(problem: Problem) -> str:
    """Why a row of a file with touchpoints is refused."""
    return {
        Fault.RAGGED: _("There are fewer cells than columns."),
        Fault.NO_CANDIDATE: _("No candidate has number “%(about)s” in your own system.", about=problem.about),
        Fault.NO_KIND: _("Say in 1 to 80 characters what the candidate did."),
        Fault.BAD_MOMENT: _("“%(about)s” is no date such as 31-12-2026 14:30.", about=problem.about),
        Fault.FUTURE: _("“%(about)s” is in the future.", about=problem.about),
    }[problem.fault]


def columns_sentence(missing: list[str]) -> str:
    """Which columns a file lacks."""
    return _("The first row must name the columns: %(missing)s is missing.", missing=", ".join(missing))


def first_call(base: str, key: str) -> str:
    """A command that sends a first event with a server key."""
    return f"""curl {base}/v1/batch -u {key}: -H "Content-Type: application/json" -d '{{"batch": [
  {{"type": "identify", "messageId": "example-1", "userId": "12345",
   "traits": {{"name": "Bram Jansen", "email": "bram@example.com", "phone": "0612345678", "consent": true}}}},
  {{"type": "track", "messageId": "example-2", "userId": "12345", "event": "Job Viewed",
   "properties": {{"job_title": "Reachtruckchauffeur"}}}}
]}}'"""


def snippet(base: str, key: str) -> str:
    """What goes into the head of a website's pages with a browser key."""
    when = _("when your cookie banner hears a yes, and on every page after it")
    return f"""<script src="{base}/s.js" data-key="{key}" async></script>
<!-- {when}: fanfare("consent", true) -->"""


def provider_name(provider: str) -> str:
    """A mail provider as it calls itself."""
    return {"postmark": "Postmark", "sendgrid": "SendGrid", "mailgun": "Mailgun"}[provider]
