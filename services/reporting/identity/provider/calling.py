"""What is asked of the provider: where its pages are, its keys, and the exchange of a code for an ID token.

    metadata = await provider.metadata()                     # its discovery document, kept for an hour
    token = await provider.id_token_for(code, verifier=…, redirect_uri=…)
    claims = await provider.verify(token, nonce)             # asks for its keys again where it has a new one

Addresses come from the discovery document of the issuer that the operator has set, over TLS; no redirect is followed,
answers are small and come soon, or the login is told that the provider is away.
"""

from __future__ import annotations

import time
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

import httpx
import msgspec
import structlog
from joserfc.jwk import KeySet

from services.reporting.identity.provider.id_token import (
    Claims,
    Expected,
    NotTheProvidersWord,
    UnknownKey,
    keys_of,
    verified,
)
from services.reporting.identity.provider.terms import Terms
from shared.http.problems import Unavailable
from shared.kernel.json_keys import NOT_JSON

METADATA_KEPT_S: Final = 3600.0
KEYS_KEPT_S: Final = 3600.0
KEYS_ASKED_EVERY_S: Final = 5.0
"""Tokens that name keys which nobody knows don't make us ask more often."""
TIMEOUT_S: Final = 5.0
ANSWER_MAX: Final = 512 * 1024

log = structlog.get_logger()


class CodeRefused(Exception):
    """The provider gives nothing for this code: it was used, is over, or was not for us."""


class Metadata(msgspec.Struct, frozen=True):
    """Of the discovery document (OpenID Connect Discovery 1.0, 3), what is used here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Provider:
    """One provider, with what it said lately. One per process."""

    def __init__(self, terms: Terms, client: httpx.AsyncClient | None = None) -> None:
        self.terms = terms
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False)
        self._metadata: tuple[Metadata, float] | None = None
        self._keys: tuple[KeySet, float] | None = None

    async def metadata(self) -> Metadata:
        """Raises `Unavailable`."""
        if self._metadata is None or self._metadata[1] + METADATA_KEPT_S < time.monotonic():
            url = f"{self.terms.issuer.rstrip('/')}/.well-known/openid-configuration"
            self._metadata = self._checked(await self._get(url)), time.monotonic()
        return self._metadata[0]

    async def id_token_for(self, code: str, *, verifier: str, redirect_uri: str) -> str:
        """Raises `CodeRefused`, `Unavailable`."""
        metadata = await self.metadata()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        form |= {"code_verifier": verifier, "client_id": self.terms.client_id}
        secret, basic = self.terms.client_secret, None
        if secret is not None and "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            basic = httpx.BasicAuth(quote_plus(self.terms.client_id), quote_plus(secret))  # RFC 6749, 2.3.1
        elif secret is not None:
            form["client_secret"] = secret
        answer = await self._send("POST", metadata.token_endpoint, data=form, auth=basic)
        if answer.status_code in (400, 401, 403):
            log.warning("provider_refused_code", status=answer.status_code)
            raise CodeRefused
        token = _object(answer).get("id_token")
        if not isinstance(token, str):
            raise _away("it gave no ID token; is openid among METERLOG_OIDC_SCOPES?")
        return token

    async def verify(self, token: str, nonce: str) -> Claims:
        """Raises `NotTheProvidersWord`, `Unavailable`."""
        terms = self.terms
        expected = Expected(issuer=terms.issuer, client_id=terms.client_id, nonce=nonce, leeway_s=terms.leeway_s)
        now_s = int(time.time())
        try:
            return verified(token, await self._signing_keys(), expected, now_s, roles_claim=terms.roles_claim)
        except UnknownKey:
            keys = await self._signing_keys(max_age_s=KEYS_ASKED_EVERY_S)
            return verified(token, keys, expected, now_s, roles_claim=terms.roles_claim)

    async def _signing_keys(self, *, max_age_s: float = KEYS_KEPT_S) -> KeySet:
        if self._keys is None or self._keys[1] + max_age_s < time.monotonic():
            document = await self._get((await self.metadata()).jwks_uri)
            try:
                self._keys = keys_of(document), time.monotonic()
            except NotTheProvidersWord as error:
                raise _away(str(error)) from error
        return self._keys[0]

    def _checked(self, document: dict[str, Any]) -> Metadata:
        """Raises `Unavailable` for a document of another issuer, or that leads out of TLS."""
        try:
            metadata = msgspec.convert(document, Metadata)
        except msgspec.ValidationError as error:
            raise _away(f"its discovery document: {error}") from error
        if metadata.issuer != self.terms.issuer:
            raise _away("its discovery document is of another issuer; METERLOG_OIDC_ISSUER takes it letter by letter")
        scheme = urlsplit(self.terms.issuer).scheme
        places = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        for place in (*places, metadata.end_session_endpoint):
            if place is not None and urlsplit(place).scheme not in ("https", scheme):
                raise _away("its discovery document leads out of TLS")
        return metadata

    async def _get(self, url: str) -> dict[str, Any]:
        answer = await self._send("GET", url)
        if answer.status_code != 200:
            raise _away(f"{url} answers {answer.status_code}")
        return _object(answer)

    async def _send(self, method: str, url: str, **more: Any) -> httpx.Response:
        try:
            request = self._client.build_request(
                method, url, data=more.get("data"), headers={"Accept": "application/json"}
            )
            answer = await self._client.send(request, auth=more.get("auth"), stream=True)
            try:
                body = bytearray()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > ANSWER_MAX:
                        raise _away("its answer is too long")
            finally:
                await answer.aclose()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _away(f"{type(error).__name__} at {urlsplit(url).hostname}") from error
        return httpx.Response(answer.status_code, content=bytes(body))


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        return msgspec.json.decode(answer.content, type=dict[str, Any])
    except NOT_JSON as error:
        raise _away(f"its answer ({answer.status_code}) is no JSON object") from error


def _away(why: str) -> Unavailable:
    log.warning("provider_unavailable", why=why)
    return Unavailable("provider_unavailable", f"the provider of logins does not answer as it should: {why}")
