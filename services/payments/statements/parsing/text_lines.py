"""The lines of a text file whose encoding nobody tells: UTF-8, UTF-16 with its mark, or else Windows-1252.

>>> from io import BytesIO
>>> list(text_lines(BytesIO("Müller\\nB".encode("cp1252")))), list(text_lines(BytesIO("Müller".encode())))
(['Müller\\n', 'B'], ['Müller'])
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, Final

from shared.kernel.errors import Rejection

LINE_MAX: Final = 20_000
_CHUNK_BYTES: Final = 1 << 18


def text_lines(file: IO[bytes]) -> Iterator[str]:
    """Raises `Rejection` (400) for a line longer than any bank writes."""
    decoder = codecs.getincrementaldecoder(_encoding(file))(errors="replace")
    file.seek(0)
    rest, at_end = "", False
    while not at_end:
        chunk = file.read(_CHUNK_BYTES)
        at_end = not chunk
        *lines, rest = (rest + decoder.decode(chunk, at_end)).replace("\r\n", "\n").split("\n")
        for line in lines:
            yield f"{_bounded(line)}\n"
        _bounded(rest)
    if rest:
        yield rest


def _bounded(line: str) -> str:
    if len(line) > LINE_MAX:
        raise Rejection("malformed", f"a line has more than {LINE_MAX} characters", status=400)
    return line


def _encoding(file: IO[bytes]) -> str:
    file.seek(0)
    head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
