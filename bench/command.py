"""From an HTTP command to its projected result, on an idle installation.

    meterlog bench command [--writes 300] [--json]
    POST /v1/payments, 300 one after the other: p50 21.4 ms, p99 38.0 ms
    with an external key, in turn with those: p50 30.2 ms, p99 47.0 ms

Everything `meterlog up` starts is there: Kafka, Postgres, five services and the entry, through which the requests go. A
201 means that the payment is in the log and in the tables that the next read looks at. A payment with an external key
goes through two partitions: that of the key, which claims it, and that of the account.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import httpx

from bench.servers import BenchFailed
from meterlog.cli.keys import make_key
from meterlog.installation import INSTALLATION
from shared.embedded.stack import Stack
from shared.engine.settings import Settings

WARM_UP: Final = 30
DEADLINE_S: Final = 30.0
CYCLE: Final = {
    "id": "monthly",
    "name": "Monthly, from the 1st",
    "frequency": "month",
    "anchor_day": 1,
    "time_zone": "Europe/Paris",
}
ACCOUNT: Final = {
    "id": "bench",
    "name": "Bench",
    "currency": "EUR",
    "cycle_id": "monthly",
    "tax_rate": "20",
}


@dataclass(frozen=True)
class Latency:
    """Of single writes, in milliseconds."""

    sorted_ms: Sequence[float]

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency:
        return cls(sorted(1000 * s for s in seconds))

    def percentile(self, percent: int) -> float:
        """The least of the measured times that `percent` of all do not exceed.

        >>> Latency.of([0.001 * n for n in range(1, 101)]).percentile(99)
        99.0
        """
        place = -(-len(self.sorted_ms) * percent // 100) - 1
        return round(self.sorted_ms[max(0, place)], 1)

    def figures(self, prefix: str = "") -> dict[str, Any]:
        return {f"{prefix}p50_ms": self.percentile(50), f"{prefix}p99_ms": self.percentile(99)}


@dataclass(frozen=True)
class Latencies:
    """Of payments under an id that the server made, and of as many that claim an external key."""

    plain: Latency
    claimed: Latency

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {**self.plain.figures(), **self.claimed.figures("claimed_"), "n": len(self.plain.sorted_ms)}


async def latencies(*, writes: int) -> Latencies:
    """Start an installation, warm it up, and time `writes` payments of each kind, in turn, one after the other."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        async with Stack(Settings(data_dir=Path(name), port=free_port()), INSTALLATION) as stack:
            key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "bench"))["key"]
            headers = {"Authorization": f"Bearer {key}"}
            async with httpx.AsyncClient(base_url=stack.base_url, headers=headers, trust_env=False) as client:
                await _created(client, "/v1/billing-cycles", CYCLE)
                await _created(client, "/v1/accounts", ACCOUNT)
                today = datetime.now(UTC).date()
                await _until_known(client, today)
                times = [await _pay(client, number, today) for number in range(2 * (WARM_UP + writes))]
                plain, claimed = times[2 * WARM_UP :: 2], times[2 * WARM_UP + 1 :: 2]
                return Latencies(Latency.of(plain), Latency.of(claimed))


async def _created(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    answer = await client.post(path, json=body)
    if answer.status_code != 201:
        raise BenchFailed(f"POST {path}: {answer.status_code} {answer.text[:300]}")


async def _until_known(client: httpx.AsyncClient, today: date) -> None:
    """Payments learns of the account from rating's log; before that it answers 422."""
    deadline = time.monotonic() + DEADLINE_S
    while (answer := await client.post("/v1/payments", json=_payment(0, today))).status_code != 201:
        if time.monotonic() > deadline:
            raise BenchFailed(f"POST /v1/payments: {answer.status_code} {answer.text[:300]}")
        await asyncio.sleep(0.1)


async def _pay(client: httpx.AsyncClient, number: int, today: date) -> float:
    began = time.perf_counter()
    await _created(client, "/v1/payments", _payment(number, today))
    return time.perf_counter() - began


def _payment(number: int, today: date) -> dict[str, Any]:
    """Each second one has a reference of the bank."""
    claimed = {"external_key": f"BANK-{number}"} if number % 2 else {}
    return {
        "account_id": "bench",
        "amount": {"amount": f"{10 + number % 90}.00", "currency": "EUR"},
        "method": "bank_transfer",
        "received_on": today.isoformat(),
        **claimed,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"POST /v1/payments, {figures['n']} one after the other: {_times(figures)}\n"
        f"with an external key, in turn with those: {_times(figures, 'claimed_')}"
    )


def _times(figures: dict[str, Any], prefix: str = "") -> str:
    return f"p50 {figures[f'{prefix}p50_ms']} ms, p99 {figures[f'{prefix}p99_ms']} ms"
