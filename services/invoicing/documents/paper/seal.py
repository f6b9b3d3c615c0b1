"""The hash of a PDF inside of itself: over all its bytes, with zeros where it stands.

    %meterlog-file-sha256 5f1c…            a comment before the last `startxref`

A comment between the objects of a PDF says nothing to who shows it, and PDF/A admits it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

MARK: Final = b"%meterlog-file-sha256 "
_DIGITS: Final = 64
_ZEROS: Final = b"0" * _DIGITS
_END: Final = b"startxref\n"


def sealed(document: bytes) -> bytes:
    """The file with its hash. Nothing before it moves, so its table of objects stays right."""
    place = document.rindex(_END)
    before, after = document[:place] + MARK, b"\n" + document[place:]
    return before + sha256(before + _ZEROS + after).hexdigest().encode() + after


def seal_of(document: bytes) -> tuple[str, str] | None:
    """The hash that the file says and the one that it has; `None` where it says none."""
    place = document.rfind(MARK)
    if place < 0:
        return None
    start = place + len(MARK)
    stated = document[start : start + _DIGITS]
    whole = document[:start] + _ZEROS + document[start + _DIGITS :]
    return stated.decode("ascii", "replace"), sha256(whole).hexdigest()
