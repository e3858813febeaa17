"""The token by which an identity provider says who somebody is: by whom it was signed, for whom it is, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import JWKRegistry, Key
from joserfc.jws import extract_compact

from app.web.distrust import Distrusted, Expected, UnknownKey

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""What a provider signs with and we only look at: never `none`, and never a secret that both of us know."""
KINDS = {"RS": "RSA", "PS": "RSA", "ES": "EC"}
SMALLEST = 2048
LEEWAY = 60
"""Bits of a key, and seconds by which the clocks may differ."""


def read(value: str, keys: Sequence[Mapping[str, Any]], expected: Expected, at: datetime) -> Mapping[str, Any]:
    """What a token says, after all of it was checked; `keys` are the provider's, as it tells them.

    Raises:
        UnknownKey: none of the keys is the one that it names.
        Distrusted: it proves nothing.
    """
    try:
        header = _header(value)
        token = jwt.decode(value, _key(header, keys), algorithms=[header["alg"]])
        told = CodeIDToken(token.claims, token.header, _options(expected), _given(expected))
        told.validate(now=int(at.timestamp()), leeway=LEEWAY)
    except JoseError as error:
        raise Distrusted(error.claim if isinstance(error, ClaimError) else error.error) from error
    except (TypeError, ValueError) as error:
        raise Distrusted("unreadable") from error
    return dict(told)


def _header(value: str) -> Mapping[str, Any]:
    header = extract_compact(value.encode()).headers()
    if header.get("alg") not in ALGORITHMS:
        raise Distrusted("algorithm")
    return header


def _key(header: Mapping[str, Any], keys: Sequence[Mapping[str, Any]]) -> Key:
    """The key that the token names; it may name none where there is but one."""
    kind, named = KINDS[header["alg"][:2]], header.get("kid")
    fit = [each for each in keys if each.get("kty") == kind and each.get("use", "sig") == "sig"]
    fit = [each for each in fit if named is None or each.get("kid") == named]
    if len(fit) != 1:
        raise UnknownKey
    key = JWKRegistry.import_key(dict(fit[0]))
    if isinstance(key.public_key, RSAPublicKey) and key.public_key.key_size < SMALLEST:
        raise Distrusted("short key")
    return key


def _options(expected: Expected) -> dict[str, dict[str, object]]:
    return {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "sub": {"essential": True},
    }


def _given(expected: Expected) -> dict[str, str]:
    return {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
