"""What fields mean whose name does not say it: for the description, in the language of whoever reads it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.language import lazy_gettext as _l

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "anyway": _l("Add them also when somebody with one of these addresses is known."),
        "arrangement": _l("How they like it done, for planning and for forms."),
        "aspiration": _l("Where they want to get to, in their words."),
        "award_reason": _l("Why it earned less than its kind is worth; empty when it earned all of it."),
        "BlockWeekTold.blocks": _l("How many had a follow-up block; of fewer than five people it is not told."),
        "branch_id": _l("The branch that they belong to; none: no branch."),
        "brought": _l("What one brought oneself, not weighed."),
        "compared": _l("Whether people are compared; if not there is nobody but oneself on it."),
        "FiguresTold.closed": _l("Why nothing is told; none: it is."),
        "WeekTold.coverage": _l("How many in a hundred candidates were looked after in time at its end."),
        "ScopeTold.days": _l("The period that was asked."),
        "days": _l("ISO weekdays in their order: 12345 is Monday to Friday; empty: any day."),
        "digest": _l("The SHA-256 of the snapshot; none until it is final."),
        "do_not_contact_at": _l("Since then they want no contact at all; none: they may be contacted."),
        "expires_at": _l("From then on it counts no more."),
        "FiguresTold.figures": _l("Every measure by its code."),
        "from_minute": _l("Minutes from midnight, by the agency's clock."),
        "gap": _l("Points to the place above."),
        "gone": _l("Only with updated_since: merged or forgotten. Of nobody who is gone more is told."),
        "handed": _l("To how many of them it was handed over."),
        "FigureTold.hidden": _l("Whether it is not told because it would tell of a few people."),
        "hindrance": _l("Why it cannot be had now; none: it can."),
        "merged_into_id": _l("With whom they are one since."),
        "me": _l("Whether this is the token's person."),
        "met": _l("Who met whom, round by round, and who of the two won, each by their number."),
        "missing": _l("How much of a score is missing to the place above, in hundredths."),
        "OwnTold.place": _l("Of a competition of teams that of one's side; none where people are not ordered."),
        "next_place": _l("The place above."),
        "origin": _l("Where they, or the number, came from."),
        "owner_id": _l("Who looks after them; none: nobody does."),
        "place": _l("None while there is nothing to compare."),
        "MineTold.points": _l("What one earned in these days."),
        "WinnerTold.place": _l("The place for which it is; none: it is for something else."),
        "WinnerTold.people": _l("For how many this is, each with so many cents."),
        "StandingTold.people": _l("How many take part."),
        "points": _l("What it earned when it was recorded; of colleagues' actions it is not told."),
        "price": _l("In coins, as the catalogue told it: another price is refused."),
        "prefix": _l("What stands before the family name, as van der."),
        "recorded_at": _l("When Fanfare was told, which may be later than when it happened."),
        "said_by": _l("Who said so: the candidate, or a recruiter who noted it."),
        "score": _l("Of a candidate from 0 to 100; on a leaderboard in hundredths of a point."),
        "PlaceTold.score": _l(
            "In hundredths of a point; for most improved of a percent; for first to the target the days that were left."
        ),
        "shared": _l("Whether others have the same place."),
        "stage": _l("Where they are in the journey: attract, engage, nurture, convert (placed) or redeploy."),
        "stage_reason": _l("Why they go to another stage; it stands in their history."),
        "state": _l("How it stands, as a code."),
        "stock": _l("How many are left; none: as many as are asked for."),
        "tickets": _l("In the raffle."),
        "tie": _l("What decides between equal scores."),
        "together": _l("What everybody has, towards the goal of a team."),
        "undone_at": _l("When it was taken back: it counts no more."),
        "until": _l("The last day on which a certificate is valid."),
        "until_minute": _l("Minutes from midnight, by the agency's clock."),
        "updated_at": _l(
            "When something was last written down of them, their addresses and wishes, but not of how warm they are."
        ),
        "FiguresTold.verdict": _l("Whether the program is used, and who waits."),
        "verdict": _l("Whether a person or a machine did it, as far as that can be told."),
    }
)


def explain(document: Mapping[str, Any]) -> None:
    """Put the meanings where a schema says none itself."""
    for schema, of in document["components"].get("schemas", {}).items():
        for name, told in of.get("properties", {}).items():
            meaning = MEANINGS.get(f"{schema}.{name}") or MEANINGS.get(name)
            if meaning:
                told.setdefault("description", str(meaning))
