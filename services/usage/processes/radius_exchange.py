"""What becomes of a RADIUS packet: dropped without a word, answered, or put on its way to the log first.

    exchange.take(datagram, address, source, now_ms)
    -> Dropped("bad_authenticator")       RFC 2866: silently discarded, but counted
    -> Answered(b"\x05…")                 recorded before (the answer was lost), or a Status-Server
    -> Recorded(key, …)                   publish it; then `exchange.stored(key)` gives the answers to send
    -> None                               on its way already; the answer to the first goes to this one too

An answer is never sent before the broker has the packet. What is sent again, also under another identifier and with
another Acct-Delay-Time, is recorded once. Both memories are bounded: 60 s and 100,000 packets of what was answered, and
50,000 packets on their way, beyond which a packet is dropped (the NAS sends it again).
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, NamedTuple

from services.usage.formats.parsing import radius_packet as rp
from services.usage.formats.radius import event_key

ANSWERED_MS: Final = 60_000
ANSWERED_MAX: Final = 100_000
ON_THE_WAY_MAX: Final = 50_000
STATUS_SERVER: Final = 12

Address = tuple[str, int]


class RadiusSource(NamedTuple):
    """Who may send packets, as far as the listener needs to know."""

    id: str
    secret: bytes
    line: str
    signed: bool


class Dropped(NamedTuple):
    reason: str


class Answered(NamedTuple):
    answer: bytes


class Recorded(NamedTuple):
    """A packet that is new; `key` stands for it and for what is sent again of it."""

    key: bytes
    packet: bytes


class _Waiting(NamedTuple):
    packet: bytes
    address: Address
    secret: bytes


class Exchange:
    """What was taken and what was answered lately; without I/O and without a clock."""

    def __init__(self) -> None:
        self._on_the_way: dict[bytes, list[_Waiting]] = {}
        self._answered: OrderedDict[bytes, int] = OrderedDict()

    def take(
        self, datagram: bytes, address: Address, source: RadiusSource | None, now_ms: int
    ) -> Dropped | Answered | Recorded | None:
        if source is None:
            return Dropped("unknown_source")
        packet = rp.trimmed(datagram)
        if packet is None:
            return Dropped("malformed")
        if packet[0] == STATUS_SERVER:
            return _status(packet, source.secret)
        if packet[0] != rp.ACCOUNTING_REQUEST:
            return Dropped("unexpected_code")
        if not rp.is_signed(packet, source.secret):
            return Dropped("bad_authenticator")
        fits = rp.message_authenticator_fits(packet, source.secret)
        if fits is False or (fits is None and source.signed):
            return Dropped("bad_message_authenticator")
        return self._take(packet, address, source, now_ms)

    def stored(self, key: bytes, now_ms: int) -> list[tuple[bytes, Address]]:
        """The broker has the packet: what to answer, and to whom."""
        self._answered[key] = now_ms
        while self._answered and (len(self._answered) > ANSWERED_MAX or self._is_old(now_ms)):
            self._answered.popitem(last=False)
        return [(rp.answer(one.packet, one.secret), one.address) for one in self._on_the_way.pop(key, ())]

    def _take(
        self, packet: bytes, address: Address, source: RadiusSource, now_ms: int
    ) -> Dropped | Answered | Recorded | None:
        if not rp.is_well_formed(packet):
            return Dropped("malformed")
        key = source.id.encode() + b"\0" + event_key(packet)
        answered_s = self._answered.get(key)
        if answered_s is not None and now_ms - answered_s <= ANSWERED_MS:
            return Answered(rp.answer(packet, source.secret))
        waiting = self._on_the_way.get(key)
        if waiting is not None:
            if all((one.packet, one.address) != (packet, address) for one in waiting):
                waiting.append(_Waiting(packet, address, source.secret))
            return None
        if len(self._on_the_way) >= ON_THE_WAY_MAX:
            return Dropped("busy")
        self._on_the_way[key] = [_Waiting(packet, address, source.secret)]
        return Recorded(key, packet)

    def _is_old(self, now_ms: int) -> bool:
        return now_ms - next(iter(self._answered.values())) > ANSWERED_MS


def _status(packet: bytes, secret: bytes) -> Dropped | Answered:
    """Whether we are there (RFC 5997): only a packet with a Message-Authenticator is answered."""
    if not rp.status_server_fits(packet, secret):
        return Dropped("bad_message_authenticator")
    return Answered(rp.answer(packet, secret))
