"""Secrets: drawn, hashed and compared.

new_secret()          # 43 characters for 256 random bits: an API key's or a session's secret
digest(secret)        # what is stored of it; a fast hash is enough for a secret nobody can guess
await hash_password("correct horse")        # '$argon2id$…': slow on purpose, since people can be guessed
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

import argon2

# The first choice of OWASP for Argon2id: 19 MiB and two passes, some 20 ms.
_HASHER: Final = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Threads of its own and two of them: a flood of logins costs 40 MiB and leaves the other processors to the work.
_THREADS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


def new_secret() -> str:
    """256 random bits as text that fits into a cookie, a header and a shell."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def new_id() -> str:
    """80 random bits in base32, without the `_` that separates the parts of a key."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def digest(secret: str) -> bytes:
    """The stored form of a secret that was drawn here."""
    return hashlib.blake2b(secret.encode(), digest_size=32).digest()


def follows(secret: str, key: str) -> str:
    """The secret that comes after this one. Who has it, and not the key, can't tell."""
    mac = hmac.digest(hashlib.sha256(f"meterlog sessions {key}".encode()).digest(), secret.encode(), "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def password_is(password: str, password_hash: str | None) -> bool:
    """Whether it is the password of that hash. `None` (no such user) takes as long and is always false."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, password, password_hash)


def _verify(password: str, password_hash: str | None) -> bool:
    try:
        _HASHER.verify(password_hash or _nobody(), password)
    except argon2.exceptions.VerifyMismatchError:
        return False
    return password_hash is not None


@cache
def _nobody() -> str:
    """A hash of something nobody knows, in the format and at the cost of a real one."""
    return _HASHER.hash(new_secret())
