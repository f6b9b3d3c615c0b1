"""Captured packets of a line, made by hand: a file as tcpdump writes it, the same on every run.

    write(file, [*datagrams("203.0.113.7", "198.51.100.1", octets=1200, count=30, at_us=…)])

A packet of `octets` has so many at the IP layer, which is what flows count.
"""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

_ETHERNET: Final = 1
_MAGIC: Final = 0xA1B2C3D4
_MACS: Final = bytes.fromhex("020000000001020000000002")
_UDP: Final = 17


class Packet(NamedTuple):
    """A frame, and when it was seen in microseconds since 1970."""

    at_us: int
    frame: bytes


def datagrams(
    source: str, destination: str, *, octets: int, count: int, at_us: int, apart_us: int = 1000
) -> Iterator[Packet]:
    """UDP from port 443 to 50001."""
    udp = struct.pack(">HHHH", 443, 50_001, 0, 0)
    for n in range(count):
        yield Packet(at_us + n * apart_us, _MACS + _ip(source, destination, udp, octets))


def write(file: Path, packets: Iterable[Packet]) -> None:
    head = struct.pack(">IHHiIII", _MAGIC, 2, 4, 0, 0, 65_535, _ETHERNET)
    body = b"".join(
        struct.pack(">IIII", *divmod(each.at_us, 1_000_000), len(each.frame), len(each.frame)) + each.frame
        for each in packets
    )
    file.write_bytes(head + body)


def _ip(source: str, destination: str, udp: bytes, octets: int) -> bytes:
    """The type of an Ethernet frame, and the IP packet, filled up to so many octets."""
    ends = ipaddress.ip_address(source).packed + ipaddress.ip_address(destination).packed
    if len(ends) == 8:
        head = b"\x08\x00" + struct.pack(">BBHHHBBH", 0x45, 0, octets, 0, 0, 64, _UDP, 0) + ends
        return head + udp.ljust(octets - 20, b"\0")
    head = b"\x86\xdd" + struct.pack(">IHBB", 6 << 28, octets - 40, _UDP, 64) + ends
    return head + udp.ljust(octets - 40, b"\0")
