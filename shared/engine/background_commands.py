"""Commands of a background task to the partitions of its service.

    commands = BackgroundCommands(host, COMMANDS, actor="delivery")
    await commands.send(StartDelivery(...), derive("delivery", "start", ...))
    await commands.close()

Their ids say what they are for, so that one sent again is decided once.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiokafka.errors import ProducerClosed

from shared.engine.background import Host
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Catalogue, Command, encode
from shared.kernel.partition import partition_of


class BackgroundCommands:
    """Connects on first use, once however many send at the same time. One per task."""

    def __init__(self, host: Host, catalogue: Catalogue[Command], *, actor: str, producer: Any = None) -> None:
        self._host = host
        self._catalogue = catalogue
        self._actor = actor
        self._producer = producer
        self._connecting = asyncio.Lock()
        self._closed = False

    async def send(self, command: Command, command_id: str) -> None:
        """To the owner of the command's key; in the log when this returns. Raises `KafkaError`."""
        producer = await self._connected()
        service = self._catalogue.service
        partition = 0 if command.REFERENCE else partition_of(command.key, self._host.settings.partitions)
        envelope = Envelope(
            env=self._host.kafka.env,
            service=service,
            partition=partition,
            type=self._catalogue.name_of(command),
            recorded_at=self._host.clock.now(),
            subject=command.key,
            actor=self._actor,
            command_id=command_id,
        )
        topic = self._host.kafka.topic(f"{service}.commands")
        await producer.send_and_wait(topic, encode(command), partition=partition, headers=to_headers(envelope))

    async def close(self) -> None:
        """Who sends afterwards is refused: a call that ends late would connect anew, and nobody would close that."""
        self._closed = True
        async with self._connecting:
            if self._producer is not None:
                await self._producer.stop()

    async def _connected(self) -> Any:
        async with self._connecting:
            if self._closed:
                raise ProducerClosed
            if self._producer is None:
                self._producer = await self._host.kafka.idempotent_producer()
            return self._producer
