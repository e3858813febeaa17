"""What the telling columns of the tables about staff are called, and their codes in words."""

from collections.abc import Mapping
from types import MappingProxyType

from app.language import lazy_gettext as _l

COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "person": {"name": _l("Name"), "email": _l("Mail address"), "role": _l("Role"), "joined_on": _l("Since")},
        "appearance": {"choice": _l("Choice"), "chosen_at": _l("When")},
        "rules_read": {"number": _l("Edition"), "read_at": _l("When")},
        "unsubscription": {"kind": _l("What"), "way": _l("In which way"), "at": _l("When")},
        "delivery_choice": {"away_until": _l("Away until"), "changed_at": _l("When")},
        "chat_target": {"label": _l("Name"), "service": _l("Service"), "made_at": _l("Made")},
        "sign_in_session": {"agent": _l("Browser"), "created_at": _l("Since"), "seen_at": _l("Last used")},
        "invitation": {"created_at": _l("Made"), "expires_at": _l("Works until"), "accepted_at": _l("Used")},
        "sign_in_link": {"made_at": _l("Made"), "expires_at": _l("Works until"), "used_at": _l("Used")},
        "sign_in_step": {"made_at": _l("Begun"), "expires_at": _l("Works until")},
        "authenticator": {"made_at": _l("Made"), "confirmed_at": _l("In use since")},
        "recovery_code": {"made_at": _l("Made"), "used_at": _l("Used")},
        "passkey": {"name": _l("Name"), "made_at": _l("Made"), "used_at": _l("Last used")},
        "outside_account": {"issuer": _l("Where"), "linked_at": _l("Linked"), "used_at": _l("Last used")},
        "api_token": {
            "name": _l("Name"),
            "scopes": _l("What it may"),
            "created_at": _l("Made"),
            "expires_at": _l("Works until"),
            "minute": _l("Last used"),
            "ended_at": _l("Ended"),
        },
        "idempotency_key": {"at": _l("When"), "status": _l("What came of it")},
        "audit_entry": {"at": _l("When"), "what": _l("What"), "agent": _l("Browser")},
        "calendar_feed": {"made_at": _l("Made"), "fetched_at": _l("Last used")},
        "log_link": {"candidate_id": _l("Candidate"), "made_at": _l("Made"), "expires_at": _l("Works until")},
        "engagement_action": {
            "recorded_at": _l("Noted"),
            "kind_id": _l("What"),
            "candidate_id": _l("Candidate"),
            "points": _l("Points"),
            "undone_at": _l("Undone"),
        },
        "verification": {
            "candidate_id": _l("Candidate"),
            "owing": _l("Points on proof"),
            "evidence": _l("Proof"),
            "verified_at": _l("When"),
            "declined_at": _l("Not confirmed"),
        },
        "contact_start": {"candidate_id": _l("Candidate"), "settled_at": _l("Settled")},
        "award_day": {"local_date": _l("Day"), "kind_id": _l("What"), "actions": _l("Actions")},
        "ledger_entry": {
            "occurred_at": _l("When"),
            "action_kind_id": _l("What"),
            "candidate_id": _l("Candidate"),
            "points": _l("Points"),
        },
        "adjustment": {
            "made_at": _l("When"),
            "points": _l("Points"),
            "reason": _l("Reason"),
            "decision": _l("Decision"),
            "decided_at": _l("Decided"),
        },
        "standing": {
            "period": _l("Period"),
            "period_start": _l("From"),
            "points": _l("Points"),
            "actions": _l("Actions"),
            "helped": _l("Candidates"),
            "verified": _l("Proven"),
            "available_days": _l("Days"),
        },
        "coin_entry": {"recorded_at": _l("When"), "kind": _l("What"), "coins": _l("Coins")},
        "coin_balance": {"balance": _l("To spend"), "owed": _l("Still owed")},
        "contract": {"valid_from": _l("From"), "weekdays": _l("Days")},
        "absence": {"first": _l("First day"), "last": _l("Last day")},
        "block": {
            "from_week": _l("From"),
            "weekday": _l("Day"),
            "starts": _l("Begins at"),
            "minutes": _l("Length in minutes"),
        },
        "block_move": {"week": _l("Week of"), "starts_at": _l("Moved to"), "minutes": _l("Length in minutes")},
        "block_week": {"week": _l("Week of"), "state": _l("State"), "actions": _l("Actions")},
        "shown_list": {"shown_at": _l("When"), "surface": _l("Where"), "pool_size": _l("Candidates to choose from")},
        "queue": {"started_at": _l("Begun"), "minutes": _l("Length in minutes"), "ended_at": _l("Ended")},
        "segment": {"name": _l("Name"), "shared": _l("Shared"), "created_at": _l("Made")},
        "promise": {
            "made_at": _l("Made"),
            "candidate_id": _l("Candidate"),
            "kept_at": _l("Kept"),
            "withdrawn_at": _l("Withdrawn"),
        },
        "recovery": {"candidate_id": _l("Candidate"), "due_at": _l("Planned for")},
        "time_offer": {
            "candidate_id": _l("Candidate"),
            "minutes": _l("Length in minutes"),
            "expires_at": _l("Works until"),
        },
        "notice": {"at": _l("When"), "kind": _l("What"), "read_at": _l("Read")},
        "alert": {"raised_at": _l("When"), "kind": _l("What"), "state": _l("State")},
        "outbox": {"sent_at": _l("Sent"), "kind": _l("What"), "state": _l("State")},
        "feed_item": {"happened_at": _l("When"), "points": _l("Points"), "withdrawn_at": _l("Taken back")},
        "reaction": {"given_at": _l("When"), "sign": _l("Sign")},
        "competition_entrant": {
            "invited_at": _l("Invited"),
            "joined_at": _l("Takes part from"),
            "declined_at": _l("Declined"),
        },
        "raffle_ticket": {"tickets": _l("Tickets")},
        "raffle_draw": {"drawn_at": _l("When"), "ticket": _l("Ticket")},
        "competition_dispute": {
            "opened_at": _l("When"),
            "reason": _l("Reason"),
            "answer": _l("Answer"),
            "decided_at": _l("Decided"),
        },
        "redemption": {
            "requested_at": _l("When"),
            "price": _l("Coins"),
            "cents": _l("Value"),
            "state": _l("State"),
        },
        "redemption_move": {"moved_at": _l("When"), "state": _l("State"), "note": _l("Reason")},
        "prize_award": {
            "won_at": _l("Won"),
            "cents": _l("Value"),
            "handed_at": _l("Handed over"),
            "declined_at": _l("Declined"),
        },
        "surprise": {
            "given_at": _l("When"),
            "text": _l("Words"),
            "cents": _l("Value"),
            "handed_at": _l("Handed over"),
        },
        "kudos": {"given_at": _l("When"), "text": _l("Words"), "hidden_at": _l("Hidden")},
        "badge_award": {"badge": _l("Badge"), "earned_on": _l("Earned")},
        "anomaly": {"week": _l("Week of"), "kind": _l("What"), "shown_at": _l("Shown"), "answered_at": _l("Answered")},
        "activity_day": {"day": _l("Day"), "actions": _l("Actions"), "answered": _l("With an answer")},
        "person_view": {"day": _l("Day"), "what": _l("What")},
        "pulse_given": {},
    }
)
"""What a page tells of a row; the file has every column."""
REDEMPTION = MappingProxyType(
    {
        "requested": _l("asked for"),
        "approved": _l("agreed"),
        "fulfilled": _l("handed over"),
        "declined": _l("not agreed"),
        "cancelled": _l("cancelled"),
        "expired": _l("expired"),
    }
)
CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "choice": {"named": _l("to appear"), "hidden": _l("not to appear")},
        "evidence": {
            "reply": _l("a reply"),
            "calendar": _l("an appointment that was kept"),
            "provider": _l("another system"),
            "approval": _l("confirmed by a colleague"),
        },
        "way": {"app": _l("in Fanfare"), "mail": _l("by mail"), "chat": _l("by chat")},
        "decision": {"approved": _l("agreed"), "declined": _l("not agreed")},
        "period": {"week": _l("week"), "month": _l("month"), "season": _l("season"), "all": _l("all time")},
        "surface": {"today": _l("Today"), "queue": _l("follow-up block"), "mail": _l("weekly mail")},
        "coin_entry.kind": {
            "earn": _l("earned"),
            "reversal": _l("taken back"),
            "spend": _l("spent"),
            "release": _l("given back"),
            "expire": _l("expired"),
        },
        "block_week.state": {
            "kept": _l("kept"),
            "excused": _l("excused"),
            "frozen": _l("saved by a freeze"),
            "missed": _l("missed"),
        },
        "redemption.state": REDEMPTION,
        "redemption_move.state": REDEMPTION,
        "alert.state": {"waiting": _l("waiting"), "told": _l("told"), "withdrawn": _l("no longer so")},
        "outbox.state": {
            "pending": _l("waiting"),
            "sending": _l("waiting"),
            "sent": _l("sent"),
            "skipped": _l("not sent"),
            "failed": _l("refused"),
        },
    }
)
