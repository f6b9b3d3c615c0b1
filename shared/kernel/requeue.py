"""Takes again what was put aside, each input as if it arrived now; pure, like the unit of work it does so in.

    before   acc-1: [1842: 666 coins] [1843: 1 coin] [1844: 2 coins]          the bug has been mended
    after    InputRequeued(1842) CoinsPut  InputRequeued(1843) CoinsPut  InputRequeued(1844) CoinsPut

An input keeps its envelope: the same cause and the same command ids follow from it as would have without the bug. What
crashes again stays where it was, with all behind it, and the operator is told so. Of a whole message that crashes, only
the part of another queue is put aside there; the rest is taken.

    page = recovery.page(command, envelope, origin)
    page.take(batch)        # raises Missing: load it and call again, it goes on where it stood
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from shared.kernel import dead_letters
from shared.kernel.dead_letters import BEHIND, DeadLetter, Name, QueuePlace, parking_key, place_key
from shared.kernel.decider import Send
from shared.kernel.envelope import Envelope, from_headers, retyped
from shared.kernel.errors import Indivisible, Rejection
from shared.kernel.message import Catalogue, Command, Event, Message, encode, type_as_written
from shared.kernel.outcome import (
    CommandResult,
    InputCrashedAgain,
    InputDiscarded,
    InputParked,
    InputRequeued,
    Parking,
)
from shared.kernel.recovery import DiscardDeadLetter, RecoveryCommand, RequeueDeadLetter, RequeueParked
from shared.kernel.unit_of_work import Missing, UnitOfWork

# What one transaction takes; the rest of a queue is asked for by a command to ourselves.
PAGE_INPUTS: Final = 500
PAGE_BYTES: Final = 3 * 1024 * 1024
# Payloads are loaded so many at a time, and stay until the batch is written.
LOOK_AHEAD: Final = 20


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """What a partition knows of its inputs: by topic (without the environment) what it can read, and how it is cut."""

    service: str
    partition: int
    catalogues: Mapping[str, Catalogue[Any]]
    split: Callable[[Message], Sequence[Message]]
    remains: Callable[[Message], Event | None]

    def page(self, command: RecoveryCommand, envelope: Envelope, origin: str) -> Page:
        return Page(self, command, envelope, origin)

    def read(self, letter: DeadLetter) -> tuple[Message, Envelope]:
        """The input as it came. Raises for one that this version can't read either.

        A dead-lettered command gave back the keys that it held: it claims them anew, as if its sender had waited.
        """
        envelope = from_headers((name, value.encode()) for name, value in letter.headers.items())
        if letter.parking_key is None:
            envelope = msgspec.structs.replace(envelope, claims=(), expires_at=None)
        return self.catalogues[letter.topic].decode(envelope.type, letter.payload), envelope

    def origin(self, letter: DeadLetter) -> str:
        return f"{letter.topic}/{self.partition}/{letter.offset}"

    def name(self, seq: int) -> str:
        return str(Name(self.service, self.partition, seq))


# A bug may quote the whole message it met.
_ERROR_LENGTH_MAX: Final = 4000


class Page:
    """One operator's command in one batch."""

    def __init__(self, recovery: Recovery, command: RecoveryCommand, envelope: Envelope, origin: str) -> None:
        self._recovery = recovery
        self._command = command
        self._envelope = envelope
        self._origin = origin
        self._asked = False
        self._taken = 0
        self._bytes = 0
        self._ahead: deque[int] = deque()

    def take(self, batch: UnitOfWork) -> None:
        """Everything the command asks for, as far as one transaction goes. What has been taken before stays taken."""
        if not self._asked:
            done = batch.get(CommandResult, self._envelope.command_id or "")
            if done is not None and done.final:
                return
            self._asked = True
        try:
            self._carry_out(batch)
        except Rejection as refusal:
            batch.refuse(self._command, self._envelope, refusal, origin=self._origin)

    def _carry_out(self, batch: UnitOfWork) -> None:
        match self._command:
            case RequeueParked(parking_key=key, through=through):
                self._requeue_queue(batch, key, through)
            case DiscardDeadLetter(seq=seq, reason=reason):
                self._discard(batch, self._open_letter(batch, seq), reason)
            case RequeueDeadLetter(seq=seq, queue=queue):
                # Once its queue is under way, the letter itself may be among those taken.
                letter = self._letter(batch, seq) if self._taken else self._open_letter(batch, seq)
                if letter.parking_key is None:
                    self._requeue_command(batch, letter)
                else:
                    self._requeue_queue(batch, letter.parking_key, None if queue else seq)

    # -- take again --------------------------------------------------------------------------------------------------

    def _requeue_command(self, batch: UnitOfWork, letter: DeadLetter) -> None:
        if letter.account_id is not None and batch.is_parked(letter.account_id):
            detail = f"inputs of {letter.account_id} are parked; requeue those first"
            raise Rejection("account_parked", detail, status=409)
        self._take_again(batch, letter, sends=())

    def _requeue_queue(self, batch: UnitOfWork, key: str, through: int | None) -> None:
        while self._taken < PAGE_INPUTS and self._bytes < PAGE_BYTES:
            letter = self._first(batch, key)
            if letter is None or (through is not None and letter.seq > through):
                break
            self._take_again(batch, letter, sends=self._next_page(batch, letter, through))
            self._ahead.popleft()
        if not self._taken:
            raise Rejection("not_parked", f"nothing is parked under {key!r} here", status=409)

    def _first(self, batch: UnitOfWork, key: str) -> DeadLetter | None:
        """The front of the queue."""
        if not self._ahead:
            queue = batch.get(Parking, key)
            if queue is None:
                return None
            keys = [place_key(key, n) for n in range(queue.first, min(queue.next, queue.first + LOOK_AHEAD))]
            places = batch.get_many(QueuePlace, keys)
            self._ahead.extend(places[place].seq for place in keys)
        letters = batch.get_many(DeadLetter, [str(seq) for seq in self._ahead])
        return letters[str(self._ahead[0])]

    def _next_page(self, batch: UnitOfWork, letter: DeadLetter, through: int | None) -> list[Send]:
        """The command that goes on, if this input fills the page and others are to follow."""
        full = self._taken + 1 >= PAGE_INPUTS or self._bytes + len(letter.payload) >= PAGE_BYTES
        queue = batch.get(Parking, letter.subject)
        if not full or queue is None or queue.count < 2 or (through is not None and letter.seq >= through):
            return []
        command = RequeueParked(parking_key=letter.subject, through=through)
        return [Send(command, to=self._recovery.service, partition=self._recovery.partition)]

    def _take_again(self, batch: UnitOfWork, letter: DeadLetter, *, sends: Sequence[Send]) -> None:
        """The input with all its effects, or nothing of it. Raises the refusal that says what it met."""
        part = batch.fork()
        again = InputRequeued(seq=letter.seq, subject=letter.subject, account_id=letter.account_id)
        part.answer(again, self._envelope, origin=self._origin, sends=sends)
        try:
            self._take_parts(part, letter)
        except Missing:
            raise
        except Exception as bug:
            self._crashed_again(batch, letter, bug)
        batch.absorb(part)
        self._taken += 1
        self._bytes += len(letter.payload)

    def _take_parts(self, batch: UnitOfWork, letter: DeadLetter) -> None:
        """Like any input that arrives, it is cut where only a part of it crashes, and that part is put aside."""
        message, envelope = self._recovery.read(letter)
        waiting = [message]
        while waiting:
            part = waiting.pop()
            try:
                self._take_part(batch, letter, part, envelope)
            except Missing:
                raise
            except Exception as bug:
                parts = () if isinstance(bug, Indivisible) else self._recovery.split(part)
                if parts:
                    waiting.extend(reversed(parts))
                elif letter.parking_key in (None, parking_key(part, envelope)):
                    raise
                else:
                    self._park(batch, letter, part, envelope, described(bug), attempts=1)

    def _take_part(self, batch: UnitOfWork, letter: DeadLetter, part: Message, envelope: Envelope) -> None:
        key, origin = parking_key(part, envelope), self._recovery.origin(letter)
        if letter.parking_key is not None and key != letter.parking_key and batch.is_parked(key):
            self._park(batch, letter, part, envelope, BEHIND, attempts=0)
        elif isinstance(part, Event):
            batch.take_event(part, envelope, origin=origin)
        elif isinstance(part, Command):
            batch.take_command(part, envelope, origin=origin, waited=True)

    def _park(
        self, batch: UnitOfWork, letter: DeadLetter, part: Message, envelope: Envelope, error: str, *, attempts: int
    ) -> None:
        """A part of a message that belongs to another queue goes to its end."""
        payload, exact = dead_letters.as_text(encode(part))
        written = type_as_written(envelope.type, part)
        parked = InputParked(
            parking_key=parking_key(part, envelope),
            n=0,
            topic=letter.topic,
            type=written,
            offset=letter.offset,
            headers=retyped(letter.headers, written),
            payload=payload,
            payload_base64=exact,
            error=error,
            attempts=attempts,
            account_id=part.account,
        )
        batch.park(parked, envelope)

    def _crashed_again(self, batch: UnitOfWork, letter: DeadLetter, bug: Exception) -> None:
        error = described(bug)
        crashed = InputCrashedAgain(
            seq=letter.seq,
            subject=letter.subject,
            error=error,
            attempts=letter.attempts + 1,
            account_id=letter.account_id,
        )
        batch.answer(crashed, self._envelope, origin=self._origin)
        before = f"{self._taken} inputs before it were taken, then " if self._taken else ""
        raise Rejection(
            "crashed_again", f"{before}{self._recovery.name(letter.seq)} crashed again: {error}", status=409
        )

    # -- discard -----------------------------------------------------------------------------------------------------

    def _discard(self, batch: UnitOfWork, letter: DeadLetter, reason: str) -> None:
        queue = None if letter.parking_key is None else batch.get(Parking, letter.parking_key)
        if queue is not None and queue.first != letter.n:
            detail = f"{letter.n - queue.first} inputs of {queue.parking_key} stand before it; resolve those first"
            raise Rejection("not_first", detail, status=409)
        part = batch.fork()
        discarded = InputDiscarded(seq=letter.seq, subject=letter.subject, reason=reason, account_id=letter.account_id)
        part.answer(discarded, self._envelope, origin=self._origin)
        self._take_remains(part, letter)
        batch.absorb(part)

    def _take_remains(self, batch: UnitOfWork, letter: DeadLetter) -> None:
        """What must happen all the same, such as taking a message's number. What can't be read has none."""
        part = batch.fork()
        try:
            message, envelope = self._recovery.read(letter)
            remains = self._recovery.remains(message)
            if remains is not None:
                part.take_event(remains, envelope, origin=self._recovery.origin(letter))
        except Missing:
            raise
        except Exception:
            # It has crashed before: that is why it is discarded.
            return
        batch.absorb(part)

    # -- look up -----------------------------------------------------------------------------------------------------

    def _open_letter(self, batch: UnitOfWork, seq: int) -> DeadLetter:
        letter = self._letter(batch, seq)
        if letter.status != "open":
            detail = f"{self._recovery.name(seq)} was {letter.status} before"
            raise Rejection("already_resolved", detail, status=409)
        return letter

    def _letter(self, batch: UnitOfWork, seq: int) -> DeadLetter:
        letter = batch.get(DeadLetter, str(seq))
        if letter is None:
            raise Rejection("not_found", f"there is no dead letter {self._recovery.name(seq)}", status=404)
        return letter


def described(bug: Exception) -> str:
    """A bug as events and operators are told of it: text that every table holds, however it came into the message."""
    text = f"{type(bug).__name__}: {bug}"[:_ERROR_LENGTH_MAX]
    return text.encode(errors="backslashreplace").decode().replace("\0", "\ufffd")
