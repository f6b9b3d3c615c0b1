"""A device with passkeys, in software: what a telephone or a security key does, made of keys of its own.

    device = Authenticator()
    credential = device.create(options, origin="https://billing.example.net")      # as navigator.credentials.create
    answer = device.get(options, origin="https://billing.example.net")             # as navigator.credentials.get

It does as it is told, also what no browser lets it do: answer for another site's origin, without asking who holds it
(`verifies=False`), or with a counter that stands still. Of the product it shares nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT: Final = 0x01
_VERIFIED: Final = 0x04
_ATTESTED: Final = 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Held:
    """A passkey in the device."""

    key: ec.EllipticCurvePrivateKey
    rp_id: str
    user_handle: str
    count: int = 0


@dataclass
class Authenticator:
    """`counts`: whether its counter goes up at each use, as that of a device with one key does."""

    verifies: bool = True
    counts: bool = True
    held: dict[str, Held] = field(default_factory=dict)

    def create(self, options: Mapping[str, Any], *, origin: str, rp_id: str | None = None) -> dict[str, Any]:
        """The device makes a passkey for the site that asks."""
        key = ec.generate_private_key(ec.SECP256R1())
        credential_id = secrets.token_bytes(32)
        rp = rp_id or options["rp"]["id"]
        self.held[b64(credential_id)] = held = Held(key, rp, options["user"]["id"])
        numbers = key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(credential_id)) + credential_id + cbor2.dumps(cose)
        data = self._data(held, _ATTESTED) + attested
        response = {
            "clientDataJSON": b64(_client_data("webauthn.create", options["challenge"], origin)),
            "attestationObject": b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
            "transports": ["internal"],
        }
        return _credential(b64(credential_id), response)

    def get(self, options: Mapping[str, Any], *, origin: str) -> dict[str, Any]:
        """The device answers with the passkey that it has for the site's name."""
        rp_id = options.get("rpId") or urlsplit(origin).hostname
        name, held = next((name, one) for name, one in self.held.items() if one.rp_id == rp_id)
        return self.answer(name, held, options["challenge"], origin)

    def answer(self, name: str, held: Held, challenge: str, origin: str) -> dict[str, Any]:
        """With this passkey, whatever the site is called."""
        if self.counts:
            held.count += 1
        client_data, data = _client_data("webauthn.get", challenge, origin), self._data(held, 0)
        signed = data + hashlib.sha256(client_data).digest()
        response = {
            "clientDataJSON": b64(client_data),
            "authenticatorData": b64(data),
            "signature": b64(held.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": held.user_handle,
        }
        return _credential(name, response)

    def _data(self, held: Held, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return hashlib.sha256(held.rp_id.encode()).digest() + struct.pack(">BI", flags, held.count)


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()


def _credential(name: str, response: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "rawId": name,
        "type": "public-key",
        "response": dict(response),
        "clientExtensionResults": {},
        "authenticatorAttachment": "platform",
    }
