"""Kafka's protocol written by hand: batches that no client library would make, sent as they are.

    records = [record(b'{"id": "1"}', headers=[(b"tr\\xff", None)])]
    RawKafka("127.0.0.1:9092").produce("local.usage.reported", 0, batch(records))     # the offset of the first

It shares no code with the product nor with its client, so that both can be wrong and be found out.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Sequence
from typing import Final

_TIMEOUT_S: Final = 30
_CASTAGNOLI: Final = 0x82F63B78


def record(
    value: bytes | None,
    *,
    key: bytes | None = b"",
    headers: Sequence[tuple[bytes, bytes | None]] = (),
    delta: int = 0,
    later_ms: int = 0,
) -> bytes:
    """One record of format 2, `delta` offsets after the first of its batch."""
    body = b"\x00" + varint(later_ms) + varint(delta) + _field(key) + _field(value) + varint(len(headers))
    body += b"".join(_field(name) + _field(content) for name, content in headers)
    return varint(len(body)) + body


def batch(
    records: Sequence[bytes],
    *,
    base: int = 0,
    codec: int = 0,
    pack: Callable[[bytes], bytes] = bytes,
    producer: int = -1,
    transactional: bool = False,
    control: bool = False,
    first_ms: int = 1_750_000_000_000,
) -> bytes:
    """A batch with a right checksum, whatever is in it."""
    attributes = codec | (0x10 if transactional else 0) | (0x20 if control else 0)
    last = len(records) - 1
    epoch, sequence = (0, 0) if producer >= 0 else (-1, -1)
    checked = struct.pack(">hiqqqhi", attributes, last, first_ms, first_ms, producer, epoch, sequence)
    checked += struct.pack(">i", len(records)) + pack(b"".join(records))
    return struct.pack(">qiibI", base, len(checked) + 9, 0, 2, crc32c(checked)) + checked


class BrokerRefused(Exception):
    """The broker did not take a batch; the message is Kafka's error code."""


class RawKafka:
    """One connection to a broker that leads the partitions it is asked about."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=_TIMEOUT_S)

    def produce(self, topic: str, partition: int, data: bytes) -> int:
        """The offset of its first record, once every replica in sync has the batch. Raises `BrokerRefused`."""
        name = topic.encode()
        body = struct.pack(">hhi", -1, -1, 30_000) + struct.pack(">ih", 1, len(name)) + name
        body += struct.pack(">iii", 1, partition, len(data)) + data
        head = struct.pack(">hhih", 0, 7, 1, 3) + b"raw"
        self._socket.sendall(struct.pack(">i", len(head) + len(body)) + head + body)
        answer = self._receive(struct.unpack(">i", self._receive(4))[0])
        # Correlation id, count of topics, the topic's name, count of partitions, partition, error.
        code, offset = struct.unpack_from(">hq", answer, 4 + 4 + 2 + len(name) + 4 + 4)
        if code != 0:
            raise BrokerRefused(code)
        return int(offset)

    def close(self) -> None:
        self._socket.close()

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise ConnectionError("the broker has closed the connection")
            data += part
        return data


def varint(number: int) -> bytes:
    """Zigzag, seven bits a byte."""
    rest = (number << 1) ^ (number >> 63)
    out = bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def crc32c(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = _TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def _field(content: bytes | None) -> bytes:
    return varint(-1) if content is None else varint(len(content)) + content


def _entry(index: int) -> int:
    for _ in range(8):
        index = index >> 1 ^ (_CASTAGNOLI if index & 1 else 0)
    return index


_TABLE: Final = [_entry(index) for index in range(256)]
