"""gzip and zstd unpacked within a limit: what a stranger has packed may be a thousand times what it looks like.

unpacked("gzip", packed, limit=8_388_608)     ->  the content
unpacked("gzip", bomb, limit=8_388_608)       raises Bomb before more than the limit is in memory
unpacked("gzip", b"{}", limit=8_388_608)      raises NotPacked
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final, final

import cramjam

CODINGS: Final = ("gzip", "zstd")

_GZIP_SIGN: Final = b"\x1f\x8b"
_ROOM_BYTES: Final = 64 * 1024
# What cramjam says when there is more than fits.
_NO_ROOM: Final = "failed to write whole buffer"


@final
class NotPacked(Exception):
    """The bytes are not what they are said to be; the message says why."""


@final
class Bomb(Exception):
    """There is more in it than may be."""


def unpacked(coding: str, data: bytes, *, limit: int) -> bytes:
    """The content, of at most `limit` bytes. Raises `NotPacked` and `Bomb`."""
    if coding == "zstd":
        return unpack_into(cramjam.zstd.decompress_into, data, limit=limit)
    content, rest = gunzipped(data, limit=limit)
    if rest:
        raise NotPacked("something follows its end")
    return content


def gunzipped(data: bytes, *, limit: int) -> tuple[bytes, bytes]:
    """All members of a gzip file, and what follows them. Raises `NotPacked` and `Bomb`."""
    found, rest = bytearray(), data
    while rest[:2] == _GZIP_SIGN or not found:
        reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            found += reader.decompress(rest, limit - len(found) + 1)
        except zlib.error as error:
            raise NotPacked(str(error)) from error
        if len(found) > limit:
            raise Bomb
        if not reader.eof:
            raise NotPacked("it breaks off")
        rest = reader.unused_data
        if not found and rest[:2] != _GZIP_SIGN:
            break
    return bytes(found), rest


def unpack_into(unpack: Callable[[bytes, bytearray], int], data: bytes, *, limit: int) -> bytes:
    """By one of cramjam's functions that fill a buffer. Raises `NotPacked` and `Bomb`."""
    # Python fills a buffer with zeros first, so a large one would cost more than most contents: it grows as needed.
    size = min(limit, max(_ROOM_BYTES, 8 * len(data)))
    while True:
        room = bytearray(size)
        try:
            return bytes(memoryview(room)[: unpack(data, room)])
        except cramjam.DecompressionError as error:
            if _NO_ROOM not in str(error):
                raise NotPacked(str(error)) from error
            if size == limit:
                raise Bomb from error
        size = min(limit, 8 * size)
