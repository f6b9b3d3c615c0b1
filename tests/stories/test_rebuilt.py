"""Three months of a provider, rebuilt from the log while it does business: the same to the last row, and nobody stops.

payments and usage come in all the while
meterlog verify            five services, all equal
meterlog rebuild <each>    equal, shown; not one process is another one afterwards
somebody touches a row     verify names it, rebuild mends it
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from meterlog.installation import SERVICES, builder_of, spec_of
from shared.engine.rebuild.job import RebuildJob
from tests.kit.stacks import DemoStack
from tests.kit.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@asynccontextmanager
async def client(demo: DemoStack) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {demo.played.admin_key}"}
    async with httpx.AsyncClient(base_url=demo.base_url, headers=headers, timeout=120, trust_env=False) as http:
        yield http


async def meterlog(demo: DemoStack, *words: str, code: int = 0) -> dict[str, Any]:
    """Run a command in a process of its own; gives back the object it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", *words, "--json", "--data-dir", str(demo.stack.directory.path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == code, (out + err).decode()
    said: dict[str, Any] = json.loads(out.splitlines()[-1])
    return said


@dataclass
class Business:
    """Somebody pays, and a line reports, several times a second. `refused` has to stay empty."""

    http: httpx.AsyncClient
    account: str
    currency: str
    paid: int = 0
    reported: int = 0
    refused: list[str] = field(default_factory=list)

    async def go_on(self) -> None:
        while True:
            await self._pay()
            await self._report()
            await asyncio.sleep(0.05)

    async def _pay(self) -> None:
        amount = {"amount": "0.01", "currency": self.currency}
        body = {"account_id": self.account, "amount": amount, "method": "cash", "received_on": "2026-11-23"}
        answer = await self.http.post("/v1/payments", json=body)
        # 202: decided later, as it may happen on a machine with much else to do.
        self._note(answer, 201, 202)
        self.paid += answer.is_success

    async def _report(self) -> None:
        now = datetime.now(UTC)
        record = {
            "id": f"business-{self.reported}",
            "source": "test",
            "resource": "mac:00:00:00:00:00:01",
            "meter": "data.octets",
            "quantity": "1",
            "started_at": (now - timedelta(minutes=5)).isoformat(),
            "ended_at": now.isoformat(),
        }
        answer = await self.http.post("/v1/usage/records", json=record)
        self._note(answer, 202)
        self.reported += answer.is_success

    def _note(self, answer: httpx.Response, *expected: int) -> None:
        if answer.status_code not in expected:
            self.refused.append(f"{answer.status_code} {answer.text[:300]}")


@asynccontextmanager
async def business(http: httpx.AsyncClient) -> AsyncIterator[Business]:
    account = (await http.get("/v1/accounts", params={"limit": 1})).json()["items"][0]
    going = Business(http, account["id"], account["currency"])
    task = asyncio.create_task(going.go_on())
    try:
        yield going
    finally:
        task.cancel()
        await asyncio.wait([task])


async def payments_of(http: httpx.AsyncClient) -> int:
    return int((await http.get("/v1/payments", params={"limit": 1})).json()["total"])


async def until_balanced(http: httpx.AsyncClient) -> None:
    """Every record is in its place, once those that were on their way have arrived."""

    async def statement() -> dict[str, Any]:
        found: dict[str, Any] = (await http.get("/v1/proof/conservation")).json()
        return found

    await until(statement, lambda found: found["balanced"], every_s=0.5)


async def test_five_services_are_verified_and_rebuilt_while_they_work(demo: DemoStack) -> None:
    pids = demo.stack.pids()
    async with client(demo) as http:
        before = await payments_of(http)
        async with business(http) as going:
            verified = await meterlog(demo, "verify")
            assert [(s["service"], s["equal"], s["differences"]) for s in verified["services"]] == [
                (service, True, []) for service in SERVICES
            ]
            assert all(s["rows"] > 100 and s["seconds"] > 0 and len(s["digest"]) == 32 for s in verified["services"])
            for service in SERVICES:
                proof = await meterlog(demo, "rebuild", service)
                assert (proof["service"], proof["equal"], proof["shown"]) == (service, True, True), proof
            again = await meterlog(demo, "verify")
            assert [s["equal"] for s in again["services"]] == [True] * len(SERVICES), again
            assert going.paid > 10 and going.reported > 10, "and business went on all the while"
        assert going.refused == []
        assert demo.stack.pids() == pids, "nobody was stopped"
        # A payment that was on its way when business ended may be there as well.
        assert 0 <= await payments_of(http) - before - going.paid <= 1
        await until_balanced(http)


