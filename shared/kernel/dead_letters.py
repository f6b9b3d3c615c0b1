"""Inputs that were put aside because of a bug: what is kept of each, in which order, until an operator resolves it.

    rating/3/1842   InputParked      acc-1, n=1   ZeroDivisionError: ...          rating-3-1842   open
    rating/3/1847   InputParked      acc-1, n=2   stands behind a parked input    rating-3-1847   open
    rating/3/1851   CommandFaulted   sub-9        KeyError: 'tiers'               rating-3-1851   open
    rating/3/1860   InputRequeued    seq=1842                                     rating-3-1842   requeued

A parked input belongs to a queue, which is taken from its front; a dead-lettered command stands alone. The state is
folded from the events alone. What is resolved stays as a mark without its payload, so that nothing is resolved twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from shared.kernel.decider import Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.message import Event, Message
from shared.kernel.outcome import (
    CommandFaulted,
    InputCrashedAgain,
    InputDiscarded,
    InputParked,
    InputRequeued,
    Parking,
)

Status = Literal["open", "requeued", "discarded"]

BEHIND: Final = "stands behind a parked input"
"""The error of an input that did not crash itself."""

# A message has at most 1,000,000 bytes, which base64 makes 1.4 million of the 2 MiB that an event may have.
TEXT_BYTES_MAX: Final = 512 * 1024
PREVIEW_BYTES: Final = 16 * 1024

_NAME: Final = re.compile(r"([a-z]{1,20})-([0-9]{1,6})-([0-9]{1,18})(?:-([0-9]{1,9}))?", re.ASCII)


class DeadLetter(State, frozen=True, kw_only=True):
    """What event `seq` of this partition put aside. Without `parking_key` it is a dead-lettered command.

    `payload` is the message exactly as it is to be taken, `headers` those it came with.
    """

    KEY_FIELD = "seq"

    seq: int
    status: Status = "open"
    parking_key: str | None = None
    n: int = 0
    subject: str = ""
    account_id: str | None = None
    topic: str = ""
    offset: int = 0
    headers: dict[str, str] = {}
    payload: bytes = b""
    attempts: int = 1


class QueuePlace(State, frozen=True, kw_only=True):
    """Which event put aside number `n` of a queue."""

    parking_key: str
    n: int
    seq: int

    @property
    def key(self) -> str:
        return place_key(self.parking_key, self.n)


def place_key(parking_key: str, n: int) -> str:
    return f"{parking_key}/{n}"


class Name(NamedTuple):
    """How a dead letter is called outside; `item` tells apart what one event put aside together.

    >>> str(Name("rating", 3, 1842)), Name.read("usage-0-7-12"), Name.read("rating-3")
    ('rating-3-1842', Name(service='usage', partition=0, seq=7, item=12), None)
    """

    service: str
    partition: int
    seq: int
    item: int | None = None

    def __str__(self) -> str:
        return "-".join(str(part) for part in self if part is not None)

    @classmethod
    def read(cls, text: str) -> Name | None:
        """`None` for what is no such name."""
        found = _NAME.fullmatch(text)
        if found is None:
            return None
        item = None if found[4] is None else int(found[4])
        return cls(found[1], int(found[2]), int(found[3]), item)


def parking_key(message: Message | None, envelope: Envelope) -> str:
    """Whose inputs queue behind this one once it is parked: those of its account, else of its subject or source."""
    account = message.account if message is not None else None
    return account or envelope.subject or f"{envelope.service}/{envelope.partition}"


def as_text(received: bytes) -> tuple[str, bytes | None]:
    """The bytes for people to read, and once more as they are where that text is not exactly they.

    >>> as_text(b'{"coins":7}'), as_text(b"coins \\xff")
    (('{"coins":7}', None), ('coins \ufffd', b'coins \\xff'))
    """
    try:
        text = received.decode()
    except UnicodeDecodeError:
        return received[:PREVIEW_BYTES].decode(errors="replace"), received
    # U+0000 does not survive the way through an event (`Catalogue.decode`).
    if b"\0" in received:
        return text[:PREVIEW_BYTES], received
    if len(received) > TEXT_BYTES_MAX or len(msgspec.json.encode(text)) > TEXT_BYTES_MAX:
        return received[:PREVIEW_BYTES].decode(errors="replace"), received
    return text, None


def as_bytes(text: str, exact: bytes | None) -> bytes:
    """What `as_text` was given."""
    return text.encode() if exact is None else exact


def fold(event: Event, seq: int, view: View) -> Sequence[State | Gone]:
    """The changes of an outcome event, number `seq` of its partition, to what is put aside here."""
    match event:
        case InputParked():
            return _parked(event, seq, view)
        case CommandFaulted():
            return _faulted(event, seq, view)
        case InputRequeued():
            return _resolved(event.seq, "requeued", view)
        case InputDiscarded():
            return _resolved(event.seq, "discarded", view)
        case InputCrashedAgain():
            return [msgspec.structs.replace(_known(event.seq, view), attempts=event.attempts)]
    return ()


def _parked(event: InputParked, seq: int, view: View) -> list[State | Gone]:
    queue = view.get(Parking, event.parking_key)
    first = event.n if queue is None else queue.first
    return [
        Parking(parking_key=event.parking_key, first=first, next=event.n + 1),
        QueuePlace(parking_key=event.parking_key, n=event.n, seq=seq),
        DeadLetter(
            seq=seq,
            parking_key=event.parking_key,
            n=event.n,
            subject=event.parking_key,
            account_id=event.account_id,
            topic=event.topic,
            offset=event.offset,
            headers=event.headers,
            payload=as_bytes(event.payload, event.payload_base64),
            attempts=event.attempts,
        ),
    ]


def _faulted(event: CommandFaulted, seq: int, view: View) -> list[State | Gone]:
    letter = DeadLetter(
        seq=seq,
        subject=event.subject,
        account_id=event.account_id,
        topic=event.topic,
        offset=event.offset,
        headers=event.headers,
        payload=as_bytes(event.payload, event.payload_base64),
        attempts=event.attempts,
    )
    earlier = [] if event.previous is None else _resolved(event.previous, "requeued", view)
    return [*earlier, letter]


def _resolved(seq: int, status: Status, view: View) -> list[State | Gone]:
    letter = _known(seq, view)
    mark = DeadLetter(seq=seq, status=status, parking_key=letter.parking_key, n=letter.n)
    if letter.parking_key is None:
        return [mark]
    queue = view.get(Parking, letter.parking_key)
    if queue is None or queue.first != letter.n:
        raise NeverBegan(f"event {seq} is number {letter.n} of {letter.parking_key}, which is not the queue's first")
    left = msgspec.structs.replace(queue, first=queue.first + 1)
    place = Gone(QueuePlace, place_key(letter.parking_key, letter.n))
    return [mark, place, left if left.count else Gone(Parking, letter.parking_key)]


def _known(seq: int, view: View) -> DeadLetter:
    letter = view.get(DeadLetter, str(seq))
    if letter is None:
        raise NeverBegan(f"event {seq} put nothing aside")
    return letter
