"""Checks an export of the audit trail against its manifest: the signature, the chain, each file's hash and count.

check(Path("audit.zip")).differences     # [], or a sentence for each thing that is not as it was signed
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.kernel.manifest import FORMAT, MANIFEST, SIGNATURE, START, FileEntry, Manifest, fingerprint, link

MANIFEST_BYTES_MAX: Final = 64 * 1024 * 1024
_CHUNK: Final = 1 << 20


class NotAnExport(Exception):
    """The file can't be checked at all."""


class Found(NamedTuple):
    events: int
    files: int
    made_at: str
    made_by: str
    asked: dict[str, str]
    public_key: str
    fingerprint: str
    differences: list[str]


def check(file: Path, *, public_key: str | None = None) -> Found:
    """Raises `NotAnExport`."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _check(archive, public_key)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotAnExport(f"{file.name} is no export of an audit trail: {error}") from error


def _check(archive: zipfile.ZipFile, public_key: str | None) -> Found:
    text, signature = (_small(archive, name) for name in (MANIFEST, SIGNATURE))
    manifest = msgspec.json.decode(text, type=Manifest)
    if manifest.format != FORMAT:
        raise NotAnExport(f"its format is {manifest.format!r}, this version reads {FORMAT}")
    differences = [*_signed(manifest, text, signature, public_key), *_files(archive, manifest)]
    return Found(
        manifest.events,
        len(manifest.files),
        manifest.made_at,
        manifest.made_by,
        manifest.asked,
        manifest.public_key,
        fingerprint(manifest.public_key),
        differences,
    )


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MANIFEST_BYTES_MAX:
        raise NotAnExport(f"{name} is too large")
    with archive.open(name) as opened:
        return opened.read(MANIFEST_BYTES_MAX)


def _signed(manifest: Manifest, text: bytes, signature: bytes, public_key: str | None) -> Iterator[str]:
    if public_key is not None and public_key.strip().lower() != manifest.public_key:
        yield "signed by another key than you gave"
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest.public_key))
        key.verify(bytes.fromhex(signature.decode("ascii")), text)
    except (InvalidSignature, ValueError):
        yield f"the signature is not that of {MANIFEST}"


def _files(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    there = [name for name in archive.namelist() if name not in (MANIFEST, SIGNATURE)]
    named = [entry.name for entry in manifest.files]
    yield from (f"{name} is in the file and not in its manifest" for name in there if name not in named)
    if len(there) != len(set(there)):
        yield "a file is there twice"
    chain = START
    for entry in manifest.files:
        chain = link(chain, entry.sha256)
        if chain != entry.chain:
            yield f"the chain breaks at {entry.name}"
        yield from _file(archive, entry) if entry.name in there else (f"{entry.name} is missing",)
    if chain != manifest.chain:
        yield "the chain ends at another hash than was signed"
    if sum(entry.count for entry in manifest.files) != manifest.events:
        yield "the files do not add up to the number of events"


def _file(archive: zipfile.ZipFile, entry: FileEntry) -> Iterator[str]:
    digest, lines = hashlib.sha256(), 0
    try:
        with archive.open(entry.name) as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
    except zipfile.BadZipFile:
        yield f"{entry.name} is damaged"
        return
    if digest.hexdigest() != entry.sha256:
        yield f"{entry.name} is not what was signed"
    elif lines != entry.count:
        yield f"{entry.name} has {lines} events, its manifest says {entry.count}"
