"""How long the input of a partition waits when its owner dies, with the timeouts of production.

    meterlog bench recovery [--rounds 3] [--json]
    owner killed, 2 replicas: its partitions after 8.1 s, the others held back 1.2 s at most; back under its name: 3.4 s

Two replicas of rating share the partitions. One is killed inside a Kafka transaction, with everything sent and nothing
committed, and does not come back: the group notices when its session is over (6 s), the other takes over and settles
what was left open. All the time a command a partition is on its way; a wait runs from the kill to the answer of the
first command that is answered afterwards. Then the remaining owner is killed in the same place and started again under
its own name, as a supervisor does: nobody waits for a session.
"""

from __future__ import annotations

import asyncio
import itertools
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from bench.servers import BenchFailed
from meterlog.chaos.sandbox import Sandbox
from meterlog.demo.world import CYCLE_ID, cycle_anchored
from shared.engine.settings import Settings
from shared.http.auth import SERVICE, Tokens
from shared.kernel.partition import partition_of

OWNER: Final = "rating"
REPLICA: Final = "rating-2"
POINT: Final = "transaction_sent"
DEADLINE_S: Final = 60.0
LOOK_S: Final = 0.02
# Both replicas have settled into their work, and caches are warm, before one dies.
STEADY_S: Final = 3.0


@dataclass
class Waits:
    """Seconds that commands waited, by round."""

    session_timeout_ms: int
    killed: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    restarted: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "killed_owner_s_max": round(max(self.killed), 2),
            "other_partitions_s_max": round(max(self.others), 2),
            "restarted_owner_s_max": round(max(self.restarted), 2),
            "rounds": len(self.killed),
            "session_timeout_ms": self.session_timeout_ms,
            "killed_owner_s": [round(s, 2) for s in self.killed],
            "other_partitions_s": [round(s, 2) for s in self.others],
            "restarted_owner_s": [round(s, 2) for s in self.restarted],
        }


async def measure(*, rounds: int) -> Waits:
    """Start an installation with two replicas of rating and kill owners `rounds` times each way."""
    waits = Waits(Settings.model_fields["session_timeout_ms"].default)
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        async with (
            Sandbox(Path(name), session_timeout_ms=waits.session_timeout_ms, test_clock=False) as sandbox,
            _Commands(sandbox) as commands,
        ):
            for _ in range(rounds):
                await _replica_dies(sandbox, commands, waits)
                await _owner_comes_back(sandbox, commands, waits)
    return waits


async def _replica_dies(sandbox: Sandbox, commands: _Commands, waits: Waits) -> None:
    replica = sandbox.replica(OWNER)
    try:
        while not 0 < len(own := await commands.owned()) < commands.partitions:
            await asyncio.sleep(0.1)
        await asyncio.sleep(STEADY_S)
        died_at = await _kill_at(sandbox, REPLICA)
        await commands.until_whole(died_at)
        lost = set(range(commands.partitions)) - set(own)
        waits.killed.append(max(commands.resumed_at(partition, died_at) - died_at for partition in lost))
        waits.others.append(max(commands.longest_gap(partition, died_at)[0] for partition in own))
    finally:
        replica.kill()


async def _owner_comes_back(sandbox: Sandbox, commands: _Commands, waits: Waits) -> None:
    await asyncio.sleep(STEADY_S)
    died_at = await _kill_at(sandbox, OWNER)
    await commands.until_whole(died_at)
    waits.restarted.append(max(commands.resumed_at(p, died_at) - died_at for p in range(commands.partitions)))


async def _kill_at(sandbox: Sandbox, instance: str) -> float:
    """Arm the point and wait until the process has met it; when that was."""
    file = sandbox.points / f"{instance}.{POINT}"
    file.write_text(signal.Signals.SIGKILL.name.removeprefix("SIG").lower())
    deadline = time.monotonic() + DEADLINE_S
    while file.exists():
        if time.monotonic() > deadline:
            raise BenchFailed(f"{instance} did not come to {POINT} in {DEADLINE_S:.0f} s")
        await asyncio.sleep(LOOK_S / 4)
    return time.monotonic()


