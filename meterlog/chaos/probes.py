"""When a partition takes its input again, asked through the interfaces that everybody has.

    probes = Probes(sandbox, world)
    seconds = await probes.until_taken(["rating", "usage"])

A probe is a request that its owner refuses (an account that exists, a payment in a foreign currency, an invoice issued
long ago): it passes through the log, the owner and its tables, and changes nothing that is compared. Intake is probed
with bytes that are no JSON, which it buries in `usage.dead`. Reporting takes no commands: it has what it reads when it
owns every partition and nothing is unread.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final

import httpx
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from meterlog.chaos.sandbox import Sandbox
from meterlog.demo.world import World
from meterlog.installation import SERVICES, reported
from shared.http.auth import SERVICE, Tokens
from shared.http.transport import Wire
from shared.kernel.partition import partition_of

PAUSE_S: Final = 0.05
TIMEOUT_S: Final = 6.0
GIVEN_UP_S: Final = 180.0
_SPARE: Final = tuple(f"circuit:probe-{n}" for n in range(100))
ENTRY: Final = "entry"
INTAKE: Final = "intake"
EVERYTHING: Final = (*SERVICES, INTAKE, ENTRY)


class NotRecovered(Exception):
    """A partition did not take its input within three minutes; the message names it and the last answer."""


class Probes:
    """Asks each partition of a service until it answers."""

    def __init__(self, sandbox: Sandbox, world: World) -> None:
        self._sandbox = sandbox
        self._partitions = sandbox.settings.partitions
        self._tokens = Tokens(sandbox.settings.secret("token_key"))
        self._accounts = _one_each((c.account_id for c in world.customers), self._partitions)
        # Where no customer's line is, one of our own is registered by the first probe and there for all others.
        resources = (c.resource for c in world.customers)
        self._resources = _one_each(itertools.chain(resources, _SPARE), self._partitions)
        self._invoices: dict[int, str] = {}
        self._numbers: Iterator[int] = itertools.count(1)
        self._http = httpx.AsyncClient(
            base_url=sandbox.stack.base_url,
            headers={"Authorization": f"Bearer {sandbox.key}"},
            timeout=httpx.Timeout(TIMEOUT_S),
            transport=Wire(),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def until_taken(self, services: Iterable[str]) -> float:
        """Wait until each of these takes input in every partition; returns the seconds from now until the last does.

        Raises `NotRecovered`.
        """
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for service in services:
                match service:
                    case "entry":
                        group.create_task(self._until(service, -1))
                    case "reporting" | "intake":
                        group.create_task(self._until(service, 0))
                    case _:
                        for partition in range(self._partitions):
                            group.create_task(self._until(service, partition))
        return time.monotonic() - began

    async def poke(self, service: str) -> None:
        """Send each partition of a service something to do, and don't wait for what comes of it."""
        if service == INTAKE:
            await self._publish_rubbish(next(self._numbers))
            return
        below = {"reporting": "rating"}.get(service, service)
        jobs = (self._asked(below, partition) for partition in range(self._partitions))
        await asyncio.gather(*jobs)

    async def shares(self, service: str) -> bool:
        """Whether the supervised process of a service owns some of the partitions, and somebody else the others."""
        try:
            seen = await self._progress(service)
        except httpx.TransportError:
            return False
        return seen is not None and 0 < len(seen["partitions"]) < self._partitions

    async def _until(self, service: str, partition: int) -> None:
        number = next(self._numbers)
        deadline = time.monotonic() + GIVEN_UP_S
        while (why := await self._why_not(service, partition, number)) is not None:
            if time.monotonic() > deadline:
                raise NotRecovered(f"{service}/{partition} for {GIVEN_UP_S:.0f} s: {why}; {await self._readiness()}")
            await asyncio.sleep(PAUSE_S)

    async def _readiness(self) -> str:
        """What each service that is not ready says of itself."""
        try:
            states = (await self._http.get("/readyz")).json()["services"]
        except (httpx.TransportError, ValueError, KeyError) as error:
            return repr(error)
        return "; ".join(f"{name}: {state['detail']}" for name, state in states.items() if not state["ready"])

    async def _why_not(self, service: str, partition: int, number: int) -> str | None:
        """`None` once the input was taken."""
        try:
            match service:
                case "entry":
                    answer = await self._http.get("/v1/clock")
                    return None if answer.status_code == 200 else answer.text[:200]
                case "intake":
                    return await self._why_not_set_aside(number)
                case "reporting":
                    return await self._why_behind(service)
            return await self._asked(service, partition, number)
        except (httpx.TransportError, KafkaError, TimeoutError) as error:
            return repr(error)

    async def _asked(self, service: str, partition: int, number: int | None = None) -> str | None:
        number = next(self._numbers) if number is None else number
        request = await self._request(service, partition)
        if request is None:
            return await self._why_behind(service)
        path, body = request
        try:
            answer = await self._http.post(path, json=body, headers={"Idempotency-Key": f"probe-{number}"})
        except httpx.TransportError as error:
            return repr(error)
        if answer.status_code == 202 or answer.status_code >= 500:
            return f"{answer.status_code} {answer.text[:200]}"
        return None

    async def _request(self, service: str, partition: int) -> tuple[str, dict[str, Any]] | None:
        account = self._accounts[partition]
        match service:
            case "usage":
                return "/v1/resources", {"id": self._resources[partition]}
            case "rating":
                opened = {"id": account, "name": "Probe", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
                return "/v1/accounts", opened
            case "payments":
                amount = {"amount": "1.00", "currency": "USD"}
                day = {"method": "cash", "received_on": "2025-12-01"}
                return "/v1/payments", {"account_id": account, "amount": amount, **day}
            case "invoicing":
                invoice = await self._invoice_of(partition)
                return None if invoice is None else (f"/v1/invoices/{invoice}/issue", {})
        raise ValueError(f"{service} has no probe")

    async def _invoice_of(self, partition: int) -> str | None:
        """An issued invoice of the partition's account; `None` before there is one."""
        if partition not in self._invoices:
            query = {"account_id": self._accounts[partition], "status": "issued", "limit": "1"}
            try:
                answer = await self._http.get("/v1/invoices", params=query)
            except httpx.TransportError:
                return None
            found = answer.json()["items"] if answer.status_code == 200 else []
            if not found:
                return None
            self._invoices[partition] = found[0]["id"]
        return self._invoices[partition]

    async def _why_behind(self, service: str) -> str | None:
        seen = await self._progress(service)
        if seen is None:
            return "no progress to see"
        whole = len(seen["partitions"]) == self._partitions
        return None if whole and seen["lag"] == 0 else f"{seen['lag']} unread of partitions {seen['partitions']}"

    async def _progress(self, service: str) -> dict[str, Any] | None:
        token = self._tokens.issue("chaos", SERVICE)
        url = f"{self._sandbox.settings.service_url(service)}/internal/progress"
        answer = await self._http.get(url, headers={"Authorization": f"Bearer {token}"})
        return answer.json() if answer.status_code == 200 else None

    # -- intake ------------------------------------------------------------------------------------------------------

    async def _publish_rubbish(self, number: int) -> bytes:
        """Bytes that are no JSON, to every reported partition."""
        rubbish = f"<probe {number}>".encode()
        producer = await self._sandbox.kafka.idempotent_producer()
        try:
            async with asyncio.timeout(TIMEOUT_S):
                topic = reported(self._sandbox.settings.env)
                for partition in range(self._partitions):
                    await producer.send_and_wait(topic, rubbish, partition=partition)
        finally:
            await producer.stop()
        return rubbish

    async def _why_not_set_aside(self, number: int) -> str | None:
        parts = [TopicPartition(self._sandbox.kafka.topic("usage.dead"), p) for p in range(self._partitions)]
        reader = await self._sandbox.kafka.reader()
        try:
            reader.assign(parts)
            for tp, end in (await reader.end_offsets(parts)).items():
                reader.seek(tp, end)
            rubbish = await self._publish_rubbish(number)
            missing = set(parts)
            async with asyncio.timeout(TIMEOUT_S):
                while missing:
                    for tp, records in (await reader.getmany(timeout_ms=200)).items():
                        if any(record.value == rubbish for record in records):
                            missing.discard(tp)
        finally:
            await reader.stop()
        return None


def _one_each(keys: Iterable[str], partitions: int) -> dict[int, str]:
    """The first key that falls into each partition."""
    found: dict[int, str] = {}
    for key in keys:
        found.setdefault(partition_of(key, partitions), key)
    if len(found) < partitions:
        raise ValueError(f"{len(found)} of {partitions} partitions have a key; more customers have one in each")
    return found
