"""The RADIUS listener: accounting packets over UDP, answered once the broker has them. A process of its own.

    python -m services.usage.processes.radius_listener        # started by the usage process (radius.py)

It takes packets while the partitions of usage compute, and on another core. Packets of some milliseconds become one
message of `usage.reported` a source, as they came (formats/radius.py); intake reads them from there. On its standard
input it is told whose packets to take, each second it writes a line of what it has done: {"answered": 120, ...}.
"""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
import time
from collections import Counter
from functools import partial
from typing import Any, Final, NamedTuple

import structlog
import uvloop
from aiokafka import AIOKafkaProducer

from services.usage.formats.radius import MEDIA_TYPE, framed
from services.usage.processes.radius_exchange import Address, Answered, Dropped, Exchange, Recorded
from services.usage.processes.radius_sources import RadiusSources
from services.usage.topics import REPORTED
from shared.engine.log import Log
from shared.engine.logging import configure_logging
from shared.engine.settings import Settings
from shared.kernel.partition import partition_of

log = structlog.get_logger()

# Long enough for a hundred packets of a busy hour to become one message, short beside a NAS's patience of seconds.
_GATHER_S: Final = 0.004
_PACKETS_PER_MESSAGE: Final = 500
_MESSAGE_BYTES_MAX: Final = 500_000
# A second of 8,000 packets of 1 kB; the system may allow less (net.core.rmem_max).
_RECEIVE_BYTES: Final = 8_388_608
_BIND_TRIES: Final = 50
_BIND_PAUSE_S: Final = 0.1
_TELL_EVERY_S: Final = 1.0
# 20,000 sources of 1 kB each.
_LINE_BYTES_MAX: Final = 32 * 1024 * 1024


class _Frame(NamedTuple):
    source: str
    key: bytes
    data: bytes


class Listener(asyncio.DatagramProtocol):
    """Between the socket and the log. `failed` is set where the log does not take what was received."""

    def __init__(self, kafka: Log, producer: AIOKafkaProducer, sources: RadiusSources) -> None:
        self._topic = kafka.topic(REPORTED)
        self._partitions = kafka.settings.partitions
        self._producer = producer
        self._sources = sources
        self._exchange = Exchange()
        self._gathered: list[_Frame] = []
        self._wake = asyncio.Event()
        self._transport: Any = None
        self.now_us: int | None = None
        """What time it is, where a test says so."""
        self.counts: Counter[str] = Counter()
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        address: Address = addr[:2]
        source = self._sources.of(address[0])
        found = self._exchange.take(data, addr, source, _now_ms())
        match found:
            case Recorded(key, packet):
                assert source is not None
                arrived_us = time.time_ns() // 1000 if self.now_us is None else self.now_us
                frame = framed(arrived_us, source.line, source.id, packet)
                self._gathered.append(_Frame(source.id, key, frame))
                self._wake.set()
                self.counts["received"] += 1
            case Answered(answer):
                self._transport.sendto(answer, addr)
                self.counts["answered_again"] += 1
            case Dropped(reason):
                self.counts[f"dropped_{reason}"] += 1
            case None:
                self.counts["sent_again"] += 1

    async def run(self) -> None:
        """Publish what is gathered, again and again. Raises what the log raises."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(_GATHER_S)
            self._wake.clear()
            gathered, self._gathered = self._gathered, []
            for frames in _messages(gathered):
                await self._publish(frames)
            if self.failed.done():
                self.failed.result()

    async def _publish(self, frames: list[_Frame]) -> None:
        sent = await self._producer.send(
            self._topic,
            b"".join(frame.data for frame in frames),
            # A source keeps its partition, so that its packets keep their order.
            partition=partition_of(frames[0].source, self._partitions),
            headers=[("content-type", MEDIA_TYPE.encode())],
        )
        sent.add_done_callback(partial(self._stored, frames))

    def _stored(self, frames: list[_Frame], sent: asyncio.Future[Any]) -> None:
        error = None if sent.cancelled() else sent.exception()
        if sent.cancelled() or error is not None:
            if not self.failed.done():
                self.failed.set_exception(error or ConnectionError("the producer was stopped"))
                self._wake.set()
            return
        now_ms = _now_ms()
        for frame in frames:
            for answer, address in self._exchange.stored(frame.key, now_ms):
                self._transport.sendto(answer, address)
                self.counts["answered"] += 1


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _messages(frames: list[_Frame]) -> list[list[_Frame]]:
    """The frames of each message: of one source, in order, within its limits."""
    by_source: dict[str, list[list[_Frame]]] = {}
    sizes: dict[str, int] = {}
    for frame in frames:
        messages = by_source.setdefault(frame.source, [[]])
        size = sizes.get(frame.source, 0) + len(frame.data)
        if len(messages[-1]) >= _PACKETS_PER_MESSAGE or size > _MESSAGE_BYTES_MAX:
            messages.append([])
            size = len(frame.data)
        messages[-1].append(frame)
        sizes[frame.source] = size
    return [message for messages in by_source.values() for message in messages if message]


async def _bound(settings: Settings) -> socket.socket:
    """The socket; a predecessor that is ending may hold the port a moment longer."""
    assert settings.radius_port is not None
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    for tries_left in reversed(range(_BIND_TRIES)):
        bound = socket.socket(family, socket.SOCK_DGRAM)
        try:
            bound.bind((settings.host, settings.radius_port))
        except OSError:
            bound.close()
            if not tries_left:
                raise
            await asyncio.sleep(_BIND_PAUSE_S)
            continue
        bound.setblocking(False)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BYTES)
        _force_receive_buffer(bound)
        return bound
    raise AssertionError("the last try raises")


def _force_receive_buffer(bound: socket.socket) -> None:
    """Beyond what the system allows an ordinary user, where we are more."""
    so_rcvbufforce = getattr(socket, "SO_RCVBUFFORCE", 33)
    try:
        bound.setsockopt(socket.SOL_SOCKET, so_rcvbufforce, _RECEIVE_BYTES)
    except OSError:
        granted = bound.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
        if granted < _RECEIVE_BYTES:
            log.info("radius_receive_buffer", granted_bytes=granted, remedy="raise net.core.rmem_max")


async def _tell(listener: Listener) -> None:
    """Each second: what was done since."""
    while True:
        counts, listener.counts = listener.counts, Counter()
        print(json.dumps(counts), flush=True)
        await asyncio.sleep(_TELL_EVERY_S)


async def _hear(listener: Listener, sources: RadiusSources) -> None:
    """What the usage process says, until it ends."""
    told = asyncio.StreamReader(limit=_LINE_BYTES_MAX)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    while line := await told.readline():
        said = json.loads(line)
        listener.now_us = said.get("now_us")
        if "sources" in said:
            sources.replace(said["sources"])


async def _main(settings: Settings) -> None:
    stop = asyncio.Event()
    # An interrupt from the keyboard goes to all processes; ours ends with the usage process.
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, lambda: None)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    kafka = Log(settings)
    producer = await kafka.idempotent_producer()
    sources = RadiusSources()
    listener = Listener(kafka, producer, sources)
    bound = await _bound(settings)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: listener, sock=bound)
    tasks = [
        asyncio.create_task(each) for each in (listener.run(), _tell(listener), _hear(listener, sources), stop.wait())
    ]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        transport.close()
        for task in tasks:
            task.cancel()
        await producer.stop()


if __name__ == "__main__":
    _settings = Settings()
    configure_logging(_settings, service="usage")
    uvloop.run(_main(_settings))
