"""BER (X.690) taken apart by tag: what a charging record needs of it, and nothing more.

>>> elements(bytes.fromhex("8501078702a1b2"))
[Element(tag=5, is_constructed=False, content=b'\\x07'), Element(tag=7, is_constructed=False, content=b'\\xa1\\xb2')]

Definite and indefinite lengths; tags of any class are told by their number. Nothing recurses on what a stranger wrote
but the end of an indefinite length, to a depth of 16.
"""

from __future__ import annotations

from typing import Final, NamedTuple

DEPTH_MAX: Final = 16
_LENGTH_OCTETS_MAX: Final = 4
_TAG_OCTETS_MAX: Final = 3
_END_OF_CONTENTS: Final = b"\x00\x00"


class Element(NamedTuple):
    """A tag's number, whether other elements are in it, and its content."""

    tag: int
    is_constructed: bool
    content: bytes


class NotBer(ValueError):
    """The bytes are no BER; the message says why."""


class BreaksOff(NotBer):
    """More bytes may make it whole."""


def elements(data: bytes) -> list[Element]:
    """The elements one after another. Raises `NotBer`."""
    found, at = [], 0
    while at < len(data):
        element, at = element_at(data, at)
        found.append(element)
    return found


def element_at(data: bytes, at: int, *, depth: int = 0) -> tuple[Element, int]:
    """The element that begins at `at`, and where it ends. Raises `NotBer`, `BreaksOff` where bytes are missing."""
    first, tag, at = _tag(data, at)
    length, at = _length(data, at)
    is_constructed = bool(first & 0x20)
    if length is None:
        if not is_constructed or depth >= DEPTH_MAX:
            raise NotBer("an indefinite length belongs to a constructed element, 16 deep at most")
        start = at
        while data[at : at + 2] != _END_OF_CONTENTS:
            _, at = element_at(data, at, depth=depth + 1)
        return Element(tag, is_constructed, data[start:at]), at + 2
    if at + length > len(data):
        raise BreaksOff(f"{at + length - len(data)} bytes are missing")
    return Element(tag, is_constructed, data[at : at + length]), at + length


def whole_number(content: bytes) -> int | None:
    """An INTEGER that is not negative, of 64 bits at most; `None` for any other."""
    if not 0 < len(content) <= 9:
        return None
    value = int.from_bytes(content, "big", signed=True)
    return value if 0 <= value < 1 << 64 else None


def _tag(data: bytes, at: int) -> tuple[int, int, int]:
    first = _octet(data, at)
    at += 1
    if first & 0x1F != 0x1F:
        return first, first & 0x1F, at
    tag = 0
    for _ in range(_TAG_OCTETS_MAX):
        octet = _octet(data, at)
        at += 1
        tag = tag << 7 | octet & 0x7F
        if not octet & 0x80:
            return first, tag, at
    raise NotBer("a tag of more than 21 bits")


def _length(data: bytes, at: int) -> tuple[int | None, int]:
    first = _octet(data, at)
    at += 1
    if first < 0x80:
        return first, at
    if first == 0x80:
        return None, at
    count = first & 0x7F
    if count > _LENGTH_OCTETS_MAX:
        raise NotBer("a length of more than 4 octets")
    if at + count > len(data):
        raise BreaksOff("the length breaks off")
    return int.from_bytes(data[at : at + count], "big"), at + count


def _octet(data: bytes, at: int) -> int:
    if at >= len(data):
        raise BreaksOff("it breaks off")
    return data[at]
