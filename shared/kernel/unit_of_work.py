"""The core of a partition worker without its I/O: inputs in, events and messages and changed states out.

A `UnitOfWork` covers one batch. Inputs are taken one at a time; the n-th sees the effects of the first n-1. An input
is taken as a whole or not at all: where its functions ask for a state that is not loaded, `Missing` is raised,
nothing of it remains, and it is taken again once the state is there. That is safe because deciders are pure.

    batch = UnitOfWork(domain, base, place, next_seq=1843, now=now)
    batch.take_command(command, envelope)     # may raise Missing, or whatever bug decide has
    batch.events, batch.sends, batch.states

The runtime, the tests' given/when/then and the simulation all run this same code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

import msgspec

from shared.kernel import claims, dead_letters
from shared.kernel.cause import Cause
from shared.kernel.claims import CLAIM_EVENTS, Claim, SettleClaim
from shared.kernel.dead_letters import DeadLetter
from shared.kernel.decider import Context, Do, Domain, Gone, Many, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive
from shared.kernel.message import Command, Event, type_name
from shared.kernel.outcome import (
    OUTCOMES,
    CommandDone,
    CommandFaulted,
    CommandRejected,
    CommandResult,
    InputParked,
    InputRequeued,
    Parking,
)
from shared.kernel.sequence_gap import SequenceGap
from shared.kernel.stamps import Stamps

D = TypeVar("D", bound=State)
States = dict[type[State], dict[str, State | None]]
_OUTCOMES: Final = frozenset(OUTCOMES)
"""Looked up, as `isinstance` asks each of these classes in turn, and every event twice."""


class Missing(Exception):
    """A function asked for states that are not loaded; load them and take the input again."""

    def __init__(self, kind: type[State], keys: Sequence[str]) -> None:
        super().__init__(f"{kind.__name__} {', '.join(keys[:3])} not loaded ({len(keys)} in all)")
        self.wanted: Mapping[type[State], Sequence[str]] = {kind: keys}


@dataclass(frozen=True, kw_only=True)
class PartitionAddress:
    """Where a unit of work is done: environment, partition, number of partitions."""

    env: str
    partition: int
    partitions: int


@dataclass(slots=True)
class _Scratch:
    """The effects of one input, not yet part of the batch."""

    states: States = field(default_factory=dict)
    events: list[tuple[Event, Envelope]] = field(default_factory=list)
    sends: list[tuple[Send, Envelope]] = field(default_factory=list)


class UnitOfWork:
    """One batch of one partition. Not reusable; never shared between partitions."""

    def __init__(self, domain: Domain, base: View, place: PartitionAddress, *, next_seq: int, now: datetime) -> None:
        self._domain = domain
        self._base = base
        self._place = place
        self._now = now
        self._stamps = Stamps(env=place.env, service=domain.service, partition=place.partition, now=now)
        self._next_seq = next_seq
        self._scratch = _Scratch()
        self.states: States = {}
        self.events: list[tuple[Event, Envelope]] = []
        self.sends: list[tuple[Send, Envelope]] = []

    @property
    def now(self) -> datetime:
        return self._now

    # -- what pure functions see -------------------------------------------------------------------------------------

    def get(self, kind: type[D], key: str) -> D | None:
        held = self._scratch.states.get(kind)
        if held is not None and key in held:
            return held[key]  # type: ignore[return-value]
        held = self.states.get(kind)
        if held is not None and key in held:
            return held[key]  # type: ignore[return-value]
        return self._base.get(kind, key)

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        """Those that exist. What the batch has changed is not asked for below: it may be nowhere else yet."""
        held = [layer[kind] for layer in (self.states, self._scratch.states) if kind in layer]
        # Whether one was changed is a third of the cost of looking for which, and mostly none of a thousand was.
        changed = {key: h[key] for h in held if not h.keys().isdisjoint(keys) for key in keys if key in h}
        below = [key for key in keys if key not in changed] if changed else keys
        found: dict[str, D] = dict(self._base.get_many(kind, below)) if below else {}
        found.update({key: state for key, state in changed.items() if state is not None})  # type: ignore[misc]
        return found

    def take_command(
        self, command: Command, envelope: Envelope, *, origin: str | None = None, waited: bool = False
    ) -> None:
        """Decide a command that arrived on our topic, or claim a key for it. One that has a final result is dropped.

        `waited`: it stands at the front of its account's queue and is taken all the same.
        """
        with self._input():
            command_id = envelope.command_id or derive(origin or envelope.subject)
            cause = Cause.of_command(envelope, command_id, origin, hot=command.HOT)
            if isinstance(command, SettleClaim):
                self._record(claims.settle(command, self), cause)
                return
            held = envelope.claims
            done = None if command.HOT else self.get(CommandResult, command_id)
            if done is not None and done.final:
                self._settle(held, cause, used=not done.refused)
                return
            account = None if command.HOT or waited else command.account
            if account is not None and self.is_parked(account):
                parked = Rejection("account_parked", f"{account} waits for an operator", status=503)
                self._reject(command, parked, cause, held)
                return
            claim = None if command.HOT else claims.next_claim(self._domain.service, command, command_id, held)
            if claim is not None:
                self._claim(claim, command, envelope, held, cause)
                return
            if done is not None and done.fault is not None:
                self._taken_again(done.fault, cause)
            self._decide(command, cause, held, expected_version=envelope.expected_version)

    def take_event(self, event: Event, envelope: Envelope, *, origin: str | None = None) -> None:
        """React to an upstream event."""
        with self._input():
            cause = Cause.of_event(envelope, origin)
            self._react(event, envelope, cause)

    def refuse(self, command: Command, envelope: Envelope, why: Rejection, *, origin: str | None = None) -> None:
        """Record a refusal that is not the domain's."""
        with self._input():
            cause = Cause.of_command(envelope, envelope.command_id or "", origin, hot=command.HOT)
            self._reject(command, why, cause, envelope.claims)

    def expire(self, command: Command, envelope: Envelope, *, origin: str | None = None) -> None:
        """Refuse a command that came too late. If an earlier copy has a final result, that stays."""
        done = None if command.HOT else self.get(CommandResult, envelope.command_id or "")
        if done is not None and done.final:
            self.take_command(command, envelope, origin=origin)
        else:
            why = Rejection("expired", "this command waited longer than 60 s; send it again", status=503)
            self.refuse(command, envelope, why, origin=origin)

    def fault(self, faulted: CommandFaulted, envelope: Envelope, *, hot: bool, origin: str | None = None) -> None:
        """Record that `decide` crashed on a command from outside; the caller dead-letters its bytes.

        A command that its sender sends again, and that crashes again, is one dead letter: the later one.
        """
        with self._input():
            done = None if hot else self.get(CommandResult, envelope.command_id or "")
            earlier = self._open_letter(done.fault) if done is not None and done.fault is not None else None
            if earlier is not None:
                faulted = msgspec.structs.replace(faulted, attempts=earlier.attempts + 1, previous=earlier.seq)
            cause = Cause.of_command(envelope, envelope.command_id or "", origin, hot=False)
            self._record([faulted], cause)
            self._settle(envelope.claims, cause, used=False)

    def park(self, parked: InputParked, envelope: Envelope) -> None:
        """Put an input aside, behind those of its key that are already parked."""
        with self._input():
            queue = self.get(Parking, parked.parking_key)
            parked = msgspec.structs.replace(parked, n=1 if queue is None else queue.next)
            origin = f"{parked.topic}/{self._place.partition}/{parked.offset}"
            self._record([parked], Cause.of_parked(envelope, origin))

    def is_parked(self, parking_key: str) -> bool:
        return self.get(Parking, parking_key) is not None

    def answer(
        self, outcome: Event, envelope: Envelope, *, origin: str | None = None, sends: Sequence[Send] = ()
    ) -> None:
        """Record what an operator's command about dead letters came to, and send what follows from it."""
        with self._input():
            cause = Cause.of_command(envelope, envelope.command_id or "", origin, hot=False)
            self._record([outcome], cause)
            then = cause.then(self._scratch.events[-1][1])
            for index, send in enumerate(sends):
                self._follow(send, then, derive(then.citation, index))

    def fork(self) -> UnitOfWork:
        """A batch within this one, which sees all its effects: to be absorbed as a whole, or dropped."""
        return UnitOfWork(self._domain, self, self._place, next_seq=self._next_seq, now=self._now)

    def absorb(self, part: UnitOfWork) -> None:
        """Make the effects of a fork ours. Nothing was taken here in the meantime."""
        self.events.extend(part.events)
        self.sends.extend(part.sends)
        for kind, held in part.states.items():
            self.states.setdefault(kind, {}).update(held)
        self._next_seq = part._next_seq

    def replay(self, event: Event, envelope: Envelope) -> None:
        """Fold an event of our own log that is not applied yet; nothing is decided or sent again."""
        self._check(envelope)
        with self._input():
            self._fold(event, envelope)
            self._scratch.events.append((event, envelope))

    # -- the chain ---------------------------------------------------------------------------------------------------

    def _claim(self, claim: Claim, command: Command, envelope: Envelope, held: tuple[str, ...], cause: Cause) -> None:
        """Claim a key of ours for the command and send it on; one that lives elsewhere is asked for there."""
        service, place = self._domain.service, self._place
        if claims.address(service, command, cause.command_id, place.partitions, held) == place.partition:
            try:
                self._record(claims.decide(claim, service, cause.command_id, self), cause.unanswered())
            except Rejection as refusal:
                self._reject(command, refusal, cause, held)
                return
            held = (*held, claim.digest(service))
        partition = claims.address(service, command, cause.command_id, place.partitions, held)
        onward = Send(command, to=service, partition=partition)
        self._scratch.sends.append((onward, self._stamps.onward(envelope, cause, held)))

    def _settle(self, held: Sequence[str], cause: Cause, *, used: bool) -> None:
        """Tell the owners of the keys that a command holds how it ended."""
        service, partitions = self._domain.service, self._place.partitions
        for settle, partition in claims.settlements(service, cause.command_id, held, partitions, used=used):
            told = self._stamps.message(settle, cause, derive(cause.citation, "settle", settle.digest))
            self._scratch.sends.append((Send(settle, to=service, partition=partition), told))

    def _decide(
        self, command: Command, cause: Cause, held: Sequence[str] = (), *, expected_version: int | None = None
    ) -> None:
        context = Context(
            now=self._now,
            partition=self._place.partition,
            partitions=self._place.partitions,
            command_id=cause.command_id,
            actor=cause.actor,
            expected_version=expected_version,
        )
        try:
            events = self._domain.decide(command, self, context)
        except Rejection as refusal:
            self._reject(command, refusal, cause, held)
            return
        if events:
            self._record(events, cause)
        elif cause.root and cause.answers:
            name = type_name(self._domain.service, type(command))
            self._record([CommandDone(command_type=name, subject=command.key, account_id=command.account)], cause)
        self._settle(held, cause, used=True)

    def _reject(self, command: Command, refusal: Rejection, cause: Cause, held: Sequence[str] = ()) -> None:
        """A refused follow-up is on record, but it is not the answer to whoever set the chain going."""
        rejected = CommandRejected(
            command_type=type_name(self._domain.service, type(command)),
            subject=command.key,
            code=refusal.code,
            detail=refusal.detail,
            pointer=refusal.pointer,
            status=refusal.status,
            final=refusal.final,
            account_id=command.account,
        )
        self._record([rejected], cause if cause.root else cause.unanswered())
        self._settle(held, cause, used=False)

    def _record(self, events: Iterable[Event], cause: Cause) -> None:
        """Number and fold all events of one decision, then follow each: a policy sees the whole decision applied."""
        recorded = [(event, self._numbered(event, cause)) for event in events]
        for event, envelope in recorded:
            self._fold(event, envelope)
            self._scratch.events.append((event, envelope))
        for event, envelope in recorded:
            if type(event) not in _OUTCOMES:
                self._react(event, envelope, cause)

    def _numbered(self, event: Event, cause: Cause) -> Envelope:
        seq, self._next_seq = self._next_seq, self._next_seq + 1
        return self._stamps.event(event, cause, type=self._domain.events.name_of(event), seq=seq)

    def _fold(self, event: Event, envelope: Envelope) -> None:
        kind = type(event)
        if kind not in _OUTCOMES:
            self._put_all(self._domain.evolve(event, envelope, self))
        elif isinstance(event, CLAIM_EVENTS):
            self._put(claims.fold(event))
        else:
            self._put_all(dead_letters.fold(event, envelope.seq, self))
        self._note(event, envelope)

    def _check(self, envelope: Envelope) -> None:
        if envelope.seq != self._next_seq:
            log = f"{self._domain.service}.events/{self._place.partition}"
            raise SequenceGap.at(log, self._next_seq, envelope)

    def _note(self, event: Event, envelope: Envelope) -> None:
        """What became of its command, and that it was folded."""
        if envelope.command_id is not None:
            fault = envelope.seq if isinstance(event, CommandFaulted) else None
            final = fault is None and getattr(event, "final", True)
            refused = isinstance(event, CommandRejected)
            self._put(CommandResult(command_id=envelope.command_id, final=final, refused=refused, fault=fault))
        self._next_seq = envelope.seq + 1

    def _taken_again(self, fault: int, cause: Cause) -> None:
        """Its sender sent a dead-lettered command again, and now it can be decided: nobody has to requeue it."""
        letter = self._open_letter(fault)
        if letter is not None:
            again = InputRequeued(seq=fault, subject=letter.subject, account_id=letter.account_id)
            self._record([again], cause.unanswered())

    def _open_letter(self, seq: int) -> DeadLetter | None:
        letter = self.get(DeadLetter, str(seq))
        return letter if letter is not None and letter.status == "open" else None

    def _react(self, event: Event, envelope: Envelope, cause: Cause) -> None:
        """What follows from an event that was recorded or taken. Most are followed by nothing, which costs nothing."""
        then: Cause | None = None
        for aggregate, consequences in self._domain.react(event, envelope, self):
            for index, consequence in enumerate(consequences):
                then = then or cause.then(envelope)
                self._follow(consequence, then, derive(then.citation, aggregate, index))

    def _follow(self, consequence: Do | Send, cause: Cause, follow_id: str) -> None:
        """The id derives from the cause, the aggregate that follows it, and the place in what that one asks for."""
        if isinstance(consequence, Do):
            self._decide(consequence.command, cause.following(follow_id))
        else:
            self._scratch.sends.append((consequence, self._stamps.message(consequence.message, cause, follow_id)))

    # -- scratch -----------------------------------------------------------------------------------------------------

    def _put(self, change: State | Gone) -> None:
        self._put_all((change,))

    def _put_all(self, changes: Iterable[State | Gone | Many]) -> None:
        """A hot event changes a thousand states: `type(...) is` costs a tenth of `isinstance` on a Struct."""
        states = self._scratch.states
        for change in changes:
            kind = type(change)
            if kind is Gone:
                states.setdefault(change.kind, {})[change.key] = None  # type: ignore[union-attr]
            elif kind is Many:
                states.setdefault(change.kind, {}).update(change.states)  # type: ignore[union-attr]
            else:
                states.setdefault(kind, {})[change.key] = change  # type: ignore[arg-type, assignment, union-attr]

    def _input(self) -> _Input:
        return _Input(self)


class _Input:
    """Takes one input as a whole: on any exception its scratch is thrown away and the numbering goes back."""

    def __init__(self, batch: UnitOfWork) -> None:
        self._batch = batch

    def __enter__(self) -> None:
        self._batch._scratch = _Scratch()
        self._seq_before = self._batch._next_seq

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        batch, scratch = self._batch, self._batch._scratch
        batch._scratch = _Scratch()
        if error is not None:
            batch._next_seq = self._seq_before
            return
        batch.events.extend(scratch.events)
        batch.sends.extend(scratch.sends)
        for kind_, held in scratch.states.items():
            batch.states.setdefault(kind_, {}).update(held)
