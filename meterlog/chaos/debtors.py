"""Customers who do not pay: blocked every month, and what each does about it in the middle of whatever fails.

    debtors = Debtors(client, nas, random.Random(7))
    await debtors.open()
    await debtors.begin(month)         # each owes 30.00 more from the 2nd on; a policy blocks ten days later
    await debtors.end(month)           # after its close, all at once; then it is looked at who is blocked
    debtors.inventory()                # comparable, and who was blocked who may not be, or open who may not be

`pays` pays at any moment of the month, so now and then while the block is being carried out; `promises` promises it
all by the day after next, with service, and breaks that; `disputes` disputes what is new; `all` does all three at one
moment; `never` does nothing. Who owes what is counted here, from receivables and promises; who has service is
what the NAS says. Nothing of it touches what the others are billed.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from meterlog.chaos.nas import OFF, LossyNas
from meterlog.demo.client import Client, Refused, together
from meterlog.demo.world import CURRENCY, TIME_ZONE

HABITS: Final = ("pays", "promises", "disputes", "all", "never")
OWED: Final = "30.00"
SETTLED_WITHIN_S: Final = 180.0
PAYS_WITHIN_S: Final = 6.0
_NAME: Final = "chaos-debtor"
_ON: Final = "chaos-debtor"
_LOOK_EVERY_S: Final = 0.3
_TOO_LATE: Final = ("nothing_open", "promise_open", "dispute_exists", "over_open", "invoice_not_found")
"""What those are told who come after the money."""
_POLICY: Final[dict[str, Any]] = {
    "id": _NAME,
    "name": "Chaos",
    "steps": [{"name": "Note", "after_days": 3}, {"name": "Block", "after_days": 10, "service": {"access": "blocked"}}],
}
_NOTICES: Final = ("paid_and_restricted", "overdue_and_open")


class Debtors:
    """Done through the API; each month's end waits until what has to be so is so, or three minutes are over."""

    def __init__(self, client: Client, nas: LossyNas, chance: random.Random) -> None:
        self._client = client
        self._nas = nas
        self._chance = chance
        self._names = {habit: f"{_NAME}-{habit}" for habit in HABITS}
        self._paying: asyncio.Task[None] | None = None
        self._sums: dict[str, Any] = {}
        self._wrong: list[str] = []

    async def open(self) -> None:
        post = self._client.post
        rates = {"id": _ON, "name": _ON, "down_kbps": 100_000, "up_kbps": 100_000}
        await post("/v1/bandwidth-profiles", rates, key=_NAME)
        cycle = {"id": _NAME, "name": _NAME, "frequency": "month", "anchor_day": 1, "time_zone": TIME_ZONE}
        await post("/v1/billing-cycles", cycle, key=_NAME)
        plan = {"id": _NAME, "name": _NAME, "currency": CURRENCY, "prices": [{"model": "flat", "amount": "0.00"}]}
        await post("/v1/plans", {**plan, "bandwidth_profile_id": _ON}, key=_NAME)
        await post(f"/v1/plans/{_NAME}/versions/1/publish", {"effective_from": "2020-01-01"}, key=f"publish/{_NAME}")
        await post("/v1/dunning/policies", _POLICY, key=f"policy/{_NAME}")

    async def begin(self, month: date) -> None:
        if not self._sums:
            await together(self._sign_up(name, month) for name in self._names.values())
            self._sums = {"months": {}}
        due_on = month + timedelta(days=1)
        debit = {"direction": "debit", "amount": _money(OWED), "reason_code": "other", "due_on": due_on.isoformat()}
        await together(
            self._client.post(f"/v1/accounts/{name}/adjustments", debit, key=f"owe/{month}/{name}")
            for name in self._names.values()
        )
        self._paying = asyncio.create_task(self._pays_some_time(month))

    async def end(self, month: date) -> None:
        """The close of the month is over; the clock stands."""
        assert self._paying is not None, "a month ends that has begun"
        await self._paying
        owed = await self._owed(self._names["all"])
        await together(
            (
                self._promise(self._names["promises"], month),
                *(self._dispute(one, month) for one in await self._owed(self._names["disputes"])),
                self._pay(self._names["all"], _sum(owed), month),
                self._promise(self._names["all"], month),
                *(self._dispute(one, month) for one in owed),
            )
        )
        wrong = await self._settled()
        self._wrong += [f"{month}: {line}" for line in wrong]
        self._sums["months"][month.isoformat()] = {name: await self._stands(name) for name in self._names.values()}

    def inventory(self) -> tuple[dict[str, Any], list[str]]:
        return self._sums, self._wrong

    async def _sign_up(self, name: str, month: date) -> None:
        post = self._client.post
        account = {"id": name, "name": name, "currency": CURRENCY, "cycle_id": _NAME, "tax_rate": "0"}
        await post("/v1/accounts", account, key=name)
        subscription = {"id": name, "account_id": name, "plan_id": _NAME, "start": month.isoformat()}
        await post("/v1/subscriptions", subscription, key=f"line/{name}")
        await post("/v1/resources", {"id": f"user:{name}"}, key=f"user/{name}")
        assigned = {"account_id": name, "subscription_id": name, "from": f"{month.isoformat()}T00:00:00Z"}
        await post(f"/v1/resources/user%3A{name}/assignments", assigned, key=f"assign/{name}")
        await self._client.put(f"/v1/accounts/{name}/dunning", {"policy_id": _NAME})

    async def _pays_some_time(self, month: date) -> None:
        await asyncio.sleep(self._chance.uniform(0, PAYS_WITHIN_S))
        await self._pay(self._names["pays"], Decimal(OWED), month)

    async def _pay(self, name: str, amount: Decimal, month: date) -> None:
        body = {"account_id": name, "amount": _money(str(amount)), "method": "bank_transfer"}
        body |= {"received_on": month.isoformat(), "external_key": f"{name}/{month}"}
        await self._client.post("/v1/payments", body, key=f"pay/{name}/{month}")

    async def _promise(self, name: str, month: date) -> None:
        clock = (await self._client.get("/v1/clock"))["now"]
        pay_by = date.fromisoformat(clock[:10]) + timedelta(days=2)
        body = {"account_id": name, "pay_by": pay_by.isoformat(), "restores": True}
        await unless_late(self._client.post("/v1/promises", body, key=f"promise/{name}/{month}"))

    async def _dispute(self, owed: Mapping[str, Any], month: date) -> None:
        path = f"/v1/receivables/{owed['invoice_id']}/dispute"
        await unless_late(self._client.post(path, {"reason": "other"}, key=f"dispute/{owed['invoice_id']}/{month}"))

    async def _owed(self, name: str) -> list[dict[str, Any]]:
        page = await self._client.get(f"/v1/accounts/{name}/receivables", limit=500)
        return [one for one in page["items"] if Decimal(one["open"]["amount"]) > Decimal(one["disputed"]["amount"])]

    async def _settled(self) -> list[str]:
        """Who is astray when all is said, or three minutes later."""
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while wrong := [line for name in self._names.values() if (line := await self._astray(name)) is not None]:
            if time.monotonic() > deadline:
                return wrong
            await asyncio.sleep(_LOOK_EVERY_S)
        found = (await self._client.get("/v1/overview/attention"))["items"]
        return [f"{item['count']} {item['kind']}" for item in found if item["kind"] in _NOTICES]

    async def _astray(self, name: str) -> str | None:
        """Blocked though nothing is overdue or service is promised; open though both is not so."""
        owed, promises = await self._owed(name), await self._client.get("/v1/promises", account_id=name, status="open")
        promised = any(promise["restores"] for promise in promises["items"])
        line = self._nas.lines.get(name)
        blocked = line is not None and line.state == OFF
        should = bool(owed) and not promised
        if blocked == should:
            return None
        told = f"{_sum(owed)} are overdue, promised: {promised}, the NAS has {line.state if line else 'said nothing'}"
        return f"{name} is {'paid and blocked' if blocked else 'overdue and open'}: {told}"

    async def _stands(self, name: str) -> list[str]:
        found = await self._client.get(f"/v1/accounts/{name}/dunning")
        balance = await self._client.get(f"/v1/accounts/{name}/balance")
        case = found["case"] or {"status": "none", "step": 0, "access": "open"}
        return [case["status"], str(case["step"]), case["access"], balance["balance"]["amount"]]


async def unless_late(asked: Awaitable[Any]) -> None:
    """Wait for a promise or a dispute; that the money came first is an answer as well."""
    try:
        await asked
    except Refused as refused:
        if not any(code in str(refused) for code in _TOO_LATE):
            raise


def _sum(owed: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(one["open"]["amount"]) - Decimal(one["disputed"]["amount"]) for one in owed), Decimal(0))


def _money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": CURRENCY}
