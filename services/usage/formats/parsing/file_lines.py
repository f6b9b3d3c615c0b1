"""A file of lines cut into bodies while it arrives: each has whole lines, and a header line where the file has one.

    cutter = LineCutter()
    cutter.feed(b"a\\nb\\nc")   ->  []           less than a body
    cutter.end()               ->  [b"a\\nb\\nc"]

A line that is longer than any record may be is given on in parts, so that no file fills the memory: each of them is no
record, and is said to be none.
"""

from __future__ import annotations

from typing import Final

from services.usage.formats.contract import BODY_BYTES

LINE_BYTES_MAX: Final = 64 * 1024
LINES_MAX: Final = 1000


class LineCutter:
    """With `has_header` the first line that is not blank is a header, and goes before every body."""

    def __init__(self, *, has_header: bool = False) -> None:
        self._wants_header = has_header
        self._header = b""
        self._rest = b""
        self._lines: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        lines = (self._rest + chunk).split(b"\n")
        self._rest = lines.pop()
        found = [body for line in lines for body in self._take(line)]
        while len(self._rest) > LINE_BYTES_MAX:
            found += self._take(self._rest[:LINE_BYTES_MAX])
            self._rest = self._rest[LINE_BYTES_MAX:]
        return found

    def end(self) -> list[bytes]:
        found = self._take(self._rest)
        self._rest = b""
        return found + self._body()

    def _take(self, line: bytes) -> list[bytes]:
        if not line.strip():
            return []
        if self._wants_header:
            self._header, self._wants_header = line[:LINE_BYTES_MAX] + b"\n", False
            return []
        self._lines.append(line)
        self._size += len(line)
        return self._body() if self._size >= BODY_BYTES or len(self._lines) >= LINES_MAX else []

    def _body(self) -> list[bytes]:
        body = self._header + b"\n".join(self._lines)
        found = [body] if self._lines else []
        self._lines, self._size = [], 0
        return found
