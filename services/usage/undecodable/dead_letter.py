"""Undecodable bytes as they lie in `usage.dead`: with the headers they were received with, and some of ours.

    reason: not UTF-8 JSON: ...    input: local.usage.reported/2/4711    truncated-from-bytes: 1048576

Published once more they say where they stood, so that a record without an id has the name it would have had:

    requeued-from: 2/4711/0        reported partition, offset, index of the piece
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from services.usage.record.messages import POSITIONS_PER_MESSAGE

REASON: Final = "reason"
INPUT: Final = "input"
TRUNCATED: Final = "truncated-from-bytes"
ADDED_HEADERS: Final = (REASON, INPUT, TRUNCATED)
"""What is added to the headers of a dead letter, beside those that were received."""

REQUEUED_FROM: Final = "requeued-from"
_ORIGIN: Final = re.compile(r"([0-9]{1,6})/([0-9]{1,18})/([0-9]{1,5})", re.ASCII)


def origin(reported_partition: int, position: int) -> str:
    """What `requeued-from` says of bytes at a position.

    >>> origin(2, 4711 * POSITIONS_PER_MESSAGE + 3)
    '2/4711/3'
    """
    offset, index = divmod(position, POSITIONS_PER_MESSAGE)
    return f"{reported_partition}/{offset}/{index}"


def requeued_from(headers: Mapping[str, str]) -> tuple[str, str, int] | None:
    """Reported partition, offset and index of the first piece; `None` for a message that stands where it was first."""
    found = _ORIGIN.fullmatch(headers.get(REQUEUED_FROM, ""))
    return None if found is None else (found[1], found[2], int(found[3]))
