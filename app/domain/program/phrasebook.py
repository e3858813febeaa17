"""The phrases that count now: what every program starts with, as far as the agency left it, and its own."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from app.domain.program.phrase import Phrase, PhraseUse, Said, key_of, rows_of
from app.domain.program.phrase_preset import preset
from app.domain.program.program import Program


def all_of(program: Program | None) -> tuple[Said, ...]:
    """What counts and what was retired: the house's in their order, then one's own, oldest first.

    They are asked for once after every change, because a page needs them for every candidate on it.
    """
    return _told(program.id, program.phrases) if program and program.phrases else _house()


def find(program: Program, key: str) -> Said | None:
    """One of them, retired or not."""
    return next((each for each in all_of(program) if each.key == key), None)


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


@cache
def _house() -> tuple[Said, ...]:
    return _all([])


@lru_cache(maxsize=8)
def _told(program_id: int, _mark: str) -> tuple[Said, ...]:
    return _all(rows_of(program_id))


def _all(rows: Sequence[Phrase]) -> tuple[Said, ...]:
    changed = {row.preset: row for row in rows if row.preset is not None}
    house = [
        _said(changed[code])
        if code in changed
        else Said(code, each.use, each.occasion, "", each.language, each.subject, each.text, preset=code)
        for code, each in preset().items()
    ]
    return (*house, *(_said(row) for row in rows if row.preset is None))


def _said(row: Phrase) -> Said:
    facts = (row.use, row.occasion, row.channel, row.language, row.subject, row.text)
    changed = row.preset is not None
    return Said(key_of(row), *facts, preset=row.preset, changed=changed, retired=row.retired_at is not None)
