"""Files of a job as one ZIP, made while it is sent: nothing waits for the end, and nothing is held but a part.

part("events/rating-1-0001.ndjson", b"...")         a piece of a job: a name, and some bytes of the file of that name
async for chunk in zipped(parts): ...               parts of one file follow each other
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import AsyncIterator
from typing import IO, Final, cast

_DATED: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP can say: the same files give the same bytes."""


def part(name: str, content: bytes) -> bytes:
    """A piece as a job keeps it."""
    return zlib.compress(name.encode() + b"\n" + content, 1)


def read_part(piece: bytes) -> tuple[str, bytes]:
    name, _, content = zlib.decompress(piece).partition(b"\n")
    return name.decode(), content


class _Out(io.RawIOBase):
    """Where a ZIP is written to that is sent on: it can't be gone back in."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._written += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


async def zipped(parts: AsyncIterator[tuple[str, bytes]]) -> AsyncIterator[bytes]:
    out = _Out()
    name, file = "", cast("IO[bytes] | None", None)
    with zipfile.ZipFile(cast("IO[bytes]", out), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        async for of, content in parts:
            if file is None or of != name:
                if file is not None:
                    file.close()
                info = zipfile.ZipInfo(of, _DATED)
                info.compress_type = zipfile.ZIP_DEFLATED
                name, file = of, archive.open(info, "w")
            file.write(content)
            if chunk := out.take():
                yield chunk
        if file is not None:
            file.close()
    yield out.take()
