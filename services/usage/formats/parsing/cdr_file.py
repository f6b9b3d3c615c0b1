"""A file of charging records in BER cut into bodies: records one after another, or in a CDR file (3GPP TS 32.297).

    cutter = CdrCutter()
    cutter.feed(b"\\xbf\\x4e\\x75…")   ->  []
    cutter.end()                     ->  [b"\\xbf\\x4e\\x75…"]      records without the headers around them

A CDR file begins with its own length and that of its header, and has a header of four or five octets before each
record. Where the bytes are no BER, what is left of the file is given on as it is, and said to be none.
"""

from __future__ import annotations

from typing import Final

from services.usage.formats.contract import BODY_BYTES
from services.usage.formats.parsing.ber import BreaksOff, NotBer, element_at

RECORD_BYTES_MAX: Final = 256 * 1024
_RECORDS_PER_BODY: Final = 200
# TS 32.297, 6.1.1: the fixed part of a file header; none is longer than its routeing filter and extensions make it.
_HEADER_MIN: Final = 50
_HEADER_MAX: Final = 64 * 1024
_EXTENDED_RELEASE: Final = 7


class CdrCutter:
    """Holds at most a record and a body."""

    def __init__(self) -> None:
        self._begins = True
        self._has_headers = False
        self._is_lost = False
        self._buffer = b""
        self._records: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        self._buffer += chunk
        return self._cut(ended=False)

    def end(self) -> list[bytes]:
        found = self._cut(ended=True)
        rest, self._buffer = self._buffer, b""
        return [*found, *self._body(), *([rest] if rest else [])]

    def _cut(self, *, ended: bool) -> list[bytes]:
        if self._begins and not self._skip_file_header(ended=ended):
            return []
        found: list[bytes] = []
        at = 0
        while not self._is_lost and at < len(self._buffer):
            try:
                start = at + self._record_header(at)
                _, end = element_at(self._buffer, start)
            except BreaksOff:
                break
            except NotBer:
                self._is_lost = True
                break
            self._records.append(self._buffer[start:end])
            self._size += end - start
            at = end
            if self._size >= BODY_BYTES or len(self._records) >= _RECORDS_PER_BODY:
                found += self._body()
        self._buffer = self._buffer[at:]
        if self._is_lost or len(self._buffer) > RECORD_BYTES_MAX:
            self._is_lost = True
            found += [*self._body(), *([self._buffer] if self._buffer else [])]
            self._buffer = b""
        return found

    def _skip_file_header(self, *, ended: bool) -> bool:
        """Whether what follows is records. A record begins with its tag, a file with its length, of less than 2 GB."""
        data = self._buffer
        if len(data) < 8 and not ended:
            return False
        header = int.from_bytes(data[4:8], "big")
        length = int.from_bytes(data[:4], "big")
        if len(data) >= 8 and _HEADER_MIN <= header <= _HEADER_MAX and header <= length and data[0] < 0x80:
            if len(data) < header and not ended:
                return False
            self._buffer, self._has_headers = data[header:], True
        self._begins = False
        return True

    def _record_header(self, at: int) -> int:
        """The octets before a record: its length, release and version, format, and what a later release adds."""
        if not self._has_headers:
            return 0
        if at + 4 >= len(self._buffer):
            raise BreaksOff("the header of a record breaks off")
        return 5 if self._buffer[at + 2] >> 5 == _EXTENDED_RELEASE else 4

    def _body(self) -> list[bytes]:
        found = [b"".join(self._records)] if self._records else []
        self._records, self._size = [], 0
        return found
