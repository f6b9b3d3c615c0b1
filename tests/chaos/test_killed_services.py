"""A service killed in the middle of the demo's months: the same seed ends in the same totals as undisturbed."""

from __future__ import annotations

import asyncio
import contextlib
import signal

import httpx
import pytest

from shared.demo.play import play
from shared.runtime.embedded.stack import Stack
from shared.runtime.settings import SERVICES
from tests.kit.servers import Servers
from tests.kit.stacks import CUSTOMERS, SEED, DemoStack, running_stack

pytestmark = [pytest.mark.servers, pytest.mark.slow]

# Every service is killed once while the months go by.
BETWEEN_KILLS_S = 1.5


async def test_the_totals_are_those_of_an_undisturbed_run(
    servers: Servers, demo_stack: DemoStack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with running_stack(servers, tmp_path_factory.mktemp("killed")) as stack:
        killed: list[str] = []
        killer = asyncio.create_task(_kill_in_turn(stack, killed))
        disturbed = await play(stack, seed=SEED, customers=CUSTOMERS, say=print)
        killer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await killer
    assert set(killed) == set(SERVICES)
    assert _comparable(disturbed.report.numbers) == _comparable(demo_stack.played.report.numbers)
    assert disturbed.report.numbers["conservation"]["balanced"] is True


async def _kill_in_turn(stack: Stack, killed: list[str]) -> None:
    """One after the other, each when everything is ready again; killed at whatever they were doing."""
    async with httpx.AsyncClient(base_url=stack.base_url, timeout=5) as http:
        for name in SERVICES:
            await asyncio.sleep(BETWEEN_KILLS_S)
            while not await _ready(http):
                await asyncio.sleep(0.2)
            stack.send(name, signal.SIGKILL)
            killed.append(name)


async def _ready(http: httpx.AsyncClient) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return (await http.get("/readyz")).status_code == 200
    return False


def _comparable(numbers: dict[str, object]) -> dict[str, object]:
    """All that does not name an address; the live device's readings are this machine's own."""
    return {
        name: value for name, value in numbers.items() if name not in ("base_url", "env", "kafka_bootstrap_servers")
    }
