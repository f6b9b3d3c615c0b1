"""A file as it arrives is measured, bounded, and kept outside the memory."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import AsyncIterator

import pytest

from shared.http.upload import spooled, unpacked_piece
from shared.kernel.errors import Rejection


async def chunks(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for n in range(0, len(data), size):
        yield data[n : n + size]


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_a_packed_file_is_the_same_file(size: int) -> None:
    content = b"".join(b"%d,%d\n" % (n, n * n) for n in range(2000))
    packed = gzip.compress(content[:5000]) + gzip.compress(content[5000:])
    for data, coding in ((content, ""), (packed, "gzip")):
        async with spooled(chunks(data, size), coding, bytes_max=10**6) as found:
            assert (found.size_bytes, found.sha256) == (len(content), hashlib.sha256(content).digest())
            assert b"".join(unpacked_piece(piece) for piece in found.pieces()) == content
            assert found.opened().read() == found.opened().read() == content


@pytest.mark.parametrize(
    ("data", "coding", "status"),
    [
        (b"no gzip", "gzip", 400),
        (gzip.compress(b"a" * 5000, mtime=0)[:-9], "gzip", 400),
        (b"x", "br", 415),
        (gzip.compress(bytes(30_000), mtime=0), "gzip", 413),
        (bytes(30_000), "", 413),
    ],
    ids=["no gzip", "cut off", "unknown coding", "too much once unpacked", "too much"],
)
async def test_what_is_no_file_or_too_much_of_one_is_refused(data: bytes, coding: str, status: int) -> None:
    with pytest.raises(Rejection) as refused:
        async with spooled(chunks(data), coding, bytes_max=20_000):
            pass
    assert refused.value.status == status
