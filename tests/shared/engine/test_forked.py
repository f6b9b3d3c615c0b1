"""A forked process serves its channel with a loop of its own, has nothing else open, and ends with its channel."""

from __future__ import annotations

import asyncio
import os
import socket

import pytest
import uvloop

from shared.engine.rebuild.forked import CAN_FORK, Forked, fork

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system's libraries may not be used after a fork")


def answer(channel: int) -> None:
    """For each line the process's number, the files that it has open beside the usual ones, and the line."""

    async def loop() -> None:
        reader, writer = await asyncio.open_connection(sock=socket.socket(fileno=channel))
        while line := await reader.readline():
            told = f"{os.getpid()} {others} {line.decode()}"
            writer.write(told.encode())
            await writer.drain()

    others = [int(name) for name in os.listdir("/proc/self/fd") if _is_open(int(name)) and int(name) > channel]
    uvloop.run(loop())


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


async def asked(forked: Forked, line: str) -> list[str]:
    reader, writer = await asyncio.open_connection(sock=forked.channel)
    writer.write(f"{line}\n".encode())
    await writer.drain()
    told = (await reader.readline()).decode().split(maxsplit=2)
    writer.close()
    return told


async def test_it_is_another_process_with_a_loop_of_its_own() -> None:
    held = socket.socketpair()
    forked = fork(answer)
    assert await asked(forked, "hello") == [str(forked.pid), "[]", "hello\n"]
    assert forked.pid != os.getpid()
    held[0].send(b"x")
    assert held[1].recv(1) == b"x"
    await ended(forked)


async def test_two_of_them_do_not_hold_each_other_open() -> None:
    one, two = fork(answer), fork(answer)
    assert (await asked(one, "a"))[2] == "a\n"
    await ended(one)
    assert (await asked(two, "b"))[2] == "b\n"
    two.end()


def fails(channel: int) -> None:
    raise RuntimeError(f"on {channel}")


async def test_one_that_fails_ends_and_closes_its_channel() -> None:
    forked = fork(fails)
    reader, writer = await asyncio.open_connection(sock=forked.channel)
    assert await reader.read() == b""
    writer.close()
    assert os.waitstatus_to_exitcode(os.waitpid(forked.pid, 0)[1]) == 1


async def ended(forked: Forked) -> None:
    """It is gone by itself, once its channel is closed."""
    _, status = await asyncio.wait_for(asyncio.to_thread(os.waitpid, forked.pid, 0), 10)
    assert os.waitstatus_to_exitcode(status) == 0
