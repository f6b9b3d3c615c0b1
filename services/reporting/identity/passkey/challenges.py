"""Challenges: random, good for five minutes and one answer, for making a passkey or for signing in by one.

challenge = await new_challenge(database, user_id="u2")         # None: to sign in
challenge = await taken(database, credential, user_id="u2")      # the one that an answer is for, and it is gone
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity.secret import digest
from shared.http.problems import Unavailable
from shared.kernel.json_keys import NOT_JSON

CHALLENGE_MINUTES: Final = 5
CHALLENGES_MAX: Final = 10_000


class NoChallenge(Exception):
    """The answer is for no challenge that is open for this."""


async def new_challenge(database: Database, *, user_id: str | None) -> bytes:
    """Raises `Unavailable` where thousands are open."""
    await database.execute("delete from durable.passkey_challenge where expires_at <= now()")
    if await database.fetchval("select count(*) from durable.passkey_challenge") >= CHALLENGES_MAX:
        raise Unavailable("too_many_attempts", "too many logins have begun; try again in a minute", retry_after_s=60)
    challenge = secrets.token_bytes(32)
    await database.execute(
        """
        insert into durable.passkey_challenge (challenge_hash, user_id, expires_at)
        values ($1, $2, now() + make_interval(mins => $3))
        """,
        _hash(challenge),
        user_id,
        CHALLENGE_MINUTES,
    )
    return challenge


async def taken(database: Database, credential: Mapping[str, Any], *, user_id: str | None) -> bytes:
    """Raises `NoChallenge`: unknown, answered, over, or of another purpose."""
    challenge = _challenge_in(credential)
    gone = """
    delete from durable.passkey_challenge
     where challenge_hash = $1 and user_id is not distinct from $2 and expires_at > now() returning 1
    """
    if await database.fetchval(gone, _hash(challenge), user_id) is None:
        raise NoChallenge
    return challenge


def decoded(text: object) -> bytes:
    """Base64url without padding. Raises `NoChallenge` for anything else."""
    if not isinstance(text, str) or len(text) > 16_384:
        raise NoChallenge
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoChallenge from error


def _challenge_in(credential: Mapping[str, Any]) -> bytes:
    response = credential.get("response")
    said = decoded(response.get("clientDataJSON") if isinstance(response, dict) else None)
    try:
        return decoded(msgspec.json.decode(said, type=dict[str, Any]).get("challenge"))
    except NOT_JSON as error:
        raise NoChallenge from error


def _hash(challenge: bytes) -> bytes:
    return digest(challenge.hex())
