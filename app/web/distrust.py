"""What must stand in a token of an identity provider, and what became of one that says otherwise."""

from dataclasses import dataclass


class Distrusted(Exception):  # noqa: N818 - it says what became of it
    """What the provider answered does not prove who somebody is; the reason is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownKey(Distrusted):
    """It was signed with a key that we have not seen, or by somebody else."""

    def __init__(self) -> None:
        super().__init__("key")


@dataclass(frozen=True, slots=True)
class Expected:
    """By whom and for whom it must be, and for which question; the access token came with it."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
