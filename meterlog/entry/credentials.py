"""From an API key or a session to a signed token: asked of reporting once, then remembered for half a minute.

Answers are kept under a hash of the credential, never under the credential itself. A "no" is kept for 2 s, so that a
stranger who guesses costs reporting one question each 2 s per guess. A revoked key is out within 30 s at every entry,
and at once at the one through which it was revoked. Callers who ask for the same credential at once share a question.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from typing import Any, Final, NoReturn

import msgspec
from starlette.datastructures import Headers

from meterlog.entry.services import Services, content_of
from shared.http.cookies import session_of
from shared.http.customer_link import PREFIX
from shared.http.problems import Unavailable
from shared.http.scopes import Restrictions
from shared.kernel.errors import Rejection

KEPT_S: Final = 30.0
KEPT_REFUSED_S: Final = 2.0
_KEPT_MAX: Final = 10_000
_CREDENTIAL_MAX: Final = 512
LINK: Final = "customer_link"


class Credential(msgspec.Struct, frozen=True):
    """What a request brings: `kind` is `api_key`, `session` or `customer_link`."""

    kind: str
    secret: str

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(f"{self.kind}:{self.secret}".encode()).digest()


class Grant(msgspec.Struct, frozen=True):
    """Who that is, and the token that says so to the services. `restrictions`: see shared/http/scopes.py,
    `legal_entities`: see shared/http/entities.py."""

    token: str
    actor: str
    role: str
    expires_in: float
    role_name: str = ""
    restrictions: Restrictions = ()
    legal_entities: frozenset[str] | None = None


class _Kept(msgspec.Struct):
    grant: Grant | None
    until: float


class Credentials:
    """Exchanges credentials for grants. One per entry process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._asking: dict[bytes, asyncio.Task[Grant | None]] = {}

    async def grant_of(self, credential: Credential | None) -> Grant:
        """Raises a 401 `Rejection` without (valid) credentials, `Unavailable` while nobody can tell."""
        if credential is None:
            raise _unauthenticated("send Authorization: Bearer <API key>, or log in")
        digest = credential.digest
        kept = self._kept.get(digest)
        if kept is None or kept.until <= time.monotonic():
            grant = await self._ask_once(digest, credential)
        else:
            grant = kept.grant
        return grant or _refuse(credential)

    async def still_granted(self, credential: Credential | None) -> Grant:
        """The same for a stream that goes on by itself: it is asked whether its session is there, and that is no use
        of it, or nobody who leaves a tab open would ever be idle. Raises as `grant_of`."""
        if credential is None or credential.kind != "session":
            return await self.grant_of(credential)
        return await self._asked(credential, in_use=False) or _refuse(credential)

    def knows(self, credential: Credential) -> bool:
        """Whether it was good a moment ago."""
        kept = self._kept.get(credential.digest)
        return kept is not None and kept.grant is not None and kept.until > time.monotonic()

    def forget(self) -> None:
        """Somebody logged out or revoked a key: ask again for everybody."""
        self._kept.clear()

    async def _ask_once(self, digest: bytes, credential: Credential) -> Grant | None:
        task = self._asking.get(digest)
        if task is None:
            task = asyncio.create_task(self._ask(digest, credential))
            self._asking[digest] = task
            task.add_done_callback(lambda _: self._asking.pop(digest, None))
        # Shielded: a caller who hangs up must not take the answer from the others.
        return await asyncio.shield(task)

    async def _ask(self, digest: bytes, credential: Credential) -> Grant | None:
        grant = await self._asked(credential)
        # Half of its life at most: the token must still be good at the service that it is sent to.
        self._keep(digest, grant, KEPT_REFUSED_S if grant is None else min(KEPT_S, grant.expires_in / 2))
        return grant

    async def _asked(self, credential: Credential, *, in_use: bool = True) -> Grant | None:
        body: dict[str, Any] = {credential.kind: credential.secret}
        if not in_use:
            body["in_use"] = False
        answer = await self._services.ask("reporting", "/internal/exchange", method="POST", body=body)
        if answer.status_code == 401:
            return None
        try:
            return msgspec.convert(content_of(answer, "reporting"), Grant)
        except msgspec.ValidationError as error:
            raise Unavailable("service_unavailable", "reporting gave no token; see its log") from error

    def _keep(self, digest: bytes, grant: Grant | None, seconds: float) -> None:
        self._kept[digest] = _Kept(grant, time.monotonic() + seconds)
        self._kept.move_to_end(digest)
        if len(self._kept) > _KEPT_MAX:
            self._kept.popitem(last=False)


def credential_of(headers: Headers) -> Credential | None:
    """The credential of a request; an `Authorization` header goes before a cookie. `None` where there is none."""
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, key = authorization.partition(" ")
        key = key.strip()
        kind = LINK if key.startswith(PREFIX) else "api_key"
        return _credential(kind, key) if scheme.lower() == "bearer" else None
    return _credential("session", session_of(headers.get("cookie", "")) or "")


def _credential(kind: str, secret: str) -> Credential | None:
    return Credential(kind, secret) if 0 < len(secret) <= _CREDENTIAL_MAX and secret.isprintable() else None


_REFUSED: Final = {
    "session": "the session has ended; log in again",
    "api_key": "this API key is not known, has expired or was revoked; use a valid one",
    LINK: "this link is not known, has expired or was revoked; ask for another",
}


def _refuse(credential: Credential) -> NoReturn:
    raise _unauthenticated(_REFUSED[credential.kind])


def _unauthenticated(detail: str) -> Rejection:
    return Rejection("unauthenticated", detail, status=401)
