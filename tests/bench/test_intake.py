"""The benchmark of intake: its clients send what they say, and what it measures is in the log exactly."""

from __future__ import annotations

import socket
import threading

import pytest

from bench.radius_client import Nas, packets, session_of
from services.usage.formats.parsing import radius_packet as rp
from tests.kit.radius import SECRET


def test_every_packet_is_of_a_session_of_its_own_and_signed() -> None:
    made = packets(300, SECRET, first=5)
    assert all(rp.is_signed(packet, SECRET) for packet in made)
    sessions = [rp.attributes_of(packet)[rp.ACCT_SESSION_ID] for packet in made]
    assert sessions == [[session_of(5 + n).encode()] for n in range(300)]


@pytest.mark.parametrize(("secret", "wrong"), [(SECRET, 0), (b"other", 3000)])
def test_answers_are_counted_and_those_of_another_secret_are_wrong(secret: bytes, wrong: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        threading.Thread(target=_answer, args=(server, 3000, secret)).start()
        nas = Nas(server.getsockname()[1], SECRET)
        nas.send_all(packets(3000, SECRET))
    assert (len(nas.answered_at), nas.wrong) == (3000, wrong)


def _answer(server: socket.socket, count: int, secret: bytes) -> None:
    for _ in range(count):
        packet, address = server.recvfrom(4096)
        server.sendto(rp.answer(packet, secret), address)
