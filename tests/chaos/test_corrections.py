"""Of what several people take back at once, as much is done as the invoices have, and others are left to be paid."""

from __future__ import annotations

from collections import Counter
from typing import Any

from meterlog.chaos.corrections import Corrections
from meterlog.demo.client import Client, Refused


class Office(Client):
    """Takes one void and one full credit of an invoice, and credits until three fifths are gone."""

    def __init__(self) -> None:
        self.done: Counter[tuple[str, str]] = Counter()
        self.keys: set[str] = set()
        self.most = {"void": 1, "reissue": 1, "credit-notes": 2}

    async def post(self, path: str, body: Any, *, key: str) -> Any:
        *_, invoice, what = path.split("/")
        if key in self.keys:
            return {}
        if self.done[invoice, what] == self.most[what]:
            raise Refused({"void": "invoice_void", "reissue": "nothing_to_credit"}.get(what, "over_credited"))
        self.keys.add(key)
        self.done[invoice, what] += 1
        return {}

    async def get(self, path: str, **query: Any) -> Any:
        return {"total": 0}


def invoice(n: int) -> dict[str, Any]:
    return {
        "id": f"inv-{n}",
        "account_id": f"acc-{n}",
        "period": {"start": "2026-01-01"},
        "total": {"amount": "10.00", "currency": "EUR"},
    }


async def test_three_invoices_of_a_month_are_corrected_and_the_others_left() -> None:
    office = Office()
    corrections = Corrections(office)
    left = await corrections.make([invoice(n) for n in (4, 0, 3, 2, 1)], month=1)
    assert [one["id"] for one in left] == ["inv-1", "inv-2"]
    assert office.done == {("inv-3", "void"): 1, ("inv-4", "credit-notes"): 2, ("inv-0", "reissue"): 1}
    assert corrections.made == 3


async def test_where_there_are_too_few_nothing_is_corrected() -> None:
    corrections = Corrections(Office())
    assert len(await corrections.make([invoice(1), invoice(2)], month=1)) == 2
    assert corrections.made == 0
