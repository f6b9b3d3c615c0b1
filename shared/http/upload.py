"""A file as it arrives: on disk and measured, never in memory.

    async with spooled(request.stream(), coding, bytes_max=FILE_BYTES_MAX) as upload:
        upload.sha256, upload.size_bytes
        for piece in upload.pieces(): ...        # packed, of a megabyte each unpacked
        upload.opened().read(4096)               # or as a file, from its beginning

gzip is unpacked on the way, within the limit: what a stranger has packed may be a thousand times what it looks like.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import IO, Final

import cramjam

from shared.kernel.errors import Rejection

PIECE_BYTES: Final = 1024 * 1024
_IN_MEMORY_BYTES: Final = 1024 * 1024
CODINGS: Final = ("", "identity", "gzip", "x-gzip")


class Upload:
    """What has arrived so far."""

    def __init__(self, file: IO[bytes], bytes_max: int) -> None:
        self._file = file
        self._bytes_max = bytes_max
        self._hash = hashlib.sha256()
        self.size_bytes = 0

    @property
    def sha256(self) -> bytes:
        return self._hash.digest()

    def write(self, chunk: bytes) -> None:
        self.size_bytes += len(chunk)
        if self.size_bytes > self._bytes_max:
            megabytes = self._bytes_max >> 20
            raise Rejection("too_large", f"a file has at most {megabytes} MB; send it in several", status=413)
        self._hash.update(chunk)
        self._file.write(chunk)

    def opened(self) -> IO[bytes]:
        self._file.seek(0)
        return self._file

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(PIECE_BYTES):
            yield bytes(cramjam.zstd.compress(piece))


def unpacked_piece(content: bytes) -> bytes:
    return bytes(cramjam.zstd.decompress(content))


@asynccontextmanager
async def spooled(chunks: AsyncIterator[bytes], coding: str, *, bytes_max: int) -> AsyncIterator[Upload]:
    """Raises `Rejection`: 413 for more than a file may have, 415 for another coding, 400 for what is no gzip."""
    coding = coding.strip().lower()
    if coding not in CODINGS:
        detail = f"a file comes plain or with Content-Encoding: gzip, not {coding[:40]!r}"
        raise Rejection("unsupported_encoding", detail, status=415)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES, prefix="meterlog-") as file:
        upload = Upload(file, bytes_max)
        unpacking = _Gzip() if coding.endswith("gzip") else None
        async for chunk in chunks:
            for part in (chunk,) if unpacking is None else unpacking.feed(chunk):
                upload.write(part)
            await asyncio.sleep(0)
        if unpacking is not None:
            unpacking.end()
        yield upload


class _Gzip:
    """All members of a gzip file, in parts of bounded size."""

    def __init__(self) -> None:
        self._reader = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk:
                if self._reader.eof:
                    self._reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
                yield self._reader.decompress(chunk, PIECE_BYTES)
                chunk = self._reader.unconsumed_tail or self._reader.unused_data
        except zlib.error as error:
            raise Rejection(
                "malformed", f"Content-Encoding says gzip, and the body is not: {error}", status=400
            ) from error

    def end(self) -> None:
        if not self._reader.eof:
            raise Rejection("malformed", "Content-Encoding says gzip, and the body breaks off", status=400)
