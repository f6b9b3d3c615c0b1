"""Somebody with an admin key, equipment that publishes over Kafka, and the small provider that the stories are about.

op = Operator(stack, key)
await open_shop(op)                    # cycle, plan Home, the accounts alice and bob
await op.publish(record(1, "mac:alice", "data.octets", 7 * GB, 20))
await op.advance("2026-09-30T23:30:00Z")
"""

from __future__ import annotations

import json
from typing import Any

import httpx
from aiokafka import AIOKafkaProducer

from meterlog.installation import reported
from shared.embedded.stack import Stack
from tests.kit.en16931 import violations
from tests.kit.waiting import until

GB = 1_000_000_000

HOME = {
    "id": "home",
    "name": "Home",
    "currency": "EUR",
    "prices": [
        {"model": "flat", "amount": "29.90", "interval": "month", "bill": "arrears"},
        {
            "model": "graduated",
            "meter": "data.octets",
            "tiers": [
                {"up_to": str(10 * GB), "unit_price": "0"},
                {"up_to": None, "unit_price": "0.50", "unit_size": str(GB)},
            ],
        },
        {"model": "per_unit", "meter": "voice.seconds", "unit_price": "0.02", "unit_size": "60"},
    ],
}

ADDRESS = {"lines": ["Rue Haute 12"], "postal_code": "1000", "city": "Brussels", "country": "BE"}


class Operator:
    """Somebody with an admin key, and equipment that publishes over Kafka."""

    def __init__(self, stack: Stack, key: str) -> None:
        self.stack = stack
        headers = {"Authorization": f"Bearer {key}"}
        self.http = httpx.AsyncClient(base_url=stack.base_url, headers=headers, timeout=90)

    async def ask(self, method: str, path: str, *, status: int = 200, **how: Any) -> Any:
        answer = await self.http.request(method, path, **how)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def get(self, path: str, **query: Any) -> Any:
        return await self.ask("GET", path, params=query)

    async def create(self, path: str, body: dict[str, Any]) -> Any:
        return await self.ask("POST", path, status=201, json=body)

    async def advance(self, to: str) -> None:
        await self.ask("POST", "/v1/clock/advance", json={"to": to})

    async def publish(self, *records: dict[str, Any]) -> None:
        """One record a message, as a small device would."""
        settings = self.stack.settings
        producer = AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers)
        await producer.start()
        for record in records:
            await producer.send_and_wait(reported(settings.env), json.dumps(record).encode())
        await producer.stop()

    async def until(self, path: str, total: int, **query: Any) -> list[dict[str, Any]]:
        """The list, once it has that many items: reporting follows within moments."""
        page = await until(lambda: self.get(path, **query), lambda found: found["total"] >= total)
        assert page["total"] == total, page
        items: list[dict[str, Any]] = page["items"]
        return items

    async def run_over(self, scope: dict[str, Any], target_date: str) -> dict[str, Any]:
        """A billing run, once it has ended."""
        run = await self.create("/v1/billing-runs", {"scope": scope, "target_date": target_date, "dry_run": False})
        path = f"/v1/billing-runs/{run['id']}"
        ended: dict[str, Any] = await until(lambda: self.get(path), lambda found: found["status"] != "running")
        return ended

    async def settled(self) -> Any:
        """The statement of conservation, once nothing is on its way."""
        return await until(lambda: self.get("/v1/proof/conservation"), lambda found: found["settled"])

    async def check_documents(self, count: int, *, at_least: bool = False) -> None:
        """So many invoices and credit notes are issued, and each keeps the rules of EN 16931 in both syntaxes."""

        async def listed() -> list[tuple[str, dict[str, Any]]]:
            paths = ("/v1/invoices", "/v1/credit-notes")
            return [
                (path, one) for path in paths for one in (await self.get(path, status="issued", limit=500))["items"]
            ]

        found = await until(listed, lambda found: len(found) >= count)
        assert at_least or len(found) == count, [one["number"] for _, one in found]
        for path, issued in found:
            for syntax in ("cii", "ubl"):
                answer = await self.http.get(f"{path}/{issued['id']}/xml", params={"syntax": syntax})
                assert answer.status_code == 200, answer.text
                assert violations(answer.content) == [], issued["number"]


def record(n: int, resource: str, meter: str, quantity: int, day: int, hour: int = 12) -> dict[str, Any]:
    return {
        "id": f"r{n}",
        "source": "olt-1",
        "resource": resource,
        "meter": meter,
        "quantity": str(quantity),
        "started_at": f"2026-09-{day:02d}T{hour:02d}:00:00Z",
        "ended_at": f"2026-09-{day:02d}T{hour:02d}:05:00Z",
    }


async def open_shop(op: Operator) -> None:
    await op.ask("PUT", "/v1/clock", json={"now": "2026-08-31T22:00:00Z"})
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
    await op.create("/v1/billing-cycles", cycle)
    await op.create("/v1/plans", HOME)
    await op.ask("POST", "/v1/plans/home/versions/1/publish", json={"effective_from": "2026-09-01"})
    for name, start in (("alice", "2026-09-01"), ("bob", "2026-09-16")):
        account: dict[str, Any] = {
            "id": name,
            "name": name.title(),
            "currency": "EUR",
            "cycle_id": "monthly",
            "tax_rate": "20",
        }
        account["address"] = ADDRESS
        await op.create("/v1/accounts", account)
        subscription = {"id": f"{name}-home", "account_id": name, "plan_id": "home", "start": start}
        await op.create("/v1/subscriptions", subscription)
        await op.create("/v1/resources", {"id": f"mac:{name}"})
        assignment = {"account_id": name, "subscription_id": f"{name}-home", "from": f"{start}T00:00:00Z"}
        await op.ask("POST", f"/v1/resources/mac:{name}/assignments", status=201, json=assignment)