class _Commands:
    """One command after the other to each partition of rating, and when each was answered."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.partitions = sandbox.settings.partitions
        self._sandbox = sandbox
        self._answers: dict[int, list[float]] = {p: [] for p in range(self.partitions)}
        self._tokens = Tokens(sandbox.settings.secret("token_key"))
        self._tasks: list[asyncio.Task[None]] = []
        headers = {"Authorization": f"Bearer {sandbox.key}"}
        self._http = httpx.AsyncClient(
            base_url=sandbox.stack.base_url, headers=headers, timeout=httpx.Timeout(10), trust_env=False
        )

    async def __aenter__(self) -> _Commands:
        await self._done("/v1/billing-cycles", cycle_anchored(1), "cycle")
        names = (f"bench-{n}" for n in range(1000))
        accounts: dict[int, str] = {}
        while len(accounts) < self.partitions:
            name = next(names)
            accounts.setdefault(partition_of(name, self.partitions), name)
        self._tasks = [asyncio.create_task(self._ask(p, account)) for p, account in accounts.items()]
        await self.until_whole(time.monotonic())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.aclose()

    async def owned(self) -> list[int]:
        """The partitions of the replica that the supervisor keeps; none while it can't say, as during a rebalance."""
        headers = {"Authorization": f"Bearer {self._tokens.issue('bench', SERVICE)}"}
        answer = await self._http.get(f"{self._sandbox.settings.service_url(OWNER)}/internal/progress", headers=headers)
        if answer.status_code != httpx.codes.OK:
            return []
        found: list[int] = answer.json()["partitions"]
        return found

    async def until_whole(self, moment: float) -> None:
        """Until one process owns every partition after `moment`, and has answered in each."""
        deadline = time.monotonic() + DEADLINE_S
        whole_at: float | None = None
        while whole_at is None or min(times[-1] if times else 0 for times in self._answers.values()) < whole_at:
            if time.monotonic() > deadline:
                raise BenchFailed(f"not whole again after {DEADLINE_S:.0f} s")
            for task in self._tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(LOOK_S)
            # A look at the dying process does not count: it ends within milliseconds.
            if whole_at is None and time.monotonic() > moment + 0.5 and await self._is_whole():
                whole_at = time.monotonic()

    async def _is_whole(self) -> bool:
        try:
            return len(await self.owned()) == self.partitions
        except httpx.TransportError:
            return False

    def resumed_at(self, partition: int, moment: float) -> float:
        """When a partition answered again after its longest silence."""
        return self.longest_gap(partition, moment)[1]

    def longest_gap(self, partition: int, moment: float) -> tuple[float, float]:
        """The longest time between two answers since a moment, and when it ended."""
        before = [at for at in self._answers[partition] if at <= moment][-1:]
        times = [*before, *(at for at in self._answers[partition] if at > moment)]
        return max((b - a, b) for a, b in itertools.pairwise(times))

    async def _ask(self, partition: int, account: str) -> None:
        """The account is opened by the first command and there for all others, which its owner refuses."""
        body = {"id": account, "name": "Bench", "currency": "EUR", "cycle_id": CYCLE_ID, "tax_rate": "20"}
        number = 0
        while True:
            number += 1
            await self._done("/v1/accounts", body, f"{account}-{number}")
            self._answers[partition].append(time.monotonic())
            await asyncio.sleep(LOOK_S)

    async def _done(self, path: str, body: dict[str, Any], key: str) -> None:
        """Send a command until it has a result, the same one each time."""
        while True:
            try:
                answer = await self._http.post(path, json=body, headers={"Idempotency-Key": key})
                if answer.status_code in (201, 409):
                    return
                if answer.status_code not in (202, 502, 503, 504):
                    raise BenchFailed(f"POST {path}: {answer.status_code} {answer.text[:200]}")
            except httpx.TransportError:
                await asyncio.sleep(LOOK_S)


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"owner killed, 2 replicas: its partitions after {figures['killed_owner_s_max']} s, the others held back "
        f"{figures['other_partitions_s_max']} s at most; back under its name: {figures['restarted_owner_s_max']} s"
    )
