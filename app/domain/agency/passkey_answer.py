"""Asking a browser for a passkey and checking what it answers (WebAuthn).

The challenge is the token of a step of the sign-in, so that it is this browser's, used once, and soon over.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from app.domain.agency.person import Person

LONGEST_ANSWER = 20_000
MILLISECONDS = 5 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a key is for: the host of our public address, that address, and what people call us."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser sent as the answer to a challenge."""

    party: Party
    challenge: str
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """A key that a device made: its number, its public half, and how often it was used."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


class Refused(Exception):  # noqa: N818 - it says what happened to the answer
    """It is not the answer of this key to this challenge."""


def to_make(person: Person, party: Party, challenge: str, known: Sequence[bytes]) -> str:
    """What a browser needs to make a key, as JSON; a device that has one of the `known` makes no other."""
    from webauthn import generate_registration_options, options_to_json  # noqa: PLC0415 - large, and seldom needed
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above
    from webauthn.helpers.structs import (  # noqa: PLC0415 - as above
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    found_by_itself = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
    )
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_id=_handle(person.id),
        user_name=person.email or person.name,
        user_display_name=person.name,
        challenge=base64url_to_bytes(challenge),
        timeout=MILLISECONDS,
        authenticator_selection=found_by_itself,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json(options)


def to_ask(party: Party, challenge: str, known: Sequence[bytes] = ()) -> str:
    """What a browser needs to ask for a key, as JSON: one of the `known`, or any that it has for us."""
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415 - as above
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above
    from webauthn.helpers.structs import (  # noqa: PLC0415 - as above
        PublicKeyCredentialDescriptor,
        UserVerificationRequirement,
    )

    options = generate_authentication_options(
        rp_id=party.host,
        challenge=base64url_to_bytes(challenge),
        timeout=MILLISECONDS,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def made(answer: Answer) -> Made:
    """The key that a device made.

    Raises:
        Refused: this is no answer to the challenge.
    """
    from webauthn import verify_registration_response  # noqa: PLC0415 - as above
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above

    try:
        found = verify_registration_response(
            credential=read(answer),
            expected_challenge=base64url_to_bytes(answer.challenge),
            expected_rp_id=answer.party.host,
            expected_origin=answer.party.origin,
            require_user_verification=True,
        )
    except Exception as error:  # the library lets pass what its parsers stumble over
        raise Refused from error
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def counted(answer: Answer, public_key: bytes, sign_count: int) -> int:
    """How often the key says that it was used, when it was this key that answered; some never count.

    Raises:
        Refused: it was not, or it was used less often than we know, so that one of two is a copy.
    """
    from webauthn import verify_authentication_response  # noqa: PLC0415 - as above
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above

    try:
        return verify_authentication_response(
            credential=read(answer),
            expected_challenge=base64url_to_bytes(answer.challenge),
            expected_rp_id=answer.party.host,
            expected_origin=answer.party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        ).new_sign_count
    except Exception as error:  # as above
        raise Refused from error


def credential_id(answer: Answer) -> bytes:
    """Which key answers, as it says itself.

    Raises:
        Refused: it does not say so.
    """
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above

    try:
        return base64url_to_bytes(str(read(answer).get("rawId", "")))
    except ValueError as error:
        raise Refused from error


def is_for(answer: Answer, person_id: int) -> bool:
    """A key that was found by itself says whose it is, and that must be so."""
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415 - as above

    response = read(answer).get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    return not handle or handle == bytes_to_base64url(_handle(person_id))


def read(answer: Answer) -> dict[str, object]:
    """What the browser sent, if it is that at all.

    Raises:
        Refused: it is something else, or too long.
    """
    try:
        said = json.loads(answer.text) if len(answer.text) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as error:
        raise Refused from error
    if not isinstance(said, dict):
        raise Refused
    return cast("dict[str, object]", said)


def _handle(person_id: int) -> bytes:
    """What a key keeps of whose it is: a number, no name and no address."""
    return f"person:{person_id}".encode()
