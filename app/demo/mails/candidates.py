"""The mails to candidates: a link for each purpose, renewal, feedback, and an application that is not finished."""

from collections.abc import Mapping
from functools import partial

from app.demo.mails.invented import DAY, Sample, candidate, person
from app.domain.candidates.candidate_mail import FEEDBACK, KIND, OWN_KINDS, RENEWAL, UNFINISHED
from app.domain.candidates.link import LIVES, LinkPurpose
from app.mail import public_url
from app.words import own as words
from app.words.feedback import faces, picture


def samples() -> list[Sample]:
    """To je and to u."""
    return [each for formal in (False, True) for each in _all(formal=formal)]


def _all(*, formal: bool) -> list[Sample]:
    form = "u" if formal else "je"
    linked = [each for each in LinkPurpose if each not in OWN_KINDS and each != LinkPurpose.STOP]
    return [
        *(Sample(KIND, f"{each}-{form}", partial(_facts, each, by="Sanne de Vries"), formal) for each in linked),
        Sample(RENEWAL, form, lambda: _facts(LinkPurpose.RENEW), formal),
        Sample(FEEDBACK, form, lambda: _facts(LinkPurpose.FEEDBACK, by="Sanne de Vries"), formal),
        Sample(UNFINISHED, form, lambda: _facts(LinkPurpose.APPLY, vacancy="Elektromonteur"), formal),
        Sample(UNFINISHED, f"open-{form}", lambda: _facts(LinkPurpose.APPLY), formal),
    ]


def _facts(purpose: LinkPurpose, *, by: str = "", vacancy: str = "") -> Mapping[str, object]:
    return {
        "candidate": candidate(0, ends=21 * DAY),
        "purpose": str(purpose),
        "words": words,
        "lives": LIVES[purpose].days,
        "faces": faces,
        "picture": picture,
        "owner": person() if vacancy else None,
        "vacancy": vacancy,
        "program": "Vaste Band",
        "agency": "Uitzendbureau Voorbeeld",
        "by": by,
        "url": public_url(f"/me/{purpose}/voorbeeld"),
        "stop_url": public_url("/me/stop/voorbeeld"),
        "trap_url": public_url("/r/voorbeeld"),
    }
