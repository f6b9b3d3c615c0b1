"""The manifest of an export: what each of its files holds, in a chain of hashes, signed. Pure but for the signature.

    manifest = Manifest(files=[FileEntry(name="events/rating-1.ndjson", sha256="9f…", ...)], chain="c0…", ...)
    text = as_text(manifest)                     # the bytes that are signed: JSON in one canonical form
    link(previous, sha256_of_file)               # the next hash of the chain

Whoever changes a byte of a file changes its hash, whoever changes a hash or leaves a file out changes the chain, and
whoever changes the chain needs the installation's key. `meterlog verify-export` checks it with nothing but the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
FORMAT: Final = "meterlog-audit-export/1"
START: Final = hashlib.sha256(FORMAT.encode()).hexdigest()


class FileEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A file: events of one partition of one topic, in its order. `chain` is the chain's hash with this file."""

    name: str
    topic: str
    partition: int
    count: int
    first_seq: int
    last_seq: int
    sha256: str
    chain: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`asked` is the filter of the export. `public_key` is Ed25519, in hexadecimal."""

    format: str
    env: str
    export_id: str
    made_at: str
    made_by: str
    asked: dict[str, str]
    events: int
    files: Sequence[FileEntry]
    chain: str
    public_key: str


def as_text(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1) + b"\n"


def link(previous: str, sha256: str) -> str:
    """The hash of the chain with another file.

    >>> link(START, "00" * 32) == link(START, "00" * 32), link(START, "00" * 32) == START
    (True, False)
    """
    return hashlib.sha256(f"{previous}\n{sha256}".encode()).hexdigest()


def fingerprint(public_key: str) -> str:
    """A public key as two people can read it to each other.

    >>> fingerprint("ab" * 32)
    '9A2D B2E2 3F15 04CD'
    """
    digits = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16].upper()
    return " ".join(digits[n : n + 4] for n in range(0, 16, 4))
