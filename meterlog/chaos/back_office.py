"""What else a back office does each month, all at the same moment, with two customers who are there for it.

    office = BackOffice(client, receiver, world.customers)
    await office.open()
    await office.sign_up(month)                       # before it; the feed publishes office.records_of(month)
    await office.look_back(month, invoices)           # after its close, all at once
    await office.inventory()                          # comparable, and what is not as it has to be

`mover` uses a gigabyte a day. When the month is billed it is said that the line was `taker`'s from the 20th on, that
`mover` left on the 11th, that the flat price was two too high, and that the records of the 5th and 6th were a test, of
which the 6th's was none. Which comes first is a matter of chance, what both are billed in the end is not. Invoices go
out on paper, each in one batch though two are made at once, and to a webhook that fails every fifth time. Money is
collected through a gateway (`collecting.py`).
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from meterlog.chaos.collecting import Collecting
from meterlog.chaos.debtors import Debtors
from meterlog.chaos.receiver import SECRET, FailingReceiver
from meterlog.demo.client import Client, Refused, together
from meterlog.demo.traffic import Record
from meterlog.demo.world import CURRENCY, GIGABYTE, TIME_ZONE, Customer, month_after
from shared.kernel.calendar import midnight
from shared.kernel.envelope import format_instant

SETTLED_S: Final = 240.0
SOURCE: Final = "office"
PAGE: Final = 500
_CYCLE, _PLAN = "chaos-office", "chaos-office"
_FLAT, _CORRECTED = "30.00", "28.00"
_USAGE: Final = {"model": "per_unit", "meter": "data.octets", "unit_price": "1.00", "unit_size": str(GIGABYTE)}
_LOOK_EVERY_S: Final = 0.2
# A look back asks again where usage is on its way: these are what it is told then, beside what any client is told.
_PASSING: Final = ("usage_arriving", "retraction_pending", "rerating_running")


class BackOffice:
    """Done through the API; each step is waited for until nothing of it is on its way."""

    def __init__(
        self,
        client: Client,
        receiver: FailingReceiver,
        customers: Sequence[Customer],
        collecting: Collecting | None = None,
        debtors: Debtors | None = None,
    ) -> None:
        self.debtors = debtors
        self._client = client
        self._collecting = collecting
        self._receiver = receiver
        self._hooked = {customer.account_id for customer in customers[:3]}
        self._accounts: list[str] = []
        self._batches = 0

    async def open(self) -> None:
        """A cycle, a plan, the webhooks of three customers, and those who will not pay."""
        if self.debtors is not None:
            await self.debtors.open()
        post = self._client.post
        cycle = {"id": _CYCLE, "name": _CYCLE, "frequency": "month", "anchor_day": 1, "time_zone": TIME_ZONE}
        await post("/v1/billing-cycles", cycle, key=_CYCLE)
        plan = {"id": _PLAN, "name": _PLAN, "currency": CURRENCY, "prices": _prices(_FLAT)}
        await post("/v1/plans", plan, key=_PLAN)
        await post(f"/v1/plans/{_PLAN}/versions/1/publish", {"effective_from": "2020-01-01"}, key=f"publish/{_PLAN}")
        delivery = {"webhook": {"url": self._receiver.url, "secret": SECRET}}
        if self._collecting is not None:
            await self._collecting.open()
        await together(
            self._client.patch(f"/v1/accounts/{account}/bill-profile", {"delivery": delivery})
            for account in sorted(self._hooked)
        )

    async def sign_up(self, month: date) -> None:
        if self.debtors is not None:
            await self.debtors.begin(month)
        await together(self._customer(name, month) for name in (_mover(month), _taker(month)))
        self._accounts += [_mover(month), _taker(month)]

    def records_of(self, month: date) -> list[Record]:
        """A gigabyte a day, at noon."""
        noon = midnight(month, TIME_ZONE) + timedelta(hours=12)
        days = (month_after(month) - month).days
        return [
            {
                "id": _record_id(month, day),
                "source": SOURCE,
                "resource": f"user:{_mover(month)}",
                "meter": "data.octets",
                "quantity": str(GIGABYTE),
                "started_at": format_instant(noon + timedelta(days=day - 1)),
            }
            for day in range(1, days + 1)
        ]

    async def look_back(self, month: date, invoices: Iterable[dict[str, Any]]) -> None:
        """All of it at once; what was no test counts again when all is done."""
        retraction, *_ = await together(
            (
                self._retract(month),
                self._reassign(month),
                self._end(month),
                self._rerate(month),
                *(self._send(invoice) for invoice in invoices),
                *([self._collecting.collect(month)] if self._collecting is not None else ()),
            )
        )
        again = {"records": [await self._cited(month, 6)]}
        await self._ask(f"/v1/usage/retractions/{retraction}/restore", again, key=f"restore/{month}")
        await self._until_done(retraction)
        self._batches += 2
        await together(self._client.post("/v1/print-batches", {}, key=f"print/{self._batches - n}") for n in range(2))
        if self.debtors is not None:
            await self.debtors.end(month)

    async def inventory(self) -> tuple[dict[str, Any], list[str]]:
        """What both are billed, and what waits for their next bill; and each delivery that is not as it has to be."""
        bills: dict[str, Any] = {account: await self._billed(account) for account in self._accounts}
        wrong: list[str] = []
        if self.debtors is not None:
            bills["debtors"], wrong = self.debtors.inventory()
        wrong = [*wrong, *await self._parked(), *await self._deliveries()]
        if self._collecting is None:
            return bills, wrong
        credits, odd = await self._collecting.inventory()
        return {**bills, **credits}, [*wrong, *odd]

    async def _customer(self, name: str, month: date) -> None:
        post = self._client.post
        account = {"id": name, "name": name, "currency": CURRENCY, "cycle_id": _CYCLE, "tax_rate": "0"}
        await post("/v1/accounts", account, key=name)
        subscription = {"id": name, "account_id": name, "plan_id": _PLAN, "start": month.isoformat()}
        await post("/v1/subscriptions", subscription, key=f"line/{name}")
        await post("/v1/resources", {"id": f"user:{name}"}, key=f"user/{name}")
        since = format_instant(midnight(month, TIME_ZONE))
        assigned = {"account_id": name, "subscription_id": name, "from": since}
        await post(f"/v1/resources/user%3A{name}/assignments", assigned, key=f"assign/{name}")

    async def _ask(self, path: str, body: dict[str, Any], *, key: str) -> Any:
        """Under another key where it was refused for what is on its way: a refusal is the answer of its key."""
        async with asyncio.timeout(SETTLED_S):
            for turn in range(10_000):
                try:
                    return await self._client.post(path, body, key=f"{key}/{turn}")
                except Refused as refused:
                    if not any(code in str(refused) for code in _PASSING):
                        raise
                await asyncio.sleep(_LOOK_EVERY_S)

    async def _retract(self, month: date) -> str:
        records = [await self._cited(month, day) for day in (5, 6)]
        body = {"records": records, "reason": "test_data"}
        made = await self._ask("/v1/usage/retractions", body, key=f"retract/{month}")
        await self._until_done(made["id"])
        return str(made["id"])

    async def _reassign(self, month: date) -> None:
        since = format_instant(midnight(month.replace(day=20), TIME_ZONE))
        body = {"account_id": _taker(month), "subscription_id": _taker(month), "from": since}
        path = f"/v1/resources/user%3A{_mover(month)}/reassignments"
        made = await self._ask(path, body, key=f"reassign/{month}")
        if made["retraction"] is not None:
            await self._until_done(made["retraction"]["id"])

    async def _end(self, month: date) -> None:
        body = {"effective_on": month.replace(day=11).isoformat(), "reason": "moved out"}
        await self._ask(f"/v1/subscriptions/{_mover(month)}/terminate", body, key=f"end/{month}")

    async def _rerate(self, month: date) -> None:
        span = {"from": month.isoformat(), "to": month_after(month).isoformat()}
        terms = {"plan_id": _PLAN, "version": 1, "prices": _prices(_CORRECTED), **span}
        body = {"id": f"rerating-{month}", **terms, "account_ids": [_mover(month), _taker(month)], "dry_run": False}
        made = await self._client.post("/v1/reratings", {**body, "reason": "two too high"}, key=f"rerate/{month}")
        await self._until(f"/v1/reratings/{made['id']}", lambda found: found["status"] == "completed")

    async def _send(self, invoice: dict[str, Any]) -> None:
        channels = ["print", *(["webhook"] if invoice["account_id"] in self._hooked else [])]
        await self._client.post(
            f"/v1/invoices/{invoice['id']}/send", {"channels": channels}, key=f"send/{invoice['id']}"
        )

    async def _cited(self, month: date, day: int) -> str:
        query = {"source": SOURCE, "id": _record_id(month, day)}
        page = await self._until("/v1/usage/records", lambda found: found["total"] == 1, **query)
        return str(page["items"][0]["citation"])

    async def _until_done(self, retraction: str) -> None:
        await self._until(f"/v1/usage/retractions/{retraction}", lambda found: found["status"] == "done")

    async def _until(self, path: str, holds: Callable[[Any], bool], **query: Any) -> Any:
        async with asyncio.timeout(SETTLED_S):
            while not holds(found := await self._client.get(path, **query)):
                await asyncio.sleep(_LOOK_EVERY_S)
        return found

    async def _billed(self, account: str) -> dict[str, str]:
        """By the first day of the period in whose bill it is; by `unbilled` what the next close charges."""
        page = await self._client.get("/v1/charges", account_id=account, limit=PAGE)
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for charge in page["items"]:
            sums[charge["billing_period"]["start"]] += Decimal(charge["amount"]["amount"])
        unbilled = await self._client.get(f"/v1/accounts/{account}/unbilled")
        sums["unbilled"] = sum((Decimal(line["amount"]["amount"]) for line in unbilled["lines"]), Decimal(0))
        return {start: str(amount) for start, amount in sorted(sums.items())}

    async def _parked(self) -> list[str]:
        """Of each mover the records from the 11th to the 19th are nobody's."""
        page = await self._client.get("/v1/usage/quarantine", source=SOURCE, reason="no_subscription", limit=1)
        expected = 9 * len(self._accounts) // 2
        return [] if page["total"] == expected else [f"{page['total']} records are nobody's, not {expected}"]

    async def _deliveries(self) -> list[str]:
        made: list[dict[str, Any]] = []
        page = await self._client.get("/v1/deliveries", limit=PAGE)
        while True:
            made += page["items"]
            if not page["next_cursor"]:
                break
            page = await self._client.get("/v1/deliveries", limit=PAGE, cursor=page["next_cursor"])
        return wrong_deliveries(made, self._receiver.taken)


