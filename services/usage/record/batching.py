"""Batching what was reported into commands: one stream of records becomes one stream of commands per usage partition.

    batcher = CommandBatcher(partitions=4, reported_partition=2)
    for index, record in enumerate(parse(message.value, headers)):
        batcher.add(record, offset * POSITIONS_PER_MESSAGE + index, ...)
    for partition, command in batcher.commands(): ...

Commands to one partition carry rising positions, so that its owner can drop what is delivered again by comparing one
number. Records of many messages share a command: a batch that arrives as one goes on as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from services.usage.formats.contract import NO_JSON, PlainRecord, Problem, ReportedRecord
from services.usage.formats.parsing.json_text import labels_of
from services.usage.record.admission import admit, admit_in_unit, home, home_of_source, micros
from services.usage.record.blocks import Block, Part, columns_of
from services.usage.record.fields import EARLIEST, LATEST, TEXT_LENGTH_MAX, compact
from services.usage.record.marks import NO_MARKS, Marks
from services.usage.record.messages import AdmittedRecord, RecordUsage, SetAside
from services.usage.record.plain import blocks_of
from services.usage.session.messages import SILENCE_S, NasSignal
from shared.kernel.resource_names import canonical
from shared.kernel.sealed_attributes import HIDDEN, masked

RECORDS_MAX: Final = 4000
BYTES_MAX: Final = 512 * 1024

# What a record takes in a command beside its texts and attributes: numbers, hashes in base64, punctuation.
_RECORD_OVERHEAD: Final = 80
_SEALED_OVERHEAD: Final = 250
_BYTES_OF_A_CHARACTER: Final = 4
_RAW_LENGTH_MAX: Final = 4096


class CommandBatcher:
    """Collects the records of one reported partition, or of one HTTP request (`reported_partition` -1)."""

    def __init__(
        self,
        *,
        partitions: int,
        reported_partition: int = -1,
        batch_id: str | None = None,
        batch_received: int = 0,
        session_silence_s: int = SILENCE_S,
        known_sources_only: bool = False,
        marks: Marks = NO_MARKS,
    ) -> None:
        self.marks = marks
        self.personal: list[tuple[list[AdmittedRecord], int]] = []
        """Where the records stand that have something personal, to be sealed before they are sent (sealing.py)."""
        self._partitions = partitions
        self._reported_partition = reported_partition
        self._batch_id = batch_id
        self._batch_received = batch_received
        self._session_silence_s = session_silence_s
        self._known_sources_only = known_sources_only
        self._done: list[tuple[int, _Open]] = []
        self._open: dict[int, _Open] = {}
        self.rejected = 0

    def add(self, record: ReportedRecord, position: int, id_without: str) -> Problem | None:
        """Take a record, or say why not: then it is for the caller to refuse it."""
        admitted = (admit if record.unit is None else admit_in_unit)(record, position, id_without)
        # `type(...) is`, as for each record here and in intake: `isinstance` on a Struct of another class is ten times
        # slower, since it asks the abstract base class of all Structs.
        if type(admitted) is Problem:
            return admitted
        if type(admitted) is NasSignal:
            self._add_signal(admitted)
            return None
        texts = admitted.source + admitted.id + admitted.resource + admitted.meter
        size = _RECORD_OVERHEAD + (len(texts) if texts.isascii() else _BYTES_OF_A_CHARACTER * len(texts))
        if admitted.attributes is not None:
            size += len(compact(admitted.attributes))
            if self.marks and self.marks.touch(admitted.meter, admitted.attributes):
                self._add_personal(admitted, size)
                return None
        self._room_for(home(admitted, self._partitions), size).records.append(admitted)
        return None

    def add_plain(self, records: Sequence[PlainRecord], positions: Sequence[int]) -> bool:
        """Take all of these, which follow each other, or none: then each is to be added by itself."""
        blocks = blocks_of(records, positions, self._partitions)
        if blocks is None:
            return False
        for partition, block in blocks:
            self._add_block(partition, block)
        return True

    def _add_block(self, partition: int, block: Block) -> None:
        """Into as many commands as it takes, each record counted as long as the longest."""
        texts = (block.source.values, block.id, block.resource, block.meter.values)
        size = _RECORD_OVERHEAD + sum([max(map(len, each)) for each in texts])
        start, end = 0, block.size
        while start < end:
            command = self._open.get(partition)
            if command is None:
                command = self._open[partition] = _Open()
            fits = min(RECORDS_MAX - command.size, (BYTES_MAX - command.bytes) // size, end - start)
            if fits < 1:
                self._done.append((partition, self._open.pop(partition)))
                continue
            command.parts.append(block if fits == block.size else block.between(start, start + fits))
            command.bytes += fits * size
            command.size += fits
            start += fits

    def _add_personal(self, admitted: AdmittedRecord, size: int) -> None:
        """It grows when it is sealed: by names, half of what is hidden, and what ciphertext begins with."""
        records = self._room_for(home(admitted, self._partitions), 3 * size + _SEALED_OVERHEAD).records
        self.personal.append((records, len(records)))
        records.append(admitted)

    def _add_signal(self, signal: NasSignal) -> None:
        """To the partition of its NAS, where all of its sessions are."""
        partition = home_of_source(signal.source, self._partitions)
        self._room_for(partition, _RECORD_OVERHEAD + len(signal.source)).signals.append(signal)

    def refuse(self, problem: Problem, record: ReportedRecord | None, position: int, id_without: str) -> None:
        """Keep a malformed record of the log for a person to see. Its partition follows from its position."""
        aside = _set_aside(problem, record, id_without, self.marks.names)
        command = self._room_for(position % self._partitions, _RECORD_OVERHEAD + 2 * len(aside.raw or ""))
        command.refused.append((position, aside))

    @property
    def count(self) -> int:
        """How many records, refused ones and signals it holds."""
        return sum(filled.size for filled in self._open.values()) + sum(filled.size for _, filled in self._done)

    def commands(self) -> Iterator[tuple[int, RecordUsage]]:
        """(usage partition, command), to be sent in this order."""
        for partition, filled in (*self._done, *self._open.items()):
            yield partition, self._command(filled)

    def _command(self, filled: _Open, reported_counts: Sequence[tuple[int, int]] = ()) -> RecordUsage:
        return RecordUsage(
            records=columns_of(filled.parts),
            refused=filled.refused,
            reported_partition=-1 if reported_counts else self._reported_partition,
            reported_counts=[*reported_counts],
            batch_id=self._batch_id,
            batch_received=self._batch_received,
            batch_rejected=self.rejected,
            signals=filled.signals,
            session_silence_s=self._session_silence_s,
            known_sources_only=self._known_sources_only,
        )

    def _room_for(self, partition: int, size: int) -> _Open:
        """The command that takes a record of so many bytes."""
        command = self._open.get(partition)
        if command is None:
            command = self._open[partition] = _Open()
        elif command.bytes + size > BYTES_MAX or command.size >= RECORDS_MAX:
            self._done.append((partition, command))
            command = self._open[partition] = _Open()
        command.bytes += size
        command.size += 1
        return command


def commands_of(batchers: Sequence[CommandBatcher]) -> Iterator[tuple[int, RecordUsage]]:
    """What batchers of as many reported partitions have for each usage partition, to be sent in this order.

    Small commands to one usage partition become one: each of P reported partitions has some records for each of P usage
    partitions, and each command is followed by a message to each of P account partitions. Left alone, a message would
    hold a handful of records. What was refused, or a NAS said, keeps its command, whose positions it shares.
    """
    for batcher in batchers:
        for partition, filled in batcher._done:
            yield partition, batcher._command(filled)
    shared: dict[int, _Shared] = {}
    for batcher in batchers:
        for partition, filled in batcher._open.items():
            if filled.refused or filled.signals:
                yield partition, batcher._command(filled)
                continue
            held = shared.get(partition)
            if held is not None and held.has_room(filled):
                held.add(batcher, filled)
                continue
            if held is not None:
                yield partition, held.command()
            shared[partition] = _Shared(batcher, filled)
    for partition, held in shared.items():
        yield partition, held.command()


class _Shared:
    """Records of several reported partitions for one usage partition."""

    def __init__(self, first: CommandBatcher, filled: _Open) -> None:
        self._first = first
        self._filled = filled
        self._counts = [(first._reported_partition, filled.size)]

    def has_room(self, more: _Open) -> bool:
        return self._filled.bytes + more.bytes <= BYTES_MAX and self._filled.size + more.size <= RECORDS_MAX

    def add(self, batcher: CommandBatcher, more: _Open) -> None:
        self._filled.parts += more.parts
        self._filled.bytes += more.bytes
        self._filled.size += more.size
        self._counts.append((batcher._reported_partition, more.size))

    def command(self) -> RecordUsage:
        return self._first._command(self._filled, self._counts if len(self._counts) > 1 else ())


class _Open:
    """A command that is being filled."""

    __slots__ = ("bytes", "parts", "refused", "signals", "size")

    def __init__(self) -> None:
        self.bytes = 0
        self.size = 0
        self.parts: list[Part] = []
        self.refused: list[tuple[int, SetAside]] = []
        self.signals: list[NasSignal] = []

    @property
    def records(self) -> list[AdmittedRecord]:
        """Where records that come one by one go."""
        last = self.parts[-1] if self.parts else None
        if type(last) is list:
            return last
        rows: list[AdmittedRecord] = []
        self.parts.append(rows)
        return rows


def _set_aside(problem: Problem, record: ReportedRecord | None, id_without: str, personal: frozenset[str]) -> SetAside:
    """What could be read of it. Fields of a CloudEvent lie in `data` as well as beside it; those of a record that was
    read are known though they stand in a header of the message, or in no JSON at all."""
    read = {} if record is None else msgspec.to_builtins(record)
    read = {name: value for name, value in read.items() if value is not None}
    content: Any = read if problem.content is None and record is not None else problem.content
    labels = _labels(content)
    fields = {**read, **_labels(labels.get("data")), **labels}
    return SetAside(
        "malformed",
        _text(fields, "source") or "",
        _text(fields, "id") or id_without,
        problem.code,
        problem.detail,
        _resource(fields),
        _text(fields, "meter"),
        None,
        _instant(fields),
        _raw(content, personal),
    )


def _labels(content: Any) -> dict[str, Any]:
    if isinstance(content, msgspec.Raw):
        return labels_of(bytes(content))
    return content if isinstance(content, dict) else {}


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if isinstance(value, str) and 0 < len(value) <= TEXT_LENGTH_MAX and value.isprintable():
        return value
    return None


def _resource(fields: dict[str, Any]) -> str | None:
    resource = _text(fields, "resource")
    return None if resource is None else canonical(resource)


def _instant(fields: dict[str, Any]) -> int | None:
    for name in ("started_at", "ended_at", "time"):
        value = fields.get(name)
        if isinstance(value, str):
            found = micros(value)
            # What it was refused for is no time to count it at: then it counts when it was received.
            return found if found is not None and EARLIEST <= found < LATEST else None
    return None


def _raw(content: Any, personal: frozenset[str]) -> str:
    """What was sent, for a person to look at; without the values of names that a meter marks as personal.

    What is no text, such as a packet, is in hexadecimal digits behind 0x: as text it could not be read back.
    """
    if personal:
        content = _without(content, personal)
    sent = bytes(content) if isinstance(content, msgspec.Raw) else compact(content)
    try:
        text = sent.decode()
    except UnicodeDecodeError:
        text = "\0"
    return ("0x" + sent.hex() if "\0" in text else text)[:_RAW_LENGTH_MAX]


def _without(content: Any, personal: frozenset[str]) -> Any:
    """Of what is no JSON nothing is left: nobody can tell what in it is a name."""
    try:
        read = msgspec.json.decode(content) if isinstance(content, msgspec.Raw) else content
    except (msgspec.DecodeError, RecursionError):
        return HIDDEN
    return masked(read, personal | NO_JSON) if isinstance(read, dict | list) else HIDDEN