async def test_a_row_that_somebody_touched_is_named_and_mended(demo: DemoStack) -> None:
    """In the tables of reporting, which four logs write."""
    connection = await asyncpg.connect(demo.stack.settings.postgres_dsn_of("reporting"))
    try:
        touched = await connection.fetchrow(
            "update live.charge_row set amount = amount + 1 where (partition, charge_id) ="
            " (select partition, charge_id from live.charge_row limit 1) returning partition, charge_id"
        )
        assert touched is not None
        (found,) = (await meterlog(demo, "verify", "reporting", code=1))["services"]
        assert found["equal"] is False
        (difference,) = found["differences"]
        assert (difference["table"], difference["partition"]) == ("charge_row", touched["partition"])
        assert difference["rows"] == [{"key": f"({touched['partition']},{touched['charge_id']})", "found": "differs"}]
        assert set(difference["what"]) == {"sum(amount)", "content"}
        accepted = await meterlog(demo, "rebuild", "reporting", "--accept-difference")
        assert (accepted["equal"], accepted["shown"]) == (False, True)
        (mended,) = (await meterlog(demo, "verify", "reporting"))["services"]
        assert mended["equal"] is True
    finally:
        await connection.close()


async def test_processes_of_their_own_build_the_same(demo: DemoStack) -> None:
    """A build is theirs where it is long; here they are asked for a short one."""
    settings = demo.stack.settings
    for service in ("rating", "reporting"):
        alone = await RebuildJob(settings, spec_of(service, settings), processes=0).verify()
        together = await RebuildJob(
            settings, spec_of(service, settings), processes=2, command=builder_of(service), alone_below=0
        ).verify()
        assert (alone.equal, together.equal) == (True, True)
        if alone.offsets == together.offsets:
            assert alone.digest == together.digest


async def test_a_process_that_builds_ends_with_whoever_gave_it_work(demo: DemoStack) -> None:
    settings = demo.stack.settings
    hand = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.rebuild_worker", "payments"),
        env={**os.environ, **settings.variables()},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert hand.stdin is not None and hand.stdout is not None
    job = {"gen": 10**6, "topic": "payments.events", "partition": 0, "until": 1}
    hand.stdin.write(json.dumps(job).encode() + b"\n")
    assert json.loads(await hand.stdout.readline())["error"] == "GenerationMoved", "there is no such build"
    hand.stdin.close()
    assert await asyncio.wait_for(hand.wait(), 10) == 0


async def test_every_proof_is_listed(demo: DemoStack) -> None:
    async with client(demo) as http:
        whole = (await http.get("/v1/proof/rebuilds", params={"limit": 500})).json()
        assert whole["total"] == len(whole["items"]) >= 18
        instants = [item["finished_at"] for item in whole["items"]]
        assert [datetime.fromisoformat(i) for i in instants] == sorted(
            map(datetime.fromisoformat, instants), reverse=True
        )
        assert {item["service"] for item in whole["items"]} == set(SERVICES)
        paged: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": 4}
        while True:
            answer = (await http.get("/v1/proof/rebuilds", params=query)).json()
            paged += answer["items"]
            if answer["next_cursor"] is None:
                break
            query["cursor"] = answer["next_cursor"]
        assert paged == whole["items"]
        unequal = (await http.get("/v1/proof/rebuilds", params={"equal": "false"})).json()["items"]
        assert {item["service"] for item in unequal} == {"reporting"}
        assert all(item["differences"] for item in unequal)


async def test_no_service_is_no_answer(demo: DemoStack, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", "verify", "vault", "--data-dir", str(tmp_path)),
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await process.communicate()
    assert process.returncode == 2
    assert "vault" in err.decode()
