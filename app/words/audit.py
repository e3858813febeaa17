"""What the audit log says happened: a sentence for every code, in groups."""

from collections.abc import Mapping
from functools import cache

from app.language import current
from app.language import gettext as _


def labels() -> Mapping[str, str]:
    """A sentence for every code."""
    return _labels(current())


@cache
def _labels(_language: str) -> Mapping[str, str]:
    """They are many, and asked for by row."""
    return {code: said for codes in by_group().values() for code, said in codes.items()}


def by_group() -> Mapping[str, Mapping[str, str]]:
    """The same, by the groups among which one can choose."""
    return {
        "signing_in": _signing_in(),
        "people": _people(),
        "candidates": _candidates(),
        "settings": _settings(),
        "connections": _connections(),
        "game": _game(),
    }


def group_labels() -> Mapping[str, str]:
    """What each group is called."""
    return {
        "signing_in": _("Signing in"),
        "people": _("People and roles"),
        "candidates": _("Data of candidates"),
        "settings": _("Settings and rules"),
        "connections": _("Connections, screens and mail"),
        "game": _("Points, competitions and money"),
    }


def _signing_in() -> dict[str, str]:
    return {
        "signed_in": _("Somebody signed in"),
        "signed_out": _("Somebody signed out"),
        "sign_in.refused": _("A password was wrong"),
        "sign_in.limit": _("So many wrong passwords that trying has to wait"),
        "link.asked": _("A link by mail was asked for"),
        "password.changed": _("Somebody changed their password"),
        "password.chosen": _("Somebody chose a new password by a link"),
        "factor.app_added": _("Codes of an app were added to signing in"),
        "factor.app_ended": _("Codes of an app are asked for no more"),
        "factor.passkey_added": _("A passkey was added"),
        "factor.passkey_ended": _("A passkey was removed"),
        "factor.codes_made": _("New recovery codes were made"),
        "factor.code_used": _("A recovery code was used"),
        "factor.outside_linked": _("The account at the agency was linked"),
        "factor.outside_ended": _("The account at the agency was unlinked"),
        "outside.refused": _("Signing in with the account at the agency was refused"),
        "factor.taken_away": _("The second factors of somebody were taken away"),
        "second.refused": _("A code of a second step was wrong"),
        "factor.guessed": _("So many wrong codes of a second step that trying has to wait"),
        "session.ended": _("Somebody signed out one of their browsers"),
        "session.others_ended": _("Somebody signed out their other browsers"),
        "session.all_ended": _("Somebody was signed out everywhere by an administrator"),
        "token.made": _("Somebody made a token for software of their own"),
        "token.ended": _("A token of software was ended"),
        "calendar_link.made": _("Somebody made a link for their calendar"),
        "calendar_link.ended": _("Somebody ended the link for their calendar"),
    }


def _people() -> dict[str, str]:
    return {
        "person.invited": _("Somebody was added and invited"),
        "invitation.sent": _("An invitation was sent again"),
        "invitation.withdrawn": _("An invitation was withdrawn"),
        "invitation.accepted": _("An invitation was accepted"),
        "person.changed": _("The role, team or mail address of somebody was changed"),
        "person.deactivated": _("The access of somebody was taken away"),
        "person.reactivated": _("Somebody was given access again"),
        "contract.changed": _("The working days of somebody were changed"),
        "branch.added": _("A branch was added"),
        "branch.renamed": _("A branch was given another name"),
        "team.added": _("A team was added"),
        "team.renamed": _("A team was given another name"),
    }


def _candidates() -> dict[str, str]:
    return {
        "candidates.exported": _("A file of candidates was asked for"),
        "candidates.fetched": _("A file of candidates was fetched"),
        "candidates.read_on": _("Software read on through the candidates"),
        "candidate_data.opened": _("All that is known of a candidate was opened"),
        "candidate_data.fetched": _("All that is known of a candidate was fetched as a file"),
        "import.uploaded": _("A file with candidates was uploaded"),
        "import.written": _("Candidates were imported"),
        "import.undone": _("An import was undone"),
        "import.removed": _("The file of an import was removed"),
        "import.refused_fetched": _("The rows that an import refused were fetched"),
        "candidates.merged": _("Two candidates were merged"),
        "candidates.merge_undone": _("A merge of candidates was undone"),
        "candidates.handed": _("Candidates were handed to somebody"),
        "candidates.handed_back": _("A change of many candidates was undone"),
        "consent.recorded": _("Consent of a candidate was recorded"),
        "objection.recorded": _("An objection of a candidate was recorded"),
        "candidate.erased": _("A candidate was erased"),
        "candidate_link.made": _("A personal link for a candidate was made"),
        "candidate_link.ended": _("A personal link of a candidate was ended"),
        "retention.ran": _("The terms of privacy were carried out"),
        "actions.fetched": _("The actions of a day were fetched as a file"),
        "own_data.fetched": _("Somebody fetched what is recorded of them"),
        "figures.fetched": _("Figures of the sponsor were fetched as a file"),
        "audit_log.fetched": _("The audit log was fetched as a file"),
    }


