"""Ports of services that a test starts: nobody else is given one of them, by the system or by another worker.

    port = free_port()

A port that the system picks is given out again as soon as it is let go of, to whoever connects or asks next; until a
busy machine has a service listening, another may stand there and answer in its place.
"""

from __future__ import annotations

import os
import socket
from itertools import count
from typing import Final

_FIRST: Final = 12_000
_EACH: Final = 2_000
"""For each worker; all below the range from which the system picks (32768 on Linux)."""
_WORKERS: Final = 10

_worker: Final = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
# Another run on this machine most likely begins elsewhere.
_next: Final = count(os.getpid() * 37 % _EACH)


def free_port() -> int:
    """One that no earlier call gave, for a while, and where nobody listens by TCP or UDP."""
    while True:
        port = _FIRST + _worker * _EACH + next(_next) % _EACH
        if all(_is_free(port, kind) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)):
            return port


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(type=kind) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
