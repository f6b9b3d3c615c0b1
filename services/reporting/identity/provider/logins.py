"""A login at a provider, from the button to the person.

    begun = await begin(database, provider, key=…, redirect_uri=…)     # .url to go to, .browser for a cookie
    person = await finish(database, provider, key=…, code=…, state=…, browser=…, redirect_uri=…)

`state` names the login and works once, in the browser that began it: the cookie is what another browser has not. The
nonce and the PKCE verifier (RFC 7636) follow from both and a key that only we have, so nothing of them is stored, and
whoever reads the address that a provider sends people back to can do nothing with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode, urlsplit

import asyncpg
import msgspec
import structlog

from services.reporting.database import Database
from services.reporting.identity.changes import By, ProviderLinked, ProviderUnlinked, UserCreated, changing
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.policy import access_policy
from services.reporting.identity.provider.calling import CodeRefused, Provider
from services.reporting.identity.provider.id_token import Claims, NotTheProvidersWord
from services.reporting.identity.provider.terms import Terms
from services.reporting.identity.roles import rights_of
from services.reporting.identity.secret import digest, new_id, new_secret
from services.reporting.identity.users import (
    User,
    check_admins,
    email_key,
    find_user,
    find_user_by_email,
    give_role,
    known_user,
)
from shared.http.problems import Unavailable
from shared.kernel.errors import Rejection

LOGIN_MINUTES: Final = 10
LOGINS_MAX: Final = 10_000

log = structlog.get_logger()


class Begun(msgspec.Struct, frozen=True):
    """Where to send the browser, and the secret that it keeps until it is back."""

    url: str
    browser: str


async def begin(database: Database, provider: Provider, *, key: str, redirect_uri: str) -> Begun:
    """Raises `Unavailable`: the provider is away, or thousands have begun and not come back."""
    metadata = await provider.metadata()
    state, browser = new_secret(), new_secret()
    await database.execute("delete from durable.provider_login where expires_at <= now()")
    open_ones = await database.fetchval("select count(*) from durable.provider_login")
    if open_ones >= LOGINS_MAX:
        raise Unavailable("too_many_attempts", "too many logins have begun; try again in a minute", retry_after_s=60)
    await database.execute(
        """
        insert into durable.provider_login (state_hash, browser_hash, expires_at)
        values ($1, $2, now() + make_interval(mins => $3))
        """,
        digest(state),
        digest(browser),
        LOGIN_MINUTES,
    )
    question = {
        "response_type": "code",
        "client_id": provider.terms.client_id,
        "redirect_uri": redirect_uri,
        "scope": provider.terms.scopes,
        "state": state,
        "nonce": _derived("nonce", state, browser, key),
        "code_challenge": challenge_of(_derived("verifier", state, browser, key)),
        "code_challenge_method": "S256",
    }
    joint = "&" if urlsplit(metadata.authorization_endpoint).query else "?"
    return Begun(f"{metadata.authorization_endpoint}{joint}{urlencode(question)}", browser)


async def finish(
    database: Database,
    provider: Provider,
    *,
    key: str,
    code: str,
    state: str,
    browser: str,
    redirect_uri: str,
    correlation_id: str | None = None,
) -> tuple[User, bool]:
    """Who it is, and whether a second factor was used.

    Raises `Unavailable`, and `Rejection`: `login_not_begun`, `provider_refused`, and what `person_of_claims` raises.
    """
    taken = """
    delete from durable.provider_login
     where state_hash = $1 and browser_hash = $2 and expires_at > now() returning 1
    """
    # Taken before the provider is asked: whatever it answers, this is not asked again.
    if await database.fetchval(taken, digest(state), digest(browser)) is None:
        detail = "this login was not begun in this browser, was used, or took too long; begin again"
        raise Rejection("login_not_begun", detail, pointer="/state", status=410)
    verifier = _derived("verifier", state, browser, key)
    try:
        token = await provider.id_token_for(code, verifier=verifier, redirect_uri=redirect_uri)
        claims = await provider.verify(token, _derived("nonce", state, browser, key))
    except (CodeRefused, NotTheProvidersWord) as error:
        log.warning("provider_login_refused", why=str(error))
        detail = "the provider did not confirm who you are; begin again"
        raise Rejection("provider_refused", detail, pointer="/code", status=401) from error
    user = await person_of_claims(database, provider.terms, claims, correlation_id)
    return user, claims.second_factor or provider.terms.second_factor_trusted


async def person_of_claims(database: Database, terms: Terms, claims: Claims, correlation_id: str | None = None) -> User:
    """The user that a provider's word stands for: known from before, invited under that address, or new.

    An address counts only where the provider says that it has verified it, and only the first time: afterwards it is
    the subject that is known. Raises `Rejection` (403): `email_not_verified`, `email_not_admitted`, `not_invited`,
    `no_role`, `user_deactivated`, `second_factor_needed`.
    """
    by = By(f"provider:{urlsplit(terms.issuer).hostname}", correlation_id)
    async with changing(database) as change:
        linked = "select user_id from durable.provider_identity where issuer = $1 and subject = $2"
        user_id = await change.connection.fetchval(linked, terms.issuer, claims.subject)
        role = await _role(change.connection, terms, claims.groups, is_new=user_id is None)
        _check_domain(terms, claims)
        user = None if user_id is None else await find_user(change.connection, user_id)
        if user is None:
            user = await _by_address(change.connection, terms, claims)
            if user is None:
                user_id = new_id()
                made = "insert into durable.app_user (user_id, email, email_key, role) values ($1, $2, $3, $4)"
                await change.connection.execute(made, user_id, claims.email, email_key(claims.email), role)
                await change.tell(UserCreated(user_id=user_id, role=role or ""), by)
            else:
                user_id = user.user_id
            if user is None or user.deactivated_at is None:
                await _link(change.connection, terms.issuer, claims.subject, user_id)
                await change.tell(ProviderLinked(user_id=user_id, issuer=terms.issuer), by)
            user = await known_user(change.connection, user_id)
        if user.deactivated_at is not None:
            raise Rejection("user_deactivated", "this user was deactivated; ask an administrator", status=403)
        if terms.gives_roles and role is not None and role != user.role:
            user = await give_role(change.connection, user.user_id, role, by)
        await _check_second_factor(change.connection, terms, claims, user)
        return user


async def _role(database: Database, terms: Terms, groups: Sequence[str], *, is_new: bool) -> str | None:
    """What the groups give; `None` where roles are given here and somebody has one."""
    if not terms.gives_roles and not (is_new and terms.anybody_joins):
        return None
    role = terms.role_of(groups)
    if role is None or await rights_of(database, role) is None:
        raise Rejection("no_role", "you are in no group that has a role here; ask an administrator", status=403)
    return role


def _check_domain(terms: Terms, claims: Claims) -> None:
    """Of somebody known too: who leaves the house is out."""
    if not terms.admits(claims.email):
        raise Rejection("email_not_admitted", "people with an address of that domain do not sign in here", status=403)


async def _by_address(database: Database, terms: Terms, claims: Claims) -> User | None:
    """Whose address it is; `None` for somebody new who may join. Raises `Rejection`."""
    if not claims.email_verified:
        raise Rejection(
            "email_not_verified", "the provider has not verified your e-mail address; do that there first", status=403
        )
    # Letters beyond ASCII can be written in ways that fold to one: another's address is not to be met by chance.
    local, at, domain = claims.email.rpartition("@")
    if not (at and local and domain and claims.email.isascii() and claims.email.isprintable()) or " " in claims.email:
        raise Rejection("email_not_admitted", "the provider gave no e-mail address that can be used here", status=403)
    if len(claims.email) > 254:
        raise Rejection("email_not_admitted", "the provider gave an e-mail address that is too long", status=403)
    user = await find_user_by_email(database, claims.email)
    if user is None and not terms.anybody_joins:
        raise Rejection("not_invited", "nobody has invited you here; ask an administrator", status=403)
    return user


async def _link(database: Database, issuer: str, subject: str, user_id: str) -> None:
    link = "insert into durable.provider_identity (issuer, subject, user_id) values ($1, $2, $3)"
    try:
        await database.execute(link, issuer, subject, user_id)
    except asyncpg.UniqueViolationError as error:
        detail = "this user signs in as somebody else at the provider; an administrator can undo that"
        raise Rejection("already_linked", detail, status=403) from error


async def _check_second_factor(database: Database, terms: Terms, claims: Claims, user: User) -> None:
    """A provider that did not ask for one is no way around ours."""
    rights = await rights_of(database, user.role)
    needed = user.second_factor or (rights is not None and (await access_policy(database)).needs_second_factor(rights))
    if needed and not claims.second_factor and not terms.second_factor_trusted:
        detail = "a second factor is needed, and the provider has not said that it asked for one"
        raise Rejection("second_factor_needed", detail, status=403)


async def unlink(database: Database, user_id: str, by: By) -> bool:
    """Whether a provider knew somebody as this user. Their sessions end. Raises `Rejection`: `last_admin`."""
    async with changing(database) as change:
        gone = "delete from durable.provider_identity where user_id = $1 returning issuer"
        issuers = [row["issuer"] for row in await change.connection.fetch(gone, user_id)]
        for issuer in issuers:
            await change.tell(ProviderUnlinked(user_id=user_id, issuer=issuer), by)
        if issuers:
            await check_admins(change, await known_user(change.connection, user_id))
            await end_all_sessions(change, user_id, "provider_unlinked", by)
        return bool(issuers)


def challenge_of(verifier: str) -> str:
    """S256 (RFC 7636, 4.2), with the example of its appendix B.

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _derived(purpose: str, state: str, browser: str, key: str) -> str:
    secret = hashlib.sha256(f"meterlog provider {key}".encode()).digest()
    mac = hmac.digest(secret, f"{purpose} {state} {browser}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
