"""What ends without being told to is started again, after a pause that doubles; what is stopped stays stopped."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from pathlib import Path

from shared.embedded.process import Child, Identity
from shared.embedded.supervisor import Supervisor
from tests.kit.waiting import WITHIN_S


def sleeper(log: Path, seconds: float = 60) -> Child:
    return Child(name="sleeper", command=[sys.executable, "-c", f"import time; time.sleep({seconds})"], log=log)


async def test_a_killed_child_comes_back_as_another_process(tmp_path: Path) -> None:
    said: list[str] = []
    recorded: list[list[Identity]] = []
    supervisor = Supervisor(say=said.append, changed=recorded.append)
    supervisor.keep(sleeper(tmp_path / "log"))
    first = supervisor.pids()["sleeper"]

    supervisor.send("sleeper", signal.SIGKILL)
    async with asyncio.timeout(WITHIN_S):
        while supervisor.pids().get("sleeper") in (None, first):
            await asyncio.sleep(0.02)

    assert supervisor.restarts["sleeper"] == 1
    assert said[0].startswith("sleeper was ended by SIGKILL; starting it again in 0.2 s")
    assert [entry.pid for entry in recorded[-1]] == [supervisor.pids()["sleeper"]]
    await supervisor.stop(["sleeper"], grace_s=5)


async def test_the_pause_doubles_with_each_end(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(say=said.append)
    supervisor.keep(
        Child(name="broken", command=[sys.executable, "-S", "-c", "raise SystemExit(7)"], log=tmp_path / "log")
    )
    async with asyncio.timeout(WITHIN_S):
        while len(said) < 3:
            await asyncio.sleep(0.02)
    await supervisor.stop(["broken"], grace_s=1)
    assert [re.findall(r"code (\d+).* in (\S+) s", line)[0] for line in said[:3]] == [
        ("7", "0.2"),
        ("7", "0.4"),
        ("7", "0.8"),
    ]


async def test_a_stopped_child_stays_stopped(tmp_path: Path) -> None:
    supervisor = Supervisor()
    child = sleeper(tmp_path / "log")
    supervisor.keep(child)
    await supervisor.stop(["sleeper", "never kept"], grace_s=5)
    await asyncio.sleep(0.4)  # twice the first pause
    assert not child.running
    assert supervisor.pids() == {}
