"""The installation's signing key: Ed25519, made from `METERLOG_VAULT_KEY`, so that it is where the vault's key is.

key = SigningKey(settings)
key.sign(b"...")      # 64 bytes
key.public            # hexadecimal; who checks exports notes it, or its fingerprint
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.engine.settings import Settings


class SigningKey:
    """Raises `MissingSetting` where the installation has no vault key."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.secret("vault_key").encode()
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"meterlog export signing/" + secret).digest())

    @property
    def public(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text)
