"""Which words of a provider are believed: each way in which an ID token can be wrong, a row."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from services.reporting.identity.provider.id_token import (
    Expected,
    NotTheProvidersWord,
    UnknownKey,
    keys_of,
    verified,
)

NOW = 1_800_000_000
EXPECTED = Expected(issuer="https://id.example.net", client_id="meterlog", nonce="n-1")
CLAIMS = {
    "iss": "https://id.example.net", "aud": "meterlog", "sub": "s-1", "nonce": "n-1", "iat": NOW, "exp": NOW + 300,
    "email": "ann@example.net", "email_verified": True, "groups": ["noc", 7], "amr": ["pwd", "mfa"],
}  # fmt: skip


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def jwk(key: rsa.RSAPrivateKey, **more: Any) -> dict[str, Any]:
    n = key.public_key().public_numbers().n
    return {"kty": "RSA", "n": b64(n.to_bytes(key.key_size // 8, "big")), "e": "AQAB", "kid": "k1", **more}


def pem() -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key().public_key().public_bytes(serialization.Encoding.PEM, form)


def rs256(signed: bytes) -> bytes:
    return rsa_key().sign(signed, padding.PKCS1v15(), hashes.SHA256())


def token(claims: dict[str, Any] | None = None, sign: Callable[[bytes], bytes] = rs256, **head: Any) -> str:
    header = {"alg": "RS256", "kid": "k1", **head}
    header = {name: value for name, value in header.items() if value is not None}
    signed = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(CLAIMS | (claims or {})).encode())}"
    return f"{signed}.{b64(sign(signed.encode()))}"


KEYS = keys_of({"keys": [jwk(rsa_key())]})


def test_what_the_provider_says_of_somebody_is_read() -> None:
    said = verified(token(), KEYS, EXPECTED, NOW)
    assert (said.subject, said.email, said.email_verified) == ("s-1", "ann@example.net", True)
    assert (said.groups, said.second_factor) == (("noc",), True)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "https://id.example.net/"},              "another issuer"),
        ({"iss": None},                                   "another issuer"),
        ({"aud": "other"},                                "somebody else"),
        ({"aud": ["other"]},                              "somebody else"),
        ({"aud": []},                                     "somebody else"),
        ({"aud": ["meterlog", "other"]},                  "given to somebody else"),
        ({"aud": ["meterlog", "other"], "azp": "other"},  "given to somebody else"),
        ({"azp": "other"},                                "given to somebody else"),
        ({"nonce": "n-2"},                                "another login"),
        ({"nonce": None},                                 "another login"),
        ({"exp": NOW - 60},                               "expired"),
        ({"exp": str(NOW + 300)},                         "says not when"),
        ({"exp": True},                                   "says not when"),
        ({"exp": None},                                   "says not when"),
        ({"iat": NOW + 61},                               "not made now"),
        ({"iat": NOW - 661, "exp": NOW + 99_999},         "not made now"),
        ({"nbf": NOW + 61},                               "not good yet"),
        ({"sub": ""},                                     "names nobody"),
        ({"sub": 7},                                      "names nobody"),
        ({"sub": "x" * 256},                              "names nobody"),
    ],
)  # fmt: skip
def test_a_token_for_another_place_login_or_time_is_not_believed(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(NotTheProvidersWord, match=why):
        verified(token(changed), KEYS, EXPECTED, NOW)


@pytest.mark.parametrize("changed", [{"exp": NOW - 59}, {"iat": NOW + 60}, {"iat": NOW - 660}, {"nbf": NOW + 60}])
def test_clocks_may_be_a_minute_apart(changed: dict[str, Any]) -> None:
    assert verified(token(changed), KEYS, EXPECTED, NOW).subject == "s-1"


def hs256(secret: bytes) -> Callable[[bytes], bytes]:
    return lambda signed: hmac.digest(secret, signed, "sha256")


def stranger(signed: bytes) -> bytes:
    return rsa_key(2049).sign(signed, padding.PKCS1v15(), hashes.SHA256())


def es256(signed: bytes) -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).sign(signed, ec.ECDSA(hashes.SHA256()))


def jwk_bytes() -> bytes:
    return json.dumps(jwk(rsa_key())).encode()


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda: token(sign=lambda _: b"", alg="none"), id="no signature"),
        pytest.param(lambda: token(sign=lambda _: b"", alg="None", kid=None), id="no signature in capitals"),
        pytest.param(lambda: token(sign=hs256(pem()), alg="HS256"), id="the public key as a secret, as PEM"),
        pytest.param(lambda: token(sign=hs256(jwk_bytes()), alg="HS256"), id="the public key as a secret, as JSON"),
        pytest.param(lambda: token(sign=lambda _: rs256(b"else")), id="a signature of something else"),
        pytest.param(
            lambda: token(sign=stranger),
            id="a stranger's key under a known name",
        ),
        pytest.param(
            lambda: token(sign=stranger, jwk=jwk(rsa_key(2049))),
            id="a key that comes with the token",
        ),
        pytest.param(
            lambda: token(sign=es256, alg="ES256"),
            id="an algorithm of another kind of key",
        ),
        pytest.param(lambda: token(crit=["x"], x=1), id="an extension that nobody knows"),
        pytest.param(lambda: token()[:-8], id="cut off"),
        pytest.param(lambda: "", id="nothing"),
        pytest.param(lambda: "a.b.c", id="no base64"),
        pytest.param(lambda: "é.é.é", id="no ASCII"),
        pytest.param(lambda: b64(b"[1]") + "..", id="no object"),
        pytest.param(lambda: "x" * 40_000, id="too long"),
    ],
)  # fmt: skip
def test_a_token_that_the_provider_did_not_sign_is_not_believed(forged: Callable[[], str]) -> None:
    with pytest.raises(NotTheProvidersWord):
        verified(forged(), KEYS, EXPECTED, NOW)


def test_a_key_under_another_name_is_worth_asking_for_again() -> None:
    with pytest.raises(UnknownKey):
        verified(token(kid="k2"), KEYS, EXPECTED, NOW)


def test_an_address_is_verified_only_where_the_token_says_true() -> None:
    for said in (False, None, "true", 1, "yes"):
        assert not verified(token({"email_verified": said}), KEYS, EXPECTED, NOW).email_verified
    assert verified(token({"email": ["ann@example.net"]}), KEYS, EXPECTED, NOW).email == ""


@pytest.mark.parametrize(
    "published",
    [
        {},
        {"keys": "none"},
        {"keys": [{"kty": "oct", "k": b64(b"a secret that everybody can read"), "kid": "k1"}]},
        {"keys": [jwk(rsa_key(), use="enc")]},
        {"keys": [jwk(rsa_key(1024))]},
        {"keys": [{"kty": "RSA", "kid": "k1"}, {"kty": "AKP"}, 7]},
    ],
)  # fmt: skip
def test_what_does_not_sign_or_is_no_secret_is_no_key(published: dict[str, Any]) -> None:
    with pytest.raises(NotTheProvidersWord, match="no key that signs"):
        keys_of(published)


def test_a_key_that_is_not_understood_leaves_the_others() -> None:
    assert verified(token(), keys_of({"keys": [{"kty": "AKP"}, jwk(rsa_key())]}), EXPECTED, NOW).subject == "s-1"


def test_a_key_for_one_algorithm_is_good_for_no_other() -> None:
    keys = keys_of({"keys": [jwk(rsa_key(), alg="RS512")]})
    with pytest.raises(NotTheProvidersWord):
        verified(token(), keys, EXPECTED, NOW)
