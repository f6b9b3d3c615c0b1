"""The ways on which a simulation sends: Kafka and HTTP in batches, RADIUS packet by packet.

    async with KafkaSender(settings) as sender:
        await sender.send(batch)        # returns when all of it is acknowledged

Each ends only what it began: an answer that is lost is asked for again, under the same key or with the same packet.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Protocol, Self

import httpx
import msgspec
from aiokafka import AIOKafkaProducer

from meterlog.demo.simulator import publish
from meterlog.simulation.faults import Sent
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.http.transport import Wire

GIVE_UP_AFTER_S: Final = 60.0
_PAUSE_S: Final = 0.25
_RECORDS_A_BODY: Final = 1000
_PASSING: Final = (429, 502, 503, 504)


class NotTaken(Exception):
    """Nobody takes what is sent; the message says what came back."""


class Sender(Protocol):
    refused: int
    """Records that the other side refused, as it said."""

    async def send(self, batch: Sequence[Sent]) -> None:
        """Return once all of it is acknowledged. Raises `NotTaken`."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class KafkaSender:
    """Publishes to `usage.reported`, as collectors do."""

    def __init__(self, settings: Settings) -> None:
        self.refused = 0
        self._settings = settings
        self._producer: AIOKafkaProducer

    async def __aenter__(self) -> Self:
        self._producer = await Log(self._settings).idempotent_producer()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._producer.stop()

    async def send(self, batch: Sequence[Sent]) -> None:
        await publish(self._producer, self._settings, [record for sent in batch for record in sent.report.records])


class HttpSender:
    """Posts to `/v1/usage/records`, a thousand records a body at most."""

    def __init__(self, url: str, key: str, *, give_up_after_s: float = GIVE_UP_AFTER_S) -> None:
        self.refused = 0
        self._give_up_after_s = give_up_after_s
        self._http = httpx.AsyncClient(
            base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=30, transport=Wire()
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def send(self, batch: Sequence[Sent]) -> None:
        records = [record for sent in batch for record in sent.report.records]
        bodies = [records[at : at + _RECORDS_A_BODY] for at in range(0, len(records), _RECORDS_A_BODY)]
        await asyncio.gather(*(self._post(msgspec.json.encode(body)) for body in bodies))

    async def _post(self, body: bytes) -> None:
        # The same bytes under the same key: what a lost answer hides is not counted a second time.
        headers = {"Content-Type": "application/json", "Idempotency-Key": hashlib.sha256(body).hexdigest()}
        deadline = asyncio.get_running_loop().time() + self._give_up_after_s
        while True:
            try:
                answer = await self._http.post("/v1/usage/records", content=body, headers=headers)
                if answer.status_code in (202, 422):
                    self.refused += len(answer.json()["rejected" if answer.status_code == 202 else "errors"])
                    return
                why = f"{answer.status_code} {answer.text[:300]}"
                if answer.status_code not in _PASSING:
                    raise NotTaken(f"POST /v1/usage/records: {why}")
            except httpx.TransportError as error:
                why = repr(error)
            if asyncio.get_running_loop().time() > deadline:
                raise NotTaken(f"POST /v1/usage/records: {why} (for {self._give_up_after_s:.0f} s)")
            await asyncio.sleep(_PAUSE_S)
