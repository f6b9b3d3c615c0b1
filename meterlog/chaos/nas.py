"""A NAS that loses every third packet, and does what the others say: RFC 5176, by pyrad.

    async with lossy_nas() as nas:
        nas.address                       # "127.0.0.1:53124"
        nas.lines["line-1"].state         # "off" after a Disconnect-Request, else the Filter-Id of the last CoA-Request

Of the packets that it loses, every second one has done its work and only the answer is lost: what a client can't tell
apart.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Final, cast

from pyrad.dictionary import Dictionary
from pyrad.packet import CoAPacket, DisconnectRequest

SECRET: Final = "every-third-is-lost"
LOSES_EVERY: Final = 3
OFF: Final = "off"

_ATTRIBUTES: Final = """
ATTRIBUTE User-Name             1  string
ATTRIBUTE Filter-Id             11 string
ATTRIBUTE Message-Authenticator 80 octets
"""


@dataclass(frozen=True)
class LineState:
    """What a line has, and the instant at which the NAS said so (`time.monotonic`)."""

    state: str
    answered_at: float


class LossyNas(asyncio.DatagramProtocol):
    """`lines` are those that it was told of, by User-Name."""

    def __init__(self, loses_every: int = LOSES_EVERY) -> None:
        """`loses_every`: so many packets, one is lost; none with 0."""
        self._loses_every = loses_every
        self.lines: dict[str, LineState] = {}
        self.packets = 0
        self.address = ""
        self._dictionary = Dictionary(StringIO(_ATTRIBUTES))
        self._transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        host, port = transport.get_extra_info("sockname")
        self.address = f"{host}:{port}"

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        request = CoAPacket(packet=data, secret=SECRET.encode(), dict=self._dictionary)
        if not request.VerifyCoARequest():
            return
        self.packets += 1
        lost = self._loses_every > 0 and self.packets % self._loses_every == 0
        if lost and self.packets % (2 * self._loses_every) == 0:
            return
        (name,) = request["User-Name"]
        state = OFF if request.code == DisconnectRequest else request["Filter-Id"][0]
        before = self.lines.get(name)
        if before is None or before.state != state:
            self.lines[name] = LineState(state, time.monotonic())
        if not lost:
            self._transport.sendto(request.CreateReply().ReplyPacket(), addr)


@asynccontextmanager
async def lossy_nas(loses_every: int = LOSES_EVERY) -> AsyncIterator[LossyNas]:
    loop, local = asyncio.get_running_loop(), ("127.0.0.1", 0)
    transport, nas = await loop.create_datagram_endpoint(lambda: LossyNas(loses_every), local_addr=local)
    try:
        yield nas
    finally:
        transport.close()
