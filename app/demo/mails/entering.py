"""The mails by which somebody comes in: an invitation, a link to sign in, and one for a new password."""

from collections.abc import Mapping

from app.demo.mails.invented import Sample, around
from app.mail import public_url


def samples() -> list[Sample]:
    """An invitation also comes from nobody in particular."""
    return [
        Sample("invitation", "typical", lambda: _facts("Ada Smit")),
        Sample("invitation", "from-nobody", lambda: _facts("")),
        Sample("sign_in", "typical", lambda: _facts("")),
        Sample("password", "typical", lambda: _facts("")),
    ]


def _facts(inviter: str) -> Mapping[str, object]:
    facts = {"name": "Sanne de Vries", "inviter": inviter, "program": "Vaste Band", "agency": "Uitzendbureau Voorbeeld"}
    return facts | {"url": public_url("/account/invitation/voorbeeld"), **around("invitation")}
