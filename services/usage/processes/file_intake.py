"""Files into the log, one at a time and process: cut into bodies, each read as a request's body is, sent, and noted.

    usage-file-pja3w…  ->  body 0: 1,000 records  ->  RecordUsage to each partition, acknowledged  ->  bodies = 1

A process that ends in between has at most one body in the log that is not noted. The next process sends that one again:
its records have the same ids as before, their own or `<file>#<place>`, and so are duplicates and count nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.structs import RecordMetadata

from services.usage.commands import COMMANDS
from services.usage.file import rows
from services.usage.file.rows import QUEUE, Failure, File, Progress
from services.usage.formats import formats
from services.usage.formats.contract import Parsed, ReportedRecord, Undecodable
from services.usage.record.batching import CommandBatcher
from services.usage.record.sealing import Sealing
from shared.engine.background import Host
from shared.engine.leased import CANCELLED, DONE, FAILED
from shared.engine.postgres import AWAY
from shared.engine.telemetry import INTAKE_BUGS
from shared.http.upload import unpacked_piece
from shared.http.vault import Vault
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import encode

LOOK_EVERY_S: Final = 1.0
_DETAIL_LENGTH_MAX: Final = 200

log = structlog.get_logger()


def _met_a_bug(file: File, error: Exception) -> str:
    log.error("intake_bug", input=file.file_id, exc_info=error)
    INTAKE_BUGS.inc()
    return f"a bug of Meterlog's: {type(error).__name__}; send it again after a repair"


async def run_files(host: Host) -> None:
    """Run until cancelled. A failure to send ends the process; a database that is away is waited for."""
    producer = await host.kafka.idempotent_producer()
    vault = Vault(host.settings)
    sealing = Sealing(host.pool, vault.usage)
    try:
        while True:
            try:
                file = await QUEUE.take(host.pool)
                if file is not None:
                    await _FileIntake(host, producer, sealing, file).run()
                    continue
            except AWAY as error:
                # Its lease runs out, and it is taken again.
                log.warning("file_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        await producer.stop()
        await vault.close()


class _Stopped(Exception):
    """The file was cancelled, or another process has it."""


class _NotCut(Exception):
    """A bug of ours met the file where it is cut: no more of it is read."""


class _FileIntake:
    """One attempt at one file."""

    def __init__(self, host: Host, producer: AIOKafkaProducer, sealing: Sealing, file: File) -> None:
        self._host = host
        self._producer = producer
        self._sealing = sealing
        self._file = file
        self._progress = Progress(file.bodies, file.done, file.failed, list(file.failures), dict(file.sent))

    async def run(self) -> None:
        pool, file = self._host.pool, self._file
        try:
            n = 0
            async for body in self._bodies():
                n += 1
                if n > self._file.bodies:
                    await self._take(body)
            await rows.finish(pool, file, DONE if self._progress.done else FAILED)
        except _Stopped:
            await rows.finish(pool, file, CANCELLED)
        except _NotCut:
            await rows.finish(pool, file, FAILED)
        except asyncio.CancelledError:
            with suppress(*AWAY):
                await QUEUE.give_back(pool, file)
            raise
        log.info("file_taken", file=file.file_id, done=self._progress.done, failed=self._progress.failed)

    async def _bodies(self) -> AsyncIterator[bytes]:
        make = formats()[self._file.format].cutter
        assert make is not None
        cutter, n = make(), 0
        while (piece := await rows.piece(self._host.pool, self._file.file_id, n)) is not None:
            for body in self._cut(partial(cutter.feed, unpacked_piece(piece))):
                yield body
            n += 1
        for body in self._cut(cutter.end):
            yield body

    def _cut(self, cut: Callable[[], list[bytes]]) -> list[bytes]:
        try:
            return cut()
        except Exception as error:
            _met_a_bug(self._file, error)
            raise _NotCut from error

    async def _take(self, body: bytes) -> None:
        """Send what is in a body, wait until it is in the log, and note that."""
        file, progress = self._file, self._progress
        first = progress.done + progress.failed
        items = self._read(body)
        settings = self._host.settings
        batcher = CommandBatcher(
            partitions=settings.partitions,
            batch_id=file.file_id,
            batch_received=first + len(items),
            session_silence_s=settings.session_silence_s,
            known_sources_only=settings.known_sources_only,
            marks=await self._sealing.marks(),
        )
        failures = self._add(batcher, items, first)
        progress.failed += len(failures)
        progress.done += len(items) - len(failures)
        progress.failures += failures[: max(0, rows.FAILURES_KEPT - len(progress.failures))]
        batcher.rejected = progress.failed
        await self._sealing.seal(batcher)
        await self._send(batcher)
        progress.bodies += 1
        if not await rows.advance(self._host.pool, file, progress):
            raise _Stopped
        await asyncio.sleep(0)

    def _read(self, body: bytes) -> Sequence[Parsed]:
        try:
            return formats()[self._file.format].parse(body, self._file.headers)
        except Exception as error:
            # A bug of ours costs the body that met it, never the file or its neighbours.
            return [Undecodable(body, _met_a_bug(self._file, error))]

    def _add(self, batcher: CommandBatcher, items: Sequence[Parsed], first: int) -> list[Failure]:
        failures = []
        for place, item in enumerate(items, first):
            # Without an id of its own, a record is called after its place: the same whenever this file is read.
            named = f"{self._file.sha256.hex()}#{place}"
            found = batcher.add(item, -1, named) if isinstance(item, ReportedRecord) else item
            if found is not None:
                code = "malformed" if isinstance(found, Undecodable) else found.http_code or found.code
                failures.append(Failure(id=str(place), code=code, detail=found.detail[:_DETAIL_LENGTH_MAX]))
        return failures

    async def _send(self, batcher: CommandBatcher) -> None:
        topic, pending = self._host.kafka.topic("usage.commands"), list[asyncio.Future[RecordMetadata]]()
        for n, (target, command) in enumerate(batcher.commands()):
            envelope = Envelope(
                env=self._host.kafka.env,
                service="usage",
                partition=target,
                type=COMMANDS.name_of(command),
                recorded_at=self._host.clock.now(),
                subject="",
                actor=self._file.owner,
                command_id=f"{self._file.file_id}-{self._progress.bodies}-{n}",
            )
            headers = to_headers(envelope)
            pending.append(await self._producer.send(topic, encode(command), partition=target, headers=headers))
        for sent in await asyncio.gather(*pending):
            self._progress.sent[sent.partition] = max(sent.offset + 1, self._progress.sent.get(sent.partition, 0))
