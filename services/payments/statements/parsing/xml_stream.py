"""XML of strangers, read in pieces: the leaves of each element of interest, by their path in it.

>>> from io import BytesIO
>>> file = BytesIO(b'<D><Ntry><Amt Ccy="EUR">1</Amt><Sts><Cd>BOOK</Cd></Sts></Ntry></D>')
>>> [(record.name, record.fields) for record in records(file, {"Ntry"})]
[('Ntry', {'Amt@Ccy': ['EUR'], 'Amt': ['1'], 'Sts/Cd': ['BOOK']})]

A document type is refused, and with it every entity: nothing in a file is fetched, or grows. Depth, the length of a
text and the leaves of one element are bounded. What stands within an inner element of interest is told with that, not
with the outer one; the inner ends first, and knows what of the outer stands before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO, Final
from xml.parsers import expat

from shared.kernel.errors import Rejection

DEPTH_MAX: Final = 40
LEAVES_MAX: Final = 5_000
TEXT_MAX: Final = 10_000
_CHUNK_BYTES: Final = 64 * 1024


class Record:
    """An element of interest that has ended: its `fields` by path, attributes as `path@name`. `within` is the one
    around it, as far as it has been read."""

    __slots__ = ("fields", "name", "within")

    def __init__(self, name: str, within: Record | None) -> None:
        self.name = name
        self.within = within
        self.fields: dict[str, list[str]] = {}

    def first(self, *paths: str) -> str:
        """The first text at the first of these paths that has one; else empty."""
        for path in paths:
            found = self.fields.get(path)
            if found:
                return found[0]
        return ""

    def all(self, path: str) -> list[str]:
        return self.fields.get(path, [])


def records(file: IO[bytes], names: Collection[str]) -> Iterator[Record]:
    """Each element called so, when it ends. Raises `Rejection` (400) for what is no such XML."""
    reader = _Reader(frozenset(names))
    try:
        while chunk := file.read(_CHUNK_BYTES):
            reader.parser.Parse(chunk, False)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
        yield from reader.taken()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Rejection("malformed", f"this is no XML: {error}"[:200], status=400) from error


class _Reader:
    def __init__(self, names: frozenset[str]) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._names = names
        self._ended: list[Record] = []
        self._record: Record | None = None
        # The path of each open element within its record; a record's own is empty.
        self._paths: list[str] = []
        self._leaves = 0
        self._parts: list[str] = []
        self._length = 0

    def taken(self) -> list[Record]:
        ended, self._ended = self._ended, []
        return ended

    def _doctype(self, *_: object) -> None:
        raise Rejection("malformed", "a document type is not taken; send the file without DOCTYPE", status=400)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if len(self._paths) == DEPTH_MAX:
            raise Rejection("malformed", f"elements stand more than {DEPTH_MAX} deep in each other", status=400)
        self._parts.clear()
        self._length = 0
        if name in self._names:
            self._record = Record(name, self._record)
            self._leaves = 0
            self._paths.append("")
            return
        above = self._paths[-1] if self._paths else ""
        path = f"{above}/{name}" if above else name
        self._paths.append(path)
        if attributes and self._record is not None:
            for key, value in attributes.items():
                self._keep(f"{path}@{key}", value)

    def _end(self, tag: str) -> None:
        path, record = self._paths.pop(), self._record
        if record is None:
            return
        if not path:
            self._ended.append(record)
            self._record = record.within
        elif self._parts:
            text = "".join(self._parts).strip()
            if text:
                self._keep(path, text)
            self._parts.clear()
            self._length = 0

    def _text(self, text: str) -> None:
        if self._record is not None and self._length < TEXT_MAX:
            self._parts.append(text[: TEXT_MAX - self._length])
            self._length += len(text)

    def _keep(self, path: str, text: str) -> None:
        if self._record is not None and self._leaves < LEAVES_MAX:
            self._leaves += 1
            self._record.fields.setdefault(path, []).append(text)
