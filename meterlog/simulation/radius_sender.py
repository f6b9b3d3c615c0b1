"""Accounting packets over UDP, as a NAS sends them: each again until it is answered.

    async with RadiusSender("127.0.0.1", 1813, b"s3cret") as sender:
        await sender.send(batch)

An identifier has one byte, so at most 256 packets are on their way from a socket. A packet that is sent again says how
long it has waited (Acct-Delay-Time).
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Self

from meterlog.simulation.accounting_request import accounting_request
from meterlog.simulation.faults import Sent
from meterlog.simulation.report import Accounting
from meterlog.simulation.senders import NotTaken
from services.usage.formats.parsing import radius_packet as rp

_ON_THE_WAY_MAX: Final = 200
_PATIENCE_S: Final = 1.0
_TRIES_MAX: Final = 30


class RadiusSender(asyncio.DatagramProtocol):
    def __init__(self, host: str, port: int, secret: bytes) -> None:
        self.refused = 0
        self._address = (host, port)
        self._secret = secret
        self._transport: Any = None
        self._free = list(range(256))
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._places = asyncio.Semaphore(_ON_THE_WAY_MAX)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, remote_addr=self._address)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transport.close()

    def datagram_received(self, data: bytes, addr: Any) -> None:
        answered = self._waiting.get(data[1]) if len(data) > 1 and data[0] == rp.ACCOUNTING_RESPONSE else None
        if answered is not None and not answered.done():
            answered.set_result(None)

    def error_received(self, exc: Exception) -> None:
        """Nobody listens yet: the packet is sent again, and given up in the end."""

    async def send(self, batch: Sequence[Sent]) -> None:
        said = [sent.report.accounting for sent in batch if sent.report.accounting is not None]
        await asyncio.gather(*(self._until_answered(each) for each in said))

    async def _until_answered(self, said: Accounting) -> None:
        loop = asyncio.get_running_loop()
        async with self._places:
            began_s = loop.time()
            for _ in range(_TRIES_MAX):
                waited_s = min(said.waited_s + math.ceil(loop.time() - began_s), 0xFFFFFFFF)
                if await self._tried(said if loop.time() == began_s else said._replace(waited_s=waited_s)):
                    return
        raise NotTaken(
            f"{self._address[0]}:{self._address[1]} does not answer; are address and secret of the source right?"
        )

    async def _tried(self, said: Accounting) -> bool:
        """Whether it was answered in time. Its identifier is not used again before."""
        identifier = self._free.pop(0)
        answered = self._waiting[identifier] = asyncio.get_running_loop().create_future()
        self._transport.sendto(accounting_request(said, identifier=identifier, secret=self._secret))
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await answered
        except TimeoutError:
            return False
        finally:
            del self._waiting[identifier]
            self._free.append(identifier)
        return True
