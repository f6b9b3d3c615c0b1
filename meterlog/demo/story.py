"""Three months in the life of a provider, told through the public interfaces only: Kafka for usage, HTTP for the rest.

story = Story(world, equipment, client, say=print)
await story.open_shop()
for month in world.months[:-1]:
    await story.live_through(month)
await story.live_through_last(world.months[-1])
await story.return_to_the_present()
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from meterlog.demo.client import Client, together
from meterlog.demo.equipment import Equipment
from meterlog.demo.world import CURRENCY, CYCLE_ID, PLANS, TIME_ZONE, Customer, World, month_after
from shared.kernel.calendar import midnight
from shared.kernel.envelope import format_instant

# Collection grace is an hour: a period closes when all usage reported until 01:00 of the next day is counted.
AFTER_CLOSE = timedelta(hours=2)
# What a visitor finds to do after the last run: every 40th customer's invoice is a draft, every 50th has paid too much.
DRAFT_EVERY = 40
TOO_MUCH_EVERY, TOO_MUCH = 50, Decimal("20.00")


class Story:
    def __init__(self, world: World, equipment: Equipment, client: Client, say: Callable[[str], None]) -> None:
        self.world = world
        self.published = 0
        self._billed = world.customers
        self._paying_too_much: frozenset[str] = frozenset()
        self._equipment = equipment
        self._client = client
        self._say = say

    async def open_shop(self) -> None:
        """Cycle, plans, accounts, subscriptions, lines: as of the first day."""
        await self._client.put("/v1/clock", {"now": format_instant(self.world.start)})
        await self._client.post("/v1/billing-cycles", self.world.cycle, key="cycle")
        for plan in PLANS:
            await self._client.post("/v1/plans", plan, key=f"plan/{plan['id']}")
            effective = {"effective_from": self.world.months[0].isoformat()}
            path = f"/v1/plans/{plan['id']}/versions/1/publish"
            await self._client.post(path, effective, key=f"publish/{plan['id']}")
        await together(self._sign_up(customer) for customer in self.world.customers)
        self._say(f"{len(self.world.customers)} customers signed up on {self.world.months[0]}")

    async def live_through(self, month: date) -> None:
        """Usage all month, the close on the day after it, invoices, payments."""
        after = month_after(month)
        await self._advance(midnight(after, TIME_ZONE) - timedelta(minutes=10))
        published = await self._equipment.publish(month)
        await self._advance(midnight(after, TIME_ZONE) + AFTER_CLOSE)
        run = await self._bill(after)
        paid = await self._collect(run["id"], after)
        published += await self._equipment.publish(month, late=True)
        self.published += published
        self._say(f"{month} to {after}: {published} records, {run['invoices']} invoices, {paid} payments")

    async def live_through_last(self, month: date) -> None:
        """As the months before it, but some invoices stay drafts, and some customers pay more than they owe."""
        customers = self.world.customers
        self._billed = tuple(c for c in customers if c.number % DRAFT_EVERY) or customers
        self._paying_too_much = frozenset(
            c.account_id for c in customers if c.number % TOO_MUCH_EVERY == 1 and c.pays == "in_full"
        )
        await self.live_through(month)

    async def return_to_the_present(self) -> None:
        await self._client.put("/v1/clock", {"now": None})

    async def _sign_up(self, customer: Customer) -> None:
        account = {
            "id": customer.account_id,
            "name": customer.name,
            "currency": CURRENCY,
            "cycle_id": CYCLE_ID,
            "tax_rate": "20",
            "address": customer.address,
        }
        await self._client.post("/v1/accounts", account, key=customer.account_id)
        subscription = {
            "id": customer.subscription_id,
            "account_id": customer.account_id,
            "plan_id": customer.plan_id,
            "start": self.world.months[0].isoformat(),
        }
        await self._client.post("/v1/subscriptions", subscription, key=customer.subscription_id)
        await self._client.post("/v1/resources", {"id": customer.resource}, key=customer.resource)
        await self.assign(customer, customer.resource, self.world.start)

    async def assign(self, customer: Customer, resource: str, since: datetime) -> None:
        assignment = {
            "account_id": customer.account_id,
            "subscription_id": customer.subscription_id,
            "from": format_instant(since),
        }
        await self._client.post(
            f"/v1/resources/{resource.replace('/', '%2F')}/assignments", assignment, key=f"assign/{resource}"
        )

    async def _advance(self, to: datetime) -> None:
        await self._client.post("/v1/clock/advance", {"to": format_instant(to)}, key=f"advance/{to}")

    async def _bill(self, target: date) -> dict[str, Any]:
        everybody = len(self._billed) == len(self.world.customers)
        scope = {"cycle_id": CYCLE_ID} if everybody else {"account_ids": [c.account_id for c in self._billed]}
        body = {"scope": scope, "target_date": target.isoformat(), "dry_run": False}
        run: dict[str, Any] = await self._client.post("/v1/billing-runs", body, key=f"run/{target}")
        while run["status"] == "running":
            await asyncio.sleep(0.1)
            run = await self._client.get(f"/v1/billing-runs/{run['id']}")
        return run

    async def _collect(self, run_id: str, issued_on: date) -> int:
        """Customers pay as is their habit; those who pay in part pay half, to the cent."""
        habits = {customer.account_id: customer.pays for customer in self.world.customers}
        due = [i for i in await self._invoices(issued_on) if habits[i["account_id"]] != "not"]
        await together(self._pay(invoice, habits[invoice["account_id"]], issued_on) for invoice in due)
        return len(due)

    async def _invoices(self, issued_on: date) -> list[dict[str, Any]]:
        """The invoices of the run, once reporting has all of them."""
        query = {"status": "issued", "from": issued_on.isoformat(), "to": issued_on.isoformat(), "limit": 500}
        expected = len(self._billed)
        for _ in range(200):
            page = await self._client.get("/v1/invoices", **query)
            if page["total"] >= expected:
                break
            await asyncio.sleep(0.05)
        items: list[dict[str, Any]] = page["items"]
        while page["next_cursor"]:
            page = await self._client.get("/v1/invoices", **query, cursor=page["next_cursor"])
            items.extend(page["items"])
        return items

    async def _pay(self, invoice: dict[str, Any], habit: str, received_on: date) -> None:
        total = Decimal(invoice["total"]["amount"])
        amount = total if habit == "in_full" else (total / 2).quantize(Decimal("0.01"))
        if invoice["account_id"] in self._paying_too_much:
            amount += TOO_MUCH
        payment = {
            "account_id": invoice["account_id"],
            "amount": {"amount": str(amount), "currency": CURRENCY},
            "method": "direct_debit",
            "received_on": received_on.isoformat(),
            "external_key": f"{invoice['number']}/1",
            "invoice_id": invoice["id"],
        }
        await self._client.post("/v1/payments", payment, key=f"pay/{invoice['id']}")
