"""Money that is collected through a gateway while everything breaks: called once for each intent, booked once.

    collecting = Collecting(client, stand_in, base_url)
    await collecting.open()
    await collecting.collect(date(2026, 1, 1))
    await collecting.inventory()                # comparable, and what is not as it has to be

Each month an account with a card is asked for six amounts, each by three people at the same moment, and one of them is
paid back, by three people at once, too. Of the charges that
the gateway makes every fourth loses its answer, and each is told twice by a webhook. What never arrived, because its
caller was killed before, is tried again by hand until it has succeeded; a charge that was made is never made again.
"""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any, Final

from meterlog.demo.client import Client, Refused, together
from meterlog.demo.world import CURRENCY
from meterlog.stand_ins.stripe import StripeStandIn

AT_ONCE: Final = 3
AMOUNTS: Final = ("1.10", "2.20", "3.30", "4.40", "5.50", "6.60")
REFUNDED: Final = "6.60"
"""This one is paid back."""
LOSES_EVERY: Final = 4
SETTLED_S: Final = 600.0
"""A caller that was killed is waited for half a minute, and may be killed again meanwhile."""
_SECRET: Final = "whsec_of_chaos"
_CYCLE: Final = "chaos-office"
_LOOK_EVERY_S: Final = 0.5


class Collecting:
    """Done through the API, and waited for until all of it has succeeded."""

    def __init__(self, client: Client, stand_in: StripeStandIn, base_url: str) -> None:
        self._client = client
        self._stand_in = stand_in
        self._base_url = base_url
        self._accounts: list[str] = []

    async def open(self) -> None:
        self._stand_in.lose_every(LOSES_EVERY)
        self._stand_in.tell(f"{self._base_url}/v1/gateways/stripe/webhook", _SECRET, "twice")
        given = {"secret": "sk_of_chaos", "webhook_secret": _SECRET, "base_url": self._stand_in.url}
        await self._client.put("/v1/gateways/stripe", given)

    async def collect(self, month: date) -> None:
        account = f"collected-{month:%Y%m}"
        opened = {"id": account, "name": account, "currency": CURRENCY, "cycle_id": _CYCLE, "tax_rate": "0"}
        await self._client.post("/v1/accounts", opened, key=account)
        card = {"id": account, "account_id": account, "kind": "card", "gateway": "stripe", "token": "pm_visa"}
        await self._client.post("/v1/payment-methods", card, key=f"card/{account}")
        self._accounts.append(account)
        asked = [(account, amount, person) for amount in AMOUNTS for person in range(AT_ONCE)]
        await together(self._ask(*one) for one in asked)
        await together(self._until_succeeded(f"{account}-{amount}") for amount in AMOUNTS)
        await together(self._refund(f"{account}-{REFUNDED}", person) for person in range(AT_ONCE))
        await self._until_paid_back(f"{account}-{REFUNDED}")

    async def inventory(self) -> tuple[dict[str, Any], list[str]]:
        """Each account's credit, and where it is not what the gateway has taken of it."""
        credits = {account: await self._credit(account) for account in self._accounts}
        wrong = [f"{intent} was charged or called twice" for intent in self._stand_in.books.twice()]
        for account, credit in credits.items():
            taken = Decimal(self._taken(account)).scaleb(-2)
            if credit != str(taken):
                wrong.append(f"{account} has {credit}, of which the gateway has taken {taken}")
        return credits, wrong

    def _taken(self, account: str) -> int:
        """In cents, whatever the attempt that took it, less what went back."""
        books = self._stand_in.books
        ours = [one for one in books.intents.values() if one.intent_id.startswith(f"{account}-")]
        return sum(one.amount * one.charges - books.paid_back(one.id) for one in ours)

    async def _credit(self, account: str) -> str:
        balance = await self._client.get(f"/v1/accounts/{account}/balance")
        return str(balance["credit"]["amount"])

    async def _ask(self, account: str, amount: str, person: int) -> None:
        collection = f"{account}-{amount}"
        money = {"amount": amount, "currency": CURRENCY}
        body = {"id": collection, "account_id": account, "amount": money}
        try:
            await self._client.post("/v1/collections", body, key=f"{collection}/{person}")
        except Refused as refused:
            if "collection_exists" not in str(refused):
                raise

    async def _until_succeeded(self, collection: str) -> None:
        path, turn = f"/v1/collections/{collection}", 0
        async with asyncio.timeout(SETTLED_S):
            while (found := await self._client.get(path))["status"] != "succeeded":
                if found["status"] == "waiting" and found["attempts"] > 0:
                    turn += 1
                    await self._hurry(path, f"{collection}/retry/{found['attempts']}/{turn}")
                await asyncio.sleep(_LOOK_EVERY_S)

    async def _refund(self, payment: str, person: int) -> None:
        """All of it: who comes second finds nothing left."""
        try:
            await self._client.post(
                f"/v1/payments/{payment}/refunds", {"reason": "chaos"}, key=f"{payment}/back/{person}"
            )
        except Refused as refused:
            if "over_refund" not in str(refused):
                raise

    async def _until_paid_back(self, payment: str) -> None:
        async with asyncio.timeout(SETTLED_S):
            while True:
                refunds = (await self._client.get(f"/v1/payments/{payment}/refunds"))["items"]
                if refunds and all(one["status"] == "paid" for one in refunds):
                    return
                await asyncio.sleep(_LOOK_EVERY_S)

    async def _hurry(self, path: str, key: str) -> None:
        try:
            await self._client.post(f"{path}/retry", {}, key=key)
        except Refused as refused:
            if "collection_not_waiting" not in str(refused):
                raise