def _settings() -> dict[str, str]:
    return {
        "agency.founded": _("Fanfare was set up"),
        "agency.changed": _("Settings of the agency were changed"),
        "factor.rule": _("Who must have a second step was changed"),
        "program.changed": _("Settings of the program were changed"),
        "program.sponsor_changed": _("The sponsor of the program was changed"),
        "works_council.recorded": _("The word of the works council was recorded"),
        "terms.changed": _("The terms of privacy were changed"),
        "points.changed": _("The points of actions were changed"),
        "points.kind_changed": _("A kind of action was added, retired or brought back"),
        "score_rules.published": _("New rules of the score were published"),
        "score_rules.given_up": _("Planned rules of the score were given up"),
        "lab.published": _("A draft of the lab was published"),
        "lab.proposal_asked": _("The lab was asked for a proposal"),
        "leaderboard.changed": _("What the leaderboard shows was changed"),
        "season.changed": _("A season was changed"),
        "block.changed": _("A follow-up block was changed"),
        "closures.changed": _("Closing days were changed"),
        "rhythm.changed": _("The rhythm of contact was changed"),
        "phrases.changed": _("Messages and openings were changed"),
        "library.changed": _("Something to share was changed"),
        "values.changed": _("Values for compliments were changed"),
        "goal.changed": _("A goal was set or given up"),
    }


def _connections() -> dict[str, str]:
    return {
        "connection.added": _("A connection was made"),
        "connection.key_made": _("A connection was given a new key"),
        "connection.key_ended": _("The old key of a connection was ended"),
        "connection.ended": _("A connection was ended"),
        "events.changed": _("The meaning of an event was changed"),
        "bullhorn.asked_again": _("Bullhorn was asked again for what could not be placed"),
        "bullhorn.knocked": _("A password that Bullhorn refused was tried again"),
        "bullhorn.put_away": _("Something of Bullhorn that could not be placed was put away"),
        "vendor.tried_again": _("What waited of a vendor was tried again"),
        "vendor.forgotten": _("What waited of a vendor was forgotten"),
        "touchpoints.uploaded": _("A file with events was uploaded"),
        "touchpoints.imported": _("Events were imported"),
        "provisioning.token_made": _("A token for the identity provider was made"),
        "provisioning.token_ended": _("A token of the identity provider was ended"),
        "outside.changed": _("What the program shows outside was changed"),
        "outside.stood": _("The sponsor said whether they stand on the page for everybody"),
        "screen.made": _("A link for a screen was made"),
        "screen.ended": _("The link of a screen was ended"),
        "screen.returned": _("The link of a screen works again"),
        "webhook.added": _("A webhook was added"),
        "webhook.changed": _("What a webhook is told was changed"),
        "webhook.secret_made": _("A webhook was given a new secret"),
        "webhook.secret_ended": _("The old secret of a webhook was ended"),
        "webhook.turned_off": _("A webhook was turned off"),
        "webhook.turned_on": _("A webhook was turned on"),
        "webhook.removed": _("A webhook was removed"),
        "webhook.replayed": _("Messages of a webhook were sent again"),
        "chat.added": _("A chat was connected"),
        "chat.changed": _("A chat was paused or goes on"),
        "chat.removed": _("A chat was taken off"),
        "mail.address_freed": _("Mail to an address that refused it was allowed again"),
        "mail.tried_again": _("A mail was tried again by hand"),
        "mail.called_off": _("A mail was called off by hand"),
    }


def _game() -> dict[str, str]:
    return {
        "points.adjusted": _("Points of somebody were adjusted"),
        "adjustment.approved": _("An adjustment of points was agreed to"),
        "adjustment.declined": _("An adjustment of points was declined"),
        "actions.decided": _("Actions that waited for a word were decided"),
        "anomaly.settled": _("What stood out was closed"),
        "competition.published": _("A competition was published"),
        "competition.amended": _("A published competition was amended"),
        "competition.cancelled": _("A competition was cancelled"),
        "competition.archived": _("A competition was put away"),
        "competition.final": _("The result of a competition became final, with its draw"),
        "dispute.decided": _("An objection to a result was decided"),
        "result.fetched": _("The result of a competition was fetched as a file"),
        "rewards.decided": _("Requests for rewards were decided"),
        "catalogue.changed": _("The catalogue of rewards was changed"),
        "prize.handed_over": _("A reward or prize was handed over"),
        "prize.let_go": _("A prize that nobody takes was let go"),
        "surprise.given": _("A surprise was given"),
        "budget.made": _("A budget was made"),
        "budget.changed": _("A budget was raised or lowered"),
        "coins.lapse_announced": _("It was announced that coins lapse"),
        "coins.lapse_withdrawn": _("Coins do not lapse after all"),
        "payroll.fetched": _("The file for payroll was fetched"),
        "kudos.hidden": _("A compliment was hidden"),
        "kudos.shown": _("A compliment was shown again"),
    }
