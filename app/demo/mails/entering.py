"""The mails by which somebody comes in: an invitation, links, and what was changed about signing in."""

from collections.abc import Mapping
from functools import partial

from app.demo.mails.invented import Sample, around
from app.domain.notices.safety import Change
from app.mail import public_url
from app.words.safety import happened, headline


def samples() -> list[Sample]:
    """An invitation also comes from nobody in particular."""
    return [
        Sample("invitation", "typical", lambda: _facts("Ada Smit")),
        Sample("invitation", "from-nobody", lambda: _facts("")),
        Sample("sign_in", "typical", lambda: _facts("")),
        Sample("password", "typical", lambda: _facts("")),
        *(Sample("safety", change.replace("_", "-"), partial(_changed, change)) for change in Change),
    ]


def _facts(inviter: str) -> Mapping[str, object]:
    facts = {"name": "Sanne de Vries", "inviter": inviter, "program": "Vaste Band", "agency": "Uitzendbureau Voorbeeld"}
    return facts | {"url": public_url("/account/invitation/voorbeeld"), **around("invitation")}


def _changed(change: Change) -> Mapping[str, object]:
    program = "Vaste Band"
    facts = {
        "name": "Sanne de Vries",
        "program": program,
        "headline": headline(change, program),
        "said": happened(change),
    }
    return facts | {"url": public_url("/account/safety"), **around("safety")}
