"""The phrases that count now: what every program starts with, as far as the agency left it, and its own."""

from collections.abc import Iterable, Sequence

from app.db import db
from app.domain.program.phrase import HELD, Phrase, PhraseUse, Said, key_of, rows_of
from app.domain.program.phrase_preset import preset


def all_of(program_id: int | None) -> list[Said]:
    """What counts and what was retired: the house's in their order, then one's own, oldest first.

    The session holds on to it, because a page asks for every candidate on it.
    """
    held: dict[int | None, list[Said]] = db.session.info.setdefault(HELD, {})
    if program_id not in held:
        held[program_id] = _all(rows_of(program_id) if program_id else [])
    return held[program_id]


def find(program_id: int, key: str) -> Said | None:
    """One of them, retired or not."""
    return next((each for each in all_of(program_id) if each.key == key), None)


def message_for(said: Iterable[Said], occasions: Sequence[str], channel: str, language: str) -> Said | None:
    """The message for the first occasion that has one: one's own before the house's, the channel's before any's."""
    fitting = [
        each
        for each in said
        if each.use == PhraseUse.MESSAGE
        and not each.retired
        and each.language == language
        and each.channel in ("", channel)
        and each.occasion in occasions
    ]
    return min(
        fitting,
        key=lambda each: (occasions.index(each.occasion), each.preset is not None, not each.channel),
        default=None,
    )


def openings_for(said: Iterable[Said], occasions: Sequence[str], language: str) -> list[Said]:
    """Everything to begin with, in the order of the occasions; one's own before the house's."""
    fitting = [
        each
        for each in said
        if each.use == PhraseUse.OPENING
        and not each.retired
        and each.language == language
        and each.occasion in occasions
    ]
    return sorted(fitting, key=lambda each: (occasions.index(each.occasion), each.preset is not None))


def _all(rows: Sequence[Phrase]) -> list[Said]:
    changed = {row.preset: row for row in rows if row.preset is not None}
    house = [
        _said(changed[code])
        if code in changed
        else Said(code, each.use, each.occasion, "", each.language, each.subject, each.text, preset=code)
        for code, each in preset().items()
    ]
    return [*house, *(_said(row) for row in rows if row.preset is None)]


def _said(row: Phrase) -> Said:
    facts = (row.use, row.occasion, row.channel, row.language, row.subject, row.text)
    changed = row.preset is not None
    return Said(key_of(row), *facts, preset=row.preset, changed=changed, retired=row.retired_at is not None)
