"""A NAS in a process of its own: as many accounting packets as are answered, and when each was.

    python -m bench.radius_client --port 1813 --packets 40000 --secret s3cret
    {"answered": 40000, "unanswered": 0, "wrong": 0, "seconds": 4.81}           and a file of the instants

Packets are written before the clock starts. Each of its sockets has at most 256 on their way, as many as there are
identifiers; one that is not answered within two seconds is lost, and is not sent again.
"""

from __future__ import annotations

import argparse
import json
import pickle
import select
import socket
import time
from hashlib import md5
from pathlib import Path
from typing import Final

from meterlog.simulation.accounting_request import accounting_request
from meterlog.simulation.report import Accounting
from meterlog.simulation.sessions import INTERIM

_SOCKETS: Final = 4
_ON_THE_WAY_MAX: Final = 256
_PATIENCE_S: Final = 2.0
_WARM_UP_S: Final = 30.0


def session_of(number: int) -> str:
    """The session of the n-th packet, which is in no other."""
    return f"bench-{number:08d}"


def packets(count: int, secret: bytes, *, first: int = 0) -> list[bytes]:
    """Interims of as many sessions; identifiers in turn for each socket."""
    return [
        accounting_request(
            Accounting("bench-nas", INTERIM, f"user-{n % 1000}", n % 1000, session_of(first + n), 300, n, 7 * n),
            identifier=n // _SOCKETS % 256,
            secret=secret,
        )
        for n in range(count)
    ]


class Nas:
    """Sockets, and what each waits for."""

    def __init__(self, port: int, secret: bytes) -> None:
        self._secret = secret
        self._sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(_SOCKETS)]
        for each in self._sockets:
            each.setblocking(False)
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            each.connect(("127.0.0.1", port))
        self.wrong = 0
        self.answered_at: dict[int, float] = {}

    def send_all(self, requests: list[bytes]) -> None:
        """Return when every packet is answered, or nothing more comes."""
        waiting: list[dict[int, int]] = [{} for _ in self._sockets]
        answers: list[tuple[int, bytes]] = []
        next_of = list(range(_SOCKETS))
        heard_s = time.monotonic()
        while any(waiting) or any(number < len(requests) for number in next_of):
            for place, each in enumerate(self._sockets):
                next_of[place] = _sent(each, requests, waiting[place], next_of[place])
            readable, _, _ = select.select(self._sockets, [], [], 0.05)
            for each in readable:
                answers += self._received(each, waiting[self._sockets.index(each)])
                heard_s = time.monotonic()
            if time.monotonic() - heard_s > _PATIENCE_S:
                break
        self.wrong = sum(not self._fits(requests[number], answer) for number, answer in answers)

    def _received(self, each: socket.socket, waiting: dict[int, int]) -> list[tuple[int, bytes]]:
        found: list[tuple[int, bytes]] = []
        while True:
            try:
                answer = each.recv(4096)
            except (BlockingIOError, ConnectionRefusedError):
                return found
            number = waiting.pop(answer[1], None)
            if number is not None:
                self.answered_at[number] = time.time()
                found.append((number, answer))

    def _fits(self, request: bytes, answer: bytes) -> bool:
        """Whether the Response Authenticator is right: RFC 2866 section 3."""
        proof = md5(answer[:4] + request[4:20] + answer[20:] + self._secret, usedforsecurity=False).digest()
        return answer[0] == 5 and answer[4:20] == proof


def _sent(each: socket.socket, requests: list[bytes], waiting: dict[int, int], number: int) -> int:
    """Send while there is an identifier free; the number of the next packet of this socket."""
    while number < len(requests) and len(waiting) < _ON_THE_WAY_MAX and requests[number][1] not in waiting:
        try:
            each.send(requests[number])
        except (BlockingIOError, ConnectionRefusedError):
            return number
        waiting[requests[number][1]] = number
        number += _SOCKETS
    return number


def _until_heard(port: int, secret: bytes) -> None:
    """The listener learns of its sources a moment after they are defined."""
    deadline = time.monotonic() + _WARM_UP_S
    for first in range(-1, -1000, -1):
        nas = Nas(port, secret)
        nas.send_all(packets(1, secret, first=first))
        if nas.answered_at:
            return
        if time.monotonic() > deadline:
            raise TimeoutError("the listener answers nothing")


def main() -> None:
    parser = argparse.ArgumentParser(description="Send accounting packets, and tell how many were answered.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--packets", type=int, required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--save", type=Path, required=True, help="where the instants of the answers go")
    given = parser.parse_args()
    secret = given.secret.encode()
    _until_heard(given.port, secret)
    nas, requests = Nas(given.port, secret), packets(given.packets, secret)
    began_s = time.time()
    nas.send_all(requests)
    given.save.write_bytes(pickle.dumps(nas.answered_at))
    last_s = max(nas.answered_at.values(), default=began_s)
    told = {"answered": len(nas.answered_at), "unanswered": given.packets - len(nas.answered_at), "wrong": nas.wrong}
    print(json.dumps({**told, "seconds": last_s - began_s}))


if __name__ == "__main__":
    main()