def wrong_deliveries(made: Iterable[dict[str, Any]], taken: frozenset[str]) -> list[str]:
    """What must not be: a document twice by one channel, paper in no batch, a webhook that is said to have been told.

    >>> one = {"id": "d1", "document_id": "i1", "channel": "webhook", "status": "sent", "batch_id": None}
    >>> wrong_deliveries([one], frozenset({"d1"}))
    []
    >>> wrong_deliveries([one, {**one, "id": "d2", "channel": "print"}], frozenset())
    ['d1 is sent, and its receiver has not got it', 'd2 is sent, and in no batch']
    """
    found: list[str] = []
    times: Counter[tuple[str, str]] = Counter()
    for one in made:
        times[one["document_id"], one["channel"]] += 1
        if one["channel"] == "print" and (one["status"] != "sent" or one["batch_id"] is None):
            found.append(f"{one['id']} is {one['status']}, and in no batch")
        if one["channel"] == "webhook" and one["status"] not in ("sent", "waiting", "sending"):
            found.append(f"{one['id']} is {one['status']}")
        if one["channel"] == "webhook" and one["status"] == "sent" and one["id"] not in taken:
            found.append(f"{one['id']} is sent, and its receiver has not got it")
    return [*found, *(f"{document} goes out {n} times by {how}" for (document, how), n in times.items() if n > 1)]


def _prices(flat: str) -> list[dict[str, Any]]:
    return [{"model": "flat", "amount": flat, "interval": "month", "bill": "arrears"}, _USAGE]


def _mover(month: date) -> str:
    return f"mover-{month:%Y%m}"


def _taker(month: date) -> str:
    return f"taker-{month:%Y%m}"


def _record_id(month: date, day: int) -> str:
    return f"{month:%Y-%m}-{day:02}"
