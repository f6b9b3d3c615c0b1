"""CoA- and Disconnect-Requests over UDP, by pyrad: sent up to three times with the same identifier, one second apart.

A NAK whose Error-Cause is 503 says that the NAS has no such session: there is nothing to change, what counts is the
next login. It acknowledges, and the answer says so.
"""

from __future__ import annotations

import asyncio
import struct
from functools import cache
from io import StringIO
from typing import Final

from pyrad.dictionary import Dictionary
from pyrad.packet import (
    CoAACK,
    CoANAK,
    CoAPacket,
    CoARequest,
    DisconnectACK,
    DisconnectNAK,
    DisconnectRequest,
    PacketError,
)

from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import RadiusRequest

PORT: Final = 3799
TRIES: Final = 3
WAIT_S: Final = 1.0
SESSION_NOT_FOUND: Final = 503

_ATTRIBUTES: Final = """
ATTRIBUTE User-Name            1   string
ATTRIBUTE Framed-IP-Address    8   ipaddr
ATTRIBUTE Filter-Id            11  string
ATTRIBUTE Calling-Station-Id   31  string
ATTRIBUTE Acct-Session-Id      44  string
ATTRIBUTE Message-Authenticator 80 octets
ATTRIBUTE Error-Cause          101 integer
VENDOR    Mikrotik             14988
BEGIN-VENDOR Mikrotik
ATTRIBUTE Mikrotik-Rate-Limit  8   string
END-VENDOR Mikrotik
VENDOR    Cisco                9
BEGIN-VENDOR Cisco
ATTRIBUTE Cisco-AVPair         1   string
END-VENDOR Cisco
"""

CAUSES: Final = {
    401: "unsupported attribute",
    402: "missing attribute",
    403: "NAS identification mismatch",
    404: "invalid request",
    405: "unsupported service",
    406: "unsupported extension",
    501: "administratively prohibited",
    502: "request not routable",
    503: "session context not found",
    504: "session context not removable",
    506: "resources unavailable",
    508: "multiple session selection unsupported",
}

_ANSWERS: Final = {
    CoAACK: "CoA-ACK",
    CoANAK: "CoA-NAK",
    DisconnectACK: "Disconnect-ACK",
    DisconnectNAK: "Disconnect-NAK",
}


@cache
def dictionary() -> Dictionary:
    """The attributes that are sent and understood."""
    return Dictionary(StringIO(_ATTRIBUTES))


async def send(element: Element, request: RadiusRequest) -> Outcome:
    """Raises `TimeoutError` where nothing comes back that the secret vouches for."""
    host, port = _address(element.address)
    packet = _packet(element, request)
    data = packet.RequestPacket()
    loop = asyncio.get_running_loop()
    answers: asyncio.Queue[bytes] = asyncio.Queue(maxsize=100)
    transport, _ = await loop.create_datagram_endpoint(lambda: _Receiver(answers), remote_addr=(host, port))
    try:
        for _ in range(TRIES):
            transport.sendto(data)
            try:
                async with asyncio.timeout(WAIT_S):
                    return await _answer(packet, answers)
            except TimeoutError:
                continue
        raise TimeoutError
    finally:
        transport.close()


class _Receiver(asyncio.DatagramProtocol):
    def __init__(self, answers: asyncio.Queue[bytes]) -> None:
        self._answers = answers

    def datagram_received(self, data: bytes, addr: object) -> None:
        if not self._answers.full():
            self._answers.put_nowait(data)


async def _answer(packet: CoAPacket, answers: asyncio.Queue[bytes]) -> Outcome:
    """The first answer that the secret vouches for; anybody can send others, and they are dropped."""
    while True:
        data = await answers.get()
        try:
            reply = packet.CreateReply(packet=data)
            if not packet.VerifyReply(reply, data):
                continue
        except (PacketError, ValueError, struct.error):
            # No packet at all: what it was is of no use to anybody.
            continue
        if reply.code in _ANSWERS:
            return _outcome(reply)


def _outcome(reply: CoAPacket) -> Outcome:
    said = _ANSWERS[reply.code]
    if reply.code in (CoAACK, DisconnectACK):
        return Outcome("acknowledged", said)
    (cause,) = reply.get("Error-Cause", [None])[:1]
    if cause is None:
        return Outcome("refused", said)
    told = f"{said}, Error-Cause {cause}: {CAUSES.get(cause, 'unknown')}"
    return Outcome("acknowledged" if cause == SESSION_NOT_FOUND else "refused", told)


def _packet(element: Element, request: RadiusRequest) -> CoAPacket:
    code = DisconnectRequest if request.disconnect else CoARequest
    packet = CoAPacket(code=code, secret=element.secret.encode(), dict=dictionary())
    for name, value in request.attributes:
        packet.AddAttribute(name, value)
    return packet


def _address(address: str) -> tuple[str, int]:
    """`host`, `host:port` or `[v6]:port`."""
    host, separator, port = address.rpartition(":")
    if separator and port.isdecimal() and (host.startswith("[") or ":" not in host):
        return host.strip("[]"), int(port)
    return address.strip("[]"), PORT
