"""What a back office takes back each month, by several people at the same moment.

    corrections = Corrections(client)
    left = await corrections.make(invoices, month=3)       # of the three that it chose nothing is to be paid
    corrections.made

Of three invoices of the month, one after the other in the order of accounts, one is made void, one is credited three
times by two fifths of it, one is credited in full and billed anew; each by all at once, under keys of their own. Which
of them comes first is a matter of chance, what is there in the end is not: one void, two credit notes, one reissue. One
of each is sent twice, under one key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, Final

from meterlog.demo.client import Client, Refused, together

AT_ONCE: Final = 3
SETTLED_S: Final = 240.0
LOSERS: Final = (
    *("invoice_void", "void_pending", "invoice_paid"),
    *("over_credited", "nothing_to_credit", "invoice_credited"),
)
"""What those are told who come too late."""

Invoice = dict[str, Any]


class Corrections:
    """Made through the API, and waited for until nothing of them is on its way."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.made = 0

    async def make(self, invoices: Sequence[Invoice], *, month: int) -> list[Invoice]:
        """Correct three of the invoices, others in each month; returns those that were left alone."""
        ordered = sorted(invoices, key=lambda invoice: (invoice["account_id"], invoice["period"]["start"]))
        if len(ordered) < 3:
            return ordered
        void, credit, reissue = (ordered[(3 * month + n) % len(ordered)] for n in range(3))
        part = (Decimal(credit["total"]["amount"]) * 2 / 5).quantize(Decimal("0.01"))
        amount = {"amount": str(part), "currency": credit["total"]["currency"]}
        await together(
            (
                *self._by_all(void, "void", {"reason": "billing_error"}),
                *self._by_all(credit, "credit-notes", {"reason": "goodwill", "amount": amount}),
                *self._by_all(reissue, "reissue", {"reason": "billing_error"}),
            )
        )
        async with asyncio.timeout(SETTLED_S):
            await self._until_void_or_not(void["id"])
            await together(self._until_numbered(invoice["id"]) for invoice in (credit, reissue))
        self.made += 3
        chosen = {invoice["id"] for invoice in (void, credit, reissue)}
        return [invoice for invoice in ordered if invoice["id"] not in chosen]

    def _by_all(self, invoice: Invoice, what: str, body: dict[str, Any]) -> list[Awaitable[None]]:
        """`AT_ONCE` people, and the first of them once more."""
        return [self._ask(invoice["id"], what, body, person=n % AT_ONCE) for n in range(AT_ONCE + 1)]

    async def _ask(self, invoice_id: str, what: str, body: dict[str, Any], *, person: int) -> None:
        try:
            await self._client.post(f"/v1/invoices/{invoice_id}/{what}", body, key=f"{what}/{invoice_id}/{person}")
        except Refused as refused:
            if not any(code in str(refused) for code in LOSERS):
                raise

    async def _until_void_or_not(self, invoice_id: str) -> None:
        """Payments has answered whether it may be void: who asks again is not told that it is being made so."""
        for turn in count():
            try:
                body = {"reason": "billing_error"}
                await self._client.post(f"/v1/invoices/{invoice_id}/void", body, key=f"void/{invoice_id}/again/{turn}")
            except Refused as refused:
                if "void_pending" not in str(refused):
                    return
            await asyncio.sleep(0.2)

    async def _until_numbered(self, invoice_id: str) -> None:
        """No credit note of it waits for its number."""
        while (await self._client.get("/v1/credit-notes", invoice_id=invoice_id, status="locked", limit=1))["total"]:
            await asyncio.sleep(0.2)
