"""Who is calling: short-lived signed tokens between the entry and the services, and what each role may do.

An API key or a session is exchanged once, at the entry, for a token; every service verifies it offline:

    token = Tokens(settings.secret("token_key")).issue("key:k7", "billing")
    Tokens(...).verify(token)       # Caller(actor='key:k7', role='billing')

Tokens are HS256, not Ed25519. Everybody who verifies a token also belongs to the one environment whose processes share
`METERLOG_TOKEN_KEY` (the entry and reporting issue, all verify), so a public key would keep nothing from anybody; and
an HMAC costs a fifth of a signature on every request. A token lives 60 s: long enough to be cached for 30 s at the
entry, short enough that a revoked key is out soon without asking anyone.

Callers and our own processes have keys of their own, both derived from that secret, and an audience each: nothing that
was signed for a caller opens `/internal`, whatever role it claims (docs/decisions/0020).
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

import msgspec
from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OctKey

from shared.http.scopes import Restrictions

TOKEN_LIFE_S: Final = 60
ISSUER: Final = "meterlog"
_ALGORITHM: Final = "HS256"
_CALLERS: Final = "callers"
_INTERNAL: Final = "internal"
_REMEMBERED_MAX: Final = 1024


class Role(msgspec.Struct, frozen=True):
    """A fixed role. `may` are the words shown to people and to the console."""

    name: str
    description: str
    may: tuple[str, ...]


ROLES: Final = {
    role.name: role
    for role in (
        Role(
            "admin",
            "Runs the system: everything, with users, API keys and the clock.",
            ("read", "report_usage", "write", "issue", "record_payment", "audit", "personal_data", "manage_access"),
        ),
        Role(
            "billing",
            "Runs the billing: catalogue, accounts, runs, invoices, payments.",
            ("read", "report_usage", "write", "issue", "record_payment", "audit", "personal_data"),
        ),
        Role(
            "support",
            "Answers customers: reads everything about an account, adjusts and refunds within limits.",
            ("read", "personal_data"),
        ),
        Role(
            "auditor",
            "Checks the books: reads everything and the audit trail, personal data sealed.",
            ("read", "audit"),
        ),
        Role("ingest", "Equipment and collectors: reports usage and nothing else.", ("report_usage",)),
    )
}
"""The five fixed roles, in one place: `GET /v1/roles` shows them, `api.roles` takes no other name."""

SERVICE: Final = "service"
"""The role of our own processes among themselves; no key and no session ever has it."""

CUSTOMER: Final = "customer"
"""Who has a customer's link: reads one account's own page and nothing else. No user and no key has it, and no token
without an account."""

READERS: Final = ("admin", "billing", "support", "auditor")
"""Who reads business data."""

WRITERS: Final = ("admin", "billing")
"""Who changes business data."""

REPORTERS: Final = ("admin", "billing", "ingest")
"""Who reports usage."""

EVERYBODY: Final = tuple(ROLES)
"""Whoever is known at all."""


class Caller(msgspec.Struct, frozen=True):
    """A verified caller. `actor` is a surrogate such as `key:k7` or `user:u2`: it travels in Kafka headers.

    `role` is one of the five, or `customer` with the one `account_id` whose link was used. `role_name` is what it is
    called where an administrator has made a narrower one of it, and the same otherwise; `restrictions` are the scopes
    that it, or the API key, is held to. `session` is the id of the session that was used, `None` for an API key.
    `legal_entities` are those of the operator that the caller is held to, `None` for all; see entities.py.
    """

    actor: str
    role: str
    role_name: str = ""
    restrictions: Restrictions = ()
    session: str | None = None
    legal_entities: frozenset[str] | None = None
    account_id: str | None = None

    def may(self, action: str) -> bool:
        if self.role == CUSTOMER:
            return action == "personal_data"  # their own
        role = ROLES.get(self.role)
        return role is not None and action in role.may


class InvalidToken(Exception):
    """Not a token of ours, or no longer one: expired, altered, signed with another key. The entry gives a new one."""


class Tokens:
    """Issues and verifies the tokens of one environment."""

    def __init__(self, key: str, also: str | None = None) -> None:
        """`also` verifies and signs nothing: the key to come, or the one before, while processes change over."""
        self._keys = _keys_of(key)
        self._also = None if also is None else _keys_of(also)
        self._verified: OrderedDict[str, tuple[Caller, float]] = OrderedDict()

    def issue(
        self,
        actor: str,
        role: str,
        *,
        life_s: int = TOKEN_LIFE_S,
        role_name: str = "",
        restrictions: Restrictions = (),
        session: str | None = None,
        legal_entities: Iterable[str] | None = None,
        account_id: str | None = None,
    ) -> str:
        """A token that says so for `life_s` seconds. `ValueError` for a role that does not exist, and for a customer
        without an account."""
        if role not in ROLES and role not in (SERVICE, CUSTOMER):
            raise ValueError(f"{role!r} is no role: use one of {', '.join(ROLES)}")
        if (role == CUSTOMER) != (account_id is not None):
            raise ValueError("a customer has an account, and nobody else has")
        audience = _audience_of(role)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": audience,
            "actor": actor,
            "role": role,
            "exp": int(time.time()) + life_s,
        }
        if role_name and role_name != role:
            claims["role_name"] = role_name
        if restrictions:
            claims["restrictions"] = [sorted(scopes) for scopes in restrictions]
        if session is not None:
            claims["session"] = session
        if legal_entities is not None:
            claims["legal_entities"] = sorted(legal_entities)
        if account_id is not None:
            claims["account_id"] = account_id
        return jwt.encode({"alg": _ALGORITHM, "kid": audience}, claims, self._keys[audience], algorithms=[_ALGORITHM])

    def verify(self, token: str) -> Caller:
        """The caller of a token that is still valid. Raises `InvalidToken`.

        A token seen before is only checked for its age: it comes with every request of a caller for half a minute.
        """
        known = self._verified.get(token)
        if known is None:
            known = self._check(token)
            self._verified[token] = known
            if len(self._verified) > _REMEMBERED_MAX:
                self._verified.popitem(last=False)
        caller, expires = known
        if expires <= time.time():
            self._verified.pop(token, None)
            raise InvalidToken("the token has expired")
        return caller

    def _check(self, token: str) -> tuple[Caller, float]:
        try:
            decoded = self._decoded(token)
        except (JoseError, ValueError) as error:
            raise InvalidToken(f"not a valid token: {error}") from error
        claims, audience = decoded.claims, decoded.header.get("kid")
        actor, role, expires = claims.get("actor"), claims.get("role"), claims.get("exp")
        if claims.get("iss") != ISSUER or not isinstance(actor, str) or not isinstance(role, str):
            raise InvalidToken("not a token of this system")
        if claims.get("aud") != audience or _audience_of(role) != audience:
            raise InvalidToken("a token of another audience")
        if not isinstance(expires, int):
            raise InvalidToken("the token has no end")
        return _caller(claims, actor, role), expires

    def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, partial(_key_of, self._keys), algorithms=[_ALGORITHM])
        except BadSignatureError:
            if self._also is None:
                raise
            return jwt.decode(token, partial(_key_of, self._also), algorithms=[_ALGORITHM])


def _keys_of(key: str) -> dict[str, OctKey]:
    """Hashed to 256 bits, so that key material of any length and alphabet will do; a key for each audience."""
    secret = hashlib.sha256(key.encode()).digest()
    return {
        audience: OctKey.import_key(hmac.digest(secret, f"meterlog {audience}".encode(), "sha256"))
        for audience in (_CALLERS, _INTERNAL)
    }


def _key_of(keys: Mapping[str, OctKey], token: Any) -> OctKey:
    """The key that the token's header names. `ValueError` for any other."""
    key = keys.get(str(token.headers().get("kid")))
    if key is None:
        raise ValueError("signed with no key of this system")
    return key


def _caller(claims: Mapping[str, Any], actor: str, role: str) -> Caller:
    """Raises `InvalidToken` for a restriction that can't be read: to pass it over would be to lift it."""
    try:
        restrictions = msgspec.convert(claims.get("restrictions", []), tuple[frozenset[str], ...])
        session = msgspec.convert(claims.get("session"), str | None)
        entities = msgspec.convert(claims.get("legal_entities"), frozenset[str] | None)
        account_id = msgspec.convert(claims.get("account_id"), str | None)
    except msgspec.ValidationError as error:
        raise InvalidToken(f"not a token of this system: {error}") from error
    if (role == CUSTOMER) != (account_id is not None):
        raise InvalidToken("a customer has an account, and nobody else has")
    return Caller(actor, role, str(claims.get("role_name") or role), restrictions, session, entities, account_id)


def _audience_of(role: str) -> str:
    return _INTERNAL if role == SERVICE else _CALLERS
