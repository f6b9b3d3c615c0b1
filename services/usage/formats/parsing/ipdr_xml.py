"""IPDR documents taken apart: the elements of each `IPDR`, and a file of them cut into documents of some hundred.

>>> records_of(b'<IPDRDoc><IPDR><RecType>1</RecType></IPDR></IPDRDoc>')
[({'rectype': '1'}, b'<IPDR><RecType>1</RecType></IPDR>')]

Names are compared in lower case and without namespace: CMTS of three generations write `CMmacAddress`, `CmMacAddr` and
`ipdr:subscriberid`. A document type is refused, and with it every entity: nothing in a file is fetched, or grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.usage.formats.contract import BODY_BYTES

RECORD_BYTES_MAX: Final = 64 * 1024
RECORDS_MAX: Final = 10_001
"""One more than a message may have: then it is refused whole."""

_RECORDS_PER_BODY: Final = 500
_FIELDS_MAX: Final = 200
# 10,000 records of 30 elements.
_TAGS_MAX: Final = 600_000

_OPENING: Final = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,30}:)?)IPDR(?=[\s>/])")
_ROOT: Final = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,30}:)?IPDRDoc)(?=[\s>])")


class NotIpdr(ValueError):
    """The bytes are no well-formed IPDR document; the message says why."""


def records_of(document: bytes) -> list[tuple[dict[str, str], bytes]]:
    """The fields of each record with its bytes. Raises `NotIpdr`."""
    if document.count(b"<") > _TAGS_MAX:
        raise NotIpdr(f"it has more than {_TAGS_MAX} tags; send it as a file")
    try:
        root = fromstring(document, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotIpdr(f"{type(error).__name__}: {error}"[:200]) from error
    records = islice((element for element in root if _local(element.tag) == "ipdr"), RECORDS_MAX)
    return [(_fields(element), _bytes_of(element)) for element in records]


def _fields(record: Element) -> dict[str, str]:
    """Leaves by name, also those of the groups that the 3.0 schema has; the first of several."""
    found: dict[str, str] = {}
    for element in record.iter():
        if len(element) == 0 and element.text and len(found) < _FIELDS_MAX:
            found.setdefault(_local(element.tag), element.text.strip())
    return found


def _bytes_of(record: Element) -> bytes:
    record.tail = None
    try:
        return tostring(record)[:RECORD_BYTES_MAX]
    except RecursionError as error:
        raise NotIpdr("elements are nested too deeply") from error


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


class IpdrCutter:
    """Cuts at the ends of records: what stands before the first one goes before every body, so that each is a document.

    What it can't cut (another encoding, no records) comes out as it is, in bodies that are no IPDR document.
    """

    def __init__(self) -> None:
        self._head: bytes | None = None
        self._tail = b""
        self._buffer = b""
        self._records: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        self._buffer += chunk
        return list(self._bodies())

    def end(self) -> list[bytes]:
        found = list(self._bodies())
        rest = self._buffer
        broken_off = self._head is None or _OPENING.search(rest) is not None
        if self._records:
            found.append(self._body())
        if broken_off and rest.strip():
            found.append(rest)
        self._buffer = b""
        return found

    def _bodies(self) -> Iterator[bytes]:
        while (record := self._next_record()) is not None:
            self._records.append(record)
            self._size += len(record)
            if self._size >= BODY_BYTES or len(self._records) >= _RECORDS_PER_BODY:
                yield self._body()
        if len(self._buffer) > BODY_BYTES:
            # No record is as long: what can't be cut is given on, and said to be none.
            yield self._buffer
            self._buffer = b""

    def _next_record(self) -> bytes | None:
        opening = _OPENING.search(self._buffer)
        if opening is None:
            return None
        if self._head is None:
            self._head = self._buffer[: opening.start()]
            root = _ROOT.search(self._head)
            self._tail = b"</" + root[1] + b">" if root is not None else b""
        closing = b"</" + opening[1] + b"IPDR>"
        end = self._buffer.find(closing, opening.end())
        if end < 0:
            return None
        record = self._buffer[opening.start() : end + len(closing)]
        self._buffer = self._buffer[end + len(closing) :]
        return record

    def _body(self) -> bytes:
        body = (self._head or b"") + b"".join(self._records) + self._tail
        self._records, self._size = [], 0
        return body
