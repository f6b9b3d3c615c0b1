"""Whether an ID token is the provider's word about somebody, given to us, for this login and now.

    claims = verified(token, keys, Expected(issuer=…, client_id=…, nonce=…, leeway_s=60), now_s)

Signed by a key of the provider, by an algorithm of public keys: a token without a signature, or with one made of the
public key as if it were a secret (HS256), is none. The rules are those of OpenID Connect Core 1.0, 3.1.3.7, and the
age is bounded on both sides. Pure: the caller says what time it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
AGE_MAX_S: Final = 600
"""A token is asked for and given within one request; one that is older was kept by somebody."""
RSA_BITS_MIN: Final = 2048
TOKEN_MAX: Final = 32_768
_GROUPS_MAX: Final = 1000


class NotTheProvidersWord(Exception):
    """The token is not to be believed; the text says why, for the log."""


class UnknownKey(NotTheProvidersWord):
    """Signed by a key that the provider did not publish when it was asked last: it may have another by now."""


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What this login asked for."""

    issuer: str
    client_id: str
    nonce: str
    leeway_s: int = 60


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is, as the provider says. `email_verified` is true only where the token says so as a JSON `true`."""

    subject: str
    email: str
    email_verified: bool
    groups: tuple[str, ...]
    second_factor: bool


def keys_of(document: Mapping[str, Any]) -> KeySet:
    """The keys of a JWKS that sign, public ones only. Raises `NotTheProvidersWord` where there is none."""
    found: list[Key] = []
    for data in document.get("keys", ()) if isinstance(document.get("keys"), list) else ():
        # A shared secret in a public document is no secret, and what is to encrypt does not sign.
        if not isinstance(data, dict) or data.get("kty") == "oct" or data.get("use", "sig") != "sig":
            continue
        try:
            key = KeySet.import_key_set({"keys": [data]}).keys[0]
        except (JoseError, ValueError, TypeError, KeyError):
            continue  # of a kind that we do not know: others may do
        if isinstance(key, (RSAKey, ECKey, OKPKey)) and not _is_weak(key):
            found.append(key)
    if not found:
        raise NotTheProvidersWord("the provider publishes no key that signs")
    return KeySet(found)


def verified(token: str, keys: KeySet, expected: Expected, now_s: int, *, roles_claim: str = "groups") -> Claims:
    """Raises `NotTheProvidersWord`, `UnknownKey`."""
    if len(token) > TOKEN_MAX:
        raise NotTheProvidersWord("the token is too long")
    try:
        decoded = jwt.decode(token, lambda given: _key(given, keys), algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise NotTheProvidersWord(f"no token of the provider: {error}") from error
    claims = decoded.claims
    _check_parties(claims, expected)
    _check_times(claims, expected.leeway_s, now_s)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise NotTheProvidersWord("the token names nobody")
    email = claims.get("email")
    return Claims(
        subject=subject,
        email=email if isinstance(email, str) else "",
        email_verified=claims.get("email_verified") is True,
        groups=_groups(claims.get(roles_claim)),
        second_factor=isinstance(claims.get("amr"), list) and "mfa" in claims["amr"],
    )


def _key(token: Any, keys: KeySet) -> Any:
    """The key that the header names, or the only one. Raises `UnknownKey`."""
    kid = token.headers().get("kid")
    found = [key for key in keys if key.kid == kid] if kid is not None else list(keys)
    if len(found) != 1:
        raise UnknownKey("signed by a key that the provider does not publish")
    named = found[0].get("alg")
    if named is not None and named != token.headers().get("alg"):
        raise NotTheProvidersWord("signed by another algorithm than the key is for")
    return found[0]


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise NotTheProvidersWord("a token of another issuer")
    audience = claims.get("aud")
    audiences: Sequence[Any] = audience if isinstance(audience, list) else [audience]
    if expected.client_id not in audiences:
        raise NotTheProvidersWord("a token for somebody else")
    party = claims.get("azp")
    if party != expected.client_id and (party is not None or len(audiences) > 1):
        raise NotTheProvidersWord("a token that was given to somebody else")
    if not expected.nonce or claims.get("nonce") != expected.nonce:
        raise NotTheProvidersWord("a token of another login")


def _check_times(claims: Mapping[str, Any], leeway_s: int, now_s: int) -> None:
    ends: Any = claims.get("exp")
    made: Any = claims.get("iat")
    begins: Any = claims.get("nbf")
    if not _is_instant(ends) or not _is_instant(made):
        raise NotTheProvidersWord("the token says not when it was made and when it ends")
    if ends + leeway_s <= now_s:
        raise NotTheProvidersWord("the token has expired")
    if made > now_s + leeway_s or made < now_s - AGE_MAX_S - leeway_s:
        raise NotTheProvidersWord("the token was not made now")
    if begins is not None and (not _is_instant(begins) or begins > now_s + leeway_s):
        raise NotTheProvidersWord("the token is not good yet")


def _is_instant(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _groups(value: Any) -> tuple[str, ...]:
    """A list of names, or one name."""
    given = value if isinstance(value, list) else [value]
    return tuple(one for one in given[:_GROUPS_MAX] if isinstance(one, str))


def _is_weak(key: Key) -> bool:
    return isinstance(key, RSAKey) and key.public_key.key_size < RSA_BITS_MIN
